"""一图读懂 and the social cards are drawn with the right sizes, text, edges and QR codes."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
import segno

from tests.archive import png
from tests.archive.poster.poster_reports import ADDRESS, MARKUP, SITE, drawn, needs_fonts, pictures, squeezed, words_of
from workreport.archive import poster
from workreport.model import Reading
from workreport.website import addresses
from workreport.website.pages import report_of
from workreport.website.pages.views import picture


@needs_fonts
def test_pictures_have_the_expected_sizes(book: Reading) -> None:
    screens = len(pictures(book)["long.png"].data["screens"])  # type: ignore[arg-type]
    for name, drawing in pictures(book).items():
        size = png.size(drawn(drawing))
        wanted = (1080, 1440 * screens) if name == "long.png" else (1200, 630) if "cards/" in name else (1080, 1440)
        assert size == wanted, name


def told(screen: dict[str, poster.Plain], most: int = 9) -> dict[str, poster.Plain]:
    """The words of a screen without its colours, with at most so many of the further figures and ranks."""
    return {
        key: value[:most] if key in ("figures", "ranks") and isinstance(value, list) else value
        for key, value in screen.items()
        if key not in ("ground", "soft", "line", "wash")
    }


@needs_fonts
@pytest.mark.parametrize("name", ["book", "hostile", "bare"])
def test_each_screen_has_its_texts_and_whose_report_it_is(name: str, request: pytest.FixtureRequest) -> None:
    for picture in pictures(request.getfixturevalue(name)).values():
        if picture.template != "screen.typ" or len(picture.data["screens"]) > 1:  # type: ignore[arg-type]
            continue
        words = words_of(picture)
        [screen] = picture.data["screens"]  # type: ignore[misc]
        texts = [*poster.texts(told(screen, 1)), *poster.texts([picture.data["source"], picture.data["address"]])]  # type: ignore[list-item,arg-type]
        assert [text for text in texts if squeezed(text) not in words] == []


@needs_fonts
def test_long_picture_has_every_screen(book: Reading) -> None:
    words = words_of(pictures(book)["long.png"])
    for screen in pictures(book)["long.png"].data["screens"]:  # type: ignore[union-attr]
        assert squeezed(screen["title"]) in words  # type: ignore[index,call-overload,arg-type]
        assert [text for text in poster.texts(screen["figure"]) if squeezed(text) not in words] == []  # type: ignore[index,call-overload,arg-type]


@needs_fonts
def test_markup_of_a_report_is_drawn_as_text(hostile: Reading) -> None:
    title = squeezed(MARKUP)
    assert title in words_of(pictures(hostile)["cards/1-1.png"])


def rims(picture: png.Png, rim: int) -> Iterator[tuple[int, bytes]]:
    """Number and pixels of each row that has more than one colour in its left or right edge of `rim` pixels."""
    for y, row in enumerate(picture.rows):
        pixel = row[: picture.channels]
        if row[: rim * picture.channels] != pixel * rim or row[-rim * picture.channels :] != pixel * rim:
            yield y, row


def without_mark(picture: poster.Picture) -> poster.Picture:
    """The picture without the large mark behind its words: it alone runs into the edge."""
    bare = re.sub(rb"behind\(\d+pt, [a-z.]+\)", b"[]", picture.source)
    assert bare != picture.source
    return replace(picture, source=bare)


@pytest.mark.long
@needs_fonts
@pytest.mark.parametrize("name", ["hostile", "long_names"])
@pytest.mark.parametrize("which", ["poster.png", "economy.png", "ranks.png", "cards/front.png", "cards/1-2.png"])
def test_nothing_is_drawn_in_the_edge_of_a_picture(name: str, which: str, request: pytest.FixtureRequest) -> None:
    found = pictures(request.getfixturevalue(name)).get(which)
    if found is None:
        assert which in ("economy.png", "ranks.png")
        return
    picture = png.read(drawn(without_mark(found)))
    assert [y for y, _ in rims(picture, 48)] == []
    assert all(row == row[: picture.channels] * picture.width for row in picture.rows[-12:]), (
        "nothing is drawn in the lowest 12 rows"
    )


@needs_fonts
def test_content_in_the_edge_of_a_picture_is_detected(book: Reading) -> None:
    picture = pictures(book)["cards/front.png"]
    wide = replace(picture, source=picture.source.replace(b"let margin = 72pt", b"let margin = 20pt"))
    assert wide.source != picture.source
    assert list(rims(png.read(drawn(without_mark(wide))), 48))
    assert not list(rims(png.read(drawn(without_mark(picture))), 48))


@needs_fonts
def test_qr_code_of_the_poster_is_the_address_of_the_report(book: Reading) -> None:
    found = png.read(drawn(pictures(book)["poster.png"]))
    black = bytes((0, 0, 0))
    dark = [(x, y) for y in range(found.height // 2, found.height) for x in range(760, found.width) if found.at(x, y)[:3] == black]
    left, top = min(x for x, _ in dark), min(y for _, y in dark)
    right, bottom = max(x for x, _ in dark) + 1, max(y for _, y in dark) + 1
    wanted = segno.make(f"{ADDRESS}{book.meta.slug}/", error="m", micro=False)
    side = wanted.symbol_size(border=0)[0]
    assert abs((right - left) - (bottom - top)) <= 2
    step = (right - left) / side
    assert step >= 4, "each square of the code is large enough for a camera"
    read = [
        [found.at(int(left + (x + 0.5) * step), int(top + (y + 0.5) * step))[0] < 128 for x in range(side)]
        for y in range(side)
    ]
    assert read == [[bool(module) for module in row] for row in wanted.matrix]


def test_qr_code_of_the_picture_page_is_the_address_beside_it(book: Reading) -> None:
    view = picture.picture_view(report_of(book), addresses.report(book, "picture"), SITE)
    assert view.address == f"{ADDRESS}{book.meta.slug}/"
    assert view.square
    assert view.square.svg == picture.square(html.unescape(view.address)).svg
