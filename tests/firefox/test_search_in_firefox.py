"""Runs every query of tests/search in Firefox, on a site served under a subpath and opened from a folder.

Knows how to hand the queries to search.mjs and check its answers. Leaves the driving to puppeteer-core over WebDriver
BiDi, because Playwright cannot start Debian's Firefox.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import SUBPATH
from tests.search_queries import named, queries, sentences_of

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
