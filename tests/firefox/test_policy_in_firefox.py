"""Every kind of page in Firefox, from a server and from a folder: searched, filtered, previewed, pressed; nothing is refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.browser import policy_pages

pytestmark = [pytest.mark.long, pytest.mark.browser]


def tried(
    in_firefox: Callable[..., Any], base: str, pages: Mapping[str, str]
) -> tuple[dict[str, dict[str, int]], list[str]]:
    """What was done on each kind of page, and what the policy refused or the console complained of."""
    order = {
        "listen": policy_pages.LISTEN, "exercise": policy_pages.EXERCISE, "addresses": [base + name for name in pages.values()],
    }  # fmt: skip
    told = in_firefox("policy.mjs", order)
    wrong = [f"{name}: {line}" for name in pages.values() for line in (*told[base + name]["wrong"], *told[base + name]["refused"])]  # fmt: skip
    return {kind: told[base + name]["done"] for kind, name in pages.items()}, wrong


@pytest.mark.parametrize("served", [True, False], ids=["http", "file"])
def test_nothing_on_any_page_is_refused(
    in_firefox: Callable[..., Any], built_site: Path, site_http: Callable[..., str], served: bool
) -> None:
    base = site_http(built_site) if served else built_site.resolve().as_uri() + "/"
    pages = policy_pages.one_of_each_kind(built_site)
    if not served:
        del pages["lost"]  # its links start from the address of the site
    done, wrong = tried(in_firefox, base, pages)
    assert wrong == []
    assert policy_pages.wanting(done) == []


@pytest.mark.parametrize("plain", [False, True], ids=["links", "pointer"])
@pytest.mark.parametrize("served", [True, False], ids=["http", "file"])
def test_nor_on_the_pages_of_a_served_folder(
    in_firefox: Callable[..., Any], built_project: Path, site_http: Callable[..., str], tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, served: bool, plain: bool,
) -> None:  # fmt: skip
    www, pages = policy_pages.serve_versions(built_project, tmp_path, monkeypatch, plain=plain)
    done, wrong = tried(in_firefox, site_http(www) if served else www.resolve().as_uri() + "/", pages)
    assert wrong == []
    assert policy_pages.wanting(done) == []


def test_what_is_refused_is_seen(in_firefox: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(policy_pages.BAD, encoding="utf-8")
    _, wrong = tried(in_firefox, tmp_path.resolve().as_uri() + "/", {"bad": "index.html"})
    assert any("script-src" in line for line in wrong)
    assert any("style-src" in line for line in wrong)
