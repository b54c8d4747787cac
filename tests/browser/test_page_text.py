"""Page text = source text + the listed repairs, character by character, as a browser shows it; spans open their own."""

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
    """The report's own words on a page, in order, every fold open, without white space."""
    answer = page.goto(address)
    assert answer is not None
    assert answer.ok, address
    found = page.evaluate(DATA_TEXT)
    assert found["nested"] == 0, f"{address}: an element marked data-text stands in another"
    return squeezed("".join(found["words"]))


def first_difference(shown_text: str, expected: str) -> str:
    at = next((i for i, (a, b) in enumerate(zip(shown_text, expected, strict=False)) if a != b), None)
    at = min(len(shown_text), len(expected)) if at is None else at
    return f"character {at}: shown …{shown_text[max(at - 20, 0) : at + 20]}…, expected …{expected[max(at - 20, 0) : at + 20]}…"


def assert_same(shown_text: str, expected: str) -> None:
    assert shown_text == expected, first_difference(shown_text, expected)


@pytest.mark.browser
@pytest.mark.parametrize("front", ["index.html", f"{SLUG}/index.html"])
def test_front_and_sections_show_every_character(
    built_site: Path, report: Inspected, page: Page, site_http: Callable[..., str], front: str
) -> None:
    base = site_http(built_site)
    addresses = [front, *(f"{SLUG}/{section['id']}/index.html" for section in report.facts["sections"])]
    assert_same("".join(shown(page, base + address) for address in addresses), squeezed(report.repaired()))


@pytest.mark.browser
def test_the_full_text_shows_every_character(
    built_site: Path, report: Inspected, page: Page, site_http: Callable[..., str]
) -> None:
    assert_same(shown(page, f"{site_http(built_site)}{SLUG}/text/index.html"), squeezed(report.repaired()))


@pytest.mark.browser
def test_a_page_read_from_a_folder_shows_the_same(built_site: Path, report: Inspected, page: Page) -> None:
    page.goto((built_site / SLUG / "text" / "index.html").as_uri())
    assert_same(squeezed("".join(page.evaluate(DATA_TEXT)["words"])), squeezed(report.repaired()))


def test_a_repair_is_what_it_says(report: Inspected) -> None:
    applied = report.applied
    assert len(applied) >= 6
    for repair in report.facts["repairs"]:
        assert report.text[repair["start"] : repair["end"]] == repair["before"], repair
        assert repair["line"] == report.text.count("\n", 0, repair["start"]) + 1, repair
        assert repair["reason"], repair
    assert all(a["end"] <= b["start"] for a, b in pairwise(applied)), "repairs overlap"


def found(report: Inspected) -> Iterator[tuple[str, dict[str, Any], str]]:
    """(what, the record, the words it claims) of all that inspect found."""
    for indicator in report.facts["indicators"]:
        yield f"indicator {indicator['id']}", indicator, indicator["quote"]
    for fault in report.facts["faults"]:
        yield f"fault {fault['kind']}", fault, fault["quote"]
    for run in report.facts["unclaimed"]:
        yield "unclaimed", run, run["quote"]


def test_every_span_opens_its_own_characters(report: Inspected) -> None:
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
    """Whether the characters of the one stand in the other, in order."""
    rest = iter(full)
    return len(short) >= 2 and all(character in rest for character in short)


def test_every_mention_opens_its_name(report: Inspected) -> None:
    """A name stands as it is called, cut short or spelt out (电竞, 电子竞技), or in a form of the word list."""
    words = tomllib.loads((ROOT / "vocabulary" / "names" / "words.toml").read_text(encoding="utf-8"))
    forms = {**words["topics"], **{name: also for kind in words["known"].values() for name, also in kind.items()}}
    assert len(report.facts["terms"]) >= 10
    for term in report.facts["terms"]:
        called = {term["name"], *forms.get(term["name"], [])}
        for mention in term["mentions"]:
            opened = report.repaired(mention["start"], mention["end"])
            assert opened in called or shortened(opened, term["name"]) or shortened(term["name"], opened), term


def test_sections_follow_each_other_and_cover_the_text(report: Inspected) -> None:
    sections = report.facts["sections"]
    starts = [section["start"] for section in sections]
    assert starts == sorted(starts)
    ids = [section["id"] for section in sections]
    assert len(set(ids)) == len(ids)
    for section in sections:
        assert squeezed(section["title"]) in squeezed(report.repaired(section["start"], section["end"])), section
