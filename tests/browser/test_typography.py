"""Tests that line breaks in Chromium follow the rules of Chinese typesetting, at three widths, in normal and large type.

Knows the rules and how to read the lines of a rendered paragraph. Leaves fonts and sizes to `test_look`.
"""

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

# Returns the rendered lines of each paragraph with more than one line. A new line begins where a character lies lower than
# the character before it. Only the report's own text counts.
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
    """Yield a description of every place where a paragraph's lines break a rule.

    The rules: no closing punctuation at the start of a line, no opening bracket or quote at its end, no split number, dash
    or ellipsis, and at least 2 characters besides punctuation in the last line.
    """
    for above, below in pairwise(lines):
        if below[:1] in CLOSING:
            yield f"a line begins with {below[:6]!r}"
        if above[-1:] in OPENING:
            yield f"a line ends with {above[-6:]!r}"
        if above[-1:] == below[:1] and below[:1] in "—…":
            yield f"a dash or ellipsis is split: {above[-6:]!r} / {below[:6]!r}"
        if above[-1:].isdecimal() and below[:1].isdecimal():
            yield f"a number is split: {above[-6:]!r} / {below[:6]!r}"
    if sum(character not in CLOSING for character in lines[-1]) < 2:
        yield f"the last line is {lines[-1]!r}"


def test_each_broken_typesetting_rule_is_found_once_and_correct_lines_pass() -> None:
    assert list(broken(["一二三", "四五六。"])) == []
    assert len(list(broken(["一二三", "，四五六。"]))) == 1
    assert len(list(broken(["一二（", "三）四五六。"]))) == 1
    assert len(list(broken(["一二—", "—三四。"]))) == 1
    assert len(list(broken(["增长1", "0亿元。"]))) == 1
    assert len(list(broken(["一二三", "四。"]))) == 1


@pytest.mark.long
@pytest.mark.parametrize("width", sampled([360, 768, 1440], 3))
@pytest.mark.parametrize("large", [False, True], ids=["plain", "large"])
def test_lines_of_the_full_text_break_no_typesetting_rule(
    browser: Browser, built_site: Path, width: int, large: bool
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900})
    try:
        page = context.new_page()
        page.goto((built_site / SLUG / "text" / "index.html").as_uri())
        if large:
            page.click("[data-elder]:visible")
        paragraphs = page.evaluate(LINES)
        assert len(paragraphs) >= 10
        assert [f"{problem} in {''.join(lines)[:20]}" for lines in paragraphs for problem in broken(lines)] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    finally:
        context.close()
