"""Knows how the publisher's `indicators.toml` changes the indicators (指标): pin, hide, order, rename, correct.

Leaves reading the figures to `indicators`, and reading the file to `settings`. A corrected indicator keeps the values that
were read from the text.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation

from workreport.analysis.numerals import UnitTable, unit_at
from workreport.analysis.vocabulary import Vocabulary
from workreport.ingest.ids import FigureRecord
from workreport.model import Direction, Findings, Growth, Indicator, IndicatorKind, Outline, Status, UnitName

_PER_CENT = UnitName("%")
_PER = frozenset({"%", "‰", "个百分点", "百分点", "倍", "成", "位"})
"""Units of changes that a report may have without their being in a list of units."""
_ID = re.compile(r"[sp][0-9a-zA-Z-]+", re.ASCII)
"""Matches (as a whole) what may be meant as the id of an indicator or a sentence."""
_MOST_NAMED, _LONGEST_QUOTE = 5, 24
"""The most indicators that a message lists for a name, and the most characters of a quote in it."""


class BadRule(Exception):
    """A rule that cannot be applied. The message (Chinese) names the id or value, and what to write instead.

    `written` is the id or value as the file has it, and `line` the line of its row, 0 if it stands in no row.
    """

    def __init__(self, message: str, written: str = "", line: int = 0) -> None:
        super().__init__(message)
        self.written, self.line = written, line


@dataclass(frozen=True, slots=True)
class Moved:
    """The change of an indicator as the publisher states it; an empty `value` removes the change."""

    value: str
    unit: UnitName = _PER_CENT
    base: str = ""
    direction: Direction = "up"


@dataclass(frozen=True, slots=True)
class Correction:
    """One [[change]] of `indicators.toml`: every field that is not None replaces what was read.

    "" removes number_max, unit, approx, parent or period. `number` is needed only if `value` is not plain digits (五, 3—5).
    `estimated` says whether a result is the report's own estimate; a target never is.
    `change` is the change of the indicator, `note` the reason for the correction.
    `line` is the line of the row in its file, 0 if it has none.
    """

    id: str
    name: str | None = None
    kind: IndicatorKind | None = None
    status: Status | None = None
    estimated: bool | None = None
    value: str | None = None
    number: str | None = None
    number_max: str | None = None
    unit: UnitName | None = None
    approx: str | None = None
    parent: str | None = None
    period: str | None = None
    change: Moved | None = None
    note: str = ""
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of `indicators.toml`. All but `change` are ids of indicators.

    `front` are exactly the front page's cards, `pin` its first cards; `hide` are listed as hidden only; `order` come first in
    lists.
    """

    front: tuple[str, ...] = ()
    pin: tuple[str, ...] = ()
    hide: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    change: tuple[Correction, ...] = ()


def apply(
    found: Findings,
    outline: Outline,
    rules: Rules,
    recorded: Iterable[FigureRecord] = (),
    vocabulary: Vocabulary | None = None,
) -> Findings:
    """Apply the publisher's rules to what was read. An id from before an edit of its sentence still works.

    `recorded` are all figures that ever had an id; units of corrections must be in `vocabulary`, if it is given. Raises
    BadRule for an unknown id, for that of a figure which is no longer
    found or now reads another value, an indicator that is both hidden and on the front page, two corrections of one
    indicator, and a value that cannot be used.
    """
    index = _IndicatorIndex.of(found, outline, recorded)
    front, pinned, hidden, order = (index.all(ids) for ids in (rules.front, rules.pin, rules.hide, rules.order))
    for name in (*front, *pinned):
        if name in hidden:
            raise BadRule(
                f"{name}（{index.by_id[name].name}）既隐藏（hide）又放在首页（front 或 pin）。请只写一处。", name
            )
    corrections = dict[str, Correction]()
    for rule in rules.change:
        name = index.one(rule.id, rule.line)
        if name in corrections:
            raise BadRule(f"{name} 写了两组 [[change]]。请合成一组。", rule.id, rule.line)
        if vocabulary:
            _check_units(rule, vocabulary, {i.unit for i in found.indicators})
        corrections[name] = rule
    made = [_corrected(i, corrections[i.id]) if i.id in corrections else i for i in found.indicators]
    return replace(
        found,
        indicators=tuple(i for i in made if i.id not in hidden),
        hidden=tuple(i for i in made if i.id in hidden),
        front=front,
        pinned=pinned,
        order=order,
    )


@dataclass(frozen=True, slots=True)
class _IndicatorIndex:
    """The indicators by id.

    `former` maps earlier ids of sentences to their current ids, `gone` the ids of deleted sentences to the sentence that now
    stands for them. `recorded` are all figures that ever had an id, by that id, and `starts` where each sentence starts.
    """

    by_id: Mapping[str, Indicator]
    former: Mapping[str, str]
    gone: Mapping[str, str]
    recorded: Mapping[str, FigureRecord]
    starts: Mapping[str, int]

    @classmethod
    def of(cls, found: Findings, outline: Outline, recorded: Iterable[FigureRecord]) -> _IndicatorIndex:
        former, gone = dict[str, str](), dict[str, str]()
        for sentence in outline.sentences():
            former |= dict.fromkeys(sentence.aliases, sentence.id)
            gone |= dict.fromkeys(sentence.gone, sentence.id)
        starts = {sentence.id: sentence.start for sentence in outline.sentences()}
        return cls({i.id: i for i in found.indicators}, former, gone, {r.id: r for r in recorded}, starts)

    def all(self, ids: Iterable[str]) -> tuple[str, ...]:
        """The current ids for several ids, without duplicates. Raises BadRule as `one`."""
        return tuple(dict.fromkeys(map(self.one, ids)))

    def one(self, name: str, line: int = 0) -> str:
        """The current id for an id; `line` is the line of the row that has it, 0 for none.

        Raises BadRule if there is none, or if it belongs to a copy in a repeated passage.
        """
        sentence, mark, ordinal = name.rpartition("-f")
        found = self.by_id.get(name) or self.by_id.get(f"{self.former.get(sentence, '')}{mark}{ordinal}")
        if found is None:
            raise BadRule(self._lost(name, sentence), name, line)
        if found.duplicate_of:
            raise BadRule(f"{name} 在误排重复的段落里，不计入指标。请写它所重复的 {found.duplicate_of}。", name, line)
        return found.id

    def _lost(self, name: str, sentence: str) -> str:
        """The message for an unknown id: whether its sentence was deleted, and the nearest id that exists.

        For the name of an indicator in place of its id: the ids of the indicators with that name, or with the nearest one.
        """
        if not _ID.fullmatch(name):
            if named := self._named(name):
                return f"“{name}”不是编号。这里要写编号，叫这个名称的有：{named}。"
            close = difflib.get_close_matches(name, sorted({i.name for i in self.by_id.values()}), 1, 0.5)
            if close:
                return f"“{name}”不是编号。这里要写编号，名称最接近的有：{self._named(close[0])}。"
        home = self.former.get(sentence, sentence)
        if record := self.recorded.get(f"{home}-f{name.rpartition('-f')[2]}"):
            return self._changed(name, record)
        near: Sequence[str] = sorted(i.id for i in self.by_id.values() if i.sentence == home)
        told = f"没有编号为 {name} 的指标。"
        if sentence in self.gone or name in self.gone:
            told = f"编号 {name} 所在的句子已从报告里删去。"
            home = self.gone.get(sentence) or self.gone.get(name, "")
            near = sorted(i.id for i in self.by_id.values() if i.sentence == home)
        close = difflib.get_close_matches(name, near or sorted(self.by_id), 1, 0.0)
        nearest = f"最接近的是 {close[0]}（{self.by_id[close[0]].name}）。" if close else ""
        return f"{told}{nearest}编号见全部指标页，或运行 build.py inspect。"

    def _named(self, name: str) -> str:
        """The ids of the indicators with a name, each with what it says; those whose name contains it if none has it."""
        everywhere = [i for i in self.by_id.values() if not i.duplicate_of]
        found = [i for i in everywhere if i.name == name] or [i for i in everywhere if name in i.name]
        return "、".join(f"{i.id}（{i.quote[-_LONGEST_QUOTE:]}）" for i in found[:_MOST_NAMED])

    def _changed(self, name: str, record: FigureRecord) -> str:
        """The message for a figure that was found before: what it was, and what is read at its place now."""
        was = f"{record.name}{record.value}{record.unit}" if record.name or record.value else "一个已不再读出的数"
        here = [i for i in self.by_id.values() if i.sentence == record.sentence and not i.duplicate_of]
        told = f"编号 {name} 原来是“{was}”，现在这一处"
        if not here:
            return f"{told}不再读作指标。请删去这一条，或改写别的编号（见全部指标页，或运行 build.py inspect）。"
        start = self.starts[record.sentence]
        now = min(here, key=lambda i: (abs(i.at - start - record.at), i.id)) if record.at >= 0 else here[0]
        return f"{told}读作“{now.name}{now.value}{now.unit}”，编号 {now.id}。请核对后改写这一条的编号，或删去它。"


def _check_units(rule: Correction, vocabulary: Vocabulary, found: Collection[str]) -> None:
    """Raise BadRule for a unit of a correction that is neither in the vocabulary nor among the units `found` in the report."""
    units = UnitTable.of(vocabulary.units_not_before)
    for key, unit in (("unit", rule.unit), ("change.unit", rule.change.unit if rule.change else None)):
        if not unit or unit in _PER or unit in found or unit_at(unit, 0, units)[2] == len(unit):
            continue
        close = difflib.get_close_matches(unit, sorted({*vocabulary.unit_kinds, *found}), 1, 0.3)
        near = f"最接近的是“{close[0]}”。" if close else ""
        raise BadRule(
            f"{rule.id} 的 {key} = {unit!r} 不是词表里的单位。{near}确有这个单位的，请在 words/ 里加一组 [[unit]]。",
            unit,
            rule.line,
        )


def _number(written: str, field: str, rule: Correction) -> Decimal:
    """The number in a field of a correction; commas are ignored. Raises BadRule if it is no finite number."""
    try:
        number = Decimal(written.replace(",", ""))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise BadRule(
            f'{rule.id} 的 {field} = {written!r} 不是数字。请写成 {field} = "12.5" 的样子。', written, rule.line
        )
    return number


def _corrected(i: Indicator, rule: Correction) -> Indicator:
    """The indicator with a correction; `as_read` then has the original value of each changed field.

    An indicator that the correction leaves as it was is returned unchanged. Raises BadRule for a value that cannot be used.
    """
    number, number_max = i.number, i.number_max
    if rule.value is not None and rule.value != i.value:
        number = _number(rule.value, "value", rule) if rule.number is None else number
        number_max = None
    if rule.number is not None:
        number = _number(rule.number, "number", rule)
    if rule.number_max is not None:
        number_max = _number(rule.number_max, "number_max", rule) if rule.number_max else None
    if rule.name is not None and not rule.name.strip():
        raise BadRule(f"{rule.id} 的 name 是空的。要去掉这项指标，请写进 hide。", "", rule.line)

    def replaced(new: str | None, read: str | None) -> str | None:
        return read if new is None else new or None

    new = i._replace(
        name=i.name if rule.name is None else rule.name,
        kind=rule.kind or i.kind,
        status=rule.status or i.status,
        estimated=(rule.status or i.status) == "result" and (i.estimated if rule.estimated is None else rule.estimated),
        value=i.value if rule.value is None else rule.value,
        number=number,
        number_max=number_max,
        unit=i.unit if rule.unit is None else rule.unit,
        approx=replaced(rule.approx, i.approx),
        parent=replaced(rule.parent, i.parent),
        period=replaced(rule.period, i.period),
        growth=i.growth if rule.change is None else _moved(rule, rule.change),
    )
    read = tuple(
        (field, was) for field, was, now in zip(FIELDS, field_texts(i), field_texts(new), strict=True) if was != now
    )
    if not read:
        return i
    return new._replace(by="publisher", as_read=read, note=rule.note)


def _moved(rule: Correction, moved: Moved) -> Growth | None:
    """The change that the publisher states, None if its value is empty. Raises BadRule."""
    if not moved.value:
        return None
    return Growth(
        moved.value, _number(moved.value, "change.value", rule), moved.unit, moved.base or None, moved.direction
    )


FIELDS = (
    "name",
    "kind",
    "status",
    "estimated",
    "value",
    "number",
    "number_max",
    "unit",
    "approx",
    "parent",
    "period",
    "change",
)
"""The fields that a correction may change, by the names that `as_read` has for them."""


def field_texts(i: Indicator) -> tuple[str, ...]:
    """Return all fields as text, in the order of `FIELDS`. `number` is "" if the value shows it (1,204) or if there is none."""
    g = i.growth
    sign = {"down": "−", "flat": ""}.get(g.direction, "+") if g else ""
    return (
        i.name, i.kind, i.status, "是" if i.estimated else "", i.value,
        "" if i.number is None or str(abs(i.number)) == i.value.replace(",", "") else str(i.number),
        "" if i.number_max is None else str(i.number_max),
        i.unit, i.approx or "", i.parent or "", i.period or "",
        f"{g.base or ''}{sign}{g.value}{g.unit}" if g else "",
    )  # fmt: skip
