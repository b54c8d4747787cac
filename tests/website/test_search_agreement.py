"""Tests that the program and the search script of the pages read a text alike: how it is folded, its amounts, numbers of lists.

Knows both sides, run over the same texts. Leaves what a query finds to `test_search_collection`.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT
from workreport.analysis import vocabulary
from workreport.website import search
from workreport.website.pages import assets
from workreport.website.search import posting_lists
from workreport.website.search.folding import folder
from workreport.website.search.written_amounts import reader

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

UNITS = vocabulary.load(ROOT / "vocabulary").units


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """A page with the search script as `workreportSearch` and its source as `code`."""
    opened = browser.new_page()
    code = assets.load(ROOT / "templates" / "assets")["search.js"]
    opened.evaluate("code => { globalThis.code = code; (0, eval)(code); }", code)
    yield opened
    opened.close()


@pytest.mark.parametrize("number", [0, 1, 47, 48, 49, 2111, 2112, 2113, 65535, 65536, 10**7])
def test_number_of_a_list_is_read_as_it_was_written(page: Page, number: int) -> None:
    assert page.evaluate("text => workreportSearch.decodedList(text)", posting_lists.written(number)) == [number]


def test_program_and_script_fold_every_character_alike(page: Page) -> None:
    forms = search.traditional("运亚会")
    fold = folder(forms)
    # Characters that Unicode added after the version which Python 3.11 knows fold in a browser only.
    known = [chr(n) for n in range(0x250) if not 0xD800 <= n < 0xE000] + [chr(n) for n in range(0x2000, 0x3400)]
    known += [chr(n) for n in range(0xFF00, 0x10000)] + ["１，０００公里", "1,000公斤", "運動", "㎡", "½"]
    found = page.evaluate(
        """([all, forms]) => {
          (0, eval)(code);
          workreportSearch.start({ forms, units: [] });
          return all.map(workreportSearch.fold);
        }""",
        [known, forms],
    )
    assert [(text, made) for text, made in zip(known, found, strict=True) if fold(text) != made] == []


def test_program_and_script_find_the_same_amounts(page: Page) -> None:
    rows = search.unit_rows(UNITS)
    fold = folder("")
    read = reader(rows, fold)
    chance = random.Random(3)
    numbers = [
        "5",
        "10.78",
        "一百零五",
        "十二",
        "七十九",
        "两",
        "千",
        "百分之五",
        "千分之三点二",
        "第",
        "数",
        "1000",
        "多",
        "余",
        "万",
        "亿",
        "零",
        "至",
        "-",
        "下降",
        "三点五",
    ]
    units = [unit.word for unit in UNITS]
    texts = [
        fold("".join(chance.choice(numbers if chance.random() < 0.6 else units) for _ in range(chance.randint(1, 9))))
        for _ in range(3000)
    ]
    found = page.evaluate(
        """([texts, units]) => {
          (0, eval)(code);
          workreportSearch.start({ forms: "", units });
          return texts.map((text) => workreportSearch.amounts(text).map((a) =>
            [a.start, a.end, a.digits, a.raw, a.value, a.base, a.unit, a.bareUnit, a.written, a.scaled, a.fall]));
        }""",
        [texts, rows],
    )
    own = [
        [
            [a.start, a.end, a.digits, a.raw, a.value, a.base, a.unit, a.bare_unit, a.written, a.scaled, a.fall]
            for a in read(text)
        ]
        for text in texts
    ]
    assert [(text, one, other) for text, one, other in zip(texts, own, found, strict=True) if one != other] == []
    assert sum(map(len, own)) > 2000
