"""Tests that pages show exactly the source text with the applied repairs, and that every span of `inspect` is right.

Knows how to read the report's text from a rendered page. Leaves what is repaired or found to ingest and analysis.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import ROOT
from tests.inspection import Inspected, inspect
from tests.site_pages import squeezed

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SLUG = "gongshu-2024"
SOURCE = f"reports/{SLUG}/source.md"

DATA_TEXT = """() => {
  for (const fold of document.querySelectorAll('details')) fold.open = true;
  const marked = [...document.querySelectorAll('[data-text]')];
  return {
    words: marked.map(element => element.innerText),
    nested: marked.filter(element => element.parentElement.closest('[data-text]')).length,
  };
}"""


@pytest.fixture(scope="module")
def report(built_project: Path) -> Inspected:
    return inspect(built_project, SOURCE)


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page()
    yield opened
    opened.close()


def shown(page: Page, address: str) -> str:
    """Return the report's text on a page, in page order, with all `<details>` open and without whitespace."""
    answer = page.goto(address)
    assert answer is not None
    assert answer.ok, address
    found = page.evaluate(DATA_TEXT)
    assert found["nested"] == 0, f"{address}: an element with data-text is nested in another"
    return squeezed("".join(found["words"]))


def first_difference(shown_text: str, expected: str) -> str:
    at = next((i for i, (a, b) in enumerate(zip(shown_text, expected, strict=False)) if a != b), None)
    at = min(len(shown_text), len(expected)) if at is None else at
    return f"character {at}: shown …{shown_text[max(at - 20, 0) : at + 20]}…, expected …{expected[max(at - 20, 0) : at + 20]}…"


def assert_same(shown_text: str, expected: str) -> None:
    assert shown_text == expected, first_difference(shown_text, expected)


@pytest.mark.browser
@pytest.mark.parametrize("front", ["index.html", f"{SLUG}/index.html"])
def test_front_page_and_sections_together_show_the_repaired_source_text(
    built_site: Path, report: Inspected, page: Page, site_http: Callable[..., str], front: str
) -> None:
    base = site_http(built_site)
    addresses = [front, *(f"{SLUG}/{section['id']}/index.html" for section in report.facts["sections"])]
    assert_same("".join(shown(page, base + address) for address in addresses), squeezed(report.repaired()))


@pytest.mark.browser
def test_full_text_page_shows_the_repaired_source_text(
    built_site: Path, report: Inspected, page: Page, site_http: Callable[..., str]
) -> None:
    assert_same(shown(page, f"{site_http(built_site)}{SLUG}/text/index.html"), squeezed(report.repaired()))


@pytest.mark.browser
def test_full_text_page_opened_from_a_folder_shows_the_repaired_source_text(
    built_site: Path, report: Inspected, page: Page
) -> None:
    page.goto((built_site / SLUG / "text" / "index.html").as_uri())
    assert_same(squeezed("".join(page.evaluate(DATA_TEXT)["words"])), squeezed(report.repaired()))


def test_repair_spans_lines_and_reasons_are_right_and_do_not_overlap(report: Inspected) -> None:
    applied = report.applied
    assert len(applied) >= 6
    for repair in report.facts["repairs"]:
        assert report.text[repair["start"] : repair["end"]] == repair["before"], repair
        assert repair["line"] == report.text.count("\n", 0, repair["start"]) + 1, repair
        assert repair["reason"], repair
    assert all(a["end"] <= b["start"] for a, b in pairwise(applied)), "repairs overlap"


def found(report: Inspected) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield (description, record, quoted text) of every indicator, fault and unclaimed figure that `inspect` printed."""
    for indicator in report.facts["indicators"]:
        yield f"indicator {indicator['id']}", indicator, indicator["quote"]
    for fault in report.facts["faults"]:
        yield f"fault {fault['kind']}", fault, fault["quote"]
    for run in report.facts["unclaimed"]:
        yield "unclaimed", run, run["quote"]


def test_span_of_every_indicator_fault_and_unclaimed_figure_contains_its_quote(report: Inspected) -> None:
    wrong = []
    for what, record, quote in found(report):
        opened = report.repaired(record["start"], record["end"])
        if opened != quote and report.text[record["start"] : record["end"]] != quote:
            wrong.append(f"{what}: {quote!r} opens {opened!r}")
        if record["line"] != report.text.count("\n", 0, record["start"]) + 1:
            wrong.append(f"{what}: {quote!r} is not on line {record['line']}")
    assert wrong == []
    assert len(report.facts["indicators"]) > 100


def shortened(short: str, full: str) -> bool:
    """Return whether `short` has at least 2 characters and all of them occur in `full` in the same order."""
    rest = iter(full)
    return len(short) >= 2 and all(character in rest for character in short)


def test_span_of_every_mention_contains_its_name_or_a_known_form(report: Inspected) -> None:
    """A mention is the name itself, a shorter or longer form of it (电竞, 电子竞技), or a form listed in the vocabulary."""
    words = tomllib.loads((ROOT / "vocabulary" / "names" / "words.toml").read_text(encoding="utf-8"))
    forms = {**words["topics"], **{name: also for kind in words["known"].values() for name, also in kind.items()}}
    assert len(report.facts["terms"]) >= 10
    for term in report.facts["terms"]:
        called = {term["name"], *forms.get(term["name"], [])}
        for mention in term["mentions"]:
            opened = report.repaired(mention["start"], mention["end"])
            assert opened in called or shortened(opened, term["name"]) or shortened(term["name"], opened), term


def test_sections_are_in_text_order_with_unique_ids_and_contain_their_titles(report: Inspected) -> None:
    sections = report.facts["sections"]
    starts = [section["start"] for section in sections]
    assert starts == sorted(starts)
    ids = [section["id"] for section in sections]
    assert len(set(ids)) == len(ids)
    for section in sections:
        assert squeezed(section["title"]) in squeezed(report.repaired(section["start"], section["end"])), section
