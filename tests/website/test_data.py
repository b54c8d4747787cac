"""Tests that the data files agree with the pages and each other, that validators accept them, and that links work."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag
from xml.etree import ElementTree as ET

import jsonschema
import pytest

from tests.conftest import ROOT, must_build
from workreport.build import report_reader
from workreport.model import Reading
from workreport.project.settings import Settings
from workreport.website import data, data_descriptions

SLUG = "gongshu-2024"
VALIDATORS = ROOT / ".venv-validators" / "bin" / "python"
FOLDERS = (f"{SLUG}/data", "data")


class Rows(HTMLParser):
    """Collects the visible text of each cell of the table of indicators and the link to the sentence, by row id."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: dict[str, dict[str, str]] = {}
        self._row: dict[str, str] = {}
        self._cell = ""
        self._part = ""
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {k: v or "" for k, v in attrs}
        kind = known.get("class", "").split()
        if tag == "tr":
            self._row = self.rows.setdefault(known["data-figure"], {}) if "data-figure" in known else {}
        elif tag in ("th", "td"):
            self._cell = self._part = known.get("data-label", "指标" if tag == "th" else "")
        elif tag == "a" and self._cell == "原句" and "copylink" not in kind:
            self._row["href"] = known["href"]
        elif tag == "a" and "copylink" in kind:
            self._part = "copylink"
        elif tag == "span":
            named = {
                "period": "时期",
                "target": "目标",
                "estimate": "预计",
                "from": "原为",
                "change": "变化",
                "rank": "位次",
                "edited": "改",
                "held": "只列在表里",
            }
            self._part = next((named[k] for k in kind if k in named), self._part)
            if "rank" in kind and self._row.get("位次"):
                self._row["位次"] += "；"
        self._silent += self._silent > 0 or "aloud" in kind or "arrow" in kind or tag == "svg"

    def handle_endtag(self, tag: str) -> None:
        self._silent -= self._silent > 0
        if tag in ("th", "td", "tr"):
            self._cell = self._part = ""

    def handle_data(self, words: str) -> None:
        if self._part and not self._silent and words.strip():
            self._row[self._part] = self._row.get(self._part, "") + words.strip("\n")


@pytest.fixture(scope="module")
def page(built_site: Path) -> dict[str, dict[str, str]]:
    """The rows of the page of all indicators, by the id of the indicator: text by column."""
    parser = Rows()
    parser.feed((built_site / SLUG / "indicators" / "index.html").read_text(encoding="utf-8"))
    assert len(parser.rows) > 100
    return parser.rows


@pytest.fixture(scope="module", params=FOLDERS)
def folder(request: pytest.FixtureRequest, built_site: Path) -> Path:
    return built_site / str(request.param)


def table(folder: Path) -> list[dict[str, str]]:
    text = (folder / data.CSV).read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def document(folder: Path) -> dict[str, Any]:
    found = json.loads((folder / data.JSON).read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def workbook(file: Path) -> tuple[list[dict[str, str]], set[str], dict[int, str]]:
    """Return the first sheet: its rows by heading, the headings of columns with numbers, the link of each row by
    number.
    """
    with zipfile.ZipFile(file) as bundle:
        read = {
            name: ET.fromstring(bundle.read(name)) for name in bundle.namelist() if name.endswith((".xml", ".rels"))
        }
    shared = ["".join(t.text or "" for t in s.iter(f"{SHEET}t")) for s in read["xl/sharedStrings.xml"]]
    targets = {r.get("Id"): r.get("Target", "") for r in read["xl/worksheets/_rels/sheet1.xml.rels"]}
    lines: list[dict[str, str]] = []
    numbers: set[str] = set()
    heads: dict[str, str] = {}
    for row in read["xl/worksheets/sheet1.xml"].iter(f"{SHEET}row"):
        line = {}
        for cell in row.iter(f"{SHEET}c"):
            column = re.sub(r"\d", "", cell.get("r", ""))
            value = cell.findtext(f"{SHEET}v") or ""
            text = cell.get("t") == "s"
            line[heads.get(column, column)] = shared[int(value)] if text else value
            if not text and heads:
                numbers.add(heads[column])
        if heads:
            lines.append(line)
        else:
            heads = line
    hyperlinks = read["xl/worksheets/sheet1.xml"].iter(f"{SHEET}hyperlink")
    links = {
        int(re.sub(r"\D", "", w.get("ref", ""))): f"{targets[w.get(RELATED)]}#{w.get('location')}" for w in hyperlinks
    }
    return lines, numbers, links


def test_csv_has_the_values_of_the_indicator_table_on_the_page(folder: Path, page: dict[str, dict[str, str]]) -> None:
    rows = table(folder)
    assert [row["编号"] for row in rows] == list(page)
    for row in rows:
        shown = page[row["编号"]]
        assert row["指标"] == shown["指标"].strip()
        assert row["原文数值"] == shown.get("数值", "").replace(" ", "")
        assert row["变化"] == shown.get("变化", "")
        assert row["位次"] == shown.get("位次", "")
        assert row["属于"] == shown.get("属于", "")
        assert row["时期"] == shown.get("时期", "").strip()
        assert row["原为"] == shown.get("原为", "").removeprefix("原为")
        assert row["原文"] == shown["原句"]
        assert row["状态"] == next((sign for sign in ("目标", "预计") if sign in shown), "已完成")
        assert row["发布者改"] == shown.get("改", "").removeprefix("发布者改")
        assert row["只列在表里"] == shown.get("只列在表里", "").removeprefix("只列在表里")


def test_csv_json_and_workbook_have_the_same_values(folder: Path) -> None:
    rows, entries = table(folder), document(folder)["indicators"]
    lines, numbers, links = workbook(folder / data.XLSX)
    assert len(rows) == len(entries) == len(lines)
    assert numbers <= {"数值", "数值上限", "变化数值"}
    assert "数值" in numbers
    for n, (row, entry, line) in enumerate(zip(rows, entries, lines, strict=True), start=2):
        for head, words in row.items():
            if head in numbers:
                assert (Decimal(words) if words else None) == (Decimal(line[head]) if head in line else None)
            elif head != "原句":
                assert line.get(head, "") == words
        assert links[n] == row["原句"] == entry["link"]
        assert (entry["id"], entry["name"], entry["quote"]) == (row["编号"], row["指标"], row["原文"])
        assert (entry["figure"], entry["unit"], entry["change"]) == (row["原文数值"], row["单位"], row["变化"])
        if row["数值"]:
            assert Decimal(str(entry["number"])) == Decimal(row["数值"])
        assert entry["front"] == (row["首页"] == "是")


def test_csv_marks_the_indicators_with_a_card_on_the_front_page(folder: Path, built_site: Path) -> None:
    front = (built_site / "index.html").read_text(encoding="utf-8")
    cards = re.findall(r'<li class="?card[^>]*? data-figure="?([\w-]+)', front)
    assert len(cards) >= 8
    assert {row["编号"] for row in table(folder) if row["首页"] == "是"} == set(cards)


def test_every_link_in_the_csv_has_its_page_and_anchor(folder: Path) -> None:
    pages: dict[Path, str] = {}
    for row in table(folder):
        path, anchor = urldefrag(row["原句"])
        file = (folder / unquote(path)).resolve()
        words = pages.setdefault(file, file.read_text(encoding="utf-8"))
        assert re.search(rf'id="?{re.escape(anchor)}["\s>]', words), row["编号"]


def test_json_schema_accepts_the_json_file_and_finds_two_errors_put_into_it(folder: Path) -> None:
    schema = json.loads((folder / data.SCHEMA).read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    found = document(folder)
    assert list(validator.iter_errors(found)) == []
    assert found["derived"]
    found["indicators"][0]["kind"] = "total"
    del found["indicators"][1]["quote"]
    assert len(list(validator.iter_errors(found))) == 2


def test_csv_has_byte_order_mark_crlf_and_no_text_like_a_date(folder: Path) -> None:
    content = (folder / data.CSV).read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == content.count(b"\n") == len(table(folder)) + 1
    for row in table(folder):
        for head, words in row.items():
            # Excel would take such a text for a date.
            assert not re.fullmatch(r"\d{1,4}[-/]\d{1,2}([-/]\d{1,4})?", words), (head, words)


def test_workbook_has_the_date_of_the_report_and_no_user_name(folder: Path) -> None:
    with zipfile.ZipFile(folder / data.XLSX) as bundle:
        assert {member.date_time[0] for member in bundle.infolist()} == {1980}
        core = bundle.read("docProps/core.xml").decode()
        styles = bundle.read("xl/styles.xml").decode()
    assert re.findall(r"<(?:dc:creator|cp:lastModifiedBy)>([^<]+)", core) == []
    assert set(re.findall(r"(\d{4}-\d\d-\d\d)T", core)) == {"2024-02-21"}
    assert 'formatCode="#,##0.0"' in styles


def test_data_package_has_size_and_hash_of_each_file(folder: Path) -> None:
    package = json.loads((folder / data_descriptions.PACKAGE).read_text(encoding="utf-8"))
    assert {r["path"] for r in package["resources"]} == {data.CSV, data.JSON, data.XLSX}
    for resource in package["resources"]:
        content = (folder / resource["path"]).read_bytes()
        assert (resource["bytes"], resource["hash"]) == (len(content), f"sha256:{hashlib.sha256(content).hexdigest()}")


@pytest.mark.long
def test_pages_link_to_data_files_only_if_they_exist(built_site: Path, built_project: Path, tmp_path: Path) -> None:
    import shutil

    pages = [f"{SLUG}/indicators/index.html", f"{SLUG}/download/index.html"]
    for name in pages:
        assert re.search(r'href="?\.\./data/indicators\.csv', (built_site / name).read_text(encoding="utf-8")), name
    project = Path(shutil.copytree(built_project, tmp_path / "project", ignore=shutil.ignore_patterns(".workreport")))
    site = must_build(project, "--only", "site", "--quiet")
    assert not (site / "data").exists()
    assert not (site / SLUG / "data").exists()
    for name in pages:
        assert "data/indicators.csv" not in (site / name).read_text(encoding="utf-8"), name


# -- hostile reports


@pytest.fixture(scope="module")
def reading() -> Reading:
    return report_reader.read_file(ROOT / "reports" / SLUG / "source.md", ROOT / "vocabulary").reading


HOSTILE = ['=HYPERLINK("x")', "@SUM(1)", "+cmd|' /C calc'!A0", "-1+1", "a\tb\x00\x1f", '"quoted", text', "<b>&amp;</b>"]


def hostile(reading: Reading) -> Iterator[Reading]:
    """Yield the report with three indicators left, once with each hostile text as their name and parent."""
    for words in HOSTILE:
        found = reading.found
        named = tuple(i._replace(name=words, parent=words) for i in found.indicators[:3])
        yield replace(reading, found=replace(found, indicators=named), derived=())


def test_hostile_text_never_becomes_a_formula_in_csv_or_workbook(reading: Reading, tmp_path: Path) -> None:
    for odd in hostile(reading):
        made = data.files(odd, "data", "{}", Settings())
        for row in csv.reader(io.StringIO(made["data/indicators.csv"].decode("utf-8-sig"), newline="")):
            for cell in row:
                assert not re.match(r"[=@\t\r]", cell)
                assert not re.match(r"[+-]", cell) or re.fullmatch(r"[+-][\d.,]+[%‰]?", cell)
        with zipfile.ZipFile(io.BytesIO(made["data/indicators.xlsx"])) as bundle:
            sheet = bundle.read("xl/worksheets/sheet1.xml").decode()
            ET.fromstring(sheet)
            assert "<f>" not in sheet


def test_same_report_gives_data_files_with_the_same_bytes(reading: Reading) -> None:
    assert data.files(reading, "data", "{}", Settings()) == data.files(reading, "data", "{}", Settings())


# -- independent validators

VALIDATE = """
import sys, warnings
from pathlib import Path
import csvw
from frictionless import Package
folder = Path(sys.argv[1])
warnings.simplefilter("always")
print(csvw.CSVW(str(folder / "indicators.csv-metadata.json"), validate=True).is_valid)
print(Package(str(folder / "datapackage.json")).validate().valid)
"""


@pytest.mark.long
def test_independent_validators_accept_the_data_files_and_refuse_a_damaged_csv(
    built_site: Path, tmp_path: Path
) -> None:
    import shutil

    if not VALIDATORS.is_file():
        pytest.skip("no .venv-validators: run `make test-all`")

    def validated(folder: Path) -> list[str]:
        command = [str(VALIDATORS), "-c", VALIDATE, str(folder)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout.split()

    good = Path(shutil.copytree(built_site / "data", tmp_path / "data"))
    assert validated(good) == ["True", "True"]
    content = (good / data.CSV).read_bytes()
    (good / data.CSV).write_bytes(content.replace(b",2091.5,", b",many,", 1))
    assert validated(good) == ["False", "False"]
