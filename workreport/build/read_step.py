"""Knows the first step of a build: each report is read, analysed and summarized, in worker processes, and the result is kept.

What is kept is taken again for exactly the same files, vocabulary and program. Leaves reading to `report_reader`, the processes to
`project.workers`, and where results lie to `step_files`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from workreport.analysis import links, names
from workreport.build import former_figures, private_doubts
from workreport.build.broken_reports import BrokenReport, broken_report
from workreport.build.report_folder import require_usable, source_file
from workreport.build.report_reader import ReadReport, Vocabularies, read_report, read_vocabularies
from workreport.build.step_files import StepFiles
from workreport.build.text_cache import TextCache
from workreport.ingest.formats import sidecar
from workreport.model import Reading
from workreport.project import digests, paths, report_settings, writer
from workreport.project.workers import Workers
from workreport.website.pages import report_of, summary_of
from workreport.website.pages.collection import ReportSummary

KIND, FACTS = "read", "facts"
"""The names of the kept readings, and of what a build needs of each besides."""
SOUNDS = "readings.json"
"""The file in `.workreport/` with the readings of names."""


@dataclass(frozen=True, slots=True)
class ReadTask:
    """A report to read. `program` is the digest of all that its reading depends on besides its own folder.

    `alone`: it is the only one, so that its error is the error of the build.
    """

    steps: StepFiles
    root: Path
    slug: str
    program: str
    alone: bool


@dataclass(frozen=True, slots=True)
class ReadFacts:
    """What a build needs of a report that was read, besides its reading, which is kept under `name`.

    `files` are those to write beside its source, by path in the project; `remarks` are lines for the user, `doubts` those of the
    publisher alone; `measures` are the ids of the core measures of its figures.
    """

    name: str
    summary: ReportSummary
    files: Mapping[str, bytes]
    remarks: tuple[str, ...]
    doubts: tuple[str, ...]
    measures: frozenset[str]


@dataclass(frozen=True, slots=True)
class ReadOutcome:
    """What became of a task: facts, or what is broken in the report.

    `sounds` are readings of names that the cache of `names.reading` did not have.
    """

    facts: ReadFacts | None
    broken: BrokenReport | None = None
    sounds: Mapping[str, str] = field(default_factory=dict)


def program_of(root: Path) -> str:
    """Return the digest of all that every reading and comparison of a project depends on: vocabulary, program, libraries."""
    return digests.digest([*paths.vocabularies_of(root), paths.PACKAGE])[0]


def outcomes(workers: Workers, steps: StepFiles, root: Path, folders: Sequence[Path]) -> Iterator[ReadOutcome]:
    """Yield what became of the report in each folder, in their order.

    Raises what is the error of all reports (see `broken_report`); of a report that is alone, its own error.
    """
    program = program_of(root)
    tasks = [ReadTask(steps, root, folder.name, program, len(folders) == 1) for folder in folders]
    return workers.results(read, tasks, _ended)


def read(task: ReadTask) -> ReadOutcome:
    """Read a report, or take what was kept of it."""
    folder = task.root / "reports" / task.slug
    try:
        require_usable(folder)
        name = digests.digest([folder], task.program)[0]
        found = task.steps.of(FACTS).get_value(name)
        if isinstance(found, ReadFacts) and task.steps.of(KIND).has(name):
            return ReadOutcome(found)
        path = source_file(folder)
        # Old pages are read too where `ids.toml` is of an old version.
        lasting = not former_figures.without_records(report_settings.ledger(folder))
        sounds = TextCache(task.root / writer.WORK / SOUNDS, names.reading)
        shown = f"reports/{task.slug}/{path.name}"
        report = read_report(path, task.slug, vocabularies(task.root, task.program), folder, shown, sounds)
    except Exception as error:
        broken = broken_report(folder, error)
        if task.alone and len(broken.faults) == 1:
            raise
        return ReadOutcome(None, broken)
    reading = links.public(report.reading)
    facts = _facts(name if lasting else f"{name}-once", report, reading)
    task.steps.of(KIND).put_value(facts.name, reading)
    if lasting:
        task.steps.of(FACTS).put_value(name, facts)
    return ReadOutcome(facts, sounds=sounds.new)


def _facts(name: str, report: ReadReport, reading: Reading) -> ReadFacts:
    folder = f"reports/{reading.meta.slug}"
    files = {f"{folder}/ids.toml": report_settings.ledger_text(report.ledger).encode()}
    files |= {f"{folder}/{file}": data for file, data in sidecar.files(reading.source).items()}
    measures = frozenset(i.measure for i in reading.indicators if i.measure)
    doubts = private_doubts.lines(report.reading)
    return ReadFacts(name, summary_of(report_of(reading)), files, report.remarks, doubts, measures)


def reading_of(steps: StepFiles, name: str) -> Reading:
    """Return a reading that this build kept under a name. Raises `LostStepError`."""
    found = steps.needed(KIND, name)
    assert isinstance(found, Reading)
    return found


def keep_only(steps: StepFiles, facts: Iterable[ReadFacts]) -> None:
    """Remove what was kept of other readings than these."""
    wanted = {one.name for one in facts}
    for kind in (KIND, FACTS):
        steps.of(kind).keep_only(wanted)


@lru_cache(maxsize=1)
def vocabularies(root: Path, program: str) -> Vocabularies:
    """Return the vocabulary of a project, whose digest is part of `program`; a process reads it once. Raises `VocabularyError`."""
    del program
    return read_vocabularies(*paths.vocabularies_of(root))


def _ended(task: ReadTask) -> ReadOutcome:
    fault = f"reports/{task.slug}: 读这份报告的进程两次被系统终止（内存不够，或一个程序库出错）。请核对来源文件；若无误，请告知程序的作者。"
    return ReadOutcome(None, BrokenReport(task.slug, (fault,)))
