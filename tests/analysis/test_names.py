"""Names and subjects of invented reports, the spans of mentions, and the rules of `names.toml`."""

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
    source = Source("invented.txt", text, "", "utf-8", "txt")
    mended = repair.apply(source, repair.propose(source, FRONT))
    return mended, outline.parse(mended, repetitions_in(mended), IdLedger())[0]


def report(*sections: str) -> str:
    """A report with one part and these sections."""
    heads = "一二三四五六七八九"
    body = "\n\n".join(f"（{heads[k]}）第{heads[k]}件事\n\n{text}" for k, text in enumerate(sections))
    return f"政府工作报告\n\n各位代表：\n\n一、工作回顾\n\n{body}\n"


def find(text: str, rules: NameRules = NO_RULES) -> dict[str, Term]:
    terms = names.find(outline_of(text)[1], rules, WORDS, read=lambda name: name)
    return {term.name: term for term in terms}


def sections_of(term: Term) -> set[str]:
    return {mention.section for mention in term.mentions}


# text in, expected out: the name, the sections it stands in, its kind
FOUND = {
    "a stem makes longer names": (
        report("青禾广场开街。", "整修青禾路，迎来游客。", "青禾商圈人气回升。"),
        {"青禾": {"1/1", "1/2", "1/3"}},
        {"青禾": "place"},
    ),
    "a place begins another place, and is the same place": (
        report("白石桥街道建成便民服务中心。", "在白石桥街道新设养老机构。"),
        {"白石桥街道": {"1/1", "1/2"}},
        {"白石桥街道": "place"},
    ),
    "the members of a counted family are one": (
        report("推进三个“七号工程”。", "“七号惠民工程”开局良好。", "“七号开源工程”取得突破。"),
        {"七号工程": {"1/1", "1/2", "1/3"}},
        {"七号工程": "programme"},
    ),
    "a quotation that recurs": (
        report("推行“云杉助企”。", "“云杉助企”惠及更多企业。"),
        {"云杉助企": {"1/1", "1/2"}},
        {"云杉助企": "phrase"},
    ),
    "a short form is the first and the third character of four": (
        report("建成棋竞产业园。", "举办棋竞论坛。", "棋艺竞赛进校园，棋艺竞赛落户。"),
        {"棋竞": {"1/1", "1/2", "1/3"}},
        {"棋竞": "name"},
    ),
    "a subject and its other words": (
        report("优化营商环境。", "营商环境评价居全省前列。"),
        {"营商环境": {"1/1", "1/2"}},
        {"营商环境": "topic"},
    ),
    "an event and its short form": (
        report("举办亚运会。", "亚运之后，场馆开放。"),
        {"亚运会": {"1/1", "1/2"}},
        {"亚运会": "event"},
    ),
    "a house in a region, once": (
        report("杭州体育馆重新开放。", "无事。"),
        {"杭州体育馆": {"1/1"}},
        {"杭州体育馆": "venue"},
    ),
    "bare figures may begin a name": (
        report("360华东总部开工。", "无事。"),
        {"360华东总部": {"1/1"}},
        {"360华东总部": "body"},
    ),
    "a person by the title": (
        report("学习王小禾同志的事迹。", "王小禾同志返乡。"),
        {"王小禾": {"1/1", "1/2"}},
        {"王小禾": "person"},
    ),
}


@pytest.mark.parametrize("case", FOUND)
def test_names_found(case: str) -> None:
    text, expected, kinds = FOUND[case]
    terms = find(text)
    assert {name: sections_of(terms[name]) for name in expected if name in terms} == expected
    assert {name: terms[name].kind for name in kinds} == kinds


# text in, and what must be no term
NOT_FOUND = {
    "a modifier in another title's quotation": (report("星澜湖公园开放。", "实施“星澜湖人才工程”。"), "星澜湖"),
    "an edition of something else": (report("举办亚运会。", "引进和平精英亚运版。"), "亚运会"),
    "awards of different givers": (report("入选全省最佳实践案例。", "获评全国最佳实践案例。"), "最佳实践案例"),
    "a description": (report("28家企业入选领军企业。", "数字领军企业加速集聚。"), "领军企业"),
    "a mere number in quotation marks": (report("出台夜市“十条”。", "出台人才“十条”。"), "十条"),
    "a class word by itself": (report("建成博物馆。", "开放博物馆。"), "博物馆"),
    "a verb before a place": (report("高质量建设通道。", "高质量建设通道。"), "高质量建设通道"),
    "a phrase of every report": (report("推动高质量发展。", "坚持高质量发展。"), "高质量发展"),
    "a name that stands once in no mark": (report("禾木传奇发布。", "无事。"), "禾木传奇"),
}


@pytest.mark.parametrize("case", NOT_FOUND)
def test_no_names_found(case: str) -> None:
    text, name = NOT_FOUND[case]
    assert name not in find(text)


def test_a_stem_inside_another_stem_is_another_name() -> None:
    text = report("大苇河公园开放，苇河湾社区揭牌。", "大苇河书画展览馆开馆。", "苇河小镇开街。")
    terms = find(text)
    assert sections_of(terms["大苇河"]) == {"1/1", "1/2"}
    assert sections_of(terms["苇河"]) == {"1/1", "1/3"}


def real_report() -> tuple[Text, Outline]:
    source = formats.read(ROOT / "reports" / "gongshu-2024" / "source.md")
    mended = repair.apply(source, repair.propose(source, FRONT))
    return mended, outline.parse(mended, repetitions_in(mended), IdLedger())[0]


def test_every_mention_has_its_spelling_inside_its_sentence() -> None:
    text, tree = real_report()
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


def test_repeated_passages_are_not_counted() -> None:
    tree = outline_of(report("青禾广场开街。", "青禾路通车。"))[1]
    part = tree.sections[0]
    second = part.children[1]
    paragraph = second.paragraphs[0]
    copied = replace(paragraph, sentences=tuple(replace(s, in_copy=True) for s in paragraph.sentences))
    children = (part.children[0], replace(second, paragraphs=(copied,)))
    tree = replace(tree, sections=(replace(part, children=children),))
    terms = names.find(tree, NO_RULES, WORDS, read=lambda name: name)
    assert {m.section for t in terms for m in t.mentions} == {"1/1"}


def test_the_word_list_has_no_names_of_the_sample_report() -> None:
    """Links must come from the text: the word list has no place, venue, firm or stem of this report."""
    _, tree = real_report()
    terms = names.find(tree, NO_RULES, WORDS, read=lambda name: name)
    own = [t.name for t in terms if t.kind in ("place", "venue", "body", "name", "phrase", "programme")]
    assert len(own) > 30
    listed = {*WORDS.common, *WORDS.breaks, *WORDS.regions, *(w for s in WORDS.subjects for w in (s.name, *s.also))}
    assert [name for name in own if name in listed] == []


TWO = report("青禾广场开街，黎光会客厅启用。", "青禾路通车。", "青禾商圈、禾城会客厅升级。")


def test_the_publisher_adds_a_name() -> None:
    terms = find(TWO, NameRules(add=(AddedName("黎光会客厅", "venue", ("禾城会客厅",)),)))
    assert (terms["黎光会客厅"].by, terms["黎光会客厅"].kind) == ("publisher", "venue")
    assert sections_of(terms["黎光会客厅"]) == {"1/1", "1/3"}
    assert terms["青禾"].by == "engine"


def test_the_publisher_joins_spellings() -> None:
    terms = find(TWO, NameRules(join=(JoinedName("青禾片区", ("青禾广场", "青禾路", "青禾")),)))
    assert terms["青禾片区"].by == "publisher"
    assert sections_of(terms["青禾片区"]) == {"1/1", "1/2", "1/3"}
    assert "青禾" not in terms


def test_the_publisher_forbids_a_name() -> None:
    assert "青禾" in find(TWO)
    assert "青禾" not in find(TWO, NameRules(forbid=("青禾",)))


def test_an_id_depends_on_the_name_only() -> None:
    assert find(TWO)["青禾"].id == find(report("青禾街道成立。", "青禾古镇开放。"))["青禾"].id


def test_names_are_sorted_by_pinyin() -> None:
    terms = names.find(outline_of(TWO)[1], NO_RULES, WORDS)
    assert [t.reading for t in terms] == sorted(t.reading for t in terms)
    assert {t.name: t.reading for t in terms}["青禾"] == "qing he"


def test_pypinyin_is_loaded_on_first_use() -> None:
    code = "import sys, workreport.analysis.names; raise SystemExit('pypinyin' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_terms_do_not_depend_on_the_hash_seed() -> None:
    code = (
        "import sys; sys.path.insert(0, '.')\n"
        "from tests.analysis.test_names import real_report, names, NO_RULES, WORDS\n"
        "print(names.find(real_report()[1], NO_RULES, WORDS, read=lambda name: name))"
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
    "opening marks": "“" * 200_000,
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
def test_time_is_linear_for_odd_text(kind: str) -> None:
    text = report(HOSTILE[kind], HOSTILE[kind][:1000])
    source = Source("odd.txt", text, "", "utf-8", "txt")
    tree, _ = outline.parse(
        repair.apply(source, ()), (), IdLedger()
    )  # no repetition is looked for: every character is read
    assert sum(len(s.text) for s in tree.sentences() if not s.in_copy) > 150_000
    began = time.process_time()
    names.find(tree, NO_RULES, WORDS, read=lambda name: name)
    assert time.process_time() - began < 8
