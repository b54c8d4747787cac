"""Every query of tests/search in Firefox, from a server under a subpath and from a folder, under the page's policy.

Playwright cannot launch Debian's Firefox; puppeteer-core drives it over WebDriver BiDi.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import SUBPATH
from tests.search_queries import named, queries, sentences_of

pytestmark = [pytest.mark.long, pytest.mark.browser]

HERE = Path(__file__).resolve().parent


@pytest.fixture(scope="module")
def firefox() -> str:
    path = shutil.which("firefox-esr") or shutil.which("firefox")
    if path is None:
        pytest.skip("no Firefox: install one (Debian: apt install firefox-esr)")
    return path


@pytest.fixture(scope="module")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The script with what it needs, in a folder of its own."""
    if not (shutil.which("node") and shutil.which("npm")):
        pytest.skip("no Node.js: install it (Debian: apt install nodejs npm)")
    folder = tmp_path_factory.mktemp("firefox")
    for name in ("package.json", "package-lock.json", "search.mjs"):
        shutil.copy(HERE / name, folder / name)
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def test_every_query_in_firefox(firefox: str, driver: Path, built_site: Path, site_http: Callable[..., str]) -> None:
    sentences = sentences_of(built_site)
    bases = [site_http(built_site, SUBPATH), built_site.resolve().as_uri() + "/"]
    asked = queries()
    order = {"firefox": firefox, "profile": str(driver / "profile"), "bases": bases, "words": [q.words for q in asked]}
    (driver / "profile").mkdir()
    done = subprocess.run(
        ["node", "search.mjs"],
        cwd=driver,
        input=json.dumps(order),
        capture_output=True,
        text=True,
        check=False,
        timeout=400,
    )
    assert done.returncode == 0, done.stderr
    for base, told in json.loads(done.stdout).items():
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
