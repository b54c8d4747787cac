"""Knows the figures that one report offers for a comparison: its targets of the year, and its results of the year reviewed.

An amount with a change beside it (20059亿元、增长5.6%) offers both. Leaves what the names mean to `named_things`, and the choice
among the figures to `pairs`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Literal

from workreport.analysis.indicators.periods import in_words, last_year
from workreport.analysis.statements import Statements
from workreport.comparison.comparison_words import ComparisonWords
from workreport.comparison.named_things import RENEWED, NamedThing, subject_of
from workreport.model import Indicator, Reading, Sentence, UnitName, split_unit, unadjusted
from workreport.model.place_years import Stated

Form = Literal["amount", "share", "growth", "points"]
"""What a figure is: an amount or number, a share, a change in per cent or by a multiple, a change in percentage points."""
PER_CENT = ("%", "％", "‰")
MONEY = frozenset({"元", "美元", "港元", "欧元"})
"""Units of money, without 万 and 亿."""
POINTS = ("个百分点", "百分点", "个千分点")
TO_ONE = (":1", "：1")
"""What stands behind a ratio that is told as one to one (1.62:1); the same ratio is told without it too (1.62)."""
REACHES = re.compile("达到?$")
"""What may stand before a figure without being a word of approximation."""
_TARGET_YEARLY = "年均"
HALF_WIDTH = {ord("％"): "%", ord("．"): ".", **{ord("０") + k: str(k) for k in range(10)}}
"""Full-width characters of figures; a figure is looked for in half-width ones, as it was read."""
_EXAMPLES = "等"
"""The word between examples and the name of what they are examples of."""
_SUM = "累计"
"""A word beside a number of all there are."""
GDP = "gdp"
_YEAR = re.compile(r"\d{4}(?=年)")
_RESPECTIVELY = "分别"
_MORE = re.compile(r"[和、及与]\s*\d")
"""What stands behind a number of a list that goes on."""
_EACH_OF_ALL = re.compile("均|都|各")
"""A word that gives one number to each name of a list."""
HEAD = 2
"""The characters at the end of a name that say what kind of thing it is."""
MAIN = 2
"""A sentence with so many core measures as targets, GDP among them, sets the main targets of the year."""
BESIDE = 40
"""The most characters between an amount and the change beside it."""


@dataclass(frozen=True, slots=True)
class Around:
    """The text of a figure's sentence: `before` its words, from its first word on (`after`), and `behind` its last one."""

    before: str = ""
    after: str = ""
    behind: str = ""


NOWHERE = Around()


@dataclass(frozen=True, slots=True)
class StatedFigure:
    """A figure of one report: what it is about, its form, and its number in units without 万 and 亿.

    `unit` is that unit, `around` the text of its sentence, `base` what a change is measured against. `number` is negative for a fall. `high` is the upper end of a range. `bound` is the word that makes
    it a bound (以上, 突破), "" if it is exact. `years` says that it is of several years, `whole` that it is the first statement of its indicator and not the change beside it.
    `new_alone` says that it counts new ones, and its sentence the renewed ones apart (新建2万亩、改造4万亩). `shared` says that
    several numbers have this name, and whose each is stands elsewhere (郊区、城区…，污水处理率分别达到40%和70%).
    """

    indicator: Indicator
    subject: NamedThing
    form: Form
    unit: UnitName
    number: Decimal | None
    high: Decimal | None
    bound: str
    stated: Stated
    around: Around = NOWHERE
    base: str = ""
    years: bool = False
    whole: bool = True
    new_alone: bool = False
    shared: bool = False


class ReportFigures:
    """The figures of one report."""

    def __init__(self, reading: Reading, words: ComparisonWords) -> None:
        self.reading = reading
        self.words = words
        self.statements = Statements(reading)

    @cached_property
    def year(self) -> int | None:
        """The year whose targets the report sets; it reviews the one before."""
        reviewed = self.statements.reviewed
        return None if reviewed is None else reviewed + 1

    @cached_property
    def targets(self) -> tuple[StatedFigure, ...]:
        """The targets of the report's year, in the order of the text."""
        found = (i for i in self.reading.indicators if i.status == "target" and i.kind != "rank" and i.name)
        wanted = (i for i in found if i.number is not None and self._is_next(i))
        made = (self._own(i, years=_TARGET_YEARLY in i.quote) for i in wanted)
        return _of_one_name(tuple(each for figure in made for each in self._each(figure)))

    def _each(self, figure: StatedFigure) -> tuple[StatedFigure, ...]:
        """The figures of a list that share one number: 甲占比、乙占比均不低于80% is one of 甲占比 and one of 乙占比."""
        i = figure.indicator
        names = i.name.split("、")
        ends = {self.words.folded(name)[-HEAD:] for name in names}
        if len(names) == 1 or len(ends) > 1 or not _EACH_OF_ALL.search(i.quote):
            return (figure,)
        return tuple(
            replace(
                figure,
                indicator=i._replace(name=name),
                subject=self._subject(name, change=figure.form == "growth"),
            )
            for name in names
        )

    def _is_next(self, i: Indicator) -> bool:
        """Whether a target is of the report's own year, or of each of several years that nothing names (年均增长15%)."""
        if self.statements.is_next(i):
            return True
        above = self.statements.times.before.get(i.sentence)
        alone = in_words(self.statements.text_before(i)) is None and not (above and above.span)
        return _TARGET_YEARLY in i.quote and alone

    @cached_property
    def results(self) -> tuple[StatedFigure, ...]:
        """The results of the year reviewed, and the changes beside them, in the order of the text."""
        found = _of_one_name(tuple(self._results(several=False)))
        renewed = {(f.stated.sentence, f.subject.thing, f.unit) for f in found if f.subject.actions == {RENEWED}}
        return tuple(
            replace(f, new_alone=f.subject.added and (f.stated.sentence, f.subject.thing, f.unit) in renewed)
            for f in found
        )

    @cached_property
    def main_sentences(self) -> tuple[Sentence, ...]:
        """The sentences that set the main targets of the year: GDP and another core measure at least."""
        found: dict[str, set[str]] = {}
        for figure in self.targets:
            if figure.indicator.measure:
                found.setdefault(figure.indicator.sentence, set()).add(figure.indicator.measure)
        wanted = (name for name, measures in found.items() if len(measures) >= MAIN and GDP in measures)
        return tuple(self.reading.sentences[name] for name in wanted)

    @cached_property
    def reviewed_sentences(self) -> tuple[Sentence, ...]:
        """The sentences before the main targets, or before the first target, that are not about several years."""
        aims = [s.start for s in self.main_sentences] or [f.stated.start for f in self.targets]
        first = min(aims, default=len(self.reading.text.body))
        times = self.statements.times.before
        found = (s for s in self.reading.outline.sentences() if s.end <= first)
        return tuple(s for s in found if not (s.id in times and times[s.id].span))

    @cached_property
    def of_years(self) -> tuple[StatedFigure, ...]:
        """The results of several years."""
        return tuple(self._results(several=True))

    @cached_property
    def ended(self) -> tuple[StatedFigure, ...]:
        """The results at the end of several years, which is the year reviewed: 4% in 五年从3.4%提高到4%."""
        return tuple(f for f in self.of_years if f.whole and self._reaches_the_end(f.indicator))

    def _reaches_the_end(self, i: Indicator) -> bool:
        return i.origin is not None and i.kind in ("level", "share", "count") and self._ends_now(i)

    def _ends_now(self, i: Indicator) -> bool:
        time = self.statements.times.of(i)
        return time.span and not time.is_long and last_year(time) in (None, self.statements.reviewed)

    def _results(self, *, several: bool) -> Iterator[StatedFigure]:
        for i in self.reading.indicators:
            if i.status != "result" or i.kind == "rank" or i.number is None or not i.name or self._doubtful(i):
                continue
            age = self._age(i)
            if age == (1 if several else 0):
                yield self._own(i, years=several)
                if beside := self._beside(i):
                    yield beside

    def _age(self, i: Indicator) -> int:
        """The age of a result as by `Statements.age`; years of the examples before a name are not its time (2026年赛事等国际赛事)."""
        own = i.period == f"{self.statements.reviewed}年" and _EXAMPLES in i.name
        return 0 if own else self.statements.age(i)

    def _doubtful(self, i: Indicator) -> bool:
        """Whether a result is held back for another reason than that it is a threshold passed or has a short name (收入)."""
        return bool(i.held_back) and not i.milestone_only and i.name not in self.words.generic

    def _subject(self, name: str, *, change: bool) -> NamedThing:
        return subject_of(name, self.words, self.reading.meta.place, change=change)

    def _name(self, name: str, unit: UnitName) -> str:
        """A name without the unit at its end, and without 项目 where what a project makes is counted: 住房项目8.4万套."""
        name = name.removesuffix(f"（{unit}）")
        counted = unit in self.words.units_of_projects or unit in (*PER_CENT, *MONEY)
        return name if counted else name.removesuffix("项目") or name

    def _own(self, i: Indicator, *, years: bool = False) -> StatedFigure:
        """The figure of an indicator itself."""
        unit, power = split_unit(UnitName("") if i.unit in TO_ONE else i.unit)
        if not unit and i.kind == "count" and any(word in i.name for word in self.words.people):
            unit = UnitName("人")  # 11万贫困人口脱贫
        form: Form = "amount"
        if i.unit in POINTS:
            form = "points"
        elif i.kind == "growth":
            form = "growth" if i.unit in (*PER_CENT, "倍", "番", "成") else "amount"
        elif unit in PER_CENT:
            form = "share"
        scaled = None if i.number is None else i.number.scaleb(power)
        high = None if i.number_max is None else i.number_max.scaleb(power)
        stated = self._stated(i)
        subject = self._subject(self._name(i.name, unit), change=i.kind == "growth")
        if form == "amount" and _SUM in stated.quote:
            subject = replace(subject, stock=True)
        return StatedFigure(
            i,
            subject,
            form,
            unit,
            scaled,
            high,
            self._bound(stated.value),
            stated,
            self._around(stated),
            i.growth_base or "",
            years,
        )

    def _stated(self, i: Indicator) -> Stated:
        """The words of an indicator, its figure as printed with the approximators around it."""
        body = self.reading.text.body
        at = max(i.at, i.start)
        written = _written(i.value, body[at : at + 2 * len(i.value)])
        end = at + len(written)
        end += next((k for k in range(5) if body.startswith(i.unit, end + k)), 0) + len(i.unit)
        end += len(next((word for word in self.words.behind if body.startswith(word, end)), ""))
        told = body[i.start : at]
        ahead = next((word for word in self.words.ahead if told.endswith(word)), "")
        reached = REACHES.search(told)
        start = at - len(ahead or (reached[0] if reached else ""))
        return Stated(
            self.reading.meta.slug, i.id, i.sentence, i.start, max(i.end, end), body[i.start : max(i.end, end)],
            body[start:end], i.number, i.number_max, i.unit, i.approx,
        )  # fmt: skip

    def _around(self, stated: Stated) -> Around:
        """The text around the words of a figure."""
        sentence = self.reading.sentences[stated.sentence]
        start, end = (max(position - sentence.start, 0) for position in (stated.start, stated.end))
        return Around(sentence.text[:start], sentence.text[start:], sentence.text[end:])

    def _bound(self, value: str) -> str:
        """The word that makes a printed figure a bound: 以上 for 5%以上, 突破 for 突破200万户; "" for an exact one."""
        behind = next((word for word in self.words.behind if value.endswith(word)), "")
        return behind or next((word for word in self.words.ahead if value.startswith(word)), "")

    def _beside(self, i: Indicator) -> StatedFigure | None:
        """The change that is stated beside an amount; None without one."""
        change = i.growth
        if change is None or change.number is None or i.kind == "growth":
            return None
        base = unadjusted(change.base) or ""
        body = self.reading.text.body
        words = (change.value + change.unit).translate(HALF_WIDTH)
        at = body[i.start : i.end + BESIDE].translate(HALF_WIDTH).find(words)
        if at < 0 or not against_year_before(base) or self._since_earlier(i):
            return None
        at += i.start
        number = -change.number if change.direction == "down" else change.number
        form: Form = "points" if change.unit in POINTS else "growth"
        stop = at + len(words)
        stop += len(next((word for word in self.words.behind if body.startswith(word, stop)), ""))
        end = max(i.end, stop)
        stated = Stated(
            self.reading.meta.slug, i.id, i.sentence, i.start, end, body[i.start : end], body[at:stop], number,
            None, change.unit, change.approx,
        )  # fmt: skip
        return StatedFigure(
            i,
            self._subject(i.name, change=True),
            form,
            change.unit,
            number,
            None,
            self._bound(stated.value) or change.approx or "",
            stated,
            self._around(stated),
            base=change.base or "",
            whole=False,
        )

    def _since_earlier(self, i: Indicator) -> bool:
        """Whether an amount is told with that of a year long before: 由1996年的54.9亿元增加到157.7亿元，增长1.9倍."""
        before = (self.statements.reviewed or 0) - 1
        return i.origin is not None and any(int(year) < before for year in _YEAR.findall(i.quote))


def _written(value: str, text: str) -> str:
    """A number as it stands at the start of a text that may have spaces in it (31. 5 for 31.5); "" if it does not."""
    found = re.match(r"\s*".join(map(re.escape, value)), text)
    return found[0] if found else ""


def _of_one_name(figures: tuple[StatedFigure, ...]) -> tuple[StatedFigure, ...]:
    """The figures, with `shared` for those of one name in a list of several: 污水处理率分别达到70%和40%.

    So is a figure that was read alone out of such a list, whose names stand before it: ……，分别增长6%和8%.
    """
    keys = [(f.stated.sentence, f.stated.start, f.indicator.name, f.form) for f in figures]
    listed = Counter(key for key, f in zip(keys, figures, strict=True) if _RESPECTIVELY in f.stated.quote)
    starts = Counter(key[:2] for key in keys)
    return tuple(
        replace(f, shared=listed[key] > 1 or (starts[key[:2]] == 1 and _is_out_of_list(f)))
        for key, f in zip(keys, figures, strict=True)
    )


def _is_out_of_list(figure: StatedFigure) -> bool:
    """Whether a figure is the first of a list of numbers, and its words name nothing before them."""
    return figure.stated.quote.startswith(_RESPECTIVELY) and _MORE.match(figure.around.behind) is not None


def against_year_before(base: str) -> bool:
    """Whether a change with this base is one against the year before: not 比2002年, 年均, 五年."""
    return not re.search(r"\d{4}|年均|平均|[两三四五六七八九十]年|五”|全国|全省|高于|低于", base)
