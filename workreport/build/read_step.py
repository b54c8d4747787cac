"""Knows the first step of a build: each report is read and analysed, in worker processes, and the result is kept.

What is kept is taken again for exactly the same files, vocabulary and program. Leaves reading to `report_reader`, the processes to
`project.workers`, and how files are kept to `project.kept_files`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from workreport.analysis import names
from workreport.build import former_figures
from workreport.build.broken_reports import BrokenReport, broken_report
from workreport.build.report_folder import require_usable, source_file
from workreport.build.report_reader import ReadReport, Vocabularies, read_report, read_vocabularies
from workreport.build.text_cache import TextCache
from workreport.project import digests, kept_files, paths, report_settings, writer
from workreport.project.workers import Workers

KIND = "read"
"""The name of this step among those that are kept."""
MODULES = (__name__,)
"""The modules that a process needs for this step."""


@dataclass(frozen=True, slots=True)
class ReadTask:
    """A report to read. `program` is the digest of all that its reading depends on besides its own folder.

    `alone`: it is the only one, so that its error is the error of the build.
    """

    root: Path
    slug: str
    program: str
    alone: bool


@dataclass(frozen=True, slots=True)
class ReadOutcome:
    """What became of a task: the report as read, or what is broken in it.

    `name` is the digest of all that this depends on, under which it is kept; `sounds` are readings of names that the cache of
    `names.reading` did not have.
    """

    name: str
    report: ReadReport | None
    broken: BrokenReport | None = None
    sounds: Mapping[str, str] = field(default_factory=dict)


def tasks_of(root: Path, folders: Sequence[Path]) -> list[ReadTask]:
    """Return the tasks for the folders of reports."""
    program = digests.digest([*paths.vocabularies_of(root), paths.PACKAGE])[0]
    return [ReadTask(root, folder.name, program, len(folders) == 1) for folder in folders]


def outcomes(workers: Workers, tasks: Sequence[ReadTask]) -> Iterator[ReadOutcome]:
    """Yield what became of each task, in their order.

    Raises what is the error of all reports (see `broken_report`); of a report that is alone, its own error.
    """
    return workers.results(read, tasks, _ended)


def read(task: ReadTask) -> ReadOutcome:
    """Read a report, or take what was kept of it."""
    folder = task.root / "reports" / task.slug
    try:
        require_usable(folder)
        kept = kept_files.kept_in(task.root, KIND)
        name = digests.digest([folder], task.program)[0]
        found = kept.get_value(name)
        if isinstance(found, ReadReport):
            return ReadOutcome(name, found)
        path = source_file(folder)
        # Old pages are read too where `ids.toml` is of an old version.
        lasting = not former_figures.without_records(report_settings.ledger(folder))
        sounds = TextCache(task.root / writer.WORK / SOUNDS, names.reading)
        shown = f"reports/{task.slug}/{path.name}"
        report = read_report(path, task.slug, _words(task.root, task.program), folder, shown, sounds)
    except Exception as error:
        broken = broken_report(folder, error)
        if task.alone and len(broken.faults) == 1:
            raise
        return ReadOutcome("", None, broken)
    if lasting:
        kept.put_value(name, report)
    return ReadOutcome(name, report, sounds=sounds.new)


def keep_only(root: Path, outcomes: Iterable[ReadOutcome]) -> None:
    """Remove what was kept of other readings than these."""
    kept_files.kept_in(root, KIND).keep_only({outcome.name for outcome in outcomes})


SOUNDS = "readings.json"
"""The file in `.workreport/` with the readings of names."""


@lru_cache(maxsize=1)
def _words(root: Path, program: str) -> Vocabularies:
    """The vocabulary of a project, whose digest is part of `program`; a process reads it once."""
    del program
    return read_vocabularies(*paths.vocabularies_of(root))


def _ended(task: ReadTask) -> ReadOutcome:
    fault = f"reports/{task.slug}: 读这份报告的进程两次被系统终止（内存不够，或一个程序库出错）。请核对来源文件；若无误，请告知程序的作者。"
    return ReadOutcome("", None, BrokenReport(task.slug, (fault,)))
