"""What programs find at the root of a site: site map, robots.txt and llms.txt, each where it belongs and linked."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.publish.served_folder import run
from tests.site_pages import pages_of
from tests.website.small_book import BOOK
from workreport.model import Publication, Reading
from workreport.project.settings import Settings
from workreport.website.llms import llms_text
from workreport.website.pages import collection_of
from workreport.website.site_map import canonical, robots

ROOT_ADDRESS = "https://www.example.gov.cn/"
LINK = re.compile(r"^- \[.*\]\((.*?)\): ", re.MULTILINE)
"""A link of llms.txt with its address."""


def built(folder: Path, address: str, *, whole: bool = False) -> Path:
    """Build a site of the small report, with data files if `whole`, and return it."""
    shutil.copytree(BOOK, folder / "reports" / "linhu-2025")
    line = f'address = "{address}"\n' if address else ""
    (folder / "site.toml").write_text(f"{line}[build]\npictures = false\narchive = false\n", encoding="utf-8")
    only = () if whole else ("--only", "site")
    done = run(folder, "build", "--quiet", *only)
    assert done.returncode == 0, done.stderr
    return folder / "site"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the small report, whole, at the root of a host."""
    return built(tmp_path_factory.mktemp("root") / "p", ROOT_ADDRESS, whole=True)


@pytest.fixture(scope="module")
def without_address(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of the small report, of a site without an address."""
    return built(tmp_path_factory.mktemp("none") / "p", "")


def test_site_map_has_the_canonical_address_of_every_page_once_and_no_day(site: Path) -> None:
    text = (site / "sitemap.xml").read_text(encoding="utf-8")
    told = {canonical((site / name).read_text(encoding="utf-8")) for name in pages_of(site) if name != "404.html"}
    assert sorted(re.findall(r"<loc>([^<]+)</loc>", text)) == sorted(told)
    assert all(address.startswith(ROOT_ADDRESS) for address in told)
    assert "lastmod" not in text


@pytest.mark.parametrize(
    ("address", "there"),
    [(ROOT_ADDRESS, True), ("https://www.example.gov.cn:8443/", True), (f"{ROOT_ADDRESS}gzbg/", False), ("", False)],
)
def test_robots_txt_is_made_for_the_root_of_a_host_only(address: str, there: bool) -> None:
    text = robots(address)
    assert bool(text) == there
    if there:
        assert text.endswith(f"\nSitemap: {address}sitemap.xml\n")


@pytest.mark.long
def test_robots_txt_stands_in_the_site(site: Path, without_address: Path) -> None:
    assert (site / "robots.txt").read_text(encoding="utf-8") == robots(ROOT_ADDRESS)
    assert not (without_address / "robots.txt").exists()
    assert not (without_address / "sitemap.xml").exists()


def test_llms_txt_names_files_of_the_site_and_the_plain_text_is_the_report(site: Path, without_address: Path) -> None:
    for folder, address in ((site, ROOT_ADDRESS), (without_address, "")):
        named = LINK.findall((folder / "llms.txt").read_text(encoding="utf-8"))
        assert all(link.startswith(address) for link in named)
        paths = [unquote(link.removeprefix(address)) for link in named]
        if address:  # in the form of the canonical links
            assert {link for link in named if Path(link).suffix not in (".txt", ".json")} <= {
                canonical((folder / name).read_text(encoding="utf-8")) for name in pages_of(folder)
            }
            paths = [f"{path}index.html" if path.endswith("/") else path for path in paths]
        assert [path for path in paths if not (folder / path).is_file()] == []
        (text,) = (path for path in paths if path.endswith(".txt"))
        assert "各位代表：" in (folder / text).read_text(encoding="utf-8")
    # The pages alone have no data files.
    assert "indicators.json" not in (without_address / "llms.txt").read_text(encoding="utf-8")


def test_hostile_name_in_llms_txt_stays_one_link_text(book: Reading) -> None:
    hostile = "](https://evil.example/) [x\n# 标题 <script>"
    odd = replace(book, meta=replace(book.meta, title=hostile, place=""))
    text = llms_text(collection_of(Publication((odd,))), Settings(), data=True)
    assert [line for line in text.splitlines() if line.startswith("# ")] == text.splitlines()[:1]
    assert not re.search(r"(?<!\\)\]\(https://evil", text)
    assert not re.search(r"(?<!\\)<script", text)


def test_front_page_links_to_the_files_for_programs_that_are_there(site: Path, without_address: Path) -> None:
    def alternates(folder: Path, page: str) -> set[str]:
        text = (folder / page).read_text(encoding="utf-8")
        return set(re.findall(r'<link rel="(?:alternate|describedby|search)"[^>]*href="([^"]*)"', text))

    front = {"llms.txt", "linhu-2025/download/text.txt", "linhu-2025/data/dcat.jsonld", "assets/opensearch.xml"}
    assert alternates(site, "index.html") == front
    assert alternates(site, "linhu-2025/text/index.html") == {
        "../download/text.txt",
        "../data/dcat.jsonld",
        "../../assets/opensearch.xml",
    }
    assert alternates(without_address, "index.html") == {"llms.txt", "linhu-2025/download/text.txt"}
    assert alternates(site, "linhu-2025/1/index.html") == {"../../assets/opensearch.xml"}
