"""Knows a report's folder below `reports/`: which file is the source, which files may be beside it, and which are not read.

Leaves reading the files to `report_reader`.
"""

from __future__ import annotations

import re
from pathlib import Path

from workreport.build.misnamed_files import told_unread
from workreport.build.slugs import reserved_slugs
from workreport.ingest.formats import BadSource, format_table, sidecar
from workreport.project import paths, plain_tree, report_settings

PUBLISHER_FILES = ("report.toml", "repairs.toml", "notes.toml", "names.toml", "indicators.toml", "ids.toml")
"""The TOML files beside a source that change how it is read: the publisher edits all but `ids.toml`, which a build writes."""
BESIDE_SOURCE = (*PUBLISHER_FILES, sidecar.TEXT, sidecar.MAP)
"""All files that may be beside a source: `PUBLISHER_FILES`, source.txt with the extracted text, and its map."""


_NOBODYS = re.compile(r"\..*|~.*|.*~|thumbs\.db|desktop\.ini|original\..*", re.IGNORECASE)
"""Matches (as a whole) a file of a system or an editor, and the old Word file that `add` converted: nobody expects it read."""


class NothingToBuild(Exception):
    """There is no report, none with the slug asked for, or a report's folder has an unusable name.

    The message says what to do.
    """


def report_folders(root: Path, only: str | None) -> list[Path]:
    """Return the folders of the project's reports, sorted by name; with `only`, just the folder of that slug.

    A folder whose name begins with a dot is ignored. Links, pipes and devices in `reports/` count as folders, so that
    `require_usable` names them. Raises `NothingToBuild`.
    """
    home = root / "reports"
    entries = home.iterdir() if home.is_dir() else ()
    found = sorted(p for p in entries if not p.name.startswith(".") and (p.is_symlink() or not p.is_file()))
    if not found:
        raise NothingToBuild(f"{home}: 没有报告。请先运行 build.py add 报告文件（{format_table.usual_endings()}）。")
    if only is None:
        return found
    chosen = [p for p in found if p.name == only]
    if not chosen:
        raise NothingToBuild(f"{home}: 没有名为 {only} 的报告。现有：{'、'.join(p.name for p in found)}。")
    return chosen


def require_usable(folder: Path) -> None:
    """Raise `NothingToBuild` if the name of a report's folder cannot be part of an address or is reserved.

    Raise `plain_tree.NotPlain` if the folder, or anything in it, is a link, a pipe or a device.
    """
    plain_tree.require_plain(folder.parent.parent, (f"reports/{folder.name}",))
    if not paths.SLUG.fullmatch(folder.name):
        raise NothingToBuild(
            f"reports/{folder.name}: 文件夹名要用在网址里，只能有小写字母、数字和连字符。请改名，如 gongshu-2024。"
        )
    if folder.name in reserved_slugs():
        raise NothingToBuild(f"reports/{folder.name}: 这个名字网站自己要用。请给文件夹改名，如 gongshu-2024。")


def source_file(folder: Path) -> Path:
    """Return the source in a report's folder: the file that `report.toml` names, else the only `source.*` of a known format.

    The named file need not exist. Raises `BadSource` if it is not in this folder, or if there is no or more than one
    `source.*`; source.txt beside a .docx, .html or .pdf does not count.
    """
    named = report_settings.metadata(folder).source
    if named:
        if Path(named).name != named:
            raise BadSource(
                f"{folder.name}/report.toml", f"source = “{named}” 应是本文件夹里的文件名。", "请只写文件名。"
            )
        return folder / named
    formats = {p: row for p in sorted(folder.iterdir()) if p.stem == "source" and (row := format_table.of_file(p))}
    found = list(formats)
    if any(row.extracted for row in formats.values()):
        # source.txt beside a file of such a format is the text extracted from it.
        found = [p for p in found if p.name != sidecar.TEXT]
    if len(found) != 1:
        problem = "没有来源文件" if not found else f"有 {len(found)} 个来源文件"
        todo = "放入" if not found else "只留下"
        raise BadSource(
            folder.name,
            f"文件夹里{problem}。",
            f'请{todo}一个来源文件（source{format_table.usual_endings()}），或在 report.toml 里写 source = "文件名"。',
        )
    return found[0]


def unread_files(folder: Path, source: str) -> tuple[str, ...]:
    """Return a Chinese line for each file of a report's folder that is not read, with the name that may be meant.

    `source` is the name of the source file. Raises `BadSettings` for a file whose name is nearly that of a file of the
    publisher that is missing: its rules would be ignored.
    """
    known = (*BESIDE_SOURCE, source)
    found = sorted(p for p in folder.iterdir() if p.name not in known and not _NOBODYS.fullmatch(p.name))
    # On Windows and macOS, Report.toml is report.toml.
    names = [p.name for p in found if not (p.name.lower() in known and _same_file(folder / p.name.lower(), p))]
    return tuple(told_unread(name, folder, f"reports/{folder.name}/", BESIDE_SOURCE) for name in names)


def _same_file(one: Path, other: Path) -> bool:
    return one.exists() and one.samefile(other)
