"""Tests that a page of our marks is written whole, and that MkDocs and `toc` see of it all that they prove or change."""

from __future__ import annotations

import gc
import re
from xml.etree.ElementTree import Element

import markdown
import pytest

from workreport.website.marks.markdown_blocks import page_blocks
from workreport.website.marks.page import append_page
from workreport.website.marks.serializer import WrittenPage, serialized

MARKS = "workreport.website.marks"
PAGE = """\
# [一、]{.number}甲县 {#h-1 sentence=s0000000a}

见[乙镇](../b/index.md#n-1)、[丙](#figures)，又见[乙镇](../b/index.md#n-1)。 {#s0000000b}
{#p0000000a}

## 指标 {#figures}

- [投资 [**3**亿元]{.figure}](#s0000000b-f1)
- [产值 & <利润>](../c.md?a=1&b=2 "又 &quot;说\\"")

---

无名 {.lede}
"""


def page_of(text: str) -> Element:
    page = Element("div")
    append_page(page, page_blocks(text.split("\n")), "")
    return page


def test_page_that_nobody_changes_is_written_as_its_elements() -> None:
    inside = serialized(page_of(PAGE)).removeprefix("<div>").removesuffix("</div>")
    assert WrittenPage(page_of(PAGE)).html() == inside
    assert inside.count("<a ") > 5


def test_page_shows_others_each_address_and_each_id_and_its_headings() -> None:
    written = WrittenPage(page_of(PAGE))
    html = written.html()
    seen = list(written.iter())
    assert sorted(element.get("href", "") for element in seen if element.tag == "a") == sorted(
        ["../b/index.md#n-1", "#figures", "#s0000000b-f1", "../c.md?a=1&b=2"]
    )
    assert {name for element in seen if (name := element.get("id"))} == set(re.findall(' id="([^"]*)"', html))
    assert [element.tag for element in written if re.fullmatch("h[1-6]", element.tag)] == ["h1", "h2"]


def test_what_others_make_of_addresses_and_headings_stands_in_the_page() -> None:
    written = WrittenPage(page_of(PAGE))
    for element in written.iter("a"):
        element.set("href", element.get("href", "").replace("index.md", "x&y/"))
    heading = written.find("h2")
    assert heading is not None
    heading.set("id", "changed")
    html = written.html()
    assert html.count('href="../b/x&amp;y/#n-1"') == 2
    assert "index.md" not in html
    assert '<h2 id="changed">指标</h2>' in html


@pytest.mark.parametrize(
    ("settings", "heading"),
    [
        ({}, '<h1 id="_1">甲县</h1>'),
        ({"permalink": "#"}, '<h1 id="_1">甲县<a href="#_1" class="headerlink" title="Permanent link">#</a></h1>'),
    ],
)
def test_table_of_contents_gives_a_heading_its_id_and_link(settings: dict[str, str], heading: str) -> None:
    html = markdown.markdown("# 甲县\n\n乙。\n", extensions=[MARKS, "toc"], extension_configs={"toc": settings})
    assert html == f"{heading}<p>乙。</p>"


@pytest.mark.parametrize("text", [PAGE, "- 甲\n\n{.indicator-list}\n"])
@pytest.mark.parametrize("collects", [True, False])
def test_page_leaves_the_garbage_collector_as_it_was_even_after_an_error(text: str, *, collects: bool) -> None:
    before = gc.isenabled()
    (gc.enable if collects else gc.disable)()
    try:
        markdown.markdown(text, extensions=[MARKS])
    except ValueError:
        assert text != PAGE
    finally:
        after = gc.isenabled()
        (gc.enable if before else gc.disable)()
    assert after == collects
