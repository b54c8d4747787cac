"""Tests the 40 queries of tests/search_collection over several invented reports: the search finds what a plain scan finds.

Knows both forms of the index, asked in a blank page of Chromium. Leaves the scan to `plain_scan`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests import plain_scan
from tests.conftest import ROOT
from tests.plain_scan import PlainQuery, Scan
from tests.website.test_search_collection import ASK, OPEN, TOGETHER, UNITS
from workreport.analysis import measures
from workreport.build import report_reader
from workreport.website import addresses, search
from workreport.website.pages import assets
from workreport.website.search import collection_index, posting_lists, single_index
from workreport.website.search.base_units import base_units
from workreport.website.search.sentence_rows import SearchedReport, searched_report

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PLACES = {"a": "云溪", "b": "临河", "c": "东岭"}
QUERIES = plain_scan.queries(PLACES)


@pytest.fixture(scope="module")
def reports() -> list[SearchedReport]:
    words = report_reader.load_vocabularies(ROOT / "vocabulary")
    bases = base_units(words.figures.units)
    made = []
    for path in sorted(plain_scan.FOLDER.glob("*.md"), key=lambda path: path.stem.rpartition("-")[::-1], reverse=True):
        reading = report_reader.read_report(path, path.stem, words).reading
        title = path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ")
        place, year = title[: title.index("20")], int(path.stem[-4:])
        made.append(searched_report(replace(reading, meta=replace(reading.meta, place=place, year=year)), bases))
    return made


@pytest.fixture(scope="module")
def page(browser: Browser, reports: list[SearchedReport]) -> Iterator[Page]:
    """A page with two engines over the same reports: `whole` and `collection`, whose index is cut small."""
    also = measures.other_names(report_reader.load_vocabularies(ROOT / "vocabulary").measures)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(posting_lists, "SHARD", 2000)
        patch.setattr(posting_lists, "LONG", 40)
        patch.setattr(collection_index, "WINDOW", 60)
        files = dict(collection_index.collection_scripts(reports, search.readings, search.traditional, UNITS, also))
    whole = single_index.single_script(reports, search.readings, search.traditional, UNITS, also)
    opened = browser.new_page()
    opened.evaluate("code => { globalThis.code = code; }", assets.load(ROOT / "templates" / "assets")["search.js"])
    opened.evaluate(OPEN.replace("whole_index =", "const whole_index ="), [whole, files, addresses.SEARCH_INDEX])
    yield opened
    opened.close()


def test_there_are_40_queries_of_ten_kinds_each_once() -> None:
    assert len(QUERIES) == len({query.words for query in QUERIES}) == 40
    assert len({query.kind for query in QUERIES}) == 10


@pytest.mark.parametrize("query", QUERIES, ids=[query.words for query in QUERIES])
def test_query_over_several_reports_finds_what_a_plain_scan_finds(
    page: Page, reports: list[SearchedReport], query: PlainQuery
) -> None:
    scan = Scan(reports)
    right = sorted(f"{number}{name}" for number, name in scan.right(query))
    found = page.evaluate(ASK, [query.words, None])
    assert found["found"] == right
    assert found["whole"] == right
    assert found["count"] == {"count": len(right), "sure": True}
    assert bool(right) is not (query.sections or query.kind == "absent")
    if query.sections:
        together = page.evaluate(TOGETHER, query.words)
        assert together["found"] == together["whole"]
        assert len(together["found"]) == len(scan.sections(query)) > 0


@pytest.mark.parametrize(
    ("words", "plain"),
    [
        ("yinhangye", "银行业"),
        ("zhangzheshitang", "长者食堂"),
        ("yuelanshi", "阅览室"),
        ("mao'yi'zhan'bi", "贸易占比"),
        ("changzheshitang", "不读作长"),
    ],
)
def test_letters_find_text_that_is_read_so_in_its_sentence(
    page: Page, reports: list[SearchedReport], words: str, plain: str
) -> None:
    """No name is read so; a character with several readings counts with the one that it has in its sentence."""
    right = [f"{n}{row.id}" for n, report in enumerate(reports) for row in report.sentences if plain in row.text]
    found = page.evaluate(ASK, [words, None])
    assert found["found"] == found["whole"] == right
    assert bool(right) is (words != "changzheshitang")
