"""Every query of tests/search in Firefox, from a server under a subpath and from a folder, under the page's policy.

Playwright cannot launch Debian's Firefox; puppeteer-core drives it over WebDriver BiDi.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import SUBPATH
from tests.search_queries import named, queries, sentences_of

pytestmark = [pytest.mark.long, pytest.mark.browser]


def test_every_query_in_firefox(
    in_firefox: Callable[..., Any], built_site: Path, site_http: Callable[..., str]
) -> None:
    sentences = sentences_of(built_site)
    bases = [site_http(built_site, SUBPATH), built_site.resolve().as_uri() + "/"]
    asked = queries()
    answers = in_firefox("search.mjs", {"bases": bases, "words": [q.words for q in asked]})
    for base, told in answers.items():
        wrong = [
            f"{base} {query.words}: {[sentences.get(i, i)[:12] for i in shown['hits']]} {shown['offers']}"
            for query, shown in zip(asked, told["answers"], strict=True)
            if sorted(shown["hits"]) != sorted(named(query.right, sentences))
            or not all(shown["lit"])
            or bool(shown["offers"]) is bool(query.right)
            or (query.offer and shown["offers"][0] != query.offer)
        ]
        assert wrong == []
        assert told["opened"] == {"id": named(["亚运期间"], sentences)[0], "lit": ["亚运", "志愿者", "亚运"]}
        assert told["wrong"] == []
