"""Runs every query of tests/search in Firefox, on a site served under a subpath and opened from a folder.

Knows how to hand the queries to search.mjs and check its answers. Leaves the driving to puppeteer-core over WebDriver
BiDi, because Playwright cannot start Debian's Firefox.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.browser.search_page import site_of_24_reports
from tests.conftest import SUBPATH
from tests.search_queries import named, queries, sentences_of

COLLECTED = {
    "武林广场": "约 72 句，已列出 2",
    "云溪乙 武林广场": "18 句，见于 6 份报告",
    "武林廣場 2025": "约 36 句，已列出 2",
    "wulinguangchang 云溪丙": "18 句，见于 6 份报告",
    "云溪甲 大兜路 音乐节": "没有一句含有全部的词。",
    "云溪甲 明年目标": "云溪甲的报告里没有找到",
}
"""Queries over a collection of 24 reports, each with how what is said of it begins."""

pytestmark = [pytest.mark.long, pytest.mark.browser]


def test_every_query_in_firefox_shows_the_correct_sentences_and_suggestions(
    in_firefox: Callable[..., Any], built_site: Path, site_http: Callable[..., str]
) -> None:
    sentences = sentences_of(built_site)
    bases = [site_http(built_site, SUBPATH), built_site.resolve().as_uri() + "/"]
    all_queries = queries()
    answers = in_firefox("search.mjs", {"bases": bases, "words": [q.words for q in all_queries]})
    for base, result in answers.items():
        wrong = [
            f"{base} {query.words}: {[sentences.get(i, i)[:12] for i in shown['hits']]} {shown['offers']}"
            for query, shown in zip(all_queries, result["answers"], strict=True)
            if sorted(shown["hits"]) != sorted(named(query.right, sentences))
            or not all(shown["lit"])
            or bool(shown["offers"]) is bool(query.right)
            or (query.offer and shown["offers"][0] != query.offer)
        ]
        assert wrong == []
        assert result["opened"] == {"id": named(["亚运期间"], sentences)[0], "lit": ["亚运", "志愿者", "亚运"]}
        assert result["wrong"] == []


def test_collection_is_searched_in_firefox_from_a_disk_and_a_server(
    in_firefox: Callable[..., Any], built_site: Path, tmp_path: Path, site_http: Callable[..., str]
) -> None:
    site = site_of_24_reports(built_site, tmp_path / "site")
    bases = [site_http(site, SUBPATH), site.as_uri() + "/"]
    answers = in_firefox("search.mjs", {"bases": bases, "words": list(COLLECTED), "opened": ""})
    assert list(answers) == bases
    for result in answers.values():
        told = [shown["count"] for shown in result["answers"]]
        assert [text for text, start in zip(told, COLLECTED.values(), strict=True) if not text.startswith(start)] == []
        assert [shown["beside"] for shown in result["answers"]] == [0, 0, 0, 0, 12, 0]
        assert [len(shown["promises"]) for shown in result["answers"]] == [0, 0, 0, 0, 0, 3]
        assert all(all(shown["lit"]) for shown in result["answers"])
        assert result["wrong"] == []
