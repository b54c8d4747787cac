"""Knows what the page of the one picture (一图读懂) shows: the front's own words, cut to what a picture holds.

Leaves which figures count to `ranking` and the front view, and drawing to `archive.poster`.
"""

from __future__ import annotations

import importlib.util
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol
from unicodedata import east_asian_width

from markupsafe import Markup

from workreport.analysis.ranking import headlines
from workreport.model import Reading, heading
from workreport.website import addresses
from workreport.website.pages import wording
from workreport.website.pages.cards import Card, RankGroup
from workreport.website.pages.escape import one_line
from workreport.website.pages.views.front import FrontPage, front_view
from workreport.website.pages.views.report import PageLink, Report, SectionRow

LONG, POSTER, CARDS = "long.png", "poster.png", "cards"
FRONT_CARD = "front"
HEADLINES = 6
"""Large figures of the picture."""
LINES = 40
"""Lines of the list of sections; where there are more, only those with a page of their own, then the parts alone."""
TOLD = 24
"""Lines of that list up to which each has its figures or its first words beside it."""
STRIP = 10
"""Places in the strip of ranks, the highest first."""
NAMED = 4
"""Indicators named beside a place."""
NAME, TITLE_ROOM, FACT, NAMES, LEAD = 28, 64, 23, 46, 60
"""How many Chinese characters of a name, a title, a section's figures, the names of a place, an opening are shown."""
VALUE, RANK = 30, 12
"""The same of a value and a place."""
DIGEST = 16
"""Digits of the source's digest."""
QUIET = 4
"""Modules of the quiet zone around a QR code."""


class PictureFacts(Protocol):
    """What a picture needs to know of the publisher."""

    @property
    def address(self) -> str: ...
    @property
    def publisher(self) -> str: ...
    @property
    def colour(self) -> str: ...


@dataclass(frozen=True, slots=True)
class HeadlineFigure:
    """A headline figure: the front's card, its name cut to what the picture holds."""

    name: str
    card: Card


@dataclass(frozen=True, slots=True)
class PictureLine:
    """A section in one line: number, title, the figures that fit beside them."""

    number: str
    title: str
    fact: str
    href: Markup

    @property
    def label(self) -> str:
        """Number and title: 一、2023年工作回顾, 附件1：名词解释."""
        return heading(self.number, self.title)


@dataclass(frozen=True, slots=True)
class PicturePart:
    """A part with its sections, in words how many."""

    part: PictureLine
    words: str
    sections: tuple[PictureLine, ...]


@dataclass(frozen=True, slots=True)
class RankPlace:
    """A place in the strip of ranks: how often, and of what."""

    label: str
    count: int
    names: str


@dataclass(frozen=True, slots=True)
class PicturePage:
    """All that the picture says, and the page that says it in words."""

    title: str
    description: str
    kicker: str
    name: str
    said: tuple[str, ...]
    missing: tuple[str, ...]
    figures: tuple[HeadlineFigure, ...]
    total: str
    chapters: tuple[PicturePart, ...]
    more: str
    places: tuple[RankPlace, ...]
    source: tuple[str, ...]
    address: str
    square: QrCode | None
    front: PageLink
    notes: PageLink
    table: PageLink
    long: Markup
    poster: Markup
    files: tuple[str, str]


def picture_view(report: Report, origin: str, facts: PictureFacts) -> PicturePage:
    """The page of the picture at `origin`, and the values of the picture itself."""
    reading, meta, title = report.reading, report.reading.meta, report.titles[addresses.PICTURE]
    front = front_view(report, origin)
    shown = {c.id: c for c in front.cards}
    address = facts.address + addresses.report(reading).removesuffix(addresses.ROOT) if facts.address else ""
    chapters = tuple(_chapters(report, front))
    folder = addresses.report(reading, addresses.PICTURE).removesuffix(addresses.ROOT)
    return PicturePage(
        title=title,
        description=f"{meta.name}{title}：主要指标、各章要点、位次和来源，可存为长图或海报。",
        kicker=cut(front.kicker, NAME),
        name=cut(front.name, TITLE_ROOM),
        said=tuple(
            cut(part, NAME * 2)
            for part in (f"{meta.office} {meta.speaker}".strip(), wording.day(meta.date), meta.meeting)
            if part
        ),
        missing=tuple(cut(told, LEAD) for told in front.missing[:HEADLINES]),
        figures=tuple(HeadlineFigure(cut(i.name, NAME), shown[i.id]) for i in headlines(reading, HEADLINES)),
        total=f"全部 {front.total} 项指标" if front.total > HEADLINES else "",
        chapters=chapters[:LINES],
        more=f"另有{wording.counted(len(chapters) - LINES)}章" if len(chapters) > LINES else "",
        places=tuple(_places(front.ranks)),
        source=tuple(_source(reading, facts)),
        address=address,
        # Without the tool the page is made all the same; that it is lacking was said beforehand.
        square=square(address) if address and importlib.util.find_spec("segno") else None,
        front=report.way(origin, meta.name, ""),
        notes=front.notes,
        table=front.indicators,
        long=Markup(addresses.relative(origin, folder + LONG)),
        poster=Markup(addresses.relative(origin, folder + POSTER)),
        files=(f"{meta.slug}-long.png", f"{meta.slug}-poster.png"),
    )


def _chapters(report: Report, front: FrontPage) -> Iterator[PicturePart]:
    """The parts with as many of their sections as the picture holds."""
    page_of = report.reading.page_of
    every = [(group.part, group.words, list(group.sections)) for group in front.groups]
    paged = [
        (part, told, [row for row, child in zip(rows, section.children, strict=True) if page_of[child.id] == child.id])
        for (part, told, rows), section in zip(every, report.reading.outline.sections, strict=True)
    ]
    bare = [(part, told, list[SectionRow]()) for part, told, _ in every]
    chosen = next((c for c in (every, paged) if _lines(c) <= LINES), bare)
    told_of = _lines(chosen) <= TOLD
    for part, told, rows in chosen:
        yield PicturePart(
            _line(part, facts=told_of and not rows), told, tuple(_line(row, facts=told_of) for row in rows)
        )


def _lines(chapters: Sequence[tuple[SectionRow, str, list[SectionRow]]]) -> int:
    return sum(1 + len(rows) for _, _, rows in chapters)


def _line(row: SectionRow, *, facts: bool) -> PictureLine:
    room, told = float(FACT), list[str]()
    for shown in row.facts if facts else ():
        words_ = " ".join(filter(None, (shown.name, _figure(shown))))
        room -= width(words_) + bool(told)
        if room < 0:
            break
        told.append(words_)
    fact = "　".join(told) if row.facts or not facts else cut(row.lead, FACT)
    return PictureLine(cut(row.number, 8), cut(row.title, TITLE_ROOM), fact, row.href)


def _figure(shown: Card) -> str:
    if shown.figure:
        return shown.figure.text
    return shown.ranks[0].text if shown.ranks else ""


def _places(groups: Sequence[RankGroup]) -> Iterator[RankPlace]:
    plain = [group for group in groups if not group.vague] or list(groups)
    for group in plain[:STRIP]:
        named = [cut(shown.name, NAME // 2) for shown in group.cards[:NAMED]]
        while len(named) > 1 and width("、".join(named)) > NAMES - 1:
            named.pop()
        rest = "等" if len(named) < len(group.cards) else ""
        yield RankPlace(without_middle(group.label, RANK), len(group.cards), "、".join(named) + rest)


def _source(reading: Reading, facts: PictureFacts) -> Iterator[str]:
    if facts.publisher:
        yield cut(facts.publisher, NAME)
    when = wording.day(reading.meta.date)
    yield f"{'数字' if reading.indicators else '文字'}摘自报告原文{f'（{when}）' if when else ''}"
    yield f"来源文件 SHA-256 {reading.source.sha256[:DIGEST]}"


def width(text: str) -> float:
    """How wide a text is, in Chinese characters.

    >>> width("增长5%")
    3.1
    """
    return round(sum(1 if east_asian_width(c) in "WFA" else 0.55 for c in text), 2)


def cut(text: str, room: float) -> str:
    """The text on one line, cut where it is wider than `room` Chinese characters.

    >>> cut("地区生产总值", 6), cut("地区生产总值", 5)
    ('地区生产总值', '地区生产…')
    """
    # No line of a report is looked at further than it can be shown.
    line = one_line(text[: int(room * 4) + 1]).strip()
    if width(line) <= room:
        return line
    kept, left = list[str](), room - 1
    for c in line:
        left -= width(c)
        if left < 0:
            break
        kept.append(c)
    return "".join(kept) + "…"


@dataclass(frozen=True, slots=True)
class QrCode:
    """A QR code as SVG, a unit a module; `modules` on each side, the quiet zone among them."""

    svg: Markup
    modules: int


def without_middle(text: str, room: int) -> str:
    """The text on one line, cut before its last two characters, which say the place.

    >>> without_middle("全国重点生态功能区旗县第一", 10)
    '全国重点生态功…第一'
    """
    line = one_line(text)
    return line if width(line) <= room else cut(line[:-2], room - 2) + line[-2:]


def square(address: str) -> QrCode:
    """The address as a QR code, with the quiet zone of four modules that ISO/IEC 18004 asks for."""
    import segno

    out = io.BytesIO()
    code = segno.make(address, error="m", micro=False)
    code.save(out, kind="svg", border=QUIET, xmldecl=False, svgclass=None, lineclass=None, nl=False, omitsize=True)
    return QrCode(Markup(out.getvalue().decode()), int(code.symbol_size(border=QUIET)[0]))


def card_path(reading: Reading, section: str = "") -> str:
    """Where the social card of a section's page stands, or of the front: "gongshu-2024/picture/cards/1-3.png"."""
    name = section.replace("/", "-") if section in reading.page_of else FRONT_CARD
    return addresses.report(reading, addresses.PICTURE).removesuffix(addresses.ROOT) + f"{CARDS}/{name}.png"
