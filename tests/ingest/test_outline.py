"""A text becomes the tree of a report, and its sentences and paragraphs keep their ids through edits."""

import re

import pytest

from tests.field_words import FRONT
from workreport.ingest.ids import IdLedger
from workreport.ingest.outline import parse
from workreport.ingest.repair import apply, propose
from workreport.ingest.repetitions import repetitions_in
from workreport.model import Outline, Source, Text

REPORT = """# 政府工作报告

(2025年1月9日在清水区第三届人民代表大会第五次会议上)

清水区人民政府区长 李 四

各位代表：

现在，我代表区人民政府报告工作，请予审议。

## 一、2024年工作回顾

2024年是不平凡的一年。全区生产总值达到100亿元。

**(一) 工业稳中有进。**新增企业30家。“专精特新”企业达到5家！

**(二) 民生持续改善。**新建学校三所。新增学位900个。

## 二、2025年工作安排

今年要办好十件实事。
"""


def outline_of(text: str, ledger: IdLedger | None = None) -> tuple[Outline, IdLedger, Text]:
    """Repair and parse a text. `ledger` has the ids of an earlier version (None: no earlier version)."""
    s = Source("x.md", text, "", "utf-8", "markdown")
    body = apply(s, propose(s, FRONT))
    tree, new = parse(body, repetitions_in(body), ledger or IdLedger())
    return tree, new, body


def shape(tree: Outline) -> list[tuple[str, str, str]]:
    """Return (id, number, title) of every section."""
    return [(s.id, s.number, s.title) for s in tree.walk()]


def test_report_is_divided_into_front_matter_parts_and_sections() -> None:
    tree, _, _ = outline_of(REPORT)
    assert shape(tree) == [
        ("1", "一、", "2024年工作回顾"),
        ("1/1", "（一）", "工业稳中有进"),
        ("1/2", "（二）", "民生持续改善"),
        ("2", "二、", "2025年工作安排"),
    ]
    assert [p.role for p in tree.front] == ["title", "meeting", "speaker", "salutation", "text"]


def test_sentences_contain_every_character_once() -> None:
    tree, _, body = outline_of(REPORT)
    spoken = "".join(s.text for s in tree.sentences())
    assert re.sub(r"\s", "", spoken) == re.sub(r"\s", "", body.body)
    for s in tree.sentences():
        assert body.body[s.start : s.end] == s.text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一、甲\n正文。\n一、乙\n正文。", [("1", "一、", "甲"), ("1-2", "一、", "乙")]),
        (
            "第一部分 回顾\n一、甲\n正文。\n第二部分 安排\n一、乙\n正文。",
            [("1", "第一部分", "回顾"), ("1/1", "一、", "甲"), ("2", "第二部分", "安排"), ("2/1", "一、", "乙")],
        ),
        ("一、甲\n正文。\n附件1\n一、乙\n正文。", [("1", "一、", "甲"), ("a1", "", "附件1"), ("a1/1", "一、", "乙")]),
        ("没有标题的一段。\n又一段。", [("s1", "", "正文")]),
        (
            "政府工作报告\n目录\n一、回顾……1\n（一）甲……2\n二、安排……9\n各位代表：\n一、回顾\n正文。\n（一）甲\n正文。\n二、安排\n正文。",
            [("1", "一、", "回顾"), ("1/1", "（一）", "甲"), ("2", "二、", "安排")],
        ),
        (
            "一、甲\n1.5万家企业开业。\n2、乙事\n（1）丙事\n正文。",
            [("1", "一、", "甲"), ("1/2", "2、", "乙事"), ("1/2/1", "（1）", "丙事")],
        ),
        (  # numbered items that state amounts, and the three industries, are no headings
            "一、甲\n1.新建学校3所，新增学位900个。\n第一，扩大投资，开工项目60个。\n第一、二、三产业增加值分别增长3%、6%和5%。",
            [("1", "一、", "甲")],
        ),
    ],
)
def test_headings_give_sections_with_id_number_and_title(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert shape(outline_of(text)[0]) == expected


def anchors(tree: Outline) -> dict[str, str]:
    """Return every anchor of sentences and paragraphs, with the id of its section ("" for the front matter)."""
    found = {}
    for s in tree.sentences():
        for name in (s.id, *s.aliases, *s.gone):
            found[name] = s.section
    for section in tree.walk():
        for p in section.paragraphs:
            for name in (p.id, *p.aliases, *p.gone):
                found[name] = section.id
    for p in tree.front:
        for name in (p.id, *p.aliases, *p.gone):
            found[name] = ""
    return found


def own_ids(tree: Outline) -> set[str]:
    """Return the present ids of all sentences and paragraphs."""
    return (
        {s.id for s in tree.sentences()}
        | {p.id for s in tree.walk() for p in s.paragraphs}
        | {p.id for p in tree.front}
    )


@pytest.mark.parametrize(
    ("edit", "changed"),
    [
        (
            lambda t: t.replace("## 二、", "新插入的一段，有两句。第二句在这里。\n\n## 二、"),
            3,
        ),  # two sentences and their paragraph
        (lambda t: t.replace("2024年是不平凡的一年。全区生产总值达到100亿元。\n\n", ""), 0),
        (lambda t: t.replace("新增企业30家", "新增企业31家"), 2),  # the sentence and its paragraph
        (lambda t: t.replace("新建学校三所。", ""), 1),  # only the paragraph, whose text has changed
        (lambda t: t.replace("新建学校三所。", "新建学校三所，扩建两所。"), 2),
    ],
)
def test_edit_changes_few_ids_and_every_old_anchor_still_exists(edit: object, changed: int) -> None:
    """`changed` is the number of ids that are new after the edit."""
    before, ledger, _ = outline_of(REPORT)
    after, _, _ = outline_of(edit(REPORT), ledger)  # type: ignore[operator]
    assert len(own_ids(after) - own_ids(before)) == changed
    assert anchors(before).keys() <= anchors(after).keys()


def test_id_of_a_deleted_sentence_is_not_given_again() -> None:
    text = "一、甲\n好事办成。\n坏事没有。\n好事办成。\n"
    first, ledger, _ = outline_of(text)
    ids = [s.id for s in first.sentences()]
    assert len(set(ids)) == len(ids)
    _, ledger, _ = outline_of(text.replace("好事办成。\n坏事没有。\n", "坏事没有。\n"), ledger)
    again, _, _ = outline_of(text, ledger)
    gone = next(e.gone for e in ledger.sentences if e.gone)
    assert not set(gone) & {s.id for s in again.sentences()}
    assert anchors(first).keys() <= anchors(again).keys()


def test_ledger_of_an_unchanged_text_stays_equal() -> None:
    _, ledger, _ = outline_of(REPORT)
    _, again, _ = outline_of(REPORT, ledger)
    assert again == ledger


def test_moved_sentence_keeps_its_id() -> None:
    before, ledger, _ = outline_of(REPORT)
    moved = REPORT.replace("新增学位900个。", "").replace("今年要办好十件实事。", "今年要办好十件实事。新增学位900个。")
    after, _, _ = outline_of(moved, ledger)
    of = {s.text: s.id for s in before.sentences()}
    assert {s.text: s.id for s in after.sentences()}["新增学位900个。"] == of["新增学位900个。"]


def test_sentences_end_at_the_borders_of_a_repeated_passage() -> None:
    passage = "新引进金融企业30家，落地总部项目5个。举办国际投资大会一次，签约项目37个，总投资超过620亿元，产业集聚效应明显增强，利用外资大幅增长。"
    tree, _, _ = outline_of(
        f"一、回顾\n（一）产业成势。河滨{passage}\n（二）攻坚有力。打通断头路6条，拓展出{passage}\n"
    )
    second = [s for s in tree.sentences() if s.section == "1/2" and not s.heading]
    assert [s.in_copy for s in second] == [False, True, True]
    assert second[0].text == "打通断头路6条，拓展出"
    assert second[2].copy_of == next(s.id for s in tree.sentences() if s.text.startswith("举办国际"))
    assert len({s.id for s in tree.sentences()}) == len(list(tree.sentences()))


def test_id_of_a_deleted_sentence_goes_to_a_sentence_on_the_same_page() -> None:
    longer = REPORT.replace("“专精特新”企业达到5家！", "“专精特新”企业达到5家！\n\n青石湾大桥建成通车。")
    before, ledger, _ = outline_of(longer)
    deleted = next(s for s in before.sentences() if s.text.startswith("青石湾"))
    after, _, _ = outline_of(REPORT, ledger)
    assert anchors(after)[deleted.id] == deleted.section == "1/1"


@pytest.mark.parametrize(
    "line", ["第一、二、三产业增加值分别增长3%、5%和6%。", "一、二、三产业协调发展。", "三、四季度连续回升。"]
)
def test_list_of_ordinals_is_no_heading_number(line: str) -> None:
    tree, _, _ = outline_of(f"# 政府工作报告\n\n各位代表：\n\n一、2025年工作回顾\n\n{line}\n")
    assert shape(tree) == [("1", "一、", "2025年工作回顾")]


def test_short_sentence_with_a_figure_is_no_heading() -> None:
    terse = "工业投资增长12.6%、技改投资下降3.1%。\n\n新建5G基站 320 个，年底全部开通。"
    body = "青禾县全年粮食播种面积稳定，农民增收渠道不断拓宽，农村面貌持续改善，各项民生事业全面进步。" * 3
    tree, _, _ = outline_of(f"# 政府工作报告\n\n各位代表：\n\n一、2025年工作回顾\n\n{terse}\n\n{body}\n")
    assert shape(tree) == [("1", "一、", "2025年工作回顾")]


def test_section_below_a_part_and_a_part_that_repeats_its_number_have_different_anchors() -> None:
    tree, _, _ = outline_of(
        "一、甲\n1.改革。全面深化各项改革工作。\n2.开放。扩大高水平对外开放。\n二、乙\n事成。\n一、丙\n事成。\n"
    )
    anchors = {section.id: section.anchor for section in tree.walk()}
    assert {"1/2", "1-2"} <= anchors.keys()
    assert len(set(anchors.values())) == len(anchors)
