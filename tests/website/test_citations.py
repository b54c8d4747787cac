"""Citations: GB/T 7714 in both editions, BibTeX, RIS and CSL-JSON, for report, section, sentence and version."""

from __future__ import annotations

import json
import re
import subprocess
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.website.small_book import HOSTILE
from workreport.model import Reading
from workreport.project.settings import Settings
from workreport.website import citations
from workreport.website.citations import FORMATS, Cited, filled

READER = ROOT / ".venv-citations" / "bin" / "python"
READ_BACK = """\
import json, sys
import bibtexparser, pypandoc, rispy
from citeproc.source.json import CiteProcJSON
from pybtex.database import parse_string
given = json.load(sys.stdin)
told = {}
entries = parse_string(given["bib"], "bibtex").entries
told["pybtex"] = {key: dict(entry.fields, author=" and ".join(str(p) for p in entry.persons.get("author", []))) for key, entry in entries.items()}
library = bibtexparser.parse_string(given["bib"])
assert not library.failed_blocks, library.failed_blocks
told["bibtexparser"] = {entry.key: {field.key: field.value for field in entry.fields} for entry in library.entries}
told["rispy"] = {row["id"]: {k: v for k, v in row.items() if k != "id"} for row in rispy.loads(given["ris"])}
source = CiteProcJSON(json.loads(given["json"]))
told["citeproc"] = {key: {"type": item.type, "title": str(item["title"])} for key, item in source.items()}
for name, form in (("bib", "bibtex"), ("ris", "ris"), ("json", "csljson")):
    items = json.loads(pypandoc.convert_text(given[name], "csljson", format=form))
    told["pandoc-" + name] = {item["id"]: item for item in items}
json.dump(told, sys.stdout, default=str)
"""
REPORT = Cited(
    "gongshu-2024", "杭州市拱墅区人民政府", "杭州市拱墅区2024年政府工作报告", "", date(2024, 2, 22), "拱墅区人民政府办公室",
    "https://www.example.gov.cn/gzbg/", "gongshu-2024/index.html",
)  # fmt: skip
SECTION = replace(
    REPORT, key="gongshu-2024-1-3", title="（三）市场活力", host=REPORT.title, path="gongshu-2024/1/3/index.html"
)
SENTENCE = {"number": "4", "anchor": "s12345678"}
VERSION = "2024-02-21.1"
SITE = "https://www.example.gov.cn/gzbg/"


@pytest.mark.parametrize(
    ("cited", "holes", "expected"),
    [
        (REPORT, {}, f"杭州市拱墅区人民政府.杭州市拱墅区2024年政府工作报告[R/OL].拱墅区人民政府办公室,2024-02-22.{SITE}gongshu-2024/."),
        (replace(REPORT, publisher=""), {}, f"杭州市拱墅区人民政府.杭州市拱墅区2024年政府工作报告[R/OL].2024-02-22.{SITE}gongshu-2024/."),
        (replace(REPORT, publisher="", address=""), {}, "杭州市拱墅区人民政府.杭州市拱墅区2024年政府工作报告[R].2024-02-22."),
        (replace(REPORT, author="", publisher="", address="", day=None), {}, "杭州市拱墅区2024年政府工作报告[R]."),
        (replace(REPORT, publisher="", day=None, address=""), SENTENCE, "杭州市拱墅区人民政府.杭州市拱墅区2024年政府工作报告[R].第4句."),
        (SECTION, {}, f"杭州市拱墅区人民政府.（三）市场活力[R/OL]//杭州市拱墅区2024年政府工作报告.拱墅区人民政府办公室,2024-02-22.{SITE}gongshu-2024/1/3/."),
        (SECTION, SENTENCE, f"杭州市拱墅区人民政府.（三）市场活力[R/OL]//杭州市拱墅区2024年政府工作报告.拱墅区人民政府办公室,2024-02-22:第4句.{SITE}gongshu-2024/1/3/#s12345678."),
        (REPORT, {"version": VERSION}, f"杭州市拱墅区人民政府.杭州市拱墅区2024年政府工作报告[R/OL].2024-02-21.1版.拱墅区人民政府办公室,2024-02-22.{SITE}v/2024-02-21.1/gongshu-2024/."),
    ],
)  # fmt: skip
def test_citation_by_gbt_7714_2025(cited: Cited, holes: dict[str, str], expected: str) -> None:
    assert filled(citations.gbt_2025(cited), **holes) == expected


@pytest.mark.parametrize(
    ("cited", "holes", "expected"),
    [
        (REPORT, {}, f"杭州市拱墅区人民政府. 杭州市拱墅区2024年政府工作报告[R/OL]. 拱墅区人民政府办公室, 2024(2024-02-22)[引用日期]. {SITE}gongshu-2024/."),
        (replace(REPORT, publisher=""), {"accessed": "2026-11-29"}, f"杭州市拱墅区人民政府. 杭州市拱墅区2024年政府工作报告[R/OL]. (2024-02-22)[2026-11-29]. {SITE}gongshu-2024/."),
        (replace(REPORT, address=""), {}, "杭州市拱墅区人民政府. 杭州市拱墅区2024年政府工作报告[R]. 拱墅区人民政府办公室, 2024."),
        (SECTION, {**SENTENCE, "accessed": "2026-11-29", "version": VERSION}, f"杭州市拱墅区人民政府. （三）市场活力[R/OL]//杭州市拱墅区2024年政府工作报告. 2024-02-21.1版. 拱墅区人民政府办公室, 2024: 第4句(2024-02-22)[2026-11-29]. {SITE}v/2024-02-21.1/gongshu-2024/1/3/#s12345678."),
    ],
)  # fmt: skip
def test_citation_by_gbt_7714_2015(cited: Cited, holes: dict[str, str], expected: str) -> None:
    assert filled(citations.gbt_2015(cited), **holes) == expected


def test_no_format_has_a_hole_left_or_a_value_that_is_not_known() -> None:
    bare = replace(REPORT, author="", publisher="", address="", day=None)
    for cited in (REPORT, SECTION, bare):
        for form in FORMATS:
            for holes in (
                {},
                SENTENCE,
                {"version": VERSION},
                {**SENTENCE, "version": VERSION, "accessed": "2026-11-29"},
            ):
                text = filled(form.text(cited), **holes)
                assert not re.search("[\ue000-\uf8ff]", text), form.id
                assert ("s12345678" in text) == (
                    bool(holes.get("anchor")) and (bool(cited.address) or form.id not in ("gbt-2025", "gbt-2015"))
                )
                assert (VERSION in text) == ("version" in holes), (form.id, text)
                assert not re.search(r"\.\.|,\.|\. \.|\{\},|None|- $(?<!ER  - )", text), (form.id, text)


def books(reading: Reading) -> dict[str, str]:
    """The files of references of a report, by ending."""
    site = Settings(address=SITE, publisher="临湖县人民政府办公室")
    made = citations.files(reading, site)
    return {name.rsplit(".", 1)[-1]: text for name, text in made.items()}


def test_script_of_the_dialog_has_every_page_with_every_format(book: Reading) -> None:
    text = books(book)["js"]
    told = json.loads(text[text.index("{") : text.rindex(";")])
    assert set(told["texts"]) == {"", "text", *(section.id for section in book.paged)}
    assert [row[1] for row in told["formats"]] == ["GB/T 7714—2025", "GB/T 7714—2015", "BibTeX", "RIS", "CSL-JSON"]
    assert all(len(texts) == 5 for texts in told["texts"].values())
    assert set(told["texts"]) == set(told["addresses"])
    bare = citations.files(book, Settings())
    assert '"addresses": {}, ' in next(text for name, text in bare.items() if name.endswith(".js"))


def read_back(files: dict[str, str]) -> dict[str, dict[str, dict[str, Any]]]:
    """What the programs of others read in files of references, by program and key of the entry."""
    if not READER.is_file():
        pytest.skip("no .venv-citations: run `make test-all`")
    done = subprocess.run(
        [READER, "-W", "ignore", "-c", READ_BACK], input=json.dumps(files), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    told: dict[str, dict[str, dict[str, Any]]] = json.loads(done.stdout)
    return told


@pytest.mark.long
def test_two_programs_read_every_reference_as_it_was_meant(book: Reading) -> None:
    told = read_back(books(book))
    site = Settings(address=SITE, publisher="临湖县人民政府办公室")
    works = [cited for place, cited in citations.all_of(book, site) if place != "text"]
    for program in ("pybtex", "bibtexparser", "rispy", "citeproc", "pandoc-bib", "pandoc-ris", "pandoc-json"):
        assert set(told[program]) == {cited.key for cited in works}, program
    for cited in works:
        url = filled(cited.url)
        day = cited.day
        assert day is not None
        for program in ("pybtex", "bibtexparser"):
            entry = told[program][cited.key]
            assert (entry["title"], entry["url"], entry["year"]) == (cited.title, url, str(day.year)), program
            assert entry["author"].strip("{}") == cited.author
            assert entry["publisher" if cited.host else "institution"].strip("{}") == cited.publisher
            assert entry.get("booktitle", "") == cited.host
        record = told["rispy"][cited.key]
        assert (record["title"], record["urls"], record["authors"]) == (cited.title, [url], [cited.author])
        assert (record["publisher"], record["year"], record["date"]) == (
            cited.publisher,
            str(day.year),
            f"{day:%Y/%m/%d}",
        )
        assert record["type_of_reference"] == ("CHAP" if cited.host else "RPRT")
        for program in ("pandoc-bib", "pandoc-ris", "pandoc-json"):
            read = told[program][cited.key]
            assert (read["title"], read["URL"], read["publisher"]) == (cited.title, url, cited.publisher), program
            assert (read["type"], read.get("container-title", "")) == (
                "chapter" if cited.host else "report",
                cited.host,
            )
        item = told["citeproc"][cited.key]
        assert (item["title"], item["type"]) == (cited.title, "chapter" if cited.host else "report")


@pytest.mark.long
def test_hostile_words_stay_words_in_every_reference() -> None:
    words = [w for w in map(citations._plain, HOSTILE) if w]
    works = [replace(REPORT, key=f"k{n}", title=w, author=w, publisher=w) for n, w in enumerate(words)]
    joined = {
        form.ending: citations._joined(form.id, [citations.filled(form.text(work)) for work in works])
        for form in FORMATS[2:]
    }
    told = read_back(joined)
    items = {item["id"]: item for item in json.loads(joined["json"])}
    for work in works:
        assert items[work.key]["title"] == work.title
        assert " ".join(told["rispy"][work.key]["title"].split()) == " ".join(work.title.split())
    assert set(told["pybtex"]) == set(told["bibtexparser"]) == {work.key for work in works}
