"""Tests that Lighthouse scores pages 100 for accessibility, best practices and SEO, on a phone and on a desktop.

The performance score depends on how busy the machine is, so it is only printed here; benchmarks/lighthouse.py measures it.
"""

from __future__ import annotations

import gzip
import json
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks import lighthouse

pytestmark = [pytest.mark.long, pytest.mark.browser, pytest.mark.timeout(900)]


@pytest.fixture(scope="module")
def script(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The path of the Lighthouse script, installed for this test run only; without Node.js or Chromium the test is skipped."""
    if lacking := lighthouse.missing():
        pytest.skip(lacking)
    return lighthouse.install(tmp_path_factory.mktemp("lighthouse"))


@pytest.fixture(scope="module")
def base(built_site: Path) -> Iterator[str]:
    with lighthouse.compressed(built_site) as address:
        yield address


@pytest.fixture(scope="module")
def planned_base(planned_site: Path) -> Iterator[str]:
    with lighthouse.compressed(planned_site) as address:
        yield address


@pytest.mark.parametrize("form", sorted(lighthouse.FORMS))
@pytest.mark.parametrize("page", sorted(lighthouse.PAGES | lighthouse.PLANNED))
def test_lighthouse_scores_of_each_page_are_100_except_performance(
    script: Path, base: str, planned_base: str, page: str, form: str
) -> None:
    own = lighthouse.PAGES.get(page)
    verdict = lighthouse.ask(script, base + own if own else planned_base + lighthouse.PLANNED[page], form)
    print(page, form, verdict.scores, verdict.times)
    assert verdict.failed == ()
    marks = {name: verdict.scores[name] for name in lighthouse.CATEGORIES if name != "performance"}
    assert marks == {"accessibility": 100, "best-practices": 100, "seo": 100}
    assert verdict.times["first-contentful-paint"] > 0, "nothing was painted"


def test_lighthouse_scores_of_a_page_without_language_and_alt_text_are_below_100(script: Path, tmp_path: Path) -> None:
    page = '<!doctype html><html><head><meta charset="utf-8"></head><body><img src="a.png"><h1>题</h1></body></html>'
    (tmp_path / "index.html").write_text(page, encoding="utf-8")
    with lighthouse.compressed(tmp_path) as address:
        verdict = lighthouse.ask(script, address + "index.html", "phone")
    assert verdict.scores["accessibility"] < 100
    assert verdict.scores["seo"] < 100
    assert [line for line in verdict.failed if line.startswith("html-has-lang")]


def test_lighthouse_server_sends_pages_gzipped_with_a_max_age(base: str) -> None:
    with urllib.request.urlopen(base + "index.html", timeout=10) as answer:
        assert answer.headers["Content-Encoding"] == "gzip"
        assert answer.headers["Cache-Control"].startswith("max-age=")
        assert "政府工作报告" in gzip.decompress(answer.read()).decode()


def test_lighthouse_lock_file_has_hashes_and_no_registry_address() -> None:
    text = (lighthouse.LOCK / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in text
    assert "://" not in text
    assert all(known.get("integrity") for name, known in json.loads(text)["packages"].items() if name)
