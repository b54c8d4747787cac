"""The bag has the structure of BagIt, unchanged content, preservation notes and RO-Crate metadata."""

from __future__ import annotations

import hashlib
import io
import json
import re
import shutil
import subprocess
import tomllib
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.archive.bag.bag_reader import DATA, NOTES, SETTINGS, SLUG, entities
from tests.archive.bags import bag_of, files_of, metadata_of, records, repaired, text_of, unpacked
from tests.conftest import ROOT
from workreport import archive
from workreport.analysis import links
from workreport.archive import bag, preservation, ro_crate
from workreport.model import Reading
from workreport.project import settings, writer


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
def test_manifests_of_the_bag_name_every_file_once(files: dict[str, bytes], kind: str) -> None:
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
    assert "Source-Organization" not in said, "site.toml names no publisher"


def test_sha256sum_accepts_the_manifests_and_finds_a_changed_file(packed: bytes, tmp_path: Path) -> None:
    tool = shutil.which("sha256sum")
    if tool is None:
        pytest.skip("sha256sum is not installed")
    folder = unpacked(packed, tmp_path)
    order = [tool, "-c", "--strict", "--quiet", "manifest-sha256.txt", "tagmanifest-sha256.txt"]
    assert subprocess.run(order, cwd=folder, capture_output=True, check=False).returncode == 0
    (folder / "data" / "site" / "index.html").write_bytes(b"<p>else</p>")
    assert subprocess.run(order, cwd=folder, capture_output=True, check=False).returncode == 1


def test_every_path_of_the_bag_is_valid_on_every_system(files: dict[str, bytes]) -> None:
    writer.safe_names(files)
    assert all(name.isascii() for name in files)
    assert max(len(name) for name in files) < 120


def test_compressed_files_are_stored_in_the_bag_and_others_deflated(packed: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(packed)) as bundle:
        for member in bundle.infolist():
            stored = member.filename.endswith((".png", ".xlsx", ".wacz"))
            assert (member.compress_type == zipfile.ZIP_STORED) is stored, member.filename
    assert len(packed) < 8_000_000


def test_source_files_are_unchanged_in_the_bag(built_project: Path, files: dict[str, bytes]) -> None:
    folder = built_project / "reports" / SLUG
    for path in sorted(folder.iterdir()):
        assert files[f"{DATA}reports/{SLUG}/{path.name}"] == path.read_bytes(), path.name


def test_docs_and_site_in_the_bag_differ_only_in_the_download_lists(
    built_project: Path, files: dict[str, bytes]
) -> None:
    for kind in ("docs", "site"):
        there = {p.relative_to(built_project).as_posix(): p for p in (built_project / kind).rglob("*") if p.is_file()}
        there = {n: p for n, p in there.items() if not n.startswith("site/archive/") and not p.name.startswith(".")}
        assert {name for name in files if name.startswith(f"{DATA}{kind}/")} == {DATA + name for name in there}
        # Pages may differ in their download lists: only the lists of the website have digests.
        other = [n for n, p in there.items() if not archive.same_page(files[DATA + n], p.read_bytes())]
        assert other == []


def test_data_files_are_in_the_bag(files: dict[str, bytes]) -> None:
    for name in ("indicators.json", "indicators.csv", "indicators.xlsx", "datapackage.json"):
        assert len(files[f"{DATA}site/{SLUG}/data/{name}"]) > 500


def test_source_with_the_listed_repairs_is_the_text_in_the_bag(files: dict[str, bytes]) -> None:
    source = files[f"{DATA}reports/{SLUG}/source.md"].decode()
    assert files[f"{DATA}text/{SLUG}.source.txt"].decode() == source
    listed = files[f"{DATA}text/{SLUG}.repairs.json"]
    assert len(json.loads(listed)["repairs"]) >= 10
    text = files[f"{DATA}text/{SLUG}.txt"].decode()
    assert text == repaired(source, listed)
    assert text != source


def test_pages_in_the_web_archive_hold_the_whole_text(files: dict[str, bytes], reading: Reading) -> None:
    text = "".join(files[f"{DATA}text/{SLUG}.txt"].decode().split())
    base = f"https://{SLUG}.invalid/"
    found = records(files_of(files[f"{DATA}web/{SLUG}.wacz"]))
    assert text_of(found[f"{base}{SLUG}/text/index.html"].payload) == text
    pages = ["", *(f"{section.id}/" for section in reading.paged)]
    assert "".join(text_of(found[f"{base}{SLUG}/{page}index.html"].payload) for page in pages) == text


def test_no_page_in_the_bag_holds_the_digest_of_an_archive_file(
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


@pytest.mark.parametrize("note", NOTES)
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


def test_preservation_notes_name_every_required_library() -> None:
    facts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = {re.split(r"[^\w.-]", line)[0].lower() for line in facts["project"]["dependencies"]}
    assert set(preservation.LIBRARIES) == asked
    assert {name for name, _ in preservation.libraries()} == asked


def test_line_breaks_in_values_add_no_line_to_notes_or_bag_info(reading: Reading) -> None:
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


def references(value: object) -> Iterator[str]:
    """The ids to which a JSON-LD value refers, at any depth."""
    if isinstance(value, dict):
        if set(value) == {"@id"}:
            yield value["@id"]
        else:
            for inner in value.values():
                yield from references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from references(inner)


def test_ro_crate_describes_every_file_or_folder_of_the_payload(files: dict[str, bytes]) -> None:
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
