"""Knows the nouns of a work report (政府工作报告): frozen values that every other room passes on.

Leaves all doing to the other rooms; imports nothing but the standard library.

Positions. `Repair` and `Fault` count the *source text* (Unicode code points from 0). Everything
found later (sections, sentences, indicators, mentions) counts the *repaired text*, `Text.body`;
`Text.source_span` brings such a position back to the source, so that a figure which a page break
had cut in two still opens its own characters.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Literal, NewType, Protocol, Self

Author = Literal["engine", "publisher"]
"""Who decided something: a rule of the program, or a person in a settings file of the report."""
RepairAuthor = Literal["engine", "publisher", "reading"]
"""As `Author`; "reading" marks words of the file that its reader left out of the text."""
RepairStatus = Literal["applied", "undone", "proposed"]
"""Only an "applied" repair changes the text; "undone" is the publisher's, "proposed" waits for a decision."""
FaultKind = Literal[
    "announced", "missing", "lost", "repeated", "numbering", "contradiction", "doubled", "tense", "marks", "wording",
    "stranger",
]  # fmt: skip
"""What may be wrong with a source (校勘)."""
Confidence = Literal["certain", "high", "medium", "low"]
"""How sure it is that a reported fault is a fault."""
ParagraphRole = Literal["title", "meeting", "speaker", "salutation", "text"]
IndicatorKind = Literal["level", "growth", "share", "count", "rank"]
Status = Literal["result", "target"]
"""Whether an indicator (指标) was reached or is planned."""
UnitKind = Literal["level", "count", "share"]
"""What a figure is when only its unit is known: 亿元 level, % share, 家 count."""
Direction = Literal["up", "down", "flat"]
DerivedKind = Literal["share", "before", "sum"]
"""How a derived figure was calculated: a share of a whole, the level a year earlier, a sum of parts."""

FormatId = NewType("FormatId", str)
"""The name of a file format that can be read ("docx"); the table of formats lists them."""
UnitName = NewType("UnitName", str)
"""A unit as written, with its 万 or 亿 ("万家"); "" where there is none. The vocabulary lists the measure words."""
RepairKind = NewType("RepairKind", str)
"""What a repair does ("join", "header"); open, for a format adds its own and so may the publisher."""


@dataclass(frozen=True, slots=True)
class Place:
    """From `start` of the text to the next place: what stood on that page, or in that paragraph, of the file.

    Both count from 1; 0 where the file has no such thing.
    """

    start: int
    page: int = 0
    paragraph: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """A report as it came: the untouched text and what is known of the file.

    `sha256` is of the file's bytes; `characters` counts code points without a byte order mark.
    Where the text was taken out of the file (.html, .docx, .pdf), `text_sha256` is of the text in UTF-8, `places`
    lead back into the file and `left` lists what reading left out; `remarks` are what a person should look at.
    """

    path: str
    text: str
    sha256: str
    encoding: str
    format: FormatId
    text_sha256: str = ""
    places: tuple[Place, ...] = ()
    left: tuple[Repair, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def characters(self) -> int:
        return len(self.text)


@dataclass(frozen=True, slots=True)
class Repair:
    """One change between the source and the page: `source[start:end] == before` becomes `after`.

    `status` is "applied", "undone" (by the publisher) or "proposed" (never applied by itself).
    `id` lasts: it is made of the kind and the words, never of the position.
    `by` is "engine", "publisher", or "reading": words of the file that reading left out, which stand in no span of
    the source text (`start == end`, the place where they stood).
    """

    id: str
    kind: RepairKind
    start: int
    end: int
    before: str
    after: str
    reason: str
    status: RepairStatus = "applied"
    by: RepairAuthor = "engine"


@dataclass(frozen=True, slots=True)
class Fault:
    """A doubt about the source, shown beside the text and never corrected by itself (校勘).

    `confidence` is "certain", "high", "medium" or "low": how sure it is that this IS a fault.
    `by` is "engine" (a rule found it) or "publisher" (written in `notes.toml`).
    """

    kind: FaultKind
    start: int
    end: int
    quote: str
    note: str
    confidence: Confidence
    by: Author = "engine"


@dataclass(frozen=True, slots=True)
class Repetition:
    """A passage that stands twice: `[start, end)` is the copy, `of` where the first one starts.

    Positions count the repaired text. `lost` says that text of the place where the copy stands
    broke off (the copy covers it).
    """

    start: int
    end: int
    of: int
    lost: bool


def copied(repeated: Sequence[Repetition], start: int, end: int) -> Repetition | None:
    """The repeated passage that holds body[start:end], or None. `repeated` is in the order of the text.

    >>> copied((Repetition(10, 90, 0, False),), 20, 30).of
    0
    """
    k = bisect_right(repeated, start, key=lambda r: r.start) - 1
    return repeated[k] if k >= 0 and end <= repeated[k].end else None


@dataclass(frozen=True)
class Text:
    """The repaired text and its way back to the source.

    `pieces` are (body_start, source_start, length) of the runs that are the same in both,
    in order. What lies between two pieces was changed by a repair.

    >>> t = Text(body="4200余家", pieces=((0, 10, 5), (5, 17, 1)))
    >>> t.source_span(0, 6)
    (10, 18)
    """

    body: str
    pieces: tuple[tuple[int, int, int], ...]

    @cached_property
    def _starts(self) -> list[int]:
        return [p[0] for p in self.pieces]

    def to_source(self, position: int) -> int:
        """The source position of one character of the body (of a repaired one: where its repair starts)."""
        if not self.pieces:
            return 0
        k = max(bisect_right(self._starts, position) - 1, 0)
        body, source, length = self.pieces[k]
        return source + min(max(position - body, 0), length)

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """The source span of body[start:end], end exclusive."""
        if end <= start:
            at = self.to_source(start)
            return at, at
        return self.to_source(start), self.to_source(end - 1) + 1

    def from_source(self, position: int) -> int:
        """The body position of a source character; one that a repair took out gives where it stood."""
        sources = [p[1] for p in self.pieces]
        k = bisect_right(sources, position) - 1
        if k < 0:
            return 0
        body, source, length = self.pieces[k]
        return body + min(position - source, length)


@dataclass(frozen=True, slots=True)
class Meta:
    """Who said it, where and when. `date` is the day it was delivered; `office` is 区长, 省长, 国务院总理."""

    slug: str
    title: str
    place: str
    year: int | None
    date: date | None
    meeting: str
    speaker: str
    office: str
    guessed: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """How the report is called in a list: 杭州市拱墅区2024年政府工作报告.

        >>> Meta("a", "政府工作报告", "杭州市拱墅区", 2024, None, "", "", "").name
        '杭州市拱墅区2024年政府工作报告'
        """
        return f"{self.place}{f'{self.year}年' if self.year else ''}{self.title}"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and its lasting id; `start`, `end` count the repaired text, `text == body[start:end]`.

    `copy_of` is the id of the first one where this stands in a passage repeated by mistake;
    `aliases` are the ids it had before an edit, and those of all figures it ever had (an id that a figure still has
    is that figure's); `gone` are ids of deleted sentences anchored here.
    `heading` is true for the words of a heading.
    """

    id: str
    text: str
    start: int
    end: int
    section: str
    heading: bool = False
    in_copy: bool = False
    copy_of: str | None = None
    aliases: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: sentences in order. `role` is "title", "meeting", "speaker", "salutation" or "text"."""

    id: str
    start: int
    end: int
    sentences: tuple[Sentence, ...]
    role: ParagraphRole = "text"
    aliases: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A part (一、) or a section (（一）) with its own paragraphs and those below it.

    `id` is its address: "1" for part 一, "1/3" for its section （三）, "s4" unnumbered, "a1" an appendix.
    `number` is as printed (一、 or （三）), "" where none; `title` stands without number and end mark.
    `level` counts from 1.
    """

    id: str
    number: str
    title: str
    level: int
    start: int
    end: int
    heading: Sentence | None
    paragraphs: tuple[Paragraph, ...]
    children: tuple[Section, ...] = ()

    def walk(self) -> Iterator[Section]:
        """This section and all below it, in the order of the text."""
        yield self
        for child in self.children:
            yield from child.walk()


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


def heading(number: str, title: str) -> str:
    """A heading on one line; a number without a mark of its own must not run into a title that begins with figures.

    >>> heading("（三）", "市场活力加速重振"), heading("附件1", "2026年民生实事")
    ('（三）市场活力加速重振', '附件1：2026年民生实事')
    """
    unmarked = title and number.startswith(("第", "附")) and number[-1].isalnum()
    return f"{number}{'：' if unmarked else ''}{title}"


@dataclass(frozen=True, slots=True)
class Outline:
    """The tree of a report: what stands before the first part, then the parts."""

    front: tuple[Paragraph, ...]
    sections: tuple[Section, ...]

    def walk(self) -> Iterator[Section]:
        for section in self.sections:
            yield from section.walk()

    def sentences(self) -> Iterator[Sentence]:
        """Every sentence in the order of the text, headings among them."""
        for paragraph in self.front:
            yield from paragraph.sentences
        for section in self.walk():
            if section.heading:
                yield section.heading
            for paragraph in section.paragraphs:
                yield from paragraph.sentences


class _Numbered(Protocol):
    """A section, or one that is still being put together."""

    @property
    def id(self) -> str: ...
    @property
    def number(self) -> str: ...
    @property
    def children(self) -> Sequence[Self]: ...


def homes(parts: Sequence[_Numbered]) -> dict[str, str]:
    """Of each section's id the id of the section on whose page it stands.

    A page of its own has every part and appendix, and a numbered section right below a part (（一）, 第一，).
    What stands deeper, heads a paragraph (一是…。) or belongs to an appendix is read within the page above it,
    unless a section with a page stands before it: the pages keep the order of the text.
    """
    found: dict[str, str] = {}

    def stand(section: _Numbered, page: str) -> None:
        found[section.id] = page
        for child in section.children:
            stand(child, page)

    for part in parts:
        found[part.id] = part.id
        paged = False
        for child in part.children:
            numbered = child.number != "" and not child.number.endswith("是") and not part.id.startswith("a")
            paged = paged or numbered
            stand(child, child.id if paged else part.id)
    return found


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
class Found:
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


@dataclass(frozen=True)
class Reading:
    """All that is known of one report: the value that flows from the stages to the pages."""

    meta: Meta
    source: Source
    text: Text
    repairs: tuple[Repair, ...]
    repetitions: tuple[Repetition, ...]
    outline: Outline
    found: Found
    terms: tuple[Term, ...]
    faults: tuple[Fault, ...]
    links: tuple[Link, ...] = ()
    glossary: tuple[Gloss, ...] = ()
    derived: tuple[Derived, ...] = ()
    declined: tuple[str, ...] = ()
    """Names and links that the publisher declines (names.toml), each as the page says it."""

    @cached_property
    def sentences(self) -> dict[str, Sentence]:
        return {s.id: s for s in self.outline.sentences()}

    @cached_property
    def sections(self) -> dict[str, Section]:
        return {s.id: s for s in self.outline.walk()}

    @cached_property
    def labels(self) -> dict[str, str]:
        """Each section in a few characters that tell it from the others, the title where it has no number.

        第一部分 for 一、 (a lone 一 reads like a dash), （三）, and 一（三） where several parts have a （三）.
        """
        under: dict[str, set[str]] = {}
        for part in self.outline.sections:
            for section in part.walk():
                under.setdefault(section.number, set()).add(part.id)
        found = {}
        for part in self.outline.sections:
            for section in part.walk():
                number = section.number.rstrip("、，")
                if section is part:
                    number = f"第{number}部分" if section.number == number + "、" else number
                elif number and len(under[section.number]) > 1 and part.number:
                    number = f"{part.number.rstrip('、')}{'' if number.startswith(('（', '(')) else '、'}{number}"
                found[section.id] = number or section.title or "正文"
        return found

    @cached_property
    def homes(self) -> dict[str, str]:
        """Of each section the one on whose page it stands."""
        return homes(self.outline.sections)

    @cached_property
    def paged(self) -> tuple[Section, ...]:
        """The sections that have a page of their own, in the order of the text."""
        return tuple(s for s in self.outline.walk() if self.homes[s.id] == s.id)

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """The indicators that count: those of a repeated passage left out."""
        return tuple(i for i in self.found.indicators if i.duplicate_of is None)


@dataclass(frozen=True)
class Publication:
    """Everything that is published together; with one report, the report is the front."""

    readings: tuple[Reading, ...]
    title: str = ""
    notes: tuple[str, ...] = field(default=())
