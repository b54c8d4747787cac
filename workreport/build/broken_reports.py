"""Knows the reports that a build leaves out because their own files are broken, and every fault of each.

One bad report never stops the others. What is wrong with all reports (word lists, settings of the site, the installation, the
disk) is no fault of one. Leaves reading the files to `report_reader`, and what becomes of the last good pages to `outputs`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from workreport.project import plain_tree, writer


@dataclass(frozen=True, slots=True)
class BrokenReport:
    """A report that a build left out: its slug, and its faults as Chinese lines, each with file, line and what to do."""

    slug: str
    faults: tuple[str, ...]


class BrokenReports(Exception):
    """No report, or none that was asked for, could be read. The message has the faults of all, one a line."""

    def __init__(self, broken: Sequence[BrokenReport]) -> None:
        super().__init__("\n".join(fault for report in broken for fault in report.faults))


def broken_report(folder: Path, error: Exception) -> BrokenReport:
    """Return the report of a folder that could not be read because of `error`, with the faults of its other files too.

    Raises the error again if it is none of this report.
    """
    # Imported here: a build in which nothing changed reads no report.
    from workreport.project import report_settings as files
    from workreport.project.toml_files import BadSettings

    if isinstance(error, (writer.WriteError, ImportError, MemoryError)):
        raise error
    faults = [_told(folder, error)]
    others = list(plain_tree.other_than_plain(folder))
    faults += [plain_tree.refused(path.relative_to(folder.parent.parent).as_posix(), what) for path, what in others]
    readers = (files.metadata, files.repairs, files.notes, files.names, files.indicators, files.ledger)
    for read in readers if not others else ():
        try:
            read(folder)
        except (BadSettings, OSError) as other:
            faults.append(_told(folder, other))
    return BrokenReport(folder.name, tuple(dict.fromkeys(faults)))


def _told(folder: Path, error: Exception) -> str:
    if type(error).__module__.startswith("workreport."):
        return str(error)
    if isinstance(error, OSError):
        return f"reports/{folder.name}: 读不到 {Path(str(error.filename or '')).name}（{error.strerror}）。请检查权限，或从备份恢复。"
    return f"reports/{folder.name}: 程序没有料到的内容（{type(error).__name__}: {error}）。请核对来源文件；若无误，请告知程序的作者。"
