"""Knows the view of the picture page (一图读懂): the content of the front page, shortened to fit into a picture.

Leaves choosing figures to `analysis.ranking` and `front`, and drawing to `archive.poster`.
"""

from __future__ import annotations

import importlib.util
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol
from unicodedata import east_asian_width

from markupsafe import Markup

from workreport.analysis.headlines import headlines
from workreport.model import Reading, heading
from workreport.website import addresses
from workreport.website.pages import wording
from workreport.website.pages.cards import Card, RankGroup
from workreport.website.pages.escape import one_line
from workreport.website.pages.views.front import FrontPage, front_view
from workreport.website.pages.views.report import PageLink, Report, SectionRow

LONG, POSTER, CARDS = "long.png", "poster.png", "cards"
"""The names of the two pictures, and of the folder with the social cards (preview pictures of links)."""
FRONT_CARD = "front"
"""The name of the social card of the front page, without its ending."""
HEADLINES = 6
"""The most large figures in the picture, and the most lines about missing text."""
LINES = 40
"""The most lines in the list of parts and sections.

A longer list has only sections with a page, or else only the parts.
"""
TOLD = 24
"""The most lines of the list of sections that has figures or first words beside its lines."""
STRIP = 10
"""The most ranks in the picture."""
NAMED = 4
"""The most indicators named beside a rank."""
NAME, TITLE_ROOM, FACT, NAMES, LEAD = 28, 64, 23, 46, 60
"""The width, in Chinese characters, to which texts are cut: a name, a title, a section's figures, the names beside a
rank, a line about missing text.
"""
VALUE, RANK = 30, 12
"""The width of a value and of a rank, in Chinese characters."""
DIGEST = 16
"""The number of digits shown of the source's SHA-256."""
QUIET = 4
"""The width of the empty border (quiet zone) of a QR code, in modules."""


class PictureFacts(Protocol):
    """The publisher's settings that the pictures depend on; "" for one that he did not give."""

    @property
    def address(self) -> str: ...
    @property
    def publisher(self) -> str: ...
    @property
    def colour(self) -> str: ...


@dataclass(frozen=True, slots=True)
class HeadlineFigure:
    """A large figure: the card on the front page, and its name cut to fit."""

    name: str
    card: Card


@dataclass(frozen=True, slots=True)
class PictureLine:
    """A section in one line: number, title, and the figures or first words (`fact`) that fit beside them, or ""."""

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
    """A part with its sections; `words` is the number of sections as text (八个方面), or ""."""

    part: PictureLine
    words: str
    sections: tuple[PictureLine, ...]


@dataclass(frozen=True, slots=True)
class RankPlace:
    """A rank (全省第一), the number of indicators that have it, and the names of some of them."""

    label: str
    count: int
    names: str


@dataclass(frozen=True, slots=True)
class PicturePage:
    """The content of the picture, and of the page that shows the same as text.

    said: speaker, date and meeting. total, more: texts about indicators and parts that are not shown, or "". places:
    ranks. address: the URL of the report, or "". square: its QR code, None without an address or without segno. long,
    poster: links to the pictures; files: the names under which they are downloaded.
    """

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

    @property
    def saved(self) -> tuple[tuple[str, str, str, str], ...]:
        """The pictures to keep: link, file name, text alternative, words of the button."""
        return (
            (str(self.long), self.files[0], f"{self.title}：长图", "保存长图"),
            (str(self.poster), self.files[1], f"{self.title}：海报，3:4", "保存海报（3:4）"),
        )


def picture_view(report: Report, origin: str, facts: PictureFacts) -> PicturePage:
    """Return the view of the picture page at `origin`."""
    reading, meta, title = report.reading, report.reading.meta, report.titles[addresses.PICTURE]
    front = front_view(report, origin)
    shown = {c.id: c for c in front.cards}
    address = addresses.canonical(facts.address, addresses.report(reading))
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
        figures=tuple(
            HeadlineFigure(cut(shown[i.id].when + i.name, NAME), shown[i.id]) for i in headlines(reading, HEADLINES)
        ),
        total=f"全部 {front.total} 项指标" if front.total > HEADLINES else "",
        chapters=chapters[:LINES],
        more=f"另有{wording.counted(len(chapters) - LINES)}章" if len(chapters) > LINES else "",
        places=tuple(_places(front.ranks)),
        source=tuple(_source(reading, facts)),
        address=address,
        # Without the package segno the page has no QR code; the user was warned before the build.
        square=square(address) if address and importlib.util.find_spec("segno") else None,
        front=report.link_to(origin, meta.name, ""),
        notes=front.notes,
        table=front.indicators,
        long=Markup(addresses.relative(origin, folder + LONG)),
        poster=Markup(addresses.relative(origin, folder + POSTER)),
        files=(f"{meta.slug}-long.png", f"{meta.slug}-poster.png"),
    )


def _chapters(report: Report, front: FrontPage) -> Iterator[PicturePart]:
    """Yield the parts with all their sections, only those with a page, or none: the first choice of at most `LINES`
    lines.

    If there are more parts than `LINES`, all of them are yielded without sections.
    """
    page_of = report.reading.page_of
    every = [(group.part, group.words, list(group.sections)) for group in front.groups]
    paged = [
        (part, told, [row for row, child in zip(rows, section.children, strict=True) if page_of[child.id] == child.id])
        for (part, told, rows), section in zip(every, report.reading.outline.sections, strict=True)
    ]
    bare = [(part, told, list[SectionRow]()) for part, told, _ in every]
    chosen = next((c for c in (every, paged) if _lines(c) <= LINES), bare)
    with_facts = _lines(chosen) <= TOLD
    for part, told, rows in chosen:
        yield PicturePart(
            _line(part, facts=with_facts and not rows), told, tuple(_line(row, facts=with_facts) for row in rows)
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
        return shown.told
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
    """Return the width of a text in Chinese characters. A narrow character, such as a Latin letter, counts 0.55.

    >>> width("增长5%")
    3.1
    """
    return round(sum(1 if east_asian_width(c) in "WFA" else 0.55 for c in text), 2)


def cut(text: str, room: float) -> str:
    """Return the text on one line, cut with … if it is wider than `room` Chinese characters.

    >>> cut("地区生产总值", 6), cut("地区生产总值", 5)
    ('地区生产总值', '地区生产…')
    """
    # Only the characters that can fit are examined, for a line may be megabytes long.
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
    """A QR code as SVG with one unit for each module. `modules` is the length of a side with the quiet zone."""

    svg: Markup
    modules: int

    @property
    def path(self) -> str:
        """The lines of its dark modules, as the d of an SVG path."""
        return self.svg.partition(' d="')[2].partition('"')[0]


def without_middle(text: str, room: int) -> str:
    """Return the text on one line; if it is wider than `room`, with … in the middle and its last two characters (the
    rank).

    >>> without_middle("全国重点生态功能区旗县第一", 10)
    '全国重点生态功…第一'
    """
    line = one_line(text)
    return line if width(line) <= room else cut(line[:-2], room - 2) + line[-2:]


def square(address: str) -> QrCode:
    """Return the address as a QR code with the quiet zone of four modules that ISO/IEC 18004 requires."""
    import segno

    out = io.BytesIO()
    code = segno.make(address, error="m", micro=False)
    code.save(out, kind="svg", border=QUIET, xmldecl=False, svgclass=None, lineclass=None, nl=False, omitsize=True)
    return QrCode(Markup(out.getvalue().decode()), int(code.symbol_size(border=QUIET)[0]))


def card_path(reading: Reading, section: str = "") -> str:
    """Return the path of the social card of a section, "gongshu-2024/picture/cards/1-3.png".

    `section` is the id of a section; "" or an unknown id gives the card of the front page.
    """
    name = section.replace("/", "-") if section in reading.page_of else FRONT_CARD
    return addresses.report(reading, addresses.PICTURE).removesuffix(addresses.ROOT) + f"{CARDS}/{name}.png"
