"""Every full address that a published file names leads to a file of the served folder, with links and without."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.publish.served_folder import put, run
from tests.publish.web_servers import SUBPATH, get, nginx_under
from tests.website.small_book import BOOK
from workreport.website import citations, site_map

ADDRESS = f"https://www.example.gov.cn/{SUBPATH}/"
_NAMED = re.compile(re.escape(ADDRESS) + r"""[^\s"'<>)\\}|]*""")
"""Matches an address of the site, with its anchor and with the holes of citations."""
SECOND_REPORT = """政府工作报告
（2024年1月9日在清水区第三届人民代表大会第五次会议上）
清水区人民政府区长 李四
各位代表：
一、2023年工作回顾
新增企业30家，地区生产总值120亿元、增长5.1%。
二、2024年工作安排
办好实事。
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with an address and two reports, built whole."""
    project = tmp_path_factory.mktemp("addresses") / "p"
    shutil.copytree(BOOK, project / "reports" / BOOK.name)
    (project / "reports" / "qingshui-2024").mkdir()
    (project / "reports" / "qingshui-2024" / "source.txt").write_text(SECOND_REPORT, encoding="utf-8")
    (project / "site.toml").write_text(f'address = "{ADDRESS}"\npublisher = "清水区人民政府办公室"\n', encoding="utf-8")
    done = run(project, "build", "--quiet")
    assert done.returncode == 0, done.stderr
    return project


@pytest.fixture(params=[False, True], ids=["links", "pointer"], scope="module")
def www(request: pytest.FixtureRequest, built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """That project, published once."""
    folder = tmp_path_factory.mktemp("www") / SUBPATH
    version = put(built, folder, plain=request.param).version
    assert version
    return folder


def texts(name: str, data: bytes) -> Iterator[tuple[str, str]]:
    """Yield path and text of a file that may name addresses; of a zip, those of the files in it."""
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as bundle:
            for row in bundle.namelist():
                yield from texts(f"{name}:{row}", bundle.read(row))
    elif not name.endswith((".png", ".ico", ".pdf")):
        yield name, data.decode("utf-8", "replace")


def published(www: Path) -> Iterator[tuple[str, str]]:
    """Yield path and text of each published file that may name addresses; links are followed."""
    for folder, below, names in os.walk(www, followlinks=True):
        if Path(folder) == www:
            below.remove(".workreport")
        for name in sorted(names):
            path = Path(folder) / name
            yield from texts(path.relative_to(www).as_posix(), path.read_bytes())


def addresses(www: Path) -> dict[str, str]:
    """Return the paths of all addresses that any published file names, without anchor, each with one file that names it."""
    version = next(p.name for p in (www / "v").iterdir() if p.name[0] == "2")
    found: dict[str, str] = {}
    for name, text in published(www):
        for link in set(_NAMED.findall(text)):
            for whole in (citations.filled(link), citations.filled(link, version=version)):
                path = unquote(whole.removeprefix(ADDRESS).partition("#")[0].partition("?")[0]).rstrip(".,;。，；")
                found.setdefault(path, name)
    return found


def file_of(www: Path, path: str) -> Path:
    """Return the file that a server sends for a path."""
    return www / (f"{path}index.html" if path.endswith("/") or not path else path)


def test_every_full_address_that_a_published_file_names_leads_to_a_file(www: Path) -> None:
    found = addresses(www)
    assert {path: by for path, by in found.items() if not file_of(www, path).is_file()} == {}
    slug = BOOK.name
    pages = {"", f"{slug}/", f"{slug}/indicators/", f"{slug}/text/", "v/"}
    data = {f"{slug}/data/indicators.{ending}" for ending in ("csv", "json", "xlsx")}
    files = {f"{slug}/download/text.txt", "v/versions.atom", "v/timemap.link", f"v/timemap/{slug}.link"}
    assert (pages | data | files) - found.keys() == set(), "the walk did not read what names these"
    assert any(path.endswith(".png") for path in found)


def test_stable_addresses_have_the_bytes_of_the_newest_version(www: Path, built: Path) -> None:
    site = built / "site"
    for path in sorted(p for p in site.rglob("*") if p.is_file()):
        name = path.relative_to(site).as_posix()
        is_page = name.endswith(".html") and not name.startswith("archive/") and name != "404.html"
        if not is_page and name not in ("sitemap.xml", "robots.txt"):
            assert (www / name).read_bytes() == path.read_bytes(), name


def head_of(page: str) -> list[str]:
    """Return the labels, previews, JSON-LD and title of a page, sorted."""
    head = page.partition("</head>")[0]
    patterns = (
        r'<meta (?:name|property)="(?!viewport|color-scheme|wr-manifest)[^>]*>',
        r"<title>[^<]*</title>",
        r'<link rel="(?:canonical|license)"[^>]*>',
        r'<script type="application/ld\+json">[^<]*</script>',
    )
    return sorted(found for pattern in patterns for found in re.findall(pattern, head))


def test_program_without_scripts_reads_the_same_head_at_a_stable_address_in_both_ways(www: Path, built: Path) -> None:
    site = built / "site"
    for path in sorted(site.rglob("index.html")):
        name = path.relative_to(site).as_posix()
        if name.startswith("archive/"):
            continue
        told, stable = head_of(path.read_text(encoding="utf-8")), (www / name).read_text(encoding="utf-8")
        assert head_of(stable) == told, name
        assert any('"og:title"' in row for row in told), name
        assert site_map.canonical(stable) == ADDRESS + name.removesuffix("index.html")
        if (www / "current.js").is_file():
            version = next(p.name for p in (www / "v").iterdir() if p.name[0] == "2")
            up = "../" * name.count("/")
            assert f'<a href="{up}v/{version}/{name}">' in stable, "a reader without scripts finds no way to the page"


def test_files_of_references_in_a_version_name_it_and_the_stable_ones_do_not(www: Path) -> None:
    version = next(p.name for p in (www / "v").iterdir() if p.name[0] == "2")
    folder = f"{BOOK.name}/download"
    for ending, field in (
        ("bib", f"edition = {{{version}}}"),
        ("ris", f"ET  - {version}"),
        ("json", f'"edition": "{version}"'),
    ):
        kept = (www / "v" / version / folder / f"cite.{ending}").read_bytes().decode()
        stable = (www / folder / f"cite.{ending}").read_bytes().decode()
        assert kept.count(field) == kept.count(f"{ADDRESS}v/{version}/{BOOK.name}/") > 1
        assert version not in stable
        assert stable.count(f"{ADDRESS}{BOOK.name}/") == kept.count(field)


def test_list_of_versions_says_in_json_ld_what_it_lists(www: Path) -> None:
    page = (www / "v" / "index.html").read_text(encoding="utf-8")
    (text,) = re.findall(r'<script type="application/ld\+json">([^<]*)</script>', page)
    listed, way = json.loads(text)["@graph"]
    (version,) = listed["hasPart"]
    assert (listed["@type"], listed["url"]) == ("CollectionPage", f"{ADDRESS}v/")
    assert version["url"] == f"{ADDRESS}v/{version['version']}/"
    assert (www / "v" / version["version"] / "version.json").is_file()
    assert len(version["about"]) == 2
    assert [step["item"] for step in way["itemListElement"]] == [ADDRESS, f"{ADDRESS}v/"]


def test_site_of_pages_alone_names_no_data_file_that_it_lacks(tmp_path: Path) -> None:
    project, folder = tmp_path / "p", tmp_path / "www"
    shutil.copytree(BOOK, project / "reports" / BOOK.name)
    (project / "site.toml").write_text(f'address = "{ADDRESS}"\n', encoding="utf-8")
    assert run(project, "build", "--quiet", "--only", "site").returncode == 0
    put(project, folder, plain=True)
    found = addresses(folder)
    assert f"{BOOK.name}/indicators/" in found
    assert {path: by for path, by in found.items() if not file_of(folder, path).is_file()} == {}


@pytest.mark.long
def test_nginx_answers_every_full_address_with_its_bytes(www: Path, tmp_path: Path) -> None:
    with nginx_under(www, tmp_path / "prefix") as base:
        for path in addresses(www):
            status, _, body = get(base, path)
            assert status == 200, path
            assert body == file_of(www, path).read_bytes(), path
