"""Tests the search over a collection: its lists leave out no sentence, and what it finds is what plain search finds.

Knows an invented collection of reports, searched by the pages' script in a blank page of Chromium. Leaves the box and its
results to `tests/browser`.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import ROOT
from workreport.analysis import vocabulary
from workreport.website import addresses, search
from workreport.website.pages import assets
from workreport.website.search import collection_index, directories, posting_lists, word_shards
from workreport.website.search.folding import folder
from workreport.website.search.sentence_keys import pairs
from workreport.website.search.sentence_rows import (
    HEADING,
    PLANNED,
    RESULT,
    REVIEWED,
    TARGET,
    SearchedReport,
    SentenceRow,
)
from workreport.website.search.single_index import single_script

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

UNITS = vocabulary.load(ROOT / "vocabulary").units
PLACES = ("青禾县", "临河市", "云溪省", "东岭自治州", "临河市北城区")
WORDS = (
    "河道", "整治", "新建", "学校", "改造", "老旧小区", "产业", "升级", "运河", "音乐节", "医院", "投用", "一网通办", "增长", "下降", "和", "的", "GDP",
    "5G", "亞運", "古街", "万家", "农田", "水库", "大坝", "加固", "市场", "监管", "𠮷野", "电商", "夜经济", "“好差评”", "双 减",
)  # fmt: skip
AMOUNTS = (
    "10.78亿元", "107800万元", "百分之五", "5%", "3万吨", "12个", "七十九枚", "79枚", "100-200亿元", "下降0.3%", "2091.5", "1,000公里", "千亿元", "3000平方米",
)  # fmt: skip
QUESTIONS = (
    ">3%", "<0%", ">=100亿元", "100-200亿元", "单位:枚", "单位:亿元", "排名:全省第一", "排名:首位", "79", "2091", "1000千米", "十二个", "5", "107800万元", "河",
    "运河，音乐节", "一網通辦",
)  # fmt: skip


def invented(seed: int, reports: int, sentences: int) -> list[SearchedReport]:
    """Return reports of random sentences made of `WORDS` and `AMOUNTS`; some sentences have a figure with a rank."""
    chance = random.Random(seed)
    made = []
    for number in range(reports):
        place, year = chance.choice(PLACES), 2020 + number % 4
        rows = []
        for n in range(sentences):
            words = [chance.choice(WORDS if chance.random() < 0.8 else AMOUNTS) for _ in range(chance.randint(1, 9))]
            text = "".join(words) + "。"
            figures: list[list[object]] = []
            if n % 7 == 0:
                ranks = [["全省", "增速", chance.choice(["第一", "首位", "第三"]), chance.choice([1, 3])]]
                figures = [["1", 0, 2, "河道投资", "5%", "", ranks, "5", "%"]]
            flags = HEADING * (n % 11 == 0) + chance.choice([0, TARGET, RESULT]) + (REVIEWED if n < 60 else PLANNED)
            rows.append(SentenceRow(f"s{number:03x}{n:04x}", n // 9, text, flags, figures))
        sections = tuple((f"r{number}/{s}/index.html", f"（{s}）") for s in range(sentences // 9 + 1))
        name = f"{place}{year}年政府工作报告"
        made.append(
            SearchedReport(
                f"r{number}",
                name,
                place,
                year,
                sections,
                (("古运河音乐节", number + 1),),
                tuple(rows),
                f"r{number}/promises/index.html",
            )
        )
    return made


@pytest.fixture(scope="module")
def reports() -> list[SearchedReport]:
    return invented(7, reports=12, sentences=120)


@pytest.fixture(scope="module")
def small_files() -> Iterator[None]:
    """Cut the index of few sentences as a large one is cut: several scripts of lists, long lists in pieces, several windows."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(posting_lists, "SHARD", 600)
        patch.setattr(posting_lists, "LONG", 60)
        patch.setattr(word_shards, "SHARD", 60)
        patch.setattr(directories, "SCRIPTS", 2)
        patch.setattr(collection_index, "PART", 900)
        patch.setattr(collection_index, "WINDOW", 300)
        yield


@pytest.fixture(scope="module")
def scripts(reports: list[SearchedReport], small_files: None) -> dict[str, str]:
    return dict(collection_index.collection_scripts(reports, search.readings, search.traditional, UNITS))


def value_of(script: str) -> Any:
    """Return what a script of the index sets."""
    return json.loads(script.partition("=")[2].rstrip(";\n"))


# Makes two engines: `whole` has the index of one script, `collection` the one of many.
OPEN = """([whole, files, head]) => {
  const engine = (script, index) => { (0, eval)(script); (0, eval)(index); return globalThis.workreportSearch; };
  globalThis.whole = engine(globalThis.code, whole);
  whole_index = globalThis.workreportIndex;
  globalThis.whole.start(whole_index);
  whole_index.data.forEach((report) => globalThis.whole.add(report));
  globalThis.collection = engine(globalThis.code, files[head]);
  globalThis.collection.start(globalThis.workreportIndex);
  globalThis.loaded = [];
  globalThis.collection.openCollection(globalThis.workreportIndex, async (name) => {
    globalThis.loaded.push(name);
    (0, eval)(files[`assets/search-index/${name}.js`]);
  });
}"""
# The ids of what both find, each sorted, and how many the collection counts before and after all is read.
ASK = """async ([words, filter]) => {
  const id = ({ row }) => row.part.report.number + row.id;
  const state = await collection.ask(words, filter);
  await collection.more(state, 5);
  const early = collection.countedHits(state);
  while (!state.done) await collection.more(state, 1e6);
  return {
    whole: whole.search(words, filter).hits.map(id).sort(), found: state.hits.map(id).sort(),
    texts: state.hits.map(({ row }) => row.text), early, count: collection.countedHits(state),
  };
}"""


@pytest.fixture(scope="module")
def page(browser: Browser, reports: list[SearchedReport], scripts: dict[str, str]) -> Iterator[Page]:
    """A page with two engines over the same reports: `whole` and `collection`."""
    opened = browser.new_page()
    code = assets.load(ROOT / "templates" / "assets")["search.js"]
    opened.evaluate("code => { globalThis.code = code; }", code)
    whole = single_script(reports, search.readings, search.traditional, UNITS)
    opened.evaluate(OPEN.replace("whole_index =", "const whole_index ="), [whole, scripts, addresses.SEARCH_INDEX])
    yield opened
    opened.close()


def test_random_words_find_exactly_the_sentences_that_hold_them(
    page: Page, reports: list[SearchedReport], scripts: dict[str, str]
) -> None:
    head = value_of(scripts[addresses.SEARCH_INDEX])
    listed = [value_of(text) for path, text in scripts.items() if re.search(r"/d\d+\.js$", path)]
    assert len(listed) > 2
    long = [row for _, _, rows in listed for row in rows]
    assert len(long) > 3
    assert any(len(row) > 4 for row in long), "no long list has several pieces"
    fold = folder(head["forms"])
    rows = [(f"{n}{row.id}", fold(row.text)) for n, report in enumerate(reports) for row in report.sentences]
    chance = random.Random(11)
    for _ in range(120):
        words = []
        for _ in range(chance.choice([1, 1, 2, 3])):
            text = chance.choice(rows)[1]
            at = chance.randrange(len(text))
            words.append(text[at : at + chance.randint(1, 8)])
        # Digits, letters and numerals may mean amounts or pinyin: the next test asks for those.
        words = [
            word
            for word in words
            if not any(c.isalnum() and (c.isascii() or c in "零一二三四五六七八九十百千万亿两〇") for c in word)
        ]
        words = [word for word in words if not set(word) & set("，。；：、！？,;:!?-")]
        if not words:
            continue
        found = page.evaluate(ASK, [" ".join(words), None])
        assert found["found"] == sorted(name for name, text in rows if all(word in text for word in words)), words


@pytest.mark.parametrize("words", QUESTIONS)
def test_questions_about_amounts_ranks_and_units_find_what_a_whole_index_finds(page: Page, words: str) -> None:
    found = page.evaluate(ASK, [words, None])
    assert found["found"] == found["whole"]
    assert found["found"], "the query finds nothing, so the test says nothing"
    assert found["count"] == {"count": len(found["whole"]), "sure": True}


@pytest.mark.parametrize("name", ["figures", "targets", "results", "plans", "reviews"])
def test_filter_keeps_the_same_sentences_as_in_a_whole_index(page: Page, name: str) -> None:
    found = page.evaluate(ASK, ["运河", {name: True}])
    every = page.evaluate(ASK, ["运河", None])
    assert found["found"] == found["whole"]
    assert 0 < len(found["found"]) < len(every["found"])


@pytest.mark.parametrize("words", ["临河 运河", "2021 运河", "东岭 2023 运河", "北城 运河 学校"])
def test_place_or_year_among_the_words_says_which_reports_are_meant(
    page: Page, reports: list[SearchedReport], words: str
) -> None:
    found = page.evaluate(ASK, [words, None])
    assert found["found"] == found["whole"]
    asked = words.split()
    meant = [
        n
        for n, report in enumerate(reports)
        if all(
            word in (str(report.year), report.place) or word in report.place for word in asked[:-1] if word != "运河"
        )
    ]
    wanted = [word for word in asked if word in ("运河", "学校")]
    fold = folder(search.traditional("运河学校"))
    rows = [(f"{n}{row.id}", fold(row.text)) for n in meant for row in reports[n].sentences]
    assert found["found"] == sorted(name for name, text in rows if all(word in text for word in wanted))
    assert found["found"]


# The sections that both find in which no sentence holds all words: for each the ids of the sentences shown.
TOGETHER = """async (words) => {
  const id = ({ row }) => row.part.report.number + row.id;
  const ids = (groups) => groups.map(({ hits }) => hits.map(id));
  const state = await collection.ask(words);
  while (!state.done) await collection.more(state, 1e6);
  do { await collection.more(state, 1); await collection.moreTogether(state, 3); } while (!state.together.done);
  return { whole: ids(whole.sameSections(whole.search(words))), found: ids(state.together.hits) };
}"""


@pytest.mark.parametrize("words", ["水库 双减", "夜经济 农田", "一网通办 古街 音乐节", "大坝 投用", "加固 不在"])
def test_words_in_several_sentences_of_a_section_are_found_behind_those_in_one(
    page: Page, reports: list[SearchedReport], words: str
) -> None:
    fold = folder("")
    asked = words.split()
    wanted = []
    for n, report in enumerate(reports):
        for section, rows in groupby(report.sentences, key=lambda row: row.section):
            texts = [(f"{n}{row.id}", fold(row.text)) for row in rows]
            firsts = [next((name for name, text in texts if word in text), "") for word in asked]
            if all(firsts) and not any(all(word in text for word in asked) for _, text in texts):
                wanted.append(sorted(set(firsts)))
            assert section == report.sentences[int(texts[0][0].removeprefix(str(n))[4:], 16)].section
    found = page.evaluate(TOGETHER, words)
    assert found["found"] == found["whole"] == wanted
    assert bool(wanted) is ("不在" not in words)


PROMISED = (
    "async (words) => (await collection.promisesInCollection(await collection.ask(words))).map(({ name }) => name)"
)


def test_query_for_what_is_promised_leads_to_the_pages_that_list_it(page: Page) -> None:
    """A place and a year among its words say of which reports; other queries lead nowhere."""
    for words in ("明年目标", "今年 任务", "2023年重点工作", "云溪 明年目标", "承诺清单"):
        names = page.evaluate(PROMISED, words)
        assert names, words
        years = [int(name.partition("年")[0][-4:]) for name in names]
        assert years == sorted(years, reverse=True)
        assert all("云溪省" in name for name in names) or "云溪" not in words
        assert set(years) == {2023} or "2023" not in words
    for words in ("目标", "明年", "运河 明年目标", "完成今年目标任务"):
        assert page.evaluate(PROMISED, words) == [], words


def test_count_of_a_pair_of_characters_is_exact_before_all_is_read(page: Page) -> None:
    found = page.evaluate(ASK, ["运河", None])
    assert found["early"] == {"count": len(found["found"]), "sure": True}
    found = page.evaluate(ASK, ["老旧小区", None])
    assert found["early"]["sure"] is False


def test_pinyin_finds_names_and_indicators(page: Page) -> None:
    for words in ("guyunhe", "gyhyyj"):
        state = page.evaluate("async words => (await collection.ask(words)).found.map(({ keys }) => keys())", words)
        assert "运河" in json.dumps(state, ensure_ascii=False) or "古运" in json.dumps(state, ensure_ascii=False)
    words = page.evaluate("async () => (await collection.typedWords('guyun', 7)).map(({ words }) => words)")
    assert words == ["古运河音乐节"]
    assert page.evaluate("async () => (await collection.typedWords('河道', 7)).map(({ words }) => words)") == [
        "河道投资"
    ]


@pytest.mark.parametrize("typed", ["古運", "古运河音樂", "guyunhe", "gyh"])
def test_words_to_choose_are_found_by_traditional_characters_and_by_sound(page: Page, typed: str) -> None:
    assert page.evaluate("async typed => (await collection.typedWords(typed, 7)).map(({ words }) => words)", typed) == [
        "古运河音乐节"
    ]


def test_query_loads_few_scripts_of_the_index(page: Page, scripts: dict[str, str]) -> None:
    loaded = page.evaluate(
        "async () => { loaded.length = 0; const s = await collection.ask('夜经济 大坝'); await collection.more(s, 5); return loaded; }"
    )
    assert len(loaded) < len(scripts) / 3


def test_same_reports_give_the_same_scripts(reports: list[SearchedReport], scripts: dict[str, str]) -> None:
    again = collection_index.collection_scripts(list(reports), search.readings, search.traditional, UNITS)
    assert dict(again) == scripts


def test_hostile_text_cannot_end_a_script_of_a_collection(reports: list[SearchedReport]) -> None:
    hostile = ["</script><script>alert(1)</script>", "<!--", "a\u2028b\u2029c", "零\ud800一", "𠮷野家5家", '"\\', ""]
    rows = tuple(SentenceRow(f"s{n}", 0, text, 0, []) for n, text in enumerate(hostile))
    made = collection_index.collection_scripts(
        [SearchedReport("r", "报告", "", None, (("r/index.html", "</script>"),), (("<b>名", 2),), rows), *reports[:1]],
        search.readings, search.traditional, UNITS,
    )  # fmt: skip
    for _, text in made:
        text.encode()
        assert "<" not in text
        assert text.count("\n") == 1
        assert not set("\u2028\u2029") & set(text)


def test_pairs_count_a_character_beyond_the_basic_plane_as_two_units() -> None:
    assert pairs("𠮷") == {"\ud842\udfb7", "\udfb7"}
    assert pairs("") == set()


@pytest.mark.parametrize("words", ["GDP", "社零"])
def test_other_name_of_a_measure_also_finds_what_the_vocabulary_calls_it(browser: Browser, words: str) -> None:
    """In one report and in a collection; a reader can take it off."""
    also = [("GDP", "地区生产总值"), ("社零", "社会消费品零售总额")]
    texts = ["GDP增长5%。", "全市地区生产总值增长6%。", "社零回升。", "社会消费品零售总额增长。", "生产总额。"]
    rows = tuple(SentenceRow(f"s{n}", 0, text, 0, []) for n, text in enumerate(texts))
    report = SearchedReport("a", "甲", "", None, (("a/index.html", "开篇"),), (), rows)
    files = dict(collection_index.collection_scripts([report], search.readings, search.traditional, UNITS, also))
    whole = single_script([report], search.readings, search.traditional, UNITS, also)
    page = browser.new_page()
    page.evaluate("code => { globalThis.code = code; }", assets.load(ROOT / "templates" / "assets")["search.js"])
    page.evaluate(OPEN.replace("whole_index =", "const whole_index ="), [whole, files, addresses.SEARCH_INDEX])
    found = page.evaluate(ASK, [words, None])
    assert found["found"] == found["whole"] == (["0s0", "0s1"] if words == "GDP" else ["0s2", "0s3"])
    state = page.evaluate(
        "words => whole.search(words, { kept: new Set([words]) }).hits.map(({ row }) => row.id)", words
    )
    assert state == (["s0"] if words == "GDP" else ["s2"])
    page.close()
