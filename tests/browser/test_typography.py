"""The lines that a browser sets keep the rules of Chinese typesetting, at three widths, plain and in large type."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conftest import sampled

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

SLUG = "gongshu-2024"

# The lines of every paragraph: the report's own characters, cut where one stands lower than the one before it.
LINES = """() => [...document.querySelectorAll('.p')].map(paragraph => {
  const lines = [''];
  let low = null;
  for (const sentence of paragraph.querySelectorAll('[data-text]')) {
    const walker = document.createTreeWalker(sentence, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const range = document.createRange();
      for (let i = 0; i < node.data.length; i++) {
        range.setStart(node, i); range.setEnd(node, i + 1);
        const box = range.getBoundingClientRect();
        if (!box.height) continue;
        if (low !== null && box.top > low) lines.push('');
        low = box.top + box.height / 2;
        lines[lines.length - 1] += node.data[i];
      }
    }
  }
  return lines;
}).filter(lines => lines.length > 1)"""

CLOSING = "，。、；：？！）》」』”’〉】〕％%"
OPENING = "（《「『“‘〈【〔"


def broken(lines: list[str]) -> Iterator[str]:
    """What a paragraph's lines do against the rules."""
    for above, below in pairwise(lines):
        if below[:1] in CLOSING:
            yield f"a line begins with {below[:6]!r}"
        if above[-1:] in OPENING:
            yield f"a line ends with {above[-6:]!r}"
        if above[-1:] == below[:1] and below[:1] in "—…":
            yield f"a dash or ellipsis is parted: {above[-6:]!r} / {below[:6]!r}"
        if above[-1:].isdecimal() and below[:1].isdecimal():
            yield f"a number is parted: {above[-6:]!r} / {below[:6]!r}"
    if sum(character not in CLOSING for character in lines[-1]) < 2:
        yield f"the last line is {lines[-1]!r}"


def test_the_rules_see_what_breaks_them() -> None:
    assert list(broken(["一二三", "四五六。"])) == []
    assert len(list(broken(["一二三", "，四五六。"]))) == 1
    assert len(list(broken(["一二（", "三）四五六。"]))) == 1
    assert len(list(broken(["一二—", "—三四。"]))) == 1
    assert len(list(broken(["增长1", "0亿元。"]))) == 1
    assert len(list(broken(["一二三", "四。"]))) == 1


@pytest.mark.parametrize("width", sampled([360, 768, 1440], 3))
@pytest.mark.parametrize("large", [False, True], ids=["plain", "large"])
def test_every_line_keeps_the_rules(browser: Browser, built_site: Path, width: int, large: bool) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900})
    try:
        page = context.new_page()
        page.goto((built_site / SLUG / "text" / "index.html").as_uri())
        if large:
            page.click("[data-elder]")
        paragraphs = page.evaluate(LINES)
        assert len(paragraphs) >= 10
        assert [f"{problem} in {''.join(lines)[:20]}" for lines in paragraphs for problem in broken(lines)] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    finally:
        context.close()
