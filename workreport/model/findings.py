"""Knows what was found in a report: figures, indicators (指标), terms, glossary entries, links between sections.

Positions count the repaired text. Leaves finding them to `analysis`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from workreport.model.kinds import Author, DerivedKind, Direction, IndicatorKind, Status, TermKind, UnitName

APPROXIMATION_AFTER = ("左右", "以上", "以内", "以下", "之内", "上下", "之间", "及以上")
"""Words of approximation that stand after a figure; 超, 近, 约 and the like stand before it."""
SIGNS: dict[Direction, str] = {"up": "+", "down": "−", "flat": ""}
DIRECTION_WORDS: dict[Direction, str] = {"up": "增长", "down": "下降", "flat": "持平"}
_MANNER = re.compile(
    r"比.+|[同环]比|[同可]比?口径|按.+|名义|实际|总体|分别|各|均|都|(?:总?共|合计)|(?:每年|[年月日])?(?:平均|均)|(?:平均)?每年"
    r"|(?:[一二三四五六七八九十两0-9０-９]{1,2}年)?(?:来|累计|平均)?"
)


def comparison(base: str) -> str:
    """The base of a change as it is shown: 比 is put before a thing compared with, not before a way of counting.

    >>> [comparison(base) for base in ("同比", "年均", "五年", "比上年", "2020年", "十年前", "前五年累计", "")]
    ['同比', '年均', '五年', '比上年', '比2020年', '比十年前', '比前五年累计', '']
    """
    return base if _MANNER.fullmatch(base) else "比" + base


def with_approximation(figure: str, approx: str | None) -> str:
    """A figure with its word of approximation, which stands before or after it.

    >>> with_approximation("+5%", "左右"), with_approximation("+50%", "超"), with_approximation("+3%", None)
    ('+5%左右', '超+50%', '+3%')
    """
    return figure + approx if approx in APPROXIMATION_AFTER else (approx or "") + figure


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure as written: `value` "1.76", `unit` "万家", `approx` (余, 约, 以上 …) or None.

    `number` and `high` (the upper end of a range) do not include the 万 or 亿 of the unit; None where there is no number
    (翻番). `start` and `end` are positions in the text that was read.
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
    """A change stated with a figure (同比增长5.1%). `value` is positive for a fall too; `direction` tells them apart."""

    value: str
    number: Decimal | None
    unit: UnitName
    base: str | None
    direction: Direction
    approx: str | None = None

    @property
    def phrase(self) -> str:
        """The change as it is shown.

        >>> Growth("5.1", Decimal("5.1"), "%", "同比", "up").phrase, Growth("36", Decimal(36), "天", "2020年", "up").phrase
        ('同比 +5.1%', '比2020年 +36天')
        """
        # 一番 and 两成 are words and take no sign.
        sign = SIGNS[self.direction] if self.value[:1].isascii() else ""
        return f"{comparison(self.base) if self.base else DIRECTION_WORDS[self.direction]} " + with_approximation(
            f"{sign}{self.value}{self.unit}", self.approx
        )


@dataclass(frozen=True, slots=True)
class Rank:
    """A rank: `scope` 全省 (or None), `what` 增幅 (or None), `place` 第一 (without 位 and 名; may be vague, as 前列)."""

    scope: str | None
    what: str | None
    place: str

    @property
    def number(self) -> int | None:
        """The rank as a number: 1 for 第一, 首位, 首个 …; None for a vague one (前列, 率先)."""
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
"""The exponents of ten of the characters that may stand before a unit."""


def split_unit(unit: UnitName) -> tuple[UnitName, int]:
    """A unit without its 万 or 亿, and their exponent of ten, so that values with the same unit can be compared.

    >>> split_unit("亿元"), split_unit("万平方米"), split_unit("家"), split_unit("万亿"), split_unit("百分点")
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

    `start` and `end` count the repaired text, and `quote == body[start:end]`.
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
    as_read: tuple[tuple[str, str], ...] = ()
    note: str = ""

    @property
    def amount(self) -> tuple[UnitName, Decimal] | None:
        """(unit without 万 or 亿, how many of it, without sign); None where there is no number.

        >>> Indicator("f", "企业", "count", "result", "1.5", Decimal("1.5"), None, "万家", None, "s", "1", "", 0, 8).amount
        ('家', Decimal('15000'))
        """
        if self.number is None:
            return None
        unit, power = split_unit(self.unit)
        return unit, Decimal(f"{abs(self.number).scaleb(power):f}")

    @property
    def signed(self) -> str:
        """The value as it is shown: with a sign for a growth, else as written."""
        if self.kind == "growth" and self.number and not self.is_multiple:
            return SIGNS["up" if self.number > 0 else "down"] + self.value.lstrip("+-−")
        return self.value

    @property
    def is_multiple(self) -> bool:
        """Whether the figure is a multiple (是十年前的3倍) and not a growth by so much (增长3倍)."""
        if self.kind != "growth" or self.unit != "倍":
            return False
        before = self.quote[: self.quote.find(self.value)].removesuffix(self.approx or "")
        return before.endswith("的")


@dataclass(frozen=True, slots=True)
class Derived:
    """A figure that the report does not state but that follows from those it states (推算).

    `formula` is the calculation in the report's own figures, `inputs` the ids of their indicators, `sentence` and
    `section` where the first of them stands.
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
    """A number in the repaired text that belongs to no indicator and that no trap rule explains."""

    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Findings:
    """The indicators of a report, the numbers that belong to none, and how often each trap rule applied.

    The rest is the publisher's (`indicators.toml`): `hidden` indicators are listed as hidden only; `front` are the ids of
    all cards of the front page, `pinned` of its first cards, `order` of the indicators that come first in lists.
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
    """One occurrence of a term; `start` and `end` count the repaired text."""

    section: str
    sentence: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Term:
    """A name (专名) that recurs, with every mention.

    `reading` is its pinyin, without tones and in lower case, for sorting: "wu lin guang chang".
    """

    id: str
    name: str
    kind: TermKind
    mentions: tuple[Mention, ...]
    reading: str = ""
    by: Author = "engine"


@dataclass(frozen=True, slots=True)
class Gloss:
    """An entry of the report's glossary (名词解释) or a note (［1］), and the places that use the word.

    `number` and `name` are as printed (20., “两重”; "" where there is none). `start` and `end` span the whole entry in the
    repaired text, `explained` its paragraphs of explanation. `sentence` is where the entry begins. A use is the word,
    its mark, or both.
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
    """Two related sections (`a` before `b`): `terms` are ids of names they share; a higher `weight` is a closer link."""

    a: str
    b: str
    terms: tuple[str, ...]
    weight: Decimal
    by: Author = "engine"
