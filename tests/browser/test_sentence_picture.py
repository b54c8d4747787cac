"""Tests in Chromium of a sentence as a picture: its words, its lines, its size, and the PNG that is saved or copied.

Knows the plan of the picture (what stands where) and the pixels that come of it. Leaves the QR code to `test_citing`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.archive import png
from tests.conftest import sampled
from tests.site_pages import squeezed

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

SLUG = "gongshu-2024"
SECTION = f"{SLUG}/1/8/index.html"
NEVER_FIRST = "，。、；：？！…—）》〉」』】〕”’％%‰"
NEVER_LAST = "（《〈「『【〔“‘"
EDGE, SIDE = 96, 1080
LIT = bytes.fromhex("ffe08a")
INVENTED = (
    "短句。",
    "“十四五”期间，我们办成了（看得见、摸得着的）《民生实事》——每一件都有人问、有人管……",
    "新建ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFG号平台。",
    "增长" * 700 + "。",
    "百分之" + "，" * 60 + "完。",
)
SECOND = "document.getElementById(document.querySelectorAll('.text .cite[data-n]')[1].hash.slice(1)).textContent"
PLAN = """([runs, address]) => {
  const look = {song: 'serif', hei: 'sans-serif'};
  const measure = globalThis.workreportPicture.measurer(look);
  const made = globalThis.workreportPicture.plan({
    runs, mark: '拱', title: '示例市2024年政府工作报告', day: '2024年2月21日', where: '（一）示例　第1句', address,
    code: address ? [[1, 0], [0, 1]] : null,
  }, measure);
  return {...made, right: Math.max(...made.items.filter(i => i.part === 'sentence').map(i => i.x + measure(i.text, i.font)))};
}"""


@pytest.fixture
def page(browser: Browser, built_site: Path) -> Iterator[Page]:
    """A page of a section, opened from the disk, with the scripts of the picture loaded by its first sentence."""
    with closing(browser.new_context(viewport={"width": 1280, "height": 900})) as context:
        opened = context.new_page()
        opened.goto((built_site / SECTION).as_uri())
        draw(opened, 0)
        yield opened


def draw(page: Page, number: int) -> None:
    """Make the picture of a sentence as a reader does: by its number, then the word in the notice."""
    page.locator(".text .cite[data-n]").nth(number).click()
    page.click(".wr-notice button >> text=做成图片")
    page.wait_for_selector(".wr-plate[open]")


def plan(page: Page, *runs: tuple[str, bool], address: str = "") -> dict[str, Any]:
    made: dict[str, Any] = page.evaluate(PLAN, [[{"text": text, "lit": lit} for text, lit in runs], address])
    return made


def words(made: dict[str, Any], part: str = "sentence") -> str:
    return "".join(item["text"] for item in made["items"] if item.get("part") == part)


def lines(made: dict[str, Any]) -> list[str]:
    """The words of each line, from top to bottom."""
    by_line: dict[float, str] = {}
    for item in made["items"]:
        if item.get("part") == "sentence":
            by_line[item["y"]] = by_line.get(item["y"], "") + item["text"]
    return list(by_line.values())


@pytest.mark.parametrize("text", sampled(INVENTED, 3))
def test_plan_has_the_exact_words_in_lines_that_break_where_chinese_may(page: Page, text: str) -> None:
    made = plan(page, (text, False))
    assert words(made) == text
    assert made["right"] <= SIDE - EDGE + 1
    if "，，" not in text and "ABC" not in text:
        assert [line for line in lines(made)[1:] if line[0] in NEVER_FIRST] == []
        assert [line for line in lines(made)[:-1] if line[-1] in NEVER_LAST] == []


@pytest.mark.long
def test_every_sentence_of_a_page_is_drawn_whole_in_a_square_or_a_taller_picture(page: Page) -> None:
    texts = page.eval_on_selector_all(".text .s", "all => all.map(e => e.textContent)")
    assert len(texts) > 5
    sizes = set()
    for text in [*texts, "".join(texts)]:
        made = plan(page, (text, False))
        assert squeezed(words(made)) == squeezed(text)
        assert made["width"] == SIDE <= made["height"]
        rule = next(item["y"] for item in made["items"] if item["kind"] == "box" and item["height"] == 2)
        sentence = [item for item in made["items"] if item.get("part") == "sentence"]
        size = int(re.findall(r"(\d+)px", sentence[0]["font"])[0])
        assert max(item["y"] for item in sentence) + size / 2 <= rule
        sizes.add((size, made["height"] > SIDE))
    assert len(sizes) >= 3, "the type does not shrink by steps"
    assert max(sizes)[1] is False
    assert (min(sizes)[0], True) in sizes, "a long sentence must make the picture taller"


def test_lit_figure_is_never_parted_and_stands_on_its_own_ground(page: Page) -> None:
    for lead in range(12):
        made = plan(page, ("一" * lead + "全年完成", False), ("1046.3亿元", True), ("，比上年多一些。", False))
        figure = [item for item in made["items"] if item.get("lit")]
        assert [item["text"] for item in figure] == ["1046.3亿元"]
        ground = next(item for item in made["items"] if item.get("fill") == "lit")
        assert ground["x"] == figure[0]["x"]


def test_foot_names_section_sentence_and_address_where_there_is_one(page: Page) -> None:
    bare = plan(page, ("短句。", False))
    assert words(bare, "where") == "（一）示例　第1句"
    assert words(bare, "address") == ""
    assert not [item for item in bare["items"] if item["kind"] == "code"]
    long = "https://www.a-long-name.example.gov.cn/reports/of-all-years/qinghe-2026/3/12/#s0123abcd"
    lines = [item for item in plan(page, ("短句。", False), address=long)["items"] if item.get("part") == "address"]
    assert "".join(line["text"] for line in lines) == long.removeprefix("https://")
    assert len({line["y"] for line in lines}) == 2
    told = plan(page, ("短句。", False), address="https://a.example.gov.cn/r/1/#s1")
    assert words(told, "address") == "a.example.gov.cn/r/1/#s1"
    assert [item["rows"] for item in told["items"] if item["kind"] == "code"] == [[[1, 0], [0, 1]]]


def saved(page: Page) -> bytes:
    with page.expect_download() as waiting:
        page.click(".wr-plate button >> text=保存图片")
    assert re.fullmatch(rf"{SLUG}-s[0-9a-f]{{8}}\.png", waiting.value.suggested_filename)
    return waiting.value.path().read_bytes()


def test_saved_file_is_a_png_with_words_and_a_lit_figure_and_the_same_in_dark_and_large_type(
    browser: Browser, built_site: Path
) -> None:
    pictures = []
    for scheme, elder in (("light", False), ("dark", False), ("light", True)):
        with closing(browser.new_context(viewport={"width": 360, "height": 740}, color_scheme=scheme)) as context:  # type: ignore[arg-type]
            if elder:
                context.add_init_script("localStorage.setItem('workreport.elder', 'on')")
            page = context.new_page()
            page.goto((built_site / SECTION).as_uri())
            if elder:
                page.click("[data-lines]")  # the numbers of sentences are hidden in large type until then
            draw(page, 1)
            label = page.get_attribute(".wr-plate canvas", "aria-label")
            assert label is not None
            assert label.removeprefix("图片：") == page.evaluate(SECOND)
            pictures.append(saved(page))
    assert pictures[0] == pictures[1] == pictures[2]
    drawn = png.read(pictures[0])
    assert (drawn.width, drawn.height) == (SIDE, SIDE)
    pixels = [drawn.at(x, y)[:3] for y in range(0, drawn.height, 3) for x in range(0, drawn.width, 3)]
    assert 200 < sum(pixel == LIT for pixel in pixels) < len(pixels) / 4
    dark = sum(max(pixel) < 90 for pixel in pixels)
    assert 500 < dark < len(pixels) / 4, "the words are not drawn"


def test_picture_opened_from_a_figure_lights_that_figure_alone(browser: Browser, built_site: Path) -> None:
    with closing(browser.new_context(viewport={"width": 1280, "height": 900})) as context:
        page = context.new_page()
        page.add_init_script(
            "window.told = []; const fill = CanvasRenderingContext2D.prototype.fillText;"
            "CanvasRenderingContext2D.prototype.fillText = function (text, ...rest) {"
            " if (this.font.includes('700') || this.font.includes('bold')) window.told.push(text);"
            " fill.call(this, text, ...rest); };"
        )
        page.goto((built_site / SECTION).as_uri())
        sentence = page.locator(".text .s").nth(2)
        every = sentence.locator("a.f.v").all_inner_texts()
        sentence.locator("a.f.v").nth(1).click()
        page.click(".wr-gloss >> text=做成图片")
        page.wait_for_selector(".wr-plate[open]")
        bold = page.evaluate("window.told")
    assert len(every) > 2
    assert [text for text in bold if text in every] == [every[1]]


def test_picture_is_copied_where_the_browser_allows_it(
    browser: Browser, built_site: Path, site_http: Callable[..., str]
) -> None:
    with closing(browser.new_context(permissions=["clipboard-read", "clipboard-write"])) as context:
        page = context.new_page()
        page.goto(site_http(built_site) + SECTION)
        draw(page, 1)
        page.click(".wr-plate button >> text=复制图片")
        page.wait_for_function("() => document.querySelector('.wr-notice').textContent === '已复制图片'")
        kinds = page.evaluate("navigator.clipboard.read().then(items => items[0].types)")
    assert kinds == ["image/png"]
