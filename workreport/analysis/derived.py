"""Knows which figures can be calculated from those of a report (推算), and which figures contradict such a calculation.

Leaves reading the figures to `indicators` and other contradictions to `faults`. Ranges and approximate figures (约, 左右)
are not used. A figure may be off by one unit of its last written digit: 2091.5 means 2091.4 to 2091.6.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from workreport.model import Confidence, Derived, DerivedKind, Fault, Indicator, Text, UnitName

HUNDRED = Decimal(100)
YEAR_ON_YEAR = frozenset({"同比", "比上年", "较上年", "比去年", "较去年", "上年", "比上年同期"})
"""Bases of a change that mean a comparison with the year before. Changes with another base are not used."""
REAL = re.compile(r"(?:生产总值|增加值|总产值|GDP|可支配收入|纯收入|固定资产投资|投资额?)$")
"""The end of names whose growth rate is at constant prices or on a changed basis: the value of the year before cannot be
derived from it, and it cannot contradict two values.
"""
_ADJUSTED = re.compile("口径|可比|不变价|扣除|剔除|还原|实际(?:年均|同比|比|较|增|下降|上升|提高|回落)")
"""Matches words in a part of a sentence whose growth rates are not those of the values that it states: 按可比口径增长12%."""
_YEAR_BEFORE = re.compile("(?:上年|去年|上一年|前一年)(?:同期|末|底)?的?$")
"""Matches the words before the first value of 由上年的100亿元增加到112亿元: it is that of the year before."""
_PER_UNIT = re.compile("人均|户均|平均|均价|标准|单价|价格|租金|单产|亩产|工资(?!性)|薪|每")
"""Matches a name whose values do not add up: a part of the people may have a higher standard or wage than all."""
_SENTENCE = re.compile(r"[^。！？；\n]*")
PARTITIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("进出口", ("出口", "进口")),
    ("进出口总额", ("出口", "进口")),
    ("进出口总额", ("出口额", "进口额")),
    ("进出口总额", ("出口总额", "进口总额")),
    ("货物进出口总额", ("货物出口", "货物进口")),
    ("外贸进出口", ("外贸出口", "外贸进口")),
    ("外贸进出口总额", ("外贸出口总额", "外贸进口总额")),
    ("地区生产总值", ("第一产业增加值", "第二产业增加值", "第三产业增加值")),
    ("生产总值", ("第一产业增加值", "第二产业增加值", "第三产业增加值")),
    ("国内生产总值", ("第一产业增加值", "第二产业增加值", "第三产业增加值")),
)
"""Names of totals, each with the names of the parts that add up to it by definition."""


@dataclass(frozen=True, slots=True)
class Span:
    """The range of values that a rounded figure may stand for: 2091.4 to 2091.6 for 2091.5."""

    low: Decimal
    high: Decimal

    def meets(self, other: Span) -> bool:
        """Whether the two ranges overlap; both ends belong to a range."""
        return self.low <= other.high and other.low <= self.high


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One result of a check: a derived figure or a contradiction.

    For a contradiction, `at` is the figure of the report that differs from the calculation, `note` the explanation in
    Chinese, and `confidence` how sure it is.
    """

    derived: Derived | None = None
    at: Indicator | None = None
    note: str = ""
    confidence: Confidence = "high"


Check = Callable[[Sequence[Indicator]], Iterable[CheckResult]]
"""A check takes the usable figures of a report, in the order of the text."""


def derive(indicators: Sequence[Indicator], text: Text) -> tuple[tuple[Derived, ...], tuple[Fault, ...]]:
    """Run all checks. Return the derived figures, and the contradictions as faults with positions in the source file.

    Derived figures are in the order of their first input in the text, faults in the order of the source. Ranges, approximate
    figures and figures without a number are not used, and neither are growth rates beside words like 可比口径.
    """
    exact = [i for i in indicators if i.number is not None and i.number_max is None and not i.approx]
    adjusted = _adjusted_sentences(text.body)
    usable = [i._replace(growth=None) if i.growth and adjusted(i.start) else i for i in exact]
    found = [f for check in CHECKS for f in check(usable)]
    places = {i.id: k for k, i in enumerate(indicators)}
    figures = sorted((f.derived for f in found if f.derived), key=lambda d: (places[d.inputs[0]], d.kind, d.name))
    faults = []
    for f in found:
        if f.at is not None:
            start, end = text.source_span(f.at.start, f.at.end)
            faults.append(Fault("contradiction", start, end, f.at.quote, f.note, f.confidence))
    return tuple(figures), tuple(sorted(set(faults), key=lambda f: (f.start, f.end, f.note)))


def _adjusted_sentences(body: str) -> Callable[[int], bool]:
    """Return a function that says whether an offset lies in a sentence, or a part up to ；, whose growth rates are adjusted (see _ADJUSTED)."""
    found = [m.span() for m in _SENTENCE.finditer(body) if _ADJUSTED.search(m[0])]
    starts = [start for start, _ in found]

    def lies_inside(at: int) -> bool:
        k = bisect_right(starts, at) - 1
        return k >= 0 and at < found[k][1]

    return lies_inside


def _span(i: Indicator) -> Span:
    """The range of a figure's amount, in the unit without 万 and 亿 (see `_around`)."""
    return _around(_amount(i), i.number or Decimal(0))


def _around(amount: Decimal, written: Decimal) -> Span:
    """The range of an amount: plus and minus one unit of the last digit of `written`.

    `written` is the number as the report has it, which may be in 万 or 亿. If it is 0, the range is plus and minus 1.

    >>> _around(Decimal("320000000"), Decimal("3.2"))
    Span(low=Decimal('310000000'), high=Decimal('330000000'))
    """
    step = Decimal(1).scaleb(int(written.as_tuple().exponent)) if written else Decimal(1)
    step = step * abs(amount / written) if written else step
    return Span(amount - step, amount + step)


def _amount(i: Indicator) -> Decimal:
    """The absolute amount in the unit without 万 and 亿: 2091.5亿元 is 209150000000 (元)."""
    assert i.amount is not None
    return i.amount[1]


def _as_written(i: Indicator) -> str:
    """The figure with its unit: 2091.5亿元."""
    return f"{i.value}{i.unit}"


def _places(i: Indicator) -> int:
    """The number of decimals that the report writes: 1 for 2091.5."""
    return max(-int(i.number.as_tuple().exponent), 0) if i.number is not None else 0


def _same_frame(a: Indicator, b: Indicator) -> bool:
    """Whether two figures can be compared: same unit (without 万 and 亿), same status, and same period."""
    return (
        a.status == b.status
        and a.amount is not None
        and b.amount is not None
        and a.amount[0] == b.amount[0]
        and a.period == b.period
    )


def _derived(
    kind: DerivedKind, name: str, number: Decimal, unit: UnitName, formula: str, inputs: Sequence[Indicator]
) -> CheckResult:
    """A result with a derived figure. Its id depends on kind, name and inputs; its place is that of the first input."""
    ids = tuple(i.id for i in inputs)
    digest = hashlib.sha256("\0".join((kind, name, *ids)).encode()).hexdigest()[:8]
    first = inputs[0]
    return CheckResult(Derived(f"d{digest}", kind, name, number, unit, formula, ids, first.sentence, first.section))


def _levels(indicators: Sequence[Indicator]) -> dict[str, list[Indicator]]:
    """The amounts (kind level) above 0, by name."""
    found = defaultdict[str, list[Indicator]](list)
    for i in indicators:
        if i.kind == "level" and i.name and i.amount and i.amount[1] > 0:
            found[i.name].append(i)
    return found


def _shares(indicators: Sequence[Indicator]) -> Iterator[CheckResult]:
    """Derive the share of a part in its whole: 服务业增加值1898.1亿元 of 地区生产总值2091.5亿元 is 90.8%.

    If the report states this share in the sentence of the part or the whole, the two are compared instead. A part that is
    larger than its whole is a contradiction. A whole with several different values is skipped, and so are values that do
    not add up (see _PER_UNIT).
    """
    levels = _levels(indicators)
    stated = {(i.name, i.sentence): i for i in indicators if i.kind == "share" and i.unit == "%"}
    for part in (i for found in levels.values() for i in found if i.parent and i.parent != i.name):
        if not _adds_up(part):
            continue
        wholes = [w for w in levels.get(part.parent or "", ()) if _same_frame(part, w)]
        if len({w.number for w in wholes}) != 1:
            continue
        whole = wholes[0]
        name = f"{part.name}占{whole.name}比重"
        if _span(part).low > _span(whole).high:
            # Only for the publisher: what follows 其中 may be a part of something else.
            note = f"{part.name}{_as_written(part)}，大于它所属的{whole.name}{_as_written(whole)}"
            yield CheckResult(at=part, note=note, confidence="medium")
            continue
        a, b = _span(part), _span(whole)
        follows = Span(a.low / b.high * HUNDRED, a.high / b.low * HUNDRED) if b.low > 0 else Span(Decimal(0), HUNDRED)
        share = _amount(part) / _amount(whole) * HUNDRED
        formula = f"{_as_written(part)} ÷ {_as_written(whole)}"
        said = next(
            (
                i
                for (n, s), i in stated.items()
                if n == name and s in (part.sentence, whole.sentence) and _alike(i, part)
            ),
            None,
        )
        if said is None or said.number is None:
            yield _derived(
                "share", name, _to_justified_decimals(share, follows, 1), UnitName("%"), formula, (part, whole)
            )
        elif not follows.meets(_around(said.number, said.number)):
            note = f"{name}报告称{_as_written(said)}，按{formula}推算为{_rounded(share, 1)}%"
            yield CheckResult(at=said, note=note)


def _adds_up(part: Indicator) -> bool:
    """Whether a part and its whole are amounts of one thing.

    Not 人均, 标准 or 价格, but 工资性收入 in 人均可支配收入; not what stands at the end of a year (余额) in what a year brought.
    """
    whole = part.parent or ""
    if _PER_UNIT.search(part.name) or ("余额" in part.name and "余额" not in whole):
        return False
    return not _PER_UNIT.search(whole) or part.name.endswith(("收入", "支出", "消费"))


def _alike(a: Indicator, b: Indicator) -> bool:
    """Whether two figures are of the same period, and both results or both targets."""
    return a.period == b.period and a.status == b.status


def _before(indicators: Sequence[Indicator]) -> Iterator[CheckResult]:
    """Derive the value of the year before from the growth rate: 359.4亿元 after 5.7% growth were 340亿元.

    Only for results with an exact year-on-year rate in %, that are no part of another figure and no name of REAL.
    """
    for found in _levels(indicators).values():
        for i in found:
            g = i.growth
            if (
                g is None or g.number is None or g.unit != "%" or g.approx or g.base not in YEAR_ON_YEAR
                or g.direction not in ("up", "down") or i.status != "result" or i.parent or REAL.search(i.name)
            ):  # fmt: skip
                continue
            rate = g.number if g.direction == "up" else -g.number
            if rate <= -HUNDRED or i.number is None:
                continue
            level = i.number / (1 + rate / HUNDRED)
            own, rates = _around(i.number, i.number), _around(rate, rate)
            if rates.low <= -HUNDRED:
                continue
            could = Span(own.low / (1 + rates.high / HUNDRED), own.high / (1 + rates.low / HUNDRED))
            sign = "+" if rate >= 0 else "−"
            formula = f"{_as_written(i)} ÷（1 {sign} {g.value}%）"
            yield _derived(
                "before", f"上年同期{i.name}", _to_justified_decimals(level, could, _places(i)), i.unit, formula, (i,)
            )


def _sums(indicators: Sequence[Indicator]) -> Iterator[CheckResult]:
    """Compare a total with the sum of its parts in the same sentence (see PARTITIONS), or derive it if it is not stated.

    It is derived only if all parts are written with the same unit, and the report states it nowhere. A name that occurs
    twice in a sentence is not used.
    """
    levels = _levels(indicators)
    by_sentence = defaultdict[str, list[Indicator]](list)
    for found in levels.values():
        for i in found:
            by_sentence[i.sentence].append(i)
    for inside in by_sentence.values():
        times = Counter(i.name for i in inside)
        known = {i.name: i for i in inside if times[i.name] == 1}
        done = set[tuple[str, ...]]()
        for whole_name, names in PARTITIONS:
            parts = [known[name] for name in names if name in known]
            if len(parts) != len(names) or not all(_same_frame(parts[0], p) for p in parts[1:]):
                continue
            wholes = [known[n] for n, same in PARTITIONS if same == names and n in known]
            total = sum(map(_amount, parts), Decimal(0))
            formula = " + ".join(map(_as_written, parts))
            if names in done:
                continue
            done.add(names)
            elsewhere = any(
                _same_frame(w, parts[0]) for n, same in PARTITIONS if same == names for w in levels.get(n, ())
            )
            if not wholes and not elsewhere and len({p.unit for p in parts}) == 1:
                number = sum((p.number for p in parts if p.number is not None), Decimal(0))
                yield _derived("sum", whole_name, number, parts[0].unit, formula, parts)
            for whole in wholes:
                spans = [_span(p) for p in parts]
                follows = Span(sum((s.low for s in spans), Decimal(0)), sum((s.high for s in spans), Decimal(0)))
                if _same_frame(whole, parts[0]) and not follows.meets(_span(whole)):
                    shown = total / _amount(whole) * (whole.number or Decimal(0))
                    told = f"{_rounded(shown, _places(whole))}{whole.unit}"
                    yield CheckResult(at=whole, note=f"{whole.name}报告称{_as_written(whole)}，按{formula}推算为{told}")


def _rises(indicators: Sequence[Indicator]) -> Iterator[CheckResult]:
    """Check that the three figures of 由上年的a提高到b，同比增长g% agree. Yields contradictions only.

    Without words such as 上年的, a may be the value of any earlier year.
    """
    for i in indicators:
        came, g = i.origin, i.growth
        if (
            came is None or came.number is None or came.high is not None or came.approx or came.unit != i.unit
            or g is None or g.number is None or g.approx or g.base not in YEAR_ON_YEAR or i.number is None
            or REAL.search(i.name) or not _YEAR_BEFORE.search(i.quote.partition(came.value)[0])
        ):  # fmt: skip
            continue
        then, now = _around(came.number, came.number), _around(i.number, i.number)
        if g.unit == "%" and then.low > 0:
            follows = Span((now.low / then.high - 1) * HUNDRED, (now.high / then.low - 1) * HUNDRED)
            moved = (i.number / came.number - 1) * HUNDRED
        elif g.unit == "个百分点" and i.unit == "%":
            follows, moved = Span(now.low - then.high, now.high - then.low), i.number - came.number
        else:
            continue
        said = -g.number if g.direction == "down" else g.number
        if not follows.meets(_around(said, said)):
            note = f"{i.name}从{came.value}{came.unit}到{_as_written(i)}，推算变化{_rounded(moved, 1)}{g.unit}，报告称{g.value}{g.unit}"
            yield CheckResult(at=i, note=note)


def _to_justified_decimals(number: Decimal, could: Span, places: int) -> Decimal:
    """Round a number to as many decimals as its range `could` justifies, at most `places`.

    The range must not be wider than one unit of the last decimal.

    >>> _to_justified_decimals(Decimal("734.66"), Span(Decimal("734.2"), Decimal("735.1")), 1)
    Decimal('735')
    """
    while places > 0 and could.high - could.low > Decimal(2).scaleb(-places) / 2:
        places -= 1
    return _rounded(number, places)


def _rounded(number: Decimal, places: int) -> Decimal:
    """Round to a number of decimals; a half goes to the even digit."""
    return number.quantize(Decimal(1).scaleb(-places))


CHECKS: tuple[Check, ...] = (_shares, _before, _sums, _rises)
"""The checks, in the order in which they run."""
