"""一图读懂 and the social cards have the right texts, and pages link to them."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.archive import png
from tests.conftest import must_build
from workreport.analysis.headlines import headlines
from workreport.archive import poster
from workreport.model import Publication, Reading
from workreport.project import fonts
from workreport.website import addresses, finishing
from workreport.website.pages import cut_text, render, report_of
from workreport.website.pages.views import picture

if TYPE_CHECKING:
    from playwright.sync_api import Browser
from tests.archive.poster.poster_reports import (
    ADDRESS,
    PLAIN,
    SITE,
    TEMPLATES,
    needs_fonts,
    page_of,
    pictures,
    squeezed,
    taken,
)


def view_of(reading: Reading) -> picture.PicturePage:
    """The view of the picture page of a report."""
    return picture.picture_view(report_of(reading), addresses.report(reading, "picture"), SITE)


def test_values_of_a_screen_are_those_of_its_figures(book: Reading) -> None:
    for shown in view_of(book).screens:
        told = poster.screen_values(shown)
        assert (told["title"], told["when"]) == (shown.screen.title, shown.screen.when)
        for figure, value in zip(shown.screen.figures, told["figures"], strict=True):  # type: ignore[arg-type]
            assert isinstance(value, dict)
            card = figure.card
            assert value["name"] == figure.name
            written = "".join(str(value[key]) for key in ("before", "value", "between", "unit", "after"))
            assert written == (card.figure.text if card.figure else "")
            assert value["change"] == (card.change.words if card.change else "")
            assert value["ranks"] == [f"{rank.what}{rank.text}" for rank in card.ranks[:2]]


def test_indicators_chosen_by_the_publisher_come_first(book: Reading) -> None:
    last = [i.id for i in book.indicators if i.value][-8:]
    chosen = replace(book, found=replace(book.found, front=tuple(last)))
    assert [i.id for i in headlines(chosen, 6)] == last[:6]
    pinned = replace(book, found=replace(book.found, pinned=(last[-1],)))
    assert headlines(pinned, 6)[0].id == last[-1]


def test_no_picture_shows_a_digest(book: Reading) -> None:
    for drawing in pictures(book).values():
        assert not [text for text in poster.texts(drawing.data) if book.source.sha256[:8] in text]


def test_front_page_and_every_section_page_have_a_social_card(book: Reading) -> None:
    names = {f"cards/{section.id.replace('/', '-')}.png" for section in book.paged}
    screens = {f"{shown.screen.id}.png" for shown in view_of(book).screens}
    assert "poster.png" in screens
    assert set(pictures(book)) == {"long.png", "cards/front.png", *screens, *names}
    data = pictures(book)[f"cards/{book.paged[1].id.replace('/', '-')}.png"].data
    assert data["title"] == book.paged[1].title
    assert book.meta.name == data["kicker"]


def test_long_picture_has_the_screens_one_under_another_on_two_grounds(book: Reading) -> None:
    long = pictures(book)["long.png"].data["screens"]
    assert isinstance(long, list)
    alone = [pictures(book)[f"{shown.screen.id}.png"].data["screens"] for shown in view_of(book).screens]
    assert [[screen] for screen in long] == alone
    grounds = [screen["ground"] for screen in long]  # type: ignore[index,call-overload]
    assert len(grounds) > 2
    assert len(set(grounds)) == 2
    assert all(one != other for one, other in pairwise(grounds))


def test_report_without_figures_has_one_screen_with_the_titles_of_its_parts(tmp_path: Path) -> None:
    parts = "".join(f"## {n}、第{n}部分\n\n做好工作。\n\n" for n in "一二三四五六七八九十")
    shown = view_of(taken("# 政府工作报告\n\n" + parts, tmp_path)).screens
    assert [one.screen.id for one in shown] == ["poster"]
    assert len(shown[0].lines) == picture.LINES
    assert shown[0].lines[0] == "一、第一部分"


@given(st.text(max_size=300), st.integers(1, 40))
def test_cut_text_is_one_line_within_the_width(text: str, most: int) -> None:
    made = cut_text.cut(text, most)
    assert cut_text.width(made) <= most + 1
    assert "\n" not in made
    assert made.endswith("…") or cut_text.cut(made, most) == made


def test_line_of_five_million_characters_is_cut() -> None:
    assert len(cut_text.cut("数" * 5_000_000, 20)) == 20


@pytest.mark.parametrize("name", ["book", "hostile", "bare", "long_names"])
def test_picture_page_has_every_text_of_the_picture(name: str, request: pytest.FixtureRequest) -> None:
    reading = request.getfixturevalue(name)
    page = page_of(reading)
    words = squeezed(page.words)
    view = view_of(reading)
    told = [poster.values(view), *({**poster.screen_values(shown), "quote": shown.screen.quote.text if shown.screen.quote else ""} for shown in view.screens)]  # fmt: skip
    missing = [text for text in poster.texts(told) if squeezed(text) not in words]
    assert missing == []
    described = [value for tag, key, value in page.attributes if (tag, key) == ("img", "aria-describedby")]
    assert described == [f"words-{shown.screen.id}" for shown in view.screens]
    assert set(described) <= {value for _, key, value in page.attributes if key == "id"}
    saved = [value for tag, key, value in page.attributes if (tag, key) == ("a", "download")]
    assert saved == [*(shown.file for shown in view.screens), view.long_file]


def test_no_qr_code_and_no_social_card_without_an_address(book: Reading) -> None:
    page = page_of(book, PLAIN)
    assert "svg" not in {tag for tag, _, _ in page.attributes}
    assert "扫码" not in page.words
    assert all(picture.data["square"] is False for picture in pictures(book, PLAIN).values() if picture.template == "screen.typ")  # fmt: skip
    docs = render(Publication((book,)), PLAIN, TEMPLATES)
    assert not any("\ncard:" in text.split("\n---\n", 1)[0] for text in docs.values())


def test_every_page_of_a_report_names_its_social_card(book: Reading) -> None:
    docs = render(Publication((book,)), SITE, TEMPLATES)
    for path, text in docs.items():
        if path.startswith(book.meta.slug) and path.endswith(".md"):
            found = re.search(r'^card: "(.*)"$', text.split("\n---\n", 1)[0], re.MULTILINE)
            assert found, path
            section = path.removeprefix(f"{book.meta.slug}/").removesuffix("/index.md")
            assert found[1] == picture.card_path(book, section if section in book.page_of else "")


META = '<meta property="og:image" content="https://a.b/x/picture/cards/1.png" data-needs="../picture/cards/1.png">'
FINISHED = f"""<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>x</title>
{META}
<meta property="og:title" content="x"></head>
<body><p data-needs="../picture/long.png" hidden><a href="../picture/long.png">保存长图</a></p>
<p data-needs-no="../picture/long.png" hidden>没有制作图片</p></body></html>"""
"""A page with links to two pictures, as it is before `finishing` removes links to pictures that are missing."""


@pytest.mark.parametrize("drawn_too", [True, False])
def test_page_links_only_to_pictures_that_were_drawn(tmp_path: Path, drawn_too: bool) -> None:
    for folder in ("1", "picture/cards"):
        (tmp_path / folder).mkdir(parents=True)
    page = tmp_path / "1" / "index.html"
    page.write_text(FINISHED, encoding="utf-8")
    if drawn_too:
        (tmp_path / "picture" / "long.png").write_bytes(b"")
        (tmp_path / "picture" / "cards" / "1.png").write_bytes(b"")
    finishing.finish(tmp_path, address="", dates={})
    text = page.read_text(encoding="utf-8")
    assert ('property="og:image"' in text) is drawn_too
    assert ("保存长图" in text) is drawn_too
    assert 'property="og:title"' in text
    assert ("没有制作图片" in text) is not drawn_too
    assert text.count("hidden") == 1
    assert '<meta property="og:image" content="https://a.b/x/picture/cards/1.png">' in text or not drawn_too


@pytest.mark.long
def test_build_of_pages_alone_links_to_no_picture(project_copy: Callable[[str], Path]) -> None:
    project = project_copy("pages-alone")
    (project / "site.toml").write_text(f'address = "{ADDRESS}"\n', encoding="utf-8")
    built = must_build(project, "--quiet", "--only", "site")
    slug = next(path.name for path in (project / "reports").iterdir())
    page = (built / slug / "picture" / "index.html").read_text(encoding="utf-8")
    assert "<img" not in page
    assert "保存长图" not in page
    assert re.search(r'<p class="lede" data-needs-no="[^"]*">这一版没有制作图片', page)
    assert 'property="og:title"' in page
    assert not [path for path in built.rglob("*.html") if "og:image" in path.read_text(encoding="utf-8")]


FONTLESS = "from workreport.project import fonts; fonts.folders = lambda: (); from workreport.commands import main; raise SystemExit(main())"
"""Runs the command line as on a machine without fonts."""


@pytest.mark.long
def test_build_continues_without_fonts(project_copy: Callable[[str], Path]) -> None:
    project = project_copy("fontless")
    (project / "site.toml").write_text(f'address = "{ADDRESS}"\n', encoding="utf-8")
    done = subprocess.run([sys.executable, "-c", FONTLESS, "build"], cwd=project, capture_output=True, encoding="utf-8", check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert fonts.HEI.brought_by in done.stdout + done.stderr
    assert not [path for path in (project / "site").rglob("*.png") if path.parent.name in ("picture", "cards")]
    for path in sorted((project / "site").rglob("*.html")):
        page = path.read_text(encoding="utf-8")
        assert "og:image" not in page, path
        assert "保存长图" not in page, path


@pytest.mark.long
@needs_fonts
def test_built_pages_have_their_social_card_where_the_address_is_set(project_copy: Callable[[str], Path]) -> None:
    project = project_copy("with-cards")
    (project / "site.toml").write_text(f'address = "{ADDRESS}"\n', encoding="utf-8")
    built = must_build(project, "--quiet")
    slug = next(path.name for path in (project / "reports").iterdir())
    for path in sorted((built / slug).rglob("index.html")):
        told = dict(re.findall(r'<meta (?:property|name)="((?:og|twitter):[a-z:]+)" content="([^"]*)"', path.read_text(encoding="utf-8")))  # fmt: skip
        assert told["og:image"].startswith(ADDRESS), path
        card = (built / told["og:image"].removeprefix(ADDRESS)).read_bytes()
        assert png.size(card) == (int(told["og:image:width"]), int(told["og:image:height"])) == (1200, 630)
        assert told["twitter:card"] == "summary_large_image"
        assert told["og:title"]
        assert told["og:description"]
    page = (built / slug / "picture" / "index.html").read_text(encoding="utf-8")
    assert page.count("<img") == len(list((built / slug / "picture").glob("*.png"))) - 1 >= 4
    assert sum(path.stat().st_size for path in built.rglob("*") if path.is_file() and built / "archive" not in path.parents) < 6_000_000  # fmt: skip


@needs_fonts
@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 360, 1440])
def test_picture_page_fits_every_width_and_needs_no_script(browser: Browser, built_site: Path, width: int) -> None:
    slug = next(path.parent.parent.name for path in built_site.glob("*/picture/index.html"))
    context = browser.new_context(java_script_enabled=False, viewport={"width": width, "height": 800})
    page = context.new_page()
    page.goto((built_site / slug / "picture" / "index.html").as_uri())
    assert page.locator("h1").is_visible()
    shots = page.locator(".shot-of img").all()
    assert len(shots) >= 4
    for shot in shots:
        shot.scroll_into_view_if_needed()
        assert shot.evaluate("async image => { await image.decode(); return image.naturalWidth; }") == 1080
    assert page.locator(".shot-of a[download]").count() == len(shots) + 1
    assert page.evaluate("document.documentElement.scrollWidth") == width
    context.close()
