"""The dialog to cite: its texts are those of the program, for report, section and sentence, to copy and to download."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.website.test_page_labels import SLUG, build
from workreport.publish import publish
from workreport.website import citations

ADDRESS = "https://www.qingshan.gov.cn/gzbg/"
SETTINGS = f'address = "{ADDRESS}"\npublisher = "青山区人民政府办公室"\n'


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a report with an address, and the report in a served folder."""
    project = tmp_path_factory.mktemp("citing")
    made = build(project, SETTINGS, SLUG)
    publish(project, project / "www", lambda _: None)
    return made


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with closing(browser.new_context(permissions=["clipboard-read", "clipboard-write"])) as context:
        yield context.new_page()


def told(site: Path) -> dict[str, dict[str, list[str]]]:
    text = (site / SLUG / "download" / "cite-texts.js").read_text(encoding="utf-8")
    found: dict[str, dict[str, list[str]]] = json.loads(text[text.index("{") : text.rindex(";")])
    return found


def shown(page: Page) -> list[str]:
    """The texts of all formats as the open dialog shows them."""
    texts = []
    for form in citations.FORMATS:
        page.check(f"#wr-citing-{form.id}", force=True)
        texts.append(page.inner_text(".wr-citing pre"))
    return texts


def expected(texts: list[str], page: Page, **holes: str) -> list[str]:
    day = page.evaluate(
        "(() => { const n = new Date(); return `${n.getFullYear()}-${String(n.getMonth() + 1).padStart(2, '0')}-${String(n.getDate()).padStart(2, '0')}`; })()"
    )
    return [citations.filled(text, accessed=day, **holes).replace("\r\n", "\n").rstrip() for text in texts]


def test_dialog_shows_what_the_program_writes_for_page_and_sentence(
    site: Path, page: Page, site_http: Callable[..., str]
) -> None:
    base = site_http(site, "/sub/")
    for name, key in (
        (f"{SLUG}/1/index.html", "1"),
        (f"{SLUG}/text/index.html", "text"),
        (f"{SLUG}/download/index.html", ""),
    ):
        page.goto(base + name)
        page.click("[data-cite]")
        page.wait_for_selector(".wr-citing[open]")
        assert shown(page) == expected(told(site)["texts"][key], page)
        assert page.get_attribute(".wr-citing .place a", "href") == citations.filled(str(told(site)["addresses"][key]))
        assert page.query_selector(".wr-citing .place svg path") is not None
        page.keyboard.press("Escape")
        assert page.query_selector(".wr-citing[open]") is None
    page.goto(f"{base}{SLUG}/1/index.html")
    mark = page.query_selector_all(".text .cite[data-n]")[1]
    anchor, number = str(mark.get_attribute("href")).removeprefix("#"), str(mark.get_attribute("data-n"))
    mark.click()
    page.click(".wr-notice button")
    page.wait_for_selector(".wr-citing[open]")
    assert shown(page) == expected(told(site)["texts"]["1"], page, anchor=anchor, number=number)
    address = f"{ADDRESS}{SLUG}/1/#{anchor}"
    assert page.get_attribute(".wr-citing .place a", "href") == address
    page.check("#wr-citing-gbt-2025", force=True)
    page.click("text=复制网址")
    assert page.evaluate("navigator.clipboard.readText()") == address
    page.click(".wr-citing .buttons >> text=复制")
    assert page.evaluate("navigator.clipboard.readText()") == page.inner_text(".wr-citing pre")


def test_downloaded_file_has_the_text_and_a_name(site: Path, page: Page) -> None:
    page.goto((site / SLUG / "1" / "index.html").as_uri())
    page.click("[data-cite]")
    page.wait_for_selector(".wr-citing[open]")
    page.check("#wr-citing-ris", force=True)
    with page.expect_download() as waiting:
        page.click("text=下载 >> visible=true")
    assert waiting.value.suggested_filename == f"{SLUG}-1.ris"
    data = waiting.value.path().read_bytes().decode()
    assert data == citations.filled(told(site)["texts"]["1"][3])
    assert re.fullmatch(r"(?:[A-Z][A-Z0-9]  - .*\r\n)+", data)


def test_page_of_a_kept_version_cites_that_version(site: Path, page: Page, site_http: Callable[..., str]) -> None:
    www = site.parent / "www"
    version = next(path.name for path in (www / "v").iterdir() if path.is_dir() and path.name[0] == "2")
    page.goto(f"{site_http(www, '/sub/')}v/{version}/{SLUG}/1/index.html")
    page.click("[data-cite]")
    page.wait_for_selector(".wr-citing[open]")
    assert shown(page) == expected(told(site)["texts"]["1"], page, version=version)
    assert page.get_attribute(".wr-citing .place a", "href") == f"{ADDRESS}v/{version}/{SLUG}/1/"
    assert page.query_selector(".wr-citing .place svg") is None


def test_without_scripts_the_citation_and_the_files_are_there(site: Path, browser: Browser) -> None:
    with closing(browser.new_context(java_script_enabled=False)) as context:
        page = context.new_page()
        page.goto((site / SLUG / "download" / "index.html").as_uri())
        assert page.inner_text("#citation").strip() == citations.filled(told(site)["texts"][""][0])
        for ending in ("bib", "ris", "json"):
            assert page.is_visible(f'a[href="cite.{ending}"]')
        assert not page.is_visible("[data-cite]")
