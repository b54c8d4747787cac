"""Knows the types of what is found in a report: figures, indicators (指标), terms, glossary entries, links of sections.

Positions are offsets into the repaired text (`Text.body`), in code points from 0; `end` is exclusive. Leaves finding
these values to `analysis`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from workreport.model.change_words import DIRECTION_WORDS, DOUBLED, SIGNS, comparison, with_approximation
from workreport.model.kinds import Author, DerivedKind, Direction, IndicatorKind, Status, TermKind, UnitName

_AFTER_BASE = re.compile(
    r"(?:的|(?:是|为|于)(?:[12]\d{3}|[上去前]|[^，。；\d]{1,6})年(?:同期|前)?|(?:是|为|于)过去)(?:[\d.]{1,8}倍(?:多|以上)?[、和及与约近超]{1,2})*$"
)
"""The text before a multiple: 是五年前的, also in a list (是五年前的1.8倍和)."""
_SIGN_MARKS = "+-−–－"
_BETWEEN = re.compile(r"(?<=[^-+−–—~至到])(?:——?|[-−–~～－至到])")
"""What stands between the two ends of a range."""


class Quantity(NamedTuple):
    """A figure as written: `value` "1.76", `unit` "万家", `approx` (余, 约, 以上 …) or None.

    `number` is the value as a number, without the 万 or 亿 of the unit: 1.76; None where nothing was counted (翻番).
    It is negative where a minus stands before it. For a range it is the lower end and `high` the upper end; `high` is None
    otherwise. `start` and `end` are offsets into
    the string that the figure was read from, which may be a single sentence.
    """

    value: str
    number: Decimal | None
    high: Decimal | None
    unit: UnitName
    approx: str | None
    start: int
    end: int

    @property
    def unsigned(self) -> str:
        """The value without a sign before it: 4.2 for -4.2."""
        return self.value.lstrip(_SIGN_MARKS)


class Growth(NamedTuple):
    """A change stated with a figure: 同比增长5.1% has the base 同比, the value "5.1" and the unit "%".

    `value` and `number` have no sign; `direction` says whether the figure rose or fell. `number` and `approx` are as in
    `Quantity`. `base` is None where the report names none.
    """

    value: str
    number: Decimal | None
    unit: UnitName
    base: str | None
    direction: Direction
    approx: str | None = None

    @property
    def phrase(self) -> str:
        """The change as it is shown: base, sign, value and unit; without a base a word such as 增长, which says the sign.

        >>> Growth("5.1", Decimal("5.1"), "%", "同比", "up").phrase, Growth("36", Decimal(36), "天", "2020年", "up").phrase
        ('同比 +5.1%', '比2020年 +36天')
        >>> Growth("", None, "番", "两年", "up").phrase, Growth("2", Decimal(2), "倍", None, "up", "多").phrase
        ('两年 翻番', '增长 2倍多')
        """
        if self.unit == DOUBLED:
            return (
                f"{comparison(self.base or '')} {with_approximation(f'翻{self.value}{DOUBLED}', self.approx)}".lstrip()
            )
        # A value in Chinese numerals (一倍, 两成) takes no sign, and none stands behind a word that says it (下降).
        sign = SIGNS[self.direction] if self.base and self.value[:1].isascii() else ""
        return f"{comparison(self.base) if self.base else DIRECTION_WORDS[self.direction]} " + with_approximation(
            f"{sign}{self.value}{self.unit}", self.approx
        )


@dataclass(frozen=True, slots=True)
class Rank:
    """A rank: for 增幅居全省第一位, `what` is 增幅, `scope` 全省 and `place` 第一 (without 位 or 名).

    `scope` and `what` are None where the report names none. `place` may also be vague (前列) or a superlative (首位).
    """

    scope: str | None
    what: str | None
    place: str

    @property
    def number(self) -> int | None:
        """The rank as a number: 3 for 第三, 1 for 第一, 首位 and 首个; None for 前列, 率先, 首破 and words with 最."""
        if self.place.startswith(("首", "最")) and self.place != "首破":
            return 1 if self.place.startswith("首") else None
        body = self.place.removeprefix("第")
        if body == self.place:
            return None
        if body.isdecimal():
            return int(body)
        return _ordinal(body)


_ORDINAL = re.compile(r"(?:([一二三四五六七八九])百)?(零?)(?:([一二三四五六七八九]?)十)?([一二三四五六七八九]?)")


def _ordinal(text: str) -> int | None:
    """The value of a Chinese numeral below a thousand; None if the text is none.

    >>> [_ordinal(text) for text in ("三", "十", "二十一", "一百二十", "一百零五", "一百五", "")]
    [3, 10, 21, 120, 105, None, None]
    """
    match = _ORDINAL.fullmatch(text)
    if match is None or not text:
        return None
    hundreds, zero, tens, ones = match.groups()
    if (zero and (not hundreds or tens is not None)) or (hundreds and ones and not zero and tens is None):
        return None
    digits = "零一二三四五六七八九"
    ten = 0 if tens is None else digits.index(tens) if tens else 1
    return (digits.index(hundreds) if hundreds else 0) * 100 + ten * 10 + (digits.index(ones) if ones else 0)


POWERS = {"百": 2, "千": 3, "万": 4, "亿": 8}
"""The powers of ten of the characters that may precede a unit: 万 is 10⁴, so 万家 is 10⁴ 家."""


def split_unit(unit: UnitName) -> tuple[UnitName, int]:
    """Split a unit into (unit without 百, 千, 万 and 亿 at its start, exponent of ten of what was removed).

    Values with the same bare unit can then be compared. 百分点 is not split.

    >>> split_unit("亿元"), split_unit("万平方米"), split_unit("家"), split_unit("万亿"), split_unit("百分点")
    (('元', 8), ('平方米', 4), ('家', 0), ('', 12), ('百分点', 0))
    """
    power = 0
    while unit[:1] in POWERS and not unit.startswith("百分"):
        power += POWERS[unit[0]]
        unit = UnitName(unit[1:])
    return unit, power


@dataclass(frozen=True, slots=True)
class Measure:
    """A core measure (核心指标), such as 地区生产总值: `id` ("gdp"), `label` in Chinese, and `rank`, 1 for what readers want
    first.
    """

    id: str
    label: str
    rank: int


@dataclass(frozen=True, slots=True)
class BoardPlace:
    """A place of the core board on the front page, the same for every report: 地区生产总值.

    `choices` are what may stand there, the preferred first, each the ids of one measure or of several that stand there
    together. `named` says that the report names it, with a figure or without, `spoken` that it speaks at least of what is
    near. `parts` are the measures among the choices that are only a part of it (exports): they stand there for the year
    reviewed alone. `short` are the short names of its choices (GDP) where several reports stand beside each other, () for a place that
    does not stand there.
    """

    label: str
    choices: tuple[tuple[str, ...], ...]
    named: bool
    spoken: bool
    short: tuple[tuple[str, ...], ...] = ()
    parts: tuple[str, ...] = ()

    def short_name(self, measure: str | None) -> str:
        """The short name of one of the measures that may stand here, "" for any other."""
        names = (pair for row in zip(self.choices, self.short, strict=True) for pair in zip(*row, strict=True))
        return dict(names).get(measure or "", "") if self.short else ""


class Indicator(NamedTuple):
    """An indicator (指标): a named figure, rank or change, and the exact words that state it: `quote == body[start:end]`.

    `value`, `unit` and `approx` are as in `Quantity`; for kind "rank" `value` is the rank (第一). `number` and `number_max`
    (the upper end of a range) leave out the 万 or 亿 of the unit. For kind "growth", `number` is negative for a fall.
    `sentence` and `section` are ids. `growth` is the change that is stated beside a value; if the indicator is itself a
    change (kind "growth"), `growth` is None and `growth_base` its base, if any.
    `origin` is a in 从a提高到b, `parent` the name of the whole that the indicator is a part of, `period` the time that it
    covers. `milestone` is the threshold that the value has passed: 6万亿元 for 迈上6万亿元台阶，达到62661亿元. `milestone_only`
    says that the value is itself such a threshold (首破千亿元), because the text states no exact level.
    `estimated` says that a result is the report's own estimate (预计数) of the year that it reviews: 预计全年实现.
    `measure` is the id of the core measure that it states for the whole place (`gdp`), None for any other, `total_of` that
    of which it is the total over several years (五年完成固定资产投资3000亿元).
    `at` is the offset of the number's first character in the repaired text, `start` if there is no number.
    `duplicate_of` is the id of the original if the indicator stands in a passage repeated by mistake.
    `by` is "publisher" if `indicators.toml` changed the indicator: then `as_read` has (field, value before the change)
    for each changed field, and `note` the publisher's reason. `held_back` is the reason in Chinese why the indicator is
    shown in the table alone (see `analysis.gate`), "" if it may stand on the front page, in lists, charts and pictures.
    """

    id: str
    name: str
    kind: IndicatorKind
    status: Status
    value: str
    number: Decimal | None
    number_max: Decimal | None
    unit: UnitName
    approx: str | None
    sentence: str
    section: str
    quote: str
    start: int
    end: int
    growth: Growth | None = None
    growth_base: str | None = None
    origin: Quantity | None = None
    ranks: tuple[Rank, ...] = ()
    parent: str | None = None
    period: str | None = None
    milestone: Quantity | None = None
    milestone_only: bool = False
    estimated: bool = False
    measure: str | None = None
    duplicate_of: str | None = None
    at: int = 0
    by: Author = "engine"
    as_read: tuple[tuple[str, str], ...] = ()
    note: str = ""
    held_back: str = ""
    total_of: str | None = None

    @property
    def amount(self) -> tuple[UnitName, Decimal] | None:
        """(unit without 百, 千, 万 and 亿, absolute number of that unit); None where there is no number.

        >>> Indicator("f", "企业", "count", "result", "1.5", Decimal("1.5"), None, "万家", None, "s", "1", "", 0, 8).amount
        ('家', Decimal('15000'))
        """
        if self.number is None:
            return None
        unit, power = split_unit(self.unit)
        return unit, Decimal(f"{abs(self.number).scaleb(power):f}")

    @property
    def signed(self) -> str:
        """The value as it is shown: with + or − for a change other than 0 or a multiple, with − for a level below 0."""
        if self.kind == "growth" and self.number and self.unit != DOUBLED and not self.is_multiple:
            sign = SIGNS["up" if self.number > 0 else "down"]
            low, *high = _BETWEEN.split(self.value, 1) if self.number_max is not None else [self.value]
            if high and self.number < 0:  # −5至−3; a minus before the lower end only would read as a rise of 5
                upper = SIGNS["down" if (self.number_max or 0) < 0 else "up"]
                return f"{sign}{low.lstrip(_SIGN_MARKS)}至{upper}{high[0].lstrip(_SIGN_MARKS)}"
            return sign + self.value.lstrip(_SIGN_MARKS)
        if self.kind == "level" and self.number is not None and self.number < 0 and self.number_max is None:
            return SIGNS["down"] + self.value.lstrip(_SIGN_MARKS + "负")  # 逆差0.8亿美元
        return self.value

    @property
    def is_multiple(self) -> bool:
        """Whether the figure is a multiple of an earlier one (是十年前的3倍) instead of an increase (增长3倍).

        True only for kind "growth" with the unit 倍 and 的 before the figure.
        """
        if self.kind != "growth" or self.unit != "倍":
            return False
        at = self.at - self.start if self.at > self.start else self.quote.find(self.value)
        before = self.quote[:at].removesuffix(self.approx or "")
        return _AFTER_BASE.search(before) is not None


@dataclass(frozen=True, slots=True)
class Derived:
    """A figure that the report does not state but that can be calculated from those it states (推算).

    `formula` is the calculation written with the report's figures, and `inputs` are the ids of the indicators used.
    `sentence` and `section` are the ids of the sentence and section of the first input.
    """

    id: str
    kind: DerivedKind
    name: str
    number: Decimal
    unit: UnitName
    formula: str
    inputs: tuple[str, ...]
    sentence: str
    section: str


@dataclass(frozen=True, slots=True)
class Unclaimed:
    """A number in the repaired text that no indicator has and no trap rule (date, ordinal …) explains."""

    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Findings:
    """The indicators of a report, the numbers that belong to none, and how often each trap rule applied.

    `traps` are pairs of a rule and its number, without rules that never applied. `measures` are the core measures that the
    indicators state, those that readers want first before the others, `board` the places of the front page.

    The other fields come from the publisher's `indicators.toml`. `hidden` indicators are not in `indicators`; pages only
    list them as hidden. `front`, `pinned` and `order` are ids: of all cards of the front page (empty: chosen by the
    engine), of its first cards, and of the indicators that come first in lists.
    """

    indicators: tuple[Indicator, ...]
    unclaimed: tuple[Unclaimed, ...]
    traps: tuple[tuple[str, int], ...]
    hidden: tuple[Indicator, ...] = ()
    front: tuple[str, ...] = ()
    pinned: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    measures: tuple[Measure, ...] = ()
    board: tuple[BoardPlace, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """One occurrence of a term or a glossary word; `section` and `sentence` are ids."""

    section: str
    sentence: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Term:
    """A name (专名) or topic (主题) that the report uses, with every mention.

    `reading` is its pinyin for sorting, in lower case without tones: "wu lin guang chang".
    """

    id: str
    name: str
    kind: TermKind
    mentions: tuple[Mention, ...]
    reading: str = ""
    by: Author = "engine"

    @property
    def recurs(self) -> bool:
        """Whether pages list it: it is mentioned more than once, or the publisher wants it."""
        return len(self.mentions) > 1 or self.by == "publisher"


@dataclass(frozen=True, slots=True)
class Gloss:
    """An entry of the report's glossary (名词解释) or one of its notes (［1］), and where the text uses it.

    `number` ("20.") and `name` (“两重”) are as printed, "" where there is none. body[start:end] is the whole entry, and
    `explained` are the (start, end) of its paragraphs of explanation. `section` and `sentence` are the ids of where the
    entry begins. A use is the word, its footnote marker, or both together.
    """

    id: str
    number: str
    name: str
    section: str
    sentence: str
    start: int
    end: int
    explained: tuple[tuple[int, int], ...]
    uses: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """A relation of two sections by their ids; `a` precedes `b` in the text.

    `terms` are the ids of the names that both contain. A higher `weight` is a closer relation.
    """

    a: str
    b: str
    terms: tuple[str, ...]
    weight: Decimal
    by: Author = "engine"
