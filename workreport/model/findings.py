"""Knows what was found in a report: figures, indicators (指标), terms, glossary entries, links between sections.

Positions count the repaired text. Leaves finding them to `analysis`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from workreport.model.kinds import Author, DerivedKind, Direction, IndicatorKind, Status, UnitName

AFTER = ("左右", "以上", "以内", "以下", "之内", "上下", "之间", "及以上")
"""What says after a figure how near it is; 超, 近, 约 and the like stand before it."""
SIGNS: dict[Direction, str] = {"up": "+", "down": "−", "flat": ""}
MOVES: dict[Direction, str] = {"up": "增长", "down": "下降", "flat": "持平"}
_MANNER = re.compile(
    r"比.+|[同环]比|[同可]比?口径|按.+|名义|实际|总体|分别|各|均|都|(?:总?共|合计)|(?:每年|[年月日])?(?:平均|均)|(?:平均)?每年"
    r"|(?:[一二三四五六七八九十两0-9０-９]{1,2}年)?(?:来|累计|平均)?"
)


def against(base: str) -> str:
    """The base of a change as one reads it: what says how it was counted as it is, what it is compared with after 比.

    >>> [against(base) for base in ("同比", "年均", "五年", "比上年", "2020年", "十年前", "前五年累计", "")]
    ['同比', '年均', '五年', '比上年', '比2020年', '比十年前', '比前五年累计', '']
    """
    return base if _MANNER.fullmatch(base) else "比" + base


def qualified(figure: str, approx: str | None) -> str:
    """A figure with the word that says how near it is, where that word stands.

    >>> qualified("+5%", "左右"), qualified("+50%", "超"), qualified("+3%", None)
    ('+5%左右', '超+50%', '+3%')
    """
    return figure + approx if approx in AFTER else (approx or "") + figure


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure as written: `value` "1.76", `unit` "万家", `approx` 余, 约, 以上 … or None.

    `number` (and `high`, the upper end of a range) are the value alone, without the 万 or 亿 of the unit;
    None where there is no number (翻番). `start`, `end` count the text that was read.
    """

    value: str
    number: Decimal | None
    high: Decimal | None
    unit: UnitName
    approx: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Growth:
    """A change stated with a figure (同比增长5.1%): `direction` is "up", "down" or "flat"; a fall has a positive value."""

    value: str
    number: Decimal | None
    unit: UnitName
    base: str | None
    direction: Direction
    approx: str | None = None

    @property
    def told(self) -> str:
        """The change as one reads it.

        >>> Growth("5.1", Decimal("5.1"), "%", "同比", "up").told, Growth("36", Decimal(36), "天", "2020年", "up").told
        ('同比 +5.1%', '比2020年 +36天')
        """
        # 一番 and 两成 are words: a sign before them would read as a slip.
        sign = SIGNS[self.direction] if self.value[:1].isascii() else ""
        return f"{against(self.base) if self.base else MOVES[self.direction]} " + qualified(
            f"{sign}{self.value}{self.unit}", self.approx
        )


@dataclass(frozen=True, slots=True)
class Rank:
    """A place in a field: 全省 (scope) 增幅 (what, or None) 第一 (place, without 位 and 名; 前列 is vague)."""

    scope: str | None
    what: str | None
    place: str

    @property
    def number(self) -> int | None:
        """1 for 第一, 首位, 首个 …; None for a vague place (前列, 率先)."""
        if self.place.startswith(("首", "最")) and self.place != "首破":
            return 1 if self.place.startswith("首") else None
        body = self.place.removeprefix("第")
        if body == self.place:
            return None
        if body.isdecimal():
            return int(body)
        digits = "一二三四五六七八九"
        if body in digits and len(body) == 1:
            return digits.index(body) + 1
        if "十" in body:
            tens, _, ones = body.partition("十")
            return (digits.index(tens) + 1 if tens else 1) * 10 + (digits.index(ones) + 1 if ones else 0)
        return None


POWERS = {"百": 2, "千": 3, "万": 4, "亿": 8}
"""The powers of ten that stand before a unit."""


def bare(unit: UnitName) -> tuple[UnitName, int]:
    """A unit without its 万 or 亿, and the power of ten that these stand for; values of one bare unit can be ordered.

    >>> bare("亿元"), bare("万平方米"), bare("家"), bare("万亿"), bare("百分点")
    (('元', 8), ('平方米', 4), ('家', 0), ('', 12), ('百分点', 0))
    """
    power = 0
    while unit[:1] in POWERS and not unit.startswith("百分"):
        power += POWERS[unit[0]]
        unit = UnitName(unit[1:])
    return unit, power


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator (指标): a named figure, rank or change, and the exact words that state it.

    `kind` is "level", "growth", "share", "count" or "rank"; `status` "result" or "target".
    `start`, `end` count the repaired text; `quote == body[start:end]`.
    `number` is signed for kind "growth" (a fall is negative). `origin` is a in 从a提高到b.
    `parent` names what it is a part of. `duplicate_of` is set in a passage repeated by mistake.
    `by` is "engine", or "publisher" where `indicators.toml` changed it; `read` then holds what was read, as pairs of
    the field and its words, and `note` why.
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
    duplicate_of: str | None = None
    by: Author = "engine"
    read: tuple[tuple[str, str], ...] = ()
    note: str = ""

    @property
    def amount(self) -> tuple[UnitName, Decimal] | None:
        """The unit without its 万 or 亿, and how many of it (without sign); None where there is no number.

        >>> Indicator("f", "企业", "count", "result", "1.5", Decimal("1.5"), None, "万家", None, "s", "1", "", 0, 8).amount
        ('家', Decimal('15000'))
        """
        if self.number is None:
            return None
        unit, power = bare(self.unit)
        return unit, Decimal(f"{abs(self.number).scaleb(power):f}")

    @property
    def signed(self) -> str:
        """The value as it is shown: a growth with its sign, all else as written."""
        if self.kind == "growth" and self.number and not self.multiple:
            return SIGNS["up" if self.number > 0 else "down"] + self.value.lstrip("+-−")
        return self.value

    @property
    def multiple(self) -> bool:
        """Whether the figure says how many times something it is (是十年前的3倍), which is no growth by so much."""
        if self.kind != "growth" or self.unit != "倍":
            return False
        before = self.quote[: self.quote.find(self.value)].removesuffix(self.approx or "")
        return before.endswith("的")


@dataclass(frozen=True, slots=True)
class Derived:
    """A figure that the report does not state but that follows from those it states (推算).

    `kind` names the check: "share" (of a whole), "before" (the level a year earlier), "sum" (of parts). `formula` is
    the calculation in the report's own figures, `inputs` the ids of these, `sentence` where the first of them stands.
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
    """A run of digits or numerals that no indicator took and no trap rule explained (repaired text)."""

    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Findings:
    """What reading the figures gave: indicators, what nobody claimed, and how often each trap rule spoke.

    The rest is the publisher's (`indicators.toml`): `hidden` indicators are shown nowhere but as hidden; `front` are the
    ids of the front page's cards, `pinned` those that stand there first, `order` those that lead a list.
    """

    indicators: tuple[Indicator, ...]
    unclaimed: tuple[Unclaimed, ...]
    traps: tuple[tuple[str, int], ...]
    hidden: tuple[Indicator, ...] = ()
    front: tuple[str, ...] = ()
    pinned: tuple[str, ...] = ()
    order: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a term stands; `start`, `end` count the repaired text."""

    section: str
    sentence: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Term:
    """A name (专名) that recurs, with every mention. `by` is "engine" or "publisher" (names.toml).

    `reading` is the pinyin it is sorted by, without tones, lower case: "wu lin guang chang".
    """

    id: str
    name: str
    kind: str
    mentions: tuple[Mention, ...]
    reading: str = ""
    by: Author = "engine"


@dataclass(frozen=True, slots=True)
class Gloss:
    """An entry of the glossary (名词解释) or a note (［1］): what the report itself says of a word, and where it uses it.

    `number` and `name` are as printed (20., “两重”; "" where there is none), `[start, end)` the whole entry in the
    repaired text, `explained` the spans of its paragraphs of explanation. `sentence` is where the entry begins.
    A use is the word, its mark, or the word with the mark behind it.
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
    """Two sections that speak of the same things: `terms` are the names they share; `weight` orders the links."""

    a: str
    b: str
    terms: tuple[str, ...]
    weight: Decimal
    by: Author = "engine"
