"""Knows how the publisher's `series.toml` changes what the reports of a place say of each other: pairs and series.

A pair can be joined, parted, corrected or hidden, and so can a series. What is changed is marked `by="publisher"`. Leaves finding
pairs and series to the other modules, and reading the file to `project.place_settings`.
"""

from __future__ import annotations

import difflib
import hashlib
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from workreport.comparison.series import CHARTED, FEWEST
from workreport.model import Reading, split_unit
from workreport.model.place_years import Pair, PlaceYears, Point, Series, Stated, Verdict

Word = Literal["达到", "超过", "未达到", "口径不同，不可比", "下年报告未写"]
"""What came of a promise, as the publisher says it."""
_VERDICTS: dict[Word, Verdict] = {
    "达到": "met",
    "超过": "exceeded",
    "未达到": "not met",
    "口径不同，不可比": "not comparable",
    "下年报告未写": "no result stated",
}
_REFERENCE = re.compile(r"(?P<report>[a-z0-9-]+)#(?P<id>s[0-9a-z-]+)")
"""Matches (as a whole) what a report states: qinghe-2024#s1234abcd-f1."""
FORM = "报告的文件夹名、#、数或句的编号，如 qinghe-2024#s0123abcd-f1"


class BadPlaceRule(Exception):
    """A rule that cannot be applied: the message (Chinese) says what to write; `line` is the line of its row, `written` the value."""

    def __init__(self, message: str, line: int, written: str = "") -> None:
        super().__init__(message)
        self.line, self.written = line, written


@dataclass(frozen=True, slots=True)
class PairRule:
    """One [[pair]] of `series.toml`, about the promise `target`.

    `result` is what the next report says of it (joined), `part` parts the promise from its result, `hide` hides both. `name` and
    `verdict` correct; `note` is the reason. `line` is the line of the row in its file, 0 if it has none.
    """

    target: str
    result: str | None = None
    part: bool = False
    hide: bool = False
    name: str | None = None
    verdict: Word | None = None
    note: str = ""
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class SeriesRule:
    """One [[series]] of `series.toml`, about the series with the id `series`.

    `join` are the ids of series whose figures are of it too, `part` figures that are not. `name`, `hide`, `note` and `line` are as in
    `PairRule`.
    """

    series: str
    join: tuple[str, ...] = ()
    part: tuple[str, ...] = ()
    hide: bool = False
    name: str | None = None
    note: str = ""
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class PlaceRules:
    """`series.toml` beside a place."""

    pair: tuple[PairRule, ...] = ()
    series: tuple[SeriesRule, ...] = ()


def with_ids(place: PlaceYears) -> PlaceYears:
    """Return a place whose series have ids: the core measure, else a digest of the name; -2, -3 … where two are alike."""
    taken: set[str] = set()
    named = []
    for series in place.series:
        wanted = series.measure or hashlib.sha256(series.name.encode()).hexdigest()[:8]
        name, count = wanted, 1
        while name in taken:
            count += 1
            name = f"{wanted}-{count}"
        taken.add(name)
        named.append(replace(series, id=name))
    return replace(place, series=tuple(named))


def edited(place: PlaceYears, readings: Mapping[str, Reading], rules: PlaceRules) -> PlaceYears:
    """Return a place, whose series have ids, as the publisher wants it. `readings` are its reports by slug. Raises `BadPlaceRule`."""
    for rule in rules.pair:
        place = _with_pair(place, readings, rule)
    for change in rules.series:
        place = _with_series(place, change)
    return place


# -- pairs -----------------------------------------------------------------------------------------------------------


def _with_pair(place: PlaceYears, readings: Mapping[str, Reading], rule: PairRule) -> PlaceYears:
    if sum((rule.result is not None, rule.part, rule.hide)) > 1:
        raise BadPlaceRule(
            "result、part、hide 只能写一个：要么配对，要么拆开，要么隐去。", rule.line, "part" if rule.part else "hide"
        )
    slug, name = _split(rule.target, "target", place, rule.line)
    own = [pair for pair in place.pairs if _is(pair.target, slug, name)]
    if not own and (rule.result is None or slug == place.reports[-1]):
        near = _nearest(rule.target, (_reference(pair.target) for pair in place.pairs))
        raise BadPlaceRule(f"没有承诺 target = “{rule.target}”。{near}", rule.line, rule.target)
    if rule.hide:
        kept = tuple(pair for pair in place.pairs if pair not in own)
        return replace(place, pairs=kept, hidden=(*place.hidden, *(pair.name for pair in own)))
    result = None
    if rule.result is not None:
        later, told = _split(rule.result, "result", place, rule.line)
        if place.reports.index(later) != place.reports.index(slug) + 1:
            right = place.reports[place.reports.index(slug) + 1]
            raise BadPlaceRule(
                f'result = “{rule.result}” 不在下一年的报告里。应写作 result = "{right}#编号"。', rule.line, rule.result
            )
        result = _stated(readings[later], told, rule.result, "result", rule.line)
    first = own[0] if own else _new(readings[slug], name, rule)
    made = _changed(first, result, rule)
    at = place.pairs.index(first) if own else len(place.pairs)
    others = [pair for pair in place.pairs if pair not in own]
    before = sum(pair in others for pair in place.pairs[:at])
    return replace(place, pairs=(*others[:before], made, *others[before:]))


def _new(reading: Reading, name: str, rule: PairRule) -> Pair:
    """The pair of a promise that the program did not take for one."""
    target = _stated(reading, name, rule.target, "target", rule.line)
    indicator = next((i for i in reading.indicators if i.id == name), None)
    words = indicator.name if indicator else target.quote
    return Pair(words, indicator.measure if indicator else None, reading.meta.year or 0, "not judged", "", target)


def _changed(pair: Pair, result: Stated | None, rule: PairRule) -> Pair:
    """A pair as a rule wants it; a result of its own is not judged unless the publisher says what came of the promise."""
    if result is not None:
        pair = replace(pair, result=result, verdict="not judged", why="", sure=False)
    if rule.part:
        pair = replace(pair, result=None, verdict="no result stated", why="", sure=False)
    if rule.verdict is not None:
        verdict = _VERDICTS[rule.verdict]
        pair = replace(pair, verdict=verdict, why="", sure=verdict == "not met")
    return replace(pair, name=rule.name or pair.name, by="publisher", note=rule.note)


def _split(written: str, key: str, place: PlaceYears, line: int) -> tuple[str, str]:
    """The slug of the report and the id of a reference."""
    found = _REFERENCE.fullmatch(written)
    if found is None:
        raise BadPlaceRule(f"{key} = “{written}” 不成样子。应写作{FORM}。", line, written)
    if found["report"] not in place.reports:
        close = difflib.get_close_matches(found["report"], place.reports, 1, 0)
        raise BadPlaceRule(
            f'{key} = “{written}” 里的报告不是{place.place}的。应写作 {key} = "{close[0]}#{found["id"]}"？',
            line,
            written,
        )
    return found["report"], found["id"]


def _stated(reading: Reading, name: str, written: str, key: str, line: int) -> Stated:
    """What a report states under an id: a figure, or a whole sentence."""
    slug = reading.meta.slug
    figure = next((i for i in reading.indicators if i.id == name), None)
    if figure:
        value = f"{figure.value}{figure.unit}"
        return Stated(
            slug, figure.id, figure.sentence, figure.start, figure.end, figure.quote, value, figure.number,
            figure.number_max, figure.unit, figure.approx,
        )  # fmt: skip
    sentence = reading.sentences.get(name)
    if sentence is None:
        known = (f"{slug}#{known}" for known in (*(i.id for i in reading.indicators), *reading.sentences))
        raise BadPlaceRule(f"{slug} 里没有 {key} = “{written}”。{_nearest(written, known)}", line, written)
    return Stated(slug, "", sentence.id, sentence.start, sentence.end, sentence.text, "")


def _is(stated: Stated, slug: str, name: str) -> bool:
    return stated.report == slug and name in (stated.indicator, "" if stated.indicator else stated.sentence)


def _reference(stated: Stated) -> str:
    return f"{stated.report}#{stated.indicator or stated.sentence}"


def _nearest(written: str, known: Iterable[str]) -> str:
    """A Chinese sentence with the known value most like the one written; of references, one of the same report, if there is any."""
    known = list(known)
    report = written.partition("#")[0] + "#"
    close = difflib.get_close_matches(written, [name for name in known if name.startswith(report)] or known, 1, 0)
    return f"最接近的是“{close[0]}”。" if close else ""


# -- series ----------------------------------------------------------------------------------------------------------


def _with_series(place: PlaceYears, rule: SeriesRule) -> PlaceYears:
    main = _series(place.series, rule.series, "series", rule.line)
    if rule.hide and (rule.join or rule.part or rule.name):
        raise BadPlaceRule("写了 hide = true，就不能再写 join、part、name。", rule.line, "hide")
    if rule.hide:
        kept = tuple(series for series in place.series if series is not main)
        return replace(place, series=kept, hidden=(*place.hidden, main.name))
    joined = [_series(place.series, name, "join", rule.line) for name in rule.join]
    for other in joined:
        if other is main:
            raise BadPlaceRule(f"join 里的 “{other.id}” 就是这个指标自己。请删去它。", rule.line, other.id)
        if split_unit(other.unit)[0] != split_unit(main.unit)[0]:
            raise BadPlaceRule(
                f"join 里的 “{other.id}”（{other.name}）单位是“{other.unit}”，{main.name}是“{main.unit}”，不能并在一起。请删去它。",
                rule.line,
                other.id,
            )
    made, parted = _parted(_joined(main, joined), rule, place)
    made = replace(made, name=rule.name or made.name, by="publisher", note=rule.note)
    gone = [main, *joined]
    found = [made if series is main else series for series in place.series if series is main or series not in gone]
    left = tuple(series for series in (*found, *parted) if len(series.points) >= FEWEST)
    return replace(place, series=left)


def _series(known: Sequence[Series], written: str, key: str, line: int) -> Series:
    name = written.removeprefix("series-")
    found = next((series for series in known if series.id == name), None)
    if found is None:
        called = [series.id for series in known if series.name == written]
        told = f"它的编号是 “{called[0]}”。" if called else _nearest(name, (series.id for series in known))
        raise BadPlaceRule(f"没有历年指标 {key} = “{written}”。{told}", line, written)
    return found


def _joined(main: Series, others: Sequence[Series]) -> Series:
    """A series with the figures of others too; of a year that several have, the figure of the first one."""
    points: dict[int, Point] = {}
    for series in (main, *others):
        for point in series.points:
            points.setdefault(point.year, point)
    spans = tuple(point for series in (main, *others) for point in series.period_points)
    return _of(main, [points[year] for year in sorted(points)], spans)


def _parted(series: Series, rule: SeriesRule, place: PlaceYears) -> tuple[Series, list[Series]]:
    """A series without the figures that the rule parts, and the series of these, if they are enough for one."""
    apart: list[Point] = []
    for written in rule.part:
        slug, name = _split(written, "part", place, rule.line)
        found = [point for point in series.points if _is(point.stated, slug, name)]
        if not found:
            near = _nearest(written, (_reference(point.stated) for point in series.points))
            raise BadPlaceRule(f"{series.name}里没有 part = “{written}”。{near}", rule.line, written)
        apart += found
    if not apart:
        return series, []
    kept = _of(series, [point for point in series.points if point not in apart], series.period_points)
    own = replace(_of(series, sorted(apart, key=lambda point: point.year), ()), id=_new_id(series.id, place.series))
    return kept, [replace(own, by="publisher", note=rule.note)]


def _of(series: Series, points: Sequence[Point], spans: tuple[Point, ...]) -> Series:
    return replace(series, points=tuple(points), period_points=spans, chartable=len(points) >= CHARTED)


def _new_id(name: str, known: Collection[Series]) -> str:
    taken = {series.id for series in known}
    return next(f"{name}-{n}" for n in range(2, len(taken) + 3) if f"{name}-{n}" not in taken)
