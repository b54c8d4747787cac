"""Tests in Firefox that the Content-Security-Policy blocks nothing on any kind of page while it is used.

Knows how to hand the pages to policy.mjs, from a server and from a folder. Leaves the choice of pages to `policy_pages`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.browser import policy_pages
from tests.planned_report import ELDERLY, PROMISES

pytestmark = [pytest.mark.long, pytest.mark.browser]


def use_pages(
    in_firefox: Callable[..., Any], base: str, pages: Mapping[str, str]
) -> tuple[dict[str, dict[str, int]], list[str]]:
    """Open and use each page; return the counts of actions per kind of page, and policy violations and console errors."""
    order = {
        "listen": policy_pages.LISTEN, "exercise": policy_pages.EXERCISE, "addresses": [base + name for name in pages.values()],
    }  # fmt: skip
    results = in_firefox("policy.mjs", order)
    wrong = [f"{name}: {line}" for name in pages.values() for line in (*results[base + name]["wrong"], *results[base + name]["refused"])]  # fmt: skip
    return {kind: results[base + name]["done"] for kind, name in pages.items()}, wrong


@pytest.mark.parametrize("served", [True, False], ids=["http", "file"])
def test_policy_blocks_nothing_on_any_kind_of_page(
    in_firefox: Callable[..., Any], built_site: Path, site_http: Callable[..., str], served: bool
) -> None:
    base = site_http(built_site) if served else built_site.resolve().as_uri() + "/"
    pages = policy_pages.one_of_each_kind(built_site)
    if not served:
        del pages["lost"]  # the links of 404.html are absolute paths, which need a server
    done, wrong = use_pages(in_firefox, base, pages)
    assert wrong == []
    assert policy_pages.missing_actions(done) == []


@pytest.mark.parametrize("served", [True, False], ids=["http", "file"])
def test_policy_blocks_nothing_on_a_list_of_promises_and_a_page_for_readers(
    in_firefox: Callable[..., Any], planned_site: Path, site_http: Callable[..., str], served: bool
) -> None:
    base = site_http(planned_site) if served else planned_site.resolve().as_uri() + "/"
    done, wrong = use_pages(in_firefox, base, {"promises": PROMISES, "for": ELDERLY})
    assert wrong == []
    assert done.keys() == {"promises", "for"}


@pytest.mark.parametrize("plain", [False, True], ids=["links", "pointer"])
@pytest.mark.parametrize("served", [True, False], ids=["http", "file"])
def test_policy_blocks_nothing_on_the_pages_that_publishing_adds(
    in_firefox: Callable[..., Any], built_project: Path, site_http: Callable[..., str], tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, served: bool, plain: bool,
) -> None:  # fmt: skip
    www, pages = policy_pages.serve_versions(built_project, tmp_path, monkeypatch, plain=plain)
    done, wrong = use_pages(in_firefox, site_http(www) if served else www.resolve().as_uri() + "/", pages)
    assert wrong == []
    assert policy_pages.missing_actions(done) == []


def test_blocked_inline_script_and_style_are_reported(in_firefox: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(policy_pages.BAD, encoding="utf-8")
    _, wrong = use_pages(in_firefox, tmp_path.resolve().as_uri() + "/", {"bad": "index.html"})
    assert any("script-src" in line for line in wrong)
    assert any("style-src" in line for line in wrong)
