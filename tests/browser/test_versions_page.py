"""Tests in Chromium of the version list and of the pages for removed addresses: axe, vnu, no sideways scrolling.

Knows how to publish two versions that differ. Leaves what the pages contain to the tests of publishing.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser import policy_pages
from tests.browser.test_access import AXE, LOOKS, TAGS

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PAGES = ("v/index.html", policy_pages.SPARE, "v/2024-02-21.1/gongshu-2024/1/index.html", "index.html")


def with_changed_text(site: Path) -> None:
    """Change one figure and one sentence in every page of the second version."""
    for path in site.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("2091.5", "2109.5").replace("各位代表：", "各位代表、同志们："), encoding="utf-8")


@pytest.mark.long
@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 360, 1440])
def test_version_pages_do_not_scroll_sideways_and_list_both_changes(
    browser: Browser, built_project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    www, _ = policy_pages.serve_versions(built_project, tmp_path, monkeypatch, plain=False, change=with_changed_text)
    with closing(browser.new_context(viewport={"width": width, "height": 800})) as context:
        page = context.new_page()
        for name in PAGES:
            page.goto((www / name).as_uri())
            assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        page.goto((www / "v/index.html").as_uri())
        assert page.locator("li.change.changed").count() == 2
        assert "2091.5亿 → 2109.5亿" in page.locator(".figures").first.inner_text()


@pytest.mark.long
@pytest.mark.browser
@pytest.mark.parametrize("plain", [False, True], ids=["links", "pointer"])
def test_axe_and_vnu_find_no_error_on_the_version_pages(
    browser: Browser, built_project: Path, site_http: Callable[..., str], npm: Path, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, plain: bool,
) -> None:  # fmt: skip
    www, _ = policy_pages.serve_versions(built_project, tmp_path, monkeypatch, plain=plain, change=with_changed_text)
    axe = (npm / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    base, found = site_http(www), {}
    for scheme, width, large in LOOKS[::2]:
        with closing(browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)) as context:  # type: ignore[arg-type]  # fmt: skip
            if large:
                context.add_init_script("localStorage.setItem('workreport.elder', 'on')")
            page = context.new_page()
            for name in PAGES:
                page.goto(base + name)
                page.wait_for_load_state("networkidle")
                page.evaluate(axe)
                if violations := page.evaluate(AXE, [*TAGS, "wcag2aaa"] if large else TAGS):
                    found[f"{name} {scheme} {width}"] = violations
    assert found == {}
    java = shutil.which("java")
    if java is None:
        pytest.skip("Java is not installed; on Debian: apt install default-jre-headless")
    jar = npm / "vnu-jar" / "build" / "dist" / "vnu.jar"
    pages = [str(www / name) for name in PAGES]
    vnu = subprocess.run([java, "-jar", str(jar), "--errors-only", *pages], capture_output=True, text=True, check=False)
    assert (vnu.returncode, vnu.stderr) == (0, "")
