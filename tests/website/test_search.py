"""Tests the search index: its content and files, its agreement with the search script; the OpenSearch description."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from tests.conftest import ROOT, must_build
from tests.search_queries import named, queries
from workreport.analysis import measure_words, measures, pinyin, vocabulary
from workreport.build import report_reader
from workreport.model import Publication, Reading
from workreport.website import addresses, search
from workreport.website.pages import assets

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

UNITS = vocabulary.load(ROOT / "vocabulary").units
BASES = search.base_units(UNITS)
SOURCE = ROOT / "reports" / "gongshu-2024" / "source.md"


@pytest.fixture(scope="module")
def reading() -> Reading:
    return report_reader.read_file(SOURCE, ROOT / "vocabulary").reading


def scripts(*readings: Reading) -> dict[str, str]:
    """Return the scripts of the search index of these reports: text by path."""
    return dict(search.index_files(Publication(readings), search.readings, search.traditional, UNITS))


def head_of(script: str) -> dict[str, object]:
    """Return the object to which the first script sets the global."""
    text = script.removeprefix(f"globalThis.{search.NAME}=").rstrip(";\n")
    found: dict[str, object] = json.loads(text)
    return found


def report_of(script: str) -> dict[str, list[list[object]]]:
    """Return the first report in the first script."""
    data: list[dict[str, list[list[object]]]] = head_of(script)["data"]  # type: ignore[assignment]
    return data[0]


def test_index_has_every_sentence_except_those_of_repeated_passages(reading: Reading) -> None:
    report = report_of(scripts(reading)[addresses.SEARCH_INDEX])
    wanted = [s for s in reading.outline.sentences() if not s.in_copy]
    assert len(wanted) < len(list(reading.outline.sentences())), "the report has no repeated passage"
    assert [(row[0], row[2]) for row in report["sentences"]] == [(s.id, s.text) for s in wanted]
    for row, sentence in zip(report["sentences"], wanted, strict=True):
        page, _ = report["sections"][int(str(row[1]))]
        assert page == addresses.page_of(reading, sentence.section)
        assert bool(len(row) > 3 and int(str(row[3])) & search.HEADING) is sentence.heading


def test_index_has_every_indicator_at_the_position_of_its_quote(reading: Reading) -> None:
    report = report_of(scripts(reading)[addresses.SEARCH_INDEX])
    found = {}
    for row in report["sentences"]:
        for figure in row[5] if len(row) > 5 else []:  # type: ignore[attr-defined]
            found[f"{row[0]}-f{figure[0]}"] = (str(row[2])[figure[1] : figure[2]], figure[3])
    assert found == {i.id: (i.quote, i.name) for i in reading.indicators}


def test_index_flags_mark_headings_notes_and_names(reading: Reading) -> None:
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
def test_amount_is_converted_to_its_base_unit(number: str, unit: str, wanted: tuple[str, str]) -> None:
    assert search.base(Decimal(number), unit, BASES) == wanted


@pytest.fixture(scope="module")
def engine(browser: Browser) -> Iterator[Page]:
    """A page with the search script, started with the units of the vocabulary."""
    page = browser.new_page()
    page.add_script_tag(content=assets.load(ROOT / "templates" / "assets")["search.js"])
    page.evaluate("rows => workreportSearch.start({ forms: '', readings: '', units: rows })", search.unit_rows(UNITS))
    yield page
    page.close()


def test_search_script_and_index_convert_every_unit_to_the_same_base_unit(engine: Page) -> None:
    """For example, both convert 3平方公里 to 3000000平方米; each unit is tested with and without 万."""
    asked = [f"3{large}{unit.word}" for unit in UNITS for large in ("", "万")]
    found = engine.evaluate(
        """all => all.map(text => {
          const [a] = workreportSearch.amounts(workreportSearch.fold(text));
          return [Number(a.base), a.unit];
        })""",
        asked,
    )
    folded = engine.evaluate("all => all.map(workreportSearch.fold)", [unit.base or unit.word for unit in UNITS])
    for (text, (value, unit)), wanted in zip(
        zip(asked, found, strict=True), (w for w in folded for _ in "12"), strict=True
    ):
        number, _ = search.base(Decimal(3), text[1:], BASES)
        assert (Decimal(str(value)), unit) == (Decimal(number), wanted), text


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        ("新增算力30EFlops。", ["30EFlops", "30eflops", "单位:EFlops"], ["3EFlops"]),
        ("生产棉纱3万纱锭。", ["30000纱锭", "3万纱锭", ">2万纱锭", "单位:纱锭"], ["3万锭", ">4万纱锭"]),
        ("工期缩短12个工作日。", ["12个工作日", "十二个工作日", "单位:个工作日"], ["2个工作日"]),
        ("完成货运周转1.5亿吨公里。", ["15000万吨公里", "1.5亿吨", "1.5亿吨公里"], ["1.5亿公里", ">1亿吨"]),
        ("细颗粒物浓度25微克/立方米。", ["25微克/立方米", "25微克"], ["5微克"]),
        ("建成风电1.2吉瓦。", ["1.2吉瓦", "单位:吉瓦"], ["1.2瓦"]),
        ("新建绿道5公里，面积3平方公里。", ["5km", "5000米", "3km2", "3000000m2"], ["5m2"]),
        ("排放下降2个百分点。", ["2个百分点"], ["2百分点以上"]),
        ("培训1000人次。", ["1000人次", "1000人"], ["100人"]),
    ],
)
def test_query_with_a_unit_finds_the_amount_and_no_other(
    engine: Page, text: str, right: list[str], wrong: list[str]
) -> None:
    script = """([text, words, units]) => {
      const engine = workreportSearch;
      engine.parts.length = 0;
      engine.start({ forms: "", readings: "", units });
      engine.add({ name: "", sections: [["", ""]], names: [], sentences: [["s1", 0, text]] });
      return words.filter((word) => engine.finds(word));
    }"""
    assert engine.evaluate(script, [text, [*right, *wrong], search.unit_rows(UNITS)]) == right


def test_query_finds_a_longer_unit_only_if_no_sentence_has_the_unit_itself(engine: Page) -> None:
    found = engine.evaluate(
        """units => {
          const engine = workreportSearch;
          engine.parts.length = 0;
          engine.start({ forms: "", readings: "", units });
          engine.add({ name: "", sections: [["", ""]], names: [], sentences: [["s1", 0, "培训1000人次。"], ["s2", 0, "引进1000人。"]] });
          return engine.search("1000人").hits.map((hit) => hit.row.id);
        }""",
        search.unit_rows(UNITS),
    )
    assert found == ["s2"]


def test_index_has_all_units_sorted_with_base_unit_and_exponent(reading: Reading) -> None:
    rows = head_of(scripts(reading)[addresses.SEARCH_INDEX])["units"]
    assert isinstance(rows, list)
    assert rows == sorted(rows, key=lambda row: str(row[0]))
    assert {row[0] for row in rows} >= {unit.word for unit in UNITS}
    assert ["公里", "", "米", 3] in rows
    assert ["元", "旦"] in rows


def test_expected_answers_of_the_queries_are_sentences_in_the_order_of_the_text(reading: Reading) -> None:
    sentences = {s.id: s.text for s in reading.outline.sentences() if not s.in_copy}
    for query in queries():
        ids = named(query.right, sentences)
        assert ids == [name for name in sentences if name in ids], (
            f"{query.words}: answers not in the order of the text"
        )


def test_index_of_one_report_is_one_script_and_small_when_compressed(reading: Reading) -> None:
    also = measures.other_names(measure_words.load(ROOT / "vocabulary"))
    files = dict(search.index_files(Publication((reading,)), search.readings, search.traditional, UNITS, also))
    assert list(files) == [addresses.SEARCH_INDEX]
    text = "".join(s.text for s in reading.outline.sentences() if not s.in_copy)
    packed = len(gzip.compress(files[addresses.SEARCH_INDEX].encode(), 9))
    assert packed <= 1.2 * len(text.encode()), f"{packed} against {len(text.encode())}"


def test_index_of_few_reports_is_one_script_and_of_many_small_ones(reading: Reading) -> None:
    many = [replace(reading, meta=replace(reading.meta, slug=f"r{n}")) for n in range(24)]
    assert list(scripts(*many[:2])) == [addresses.SEARCH_INDEX]
    files = scripts(*many)
    head = head_of(files[addresses.SEARCH_INDEX])
    assert "data" not in head
    sentences = sum(not s.in_copy for s in reading.outline.sentences())
    assert [head[name] for name in ("places", "placeOf", "years", "sentences")] == [
        [reading.meta.place], [0] * 24, [reading.meta.year] * 24, [sentences] * 24
    ]  # fmt: skip
    parts = [path for path in files if path.startswith(f"{addresses.SEARCH_PARTS}/s")]
    assert isinstance(head["parts"], list)
    assert len(parts) == sum(head["parts"])
    assert max(len(text.encode()) for path, text in files.items() if path in parts) < 20_000


HOSTILE = ["</script><script>alert(1)</script>", "<!--", "a\u2028b\u2029c", "零\ud800一", "𠮷野家5家", '"\\']


def test_hostile_text_cannot_end_the_index_script(reading: Reading) -> None:
    front = reading.outline.front[0]
    sentences = tuple(front.sentences[0]._replace(id=f"s{n}", text=text) for n, text in enumerate(HOSTILE))
    hostile = replace(
        reading, outline=replace(reading.outline, front=(front._replace(sentences=sentences),), sections=())
    )
    (script,) = scripts(hostile).values()
    script.encode()
    assert "<" not in script
    assert script.count("\n") == 1
    assert not set("\u2028\u2029") & set(script)
    assert [row[2] for row in report_of(script)["sentences"]] == HOSTILE


def test_readings_have_one_syllable_for_each_character() -> None:
    for text in ("冯 晶2人", "C、D级𠮷家", "", "2023", "龘〇"):
        assert len(search.readings(text).split()) == len(text)
    for word, said in pinyin.SAID.items():
        assert search.readings(f"要{word}，").split()[1:-1] == said.split()


def test_traditional_forms_are_paired_with_the_given_characters_only() -> None:
    pairs = search.traditional("运亚会台")
    assert {pairs[i : i + 2] for i in range(0, len(pairs), 2)} >= {"運运", "亞亚", "會会", "臺台"}
    assert all(pairs[i + 1] in "运亚会台" for i in range(0, len(pairs), 2))


@pytest.mark.long
def test_rebuild_of_an_unchanged_text_imports_neither_pypinyin_nor_opencc(project_copy: Callable[[str], Path]) -> None:
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


@pytest.mark.long
def test_site_with_an_address_has_an_opensearch_description(project_copy: Callable[[str], Path]) -> None:
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


def test_site_without_an_address_has_no_opensearch_description(built_site: Path) -> None:
    assert not (built_site / addresses.OPENSEARCH).exists()
    assert "opensearch" not in (built_site / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("夺得金牌79枚。", "七十九"),
        ("夺得金牌七十九枚。", "七十九"),
        ("新建二十所学校。", "20"),
        ("运\u00ad河\u200b音\u202a乐\u2060节", "运河音乐节"),
        ("运河音乐节", "运\u00ad河\u202a音乐\ufe0f节"),
    ],
)
def test_numerals_and_invisible_characters_do_not_keep_a_word_from_being_found(
    engine: Page, text: str, words: str
) -> None:
    script = """([text, words, units]) => {
      const engine = workreportSearch;
      engine.parts.length = 0;
      engine.start({ forms: "", readings: "", units });
      engine.add({ name: "", sections: [["", ""]], names: [], sentences: [["s1", 0, text]] });
      return engine.finds(words);
    }"""
    assert engine.evaluate(script, [text, words, search.unit_rows(UNITS)])


def test_numeral_finds_digits_only_where_it_is_not_written_so(engine: Page) -> None:
    script = """units => {
      const engine = workreportSearch;
      engine.parts.length = 0;
      engine.start({ forms: "", readings: "", units });
      engine.add({ name: "", sections: [["", ""]], names: [], sentences: [["s1", 0, "金牌七十九枚。"], ["s2", 0, "银牌79枚。"]] });
      return engine.search("七十九").hits.map((hit) => hit.row.id);
    }"""
    assert engine.evaluate(script, search.unit_rows(UNITS)) == ["s1"]
