"""The dialog to cite: its texts are those of the program, for report, section and sentence, to copy and to download."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
import segno
from playwright.sync_api import Browser, Page

from tests.conftest import ROOT, sampled
from tests.website.test_page_labels import SLUG, build
from workreport.publish import publish
from workreport.website import citations

ADDRESS = "https://www.qingshan.gov.cn/gzbg/"
CODE = ROOT / "templates" / "assets" / "cite-code.js"
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
        page.wait_for_selector(".wr-citing[open]", state="detached")
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
    page.wait_for_function("text => navigator.clipboard.readText().then(copied => copied === text)", arg=address)
    page.click(".wr-citing .buttons >> text=复制")
    copied = page.inner_text(".wr-citing pre")
    page.wait_for_function("text => navigator.clipboard.readText().then(copied => copied === text)", arg=copied)


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
    assert page.get_attribute(".wr-citing .place svg", "aria-label") == f"二维码：{ADDRESS}v/{version}/{SLUG}/1/"


LEVEL_M = (14, 26, 42, 62, 84, 106, 122, 152, 180, 213)
"""The most bytes of a QR code of level M, by version from 1."""
CHARACTERS = "https://a.example.gov.cn/gzbg/0123456789abcdef#s?%-_"


def test_qr_code_in_the_page_is_one_that_segno_makes(page: Page) -> None:
    """With no room left for padding, which readers ignore, the code equals that of segno under one of the eight masks."""
    page.goto("about:blank")
    page.evaluate("(code) => { new Function(code)(); }", CODE.read_text(encoding="utf-8"))
    random = Random(7)
    for length in LEVEL_M:
        for _ in range(4):
            address = "".join(random.choices(CHARACTERS, k=length))
            ours = page.evaluate("(address) => globalThis.workreportCode(address)", address)
            theirs = [
                segno.make(address, error="m", micro=False, boost_error=False, mode="byte", mask=mask)
                for mask in range(8)
            ]
            assert ours in [[list(row) for row in code.matrix] for code in theirs], address
    assert page.evaluate("(address) => globalThis.workreportCode(address)", "a" * 214) is None


MASKS: tuple[Callable[[int, int], int], ...] = (
    lambda r, c: (r + c) % 2, lambda r, _: r % 2, lambda _, c: c % 3, lambda r, c: (r + c) % 3,
    lambda r, c: (r // 2 + c // 3) % 2, lambda r, c: r * c % 2 + r * c % 3, lambda r, c: (r * c % 2 + r * c % 3) % 2,
    lambda r, c: ((r + c) % 2 + r * c % 3) % 2,
)  # fmt: skip
ALIGNED = ((), (18,), (22,), (26,), (30,), (34,), (22, 38), (24, 42), (26, 46), (28, 50))
"""Rows and columns of the alignment patterns beside the 6, by version from 1 (ISO/IEC 18004, annex E)."""
BLOCKS = (
    (16,),
    (28,),
    (44,),
    (32,) * 2,
    (43,) * 2,
    (27,) * 4,
    (31,) * 4,
    (38, 38, 39, 39),
    (36,) * 3 + (37,) * 2,
    (43,) * 4 + (44,),
)
"""The codewords of data in each block of level M, by version from 1 (ISO/IEC 18004, table 9)."""


def read_code(rows: list[list[int]]) -> str:
    """Read a QR code of bytes and level M as a scanner does that sees every module well: its data, without correcting any."""
    version = (len(rows) - 17) // 4
    size = len(rows)
    told = {
        (r, c)
        for r in range(size)
        for c in range(size)
        if 6 in (r, c) or (r < 9 and c < 9) or (r < 9 and c > size - 9) or (r > size - 9 and c < 9)
    }
    marks = (6, *ALIGNED[version - 1])
    corners = {(6, 6), (6, marks[-1]), (marks[-1], 6)}
    told |= {
        (r + i, c + j)
        for r in marks
        for c in marks
        if version > 1 and (r, c) not in corners
        for i in range(-2, 3)
        for j in range(-2, 3)
    }
    if version > 6:
        told |= {place for r in range(6) for c in range(size - 11, size - 8) for place in ((r, c), (c, r))}
    mask = MASKS[(rows[8][2] << 2 | rows[8][3] << 1 | rows[8][4]) ^ 0b101]
    bits, up = "", True
    for right in [*range(size - 1, 6, -2), 5, 3, 1]:
        for r in range(size - 1, -1, -1) if up else range(size):
            bits += "".join(str(rows[r][c] ^ (mask(r, c) == 0)) for c in (right, right - 1) if (r, c) not in told)
        up = not up
    words = iter(int(bits[k : k + 8], 2) for k in range(0, len(bits) - 7, 8))
    blocks: list[list[int]] = [[] for _ in BLOCKS[version - 1]]
    for k in range(max(BLOCKS[version - 1])):
        for block, most in zip(blocks, BLOCKS[version - 1], strict=True):
            if k < most:
                block.append(next(words))
    data = "".join(f"{word:08b}" for block in blocks for word in block)
    width = 8 if version < 10 else 16
    assert data[:4] == "0100"
    length = int(data[4 : 4 + width], 2)
    return bytes(int(data[k : k + 8], 2) for k in range(4 + width, 4 + width + 8 * length, 8)).decode()


@pytest.mark.parametrize("length", sampled((1, 13, 15, 40, 43, 61, 70, 90, 110, 125, 160, 185, 212), 4))
def test_qr_code_of_any_length_holds_the_address(page: Page, length: int) -> None:
    page.goto("about:blank")
    page.evaluate("(code) => { new Function(code)(); }", CODE.read_text(encoding="utf-8"))
    address = "".join(Random(length).choices(CHARACTERS, k=length))
    ours = page.evaluate("(address) => globalThis.workreportCode(address)", address)
    assert len(ours) == 17 + 4 * next(version for version, most in enumerate(LEVEL_M, 1) if length <= most)
    assert read_code(ours) == address


def test_without_scripts_the_citation_and_the_files_are_there(site: Path, browser: Browser) -> None:
    with closing(browser.new_context(java_script_enabled=False)) as context:
        page = context.new_page()
        page.goto((site / SLUG / "download" / "index.html").as_uri())
        assert page.inner_text("#citation").strip() == citations.filled(told(site)["texts"][""][0])
        for ending in ("bib", "ris", "json"):
            assert page.is_visible(f'a[href="cite.{ending}"]')
        assert not page.is_visible("[data-cite]")
