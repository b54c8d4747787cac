"""Numbered paragraphs are headings or items for a whole run; closing words, lists and glossaries end the last section."""

import re
from dataclasses import replace

import pytest

from tests.field_words import FRONT
from tests.ingest.test_outline import outline_of, shape
from workreport.ingest.repair import apply, propose
from workreport.model import Source

HEAD = "政府工作报告\n（2025年1月9日在青禾县第十八届人民代表大会第四次会议上）\n青禾县县长 王小明\n各位代表：\n"
BODY = "全县经济社会发展稳中有进，各项工作取得新的成效，人民群众的获得感进一步增强，为今后的发展打下了坚实的基础。"
CLOSING = "各位代表，让我们团结一心，为建设美好青禾而努力奋斗！\n"
LONG_TITLE = "以建设省级生态文明示范县和省级森林县城为抓手，持续强化生态环境建设和保护，确保生态型县城建设取得新的成效"


def sections(text: str) -> list[tuple[str, str, str]]:
    """Id, number and title of every section below the head of an invented report."""
    return shape(outline_of(HEAD + text)[0])


def numbers(text: str) -> list[str]:
    """Number and title of every section, as one string each."""
    return [number + title for _, number, title in sections(text)]


RUNS = [
    pytest.param(
        f"一、今年工作\n（一）抓工业。{BODY}\n（二）{LONG_TITLE}。{BODY}\n（三）抓民生。{BODY}\n",
        ["一、今年工作", "（一）抓工业", f"（二）{LONG_TITLE}", "（三）抓民生"],
        id="a long title among short ones",
    ),
    pytest.param(
        "一、今年工作\n办好以下实事：\n1.新建学校3所，新增学位900个。\n2.改造老旧小区25个；\n3.新增就业8000人\n",
        ["一、今年工作"],
        id="items with figures",
    ),
    pytest.param(
        "一、今年工作\n（1）新建公园2个。\n（2）完善路网。开工道路3条。\n（3）改造管网12公里。\n二、自身建设\n依法行政。\n",
        ["一、今年工作", "二、自身建设"],
        id="items in round brackets, one of them with text",
    ),
    pytest.param(
        f"一、回顾\n{BODY}\n二、今年工作\n办好实事：\n一、新建学校3所；\n二、改造道路12公里；\n三、新增床位500张。\n三、自身建设\n{BODY}\n",
        ["一、回顾", "二、今年工作", "三、自身建设"],
        id="items 一、 inside part 二、",
    ),
    pytest.param(
        f"一、今年工作\n1.深化改革。{BODY}\n2.扩大开放。{BODY}\n",
        ["一、今年工作", "1.深化改革", "2.扩大开放"],
        id="sections 1. with text",
    ),
    pytest.param(
        f"一、继续改革\n{BODY}\n二、加强城乡建设  按照布局合理的要求，高标准规划，高质量建设，使县城面貌有明显变化。\n三、办好教育\n{BODY}\n",
        ["一、继续改革", "二、加强城乡建设", "三、办好教育"],
        id="a gap of spaces after the title",
    ),
    pytest.param(
        f"一、回顾\n（一）推进城乡建设提质增效 {BODY}\n（二）推进民生改善落实落细 {BODY}\n",
        ["一、回顾", "（一）推进城乡建设提质增效", "（二）推进民生改善落实落细"],
        id="one space after the title",
    ),
    pytest.param(
        f"目录\n一、去年回顾\t1\n二、主要目标\t5\n三、重点任务\t9\n各位代表：\n一、去年回顾\n{BODY}\n二、总体要求\n{BODY}\n",
        ["一、去年回顾", "二、总体要求"],
        id="an outdated table of contents",
    ),
    pytest.param(
        f"第一篇 总论\n第一章 形势\n第一节 基础\n{BODY}\n第二节 机遇\n{BODY}\n第二章 目标\n{BODY}\n第二篇 任务\n第三章 产业\n{BODY}\n",
        ["第一篇总论", "第一章形势", "第一节基础", "第二节机遇", "第二章目标", "第二篇任务", "第三章产业"],
        id="a plan",
    ),
    pytest.param(
        f"一、回顾\n㈠抓工业。{BODY}\n㈡抓农业。{BODY}\n",
        ["一、回顾", "（一）抓工业", "（二）抓农业"],
        id="numbers in brackets as one character",
    ),
    pytest.param(
        f"—、回顾\n（—）抓工业。{BODY}\n（二）抓农业。{BODY}\n二、安排\n{BODY}\n",
        ["一、回顾", "（一）抓工业", "（二）抓农业", "二、安排"],
        id="a dash in place of 一",
    ),
    pytest.param(
        f"一 、回顾\n1 、抓工业。{BODY}\n2 、抓农业。{BODY}\n",
        ["一、回顾", "1、抓工业", "2、抓农业"],
        id="a space before the mark",
    ),
    pytest.param(
        f"一、回顾\n（一）着力抓工业促转型 {BODY}\n（二）着力抓农业保丰收壮大特色产业，做强龙头企业，推进品牌建设，带动农户增收。{BODY}\n（三）着力抓民生惠百姓 {BODY}\n",
        ["一、回顾", "（一）着力抓工业促转型", "（二）着力抓农业保丰收壮大特色产业", "（三）着力抓民生惠百姓"],
        id="a title that lost the space before its text",
    ),
    pytest.param(
        f"{BODY}\n2025年主要目标\n{BODY}\n建设产业强县\n（一）抓工业。{BODY}\n（二）抓农业。{BODY}\n建设美丽城乡\n（一）抓城镇。{BODY}\n（二）抓乡村。{BODY}\n",
        [
            "2025年主要目标",
            "建设产业强县",
            "（一）抓工业",
            "（二）抓农业",
            "建设美丽城乡",
            "（一）抓城镇",
            "（二）抓乡村",
        ],
        id="titles without a number above numbered ones",
    ),
    pytest.param(
        f"现在请予审议。\n2024年工作回顾\n1、抓工业。{BODY}\n2、社会稳定。省、县认真开展了“三个教育”\n活动，增强了贯彻执行的自觉性和坚定性，取得明显成效。\n2025年的任务\n今年是关键之年，做好今年的工作对完成规划、实现目标具有十分重要的意义。\n一、抓投资\n{BODY}\n二、抓消费\n{BODY}\n",
        ["2024年工作回顾", "1、抓工业", "2、社会稳定", "2025年的任务", "一、抓投资", "二、抓消费"],
        id="parts without a number, their sections numbered in two ways",
    ),
    pytest.param(
        f"现在请予审议。\n**2024年工作回顾**\n{BODY}\n**一、抓工业**\n{BODY}\n**二、抓农业**\n{BODY}\n按照这个目标，努力开创工作新局面。\n**一、抓投资**\n{BODY}\n**二、抓消费**\n{BODY}\n",
        ["2024年工作回顾", "一、抓工业", "二、抓农业", "按照这个目标，努力开创工作新局面", "一、抓投资", "二、抓消费"],
        id="only the review has a title, and 一、 begins anew behind it",
    ),
    pytest.param(
        f"现在请予审议。\n2024年工作回顾\n{BODY}\n一年来，我们抓工业，产业有了提升\n{BODY * 2}\n一年来，我们抓农业，乡村更加美丽\n{BODY * 2}\n一年来，我们抓民生，生活继续改善\n{BODY * 2}\n2025年工作安排\n一、抓投资。{BODY}\n二、抓消费。{BODY}\n凝心聚力，开好头起好步\n{BODY}\n一、抓落实。{BODY}\n二、抓作风。{BODY}\n",
        [
            "2024年工作回顾",
            "一年来，我们抓工业，产业有了提升",
            "一年来，我们抓农业，乡村更加美丽",
            "一年来，我们抓民生，生活继续改善",
            "2025年工作安排",
            "一、抓投资",
            "二、抓消费",
            "凝心聚力，开好头起好步",
            "一、抓落实",
            "二、抓作风",
        ],
        id="titles of clauses: alike inside a part, alone as a part",
    ),
    pytest.param(
        f"现在请予审议。\n2024年工作回顾\n{BODY}\n2025年工作安排\n{BODY}\n——推动“三个提质”，打造强大引擎\n（一）产业提质。{BODY}\n（二）项目提质。{BODY}\n——强化“三个赋能”，增强发展动力\n（一）改革赋能。{BODY}\n（二）文化赋能。{BODY}\n",
        [
            "2024年工作回顾",
            "2025年工作安排",
            "推动“三个提质”，打造强大引擎",
            "（一）产业提质",
            "（二）项目提质",
            "强化“三个赋能”，增强发展动力",
            "（一）改革赋能",
            "（二）文化赋能",
        ],
        id="titles with a dash above numbered sections",
    ),
    pytest.param(
        f"现在报告工作，请予审议。 2024年工作回顾\n{BODY}\n一年来的主要工作报告如下:\n一、抓工业。{BODY}\n二、抓农业。{BODY}\n2025年工作安排\n一、抓投资。{BODY}\n二、抓消费。{BODY}\n",
        ["2024年工作回顾", "一、抓工业", "二、抓农业", "2025年工作安排", "一、抓投资", "二、抓消费"],
        id="the title of the review at the end of a line, and an announcement with a half-width colon",
    ),
]


@pytest.mark.parametrize(("text", "expected"), RUNS)
def test_run_of_numbered_paragraphs_is_headings_or_items_as_a_whole(text: str, expected: list[str]) -> None:
    assert numbers(text) == expected


def test_heading_without_a_title_keeps_its_figures_in_its_text() -> None:
    text = f"一、回顾\n（一）抓工业。{BODY}\n（二）规上工业增加值增长6%，新增规上企业12家，完成技改投资20亿元，培育专精特新企业5家。\n（三）抓民生。{BODY}\n"
    tree, _, _ = outline_of(HEAD + text)
    second = next(s for s in tree.walk() if s.number == "（二）")
    assert second.heading is not None
    assert second.heading.text == "（二）"
    assert second.paragraphs[0].sentences[0].text.startswith("规上工业增加值增长6%")
    assert second.title == "规上工业增加值增长6%"


@pytest.mark.parametrize(
    "title",
    [
        "名词解释和说明",
        "《政府工作报告》注释",
        "名词注解",
        "有关内容名词注释",
        "注：",
        "附：名词解释",
        "附件 部分用语说明",
        "**名词解释**",
        "（相关名词释义）",
        "名 词 解 释",
        "附注：",
        "备注",
    ],
)
def test_glossary_under_any_name_is_an_appendix_without_sections(title: str) -> None:
    entries = (
        "1.“双减”：减轻学生作业负担。\n2.“三区三线”：城镇、农业、生态空间，面积120公顷。\n3.四好农村路：建好、管好。\n"
    )
    found = sections(f"一、回顾\n{BODY}\n二、安排\n{BODY}\n{CLOSING}{title}\n{entries}")
    assert [i for i, _, _ in found] == ["1", "2", "s3", "a1"]


def test_list_behind_the_closing_words_is_an_appendix() -> None:
    found = sections(
        f"一、回顾\n{BODY}\n{CLOSING}青禾县2025年民生实事\n（一）建学校。新建学校1所。\n（二）修道路。改造道路3条。\n"
    )
    assert [i for i, _, _ in found] == ["1", "s2", "a1", "a1/1", "a1/2"]
    assert found[1][2] == "结束语"


def test_appendix_number_at_the_end_of_the_closing_words_begins_an_appendix() -> None:
    text = f"一、回顾\n{BODY}\n二、任务\n（一）甲。{BODY}\n{CLOSING.strip()}附件1\n青禾县2025年民生实事\n1.建学校。{BODY}\n2.修道路。{BODY}附件2\n名词解释\n1.“双减”：减轻负担。\n"
    assert numbers(text) == [
        "一、回顾", "二、任务", "（一）甲", "结束语", "附件1青禾县2025年民生实事", "1.建学校", "2.修道路", "附件2名词解释",
    ]  # fmt: skip


def test_text_between_two_lists_of_one_part_belongs_to_no_item_of_the_first() -> None:
    first = "".join(f"（{n}）抓{what}。{BODY}\n" for n, what in zip("一二三", ("工业", "农业", "民生"), strict=True))
    text = (
        f"一、任务\n{first}各位代表！今年的主要目标是加快发展。{BODY}\n"
        + first.replace("抓", "促")
        + f"二、自身建设\n{BODY}\n"
    )
    assert [section for section, *_ in sections(text)] == [
        "1",
        "1/1",
        "1/2",
        "1/3",
        "1/s4",
        "1/1-2",
        "1/2-2",
        "1/3-2",
        "2",
    ]
    assert ("1/s4", "", "今年的主要目标是加快发展") in sections(text)


def test_review_behind_the_last_numbered_section_is_not_its_text() -> None:
    part = "".join(f"（{n}）第{n}件事办成。{BODY}\n" for n in "一二三四")
    tree, _, _ = outline_of(f"{HEAD}一、回顾\n{part}各位代表！过去五年，全县上下奋力拼搏。{BODY}\n二、安排\n{BODY}\n")
    assert [(s.id, s.title) for s in tree.walk()][5] == ("1/s5", "过去五年，全县上下奋力拼搏")
    assert [len(s.paragraphs) for s in tree.walk()] == [0, 1, 1, 1, 1, 1, 1]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("话剧《前进！青禾》上演。", 1),
        ("“加油！青禾”活动举办。第二句。", 2),
        ("开展“扫黑！除恶！”行动。", 1),
        ("纪录片《出发！》播出。", 1),
        ("（会场鼓掌。）下面报告工作。", 2),
        ("“人民至上！”这是宗旨。", 2),
        ("办实事（学校！医院？）多件。", 1),
        ("详见 https://example.cn/x?id=3!a 。完。", 2),
        ("缺一个引号“的句子。第二句。", 2),
        ("他说：“好。”大家鼓掌。", 2),
        ("他说：“好。”", 1),
    ],
)
def test_no_sentence_ends_inside_marks_that_close_or_an_address(text: str, count: int) -> None:
    tree, _, _ = outline_of(f"{HEAD}一、回顾\n{text}\n")
    assert len([s for s in tree.sentences() if s.section and not s.heading]) == count


def test_salutation_far_above_the_end_begins_no_closing_words() -> None:
    text = f"一、回顾\n{BODY}\n各位代表，让我们记住这一年！\n" + f"{BODY}{BODY}{BODY}\n" * 9
    assert "结束语" not in [title for _, _, title in sections(text)]


@pytest.mark.parametrize(
    ("foot", "kept"),
    [
        ("来源：青禾县人民政府", ""),
        ("附件：\n- 2025年政府工作报告.pdf", ""),
        ("（青禾日报）", ""),
        ("（完）", "（完）"),
    ],
)
def test_lines_of_the_page_below_a_report_are_left_out_and_listed(foot: str, kept: str) -> None:
    _, _, body = outline_of(f"一、回顾\n{BODY}{BODY}\n{CLOSING}{foot}\n")
    assert body.body.split(CLOSING)[1].strip() == kept


def test_page_numbers_are_left_out_and_listed_and_are_no_titles() -> None:
    source = Source("x.txt", "", "", "utf-8", "text")
    text = f"{HEAD}一、回顾\n{BODY}全县质量效益和\n\n— 1 —\n\n发展后劲不断增强。\n{BODY}\n— 2 —\n{BODY}{BODY}\n二、安排\n{BODY}\n- 3 -\n{BODY}{BODY}\n"
    proposed = propose(replace(source, text=text), FRONT)
    assert [r.kind for r in proposed if "—" in r.before or "- 3" in r.before] == ["join", "page-number", "page-number"]
    body = apply(replace(source, text=text), proposed).body
    assert "全县质量效益和发展后劲不断增强。" in body
    assert not re.search("[—-] [0-9]", body)
    assert numbers(text.removeprefix(HEAD)) == ["一、回顾", "二、安排"]
    # Fewer may be anything: they stay, and are no titles either.
    once = f"一、回顾\n{BODY}\n— 1 —\n{BODY}{BODY}\n— 2 —\n{BODY}{BODY}\n"
    assert numbers(once) == ["一、回顾"]
    assert "— 1 —" in outline_of(HEAD + once)[2].body


def test_lines_that_are_broken_anywhere_show_no_titles_without_numbers() -> None:
    line = BODY.rstrip("。")[:40]
    block = f"{line}\n" * 8 + f"{line}。\n加快推进乡村道路建设\n{line}。\n"
    assert numbers("现在请予审议。\n" + block * 9) == ["正文"]
    assert "加快推进乡村道路建设" in numbers("现在请予审议。\n" + block.replace(f"{line}\n", f"{line}。\n") * 9)


def test_caption_of_a_press_photograph_is_left_out_anywhere() -> None:
    _, _, body = outline_of(
        f"{HEAD}一、回顾\n县长王小明作政府工作报告。本报记者 李四 摄\n{BODY}\n新闻记者队伍建设取得进展。\n"
    )
    assert "摄" not in body.body
    assert "新闻记者队伍" in body.body


@pytest.mark.parametrize("mark", ["【双减】", "［1］双减：", "① 双减：", "1.“双减”：", "注：双减是"])
def test_notes_without_a_title_behind_the_closing_words_are_no_sections(mark: str) -> None:
    notes = f"{mark}{BODY}{BODY}{BODY}{BODY}\n" * 6
    assert [title for _, _, title in sections(f"一、回顾\n{BODY * 60}\n{CLOSING}{notes}")] == ["回顾", "结束语"]


def test_salutation_at_the_end_of_the_first_of_two_parts_begins_no_closing_words() -> None:
    part = "".join(f"{n}、第{n}件事\n{BODY * 3}\n" for n in "一二三")
    found = sections(f"{part}各位代表，让我们记住这一年！\n2025年工作安排\n{BODY * 2}\n{part.replace('全县', '今年')}")
    assert "结束语" not in [title for _, _, title in found]
    assert len(found) >= 6
