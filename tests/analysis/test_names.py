"""Finding the names and subjects of reports: which are found, the spans of mentions, and the rules of `names.toml`."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from tests.field_words import FRONT
from workreport.analysis import name_words, names
from workreport.analysis.names import AddedName, JoinedName, NameRules
from workreport.ingest import formats, outline, repair
from workreport.ingest.ids import IdLedger
from workreport.ingest.repetitions import repetitions_in
from workreport.model import Outline, Source, Term, Text

ROOT = Path(__file__).resolve().parents[2]
WORDS = name_words.load(ROOT / "vocabulary")
NO_RULES = NameRules()


def outline_of(text: str) -> tuple[Text, Outline]:
    """The repaired text and the outline of an invented report."""
    source = Source("invented.txt", text, "", "utf-8", "txt")
    mended = repair.apply(source, repair.propose(source, FRONT))
    return mended, outline.parse(mended, repetitions_in(mended), IdLedger())[0]


def report(*sections: str) -> str:
    """The text of a report with one part, which has these sections: 1/1, 1/2 …."""
    heads = "一二三四五六七八九"
    body = "\n\n".join(f"（{heads[k]}）第{heads[k]}件事\n\n{text}" for k, text in enumerate(sections))
    return f"政府工作报告\n\n各位代表：\n\n一、工作回顾\n\n{body}\n"


def find(text: str, rules: NameRules = NO_RULES) -> dict[str, Term]:
    """The terms of an invented report by name. They are not sorted by pinyin."""
    terms = names.find(outline_of(text)[1], rules, WORDS, read=lambda name: name)
    return {term.name: term for term in terms}


def sections_of(term: Term) -> set[str]:
    """The ids of the sections that mention a term."""
    return {mention.section for mention in term.mentions}


# per case: the text of a report, the sections expected for some names, the kinds expected
FOUND = {
    "a stem that longer names start with": (
        report("青禾广场开街。", "整修青禾路，迎来游客。", "青禾商圈人气回升。"),
        {"青禾": {"1/1", "1/2", "1/3"}},
        {"青禾": "place"},
    ),
    "a place with a final character before its class word": (
        report("白石桥街道建成便民服务中心。", "在白石桥街道新设养老机构。"),
        {"白石桥街道": {"1/1", "1/2"}},
        {"白石桥街道": "place"},
    ),
    "the members of a counted family are one name": (
        report("推进三个“七号工程”。", "“七号惠民工程”开局良好。", "“七号开源工程”取得突破。"),
        {"七号工程": {"1/1", "1/2", "1/3"}},
        {"七号工程": "programme"},
    ),
    "a quotation in two sections": (
        report("推行“云杉助企”。", "“云杉助企”惠及更多企业。"),
        {"云杉助企": {"1/1", "1/2"}},
        {"云杉助企": "phrase"},
    ),
    "a stem with a long form of four characters": (
        report("建成棋竞产业园。", "举办棋竞论坛。", "棋艺竞赛进校园，棋艺竞赛落户。"),
        {"棋竞": {"1/1", "1/2", "1/3"}},
        {"棋竞": "name"},
    ),
    "a subject of the vocabulary": (
        report("优化营商环境。", "营商环境评价居全省前列。"),
        {"营商环境": {"1/1", "1/2"}},
        {"营商环境": "topic"},
    ),
    "an event of the vocabulary with its short form": (
        report("举办亚运会。", "亚运之后，场馆开放。"),
        {"亚运会": {"1/1", "1/2"}},
        {"亚运会": "event"},
    ),
    "a venue after a region, mentioned once": (
        report("杭州体育馆重新开放。", "无事。"),
        {"杭州体育馆": {"1/1"}},
        {"杭州体育馆": "venue"},
    ),
    "a name that starts with a number": (
        report("360华东总部开工。", "无事。"),
        {"360华东总部": {"1/1"}},
        {"360华东总部": "body"},
    ),
    "a person before a title": (
        report("学习王小禾同志的事迹。", "王小禾同志返乡。"),
        {"王小禾": {"1/1", "1/2"}},
        {"王小禾": "person"},
    ),
}


@pytest.mark.parametrize("case", FOUND)
def test_names_are_found_with_their_sections_and_kinds(case: str) -> None:
    text, expected, kinds = FOUND[case]
    terms = find(text)
    assert {name: sections_of(terms[name]) for name in expected if name in terms} == expected
    assert {name: terms[name].kind for name in kinds} == kinds


# per case: the text of a report, and text in it that is no name
NOT_FOUND = {
    "a modifier in a quotation": (report("星澜湖公园开放。", "实施“星澜湖人才工程”。"), "星澜湖"),
    "an event that makes the name of something else": (report("举办亚运会。", "引进和平精英亚运版。"), "亚运会"),
    "what two different awards are for": (report("入选全省最佳实践案例。", "获评全国最佳实践案例。"), "最佳实践案例"),
    "a description of companies": (report("28家企业入选领军企业。", "数字领军企业加速集聚。"), "领军企业"),
    "only a number in quotation marks": (report("出台夜市“十条”。", "出台人才“十条”。"), "十条"),
    "a class word by itself": (report("建成博物馆。", "开放博物馆。"), "博物馆"),
    "a verb and a common noun": (report("高质量建设通道。", "高质量建设通道。"), "高质量建设通道"),
    "a phrase that every report uses": (report("推动高质量发展。", "坚持高质量发展。"), "高质量发展"),
    "unknown text that occurs once, without quotation marks": (report("禾木传奇发布。", "无事。"), "禾木传奇"),
}


@pytest.mark.parametrize("case", NOT_FOUND)
def test_text_that_is_no_name_is_not_found(case: str) -> None:
    text, name = NOT_FOUND[case]
    assert name not in find(text)


def test_mention_of_a_longer_stem_is_no_mention_of_the_stem_inside_it() -> None:
    text = report("大苇河公园开放，苇河湾社区揭牌。", "大苇河书画展览馆开馆。", "苇河小镇开街。")
    terms = find(text)
    assert sections_of(terms["大苇河"]) == {"1/1", "1/2"}
    assert sections_of(terms["苇河"]) == {"1/1", "1/3"}


def sample_report() -> tuple[Text, Outline]:
    """The repaired text and the outline of reports/gongshu-2024."""
    source = formats.read(ROOT / "reports" / "gongshu-2024" / "source.md")
    mended = repair.apply(source, repair.propose(source, FRONT))
    return mended, outline.parse(mended, repetitions_in(mended), IdLedger())[0]


def test_every_mention_lies_in_its_sentence_and_is_a_spelling_of_its_term() -> None:
    text, tree = sample_report()
    by_id = {s.id: s for s in tree.sentences()}
    terms = names.find(tree, NO_RULES, WORDS, read=lambda name: name)
    assert len(terms) > 50
    for term in terms:
        words = {text.body[m.start : m.end] for m in term.mentions}
        subject = next((s for s in WORDS.subjects if s.name == term.name), None)
        for m in term.mentions:
            sentence = by_id[m.sentence]
            assert sentence.start <= m.start < m.end <= sentence.end
            assert sentence.section == m.section
            assert not sentence.in_copy
        if subject:
            assert words <= {subject.name, *subject.also}
        elif term.kind in ("place", "venue", "body"):
            assert words == {term.name}


def test_names_in_repeated_passages_are_no_mentions() -> None:
    tree = outline_of(report("青禾广场开街。", "青禾路通车。"))[1]
    part = tree.sections[0]
    second = part.children[1]
    paragraph = second.paragraphs[0]
    copied = paragraph._replace(sentences=tuple(s._replace(in_copy=True) for s in paragraph.sentences))
    children = (part.children[0], replace(second, paragraphs=(copied,)))
    tree = replace(tree, sections=(replace(part, children=children),))
    terms = names.find(tree, NO_RULES, WORDS, read=lambda name: name)
    assert {m.section for t in terms for m in t.mentions} == {"1/1"}


def test_the_word_list_has_no_names_of_the_sample_report() -> None:
    """The names must be found in the text: the word list has no place, venue, company or stem of this report."""
    _, tree = sample_report()
    terms = names.find(tree, NO_RULES, WORDS, read=lambda name: name)
    own = [t.name for t in terms if t.kind in ("place", "venue", "body", "name", "phrase", "programme")]
    assert len(own) > 30
    listed = {*WORDS.common, *WORDS.breaks, *WORDS.regions, *(w for s in WORDS.subjects for w in (s.name, *s.also))}
    assert [name for name in own if name in listed] == []


REPORT = report("青禾广场开街，黎光会客厅启用。", "青禾路通车。", "青禾商圈、禾城会客厅升级。")


def test_name_added_by_the_publisher_is_found_with_its_other_spellings() -> None:
    terms = find(REPORT, NameRules(add=(AddedName("黎光会客厅", "venue", ("禾城会客厅",)),)))
    assert (terms["黎光会客厅"].by, terms["黎光会客厅"].kind) == ("publisher", "venue")
    assert sections_of(terms["黎光会客厅"]) == {"1/1", "1/3"}
    assert terms["青禾"].by == "engine"


def test_spellings_joined_by_the_publisher_are_one_term() -> None:
    terms = find(REPORT, NameRules(join=(JoinedName("青禾片区", ("青禾广场", "青禾路", "青禾")),)))
    assert terms["青禾片区"].by == "publisher"
    assert sections_of(terms["青禾片区"]) == {"1/1", "1/2", "1/3"}
    assert "青禾" not in terms


def test_name_forbidden_by_the_publisher_is_no_term() -> None:
    assert "青禾" in find(REPORT)
    assert "青禾" not in find(REPORT, NameRules(forbid=("青禾",)))


def test_term_id_depends_on_the_name_only() -> None:
    assert find(REPORT)["青禾"].id == find(report("青禾街道成立。", "青禾古镇开放。"))["青禾"].id


def test_terms_are_sorted_by_pinyin() -> None:
    terms = names.find(outline_of(REPORT)[1], NO_RULES, WORDS)
    assert [t.reading for t in terms] == sorted(t.reading for t in terms)
    assert {t.name: t.reading for t in terms}["青禾"] == "qing he"


def test_importing_names_does_not_load_pypinyin() -> None:
    code = "import sys, workreport.analysis.names; raise SystemExit('pypinyin' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_terms_do_not_depend_on_the_hash_seed() -> None:
    code = (
        "import sys; sys.path.insert(0, '.')\n"
        "from tests.analysis.test_names import sample_report, names, NO_RULES, WORDS\n"
        "print(names.find(sample_report()[1], NO_RULES, WORDS, read=lambda name: name))"
    )
    shown = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "77")
    }
    assert len(shown) == 1
    assert shown != {b""}


HOSTILE = {
    "unknown characters": "龘靐" * 100_000,
    "opening quotation marks": "“" * 200_000,
    "quotations": "“甲乙”" * 50_000,
    "numerals": "一二三" * 60_000,
    "figures": "1.2" * 60_000,
    "class words": "广场" * 100_000,
    "stems in a row": "青禾广场、" * 40_000,
    "regions": "杭州" * 100_000,
    "nested": "“青禾" * 60_000 + "”" * 60_000,
}


@pytest.mark.long
@pytest.mark.parametrize("kind", HOSTILE)
def test_names_in_150_000_characters_of_odd_text_take_less_than_8_seconds(kind: str) -> None:
    text = report(HOSTILE[kind], HOSTILE[kind][:1000])
    source = Source("odd.txt", text, "", "utf-8", "txt")
    tree, _ = outline.parse(
        repair.apply(source, ()), (), IdLedger()
    )  # without repetitions, so that every character is read
    assert sum(len(s.text) for s in tree.sentences() if not s.in_copy) > 150_000
    began = time.process_time()
    names.find(tree, NO_RULES, WORDS, read=lambda name: name)
    assert time.process_time() - began < 8
