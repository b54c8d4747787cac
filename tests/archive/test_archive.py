"""The offline zip and `SHA256SUMS` are reproducible and readable by other tools, and pages list the archive files."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import pytest

from tests.archive import small_archive
from workreport import archive
from workreport.archive import downloads, forms, offline, zips
from workreport.project import writer

ROOT = Path(__file__).resolve().parents[2]
DAY = date(2024, 2, 21)
OFFER = "<div data-archives><div>离线版在网站下载。</div></div>\n<p>正文</p>"
FILES = {
    "index.html": "<p>报告</p>",
    "town/index.html": "<p>青川镇</p>" * 50,
    "town/下载.html": OFFER,
    "assets/a.css": "p{}",
    "town/1/index.html": "<p>第一节</p>",
}


def site_of(folder: Path, files: dict[str, str] | None = None) -> Path:
    """Write these files (default `FILES`) into `folder`; return the folder."""
    for name, text in (files or FILES).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def packed(folder: Path) -> tuple[Path, Path]:
    """Write a website and an archive with its offline zip and sums below `folder`; return both folders."""
    site = site_of(folder / "site")
    small_archive.pack_site(site, folder / "archive")
    archive.write_sums(folder / "archive")
    return site, folder / "archive"


def test_offline_zip_holds_the_site_in_one_folder(tmp_path: Path) -> None:
    _, files = packed(tmp_path)
    with zipfile.ZipFile(files / "town-offline.zip") as bundle:
        assert bundle.testzip() is None
        names = bundle.namelist()
        assert names == sorted(f"town-offline/{name}" for name in {*FILES, *offline.OWN})
        assert bundle.read("town-offline/index.html").decode() == FILES["index.html"]
        for member in bundle.infolist():
            assert member.date_time == (2024, 2, 21, 0, 0, 0)
            assert (member.external_attr >> 16, member.create_system) == (0o100644, 3)
            assert (member.extra, member.comment) == (b"", b"")


PACK = """
import os, sys
from datetime import date
from pathlib import Path
from tests.archive import small_archive
from workreport import archive
os.umask(int(sys.argv[2], 8))
folder = Path(sys.argv[1])
for name in sys.argv[3:]:
    path = folder / "site" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(name * 99, encoding="utf-8")
small_archive.pack_site(folder / "site", folder / "archive")
archive.write_sums(folder / "archive")
"""
"""Writes files with the names argv[3:] and their archive below the folder argv[1], with the umask argv[2] (octal)."""


def test_offline_zip_is_reproducible(tmp_path: Path) -> None:
    made = []
    for name, umask, zone, seed, order in (
        ("a", "022", "Asia/Shanghai", "1", 1),
        ("b/deeper 报告", "077", "Pacific/Kiritimati", "2", -1),
    ):
        environment = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-c", PACK, str(tmp_path / name), umask, *list(FILES)[::order]]
        subprocess.run(command, check=True, env=environment)
        made.append({p.name: p.read_bytes() for p in (tmp_path / name / "archive").iterdir()})
    assert sorted(made[0]) == ["SHA256SUMS", "town-offline.zip"]
    assert made[0] == made[1]


def test_date_before_1980_becomes_1980_01_01_in_the_zip(tmp_path: Path) -> None:
    small_archive.pack_site(
        site_of(tmp_path / "site"), tmp_path / "archive", name="state-1954", moment=date(1954, 9, 23)
    )
    with zipfile.ZipFile(tmp_path / "archive" / "state-1954-offline.zip") as bundle:
        assert {m.date_time for m in bundle.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("name", ["con.html", "a?.html", "界" * 81])
def test_unportable_file_name_is_refused_and_nothing_written(tmp_path: Path, name: str) -> None:
    site = site_of(tmp_path / "site", {"index.html": ""})
    (site / name).write_text("", encoding="utf-8")
    with pytest.raises(writer.WriteError):
        small_archive.pack_site(site, tmp_path / "archive")
    assert not any((tmp_path / "archive").rglob("*"))


def test_sha256sum_accepts_the_sums(tmp_path: Path) -> None:
    _, files = packed(tmp_path)
    text = (files / "SHA256SUMS").read_text(encoding="utf-8")
    value = hashlib.sha256((files / "town-offline.zip").read_bytes()).hexdigest()
    assert text == f"{value}  town-offline.zip\n"
    if tool := shutil.which("sha256sum"):
        subprocess.run([tool, "-c", "--strict", "SHA256SUMS"], cwd=files, check=True, capture_output=True)


def test_download_page_lists_files_with_size_and_digest(tmp_path: Path) -> None:
    site, files = packed(tmp_path)
    archive.add_downloads(site, files)
    text = (site / "town" / "下载.html").read_text(encoding="utf-8")
    value = archive.digest(files / "town-offline.zip")
    assert text.startswith('<div data-archives><ul class="files"><li><a href="../archive/town-offline.zip" download>')
    assert f"SHA-256：<code>{value}</code></p></details></li>" in text
    assert text.endswith("</details></div>\n<p>正文</p>")
    assert text.index("town-offline.zip") < text.index("SHA256SUMS")
    assert (site / "archive" / "town-offline.zip").read_bytes() == (files / "town-offline.zip").read_bytes()
    assert (site / "archive" / "SHA256SUMS").is_file()
    assert (site / "town" / "index.html").read_text(encoding="utf-8") == FILES["town/index.html"]


def test_download_list_has_title_purpose_and_check_of_every_form() -> None:
    names = ["SHA256SUMS.minisig", "SHA256SUMS", *(f"a-1{form.ending}" for form in forms.FORMS), "b-2.pdf"]
    text = downloads.on_site(
        [downloads.ArchiveFile(name, 1_500_000, f"{number:064x}") for number, name in enumerate(names)], "../x"
    )
    order = [text.index(f"{name}，1.5 MB<") for name in downloads.in_order(names)]
    assert order == sorted(order)
    assert downloads.in_order(names)[-2:] == ["SHA256SUMS", "SHA256SUMS.minisig"]
    for number, name in enumerate(names):
        assert f'<a href="../x/{name}" download>' in text
        # The sums and their signature have no digest in the list.
        assert (f"{number:064x}" in text) is not name.startswith("SHA256SUMS")
    assert all(form.purpose in text and form.how_to_check in text and form.title in text for form in forms.FORMS)
    assert "minisign -Vm SHA256SUMS" in text
    assert "minisign -Vm" not in downloads.on_site([downloads.ArchiveFile("a.pdf", 1, "0" * 64)], "x")


def test_pages_inside_an_archive_name_other_forms_without_digests(tmp_path: Path) -> None:
    site = site_of(tmp_path / "site")
    names = [f"town{form.ending}" for form in forms.FORMS]
    small_archive.pack_site(site, tmp_path / "archive", archive_files=names)
    with zipfile.ZipFile(tmp_path / "archive" / "town-offline.zip") as bundle:
        page = bundle.read("town-offline/town/下载.html").decode()
    assert all(name in page for name in names)
    assert "SHA256SUMS" in page
    assert '<a href="../verify/index.html">核对这份离线版</a>' in page
    assert re.search("[0-9a-f]{64}", page) is None
    bagged = downloads.fill(OFFER.encode(), downloads.in_archive(names, "town-bag.zip")).decode()
    assert "verify" not in bagged
    assert "town-offline.zip" in bagged
    assert "您正在看的是存档包（town-bag.zip）里的一份" in bagged


def test_page_of_a_report_lists_no_file_of_another_report(tmp_path: Path) -> None:
    pages = {"a-1/download/index.html": OFFER, "b-2/download/index.html": OFFER, "about/index.html": OFFER}
    site = site_of(tmp_path / "site", {"index.html": "", **pages})
    common = {"reports-offline.zip", "reports-bag.zip", "SHA256SUMS"}
    alone = {slug: {f"{slug}.html", f"{slug}.epub", f"{slug}.pdf"} for slug in ("a-1", "b-2")}
    site_of(tmp_path / "archive", dict.fromkeys([*alone["a-1"], *alone["b-2"], *common - {"SHA256SUMS"}], "x"))
    archive.write_sums(tmp_path / "archive")
    archive.add_downloads(site, tmp_path / "archive", ["a-1", "b-2"])
    for page in pages:
        links = re.findall(r'<a href="([^"]+)" download>([^<]+)<', (site / page).read_text(encoding="utf-8"))
        own = alone.get(page.partition("/")[0])
        assert {link.rpartition("/")[2] for link, _ in links} == common | (own or alone["a-1"] | alone["b-2"])
        if own:
            assert len({words for _, words in links}) == len(links), "no two links have the same text"
    # The pages in the offline zip name the same files.
    small_archive.pack_site(
        site, tmp_path / "zip", name="reports", moment=DAY, slugs=["a-1", "b-2"],
        archive_files=[*alone["a-1"], *alone["b-2"], *common],
    )  # fmt: skip
    with zipfile.ZipFile(tmp_path / "zip" / "reports-offline.zip") as bundle:
        page_of_a = bundle.read("reports-offline/a-1/download/index.html").decode()
    assert "a-1.pdf" in page_of_a
    assert "b-2.pdf" not in page_of_a
    assert "reports-bag.zip" in page_of_a


def test_files_of_all_reports_are_offered_beside_a_report_with_the_slug_reports() -> None:
    names = ["reports.pdf", "a-1.pdf", "reports-offline.zip", "reports-bag.zip", "SHA256SUMS"]
    shown = forms.of_page(names, "a-1/download/index.html", ["a-1", "reports"])
    assert shown == ["a-1.pdf", "reports-offline.zip", "reports-bag.zip", "SHA256SUMS"]
    assert "a-1.pdf" not in forms.of_page(names, "reports/download/index.html", ["a-1", "reports"])


def test_checking_help_names_verify_page_only_where_an_offline_zip_is_offered() -> None:
    files = [downloads.ArchiveFile(name, 1, "0" * 64) for name in ("a.pdf", "SHA256SUMS")]
    assert "离线版" not in downloads.on_site(files, "x")
    assert "sha256sum -c" in downloads.on_site(files, "x")
    assert "verify/index.html" in downloads.on_site([*files, downloads.ArchiveFile("a-offline.zip", 1, "0" * 64)], "x")


@pytest.mark.parametrize("made", ["offline", "bag", "html"])
def test_archive_is_outdated_where_its_zip_holds_another_text(tmp_path: Path, made: str) -> None:
    site = site_of(tmp_path / "site", {"index.html": "", "town/text.txt": "甲"})
    (tmp_path / "archive").mkdir()
    assert not archive.is_outdated(site, tmp_path / "archive"), "the archive is empty"
    if made == "offline":
        small_archive.pack_site(site, tmp_path / "archive")
    elif made == "bag":
        member = zips.Member("town-bag/data/site/town/text.txt", "甲".encode())
        other = zips.Member("town-bag/data/docs/town/text.txt", "甲".encode())
        (tmp_path / "archive" / "town-bag.zip").write_bytes(zips.packed([member, other], DAY))
    else:
        (tmp_path / "archive" / "town.html").write_text("甲", encoding="utf-8")
    assert not archive.is_outdated(site, tmp_path / "archive")
    (site / "town" / "text.txt").write_text("乙", encoding="utf-8")
    assert archive.is_outdated(site, tmp_path / "archive") is (made != "html")
    (site / "archive").mkdir()
    assert not archive.is_outdated(site, tmp_path / "archive"), "a site with copies has its archive from the same build"


def test_archive_with_an_unreadable_zip_is_not_called_outdated(tmp_path: Path) -> None:
    site = site_of(tmp_path / "site", {"index.html": "", "town/text.txt": "甲"})
    site_of(tmp_path / "archive", {"town-offline.zip": "broken"})
    assert not archive.is_outdated(site, tmp_path / "archive")


def test_add_downloads_without_an_archive_changes_nothing(tmp_path: Path) -> None:
    site, files = packed(tmp_path)
    archive.add_downloads(site, None)
    assert (site / "town" / "下载.html").read_text(encoding="utf-8") == OFFER
    assert not (site / "archive").exists()
    archive.add_downloads(site, files)
    with zipfile.ZipFile(files / "town-offline.zip") as bundle:
        assert archive.same_page(OFFER.encode(), bundle.read("town-offline/town/下载.html"))
        assert bundle.read("town-offline/town/index.html").decode() == FILES["town/index.html"]


def test_same_page_ignores_only_the_download_list() -> None:
    page = b"<p>1</p><div data-archives>%b</div><p>%b</p>"
    assert archive.same_page(page % (b"<div>a</div>", b"2"), page % (b"b", b"2"))
    assert not archive.same_page(page % (b"a", b"2"), page % (b"a", b"3"))
    assert not archive.same_page(b"<p>1</p>", b"<p>2</p>")
