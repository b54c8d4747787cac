"""Knows the places of a project whose reports can be compared, and what is found where the files are as they are now.

Leaves comparing to `build.place_comparison`, and the pages to `place_pages` and `place_forms`.
"""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from workreport.build import place_comparison
from workreport.desk.desk_state import Desk, NoSuchPart
from workreport.model import Reading
from workreport.model.place_years import PlaceYears
from workreport.project import paths, place_settings, report_settings, writer
from workreport.project.progress import no_progress
from workreport.project.toml_files import BadSettings
from workreport.website.place_addresses import place_slug


@dataclass(frozen=True, slots=True)
class DeskPlace:
    """A place: the folder of its page, its name, and the slugs of its reports by year."""

    slug: str
    name: str
    reports: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ComparedReports:
    """What the reports of a place say of each other: as the program finds it (`found`), and as the publisher wants it (`shown`)."""

    readings: dict[str, Reading]
    found: PlaceYears
    shown: PlaceYears


def places(desk: Desk) -> tuple[DeskPlace, ...]:
    """Return the places with reports of two years or more, by name. Reports whose settings cannot be read do not count."""
    by_place: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
    for slug in desk.slugs():
        try:
            known = report_settings.metadata(desk.folder(slug))
        except BadSettings:
            continue
        if known.place and known.year:
            by_place[place_slug(known.place, known.code)].append((known.year, slug, known.place))
    found = [
        DeskPlace(place, rows[-1][2], tuple(slug for _, slug, _ in sorted(rows)))
        for place, rows in by_place.items()
        if len({year for year, _, _ in rows}) >= place_comparison.LEAST
    ]
    return tuple(sorted(found, key=lambda place: (place.name, place.slug)))


def compared(desk: Desk, slug: str) -> ComparedReports:
    """Compare the reports of a place. Raises `NoSuchPart`, the errors of reading, and `BadSettings`."""
    place = next((place for place in places(desk) if place.slug == slug), None)
    if place is None:
        raise NoSuchPart("没有这个地方的各年报告。同一个地方要有两年以上的报告，才能对照。")
    root = desk.need_root()
    readings = {name: desk.read(name) for name in place.reports}
    vocabulary, *own = paths.vocabularies_of(root)
    found = place_comparison.compared_places(
        list(readings.values()), vocabulary, desk.vocabularies().measures, no_progress, *own
    )
    years = next((one for one in found if place_slug(one.place, one.code) == slug), None)
    if years is None:
        raise NoSuchPart("这个地方的报告没有可以对照的。")
    (shown,) = place_comparison.edited_places([years], readings.__getitem__, root, whole=False, left_out=())
    return ComparedReports(readings, years, shown)


def accepts_rules(slug: str, known: ComparedReports) -> Callable[[bytes], None]:
    """Return a function that raises the error of the program if it does not accept these bytes as the rules of a place."""

    def check(data: bytes) -> None:
        with tempfile.TemporaryDirectory() as work:
            writer.write_bytes(Path(work) / place_settings.place_file(slug), data, durable=False)
            place_comparison.edited_places(
                [known.found], known.readings.__getitem__, Path(work), whole=False, left_out=()
            )

    return check
