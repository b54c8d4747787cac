"""A new format needs only a row in the table of formats: `add`, errors, report folders and the bag then know it.

The tests add a format of their own, reStructuredText (.rst), to the table.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from tests.archive.bags import metadata_of, readings
from tests.conftest import ROOT
from workreport.analysis import links
from workreport.archive import bag
from workreport.build import add, report_folder
from workreport.ingest.formats import BadSource, Extracted, Format, TextBuilder, format_table, read
from workreport.model import FormatId

REPORT = """政府工作报告
============

一、2024年工作回顾
------------------

全年地区生产总值达到843.4亿元，比上年增长5.1%。

二、2025年工作安排
------------------

地区生产总值增长5%左右。
"""


def read_rst(data: bytes, path: str) -> Extracted:
    """Read reStructuredText: all lines but those that underline headings."""
    text = TextBuilder(path)
    for line in data.decode().splitlines():
        if not re.fullmatch(r"[=~-]+", line):
            text.line(line)
    return text.extracted("utf-8")


RST = Format(
    FormatId("rst"), (".rst", ".rest"), "reStructuredText 文稿", "text/x-rst", read_rst,
    largest=1000, signatures=(b"\x1frst",), content_label="reStructuredText", extracted=True, packed=True,
)  # fmt: skip


@dataclass(frozen=True)
class Added:
    """A project (`root`) to which the .rst report `file` was added, and what `add` printed (`printed`)."""

    root: Path
    file: Path
    printed: str


@pytest.fixture
def added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Added:
    """Add .rst to the table of formats, and a report in that format to a new project."""
    monkeypatch.setattr(format_table, "FORMATS", (*format_table.FORMATS, RST))
    file = tmp_path / "报告.RST"
    file.write_text(REPORT, encoding="utf-8")
    root = tmp_path / "project"
    return Added(root, file, "\n".join(add.add_report(root, file, "yunxi-2025").lines()))


def test_add_accepts_a_new_format_extracts_its_text_and_names_it(added: Added) -> None:
    folder = added.root / "reports" / "yunxi-2025"
    assert (folder / "source.rst").read_bytes() == added.file.read_bytes()
    assert (folder / "source.txt").read_text(encoding="utf-8").startswith("政府工作报告\n一、2024年工作回顾\n")
    assert "source.rst：reStructuredText 文稿，取出" in added.printed
    assert "reStructuredText 文稿" in (folder / "report.toml").read_text(encoding="utf-8")


def test_report_in_a_new_format_is_found_and_analysed(added: Added) -> None:
    (reading,) = readings(added.root)
    assert reading.source.format == "rst"
    assert [i.value for i in reading.indicators] == ["843.4", "5"]


def test_errors_that_list_the_readable_formats_include_a_new_one(added: Added, tmp_path: Path) -> None:
    (tmp_path / "a.xyz").write_bytes(b"x")
    with pytest.raises(BadSource, match=r"可读的有：.* \.rst \.rest。"):
        read(tmp_path / "a.xyz")
    (tmp_path / "empty").mkdir()
    with pytest.raises(BadSource, match=r"\.txt 或 \.rst"):
        report_folder.source_file(tmp_path / "empty")
    with pytest.raises(report_folder.NothingToBuild, match=r"\.txt 或 \.rst"):
        report_folder.report_folders(tmp_path / "empty", None)


def test_size_limit_and_signature_of_a_new_format_are_checked(added: Added, tmp_path: Path) -> None:
    (tmp_path / "large.rst").write_bytes(b"x" * 1001)
    with pytest.raises(BadSource, match="超过上限"):
        read(tmp_path / "large.rst")
    (tmp_path / "wrong.txt").write_bytes(b"\x1frst ...")
    with pytest.raises(BadSource, match=r"其实是reStructuredText.*改为 \.rst"):
        read(tmp_path / "wrong.txt")


def test_archive_bag_contains_a_source_in_a_new_format_with_its_media_type(added: Added) -> None:
    moment = date(2025, 1, 1)
    facts = metadata_of(links.publish(readings(added.root), ""), moment=moment)
    payload = bag.project_files(added.root, added.root / "site", facts.files, ())
    members = {m.name.partition("/data/")[2]: m for m in bag.members(facts, payload, moment)}
    source = members["reports/yunxi-2025/source.rst"]
    assert source.data == added.file.read_bytes()
    assert source.stored
    graph = json.loads(members["ro-crate-metadata.json"].data)["@graph"]
    (entity,) = (e for e in graph if e["@id"] == "reports/yunxi-2025/source.rst")
    assert entity["encodingFormat"] == "text/x-rst"


def test_file_of_a_format_without_a_row_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.rst").write_text(REPORT, encoding="utf-8")
    with pytest.raises(BadSource, match=r"不认识的文件类型 \.rst"):
        read(tmp_path / "a.rst")


def test_each_ending_and_id_occurs_in_one_row_only() -> None:
    rows = (*format_table.FORMATS, *format_table.REFUSED)
    endings = Counter(ending for row in rows for ending in row.endings)
    assert max(endings.values()) == 1
    assert all(re.fullmatch(r"\.[a-z]+", ending) for ending in endings)
    assert len({row.id for row in format_table.FORMATS}) == len(format_table.FORMATS)


@pytest.mark.parametrize(
    ("readme", "line", "until"),
    [
        ("README.md", "`add` takes ", " in UTF-8"),
        ("README.zh-CN.md", "`add` 可读 ", "（UTF-8"),
    ],
)
def test_readmes_list_exactly_the_formats_of_the_table(readme: str, line: str, until: str) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    (listed,) = re.findall(f"{re.escape(line)}(.*?){re.escape(until)}", text)
    assert set(re.findall(r"\.[a-z]+", listed)) == {row.endings[0] for row in format_table.FORMATS}


@pytest.mark.parametrize(
    ("readme", "cell"), [("README.md", "for ([^|]*?): the text taken out"), ("README.zh-CN.md", "来源是 ([^|]*?) 时：取出的文字")]
)  # fmt: skip
def test_readmes_name_exactly_the_formats_whose_text_is_extracted(readme: str, cell: str) -> None:
    (listed,) = re.findall(cell, (ROOT / readme).read_text(encoding="utf-8"))
    assert set(re.findall(r"\.[a-z]+", listed)) == {row.endings[0] for row in format_table.FORMATS if row.extracted}
