"""Tests of tools/compare_builds.py, which compares what two versions of the program build.

Knows that our own scripts and styles, and what depends on them, may differ, and that any other differing byte is reported.
"""

from __future__ import annotations

import gzip
import io
import json
import shutil
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tools import compare_builds
from tools.comparison import contents, differences, record, rules, sides

PAGE = """<!doctype html><head>
<meta http-equiv="Content-Security-Policy" content="script-src 'self'%(sums)s; default-src 'none'">
<link rel="stylesheet" href="assets/stylesheets/main.css">
<link rel="stylesheet" href="assets/workreport.css">
<script src="assets/workreport.js"></script>
</head><p>生产总值增长%(growth)s</p>
<span class="size">a-offline.zip，%(size)s MB</span><code>%(digest)s</code>
"""
INDEX = 'globalThis.workreportIndex={"data":[{"name":"","sentences":[["p1",0,"增长5%%",0,[],[["1",0,2,"","","",[],"5","%s"]]]]}]};\n'


def project(folder: Path, *, growth: str = "5%", style: str = "a {}", unit: str = "%") -> Path:
    """Write a tiny built project into `folder` and return it: a page, and an offline zip whose size and digest the page states."""
    site = folder / "site"
    (site / "assets").mkdir(parents=True)
    (folder / "archive").mkdir()
    (site / "assets" / "workreport.css").write_text(style, encoding="utf-8")
    (site / "assets" / "search-index.js").write_text(INDEX % unit, encoding="utf-8")
    sums = f" 'sha256-{'A' * len(style)}='"
    inner = PAGE % {"growth": growth, "digest": "", "size": "0.1", "sums": sums}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in (("index.html", inner), ("assets/workreport.css", style)):
            archive.writestr(zipfile.ZipInfo(f"a-offline/{name}"), text)
        listed = f"{sha256(style.encode()).hexdigest()}  assets/workreport.css\n"
        archive.writestr(zipfile.ZipInfo("a-offline/manifest-sha256.txt"), listed)
    (folder / "archive" / "a-offline.zip").write_bytes(packed.getvalue())
    digest, size = sha256(packed.getvalue()).hexdigest(), f"{len(style) / 10}"
    page = PAGE % {"growth": growth, "digest": digest, "size": size, "sums": sums}
    (site / "index.html").write_text(page, encoding="utf-8")
    return folder


def outcome(before: Path, after: Path) -> differences.Outcome:
    pair = [contents.of_project(side) for side in (before, after)]
    return differences.compare("a/", pair[0], pair[1], ("0.1.0", "0.1.0"))


def test_changed_stylesheet_with_its_digests_and_sizes_counts_as_equal(tmp_path: Path) -> None:
    found = outcome(project(tmp_path / "one"), project(tmp_path / "two", style="a {color: red}"))
    assert {d.kind for d in found.found} == {rules.SCRIPTS}
    assert found.compared[rules.PAGES] == 2
    assert compare_builds.equal(found, ())


def test_changed_figure_is_reported_in_the_page_and_inside_the_offline_zip(tmp_path: Path) -> None:
    found = outcome(project(tmp_path / "one"), project(tmp_path / "two", growth="6%"))
    places = {d.path: d.place for d in found.found}
    assert list(places) == ["a/archive/a-offline.zip!/a-offline/index.html", "a/site/index.html"]
    assert "增长5%" in places["a/site/index.html"]
    assert "增长6%" in places["a/site/index.html"]
    assert not compare_builds.equal(found, ())


def test_changed_unit_in_the_search_index_is_reported_but_is_no_difference(tmp_path: Path) -> None:
    found = outcome(project(tmp_path / "one"), project(tmp_path / "two", unit="个百分点"))
    assert not found.found
    assert [d.path for d in found.units] == ["a/site/assets/search-index*.js"]


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("assets/workreport.js", "assets/moved.js", rules.ADDRESSES),
        ("stylesheets/main.css", "stylesheets/other.css", rules.PAGES),
        ("default-src 'none'", "default-src *", rules.PAGES),
        ("0", "", rules.PAGES),
    ],
)
def test_changed_script_address_theme_policy_or_unknown_digest_is_a_difference(
    tmp_path: Path, old: str, new: str, kind: str
) -> None:
    two = shutil.copytree(project(tmp_path / "one"), tmp_path / "two")
    for side in (tmp_path / "one", two):
        page = side / "site" / "index.html"
        text = page.read_text(encoding="utf-8") + "0" * 64
        page.write_text(text.replace(old, new) if side == two else text, encoding="utf-8")
    assert kind in {d.kind for d in outcome(tmp_path / "one", two).found}


def test_file_present_only_before_is_a_difference(tmp_path: Path) -> None:
    two = shutil.copytree(project(tmp_path / "one"), tmp_path / "two")
    (two / "site" / "assets" / "workreport.css").unlink()
    found = outcome(tmp_path / "one", two).found
    assert [(d.kind, d.path, d.place) for d in found] == [(rules.NAMES, "a/site/assets/workreport.css", "only before")]


def test_warc_is_unpacked_to_its_responses_and_its_headers_without_digests() -> None:
    head = (
        b"WARC/1.1\r\nWARC-Type: response\r\nWARC-Block-Digest: sha256:%d\r\nWARC-Target-URI: https://a.invalid/b.html"
    )
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>"
    whole = b"".join(
        gzip.compress(head % n + b"\r\nContent-Length: %d\r\n\r\n" % len(block) + block + b"\r\n\r\n") for n in (1, 2)
    )
    opened = dict(contents.opened("a.warc.gz", whole))
    assert opened["a.warc.gz!/b.html"] == b"<p>"
    assert b"sha256" not in opened["a.warc.gz!/(members)"]
    assert opened["a.warc.gz!/(members)"].count(b"text/html") == 2


def test_recording_compiler_writes_options_and_files_and_compiles_as_typst_does(tmp_path: Path) -> None:
    typst = pytest.importorskip("typst")
    files = {"main.typ": b"#set page(width: 9pt, height: 9pt)", "data.json": b"{}"}
    options = {"format": "png", "ppi": 72.0}
    assert record.recording(tmp_path)(files).compile(**options) == typst.Compiler(files).compile(**options)
    recorded = json.loads((tmp_path / "0001.json").read_text(encoding="utf-8"))
    assert recorded["options"] == {"format": "png", "ppi": "72.0"}
    assert recorded["files"] == {name: data.decode() for name, data in files.items()}


def test_changed_typst_data_is_a_difference_and_a_changed_template_is_only_counted() -> None:
    def recorded(template: str, data: str, **more: str) -> bytes:
        return json.dumps({"options": {}, "files": {"main.typ": template, "data.json": data, **more}}).encode()

    before = {"typst/0001.json": recorded("a", "1"), "typst/0002.json": recorded("a", "1")}
    after = {"typst/0001.json": recorded("b", "1", **{"tokens.toml": "c"}), "typst/0002.json": recorded("a", "2")}
    found = differences.compare("a/", before, after, ("", "")).found
    assert [(d.kind, d.path) for d in found] == [
        (rules.TEMPLATES, "a/typst/0001.json"),
        (rules.TYPST, "a/typst/0002.json"),
    ]


@pytest.fixture
def built(tmp_path: Path) -> tuple[Path, Path]:
    """The folders of two sides, each with all projects; only the page of the project `state` differs, in one figure."""
    for side, growth in (("one", "5%"), ("two", "6%")):
        for name in sides.PROJECTS:
            project(tmp_path / side / name, growth=growth if name == "state" else "5%")
    return tmp_path / "one", tmp_path / "two"


def test_compare_builds_returns_0_for_equal_sides_and_1_with_the_differing_path(
    built: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--before-built", str(built[0]), "--after-built"]
    assert compare_builds.main([*arguments, str(built[0])]) == 0
    assert capsys.readouterr().out.splitlines()[-1].startswith("EQUAL: 0 differences")
    assert compare_builds.main([*arguments, str(built[1])]) == 1
    shown = capsys.readouterr().out
    assert "DIFFERENT pages (HTML): state/archive/a-offline.zip!/a-offline/index.html" in shown
    assert shown.splitlines()[-1].startswith("DIFFERENT: 2 differences")


def test_allowed_difference_returns_0_with_its_reason_and_without_a_reason_returns_2(
    built: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    allow = tmp_path / "allow.txt"
    allow.write_text("# meant\npages (HTML): state/*.html | the growth was corrected\n", encoding="utf-8")
    given = ["--before-built", str(built[0]), "--after-built", str(built[1]), "--allow", str(allow)]
    assert compare_builds.main(given) == 0
    assert "ALLOWED 2 files: the growth was corrected" in capsys.readouterr().out
    allow.write_text("pages (HTML): state/*.html\n", encoding="utf-8")
    assert compare_builds.main(given) == 2
    assert "no reason" in capsys.readouterr().err


def test_missing_report_file_exits_with_2_and_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as wrong:
        compare_builds.main(["--before", "HEAD", "--reports", str(tmp_path)])
    assert wrong.value.code == 2
    assert "province-guangdong-2026.txt" in capsys.readouterr().err


def test_failed_build_command_raises_build_error_with_its_output(tmp_path: Path) -> None:
    with pytest.raises(sides.BuildError, match=r"exit 2\n(?s:.*)--nonsense"):
        sides.run(ROOT, tmp_path, ["build", "--nonsense"], record=tmp_path / "typst")


def test_folder_without_a_source_tree_is_no_side(tmp_path: Path) -> None:
    with pytest.raises(sides.BuildError, match="no source tree"):
        sides.run(tmp_path / "no engine", tmp_path, ["build"])
