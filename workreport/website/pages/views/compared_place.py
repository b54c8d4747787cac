"""Knows a place with reports of several years as the views need it: its page, its reports, and indexes that are computed once.

Leaves the comparison to `comparison`, and what the page of the place shows to `place`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from markupsafe import Markup

from workreport.analysis.theme_words import OTHER
from workreport.model import Indicator, Reading, Theme
from workreport.model.place_years import Pair, PlaceYears, Point, Series, Stated
from workreport.website import addresses
from workreport.website.pages import wording
from workreport.website.pages.cut_text import passage
from workreport.website.pages.figure_views import rise_of, shown_change, shown_figure
from workreport.website.pages.front_cards import without_verb
from workreport.website.pages.plain_digits import half_width
from workreport.website.pages.views.report import Report
from workreport.website.place_addresses import place_slug

LONGEST = 80
"""The most characters of a sentence that are shown; of a longer one the clauses around what is meant."""


@dataclass(frozen=True, slots=True)
class StatedView:
    """What one report states, as a page shows it: its figure ("" for words without one), and its sentence in three parts.

    `quote` are the words meant, between `before` and `behind`; a part that is cut has …… there. `href` opens the exact words in
    the report, `report` is its short name (2024年报告).
    """

    report: str
    figure: str
    before: str
    quote: str
    behind: str
    href: Markup


@dataclass(frozen=True)
class ComparedPlace:
    """A place with reports of two years or more. `verdicts`: the publisher wants the words of verdicts on pages and in data."""

    years: PlaceYears
    reports: Mapping[str, Report]
    verdicts: bool

    @property
    def slug(self) -> str:
        """The folder of its page."""
        return place_slug(self.years.place, self.years.code)

    @property
    def path(self) -> str:
        """The path of its page in the site."""
        return addresses.place(self.slug)

    @cached_property
    def ordered(self) -> tuple[Report, ...]:
        """Its reports, the oldest first."""
        return tuple(self.reports[slug] for slug in self.years.reports)

    @cached_property
    def indicators(self) -> dict[tuple[str, str], Indicator]:
        """All figures of its reports by the slug of the report and their id."""
        return {(r.reading.meta.slug, i.id): i for r in self.ordered for i in r.reading.indicators}

    def reading(self, stated: Stated) -> Reading:
        """The report that states something."""
        return self.reports[stated.report].reading

    def indicator(self, stated: Stated) -> Indicator | None:
        """The figure that is stated, None for words without one."""
        return self.indicators.get((stated.report, stated.indicator))

    def href(self, stated: Stated, origin: str) -> Markup:
        """The link from the page at `origin` to what a report states."""
        reading = self.reading(stated)
        section = reading.sentences[stated.sentence].section
        anchor = stated.indicator or stated.sentence
        return Markup(addresses.relative(origin, f"{addresses.page_of(reading, section)}#{anchor}"))

    def stated(self, stated: Stated, origin: str) -> StatedView:
        """What a report states, for the page at `origin`."""
        reading = self.reading(stated)
        sentence = reading.sentences[stated.sentence]
        indicator = self.indicator(stated)
        start, end = max(stated.start - sentence.start, 0), min(stated.end, sentence.end) - sentence.start
        before, quote, behind = passage(sentence.text, start, end, LONGEST)
        figure = told_figure(indicator) if indicator else ""
        return StatedView(report_label(reading), figure, before, quote, behind, self.href(stated, origin))

    def beside(self, pair: Pair, stated: Stated, origin: str) -> StatedView:
        """What one side of a pair states, without its figure apart from the sentence where the two cannot be compared.

        Two large figures side by side compare by themselves: 4所 and 1.2万户, or one of three targets and the sum of all.
        """
        view = self.stated(stated, origin)
        return replace(view, figure="") if pair.verdict == "not comparable" else view

    @cached_property
    def anchors(self) -> dict[int, str]:
        """The anchor of each pair on the page of the place, by its place in `years.pairs`: y2024-s1234abcd-f1."""
        found: dict[int, str] = {}
        taken: set[str] = set()
        for k, pair in enumerate(self.years.pairs):
            wanted = f"y{pair.year}-{pair.target.indicator or pair.target.sentence}"
            found[k] = _free(wanted, taken)
        return found

    @property
    def series_anchors(self) -> tuple[str, ...]:
        """The anchor of each series on the page of the place, in the order of `years.series`: series-gdp."""
        return tuple(map(series_anchor, self.years.series))

    @cached_property
    def targets(self) -> dict[tuple[str, str], list[int]]:
        """The places in `years.pairs` of the pairs of each target, by the slug of its report and the id of its figure or sentence."""
        found: dict[tuple[str, str], list[int]] = defaultdict(list)
        for k, pair in enumerate(self.years.pairs):
            found[pair.target.report, pair.target.indicator or pair.target.sentence].append(k)
        return found

    @cached_property
    def points(self) -> dict[tuple[str, str], tuple[int, int]]:
        """Where a figure is a point of a series: the places of series and point, by the slug of its report and its id."""
        return {
            (point.stated.report, point.stated.indicator): (k, n)
            for k, series in enumerate(self.years.series)
            for n, point in enumerate(series.points)
        }

    def year_before(self, slug: str, indicator: str) -> tuple[str, Point] | None:
        """The anchor of the series of a figure of a report, and its point of the year before; None where the series has none."""
        place = self.points.get((slug, indicator))
        if place is None:
            return None
        series = self.years.series[place[0]]
        year = series.points[place[1]].year - 1
        before = next((point for point in series.points if point.year == year), None)
        return (self.series_anchors[place[0]], before) if before else None

    def next_of(self, slug: str) -> Report | None:
        """The report of the very next year, None where the site has none."""
        at = self.years.reports.index(slug) if slug in self.years.reports else -1
        if at < 0 or at + 1 == len(self.ordered):
            return None
        later = self.ordered[at + 1]
        years = self.ordered[at].reading.meta.year, later.reading.meta.year
        return later if years[0] is not None and years[1] == years[0] + 1 else None

    def word(self, pair: Pair) -> str:
        """The word of a verdict, "" where none may be said."""
        return wording.verdict_of(pair) if self.verdicts else ""

    def order_of(self, measure: str | None) -> int:
        """The place of a core measure in the order of all, that of anything else behind them."""
        return self._measures.get(measure or "", len(self._measures) + 1)

    @cached_property
    def _measures(self) -> dict[str, int]:
        """The order of the core measures by their ids."""
        return {row.id: row.rank for report in self.ordered for row in report.reading.found.measures}

    @cached_property
    def themes(self) -> tuple[Theme, ...]:
        """The themes of all pairs and series, in the order in which the lists of promises have them, 其他 last."""
        listed: list[Theme] = []
        for report in self.ordered:
            before = -1
            for theme in dict.fromkeys(p.theme for p in report.reading.promises if not p.livelihood):
                if theme not in listed:
                    listed.insert(before + 1, theme)
                before = listed.index(theme)
        used = dict.fromkeys(map(self.theme, self.years.pairs)) | dict.fromkeys(
            map(self.series_theme, self.years.series)
        )
        order = [*listed, *used]
        return tuple(sorted(used, key=lambda theme: (theme == OTHER, order.index(theme))))

    def edited(self, of: Pair | Series) -> str:
        """What is said of a pair or series that the publisher changed: 发布者改, and his reason; "" for any other."""
        return "" if of.by == "engine" else "发布者改" + (f"：{of.note}" if of.note else "")

    def theme(self, pair: Pair) -> Theme:
        """The theme of the promise that a target belongs to; that of the nearest promise of its sentence, else 其他."""
        stated = pair.target
        near = self._promises.get((stated.report, stated.sentence), ())
        own = [theme for figures, _, _, theme in near if stated.indicator in figures]
        gaps = sorted((max(start - stated.end, stated.start - end, 0), k) for k, (_, start, end, _) in enumerate(near))
        return own[0] if own else near[gaps[0][1]][3] if gaps else OTHER

    def series_theme(self, series: Series) -> Theme:
        """The theme of a series: that of the promises which its figures are of, else that of its name, else 其他."""
        figures = {(point.stated.report, point.stated.indicator) for point in series.points}
        own = [theme for figure, theme in self._themes_of_results.items() if figure in figures]
        return max(own, key=own.count) if own else series.theme or OTHER

    @cached_property
    def _themes_of_results(self) -> dict[tuple[str, str], Theme]:
        """The theme of the promise that each figure is a result of, by the slug of its report and its id."""
        return {
            (pair.result.report, pair.result.indicator): self.theme(pair)
            for pair in self.years.pairs
            if pair.result and pair.result.indicator
        }

    @cached_property
    def _promises(self) -> dict[tuple[str, str], list[tuple[tuple[str, ...], int, int, Theme]]]:
        found: dict[tuple[str, str], list[tuple[tuple[str, ...], int, int, Theme]]] = defaultdict(list)
        for report in self.ordered:
            for promise in report.reading.promises:
                row = (promise.figures, promise.start, promise.end, promise.theme)
                found[report.reading.meta.slug, promise.sentence].append(row)
        return found


def series_anchor(series: Series) -> str:
    """The anchor of a series on the page of its place."""
    return f"series-{series.id}"


def compared_places(
    places: Sequence[PlaceYears], reports: Sequence[Report], *, verdicts: bool
) -> Iterator[ComparedPlace]:
    """Yield the places of a site as the views need them."""
    by_slug = {report.reading.meta.slug: report for report in reports}
    for years in places:
        yield ComparedPlace(years, {slug: by_slug[slug] for slug in years.reports}, verdicts)


def report_label(reading: Reading) -> str:
    """The short name of a report among those of its place: 2024年报告."""
    return f"{reading.meta.year}年报告"


def told_figure(indicator: Indicator) -> str:
    """A figure with its change, or the rank that is stated: 增长5%左右; 20059亿元，增长 5.6%; "" for a figure without a number.

    An estimate of the report itself is told as one: 预计 7440亿元.
    """
    return as_estimate(indicator, plain_figure(indicator))


def as_estimate(indicator: Indicator, told: str) -> str:
    """What is told of a figure, with 预计 before it where it is an estimate of the report itself."""
    return f"{wording.ESTIMATED} {told}" if indicator.estimated and told else told


def plain_figure(indicator: Indicator) -> str:
    """A figure as by `told_figure`, estimated or not; digits of full width in half width, as on the front."""
    figure = without_verb(shown_figure(indicator))
    if figure is None:
        return indicator.value
    told = rise_of(indicator) + figure.text
    change = shown_change(indicator) if indicator.kind != "growth" else None
    return half_width(f"{told}，{change.words}" if change else told)


def _free(wanted: str, taken: set[str]) -> str:
    """An id that is not taken: the one wanted, else with -2, -3 … behind it; it is taken then."""
    name, count = wanted, 1
    while name in taken:
        count += 1
        name = f"{wanted}-{count}"
    taken.add(name)
    return name
