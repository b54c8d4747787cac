"""Knows how the reports become the files of the site: pages, search index, MkDocs settings, data files.

Leaves reading a report to `report_reader`, the content of the files to `website`, and writing them to `outputs`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from workreport.analysis import links, measures, names
from workreport.analysis.results_and_targets import former_report
from workreport.build import compose_step, place_comparison, plan, private_doubts, read_step, slugs
from workreport.build.broken_reports import BrokenReport, BrokenReports
from workreport.build.compose_step import CompareTask, ComposedReport, ComposeTask, OneByOne, kept_values
from workreport.build.read_step import ReadFacts
from workreport.build.report_folder import report_folders
from workreport.build.report_reader import Vocabularies, load_vocabularies
from workreport.build.step_files import StepFiles, name_of
from workreport.build.text_cache import TextCache
from workreport.comparison import ComparisonWords
from workreport.model import Publication, Reading
from workreport.model.place_years import PlaceYears
from workreport.project import caches, digests, paths, settings, writer
from workreport.project.progress import Stage
from workreport.project.workers import Workers
from workreport.website import (
    addresses,
    llms,
    measure_data,
    mkdocs_config,
    pages,
    place_addresses,
    search,
    site_map,
    tokens,
)
from workreport.website.pages import page_table, place_colours
from workreport.website.pages.collection import Collection, SiteFrame
from workreport.website.pages.views.compared_place import ComparedPlace
from workreport.website.template_cache import TemplateCache


def _build_date(collection: Collection, fallback: date) -> date:
    """Return the date of pages and archive files: that of the newest report, `fallback` if no report has a date."""
    return max((meta.date for meta in collection.metas if meta.date), default=fallback)


INDEX = "index"
"""The name of the search index of the site among the steps that are kept."""


@dataclass(frozen=True, slots=True)
class ComposedSite:
    """All that the later steps of a build need of the reports.

    `slugs`: the reports, sorted; `name`: how names of archive files with all reports begin; `moment`: the date of pages and
    archive files; `dates`: the dates of reports by slug, without reports that have none; `configuration`: the text of the
    generated MkDocs settings; `docs`: the texts of `docs/`; `report_files`: files to write beside the sources, by path in
    the project; `graphs`: the JSON-LD of each page, by its path in the site; `site_files`: texts to add to the finished site; `indexes`: the search index of each report alone, by
    slug, empty for a build of the pages only; `data`: the data files of each report, and last those of places, none for such a build;
    `publication`: the reports as read, without any for such a build; `remarks`: Chinese lines for the user; `broken`: the reports that are left
    out, since their own files are broken.
    """

    slugs: tuple[str, ...]
    name: str
    moment: date
    dates: dict[str, date]
    configuration: str
    docs: dict[str, str]
    report_files: dict[str, bytes]
    graphs: dict[str, str]
    site_files: dict[str, str]
    indexes: dict[str, str]
    data: Iterable[Mapping[str, bytes]]
    publication: Publication
    remarks: tuple[str, ...]
    broken: tuple[BrokenReport, ...]


def compose(
    order: plan.BuildOrder, site: settings.Settings, stage: Stage, workers: Workers, steps: StepFiles
) -> ComposedSite:
    """Read the reports that `order` asks for and compose all files of the site; write nothing but caches.

    A report whose own files are broken is left out (`ComposedSite.broken`), unless no other is there: that is an error. Raises the errors of the modules it calls: `NothingToBuild`, `BrokenReports`, `VocabularyError` ….
    """
    root = order.root
    words = load_vocabularies(*paths.vocabularies_of(root), cache=root / writer.WORK)
    facts, broken = _read(order, stage, workers, steps)
    by_slug = {one.summary.meta.slug: one for one in sorted(facts, key=lambda one: links.order(one.summary.meta))}
    building = _Building(order, site, workers, steps, by_slug)
    places = building.places(stage, words, broken)
    collection = pages.collected(
        [one.summary for one in by_slug.values()], site.title, places, building.comparison_words()
    )
    only = pages.report_of(building.reading(next(iter(by_slug)))) if collection.alone else None
    templates = paths.templates_of(root)
    with stage("排页", f"{len(facts)} 份报告"):
        renderer = pages.SiteRenderer(site, templates, TemplateCache(root / writer.WORK / caches.TEMPLATES))
        names = building.composed(collection)
        made = renderer.site(collection, only)
        frame = pages.frame_of(collection, site)
        compared = OneByOne(lambda k: building.compared(places[k]), len(places))
        for place in compared:
            made += renderer.place(frame, place)
        docs, graphs, site_files = (
            dict(made.docs),
            dict(made.graphs),
            _files_of_the_site(collection, site, data=building.data),
        )
        reports = kept_values(steps, compose_step.COMPOSED, names, ComposedReport)
        for report in reports:
            docs |= report.docs
            graphs |= report.graphs
            site_files |= report.site_files
        scripts, indexes = building.search(words)
        site_files |= scripts
    building.clean(names)
    publication = links.publish(map(building.reading, by_slug) if building.data else (), site.title)
    return ComposedSite(
        tuple(sorted(by_slug)), _archive_name(collection), _build_date(collection, order.fallback_date),
        {meta.slug: meta.date for meta in collection.metas if meta.date},
        _configuration(collection, site, tokens.load(templates)), dict(sorted(docs.items())),
        {name: data for one in facts for name, data in one.files.items()}, graphs, site_files, indexes,
        building.data_files(reports, compared), publication,
        tuple(line for one in facts for line in one.remarks), tuple(broken),
    )  # fmt: skip


def _read(
    order: plan.BuildOrder, stage: Stage, workers: Workers, steps: StepFiles
) -> tuple[list[ReadFacts], list[BrokenReport]]:
    """Read all reports; return what is known of each, and those that are broken. Raises `BrokenReports` if no other is there."""
    cache = order.root / writer.WORK
    chosen = report_folders(order.root, order.report)
    pronounce = TextCache(cache / read_step.SOUNDS, names.reading)
    facts, broken = [], []
    coming = read_step.outcomes(workers, steps, order.root, chosen)
    for folder in chosen:
        with stage("读取", folder.name):
            outcome = next(coming)
        pronounce.add(outcome.sounds)
        if outcome.facts:
            facts.append(outcome.facts)
        if outcome.broken:
            broken.append(outcome.broken)
    if not facts:
        raise BrokenReports(broken)
    private_doubts.store(cache, {one.summary.meta.slug: one.doubts for one in facts})
    pronounce.save()
    return facts, broken


class _Building:
    """The steps of one build that need the readings of reports; `facts` are those of the reports by slug, in their order."""

    def __init__(
        self,
        order: plan.BuildOrder,
        site: settings.Settings,
        workers: Workers,
        steps: StepFiles,
        facts: Mapping[str, ReadFacts],
    ) -> None:
        self._order, self._root = order, order.root
        self._site, self._workers, self._steps, self._facts = site, workers, steps, facts
        self._program = read_step.program_of(order.root)
        self._places: dict[str, PlaceYears] = {}
        self._compared: set[str] = set()
        self.data = not order.only_site

    def comparison_words(self) -> ComparisonWords:
        return compose_step.comparison_words(self._root, self._program)

    def reading(self, slug: str) -> Reading:
        """The reading of a report."""
        return read_step.reading_of(self._steps, self._facts[slug].name)

    def compared(self, place: PlaceYears) -> ComparedPlace:
        """A place as views need it."""
        return ComparedPlace(
            place, {slug: pages.report_of(self.reading(slug)) for slug in place.reports}, self._site.verdicts
        )

    def places(self, stage: Stage, words: Vocabularies, broken: Sequence[BrokenReport]) -> tuple[PlaceYears, ...]:
        """Return what the reports of each place say of each other, as the publisher wants it.

        Raises `SiteError` for an address that is taken, `BadSettings` for a rule of the publisher that cannot be applied.
        """
        groups = place_comparison.several_years(one.summary.meta for one in self._facts.values())
        tasks = [
            CompareTask(self._steps, self._root, self._program, tuple(self._facts[slug].name for slug in group))
            for group in groups
        ]
        found: list[PlaceYears] = []
        if groups:
            with stage("比较", f"{sum(map(len, groups))} 份报告"):
                for places in self._workers.results(compose_step.compare, tasks):
                    found += places
        self._compared = {task.name for task in tasks}
        ordered = place_comparison.in_order(found)
        place_addresses.require_free(ordered, set(self._facts), slugs.reserved_slugs())
        edited = place_comparison.edited_places(
            ordered, self.reading, self._root,
            whole=self._order.report is None, left_out=frozenset(report.slug for report in broken),
        )  # fmt: skip
        made = place_comparison.with_themes(edited, words.themes)
        self._places = {slug: place for place in made for slug in place.reports}
        return made

    def composed(self, collection: Collection) -> list[str]:
        """Compose the files of all reports; return the names under which they are kept, in the order of the reports."""
        program = digests.digest([*paths.template_folders(self._root)], self._program)[0]
        frame = pages.frame_of(collection, self._site)
        return list(
            compose_step.composed(self._workers, [self._task(slug, collection, frame, program) for slug in self._facts])
        )

    def _task(self, slug: str, collection: Collection, frame: SiteFrame, program: str) -> ComposeTask:
        former = former_report(self._facts[slug].summary.meta, collection.metas)
        place = self._places.get(slug)
        shown = dict.fromkeys((slug, *(place.reports if place else ()), *((former.slug,) if former else ())))
        own = replace(frame, measured=frame.measured & self._facts[slug].measures)
        readings = tuple((one, self._facts[one].name) for one in shown)
        return ComposeTask(
            self._steps, self._root, program, self._site, own, readings, place, former.slug if former else "", self.data
        )

    def search(self, words: Vocabularies) -> tuple[dict[str, str], dict[str, str]]:
        """Return the search index as `_search` does, or what was kept of it: it depends on the readings alone."""
        names = [one.name for one in self._facts.values()]
        kept, name = self._steps.of(INDEX), name_of(self._program, names, self.data)
        found = kept.get_value(name)
        if isinstance(found, tuple):
            return found
        reports = kept_values(self._steps, compose_step.SEARCHED, names, search.SearchedReport)
        made = _search(self._root, reports, words, alone=self.data)
        kept.keep_only(())
        kept.put_value(name, made)
        return made

    def clean(self, names: Sequence[str]) -> None:
        """Remove the results of steps that this build did not ask for, unless it is one of a single report."""
        if self._order.report is None:
            read_step.keep_only(self._steps, self._facts.values())
            compose_step.keep_only(self._steps, self._compared, names, [one.name for one in self._facts.values()])

    def data_files(
        self, reports: Iterable[ComposedReport], places: Sequence[ComparedPlace]
    ) -> Iterator[Mapping[str, bytes]]:
        """Yield the data files of each report by path in the site, and last those of all places."""
        if not self.data:
            return
        # Imported here: a build of the pages alone needs no data files.
        from workreport.website import years_data

        yield from (report.data for report in reports)
        names = [f"{name}.schema.json" for name in (years_data.PAIRS, years_data.SERIES)]
        schemas = {name: paths.part_of(self._root, f"data/{name}").read_text(encoding="utf-8") for name in names}
        yield years_data.files(places, self._site, schemas)


def _search(
    root: Path, reports: Sequence[search.SearchedReport], words: Vocabularies, *, alone: bool
) -> tuple[dict[str, str], dict[str, str]]:
    """Return the scripts of the search index by path; and with `alone` the index of each report alone, by slug, for the archive
    formats that hold one report.
    """
    cache = root / writer.WORK
    sounds = TextCache(cache / "sounds.json", search.readings)
    traditional = TextCache(cache / "forms.json", search.traditional)
    units, also = words.figures.units, measures.other_names(words.measures)

    def scripts(some: Sequence[search.SearchedReport]) -> dict[str, str]:
        return dict(search.index_of(some, sounds, traditional, units, also))

    made = scripts(reports)
    if len(reports) == 1:
        indexes = {reports[0].slug: made[addresses.SEARCH_INDEX]} if alone else {}
    else:
        indexes = {one.slug: scripts([one])[addresses.SEARCH_INDEX] for one in reports} if alone else {}
    sounds.save()
    traditional.save()
    return made, indexes


def _files_of_the_site(collection: Collection, site: settings.Settings, *, data: bool) -> dict[str, str]:
    """Return texts for programs: llms.txt, what a browser needs to search the site, robots.txt, the files of measures."""
    made = {llms.LLMS: llms.llms_text(collection, site, data=data)}
    if site.address:
        made[addresses.OPENSEARCH] = search.opensearch(pages.site_title(collection, site), site.address)
    if robots := site_map.robots(site.address):
        made[site_map.ROBOTS] = robots
    return made | measure_data.files(collection)


def _archive_name(collection: Collection) -> str:
    """Return how names of archive files with all reports begin: the slug of a single report, otherwise "reports"."""
    return collection.metas[0].slug if collection.alone else "reports"


def _configuration(collection: Collection, site: settings.Settings, look: tokens.Tokens) -> str:
    """Return the text of the generated MkDocs settings; `look` has the colours of light and dark pages."""
    name = pages.site_title(collection, site)
    hues = place_colours.site_colours(collection, site, look).names
    return mkdocs_config.generated_config(
        name=name,
        address=site.address,
        description=pages.site_description(name),
        nav=_navigation(collection),
        extra={
            **pages.theme_facts(collection, site),
            "bar": page_table.bar(collection),
            "labels": pages.theme_labels(collection, site),
            "cited": pages.theme_citations(collection, site),
            **({"hues": hues} if hues else {}),
            "theme_colours": [look.value("light.paper"), look.value("dark.paper")],
        },
        contact=site.contact if pages.reachable(site) else "",
    )


def _navigation(collection: Collection) -> list[mkdocs_config.NavItem]:
    """Return all pages in reading order: the front page, the pages of each report, those of places, then the site's other pages."""

    def items(pages_listed: Iterable[tuple[str, str]]) -> tuple[mkdocs_config.NavItem, ...]:
        return tuple(mkdocs_config.NavItem(title, addresses.markdown(path)) for title, path in pages_listed)

    return [
        *items([(page_table.HOME, addresses.ROOT)]),
        *(mkdocs_config.NavItem(r.meta.name, children=items(r.contents)) for r in collection.reports),
        *items(page_table.site_contents(collection)),
    ]
