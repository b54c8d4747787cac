"""The bag: holds the unchanged source, the text and everything made from it, is valid BagIt, and is reproducible."""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.archive.bags import bag_of, files_of, metadata_of, readings, records, repaired, text_of, unpacked
from tests.conftest import ROOT, must_build, run_build
from workreport import archive
from workreport.analysis import links
from workreport.archive import bag, preservation, ro_crate, zips
from workreport.build import report_reader
from workreport.model import Reading
from workreport.project import paths, settings, writer

SLUG = "gongshu-2024"
DATA = f"{SLUG}-bag/data/"
VALIDATORS = ROOT / ".venv-validators" / "bin"
SETTINGS = settings.Settings(
    address="https://www.example.gov.cn/gzbg/", publisher="拱墅区人民政府办公室", contact="jc@example.gov.cn",
    licence="转载请注明出处",
)  # fmt: skip


@pytest.fixture(scope="module")
def packed(built_project: Path) -> bytes:
    return (built_project / "archive" / f"{SLUG}-bag.zip").read_bytes()


@pytest.fixture(scope="module")
def files(packed: bytes) -> dict[str, bytes]:
    return files_of(packed)


@pytest.fixture(scope="module")
def reading(built_project: Path) -> Reading:
    return readings(built_project)[0]


# -- BagIt (RFC 8493)


def test_bag_is_one_folder_with_a_bagit_declaration(files: dict[str, bytes]) -> None:
    top = {name.removeprefix(f"{SLUG}-bag/").partition("/")[0] for name in files}
    assert all(name.startswith(f"{SLUG}-bag/") for name in files)
    assert top == {
        "bagit.txt", "bag-info.txt", "data",
        "manifest-sha256.txt", "manifest-sha512.txt", "tagmanifest-sha256.txt", "tagmanifest-sha512.txt",
    }  # fmt: skip
    said = files[f"{SLUG}-bag/bagit.txt"]
    assert said == b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


@pytest.mark.parametrize("kind", ["sha256", "sha512"])
def test_manifests_name_every_file_once(files: dict[str, bytes], kind: str) -> None:
    def listed(name: str) -> dict[str, str]:
        lines = files[f"{SLUG}-bag/{name}"].decode().splitlines()
        found = {path: value for value, path in (line.split("  ", 1) for line in lines)}
        assert len(found) == len(lines)
        return found

    plain = {name.removeprefix(f"{SLUG}-bag/"): hashlib.new(kind, data).hexdigest() for name, data in files.items()}
    payload = listed(f"manifest-{kind}.txt")
    assert payload == {name: value for name, value in plain.items() if name.startswith("data/")}
    tags = listed(f"tagmanifest-{kind}.txt")
    others = {name for name in plain if not name.startswith(("data/", "tagmanifest-"))}
    assert tags == {name: plain[name] for name in others}


def test_bag_info_states_size_and_number_of_files(files: dict[str, bytes]) -> None:
    said = dict(line.split(": ", 1) for line in files[f"{SLUG}-bag/bag-info.txt"].decode().splitlines())
    sizes = [len(data) for name, data in files.items() if name.startswith(DATA)]
    assert said["Payload-Oxum"] == f"{sum(sizes)}.{len(sizes)}"
    assert said["Bagging-Date"] == "2024-02-21"
    assert said["External-Identifier"] == SLUG
    assert "Source-Organization" not in said, "nobody said who publishes it"


def test_manifests_are_readable_by_sha256sum(packed: bytes, tmp_path: Path) -> None:
    tool = shutil.which("sha256sum")
    if tool is None:
        pytest.skip("no sha256sum here")
    folder = unpacked(packed, tmp_path)
    order = [tool, "-c", "--strict", "--quiet", "manifest-sha256.txt", "tagmanifest-sha256.txt"]
    assert subprocess.run(order, cwd=folder, capture_output=True, check=False).returncode == 0
    (folder / "data" / "site" / "index.html").write_bytes(b"<p>else</p>")
    assert subprocess.run(order, cwd=folder, capture_output=True, check=False).returncode == 1


def test_every_path_is_valid_on_fat(files: dict[str, bytes]) -> None:
    writer.safe_names(files)
    assert all(name.isascii() for name in files)
    assert max(len(name) for name in files) < 120


def test_compressed_files_are_stored_and_others_deflated(packed: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(packed)) as bundle:
        for member in bundle.infolist():
            stored = member.filename.endswith((".png", ".xlsx", ".wacz"))
            assert (member.compress_type == zipfile.ZIP_STORED) is stored, member.filename
    assert len(packed) < 8_000_000


# -- content


def test_source_files_are_unchanged(built_project: Path, files: dict[str, bytes]) -> None:
    folder = built_project / "reports" / SLUG
    for path in sorted(folder.iterdir()):
        assert files[f"{DATA}reports/{SLUG}/{path.name}"] == path.read_bytes(), path.name


def test_docs_and_site_are_unchanged_but_for_download_lists(built_project: Path, files: dict[str, bytes]) -> None:
    for kind in ("docs", "site"):
        there = {p.relative_to(built_project).as_posix(): p for p in (built_project / kind).rglob("*") if p.is_file()}
        there = {n: p for n, p in there.items() if not n.startswith("site/archive/") and not p.name.startswith(".")}
        assert {name for name in files if name.startswith(f"{DATA}{kind}/")} == {DATA + name for name in there}
        # Pages may differ by their download lists: only those of the website have digests.
        other = [n for n, p in there.items() if not archive.same_page(files[DATA + n], p.read_bytes())]
        assert other == []


def test_data_files_are_in_the_bag(files: dict[str, bytes]) -> None:
    for name in ("indicators.json", "indicators.csv", "indicators.xlsx", "datapackage.json"):
        assert len(files[f"{DATA}site/{SLUG}/data/{name}"]) > 500


def test_source_with_repairs_is_the_text(files: dict[str, bytes]) -> None:
    source = files[f"{DATA}reports/{SLUG}/source.md"].decode()
    assert files[f"{DATA}text/{SLUG}.source.txt"].decode() == source
    listed = files[f"{DATA}text/{SLUG}.repairs.json"]
    assert len(json.loads(listed)["repairs"]) >= 10
    text = files[f"{DATA}text/{SLUG}.txt"].decode()
    assert text == repaired(source, listed)
    assert text != source


def test_web_archive_pages_hold_the_whole_text(
    files: dict[str, bytes], reading: Reading
) -> None:
    text = "".join(files[f"{DATA}text/{SLUG}.txt"].decode().split())
    base = f"https://{SLUG}.invalid/"
    found = records(files_of(files[f"{DATA}web/{SLUG}.wacz"]))
    assert text_of(found[f"{base}{SLUG}/text/index.html"].payload) == text
    pages = ["", *(f"{section.id}/" for section in reading.paged)]
    assert "".join(text_of(found[f"{base}{SLUG}/{page}index.html"].payload) for page in pages) == text


def test_no_page_holds_the_digest_of_an_archive_file(
    built_project: Path, files: dict[str, bytes], packed: bytes
) -> None:
    sums = (built_project / "archive" / archive.SUMS).read_text(encoding="utf-8")
    values = [line.split()[0].encode() for line in sums.splitlines()]
    values += [hashlib.sha256(data).hexdigest().encode() for data in (packed, files[f"{DATA}web/{SLUG}.wacz"])]
    pages = {name: data for name, data in files.items() if name.endswith((".html", ".md"))}
    assert [name for name, data in pages.items() if any(value in data for value in values)] == []
    download = files[f"{DATA}site/{SLUG}/download/index.html"].decode()
    assert archive.SUMS in download
    assert f"{SLUG}-bag.zip" in download
    assert (
        records(files_of(files[f"{DATA}web/{SLUG}.wacz"]))[
            f"https://{SLUG}.invalid/{SLUG}/download/index.html"
        ].payload.decode()
        == download
    )


# -- the notes


@pytest.mark.parametrize("note", ["preservation-note.zh.txt", "preservation-note.en.txt"])
def test_preservation_notes_state_source_date_versions_and_repairs(
    files: dict[str, bytes], reading: Reading, note: str
) -> None:
    said = files[DATA + note].decode()
    for words in ("杭州市拱墅区2024年政府工作报告", "2024-02-21", "冯晶", f"reports/{SLUG}/source.md"):
        assert words in said
    assert hashlib.sha256(files[f"{DATA}reports/{SLUG}/source.md"]).hexdigest() in said
    for name, version in preservation.libraries():
        assert re.search(rf"^\s+{re.escape(name)} {re.escape(version)}$", said, re.MULTILINE), name
    applied = [r for r in reading.repairs if r.status == "applied" and r.by != "reading"]
    assert len(applied) > 10
    for number, repair in enumerate(applied, 1):
        assert re.search(rf"^  {number}\. \[{repair.start}, {repair.end}\) .*{repair.id}$", said, re.MULTILINE)
        assert repair.reason in said
    for name in re.findall(r"^(\S+/|\S+\.\w+)$", said, re.MULTILINE):
        if "…" not in name and "..." not in name:
            assert any(path.startswith(DATA + name) for path in files), f"the note names {name}"


def test_notes_name_every_required_library() -> None:
    facts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = {re.split(r"[^\w.-]", line)[0].lower() for line in facts["project"]["dependencies"]}
    assert set(preservation.LIBRARIES) == asked
    assert {name for name, _ in preservation.libraries()} == asked


def test_line_breaks_in_a_report_break_no_line_of_notes_or_bag_info(reading: Reading) -> None:
    evil = replace(reading, meta=replace(reading.meta, speaker="冯\n晶\r\nPayload-Oxum: 1.1\x1b[2J"))
    facts = settings.Settings(publisher="甲\nBagging-Date: 1999-01-01", licence="一\n二", title="题\n目")
    told = metadata_of(links.publish((evil,), facts.title), facts)
    note = told.texts["preservation-note.zh.txt"].decode()
    assert "\x1b" not in note
    assert "\nPayload-Oxum" not in note
    made = {m.name: m.data for m in bag.members(told, {"site/index.html": b"<title>a</title>"}, date(2024, 2, 21))}
    info = made[f"{SLUG}-bag/bag-info.txt"].decode()
    assert "\nBagging-Date: 1999" not in info
    assert info.count("Bagging-Date: ") == 2
    assert json.loads(made[f"{SLUG}-bag/data/{bag.CRATE}"])


# -- RO-Crate


def entities(data: bytes) -> dict[str, dict[str, object]]:
    graph = json.loads(data)["@graph"]
    found = {entity["@id"]: entity for entity in graph}
    assert len(found) == len(graph)
    return found


def references(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        if set(value) == {"@id"}:
            yield value["@id"]
        else:
            for inner in value.values():
                yield from references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from references(inner)


def test_ro_crate_names_exactly_the_files_of_the_payload(files: dict[str, bytes]) -> None:
    found = entities(files[DATA + bag.CRATE])
    named = {name for entity in found.values() for name in references({k: v for k, v in entity.items() if k != "@id"})}
    assert {name for name in named if name not in found} == {f"https://w3id.org/ro/crate/{ro_crate.VERSION}"}
    kinds = {name: entity["@type"] for name, entity in found.items()}
    inside = {name.removeprefix(DATA) for name in files if name.startswith(DATA)}
    for name in (n for n, kind in kinds.items() if kind == "File"):
        assert name in inside
    loose = {name for name in inside if not name.startswith(("docs/", "site/"))} - {bag.CRATE}
    assert loose <= {name for name, kind in kinds.items() if kind == "File"}
    assert {"docs/", "site/"} <= {name for name, kind in kinds.items() if kind == "Dataset"}


def test_ro_crate_states_publisher_date_and_provenance(files: dict[str, bytes], built_project: Path) -> None:
    found = entities(files[DATA + bag.CRATE])
    source = found[f"reports/{SLUG}/source.md"]
    assert source["sha256"] == hashlib.sha256(files[f"{DATA}reports/{SLUG}/source.md"]).hexdigest()
    assert found[f"text/{SLUG}.source.txt"]["isBasedOn"] == {"@id": f"reports/{SLUG}/source.md"}
    assert found[f"text/{SLUG}.txt"]["isBasedOn"] == {"@id": f"text/{SLUG}.source.txt"}
    assert found["./"]["datePublished"] == "2024-02-21"
    assert found[f"#speaker-{SLUG}"]["name"] == "冯晶"
    assert found["#licence"]["name"] == ro_crate.NO_LICENCE
    assert "publisher" not in found["./"]
    told = entities(files_of(bag_of(built_project, SETTINGS))[DATA + bag.CRATE])
    assert told["#publisher"]["name"] == SETTINGS.publisher
    assert told["#licence"]["name"] == SETTINGS.licence
    assert told["./"]["url"] == SETTINGS.address


# -- file names, several reports, other source formats


@pytest.mark.parametrize(
    "name", ["con.md", "a?b.md", "尾点..md", "界" * 81 + ".md"], ids=["reserved", "mark", "dots", "long"]
)
def test_unportable_source_name_becomes_source(
    reading: Reading, tmp_path: Path, name: str
) -> None:
    called = f"reports/{SLUG}/{name}"
    told = metadata_of(links.publish((replace(reading, source=replace(reading.source, path=called)),), ""))
    (tmp_path / "reports" / SLUG).mkdir(parents=True)
    (tmp_path / "site").mkdir()
    (tmp_path / "docs").mkdir()
    try:
        (tmp_path / called).write_bytes(b"words")
    except OSError:
        pytest.skip("this disk holds no such name either")
    payload = bag.project_files(tmp_path, tmp_path / "site", told.files, [])
    found = [n for n, data in payload.items() if data == b"words"]
    assert len(found) == 1
    writer.safe_names(found)
    assert told.reports[0].source == found[0]


def test_unportable_page_name_is_refused(reading: Reading) -> None:
    told = metadata_of(links.publish((reading,), ""))
    for name in ("site/aux.html", "site/../x.html", "site/a:b.html", "docs/A.md"):
        with pytest.raises(writer.WriteError):
            bag.members(told, {name: b"", "docs/a.md": b""}, date(2024, 2, 21))


@pytest.fixture(scope="module")
def several(project_copy: Callable[[str], Path]) -> tuple[Path, dict[str, bytes]]:
    """A project with a text, a Word file and a PDF as sources, and the files of its bag."""
    project = project_copy("several")
    shutil.rmtree(project / "reports")
    for n, source in enumerate(
        (ROOT / "tests/books/qingshan-2025.txt", *(ROOT / "tests/files" / f for f in ("word.docx", "typst.pdf")))
    ):
        done = run_build(project, "add", str(source), "--slug", f"report-{n}")
        assert done.returncode == 0, done.stderr
    must_build(project, "--quiet")
    return project, files_of((project / "archive" / "reports-bag.zip").read_bytes())


@pytest.mark.long
def test_several_reports_share_a_bag(several: tuple[Path, dict[str, bytes]]) -> None:
    project, files = several
    inside = "reports-bag/data/"
    assert f"{inside}web/reports.wacz" in files
    found = entities(files[inside + bag.CRATE])
    for n, ending in enumerate(("txt", "docx", "pdf")):
        slug = f"report-{n}"
        (path,) = (p for p in (project / "reports" / slug).iterdir() if p.suffix == f".{ending}" and p.stem == "source")
        assert files[f"{inside}reports/{slug}/{path.name}"] == path.read_bytes()
        source = files[f"{inside}text/{slug}.source.txt"].decode()
        text = files[f"{inside}text/{slug}.txt"].decode()
        assert text == repaired(source, files[f"{inside}text/{slug}.repairs.json"])
        if ending != "txt":
            assert files[f"{inside}reports/{slug}/source.txt"].decode() == source
            assert f"{inside}reports/{slug}/source.map.json" in files
        assert f"#report-{slug}" in found
        # Each page names the files of its own report and those that hold all reports.
        page = files[f"{inside}site/{slug}/download/index.html"].decode()
        shown = set(re.findall(r'<span class="size">(\S+?)</span>', page))
        assert shown == {"reports-offline.zip", *(f"{slug}{form}" for form in (".html", ".epub", ".pdf"))}
        assert f"reports/{slug}/source.{ending}" in files[f"{inside}preservation-note.en.txt"].decode()


# -- dates

UNDATED = "政府工作报告\n\n各位代表：\n\n一、过去一年工作回顾\n\n全区生产总值达到120.5亿元，同比增长6.1%。\n"
NOTES = ("preservation-note.zh.txt", "preservation-note.en.txt")


@pytest.fixture(scope="module")
def undated(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    """A report whose source has no date."""
    path = tmp_path_factory.mktemp("undated") / "undated-1.txt"
    path.write_text(UNDATED, encoding="utf-8")
    reading = report_reader.read_file(path, ROOT / "vocabulary").reading
    assert reading.meta.date is None
    return reading


def told_of(found: Sequence[Reading], moment: date) -> dict[str, str]:
    """Notes, `bag-info.txt` and RO-Crate of a bag of these reports, by file name."""
    told = metadata_of(links.publish(tuple(found), ""), moment=moment)
    made = bag.members(told, {"site/index.html": b"<title>a</title>"}, moment)
    return {m.name.rpartition("/")[2]: m.data.decode() for m in made if m.name.endswith((".txt", bag.CRATE))}


def test_stand_in_date_is_never_called_the_report_date(undated: Reading) -> None:
    told = told_of([undated], paths.UNDATED)
    zh, en = (told[name] for name in NOTES)
    for note in (zh, en):
        assert note.splitlines()[2] == "", "no date in the heading"
    assert "来源没有写明日期；文件时间一律写作 2000-01-01，不是报告日期" in zh
    assert "取报告的日期" not in zh
    assert "The source states no date." in en
    assert "are the date of the report" not in en
    assert "is the date of the report" not in told["bag-info.txt"]
    assert "Bagging-Date is a stand-in: the source states no date" in told["bag-info.txt"]
    found = entities(told[bag.CRATE].encode())
    # RO-Crate requires a date of publication.
    assert found["./"]["datePublished"] == "2000-01-01"
    assert "来源没有写明日期；日期一律写作 2000-01-01，不是报告日期" in str(found["./"]["description"])
    assert "datePublished" not in found["#report-undated-1"]


def test_date_from_source_date_epoch_is_named_as_such(undated: Reading) -> None:
    told = told_of([undated], date(2024, 5, 6))
    zh, en = (told[name] for name in NOTES)
    assert "文件时间一律写作 2024-05-06，由制作时的 SOURCE_DATE_EPOCH 指定，不是报告日期" in zh
    assert "as SOURCE_DATE_EPOCH named it" in en
    assert "2000-01-01" not in zh + en
    assert "Bagging-Date was named by SOURCE_DATE_EPOCH" in told["bag-info.txt"]


def test_bag_of_one_report_has_the_report_date(reading: Reading) -> None:
    told = told_of([reading], date(2024, 2, 21))
    assert [told[name].splitlines()[2] for name in NOTES] == ["2024-02-21"] * 2
    assert "都取报告的日期" in told[NOTES[0]]
    assert "Bagging-Date is the date of the report" in told["bag-info.txt"]
    assert "没有写明日期" not in told[bag.CRATE]


def test_bag_of_several_reports_has_the_newest_date(reading: Reading, undated: Reading) -> None:
    older = replace(reading, meta=replace(reading.meta, slug="gongshu-2023", date=date(2023, 2, 21)))
    told = told_of([reading, older], date(2024, 2, 21))
    assert "都取最新一份报告的日期" in told[NOTES[0]]
    assert re.search(r"the date of the\s+newest report", told[NOTES[1]])
    assert "Bagging-Date is the date of the newest report" in told["bag-info.txt"]
    assert "没有写明日期" not in told[NOTES[0]]
    mixed = told_of([reading, undated], date(2024, 2, 21))
    assert "其文件时间也写作 2024-02-21，不是该报告的日期" in mixed[NOTES[0]]
    assert "Some sources state no date" in mixed[NOTES[1]]


# -- reproducibility

AGAIN = """
import os, sys
from pathlib import Path
os.umask(int(sys.argv[3], 8))
from tests.archive.bags import bag_of
from tests.archive.test_bag import SETTINGS
Path(sys.argv[2]).write_bytes(bag_of(Path(sys.argv[1]), SETTINGS))
"""


@pytest.mark.long
def test_bag_is_reproducible(built_project: Path, tmp_path: Path) -> None:
    other = tmp_path / "另一个 文件夹"
    shutil.copytree(built_project, other, ignore=shutil.ignore_patterns(".git", ".workreport"))
    for path in other.rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    environment = {**os.environ, "TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "77", "PYTHONPATH": str(ROOT)}
    order = [sys.executable, "-c", AGAIN, str(other), str(tmp_path / "bag.zip"), "077"]
    subprocess.run(order, check=True, env=environment)
    assert (tmp_path / "bag.zip").read_bytes() == bag_of(built_project, SETTINGS)


def test_payload_order_does_not_change_the_bag(reading: Reading) -> None:
    told = metadata_of(links.publish((reading,), ""))
    payload = {"site/index.html": b"<title>a</title>", "site/b.html": b"b", "docs/index.md": b"c"}
    day = date(2024, 2, 21)
    turned = dict(reversed(payload.items()))
    assert zips.packed(bag.members(told, payload, day), day) == zips.packed(bag.members(told, turned, day), day)


# -- other validators, run by `make test-all`

WARM = """
import importlib.util, io, sys
from pathlib import Path
import requests
from requests.adapters import BaseAdapter
from requests_cache import CachedSession
from urllib3 import HTTPResponse

class Copy(BaseAdapter):
    def send(self, request, **kind):
        folder = Path(importlib.util.find_spec("rocrate").origin).parent
        body = io.BytesIO((folder / "data" / "ro-crate.jsonld").read_bytes())
        answer = requests.Response()
        answer.status_code, answer.url, answer.request = 200, request.url, request
        answer.headers["Content-Type"] = "application/ld+json"
        answer.raw = HTTPResponse(body=body, status=200, headers=answer.headers, preload_content=False)
        return answer

session = CachedSession(cache_name=sys.argv[1], backend="sqlite", expire_after=-1, allowable_methods=("GET",))
session.mount("https://", Copy())
assert session.get(sys.argv[2]).json()["@id"] == sys.argv[2]
"""
"""Puts the RO-Crate context of the package rocrate into the cache of the validator, so that it needs no network."""


def judged(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(VALIDATORS / program), *arguments], capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def validators() -> None:
    if not VALIDATORS.is_dir():
        pytest.skip("no .venv-validators: run `make test-all`")


@pytest.mark.long
@pytest.mark.usefixtures("validators")
def test_bagit_validator_accepts_the_bag_and_finds_every_change(packed: bytes, tmp_path: Path) -> None:
    def accepted(name: str, change: Callable[[Path], object]) -> bool:
        folder = unpacked(packed, tmp_path / name)
        change(folder)
        return judged("bagit.py", "--validate", "--quiet", str(folder)).returncode == 0

    def wrong_manifest(folder: Path) -> None:
        path = folder / "manifest-sha256.txt"
        text = path.read_text(encoding="utf-8")
        path.write_text(("1" if text[0] == "0" else "0") + text[1:], encoding="utf-8")

    assert accepted("whole", Path.exists)
    assert not accepted("wrong", wrong_manifest)
    assert not accepted("added", lambda folder: (folder / "data" / "added.txt").write_text("1"))
    assert not accepted("missing", lambda folder: (folder / "data" / "text" / f"{SLUG}.txt").unlink())
    assert not accepted("changed", lambda folder: (folder / "data" / "text" / f"{SLUG}.txt").write_text("1"))


@pytest.mark.long
@pytest.mark.usefixtures("validators")
def test_ro_crate_validator_accepts_the_crate(built_project: Path, packed: bytes, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    done = judged("python", "-c", WARM, str(cache), ro_crate.CONTEXT)
    assert done.returncode == 0, done.stderr

    def findings(folder: Path, severity: str) -> tuple[bool, set[str]]:
        out = tmp_path / "report.json"
        order = [
            "-y",
            "validate",
            "--offline",
            "--cache-path",
            str(cache),
            "-l",
            severity,
            "-f",
            "json",
            "-o",
            str(out),
        ]
        judged("rocrate-validator", *order, str(folder))
        report = json.loads(out.read_text(encoding="utf-8"))
        return bool(report["passed"]), {issue["message"] for issue in report["issues"]}

    folder = unpacked(packed, tmp_path / "bag")
    assert findings(folder, "required") == (True, set())
    # With every setting given, one recommendation stays open: the affiliation of the speaker, which no report states.
    facts = replace(SETTINGS, contact="https://www.example.gov.cn/jc", licence="https://www.example.gov.cn/licence")
    told = unpacked(bag_of(built_project, facts), tmp_path / "told")
    _, wished = findings(told, "recommended")
    assert {words for words in wished if "affiliation" not in words} == set()
    path = folder / "data" / bag.CRATE
    path.write_text(path.read_text(encoding="utf-8").replace('"datePublished"', '"dateModified"'), encoding="utf-8")
    passed, issues = findings(folder, "required")
    assert not passed
    assert any("datePublished" in words for words in issues)
