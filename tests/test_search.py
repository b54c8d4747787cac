"""The search index: what stands in it, how it comes, and that an unchanged text asks no library for readings."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.conftest import ROOT, must_build
from tests.search_queries import named, queries
from workreport.analysis import pinyin
from workreport.build import pipeline
from workreport.model import Publication, Reading
from workreport.website import addresses, search
from workreport.website.pages import assets

SOURCE = ROOT / "reports" / "gongshu-2024" / "source.md"


@pytest.fixture(scope="module")
def reading() -> Reading:
    return pipeline.look_at(SOURCE, ROOT / "vocabulary").reading


def scripts(*readings: Reading) -> dict[str, str]:
    return dict(search.index_files(Publication(readings), search.readings, search.traditional))


def head_of(script: str) -> dict[str, object]:
    text = script.removeprefix(f"globalThis.{search.NAME}=").rstrip(";\n")
    found: dict[str, object] = json.loads(text)
    return found


def report_of(script: str) -> dict[str, list[list[object]]]:
    data: list[list[dict[str, list[list[object]]]]] = head_of(script)["data"]  # type: ignore[assignment]
    return data[0][0]


def test_every_sentence_but_the_copy_is_searched(reading: Reading) -> None:
    report = report_of(scripts(reading)[addresses.SEARCH_INDEX])
    wanted = [s for s in reading.outline.sentences() if not s.in_copy]
    assert len(wanted) < len(list(reading.outline.sentences())), "this report holds a repeated passage"
    assert [(row[0], row[2]) for row in report["sentences"]] == [(s.id, s.text) for s in wanted]
    for row, sentence in zip(report["sentences"], wanted, strict=True):
        page, _ = report["sections"][int(str(row[1]))]
        assert page == addresses.page_of(reading, sentence.section)
        assert bool(len(row) > 3 and int(str(row[3])) & search.HEADING) is sentence.heading


def test_every_figure_stands_at_its_words(reading: Reading) -> None:
    report = report_of(scripts(reading)[addresses.SEARCH_INDEX])
    found = {}
    for row in report["sentences"]:
        for figure in row[5] if len(row) > 5 else []:  # type: ignore[attr-defined]
            found[f"{row[0]}-f{figure[0]}"] = (str(row[2])[figure[1] : figure[2]], figure[3])
    assert found == {i.id: (i.quote, i.name) for i in reading.indicators}


def test_the_flags_say_what_stands_there(reading: Reading) -> None:
    rows = report_of(scripts(reading)[addresses.SEARCH_INDEX])["sentences"]
    flags = {str(row[2]): int(str(row[3])) if len(row) > 3 else 0 for row in rows}
    assert flags["一、2023年工作回顾"] & search.HEADING
    (doubted,) = [text for text in flags if "区二届人大二次会议" in text]
    assert flags[doubted] & search.NOTED
    assert not flags["各位代表："] & (search.NOTED | search.NAMED)
    (named_one,) = [text for text in flags if "大运河书法公园" in text]
    assert flags[named_one] & search.NAMED


@pytest.mark.parametrize(
    ("number", "unit", "wanted"),
    [
        ("10.78", "亿元", ("1078000000", "元")),
        ("1078", "百万元", ("1078000000", "元")),
        ("0.50", "%", ("0.5", "%")),
        ("3", "平方公里", ("3000000", "平方米")),
        ("14", "万平方米", ("140000", "平方米")),
        ("2.5", "吨", ("2500000", "克")),
        ("0", "元", ("0", "元")),
        ("3", "百分点", ("3", "百分点")),
        ("5", "千瓦", ("5", "千瓦")),
    ],
)
def test_amounts_in_base_units(number: str, unit: str, wanted: tuple[str, str]) -> None:
    assert search.base(Decimal(number), unit) == wanted


def test_the_script_and_the_index_know_the_same_units(chromium: str, browser: object) -> None:
    """Both turn 3平方公里 into 3000000平方米: the tables in search.py and search.js say the same."""
    from playwright.sync_api import Browser

    assert isinstance(browser, Browser)
    page = browser.new_page()
    page.add_script_tag(content=assets.load(ROOT / "templates" / "assets")["search.js"])
    asked = [
        f"3{large}{unit}"
        for unit in ("公里", "千米", "厘米", "平方公里", "公顷", "公斤", "吨", "元", "%")
        for large in ("", "万")
    ]
    found = page.evaluate(
        """all => all.map(text => { const [a] = workreportSearch.amounts(workreportSearch.fold(text)); return [Number(a.base), a.unit]; })""",
        asked,
    )
    page.close()
    for text, (value, unit) in zip(asked, found, strict=True):
        number, basic = search.base(Decimal(3), text[1:])
        assert (Decimal(str(value)), unit) == (Decimal(number), basic), text


def test_the_answers_name_sentences(reading: Reading) -> None:
    sentences = {s.id: s.text for s in reading.outline.sentences() if not s.in_copy}
    for query in queries():
        ids = named(query.right, sentences)
        assert ids == [name for name in sentences if name in ids], f"{query.words}: in the order of the text"


def test_one_report_comes_as_one_small_script(reading: Reading) -> None:
    files = scripts(reading)
    assert list(files) == [addresses.SEARCH_INDEX]
    text = "".join(s.text for s in reading.outline.sentences() if not s.in_copy)
    packed = len(gzip.compress(files[addresses.SEARCH_INDEX].encode(), 9))
    assert packed <= 1.2 * len(text.encode()), f"{packed} against {len(text.encode())}"


def test_a_collection_comes_in_parts(reading: Reading) -> None:
    many = [replace(reading, meta=replace(reading.meta, slug=f"r{n}")) for n in range(12)]
    files = scripts(*many)
    head = head_of(files[addresses.SEARCH_INDEX])
    assert head["data"] == []
    assert head["parts"] == list(files)[1:]
    assert len(files) > 2
    slugs = []
    for number, path in enumerate(head["parts"]):  # type: ignore[arg-type, var-annotated]
        start = f"globalThis.{search.NAME}.data[{number}]="
        assert files[path].startswith(start)
        assert len(files[path].encode()) < 2 * search.PART
        reports = json.loads(files[path].removeprefix(start).rstrip(";\n"))
        slugs += [report["sections"][0][0].partition("/")[0] for report in reports]
        assert all(report["name"] == reading.meta.name for report in reports)
    assert slugs == [r.meta.slug for r in many]


HOSTILE = ["</script><script>alert(1)</script>", "<!--", "a\u2028b\u2029c", "零\ud800一", "𠮷野家5家", '"\\']


def test_nothing_of_a_report_ends_the_script(reading: Reading) -> None:
    front = reading.outline.front[0]
    sentences = tuple(replace(front.sentences[0], id=f"s{n}", text=text) for n, text in enumerate(HOSTILE))
    hostile = replace(
        reading, outline=replace(reading.outline, front=(replace(front, sentences=sentences),), sections=())
    )
    (script,) = scripts(hostile).values()
    script.encode()
    assert "<" not in script
    assert script.count("\n") == 1
    assert not set("\u2028\u2029") & set(script)
    assert [row[2] for row in report_of(script)["sentences"]] == HOSTILE


def test_readings_fit_character_by_character() -> None:
    for text in ("冯 晶2人", "C、D级𠮷家", "", "2023", "龘〇"):
        assert len(search.readings(text).split()) == len(text)
    for word, said in pinyin.SAID.items():
        assert search.readings(f"要{word}，").split()[1:-1] == said.split()


def test_traditional_forms_lead_to_characters_that_occur() -> None:
    pairs = search.traditional("运亚会台")
    assert {pairs[i : i + 2] for i in range(0, len(pairs), 2)} >= {"運运", "亞亚", "會会", "臺台"}
    assert all(pairs[i + 1] in "运亚会台" for i in range(0, len(pairs), 2))


def test_an_unchanged_text_asks_no_library(project_copy: Callable[[str], Path]) -> None:
    project = project_copy("warm")
    must_build(project, "--quiet", "--only", "site")
    (project / ".workreport" / "state").unlink()
    code = (
        "import sys; from workreport.commands import main; code = main(['--quiet', '--only', 'site']); "
        "print(sorted({'pypinyin', 'opencc'} & set(sys.modules))); sys.exit(code)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=project, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[]"


def test_a_site_with_an_address_offers_itself_to_browsers(project_copy: Callable[[str], Path]) -> None:
    project = project_copy("opensearch")
    settings = project / "site.toml"
    settings.write_text(
        'address = "https://www.example.gov.cn/a&b/"\n' + settings.read_text(encoding="utf-8"), encoding="utf-8"
    )
    site = must_build(project, "--quiet", "--only", "site")
    root = ET.parse(site / addresses.OPENSEARCH).getroot()
    space = "{http://a9.com/-/spec/opensearch/1.1/}"
    url = root.find(f"{space}Url")
    assert url is not None
    assert url.get("template") == "https://www.example.gov.cn/a&b/index.html?q={searchTerms}"
    name = root.findtext(f"{space}ShortName")
    assert name
    assert len(name) <= 16
    page = (site / "gongshu-2024" / "1" / "index.html").read_text(encoding="utf-8")
    assert 'rel="search" type="application/opensearchdescription+xml"' in page
    assert 'href="../../assets/opensearch.xml"' in page


def test_a_site_without_an_address_offers_nothing(built_site: Path) -> None:
    assert not (built_site / addresses.OPENSEARCH).exists()
    assert "opensearch" not in (built_site / "index.html").read_text(encoding="utf-8")
