"""Knows the view of the page 一图读懂: its screens as pictures to keep and as text, whose report it is, and its source.

Leaves what a screen shows to `screens`, and drawing to `archive.poster`.
"""

from __future__ import annotations

import importlib.util
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from markupsafe import Markup

from workreport.model import Reading
from workreport.website import addresses
from workreport.website.pages import wording
from workreport.website.pages.cut_text import cut
from workreport.website.pages.plain_digits import unspaced
from workreport.website.pages.screens import Screen, screens
from workreport.website.pages.views.report import PageLink, Report, missing

LONG, CARDS = "long.png", "cards"
"""The names of the long picture, and of the folder with the social cards (preview pictures of links)."""
FRONT_CARD = "front"
"""The name of the social card of the front page, without its ending."""
NAME, TITLE_ROOM, LEAD = 28, 64, 40
"""The width, in Chinese characters, to which texts are cut: a place, a title, a line about missing text."""
LINES = 8
"""The most titles of parts and sections on the first screen of a report without figures."""
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
class ScreenPicture:
    """A screen and its picture: the link to the picture, the name of the file that a reader saves, and its heading.

    `lines` are the titles of the parts of a report without figures, which stand below its name.
    """

    screen: Screen
    href: Markup
    file: str
    heading: str
    lines: tuple[str, ...]
    sentence: Markup


@dataclass(frozen=True, slots=True)
class PicturePage:
    """The content of the pictures, and of the page that shows the same as text.

    said: speaker, date and meeting. source: whose report it is, where the words come from, what its source lacks. address:
    the URL of the report, or "". square: its QR code, None without an address or without segno. long: the link to the long
    picture, and long_file the name under which it is saved.
    """

    title: str
    description: str
    place: str
    name: str
    said: tuple[str, ...]
    missing: tuple[str, ...]
    screens: tuple[ScreenPicture, ...]
    source: tuple[str, ...]
    address: str
    square: QrCode | None
    front: PageLink
    notes: PageLink
    long: Markup
    long_file: str

    @property
    def pictures(self) -> list[list[str]]:
        """The picture of each screen for the template of the page: the screen's id, link, file name, heading."""
        return [[shown.screen.id, str(shown.href), shown.file, shown.heading] for shown in self.screens]

    @property
    def whole(self) -> list[str]:
        """The long picture: link, file name."""
        return [str(self.long), self.long_file]


def picture_view(report: Report, origin: str, facts: PictureFacts) -> PicturePage:
    """Return the view of the picture page at `origin`."""
    reading, meta, title = report.reading, report.reading.meta, report.titles[addresses.PICTURE]
    address = addresses.canonical(facts.address, addresses.report(reading))
    folder = addresses.report(reading, addresses.PICTURE).removesuffix(addresses.ROOT)
    said = tuple(
        cut(part, NAME * 2)
        for part in (f"{meta.office} {meta.speaker}".strip(), wording.day(meta.date), meta.meeting)
        if part
    )
    lacks = tuple(cut(told, LEAD) for told in missing(report))
    return PicturePage(
        title=title,
        description=f"{meta.name}{title}：主要数字、位次和今年目标，每张图可以单独保存、转发。",
        place=cut(meta.place or meta.title or "政府工作报告", TITLE_ROOM),
        name=cut(_without_place(meta.name, meta.place) or "政府工作报告", TITLE_ROOM),
        said=said,
        missing=lacks,
        screens=tuple(
            ScreenPicture(
                screen,
                Markup(addresses.relative(origin, f"{folder}{screen.id}.png")),
                f"{meta.slug}-{screen.id}.png",
                _heading(screen),
                () if screen.figure or screen.rank else tuple(_titles(reading)),
                _sentence(reading, screen, origin),
            )
            for screen in screens(reading, origin)
        ),
        source=tuple(_source(reading, facts, lacks)),
        address=address,
        # Without the package segno the page has no QR code; the user was warned before the build.
        square=square(address) if address and importlib.util.find_spec("segno") else None,
        front=report.link_to(origin, meta.name, ""),
        notes=report.link_to_page(origin, addresses.NOTES),
        long=Markup(addresses.relative(origin, folder + LONG)),
        long_file=f"{meta.slug}-long.png",
    )


def _heading(screen: Screen) -> str:
    """The heading of a screen on the page: its title and time, else time and name of its figure."""
    if screen.title:
        return " ".join(filter(None, (screen.title, screen.when)))
    return screen.when + screen.figure.name if screen.figure else "各章"


def _without_place(name: str, place: str) -> str:
    """The name of a report without its place, which stands above it; unchanged if the place is within the title."""
    return name.removeprefix(place) if place else name


def _titles(reading: Reading) -> Iterator[str]:
    sections = [section for section in reading.outline.sections if section.title]
    if len(sections) == 1 and sections[0].children:
        sections = [section for section in sections[0].children if section.title]
    for section in sections[:LINES]:
        yield cut(f"{section.number}{unspaced(section.title)}", TITLE_ROOM)


def _sentence(reading: Reading, screen: Screen, origin: str) -> Markup:
    """The link to the sentence that a screen quotes, "" for a screen that quotes none."""
    if screen.quote is None:
        return Markup("")
    sentence = reading.sentences[screen.quote.sentence]
    path = addresses.page_of(reading, sentence.section) + f"#{sentence.id}"
    return Markup(addresses.relative(origin, path))


def _source(reading: Reading, facts: PictureFacts, lacks: tuple[str, ...]) -> Iterator[str]:
    yield cut(reading.meta.name, TITLE_ROOM)
    when = wording.day(reading.meta.date)
    yield f"{'数字' if reading.indicators else '文字'}摘自报告原文{f'（{when}）' if when else ''}"
    if facts.publisher:
        yield cut(facts.publisher, NAME)
    if lacks:
        yield f"来源文件不完整：{lacks[0]}"


@dataclass(frozen=True, slots=True)
class QrCode:
    """A QR code as SVG with one unit for each module. `modules` is the length of a side with the quiet zone."""

    svg: Markup
    modules: int

    @property
    def path(self) -> str:
        """The lines of its dark modules, as the d of an SVG path."""
        return self.svg.partition(' d="')[2].partition('"')[0]


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
