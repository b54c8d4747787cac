"""Tests of the data files of places with reports of several years: they say what the pages say, in every form."""

from __future__ import annotations

import csv
import io
import json
import posixpath
import re
import subprocess
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema
import pytest

from tests.conftest import ROOT
from tests.page_html import page_html
from tests.planned_years import PAGE, publication, shown_places
from tests.website.test_data import VALIDATORS, workbook
from workreport.model import Publication
from workreport.project.settings import Settings
from workreport.website import years_data
from workreport.website.addresses import markdown
from workreport.website.pages import render

SCHEMAS = {
    f"{name}.schema.json": (ROOT / "templates" / "data" / f"{name}.schema.json").read_text(encoding="utf-8")
    for name in ("pairs", "series")
}
WORDS = ("达到", "超过", "未达到", "口径不同，不可比", "下年报告未写")


@cache
def files(*, verdicts: bool) -> dict[str, bytes]:
    site = Settings(verdicts=verdicts, address="https://a.example/b/", publisher="青禾县人民政府办公室")
    return years_data.files(shown_places(publication(), verdicts=site.verdicts), site, SCHEMAS)


def records(name: str, *, verdicts: bool) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(files(verdicts=verdicts)[f"data/{name}.json"])[name]
    return found


def table(name: str, *, verdicts: bool) -> list[dict[str, str]]:
    text = files(verdicts=verdicts)[f"data/{name}.csv"].decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


@cache
def page(*, verdicts: bool) -> str:
    docs = render(publication(), Settings(verdicts=verdicts), ROOT / "templates")
    return page_html(docs[markdown(PAGE)])


def target(folder: str, link: str) -> str:
    """The path that a link of a file or page in a folder leads to, with its anchor."""
    path, _, anchor = link.partition("#")
    return posixpath.normpath(posixpath.join(folder, unquote(path))).replace("index.md", "index.html") + f"#{anchor}"


@pytest.mark.parametrize("verdicts", [False, True])
@pytest.mark.parametrize("name", ["pairs", "series"])
def test_json_fits_its_schema_and_the_tables_hold_the_same(name: str, verdicts: bool, tmp_path: Path) -> None:
    document = json.loads(files(verdicts=verdicts)[f"data/{name}.json"])
    schema = json.loads(SCHEMAS[f"{name}.schema.json"])
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(document, schema)
    assert document["$schema"] == f"{name}.schema.json"
    rows, lines = document[name], table(name, verdicts=verdicts)
    (tmp_path / "book.xlsx").write_bytes(files(verdicts=verdicts)[f"data/{name}.xlsx"])
    sheet, _, _ = workbook(tmp_path / "book.xlsx")
    assert len(rows) == len(lines) == len(sheet) > 8
    for row, line, cells in zip(rows, lines, sheet, strict=True):
        for (title, text), value in zip(line.items(), row.values(), strict=True):
            cell = cells.get(title, "")
            if isinstance(value, str):
                assert text.removeprefix("'") == value
                assert cell in (value, "打开原句")
            else:
                assert (float(text) if text else None) == value == (float(cell) if cell else None)
    assert len({row["id"] for row in rows}) == len(rows)


@pytest.mark.parametrize("verdicts", [False, True])
def test_pairs_are_those_of_the_page(verdicts: bool) -> None:
    html = page(verdicts=verdicts)
    rows = records("pairs", verdicts=verdicts)
    assert len(rows) == len(publication().places[0].pairs)
    for row in rows:
        anchor = row["page"].partition("#")[2]
        shown = html[html.index(f'id="{anchor}"') :].partition("</li>")[0]
        linked = [target("qinghexian", href) for href in re.findall(r'href="([^"]+)"', shown)]
        told = re.findall(r"<b>([^<]+)</b>", shown)
        quotes = re.findall(r'class="stated">([^<]+)<', shown)
        sides = [row[side] for side in ("target_link", "result_link") if row[side]]
        assert linked == [target("data", link) for link in sides]
        assert quotes == [row[f"{side}_quote"] for side in ("target", "result") if row[f"{side}_quote"]]
        if row["result"]:
            assert told == [row["target"], row["result"]]
        if verdicts and row["result"]:
            assert re.findall(r'class="verdict">([^<]+)<', shown) == ([row["verdict"]] if row["verdict"] else [])


def test_series_are_those_of_the_page() -> None:
    html = page(verdicts=False)
    for row in records("series", verdicts=False):
        anchor = row["page"].partition("#")[2]
        of_series = html[html.index(f'id="{anchor}"') :].partition("</table>")[0]
        href = row["link"].partition("#")[2]
        assert re.search(rf'{row["year"]}年.*?#{href}">{re.escape(row["figure"])}</a>', of_series), row


def test_words_of_verdicts_are_in_the_files_only_where_they_are_wanted() -> None:
    silent = b"".join(content for name, content in files(verdicts=False).items() if "schema" not in name)
    assert not [word for word in WORDS if f'"{word}"'.encode() in silent or f",{word},".encode() in silent]
    assert "结论" not in table("pairs", verdicts=False)[0]
    assert "verdict" not in records("pairs", verdicts=False)[0]
    told = {row["name"]: row["verdict"] for row in records("pairs", verdicts=True) if row["year"] == "2024"}
    assert told["城镇新增就业"] == "未达到"
    assert told["改造农村公路"] == "下年报告未写"
    assert {row["结论"] for row in table("pairs", verdicts=True)} <= set(WORDS) | {""}


def test_descriptions_name_every_file_with_its_columns() -> None:
    made = files(verdicts=True)
    package = json.loads(made["data/datapackage.json"])
    assert {r["path"] for r in package["resources"]} == {
        f"{n}.{e}" for n in ("pairs", "series") for e in ("csv", "json", "xlsx")
    }
    for name in ("pairs", "series"):
        heads = list(table(name, verdicts=True)[0])
        (csv_file,) = (r for r in package["resources"] if r["path"] == f"{name}.csv")
        assert [field["name"] for field in csv_file["schema"]["fields"]] == heads
        csvw = json.loads(made[f"data/{name}.csv-metadata.json"])
        assert [column["titles"] for column in csvw["tableSchema"]["columns"]] == heads
    assert len(package["sources"]) == 4


def test_same_reports_give_the_same_bytes_and_none_without_places() -> None:
    site = Settings(verdicts=True, address="https://a.example/b/", publisher="青禾县人民政府办公室")
    assert years_data.files(shown_places(publication(), verdicts=site.verdicts), site, SCHEMAS) == files(verdicts=True)
    alone = Publication(publication().readings[:1])
    assert years_data.files(shown_places(alone, verdicts=site.verdicts), site, SCHEMAS) == {}


# -- independent validators

VALIDATE = """
import json, sys, warnings
from pathlib import Path
import csvw
from frictionless import Package
folder = Path(sys.argv[1])
warnings.simplefilter("always")  # csvw tells by a warning what it finds wrong
valid = [csvw.CSVW(str(folder / f"{name}.csv-metadata.json"), validate=True).is_valid for name in ("pairs", "series")]
print(json.dumps([*valid, Package(str(folder / "datapackage.json")).validate().valid]))
"""


def valid(folder: Path) -> list[bool]:
    """Whether csvw accepts the table of pairs and that of series, and frictionless the package of both."""
    command = [str(VALIDATORS), "-c", VALIDATE, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told: list[bool] = json.loads(done.stdout.splitlines()[-1])
    return told


@pytest.mark.long
@pytest.mark.parametrize("verdicts", [False, True])
def test_independent_validators_accept_pairs_and_series_and_refuse_damaged_ones(verdicts: bool, tmp_path: Path) -> None:
    if not VALIDATORS.is_file():
        pytest.skip("no .venv-validators: run `make test-all`")
    for name, content in files(verdicts=verdicts).items():
        (tmp_path / posixpath.basename(name)).write_bytes(content)
    assert valid(tmp_path) == [True, True, True]
    for name, column, damaged in (
        ("pairs", "承诺数值", [False, True, False]),
        ("series", "数值", [True, False, False]),
    ):
        path = tmp_path / f"{name}.csv"
        whole = path.read_bytes()
        lines = whole.split(b"\r\n")
        cells = lines[1].split(b",")
        at = lines[0].split(b",").index(column.encode())
        cells[at] = "许多".encode()
        path.write_bytes(b"\r\n".join([lines[0], b",".join(cells), *lines[2:]]))
        assert valid(tmp_path) == damaged
        path.write_bytes(whole)
    assert valid(tmp_path) == [True, True, True]
