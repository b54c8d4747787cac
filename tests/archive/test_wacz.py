"""The web archive has a record for each address of the website, is readable by other programs, and is reproducible."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.archive.bags import files_of, index, record, records, repaired, text_of
from tests.conftest import ROOT, serving
from workreport.archive import wacz

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Frame, Page

SLUG = "gongshu-2024"
BASE = f"https://{SLUG}.invalid/"
DAY = date(2024, 2, 21)
PLACE = wacz.WebArchiveInfo(BASE, "报告", "一份报告", "workreport 0")
VALIDATORS = ROOT / ".venv-validators" / "bin"
SITE = {
    "index.html": "<html><head><title> 甲 &amp;\n乙 </title></head><svg><title>图</title></svg></html>".encode(),
    "a/1/index.html": "<title>第一节</title>".encode() * 300,
    "a/图 表.png": b"\x89PNG not really" * 9,
    "assets/a.css": b"p{}",
    "empty.txt": b"",
    "404.html": "<title>没有这一页</title>".encode(),
}


@pytest.fixture(scope="module")
def packed(built_project: Path) -> bytes:
    """The web archive in the bag of the committed report."""
    return files_of((built_project / "archive" / f"{SLUG}-bag.zip").read_bytes())[f"{SLUG}-bag/data/web/{SLUG}.wacz"]


def test_every_file_and_folder_has_one_record_in_the_web_archive() -> None:
    found = records(files_of(wacz.pack(SITE, PLACE, DAY)))
    assert set(found) == {
        BASE, f"{BASE}index.html", f"{BASE}a/1/", f"{BASE}a/1/index.html", f"{BASE}a/%E5%9B%BE%20%E8%A1%A8.png",
        f"{BASE}assets/a.css", f"{BASE}empty.txt", f"{BASE}404.html",
    }  # fmt: skip
    for url, one in found.items():
        assert one.headers["warc-target-uri"] == url
        assert one.headers["warc-date"] == "2024-02-21T00:00:00Z"
        assert one.headers["warc-block-digest"] == f"sha256:{hashlib.sha256(one.block).hexdigest()}"
        if url.endswith("/"):
            assert one.headers["warc-type"] == "revisit"
            of = found[one.headers["warc-refers-to-target-uri"]]
            assert of.headers["warc-target-uri"] == f"{url}index.html"
            assert of.headers["warc-payload-digest"] == one.headers["warc-payload-digest"]
            assert one.payload == b""
        else:
            assert one.headers["warc-payload-digest"] == f"sha256:{hashlib.sha256(one.payload).hexdigest()}"
            assert one.http["content-length"] == str(len(one.payload))
    assert found[f"{BASE}a/1/index.html"].payload == SITE["a/1/index.html"]
    assert found[f"{BASE}a/%E5%9B%BE%20%E8%A1%A8.png"].payload == SITE["a/图 表.png"]
    assert found[f"{BASE}assets/a.css"].http["content-type"] == "text/css; charset=utf-8"
    assert len({one.headers["warc-record-id"] for one in found.values()}) == len(found)


def test_web_archive_lists_pages_with_titles_front_page_first() -> None:
    head, *lines = files_of(wacz.pack(SITE, PLACE, DAY))["pages/pages.jsonl"].decode().splitlines()
    assert json.loads(head) == {"format": "json-pages-1.0", "id": "pages", "title": "报告"}
    pages = [json.loads(line) for line in lines]
    assert [(page["url"], page["title"]) for page in pages] == [
        (f"{BASE}index.html", "甲 & 乙"),
        (f"{BASE}a/1/index.html", "第一节"),
    ]
    assert {page["ts"] for page in pages} == {"2024-02-21T00:00:00Z"}


def test_datapackage_of_the_web_archive_has_the_digests_of_all_files() -> None:
    files = files_of(wacz.pack(SITE, PLACE, DAY))
    package = json.loads(files["datapackage.json"])
    assert package["wacz_version"] == "1.1.1"
    assert package["mainPageUrl"] == f"{BASE}index.html"
    told = {r["path"]: (r["hash"], r["bytes"]) for r in package["resources"]}
    own = {"datapackage.json", "datapackage-digest.json"}
    assert told == {
        name: (f"sha256:{hashlib.sha256(data).hexdigest()}", len(data))
        for name, data in files.items()
        if name not in own
    }
    whole = hashlib.sha256(files["datapackage.json"]).hexdigest()
    assert json.loads(files["datapackage-digest.json"]) == {"path": "datapackage.json", "hash": f"sha256:{whole}"}


def test_records_are_stored_uncompressed_in_the_zip_and_the_index_is_sorted() -> None:
    with zipfile.ZipFile(BytesIO(wacz.pack(SITE, PLACE, DAY))) as bundle:
        assert bundle.getinfo("archive/data.warc.gz").compress_type == zipfile.ZIP_STORED
        assert bundle.getinfo("indexes/index.cdx").compress_type == zipfile.ZIP_DEFLATED
        lines = bundle.read("indexes/index.cdx").decode().splitlines()
    assert lines == sorted(lines)


def test_first_record_of_the_web_archive_is_warcinfo(packed: bytes) -> None:
    files = files_of(packed)
    first = min(int(entry["offset"]) for entry in index(files))
    told = record(files["archive/data.warc.gz"][:first])
    assert told.headers["warc-type"] == "warcinfo"
    assert "software: workreport " in told.block.decode()
    assert "杭州市拱墅区2024年政府工作报告" in told.block.decode()


def test_every_file_of_the_site_is_in_the_web_archive(built_site: Path, packed: bytes) -> None:
    found = records(files_of(packed))
    names = [p.relative_to(built_site).as_posix() for p in built_site.rglob("*") if p.is_file()]
    names = [name for name in names if not name.startswith("archive/")]
    whole = {one for one in found if found[one].headers["warc-type"] == "response"}
    assert whole == {BASE + name for name in names}
    for name in names:
        if b"data-archives" not in found[BASE + name].payload:
            assert found[BASE + name].payload == (built_site / name).read_bytes(), name


def test_records_of_the_web_archive_use_the_publishers_address() -> None:
    base = wacz.base("https://www.example.gov.cn:8443/Gzbg/", "a")
    found = index(files_of(wacz.pack(SITE, wacz.WebArchiveInfo(base, "a", "b", "c"), DAY)))
    assert {entry["url"] for entry in found if entry["key"] == "cn,gov,example:8443)/gzbg"} == {base}


@pytest.mark.parametrize(
    "page", ["<title>" + "字" * 5_000_000, "<title>" * 700_000, "<title" + "a" * 5_000_000], ids=[1, 2, 3]
)
def test_title_of_a_large_unclosed_page_is_searched_in_linear_time(page: str) -> None:
    begun = time.process_time()
    lines = files_of(wacz.pack({"a.html": page.encode()}, PLACE, DAY))["pages/pages.jsonl"].decode().splitlines()
    assert json.loads(lines[1])["title"] == "a.html"
    assert time.process_time() - begun < 10


AGAIN = """
import os, sys
os.umask(int(sys.argv[2], 8))
from pathlib import Path
from tests.archive.test_wacz import DAY, PLACE, SITE
from workreport.archive import wacz
site = dict(reversed(SITE.items())) if sys.argv[2] == "077" else SITE
Path(sys.argv[1]).write_bytes(wacz.pack(site, PLACE, DAY))
"""
"""Writes the web archive of `SITE` into the file argv[1]; with the umask argv[2] 077 from files in reverse order."""


@pytest.mark.long
def test_web_archive_is_reproducible(tmp_path: Path) -> None:
    made = []
    for name, umask, zone, seed in (("a", "022", "Asia/Shanghai", "1"), ("b", "077", "America/St_Johns", "2")):
        environment = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
        subprocess.run([sys.executable, "-c", AGAIN, str(tmp_path / name), umask], check=True, env=environment)
        made.append((tmp_path / name).read_bytes())
    assert made[0] == made[1]


# -- programs of other authors, which `make test-all` installs and runs


def run_validator(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    if not VALIDATORS.is_dir():
        pytest.skip("the validators are not installed in .venv-validators: run `make test-all`")
    return subprocess.run([str(VALIDATORS / program), *arguments], capture_output=True, text=True, check=False)


READ = """
import hashlib, json, sys
from warcio.archiveiterator import ArchiveIterator
found, texts = {}, {}
with open(sys.argv[1], "rb") as stream:
    for record in ArchiveIterator(stream, check_digests="raise"):
        url, content = record.rec_headers["WARC-Target-URI"], record.content_stream().read()
        if record.rec_type == "response":
            found[url] = hashlib.sha256(content).hexdigest()
        if record.rec_type == "response" and url.endswith(("/text/index.html", "/download/text.txt")):
            texts[url.rpartition(".")[2]] = content.decode()
print(json.dumps({"found": found, "texts": texts}))
"""
"""Prints the SHA-256 of each response by address, and the texts of the full text page and of text.txt; by warcio."""


@pytest.mark.long
def test_wacz_validator_accepts_the_web_archive_and_finds_a_change(packed: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.wacz"
    path.write_bytes(packed)
    assert run_validator("wacz", "validate", "-f", str(path)).returncode == 0
    files = files_of(packed)
    for name in ("archive/data.warc.gz", "indexes/index.cdx", "pages/pages.jsonl", "datapackage.json"):
        with zipfile.ZipFile(tmp_path / "b.wacz", "w") as bundle:
            for each, data in files.items():
                bundle.writestr(each, data.replace(b"2024", b"2023") + b" " if each == name else data)
        assert run_validator("wacz", "validate", "-f", str(tmp_path / "b.wacz")).returncode != 0, name


@pytest.mark.long
def test_warcio_and_cdxj_indexer_read_the_web_archive(built_project: Path, packed: bytes, tmp_path: Path) -> None:
    bag = files_of((built_project / "archive" / f"{SLUG}-bag.zip").read_bytes())
    listed = bag[f"{SLUG}-bag/data/text/{SLUG}.repairs.json"]
    text = repaired((built_project / "reports" / SLUG / "source.md").read_bytes().decode(), listed)
    for name, one in (("site", packed), ("small", wacz.pack(SITE, PLACE, DAY))):
        folder = tmp_path / name
        folder.mkdir()
        files = files_of(one)
        warc = folder / "data.warc.gz"
        warc.write_bytes(files["archive/data.warc.gz"])
        done = run_validator("warcio", "check", str(warc))
        assert (done.returncode, done.stdout) == (0, "")
        done = run_validator("cdxj-indexer", "-s", str(warc))
        assert done.stdout == files["indexes/index.cdx"].decode(), done.stderr
        read = json.loads(run_validator("python", "-c", READ, str(warc)).stdout)
        own = {url: one for url, one in records(files).items() if one.headers["warc-type"] == "response"}
        assert read["found"] == {url: hashlib.sha256(one.payload).hexdigest() for url, one in own.items()}
        if name == "site":
            # The text of the report as warcio extracts it is the source with the listed repairs.
            assert read["texts"]["txt"] == text
            assert text_of(read["texts"]["html"].encode()) == "".join(text.split())
        # One changed character in an otherwise correct record is found by the record's digest.
        whole = files["archive/data.warc.gz"]
        (entry,) = (e for e in index(files) if e["url"] == f"{BASE}404.html")
        start, end = int(entry["offset"]), int(entry["offset"]) + int(entry["length"])
        changed = gzip.decompress(whole[start:end]).replace("没有".encode(), "真有".encode())
        warc.write_bytes(whole[:start] + gzip.compress(changed) + whole[end:])
        assert run_validator("warcio", "check", str(warc)).returncode != 0


PLAYER = """<!doctype html><meta charset="utf-8"><title>replay</title><script src="ui.js"></script>
<replay-web-page source="site.wacz" url="{url}" embed="replayonly" style="display:block;height:900px"></replay-web-page>
"""


@pytest.mark.long
@pytest.mark.browser
def test_replayweb_replays_the_web_archive(browser: Browser, packed: bytes, npm: Path, tmp_path: Path) -> None:
    (tmp_path / "replay").mkdir()
    for name in ("ui.js", "replay/ui.js", "replay/sw.js"):
        shutil.copy((npm / "replaywebpage") / Path(name).name, tmp_path / name)
    (tmp_path / "site.wacz").write_bytes(packed)
    for name, path in (("front", "index.html"), ("root", ""), ("folder", f"{SLUG}/1/3/")):
        (tmp_path / f"{name}.html").write_text(PLAYER.format(url=BASE + path), encoding="utf-8")
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()
    with serving(tmp_path) as address:

        def replayed(path: str, words: str) -> Frame:
            return wait_for_frame(
                page, lambda frame: frame.url.endswith(f"mp_/{BASE}{path}") and words in frame.inner_text("body")
            )

        page.goto(f"{address}front.html")
        front = replayed("index.html", "拱墅区")
        # A card links to its sentence on another page of the archive.
        card = front.locator("a[data-at][href*='#s']").first
        target = str(card.get_attribute("href"))
        card.click()
        opened = replayed(target, "2023年工作回顾")
        opened.wait_for_selector(":target", state="attached")
        opened.wait_for_load_state("load")
        # The search finds a sentence of the eighth section.
        opened.locator("[data-search]:visible").first.click()
        opened.fill("#wr-query", "养老服务")
        hit = opened.locator("#search-results [data-sentence]").first
        hit.wait_for()
        assert "养老服务" in hit.inner_text()
        for name, path, words in (("root", "", "拱墅区"), ("folder", f"{SLUG}/1/3/", "市场活力加速重振")):
            page.goto(f"{address}{name}.html")
            replayed(path, words)
        assert {url for url in asked if not url.startswith((address, "data:", "blob:"))} == set()
    context.close()


def wait_for_frame(page: Page, right: Callable[[Frame], bool]) -> Frame:
    """The frame for which `right` is true; waits up to 90 seconds, then fails the test."""
    last = ""
    for _ in range(900):
        for frame in page.frames:
            try:
                if right(frame):
                    return frame
            except Exception as error:  # noqa: BLE001 - a frame that is loading another page raises errors
                last = str(error)
        page.wait_for_timeout(100)
    pytest.fail(f"no such page: {[frame.url for frame in page.frames]} {last}")
