"""`add` copies a file of any format unchanged, writes its text, map and guessed metadata, and overwrites nothing."""

from __future__ import annotations

import hashlib
import json
import shutil
import tomllib
from pathlib import Path

import pytest

from tests.conftest import ROOT
from workreport import commands
from workreport.build import add, new_report_files, outputs, plan, report_folder, report_reader, slugs
from workreport.ingest import repair
from workreport.ingest.formats import BadSource, read
from workreport.model import Meta, Reading
from workreport.project.progress import no_progress

FILES = Path(__file__).parents[1] / "files"
VOCABULARY = ROOT / "vocabulary"


@pytest.fixture(scope="module")
def words() -> report_reader.Vocabularies:
    """The vocabularies of the project."""
    return report_reader.load_vocabularies(VOCABULARY)


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read_again(root: Path, slug: str, words: report_reader.Vocabularies) -> Reading:
    """Read an added report with its publisher files, as a build does."""
    folder = root / "reports" / slug
    path = report_folder.source_file(folder)
    return report_reader.read_report(path, slug, words, folder, f"reports/{slug}/{path.name}").reading


@pytest.mark.parametrize(
    ("name", "unit"),
    [("word.docx", "paragraph"), ("libreoffice.docx", "paragraph"), ("libreoffice.pdf", "page"), ("typst.pdf", "page"), ("page.html", "paragraph"), ("page-gbk.html", "paragraph")],
)  # fmt: skip
def test_added_file_gets_its_extracted_text_and_a_map_to_pages_or_paragraphs(
    tmp_path: Path, words: report_reader.Vocabularies, name: str, unit: str
) -> None:
    added = add.add_report(tmp_path, FILES / name, "yunxi-2025")
    folder = tmp_path / "reports" / "yunxi-2025"
    file = folder / f"source{Path(name).suffix}"
    assert file.read_bytes() == (FILES / name).read_bytes()
    text_map = json.loads((folder / "source.map.json").read_text(encoding="utf-8"))
    assert text_map["source"] == file.name
    assert text_map["source_sha256"] == sha256(file)
    assert text_map["text_sha256"] == sha256(folder / "source.txt")
    assert text_map["unit"] == unit
    text = (folder / "source.txt").read_text(encoding="utf-8")
    starts = [row[0] for row in text_map["places"]]
    assert starts == sorted(set(starts))
    assert starts[0] == 0
    assert starts[-1] < len(text)
    for words_of_file in (file.name, text_map["source_sha256"], text_map["text_sha256"]):
        assert any(words_of_file in row for row in added.read)
    reading = read_again(tmp_path, "yunxi-2025", words)
    assert reading.source.text == text
    for r in reading.repairs:
        assert text[r.start : r.end] == ("" if r.by == "reading" else r.before)


@pytest.mark.parametrize("name", ["word.docx", "libreoffice.pdf", "page-gbk.html"])
def test_report_toml_lists_what_was_read_and_guessed(tmp_path: Path, name: str) -> None:
    added = add.add_report(tmp_path, FILES / name, "yunxi-2025")
    text = (tmp_path / "reports" / "yunxi-2025" / "report.toml").read_text(encoding="utf-8")
    facts = tomllib.loads(text)
    assert facts["source"] == f"source{Path(name).suffix}"
    assert facts["year"] == 2025
    assert {"year", "date", "speaker", "place"} <= set(facts["guessed"])
    assert "# 读入：" in text
    assert "# 读入时推测，请核对：" in text
    assert all(f"# 读入：{row}" in text for row in added.read)
    printed = "\n".join(added.lines())
    assert all(row in printed for row in added.look)
    assert added.look


def test_front_matter_is_told_and_a_file_without_facts_gets_a_slug(tmp_path: Path) -> None:
    file = tmp_path / "陕西 材料.md"
    file.write_text(
        "---\nsource: https://www.example.gov.cn/1.html\n---\n一份材料\n\n这里没有别的内容。\n", encoding="utf-8"
    )
    added = add.add_report(tmp_path, file)
    assert added.slug == "shaanxi-cailiao"
    assert "文件头 source：https://www.example.gov.cn/1.html" in added.read
    facts = tomllib.loads((tmp_path / "reports" / added.slug / "report.toml").read_text(encoding="utf-8"))
    assert (facts["title"], facts["place"], facts["code"], facts["guessed"]) == ("政府工作报告", "", "", ["title"])
    assert "区划代码" not in dict(added.guessed)


def test_omitted_text_is_restored_by_applied_false(tmp_path: Path, words: report_reader.Vocabularies) -> None:
    """`applied = false` restores a word deleted in Word within its sentence, and a page header as a line of its own."""
    add.add_report(tmp_path, FILES / "word.docx", "yunxi-2025")
    rows = tmp_path / "reports" / "yunxi-2025" / "repairs.toml"
    before = read_again(tmp_path, "yunxi-2025", words)
    assert "工业区" not in before.text.body
    text = rows.read_text(encoding="utf-8")
    for r in before.source.omitted:
        if r.before in ("工业区", "云溪区第三届人民代表大会文件"):
            text = text.replace(
                f'id = "{r.id}"\nkind = "{r.kind}"\napplied = true',
                f'id = "{r.id}"\nkind = "{r.kind}"\napplied = false',
            )
    rows.write_text(text, encoding="utf-8")
    after = read_again(tmp_path, "yunxi-2025", words)
    assert after.source == before.source
    assert "云溪产业园工业区完成投资" in after.text.body
    assert after.text.body.startswith("云溪区第三届人民代表大会文件\n政府工作报告\n")
    back = [r for r in after.repairs if r.by == "publisher"]
    assert [(r.before, r.status) for r in back] == [("", "applied"), ("", "applied")]
    at = after.text.body.index("工业区")
    assert after.text.to_source(at - 1) == before.source.text.index("产业园完成") + 2


def test_repair_row_with_another_before_is_refused(tmp_path: Path, words: report_reader.Vocabularies) -> None:
    add.add_report(tmp_path, FILES / "word.docx", "yunxi-2025")
    rows = tmp_path / "reports" / "yunxi-2025" / "repairs.toml"
    rows.write_text(rows.read_text(encoding="utf-8").replace('before = "工业区"', 'before = "工业"'), encoding="utf-8")
    with pytest.raises(repair.BadRepair, match=r"deleted-.*before 与略去的文字不符"):
        read_again(tmp_path, "yunxi-2025", words)


def test_restoring_omitted_control_characters_is_refused(tmp_path: Path, words: report_reader.Vocabularies) -> None:
    page = tmp_path / "a.html"
    page.write_text((FILES / "page.html").read_text(encoding="utf-8").replace("各位", "各\u200b位"), encoding="utf-8")
    add.add_report(tmp_path, page, "yunxi-2025")
    rows = tmp_path / "reports" / "yunxi-2025" / "repairs.toml"
    text = rows.read_text(encoding="utf-8")
    assert 'before = "U+200B×1"' in text
    rows.write_text(
        text.replace('kind = "control"\napplied = true', 'kind = "control"\napplied = false'), encoding="utf-8"
    )
    with pytest.raises(repair.BadRepair, match="放不回去"):
        read_again(tmp_path, "yunxi-2025", words)


def test_edited_source_txt_is_refused_but_changed_line_ends_are_accepted(
    tmp_path: Path, words: report_reader.Vocabularies
) -> None:
    add.add_report(tmp_path, FILES / "typst.pdf", "yunxi-2025")
    extracted = tmp_path / "reports" / "yunxi-2025" / "source.txt"
    text = extracted.read_text(encoding="utf-8")
    extracted.write_text(text.replace("386.42", "387.42"), encoding="utf-8")
    with pytest.raises(BadSource, match=r"source\.txt:8: 不是从 source\.pdf 读出的文字.*repairs\.toml"):
        read_again(tmp_path, "yunxi-2025", words)
    extracted.write_bytes(text.replace("\n", "\r\n").encode())
    assert read_again(tmp_path, "yunxi-2025", words).source.text == text


def test_build_writes_a_missing_source_txt_and_a_damaged_map_again(tmp_path: Path) -> None:
    add.add_report(tmp_path, FILES / "typst.pdf", "yunxi-2025")
    folder = tmp_path / "reports" / "yunxi-2025"
    before = {p.name: p.read_bytes() for p in folder.iterdir()}
    (folder / "source.txt").unlink()
    (folder / "source.map.json").write_bytes(b"{}")
    outputs.build(plan.BuildOrder(tmp_path, only_site=True), no_progress, lambda _: None)
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == before
    page = (tmp_path / "docs" / "yunxi-2025" / "download" / "index.md").read_text(encoding="utf-8")
    assert sha256(folder / "source.pdf") in page
    assert sha256(folder / "source.txt") in page
    notes = (tmp_path / "docs" / "yunxi-2025" / "notes" / "index.md").read_text(encoding="utf-8")
    assert "—␣2␣—" in notes
    assert "来源第 2 页" in notes


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.doc", b"\xd0\xcf\x11\xe0", "另存为"),
        ("a.docx", b"PK\x03\x04 and no more", "打不开"),
        ("a.pdf", b"%PDF-1.7 and no more", "打不开"),
        ("a.html", b"<script>1</script>", "没有文字"),
        ("a.txt", b"\xff" * 99, "编码"),
        ("locked.pdf", None, "密码"),
    ],
)
def test_unreadable_file_gives_one_error_line_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, data: bytes | None, words: str
) -> None:
    file = FILES / name if data is None else tmp_path / "in" / name
    if data is not None:
        file.parent.mkdir()
        file.write_bytes(data)
    project = tmp_path / "project"
    project.mkdir()
    for command in ("add", "inspect"):
        assert commands.main(["--project", str(project), command, str(file)]) == 1
        output = capsys.readouterr()
        assert words in output.err
        assert name in output.err
        assert len(output.err.splitlines()) == 1
        assert output.out == ""
    assert list(project.rglob("*")) == []


def test_inspect_lists_omitted_text_as_repairs_by_the_reader(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.main(["inspect", str(FILES / "word.docx")]) == 0
    text_map = json.loads(capsys.readouterr().out)
    assert text_map["source"]["text_sha256"] == hashlib.sha256(read(FILES / "word.docx").text.encode()).hexdigest()
    assert text_map["source"]["places"][0] == {"start": 0, "page": None, "paragraph": 1}
    out = [r for r in text_map["repairs"] if r["by"] == "reading"]
    assert [r["kind"] for r in out] == ["header", "deleted", "hidden", "deleted", "footer"]
    assert all(r["start"] == r["end"] and r["after"] == "" for r in out)


def test_add_with_the_slug_of_another_report_is_refused_and_changes_nothing(tmp_path: Path) -> None:
    add.add_report(tmp_path, FILES / "word.docx", "yunxi-2025")
    folder = tmp_path / "reports" / "yunxi-2025"
    before = {p.name: p.read_bytes() for p in folder.iterdir()}
    with pytest.raises(slugs.BadSlug, match="已经有了"):
        add.add_report(tmp_path, FILES / "typst.pdf", "yunxi-2025")
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == before


@pytest.mark.parametrize("slug", ["archive", "verify", "con", "v"])
def test_add_with_a_reserved_slug_is_refused(tmp_path: Path, slug: str) -> None:
    with pytest.raises(slugs.BadSlug, match="不能用"):
        add.add_report(tmp_path, FILES / "word.docx", slug)
    assert not (tmp_path / "reports").exists()


@pytest.mark.parametrize("name", ["archive", "verify", "Gongshu"])
def test_report_folder_with_a_reserved_or_unusable_name_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "reports" / name).mkdir(parents=True)
    with pytest.raises(report_folder.NothingToBuild, match=f"reports/{name}: .*改名"):
        report_folder.require_usable(tmp_path / "reports" / name)


def test_slug_of_an_added_file_is_guessed_from_place_and_year(tmp_path: Path) -> None:
    assert add.add_report(tmp_path, FILES / "typst.pdf").slug == "yunxi-2025"


def test_added_plain_text_is_copied_unchanged_and_gets_no_map(tmp_path: Path) -> None:
    file = tmp_path / "报告.txt"
    file.write_bytes((ROOT / "reports" / "gongshu-2024" / "source.md").read_bytes())
    added = add.add_report(tmp_path, file, "gongshu-2024")
    folder = tmp_path / "reports" / "gongshu-2024"
    assert sorted(p.name for p in folder.iterdir()) == [
        "ids.toml", "indicators.toml", "names.toml", "notes.toml", "repairs.toml", "report.toml", "source.txt",
    ]  # fmt: skip
    assert (folder / "source.txt").read_bytes() == file.read_bytes()
    assert "纯文本" in added.read[0]


def test_report_folder_with_two_sources_is_refused(tmp_path: Path, words: report_reader.Vocabularies) -> None:
    add.add_report(tmp_path, FILES / "typst.pdf", "yunxi-2025")
    folder = tmp_path / "reports" / "yunxi-2025"
    shutil.copy(FILES / "word.docx", folder / "source.docx")
    report = folder / "report.toml"
    report.write_text(report.read_text(encoding="utf-8").replace('source = "source.pdf"\n', ""), encoding="utf-8")
    with pytest.raises(BadSource, match="有 2 个来源文件"):
        read_again(tmp_path, "yunxi-2025", words)
    (folder / "source.docx").unlink()
    assert read_again(tmp_path, "yunxi-2025", words).source.format == "pdf"


def test_line_ends_in_a_remark_do_not_end_its_toml_comment() -> None:
    meta = Meta("a", "报告", "", None, None, "", "", "")
    text = new_report_files.report_text(meta, "source.txt", ["甲\nyear = 1999"], ["乙\r\u2028speaker = 'x'"])
    facts = tomllib.loads(text)
    assert "year" not in facts
    assert facts["speaker"] == ""


# -- old Word files

OLD_WORD = b"\xd0\xcf\x11\xe0" + bytes(600)


def office(folder: Path, body: str) -> None:
    """Put a program named soffice into a folder; `body` is its shell script, with the folder of --outdir in $out."""
    program = folder / "soffice"
    program.write_text(f'#!/bin/sh\nwhile [ "$1" != --outdir ]; do shift; done; out="$2"; file="$3"\n{body}\n')
    program.chmod(0o755)


def test_old_word_file_is_converted_where_libreoffice_is_installed_and_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bin").mkdir()
    office(tmp_path / "bin", f'mkdir -p "$out"; cp "{FILES / "word.docx"}" "$out/$(basename "$file" .doc).docx"')
    monkeypatch.setenv("PATH", str(tmp_path / "bin"), prepend=":")
    file = tmp_path / "-报告 1.doc"
    file.write_bytes(OLD_WORD)
    added = add.add_report(tmp_path, file, "yunxi-2025")
    folder = tmp_path / "reports" / "yunxi-2025"
    assert (folder / "source.docx").read_bytes() == (FILES / "word.docx").read_bytes()
    assert (folder / "original.doc").read_bytes() == file.read_bytes()
    assert any("由 LibreOffice 从旧版 Word 文件（.doc）转成 .docx" in line for line in added.look)
    assert "由 LibreOffice" in (folder / "report.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(("body", "problem"), [("exit 1", "没能把它转成"), ("exit 0", "打不开它")])
def test_failed_conversion_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str, problem: str
) -> None:
    (tmp_path / "bin").mkdir()
    office(tmp_path / "bin", body)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"), prepend=":")
    (tmp_path / "a.doc").write_bytes(OLD_WORD)
    with pytest.raises(BadSource, match=f"{problem}.*另存为"):
        add.add_report(tmp_path, tmp_path / "a.doc")
    assert not (tmp_path / "reports").exists()


def test_old_word_file_without_libreoffice_is_refused_with_advice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    (tmp_path / "a.wps").write_bytes(OLD_WORD)
    with pytest.raises(BadSource, match="不能直接读WPS 文字文件"):
        add.add_report(tmp_path, tmp_path / "a.wps")


def _county(city: str, province: str) -> str:
    return (
        f"{city}鼓楼区政府工作报告\n\n2025年1月8日在{city}鼓楼区第九届人民代表大会第四次会议上\n\n区长 李四\n\n"
        f"一、2024年工作回顾\n\n在{province}和{city}的领导下，地区生产总值增长6%。{city}各区携手前进。\n"
    )


def test_districts_of_one_name_in_two_provinces_both_get_a_slug(tmp_path: Path) -> None:
    for city, province in (("南京市", "江苏省"), ("福州市", "福建省")):
        (tmp_path / f"{city}.txt").write_text(_county(city, province), encoding="utf-8")
    assert add.add_report(tmp_path, tmp_path / "南京市.txt").slug == "gulou-2025"
    assert add.add_report(tmp_path, tmp_path / "福州市.txt").slug == "fuzhou-gulou-2025"
    with pytest.raises(slugs.BadSlug, match="reports/fuzhou-gulou-2025/ 已经有了"):
        add.add_report(tmp_path, tmp_path / "福州市.txt")
    assert sorted(p.name for p in (tmp_path / "reports").iterdir() if p.is_dir()) == ["fuzhou-gulou-2025", "gulou-2025"]
