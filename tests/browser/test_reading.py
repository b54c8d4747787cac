"""Tests of the reading aids on a section page: one sentence per line, indent, cards in place, large type, reading aloud.

Knows a fake speech synthesizer. Leaves the look of the components to `test_look`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.site_pages import squeezed

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

SLUG = "gongshu-2024"
SECTION = f"{SLUG}/1/8/index.html"
WORDS = "[...document.querySelectorAll('[data-text]')].map(e => e.innerText).join('')"

# A fake speech synthesizer. It records each text and voice (`said`) and the highlighted sentence (`lit`), and keeps the
# last utterance in `held`; a test ends that utterance by calling `held.onend()`.
STAND_IN = """
window.said = []; window.lit = []; window.held = null;
class Words { constructor(text) { this.text = text; } }
window.SpeechSynthesisUtterance = Words;
const voices = VOICES;
Object.defineProperty(window, 'speechSynthesis', {value: {
  getVoices: () => voices, cancel() { window.held = null; },
  speak(words) {
    window.said.push([words.text, words.voice.name]);
    window.lit.push([...document.querySelectorAll('.spoken')].map(e => e.textContent));
    window.held = words;
  },
}});
"""
LOCAL = "[{name: 'far', lang: 'zh-CN', localService: false}, {name: 'near', lang: 'zh-CN', localService: true}]"


@pytest.fixture
def page(browser: Browser, built_site: Path) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    opened.goto((built_site / SECTION).as_uri())
    yield opened
    context.close()


def test_line_view_puts_each_sentence_on_a_line_changes_no_character_and_is_remembered(page: Page) -> None:
    before = squeezed(page.evaluate(WORDS))
    page.click("[data-lines]")
    assert squeezed(page.evaluate(WORDS)) == before
    starts = page.evaluate("[...document.querySelectorAll('.p .s')].map(e => Math.round(e.getClientRects()[0].left))")
    assert len(starts) > 5
    assert max(starts) - min(starts) < 12, "a sentence does not begin a line"
    assert page.evaluate("document.querySelectorAll('.p .step').length") >= 4
    page.reload()
    assert page.get_attribute("[data-lines]", "aria-pressed") == "true", "the choice was not remembered"


def test_indent_button_indents_paragraphs_by_two_characters_and_is_remembered(page: Page) -> None:
    indents = "[...document.querySelectorAll('.p.role-text:not(.on)')].map(e => parseFloat(getComputedStyle(e).textIndent) / parseFloat(getComputedStyle(e).fontSize))"  # fmt: skip
    assert set(page.evaluate(indents)) == {0}
    before = squeezed(page.evaluate(WORDS))
    page.click("[data-indent]")
    assert set(page.evaluate(indents)) == {2}
    assert squeezed(page.evaluate(WORDS)) == before
    page.reload()
    assert page.get_attribute("[data-indent]", "aria-pressed") == "true", "the choice was not remembered"


def test_enter_on_a_figure_opens_its_card_and_escape_returns_the_focus(page: Page) -> None:
    page.wait_for_function("() => document.querySelector('a.f').getAttribute('role') === 'button'")
    figures = page.evaluate("[...document.querySelectorAll('a.f')].map(e => e.dataset.gloss)")
    ready = page.evaluate("[...document.querySelectorAll('[id^=x-f-]')].map(e => e.id.slice(2))")
    assert len(figures) > 20
    assert set(figures) <= set(ready)
    page.focus("a.f")
    page.keyboard.press("Enter")
    card = page.locator("[role=dialog].wr-gloss")
    assert card.is_visible()
    assert card.locator(".all a").first.get_attribute("href").startswith("../../indicators/index.html#r-")
    page.keyboard.press("Escape")
    assert card.count() == 0
    assert page.evaluate("document.activeElement.matches('a.f')")


def test_focus_on_a_figure_shows_its_card_without_moving_the_focus(page: Page) -> None:
    """The focus stays on the figure: Tab moves on to the next, Escape closes the card, Enter moves into the card."""
    page.wait_for_function("() => document.querySelector('a.f').getAttribute('role') === 'button'")
    card, at = page.locator("[role=dialog].wr-gloss"), "document.activeElement.dataset.gloss"
    stops = page.evaluate(
        "[...document.querySelectorAll('a.f')].filter(e => e.tabIndex === 0).map(e => e.dataset.gloss)"
    )
    page.keyboard.press("Tab")
    page.focus("a.f")
    assert card.count() == 1
    assert page.evaluate(at) == stops[0]
    while page.evaluate(at) != stops[1]:
        page.keyboard.press("Tab")
    assert card.count() == 1
    word = page.evaluate(f"document.querySelector('#x-{stops[1]} .word').textContent")
    assert card.get_attribute("aria-label") == word
    page.keyboard.press("Escape")
    assert card.count() == 0
    assert page.evaluate(at) == stops[1]
    page.keyboard.press("Enter")
    assert page.evaluate("document.querySelector('.wr-gloss').contains(document.activeElement)")
    page.keyboard.press("Escape")
    assert (card.count(), page.evaluate(at)) == (0, stops[1])


def test_click_on_a_name_opens_a_card_that_refers_to_the_name_index(page: Page) -> None:
    page.wait_for_function("() => document.querySelector('a.n').getAttribute('role') === 'button'")
    page.click("a.n")
    card = page.locator(".wr-gloss")
    assert card.locator(".word").is_visible()
    assert "名称索引" in card.inner_text()


def test_figure_without_javascript_links_to_its_row_in_the_indicator_table(browser: Browser, built_site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((built_site / SECTION).as_uri())
    page.locator("a.f").first.click()
    page.wait_for_url("**/indicators/index.html#r-*")
    assert page.locator("tr:target").count() == 1
    context.close()


def test_progress_bar_grows_while_scrolling_down_and_is_empty_at_the_top(page: Page) -> None:
    done = "new DOMMatrix(getComputedStyle(document.querySelector('.wr-progress')).transform).a"
    assert page.evaluate(done) == 0
    page.evaluate("document.querySelector('.turn').scrollIntoView()")
    page.wait_for_function(f"() => {done} > 0.5")
    page.evaluate("scrollTo(0, 0)")
    page.wait_for_function(f"() => {done} === 0")


def test_large_type_is_24_px_with_44_px_buttons_and_is_remembered_on_other_pages(page: Page, built_site: Path) -> None:
    page.click("[data-elder]:visible")
    size = "parseFloat(getComputedStyle(document.querySelector('.p')).fontSize)"
    height = "parseFloat(getComputedStyle(document.querySelector('.p')).lineHeight)"
    assert round(page.evaluate(size)) == 24
    assert round(page.evaluate(height)) == 48
    page.goto((built_site / SLUG / "notes" / "index.html").as_uri())
    assert page.evaluate("document.documentElement.classList.contains('wr-elder')")
    low = page.evaluate(
        "Math.min(...[...document.querySelectorAll('.wr-tools button, .wr-thumb > *')].map(e => e.offsetHeight).filter(Boolean))"
    )
    assert low >= 44
    page.click("[data-elder]:visible")
    assert not page.evaluate("document.documentElement.classList.contains('wr-elder')")


def page_reading_aloud(browser: Browser, site: Path, voices: str) -> Page:
    page = browser.new_context().new_page()
    page.add_init_script(STAND_IN.replace("VOICES", voices))
    page.goto((site / SECTION).as_uri())
    page.click("[data-aloud]")
    return page


def test_reading_aloud_speaks_and_highlights_one_sentence_at_a_time_with_a_local_voice(
    browser: Browser, built_site: Path
) -> None:
    page = page_reading_aloud(browser, built_site, LOCAL)
    page.wait_for_function("() => window.said.length === 1")
    sentences = page.evaluate("[...document.querySelectorAll('.text .s')].filter(e => e.offsetParent).map(e => e.textContent)")  # fmt: skip
    for count in range(2, 5):
        page.evaluate("window.held.onend()")
        page.wait_for_function(f"() => window.said.length === {count}")
    said = page.evaluate("window.said")
    assert [text for text, _ in said] == sentences[:4]
    assert {voice for _, voice in said} == {"near"}, "a voice was used that sends the text to a server"
    assert page.evaluate("window.lit") == [[text] for text in sentences[:4]]
    page.click("[data-aloud]")
    assert page.evaluate("document.querySelectorAll('.spoken').length") == 0
    assert page.inner_text("[data-aloud]") == "朗读"
    page.context.close()


# Clicks 朗读 three times before a voice is available, then adds one. Returns how many texts were spoken at once and after
# another 1500 ms, which is how long the page waits for a voice.
PRESSED_AGAIN = """async () => {
  const button = document.querySelector('[data-aloud]'), speech = window.speechSynthesis;
  const rest = ms => new Promise(done => setTimeout(done, ms));
  button.click();
  button.click();
  while (!speech.onvoiceschanged) await rest(5);
  button.click();
  speech.getVoices().push(...LOCAL);
  speech.onvoiceschanged();
  const once = window.said.length;
  await rest(1500);
  return [once, window.said.length];
}"""


def test_reading_aloud_pressed_again_before_a_voice_is_ready_speaks_once(browser: Browser, built_site: Path) -> None:
    """On a slow phone, the script and the voices load late, so a reader may press the button again."""
    with closing(browser.new_context()) as context:
        page = context.new_page()
        page.add_init_script(STAND_IN.replace("VOICES", "[]"))
        page.goto((built_site / SECTION).as_uri())
        assert page.evaluate(PRESSED_AGAIN.replace("LOCAL", LOCAL)) == [1, 1]
        assert page.get_attribute("[data-aloud]", "aria-pressed") == "true"


@pytest.mark.long
@pytest.mark.parametrize("voices", ["[]", "[{name: 'far', lang: 'zh-CN', localService: false}]"])
def test_reading_aloud_without_a_local_chinese_voice_disables_its_button_with_a_reason(
    browser: Browser, built_site: Path, voices: str
) -> None:
    page = page_reading_aloud(browser, built_site, voices)
    page.wait_for_selector("[data-aloud]:disabled")
    assert "没有中文语音" in page.inner_text("[data-aloud]")
    assert page.evaluate("window.said") == []
    page.context.close()
