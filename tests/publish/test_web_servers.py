"""A real nginx and a real Caddy with our configuration, at the root and under a subpath: addresses, headers, compression, 404."""

from __future__ import annotations

import gzip
import re
import shutil
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.conftest import ROOT
from tests.publish.served_folder import run, silent
from tests.publish.small_site import DAY, SENTENCES, SLUG, changed, make_site, tree
from tests.publish.web_servers import (
    CADDY,
    NGINX,
    NGINX_REPORT,
    SUBPATH,
    Served,
    caddy_on,
    caddy_under,
    get,
    nginx_on,
    nginx_under,
)
from tests.site_pages import pages_of
from tests.website.small_book import BOOK
from workreport import publish
from workreport.project import media_types

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.long

ON_HOSTS: dict[str, Served] = {"nginx": nginx_on, "caddy": caddy_on}
SERVERS = ON_HOSTS | {"nginx-subpath": nginx_under, "caddy-subpath": caddy_under}
"""The ways in which our configurations serve a site: as a host of its own, or under a subpath."""


# -- two versions of a small site -------------------------------------------------------------------------------------


@pytest.fixture(scope="module", params=SERVERS)
def served(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Path, Path]]:
    """Two published versions: the server's address, the folder with the projects `old` and `new`, and the served folder."""
    folder = tmp_path_factory.mktemp("served")
    www = folder / "www" / SUBPATH
    make_site(folder / "old")
    publish.publish(folder / "old", www, silent)
    new = changed(SENTENCES, 1, "s0000000a", "全年新增企业31家，增长5.3%。", "s00000002")
    make_site(folder / "new", new, sections=("1", "3"))
    publish.publish(folder / "new", www, silent)
    (www.parent / "other.html").write_text("<!doctype html><title>别的网页</title>", encoding="utf-8")
    with SERVERS[request.param](www, folder / "prefix") as base:
        yield base, folder, www


def test_stable_addresses_and_both_versions_are_served_with_their_own_text(served: tuple[str, Path, Path]) -> None:
    base, folder, _ = served
    for start, project in (("", "new"), (f"v/{DAY}.1/", "old"), (f"v/{DAY}.2/", "new")):
        for name, text in tree(folder / project / "site").items():
            status, _, body = get(base, start + name)
            # Asked for by its own address, the 404 page may say that it is one.
            assert status == 200 or start + name == "404.html", start + name
            shown = re.sub(r"<p data-versions[^>]*>[\s\S]*?</p>", "<p data-versions hidden></p>", body.decode())
            assert shown == text, start + name
    for path in ("", f"{SLUG}/", f"v/{DAY}.1/", "v/"):
        assert get(base, path)[0] == 200
    assert urlsplit(get(base, SLUG)[1]["Location"]).path == f"{urlsplit(base).path}{SLUG}/"


def test_subpath_leaves_the_other_pages_of_the_server_alone(served: tuple[str, Path, Path]) -> None:
    at = urlsplit(served[0])
    status, headers, _ = get(f"{at.scheme}://{at.netloc}/", "other.html")
    if at.path == "/":
        assert (status, headers["Cache-Control"]) == (404, "no-cache")
    else:
        assert status == 200
        assert not {"Cache-Control", "Content-Security-Policy", "X-Robots-Tag"} & set(headers)


def test_removed_address_gives_a_page_with_a_link_to_the_old_version(served: tuple[str, Path, Path]) -> None:
    base, _, _ = served
    status, _, body = get(base, f"{SLUG}/2/index.html")
    assert status == 200
    assert f"v/{DAY}.1/{SLUG}/2/index.html" in body.decode()


def test_unknown_and_hidden_paths_get_the_404_page(served: tuple[str, Path, Path]) -> None:
    base, _, _ = served
    for path in ("no/such/page", f"v/{DAY}.9/index.html", ".workreport/lock", ".workreport/current/index.html"):
        status, headers, body = get(base, path)
        assert status == 404, path
        assert "没有这一页" in body.decode(), path
        assert headers["Cache-Control"] == "no-cache", path
        assert "Content-Security-Policy" in headers, path


def test_stable_addresses_are_revalidated_and_old_versions_are_immutable(served: tuple[str, Path, Path]) -> None:
    base, _, _ = served
    for path in ("", f"{SLUG}/text/index.html", "assets/a.css", "v/index.html", "v/versions.json"):
        _, headers, _ = get(base, path)
        assert headers["Cache-Control"] == "no-cache", path
        assert "X-Robots-Tag" not in headers, path
        again = get(base, path, If_None_Match=headers["ETag"])
        assert (again[0], again[2]) == (304, b""), path
    _, headers, _ = get(base, f"v/{DAY}.1/{SLUG}/text/index.html")
    assert "immutable" in headers["Cache-Control"]
    assert headers["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("serve", ON_HOSTS.values(), ids=ON_HOSTS)
def test_changed_page_of_the_same_length_gets_another_etag(tmp_path: Path, serve: Served) -> None:
    """Both publications are within a second, and the page keeps its length: servers compute ETags from time and length."""
    www, page = tmp_path / "www", f"{SLUG}/text/index.html"
    with ExitStack() as stack:
        make_site(tmp_path / "p")
        publish.publish(tmp_path / "p", www, silent)
        base = stack.enter_context(serve(www, tmp_path / "prefix"))
        tag = get(base, page)[1]["ETag"]
        make_site(tmp_path / "p", changed(SENTENCES, 1, "s00000002", "全年新增企业31家，增长5.1%。"))
        publish.publish(tmp_path / "p", www, silent)
        status, _, body = get(base, page, If_None_Match=tag)
        assert status == 200
        assert "31家" in body.decode()


def test_each_response_during_six_switches_is_a_whole_file_of_one_version(tmp_path: Path) -> None:
    www = tmp_path / "www"
    sites = [
        make_site(tmp_path / "0"),
        make_site(tmp_path / "1", changed(SENTENCES, 1, "s0000000a", "改了，长一些。" * 40)),
    ]
    names = sorted(n for n in tree(sites[0]) if n.startswith((SLUG, "index", "assets", "data")))
    publish.publish(tmp_path / "0", www, silent)
    faults: list[str] = []
    order: list[int] = []
    known = [{name: (site / name).read_bytes() for name in names} for site in sites]
    stop = threading.Event()
    with nginx_on(www, tmp_path / "prefix") as base:

        def read() -> None:
            """Get one file after another; append to `order` which of the two sites it is from."""
            asked = 0
            while not stop.is_set() and asked < 20_000:
                asked += 1
                name = names[asked % len(names)]
                status, headers, body = get(base, name)
                bare = re.sub(rb"<p data-versions>[\s\S]*?</p>", b"<p data-versions hidden></p>", body)
                which = [k for k in (0, 1) if known[k][name] == bare]
                if status != 200 or not which or int(headers["Content-Length"]) != len(body):
                    faults.append(f"{name}: {status}, {len(body)} bytes")
                elif len(which) == 1:
                    order.append(which[0])

        readers = [threading.Thread(target=read) for _ in range(2)]
        for reader in readers:
            reader.start()
        for k in range(1, 7):
            publish.publish(tmp_path / str(k % 2), www, silent)
        stop.set()
        for reader in readers:
            reader.join(60)
    assert faults == []
    assert set(order) == {0, 1}
    assert len(order) > 50


# -- the real site ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module", params=ON_HOSTS)
def real(
    request: pytest.FixtureRequest, built_project: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Path]]:
    """The real site, published: the server's address, and the folder of the site."""
    folder = tmp_path_factory.mktemp("served-real")
    project = folder / "p"
    for name in ("site", "archive"):
        shutil.copytree(built_project / name, project / name)
    publish.publish(project, folder / "www", silent)
    with SERVERS[request.param](folder / "www", folder / "prefix") as base:
        yield base, project / "site"


def rules(policy: str) -> dict[str, list[str]]:
    """Return a Content-Security-Policy as directive to its sorted sources."""
    return {words[0]: sorted(words[1:]) for part in policy.split(";") if (words := part.split())}


def test_content_security_policy_header_equals_that_in_each_page(real: tuple[str, Path]) -> None:
    base, site = real
    meta = re.compile(r'http-equiv="Content-Security-Policy" content="([^"]*)"')
    for name in pages_of(site):
        found = meta.search((site / name).read_text(encoding="utf-8"))
        assert found, name
        if not name.startswith("archive/"):
            status, headers, _ = get(base, "no-such-page" if name == "404.html" else name)
            assert status in (200, 404)
            assert rules(headers["Content-Security-Policy"]) == {**rules(found[1]), "frame-ancestors": ["'self'"]}, name


def served_type(name: str) -> str:
    """Return the Content-Type that a server sends for a file: its type in our table, of texts with the encoding."""
    kind = "text/xml" if name.endswith(".xml") else media_types.media_type(name)
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind


def test_every_file_of_the_real_site_has_its_media_type_and_security_headers(real: tuple[str, Path]) -> None:
    base, site = real
    seen = set()
    for path in sorted(p for p in site.rglob("*") if p.is_file()):
        name = path.relative_to(site).as_posix()
        status, headers, _ = get(base, "no-such-page" if name == "404.html" else name)
        assert headers["Content-Type"] == served_type(name), name
        assert headers["X-Content-Type-Options"] == "nosniff", name
        assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin", name
        assert status == (404 if name == "404.html" else 200), name
        seen.add(path.suffix)
    assert {".html", ".css", ".js", ".json", ".csv", ".zip", ""} <= seen


@pytest.mark.browser
def test_browser_saves_sha256sums_under_its_name(real: tuple[str, Path], browser: Browser) -> None:
    # If SHA256SUMS is sent as text, Chromium saves it as SHA256SUMS.txt, which no tool finds.
    with closing(browser.new_context(accept_downloads=True)) as context:
        page = context.new_page()
        page.goto(f"{real[0]}gongshu-2024/download/index.html")
        with page.expect_download() as saved:
            page.click('a[href$="/SHA256SUMS"]')
        assert saved.value.suggested_filename == "SHA256SUMS"


@pytest.mark.parametrize("serve", ON_HOSTS.values(), ids=ON_HOSTS)
def test_files_for_programs_have_their_media_types(tmp_path: Path, serve: Served) -> None:
    www = tmp_path / "www"
    www.mkdir()
    known = {"a.wacz": "application/wacz", "a.epub": "application/epub+zip", "a.jsonl": "application/x-ndjson"}
    known |= {"a.atom": "application/atom+xml", "a.link": "application/link-format"}
    for name in known:
        (www / name).write_bytes(b"x")
    with serve(www, tmp_path / "prefix") as base:
        assert {name: get(base, name)[1]["Content-Type"] for name in known} == known


def test_text_files_are_sent_compressed_and_archive_files_are_not(real: tuple[str, Path]) -> None:
    base, site = real
    for name in (
        "index.html",
        "assets/workreport.css",
        "assets/search-index.js",
        "data/indicators.json",
        "data/indicators.csv",
    ):
        _, headers, body = get(base, name, Accept_Encoding="gzip")
        assert headers["Content-Encoding"] == "gzip", name
        assert "Accept-Encoding" in headers["Vary"], name
        assert len(body) < (site / name).stat().st_size / 2, name
        if not name.endswith(".html"):
            assert gzip.decompress(body) == (site / name).read_bytes(), name
    bundle = next((site / "archive").glob("*-offline.zip"))
    _, headers, body = get(base, f"archive/{bundle.name}", Accept_Encoding="gzip")
    assert "Content-Encoding" not in headers
    assert body == bundle.read_bytes()
    status, headers, body = get(base, f"archive/{bundle.name}", Range="bytes=-22")
    assert (status, body) == (206, bundle.read_bytes()[-22:])


@pytest.mark.browser
def test_browser_reports_no_error_on_any_page_served_with_our_headers(real: tuple[str, Path], browser: Browser) -> None:
    base, site = real
    wrong: list[str] = []
    with closing(browser.new_context()) as context:
        page = context.new_page()
        page.on("console", lambda m: wrong.append(f"{page.url}: {m.text}") if m.type == "error" else None)
        page.on("pageerror", lambda error: wrong.append(f"{page.url}: {error}"))
        for name in [*(n for n in pages_of(site) if n != "404.html"), "v/index.html"]:
            page.goto(base + name)
            page.wait_for_load_state("networkidle")
        page.goto(f"{base}index.html?q=亚运")
        page.wait_for_selector('#search-results[data-state="ready"]')
        assert page.locator("#search-results [data-sentence]").count() >= 3
    assert wrong == []


@pytest.mark.browser
@pytest.mark.parametrize("name", ["nginx-subpath", "caddy-subpath"])
def test_browser_reports_no_error_under_a_subpath(tmp_path: Path, name: str, browser: Browser) -> None:
    """A page for unknown addresses begins its links at the root of the host: it needs the address of the site."""
    project, www, wrong = tmp_path / "p", tmp_path / "www" / SUBPATH, list[str]()
    shutil.copytree(BOOK, project / "reports" / BOOK.name)
    (project / "site.toml").write_text(f'address = "https://www.example.gov.cn/{SUBPATH}/"\n', encoding="utf-8")
    built = run(project, "build", "--quiet", "--only", "site")
    assert built.returncode == 0, built.stderr
    publish.publish(project, www, silent)
    # Pages alone have no icon: then the browser asks for that of the host.
    (www.parent / "favicon.ico").write_bytes(b"")
    with SERVERS[name](www, tmp_path / "prefix") as base, closing(browser.new_context()) as context:
        page = context.new_page()
        page.on("console", lambda m: wrong.append(f"{page.url}: {m.text}") if m.type == "error" else None)
        page.on("pageerror", lambda error: wrong.append(f"{page.url}: {error}"))
        for path in ("", f"{BOOK.name}/1/1/index.html", f"v/2025-01-15.1/{BOOK.name}/text/index.html", "v/"):
            answer = page.goto(base + path, wait_until="networkidle")
            assert answer
            assert answer.status == 200, path
        assert wrong == []
        missing = page.goto(f"{base}no/such/page", wait_until="networkidle")
        assert missing
        assert missing.status == 404
        # The browser tells of the status itself, and that the styles which the page links for a disk, beside those of the
        # server, are not in the folder of this address. Every other file of the page is there.
        assert [words for words in wrong if f"{base}no/such/assets/" not in words] == wrong[:1]
        assert page.evaluate("getComputedStyle(document.querySelector('.wr-bar')).display") != "block"
        page.click(".wr-brand")
        assert page.url == f"{base}index.html"


# -- the READMEs --------------------------------------------------------------------------

_README = pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md"])


@_README
def test_readme_contains_our_configurations_unchanged(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    files = [path.read_text(encoding="utf-8") for path in (NGINX, NGINX_REPORT)]
    assert re.findall(r"```nginx\n([\s\S]*?)```", text) == files
    assert re.findall(r"```caddyfile\n([\s\S]*?)```", text) == [CADDY.read_text(encoding="utf-8")]


@_README
def test_table_of_headers_for_object_stores_has_the_values_that_nginx_sends(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([A-Z][A-Za-z-]+)` \| ([^|]*) \| `([^|]*)` \|$", text, re.MULTILINE)
    files = NGINX.read_text(encoding="utf-8") + NGINX_REPORT.read_text(encoding="utf-8")
    assert {name for name, _, _ in rows} == {"Content-Type", *re.findall(r"add_header (\S+)", files)}
    for name, where, value in rows:
        if name == "Content-Type":
            kind, endings = re.escape(value.partition(";")[0]), re.findall(r"`\.?(\w+)`", where)
            assert all(
                re.search(rf"{kind}[^;]* {ending}\b|default_type {kind};.*{ending}", files) for ending in endings
            )
        else:
            assert value in files, name
