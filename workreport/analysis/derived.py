"""Knows figures that can be calculated from those of a report (推算), and figures of the report that contradict the
calculation.

Leaves reading the figures to `indicators` and other doubts to `faults`. A check compares figures only where name,
parent, period and unit agree and no figure is approximate. Every figure counts as rounded in its last digit.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from workreport.model import Derived, DerivedKind, Fault, Indicator, Text, UnitName

HUNDRED = Decimal(100)
YEAR_ON_YEAR = frozenset({"同比", "比上年", "较上年", "比去年", "较去年", "上年", "比上年同期"})
REAL = re.compile(r"(?:生产总值|增加值|总产值|GDP|可支配收入|固定资产投资|投资额?)$")
"""Names whose growth rate is at constant prices or on a changed basis, so that last year's value cannot be derived."""
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
)
"""Totals that are by definition the sum of their parts."""


@dataclass(frozen=True, slots=True)
class Span:
    """The range that a rounded figure stands for: 2091.5 is 2091.4 to 2091.6."""

    low: Decimal
    high: Decimal

    def meets(self, other: Span) -> bool:
        """Whether the two ranges overlap."""
        return self.low <= other.high and other.low <= self.high


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The result of a check: a derived figure, or a figure of the report (`at`) that contradicts the calculation."""

    derived: Derived | None = None
    at: Indicator | None = None
    note: str = ""


Check = Callable[[Sequence[Indicator]], Iterable[CheckResult]]


def derive(indicators: Sequence[Indicator], text: Text) -> tuple[tuple[Derived, ...], tuple[Fault, ...]]:
    """Run all checks: the derived figures in the order of the text, and the contradictions as faults of the source."""
    usable = [i for i in indicators if i.number is not None and i.number_max is None and not i.approx]
    found = [f for check in CHECKS for f in check(usable)]
    places = {i.id: k for k, i in enumerate(indicators)}
    figures = sorted((f.derived for f in found if f.derived), key=lambda d: (places[d.inputs[0]], d.kind, d.name))
    faults = []
    for f in found:
        if f.at is not None:
            start, end = text.source_span(f.at.start, f.at.end)
            faults.append(Fault("contradiction", start, end, f.at.quote, f.note, "high"))
    return tuple(figures), tuple(sorted(set(faults), key=lambda f: (f.start, f.end, f.note)))


def _span(i: Indicator) -> Span:
    """The range of a figure, without 万 and 亿: one unit of its last digit up and down."""
    return _around(_amount(i), i.number or Decimal(0))


def _around(amount: Decimal, written: Decimal) -> Span:
    """The range of an amount: one unit of the last digit of `written` up and down."""
    step = Decimal(1).scaleb(int(written.as_tuple().exponent)) if written else Decimal(1)
    step = step * abs(amount / written) if written else step
    return Span(amount - step, amount + step)


def _amount(i: Indicator) -> Decimal:
    assert i.amount is not None
    return i.amount[1]


def _told(i: Indicator) -> str:
    return f"{i.value}{i.unit}"


def _places(i: Indicator) -> int:
    """Number of decimals, as written."""
    return max(-int(i.number.as_tuple().exponent), 0) if i.number is not None else 0


def _same_frame(a: Indicator, b: Indicator) -> bool:
    """Whether two figures can be compared: same unit, same status, and the same period or sentence."""
    return (
        a.status == b.status
        and a.amount is not None
        and b.amount is not None
        and a.amount[0] == b.amount[0]
        and (a.period == b.period or a.sentence == b.sentence)
    )


def _made(
    kind: DerivedKind, name: str, number: Decimal, unit: UnitName, formula: str, inputs: Sequence[Indicator]
) -> CheckResult:
    ids = tuple(i.id for i in inputs)
    digest = hashlib.sha256("\0".join((kind, name, *ids)).encode()).hexdigest()[:8]
    first = inputs[0]
    return CheckResult(Derived(f"d{digest}", kind, name, number, unit, formula, ids, first.sentence, first.section))


def _levels(indicators: Sequence[Indicator]) -> dict[str, list[Indicator]]:
    found = defaultdict[str, list[Indicator]](list)
    for i in indicators:
        if i.kind == "level" and i.name and i.amount and i.amount[1] > 0:
            found[i.name].append(i)
    return found


def _shares(indicators: Sequence[Indicator]) -> Iterator[CheckResult]:
    """Share of a part in its whole: 服务业增加值1898.1亿元 of 地区生产总值2091.5亿元 is 90.8%."""
    levels = _levels(indicators)
    stated = {(i.name, i.sentence): i for i in indicators if i.kind == "share" and i.unit == "%"}
    for part in (i for found in levels.values() for i in found if i.parent and i.parent != i.name):
        wholes = [w for w in levels.get(part.parent or "", ()) if _same_frame(part, w)]
        if len({w.number for w in wholes}) != 1:
            continue
        whole = wholes[0]
        name = f"{part.name}占{whole.name}比重"
        if _span(part).low > _span(whole).high:
            yield CheckResult(at=part, note=f"{part.name}{_told(part)}，大于它所属的{whole.name}{_told(whole)}")
            continue
        a, b = _span(part), _span(whole)
        follows = Span(a.low / b.high * HUNDRED, a.high / b.low * HUNDRED) if b.low > 0 else Span(Decimal(0), HUNDRED)
        share = _amount(part) / _amount(whole) * HUNDRED
        formula = f"{_told(part)} ÷ {_told(whole)}"
        said = next((i for (n, s), i in stated.items() if n == name and s in (part.sentence, whole.sentence)), None)
        if said is None or said.number is None:
            yield _made("share", name, _sure(share, follows, 1), UnitName("%"), formula, (part, whole))
        elif not follows.meets(_around(said.number, said.number)):
            note = f"{name}报告称{_told(said)}，按{formula}推算为{_rounded(share, 1)}%"
            yield CheckResult(at=said, note=note)


def _before(indicators: Sequence[Indicator]) -> Iterator[CheckResult]:
    """Value of the year before, from the growth rate: 843.4亿元 after 14.8% growth was 734.7亿元."""
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
            formula = f"{_told(i)} ÷（1 {sign} {g.value}%）"
            yield _made("before", f"上年同期{i.name}", _sure(level, could, _places(i)), i.unit, formula, (i,))


def _sums(indicators: Sequence[Indicator]) -> Iterator[CheckResult]:
    """Totals that are by definition the sum of their parts: a stated total must agree, a missing one is derived."""
    by_sentence = defaultdict[str, list[Indicator]](list)
    for found in _levels(indicators).values():
        for i in found:
            by_sentence[i.sentence].append(i)
    for inside in by_sentence.values():
        known = {i.name: i for i in inside}
        done = set[tuple[str, ...]]()
        for whole_name, names in PARTITIONS:
            parts = [known[name] for name in names if name in known]
            if len(parts) != len(names) or not all(_same_frame(parts[0], p) for p in parts[1:]):
                continue
            wholes = [known[n] for n, same in PARTITIONS if same == names and n in known]
            total = sum(map(_amount, parts), Decimal(0))
            formula = " + ".join(map(_told, parts))
            if names in done:
                continue
            done.add(names)
            if not wholes and len({p.unit for p in parts}) == 1:
                number = sum((p.number for p in parts if p.number is not None), Decimal(0))
                yield _made("sum", whole_name, number, parts[0].unit, formula, parts)
            for whole in wholes:
                spans = [_span(p) for p in parts]
                follows = Span(sum((s.low for s in spans), Decimal(0)), sum((s.high for s in spans), Decimal(0)))
                if _same_frame(whole, parts[0]) and not follows.meets(_span(whole)):
                    shown = total / _amount(whole) * (whole.number or Decimal(0))
                    told = f"{_rounded(shown, _places(whole))}{whole.unit}"
                    yield CheckResult(at=whole, note=f"{whole.name}报告称{_told(whole)}，按{formula}推算为{told}")


def _rises(indicators: Sequence[Indicator]) -> Iterator[CheckResult]:
    """从a提高到b，同比增长g%: the three figures must agree."""
    for i in indicators:
        came, g = i.origin, i.growth
        if (
            came is None or came.number is None or came.high is not None or came.approx or came.unit != i.unit
            or g is None or g.number is None or g.approx or g.base not in YEAR_ON_YEAR or i.number is None
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
            note = f"{i.name}从{came.value}{came.unit}到{_told(i)}，推算变化{_rounded(moved, 1)}{g.unit}，报告称{g.value}{g.unit}"
            yield CheckResult(at=i, note=note)


def _sure(number: Decimal, could: Span, places: int) -> Decimal:
    """The number with the decimals that its range allows, at most `places`.

    >>> _sure(Decimal("734.66"), Span(Decimal("734.2"), Decimal("735.1")), 1)
    Decimal('735')
    """
    while places > 0 and could.high - could.low > Decimal(2).scaleb(-places) / 2:
        places -= 1
    return _rounded(number, places)


def _rounded(number: Decimal, places: int) -> Decimal:
    return number.quantize(Decimal(1).scaleb(-places))


CHECKS: tuple[Check, ...] = (_shares, _before, _sums, _rises)
"""The checks, in the order in which they run."""
