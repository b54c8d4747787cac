"""Tests in Chromium of a site of several places: each report's pages have the colour of its place, in every mode.

Leaves which place has which colour to `tests/website/test_place_colours`.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT, must_build
from workreport.website import tokens
from workreport.website.pages import colour

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.long, pytest.mark.browser]

BOOKS = {"qingshan-2025": "青山镇", "yunxi-2026": "云溪县"}
ACCENT = """() => {
    const shown = (element, name) => getComputedStyle(element)[name];
    const hue = document.querySelector(".wr-header").dataset.hue || "";
    const own = ["wr-header", "wr-footer", "wr-page"].map((name) =>
        getComputedStyle(document.querySelector(`.${name}`)).getPropertyValue("--wr-accent").trim());
    return {hue, own, foot: shown(document.querySelector(".wr-foot a"), "color")};
}"""
"""Returns the name of the page's colour, its accent in three places, and the colour of the links at its foot."""


@pytest.fixture(scope="module")
def site(project_copy: Callable[[str], Path]) -> Path:
    """A site of two places, with its single files in `../archive`."""
    project = project_copy("places")
    shutil.rmtree(project / "reports")
    for slug in BOOKS:
        (project / "reports" / slug).mkdir(parents=True)
        shutil.copyfile(ROOT / f"tests/books/{slug}.txt", project / "reports" / slug / "source.txt")
    forms = "".join(f"{form} = false\n" for form in ("zip", "epub", "pdf", "bag"))
    (project / "site.toml").write_text(f"[build]\npictures = false\n[archive]\n{forms}", encoding="utf-8")
    return must_build(project, "--quiet")


def hues(site: Path) -> dict[str, str]:
    """The name of the colour of each report, as the build told the theme."""
    settings = (site.parent / "mkdocs.generated.yml").read_text(encoding="utf-8")
    return dict(re.findall(r'"([a-z0-9-]+)": "([a-z]+)"', re.findall(r'"hues": \{(.*?)\}', settings)[0]))


def rgb(shown: str) -> str:
    return "rgb({}, {}, {})".format(*colour.parse(shown))


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_every_page_of_a_report_has_the_colour_of_its_place(browser: Browser, site: Path, mode: str) -> None:
    look = tokens.load(ROOT / "templates")
    named = hues(site)
    assert set(named) == set(BOOKS)
    assert len(set(named.values())) == 2
    with closing(browser.new_context(color_scheme=mode)) as context:
        page = context.new_page()
        for path in ["index.html", "about/index.html", *(f"{slug}/{kind}index.html" for slug in BOOKS for kind in ("", "1/", "indicators/", "text/"))]:  # fmt: skip
            page.goto((site / path).as_uri())
            found = page.evaluate(ACCENT)
            hue = named.get(path.split("/")[0], "")
            wanted = look.value(f"place.{mode}.{hue or 'vermilion'}")
            assert found == {"hue": hue, "own": [wanted] * 3, "foot": rgb(wanted)}, path


def test_list_of_reports_links_to_each_in_the_colour_of_its_place(browser: Browser, site: Path) -> None:
    look = tokens.load(ROOT / "templates")
    with closing(browser.new_context(color_scheme="light")) as context:
        page = context.new_page()
        page.goto((site / "index.html").as_uri())
        for slug, hue in hues(site).items():
            link = page.locator(f'.places .report > a[href^="{slug}/"]')
            assert link.evaluate("(link) => getComputedStyle(link).color") == rgb(look.value(f"place.light.{hue}"))


def test_printed_page_in_dark_mode_has_the_colour_for_light_pages(browser: Browser, site: Path) -> None:
    look = tokens.load(ROOT / "templates")
    slug, hue = next(iter(hues(site).items()))
    with closing(browser.new_context(color_scheme="dark")) as context:
        page = context.new_page()
        page.emulate_media(media="print")
        page.goto((site / slug / "index.html").as_uri())
        assert page.evaluate(ACCENT)["own"] == [look.value(f"place.light.{hue}")] * 3


def test_large_type_has_the_darker_colour_of_the_place(browser: Browser, site: Path) -> None:
    look = tokens.load(ROOT / "templates")
    slug, hue = next(iter(hues(site).items()))
    made = colour.of_place(look.value(f"place.light.{hue}"), look.value(f"place.dark.{hue}"), look)
    with closing(browser.new_context(color_scheme="light")) as context:
        page = context.new_page()
        page.goto((site / slug / "index.html").as_uri())
        page.evaluate("document.documentElement.classList.add('wr-elder')")
        assert page.evaluate(ACCENT)["own"] == [made.large_light] * 3


def test_single_file_of_a_report_has_the_colour_of_its_place(browser: Browser, site: Path) -> None:
    look = tokens.load(ROOT / "templates")
    with closing(browser.new_context(color_scheme="light")) as context:
        page = context.new_page()
        for slug, hue in hues(site).items():
            page.goto((site.parent / "archive" / f"{slug}.html").as_uri())
            own = "getComputedStyle(document.querySelector('.wr-page')).getPropertyValue('--wr-accent').trim()"
            assert page.evaluate(own) == look.value(f"place.light.{hue}")
