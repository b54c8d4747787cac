"""Knows the later steps of a build: places are compared, and the files of each report composed, in worker processes, and kept.

Each result is kept under the digest of exactly what it depends on. Leaves the comparison to `place_comparison`, pages to
`website.pages`, data files to `website.data`, and where results lie to `step_files`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeVar, overload

from workreport import comparison
from workreport.build import place_comparison, read_step
from workreport.build.step_files import StepFiles, name_of
from workreport.comparison import ComparisonWords
from workreport.model import Reading
from workreport.model.place_years import PlaceYears
from workreport.project import caches, paths, settings, writer
from workreport.project.workers import Workers
from workreport.website import addresses, citations, pages, search
from workreport.website.pages.collection import SiteFrame
from workreport.website.pages.views.compared_place import ComparedPlace
from workreport.website.template_cache import TemplateCache

COMPARED, COMPOSED, SEARCHED = "compare", "compose", "search"
"""The names of these steps among those that are kept. What search needs of a report is kept under the name of its reading."""
HELD = 24
"""How many results of one step are held at once."""
T = TypeVar("T")
MODULES = (__name__,)
"""The modules that a process needs for all steps."""


@dataclass(frozen=True, slots=True)
class CompareTask:
    """A place to compare: the names of the readings of its reports, by slug; `program` is as in `ReadTask`."""

    steps: StepFiles
    root: Path
    program: str
    readings: tuple[str, ...]

    @property
    def name(self) -> str:
        """The digest of all that the comparison depends on."""
        return name_of(self.program, self.readings)


def compare(task: CompareTask) -> tuple[PlaceYears, ...]:
    """Return what the reports of a place say of each other, or what was kept of it. Raises `LostStepError`."""
    kept, name = task.steps.of(COMPARED), task.name
    found = kept.get_value(name)
    if isinstance(found, tuple):
        return found
    readings = [read_step.reading_of(task.steps, one) for one in task.readings]
    made = place_comparison.compared(readings, comparison_words(task.root, task.program))
    kept.put_value(name, made)
    return made


@lru_cache(maxsize=1)
def comparison_words(root: Path, program: str) -> ComparisonWords:
    """Return the words of comparisons of a project, whose digest is part of `program`. Raises `VocabularyError`."""
    vocabulary, *own = paths.vocabularies_of(root)
    return comparison.load(vocabulary, read_step.vocabularies(root, program).measures, *own)


@dataclass(frozen=True, slots=True)
class ComposeTask:
    """A report whose files are to be composed. `program` is the digest of program, libraries, vocabulary and templates.

    `readings` are the names of its own reading, the first, and of those of the reports whose words its pages show, by slug. `place`
    is what the reports of its place say of each other, `former` the slug of its report of the year before. With `data` the data
    files are made too.
    """

    steps: StepFiles
    root: Path
    program: str
    site: settings.Settings
    frame: SiteFrame
    readings: tuple[tuple[str, str], ...]
    place: PlaceYears | None
    former: str
    data: bool

    @property
    def name(self) -> str:
        """The digest of all that the files depend on."""
        frame = (self.frame.title, self.frame.alone, sorted(self.frame.measured))
        return name_of(self.program, self.site, frame, self.readings, self.place, self.former, self.data)


@dataclass(frozen=True, slots=True)
class ComposedReport:
    """The files of a report: its texts of `docs/` and JSON-LD, as in `RenderedSite`; texts and data files of the finished site by
    path.
    """

    docs: dict[str, str]
    graphs: dict[str, str]
    site_files: dict[str, str]
    data: dict[str, bytes]


def compose(task: ComposeTask) -> str:
    """Compose the files of a report, if they are not kept; return the name under which they are. Raises `LostStepError`."""
    kept, name = task.steps.of(COMPOSED), task.name
    searched, read = task.steps.of(SEARCHED), task.readings[0][1]
    if not searched.has(read):
        bases = search.base_units(read_step.vocabularies(task.root, task.program).figures.units)
        searched.put_value(read, search.searched_report(read_step.reading_of(task.steps, read), bases))
    if not kept.has(name):
        kept.put_value(name, _composed(task))
    return name


def _composed(task: ComposeTask) -> ComposedReport:
    readings = {slug: read_step.reading_of(task.steps, name) for slug, name in task.readings}
    reports = {slug: pages.report_of(reading) for slug, reading in readings.items()}
    slug = task.readings[0][0]
    reading, templates = readings[slug], paths.templates_of(task.root)
    place = task.place
    years = ComparedPlace(place, {one: reports[one] for one in place.reports}, task.site.verdicts) if place else None
    renderer = pages.SiteRenderer(task.site, templates, TemplateCache(task.root / writer.WORK / caches.TEMPLATES))
    made = renderer.report(task.frame, reports[slug], years, readings[task.former] if task.former else None)
    data = _data_files(task, reading) if task.data else {}
    return ComposedReport(made.docs, made.graphs, citations.files(reading, task.site), data)


def _data_files(task: ComposeTask, reading: Reading) -> dict[str, bytes]:
    """Return the data files of a report; of the only one of a site those in `data/` too."""
    # Imported here: a build of the pages alone needs no data files.
    from workreport.website import data

    schema = paths.part_of(task.root, f"data/{data.SCHEMA}").read_text(encoding="utf-8")
    made = data.files(reading, addresses.data(reading.meta.slug), schema, task.site)
    return made | (data.files(reading, addresses.DATA, schema, task.site) if task.frame.alone else {})


class OneByOne(Sequence[T]):
    """Values for each report or place of a build, made when they are asked for, as by reading them from where they are kept.

    So a build of any number of reports holds few of them at once; of a small one it holds all.

    >>> list(OneByOne([1, 2].__getitem__, 2))
    [1, 2]
    """

    def __init__(self, value: Callable[[int], T], length: int) -> None:
        self._value = lru_cache(maxsize=HELD)(value)
        self._length = length

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, k: int) -> T: ...
    @overload
    def __getitem__(self, k: slice) -> Sequence[T]: ...
    def __getitem__(self, k: int | slice) -> T | Sequence[T]:
        if isinstance(k, slice):
            return [self._value(n) for n in range(*k.indices(self._length))]
        if not 0 <= k < self._length:
            raise IndexError(k)
        return self._value(k)


def kept_values(steps: StepFiles, kind: str, names: Sequence[str], of: type[T]) -> Sequence[T]:
    """Return the results of a step of this build, by the names under which they are kept. Raises `LostStepError`."""

    def value(k: int) -> T:
        found = steps.needed(kind, names[k])
        assert isinstance(found, of)
        return found

    return OneByOne(value, len(names))


def keep_only(steps: StepFiles, compared: Collection[str], composed: Collection[str], read: Collection[str]) -> None:
    """Remove what was kept of other comparisons, other composed reports and other readings than these."""
    for kind, names in ((COMPARED, compared), (COMPOSED, composed), (SEARCHED, read)):
        steps.of(kind).keep_only(names)


def composed(workers: Workers, tasks: Sequence[ComposeTask]) -> Iterator[str]:
    """Yield the names of the composed files of reports, in the order of the tasks."""
    return workers.results(compose, tasks)
