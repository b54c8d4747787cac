"""Knows how the reports become the files of the site: pages, search index, MkDocs settings, data files.

Leaves reading a report to `report_reader`, the content of the files to `website`, and writing them to `outputs`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from workreport import comparison
from workreport.analysis import links, measures, names
from workreport.analysis.vocabulary import Unit
from workreport.build import place_comparison, plan, private_doubts, read_step, slugs
from workreport.build.broken_reports import BrokenReport, BrokenReports
from workreport.build.report_folder import report_folders
from workreport.build.report_reader import ReadReport, Vocabularies, load_vocabularies
from workreport.build.text_cache import TextCache
from workreport.ingest.formats import sidecar
from workreport.model import Publication
from workreport.project import caches, paths, report_settings, settings, writer
from workreport.project.progress import Stage
from workreport.project.workers import Workers
from workreport.website import (
    addresses,
    citations,
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
from workreport.website.pages.collection import Collection
from workreport.website.pages.views.compared_place import compared_places
from workreport.website.template_cache import TemplateCache


def _build_date(publication: Publication, fallback: date) -> date:
    """Return the date of pages and archive files: that of the newest report, `fallback` if no report has a date."""
    return max((r.meta.date for r in publication.readings if r.meta.date), default=fallback)


@dataclass(frozen=True, slots=True)
class ComposedSite:
    """All that the later steps of a build need of the reports.

    `slugs`: the reports, sorted; `name`: how names of archive files with all reports begin; `moment`: the date of pages and
    archive files; `dates`: the dates of reports by slug, without reports that have none; `configuration`: the text of the
    generated MkDocs settings; `docs`: the texts of `docs/`; `report_files`: files to write beside the sources, by path in
    the project; `graphs`: the JSON-LD of each page, by its path in the site; `site_files`: texts to add to the finished site; `indexes`: the search index of each report alone, by
    slug, empty for a build of the pages only; `publication`: the reports as read; `remarks`: Chinese lines for the user; `broken`: the reports that are left
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
    publication: Publication
    remarks: tuple[str, ...]
    broken: tuple[BrokenReport, ...]


def compose(order: plan.BuildOrder, site: settings.Settings, stage: Stage, workers: Workers) -> ComposedSite:
    """Read the reports that `order` asks for and compose all files of the site; write nothing but caches.

    A report whose own files are broken is left out (`ComposedSite.broken`), unless no other is there: that is an error. Raises the errors of the modules it calls: `NothingToBuild`, `BrokenReports`, `VocabularyError` ….
    """
    root = order.root
    cache = root / writer.WORK
    chosen = report_folders(root, order.report)
    words = load_vocabularies(*paths.vocabularies_of(root), cache=cache)
    pronounce = TextCache(cache / read_step.SOUNDS, names.reading)
    sounds = TextCache(cache / "sounds.json", search.readings)
    traditional = TextCache(cache / "forms.json", search.traditional)
    reports: list[ReadReport] = []
    broken: list[BrokenReport] = []
    coming = read_step.outcomes(workers, read_step.tasks_of(root, chosen))
    outcomes = []
    for folder in chosen:
        with stage("读取", folder.name):
            outcome = next(coming)
        outcomes.append(outcome)
        pronounce.add(outcome.sounds)
        if outcome.report:
            reports.append(outcome.report)
        if outcome.broken:
            broken.append(outcome.broken)
    if order.report is None:
        read_step.keep_only(root, outcomes)
    if not reports:
        raise BrokenReports(broken)
    private_doubts.store(cache, (r.reading for r in reports))
    publication = links.publish(tuple(r.reading for r in reports), site.title)
    publication = _with_places(publication, order, words, stage, broken)
    with stage("排页", f"{len(reports)} 份报告"):
        vocabulary, *own = paths.vocabularies_of(root)
        collection = pages.collection_of(publication, comparison.load(vocabulary, words.measures, *own))
        rendered = pages.render_site(
            publication, site, paths.templates_of(root), TemplateCache(cache / caches.TEMPLATES), collection
        )
        units, also = words.figures.units, measures.other_names(words.measures)
        site_files = dict(search.index_files(publication, sounds, traditional, units, also))
        site_files |= _files_of_the_site(collection, site, data=not order.only_site)
        for reading in publication.readings:
            site_files |= citations.files(reading, site)
        indexes = {} if order.only_site else _indexes(publication, site_files, sounds, traditional, units, also)
    for text_cache in (pronounce, sounds, traditional):
        text_cache.save()
    return ComposedSite(
        tuple(r.reading.meta.slug for r in reports), _archive_name(publication), _build_date(publication, order.fallback_date),
        {r.meta.slug: r.meta.date for r in publication.readings if r.meta.date},
        _configuration(collection, site, tokens.load(paths.templates_of(root))), rendered.docs, _report_files(reports), rendered.graphs, site_files, indexes, publication,
        tuple(line for r in reports for line in r.remarks), tuple(broken),
    )  # fmt: skip


def _files_of_the_site(collection: Collection, site: settings.Settings, *, data: bool) -> dict[str, str]:
    """Return texts for programs: llms.txt, what a browser needs to search the site, robots.txt, the files of measures."""
    made = {llms.LLMS: llms.llms_text(collection, site, data=data)}
    if site.address:
        made[addresses.OPENSEARCH] = search.opensearch(pages.site_title(collection, site), site.address)
    if robots := site_map.robots(site.address):
        made[site_map.ROBOTS] = robots
    return made | measure_data.files(collection)


def _with_places(
    publication: Publication, order: plan.BuildOrder, words: Vocabularies, stage: Stage, broken: Sequence[BrokenReport]
) -> Publication:
    """Return the publication with what the reports of each place say of each other, as the publisher wants it.

    Raises `SiteError` for an address that is taken, `BadSettings` for a rule of the publisher that cannot be applied.
    """
    root = order.root
    vocabulary, *own = paths.vocabularies_of(root)
    places = place_comparison.compared_places(publication.readings, vocabulary, words.measures, stage, *own)
    taken = {reading.meta.slug for reading in publication.readings}
    place_addresses.require_free(places, taken, slugs.reserved_slugs())
    left_out = frozenset(report.slug for report in broken)
    edited = place_comparison.edited_places(
        places, publication.readings, root, whole=order.report is None, left_out=left_out
    )
    return replace(publication, places=place_comparison.with_themes(edited, words.themes))


def _report_files(reports: Sequence[ReadReport]) -> dict[str, bytes]:
    """Return the files that a build writes beside each source, by path in the project: ids, extracted text and its map."""
    files: dict[str, bytes] = {}
    for report in reports:
        folder = f"reports/{report.reading.meta.slug}"
        files[f"{folder}/ids.toml"] = report_settings.ledger_text(report.ledger).encode()
        for name, data in sidecar.files(report.reading.source).items():
            files[f"{folder}/{name}"] = data
    return files


def _indexes(
    publication: Publication,
    site_files: dict[str, str],
    sounds: TextCache,
    traditional: TextCache,
    units: Sequence[Unit],
    also: Sequence[tuple[str, str]],
) -> dict[str, str]:
    """Return the search index of each report alone, by slug, for the archive formats that hold one report."""
    if len(publication.readings) == 1:
        return {publication.readings[0].meta.slug: site_files[addresses.SEARCH_INDEX]}
    single = (links.publish((reading,), "") for reading in publication.readings)
    return {
        p.readings[0].meta.slug: dict(search.index_files(p, sounds, traditional, units, also))[addresses.SEARCH_INDEX]
        for p in single
    }


def data_files(publication: Publication, site: settings.Settings, root: Path) -> dict[str, bytes]:
    """Return the data files of all reports and places by path in the site; if there is one report only, its are in `data/` too."""
    # Imported here: a build of the pages alone needs no data files.
    from workreport.website import data, years_data

    schema = paths.part_of(root, f"data/{data.SCHEMA}").read_text(encoding="utf-8")
    made: dict[str, bytes] = {}
    for reading in publication.readings:
        made |= data.files(reading, addresses.data(reading.meta.slug), schema, site)
    if len(publication.readings) == 1:
        made |= data.files(publication.readings[0], addresses.DATA, schema, site)
    names = [f"{name}.schema.json" for name in (years_data.PAIRS, years_data.SERIES)]
    schemas = {name: paths.part_of(root, f"data/{name}").read_text(encoding="utf-8") for name in names}
    reports = tuple(map(pages.report_of, publication.readings))
    places = tuple(compared_places(publication.places, reports, verdicts=site.verdicts))
    return made | years_data.files(places, site, schemas)


def _archive_name(publication: Publication) -> str:
    """Return how names of archive files with all reports begin: the slug of a single report, otherwise "reports"."""
    return publication.readings[0].meta.slug if len(publication.readings) == 1 else "reports"


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
