"""Knows which places of a site have reports of several years, and has these compared.

Leaves the comparison to `comparison`, and the addresses of places to `website.place_addresses`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from workreport import comparison
from workreport.analysis.measure_words import MeasureWords
from workreport.analysis.theme_words import ThemeWords
from workreport.build.misnamed_files import told_unread
from workreport.comparison import ComparisonWords
from workreport.comparison.place_edits import PlaceRules
from workreport.model import Meta, Reading
from workreport.model.place_years import PlaceYears
from workreport.project import paths, place_settings, plain_tree, report_settings
from workreport.project.progress import Stage
from workreport.project.toml_files import BadSettings, line_of_text, nearest
from workreport.website.place_addresses import place_slug

LEAST = 2
"""The fewest reports that can be compared."""


def compared_places(
    readings: Sequence[Reading], vocabulary: Path, measures: MeasureWords, stage: Stage, *own: Path
) -> tuple[PlaceYears, ...]:
    """Return the places with reports of two years or more, by code, those without a code last, by name.

    `vocabulary` is the folder with the words of comparisons, `own` are folders whose words add to them. Raises VocabularyError. Reports of other places are not looked at: a
    site of six hundred reports of as many places takes no longer.
    """
    by_slug = {reading.meta.slug: reading for reading in readings}
    groups = several_years(reading.meta for reading in readings)
    if not groups:
        return ()
    with stage("比较", f"{sum(map(len, groups))} 份报告"):
        words = comparison.load(vocabulary, measures, *own)
        return in_order(place for group in groups for place in compared([by_slug[slug] for slug in group], words))


def several_years(metas: Iterable[Meta]) -> list[tuple[str, ...]]:
    """Return the slugs of the reports of each place that has reports of two years or more, sorted."""
    groups: dict[str, list[Meta]] = defaultdict(list)
    for meta in metas:
        if key := comparison.place_key(meta):
            groups[key].append(meta)
    several = (own for own in groups.values() if len({meta.year for meta in own} - {None}) >= LEAST)
    return sorted(tuple(sorted(meta.slug for meta in own)) for own in several)


def compared(readings: Sequence[Reading], words: ComparisonWords) -> tuple[PlaceYears, ...]:
    """Return what the reports of a place, sorted by slug, say of each other; () where too few can be compared."""
    found = comparison.compare(readings, words)
    return tuple(comparison.with_ids(place) for place in found if len(place.reports) >= LEAST)


def in_order(places: Iterable[PlaceYears]) -> tuple[PlaceYears, ...]:
    """Return places by code, those without a code last, by name."""
    return tuple(sorted(places, key=lambda place: (not place.code, place.code, place.place)))


def edited_places(
    places: Sequence[PlaceYears], read: Callable[[str], Reading], root: Path, *, whole: bool, left_out: Collection[str]
) -> tuple[PlaceYears, ...]:
    """Return the places as the publisher wants them, by the files in `places/` of the project. `read` gives the reading of a slug.

    Raises `BadSettings` for a rule that cannot be applied, and for a folder with rules that is of none of the places; where not
    the `whole` site is built, other folders are not looked at. Rules about reports that are `left_out`, since their own files are
    broken, wait.
    """
    slugs = {place_slug(place.place, place.code): place for place in places}
    if whole:
        _require_known(root, tuple(slugs))
    made = []
    for slug, place in slugs.items():
        rules = _usable(place_settings.place_rules(root, slug), left_out)
        own = {name: read(name) for name in place.reports} if rules != PlaceRules() else {}
        try:
            made.append(comparison.edited(place, own, rules))
        except comparison.BadPlaceRule as error:
            name = place_settings.place_file(slug)
            line = line_of_text(root / name, error.written, error.line) or error.line
            raise BadSettings(f"{name}:{line}: {error}") from error
    return tuple(made)


def with_themes(places: Sequence[PlaceYears], themes: ThemeWords) -> tuple[PlaceYears, ...]:
    """Return the places with the theme of each series by its name, so that a reader finds series as he finds promises."""
    return tuple(
        replace(place, series=tuple(replace(series, theme=themes.theme_of(series.name)) for series in place.series))
        for place in places
    )


def place_files(root: Path, meta: Meta) -> dict[str, bytes]:
    """Return the commented file of the place of a new report, by its path in the project, if this is its second report.

    None if it is there already. Reports whose own settings cannot be read do not count.
    """
    name = place_settings.place_file(place_slug(meta.place, meta.code)) if comparison.place_key(meta) else ""
    if not name or (root / name).exists() or not any(_is_other_year(folder, meta) for folder in _folders(root)):
        return {}
    return {name: paths.part_of(root, f"place/{place_settings.FILE}").read_bytes()}


def _folders(root: Path) -> list[Path]:
    home = root / plain_tree.REPORTS
    return sorted(path for path in home.iterdir() if path.is_dir()) if home.is_dir() else []


def _is_other_year(folder: Path, meta: Meta) -> bool:
    """Whether a folder has a report of the same place and another year, by its `report.toml`."""
    try:
        known = report_settings.metadata(folder)
    except BadSettings:
        return False
    own = replace(meta, place=known.place, code=known.code)
    return comparison.place_key(own) == comparison.place_key(meta) and known.year not in (None, meta.year)


def _usable(rules: PlaceRules, left_out: Collection[str]) -> PlaceRules:
    """The rules that name none of these reports."""

    def fine(*named: str | None) -> bool:
        return not any(name and name.partition("#")[0] in left_out for name in named)

    pairs = tuple(rule for rule in rules.pair if fine(rule.target, rule.result))
    return PlaceRules(pairs, tuple(rule for rule in rules.series if fine(*rule.part)))


def _require_known(root: Path, slugs: Sequence[str]) -> None:
    """Raise `BadSettings` for a folder with rules that is of no place, or a file there that is nearly the right name."""
    home = root / plain_tree.PLACES
    for folder in sorted(home.iterdir()) if home.is_dir() else ():
        if (
            folder.is_dir()
            and folder.name not in slugs
            and place_settings.place_rules(root, folder.name) != PlaceRules()
        ):
            known = f"{nearest(folder.name, slugs)}" if slugs else "现在没有一个地方有两年的报告。"
            raise BadSettings(
                f"{plain_tree.PLACES}/{folder.name}: 没有哪个地方的对照页叫 {folder.name}/。{known}请给文件夹改名。"
            )
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            if path.name != place_settings.FILE:
                told_unread(path.name, folder, f"{plain_tree.PLACES}/{folder.name}/", (place_settings.FILE,))
