"""Source texts are repaired where they are broken and nowhere else; positions map back; repetitions are found."""

import pytest

from tests.field_words import FRONT
from workreport.ingest.repair import BadRepair, RepairRule, apply, propose, settle
from workreport.ingest.repetitions import repetitions_in
from workreport.model import Source


def source(text: str) -> Source:
    """Return a Markdown source with this text."""
    return Source("x.md", text, "", "utf-8", "markdown")


def repaired(text: str) -> str:
    """Return the text after all proposed repairs that apply."""
    s = source(text)
    return apply(s, propose(s, FRONT)).body


LONG = "全市上下团结奋斗，经济运行总体平稳，社会大局保持稳定，各项事业都取得了新的成绩，来自各县的代表共有"
"""The start of a paragraph, long enough to be body text."""


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"{LONG}3000\n\n名参加了大会。会后各县都作了传达。", f"{LONG}3000名参加了大会。会后各县都作了传达。"),
        (f"{LONG}各界的\r\n\r\n人士参加了大会。", f"{LONG}各界的人士参加了大会。"),
        (f"{LONG}，累计造林，PM\n2.5\n浓度下降，空气更好。", f"{LONG}，累计造林，PM2.5浓度下降，空气更好。"),
        ("今年经济社会发展的\n主要目标\n是：生产总值增长。", "今年经济社会发展的主要目标是：生产总值增长。"),
        ("下载\n打印\n【字号：\n加大\n】\n政府工作报告\n各位代表：", "\n政府工作报告\n各位代表："),
        (
            "某市政府工作报告\n来源：某市日报\n时间：2026-02-09\n某市市长 张三\n各位代表：",
            "某市政府工作报告\n\n某市市长 张三\n各位代表：",
        ),
        (
            "政府工作报告\n2026年02月10日 07时41分\n来源:\n某市日报\n【字体：\n大\n】\n2026年2月3日在某市人大会议上\n各位代表：",
            "政府工作报告\n\n2026年2月3日在某市人大会议上\n各位代表：",
        ),
        ("## 一、工作回顾\n\n正文。", "一、工作回顾\n\n正文。"),
        ("**(一) 工业稳中有进。**全年新增企业30家。", "（一）工业稳中有进。全年新增企业30家。"),
        ("(二) 农业稳步增长。粮食丰收。", "（二）农业稳步增长。粮食丰收。"),
        ("■ 某市人民政府市长 张三", "某市人民政府市长 张三"),
        (
            "**(一) 工业稳中有进。**全年新增企业30家。\n\n**(二) 农业稳步增长。**粮食总产量有增加。\n\n**(三) 民生持续改**\n\n善。新建学校三所，设学位九百。",
            "（一）工业稳中有进。全年新增企业30家。\n\n（二）农业稳步增长。粮食总产量有增加。\n\n（三）民生持续改善。新建学校三所，设学位九百。",
        ),
    ],
)
def test_broken_text_is_repaired(before: str, after: str) -> None:
    assert repaired(before) == after


@pytest.mark.parametrize(
    "text",
    [
        "政府工作报告\n2026年2月10日\n某市市长 张三\n各位代表：",  # a date without a time of day may belong to the report
        "政府工作报告\n各位代表：\n时间：2026年2月10日",  # after the salutation everything is text
        f"{LONG}。\n\n会后各县都作了传达。",  # the paragraph is complete
        f"{LONG}：\n\n会后各县都作了传达。",
        f"{LONG}各界\n\n（一）深化改革。",  # a heading follows
        f"{LONG}各界\n\n各位代表：",
        f"{LONG}各界\n\n二、今年工作",
        "某省省长 李四\n\n各位代表：现在报告工作。",  # the line of a speaker is too short to be body text
        "三、2026年工作安排\n\n今年是新的开始。",  # the first line is a heading
        "2.5\n\n亿元。",
        f"{LONG}各界\n\n附表",  # no sentence follows
    ],
)
def test_correct_text_stays_unchanged(text: str) -> None:
    assert repaired(text) == text


def test_doubtful_join_is_applied_only_if_the_publisher_switches_it_on() -> None:
    s = source(f"{LONG}各界人士走上了创业的道路\n\n对传统产业的改造全面展开，成效明显。")
    (r,) = propose(s, FRONT)
    assert (r.kind, r.status) == ("join", "proposed")
    assert apply(s, (r,)).body == s.text
    (joined,) = settle(s, (r,), (RepairRule(id=r.id, applied=True),))
    assert "道路对传统" in apply(s, (joined,)).body


def test_repairs_fit_the_source_and_positions_map_back_to_it() -> None:
    s = source(f"# 报告\n\n**(一) 工业稳中有进。**{LONG}3000\n\n名参加了大会。")
    repairs = propose(s, FRONT)
    assert {r.kind for r in repairs} == {"markup", "join"}
    for r in repairs:
        assert s.text[r.start : r.end] == r.before
        assert r.reason
    text = apply(s, repairs)
    start = text.body.index("3000名")
    a, b = text.source_span(start, start + 5)
    assert s.text[a:b] == "3000\n\n名"
    assert text.from_source(a) == start
    for i, c in enumerate(text.body):
        a, b = text.source_span(i, i + 1)
        if c not in "（）":
            assert s.text[a:b] == c


def test_row_of_repairs_toml_undoes_only_the_repair_it_names() -> None:
    s = source(f"**(一) 工业稳中有进。**{LONG}3000\n\n名参加了大会。")
    proposed = propose(s, FRONT)
    join = next(r for r in proposed if r.kind == "join")
    settled = settle(s, proposed, (RepairRule(id=join.id, applied=False),))
    assert next(r for r in settled if r.id == join.id).status == "undone"
    assert "3000\n\n名" in apply(s, settled).body
    assert "**" not in apply(s, settled).body


def test_row_of_repairs_toml_adds_a_repair() -> None:
    s = source("全市新增企业30家，新建学校3所。")
    settled = settle(s, propose(s, FRONT), (RepairRule(before="学校3所", after="学校5所", reason="核对原件"),))
    assert apply(s, settled).body == "全市新增企业30家，新建学校5所。"
    assert [(r.by, r.reason, r.before) for r in settled] == [("publisher", "核对原件", "学校3所")]


@pytest.mark.parametrize(
    "row",
    [RepairRule(id="join-00000000"), RepairRule(before="没有的话", after=""), RepairRule(before="新", after="旧")],
)
def test_row_of_repairs_toml_that_does_not_fit_is_an_error(row: RepairRule) -> None:
    s = source("全市新增企业30家，新建学校3所。")
    with pytest.raises(BadRepair, match=row.id or row.before):
        settle(s, propose(s, FRONT), (row,))


def test_one_error_names_all_rows_of_repairs_toml_that_do_not_fit() -> None:
    s = source("全市新增企业30家，新建学校3所。")
    with pytest.raises(BadRepair) as error:
        settle(
            s,
            propose(s, FRONT),
            (RepairRule(id="join-1"), RepairRule(before="学校", after="小学"), RepairRule(before="医院", after="")),
        )
    assert [
        line.count(words) for line, words in zip(str(error.value).split("\n"), ("join-1", "医院"), strict=True)
    ] == [1, 1]


PASSAGE = "新引进金融企业30家，落地总部项目5个，建成产业园区两处。举办国际投资大会一次，签约项目37个，总投资超过620亿元，产业集聚效应明显增强。全年利用外资7.45亿美元，同比增长17.5%。"


def test_repeated_passage_is_found_with_its_borders() -> None:
    body = f"（五）产业成势。河滨{PASSAGE}\n\n（六）攻坚有力。打通断头路6条，拓展出{PASSAGE}\n\n（七）改革走深。"
    (found,) = repetitions_in(apply(source(body), ()))
    assert body[found.start : found.end] == PASSAGE
    assert found.start == body.rindex(PASSAGE)
    assert found.of == body.index(PASSAGE)
    assert found.lost


def test_report_pasted_twice_is_one_repetition() -> None:
    body = f"政府工作报告\n{PASSAGE}\n{LONG}。\n政府工作报告\n{PASSAGE}\n{LONG}。\n"
    (found,) = repetitions_in(apply(source(body), ()))
    assert found.start == body.rindex("政府工作报告")
    assert not found.lost


def test_repeated_set_phrase_is_not_a_repetition() -> None:
    phrase = "坚持以新时代的思想为指导全面贯彻落实各次全会精神深入贯彻重要讲话和重要指示批示精神坚持稳中求进工作总基调完整准确全面贯彻新发展理念"
    body = f"一年来，我们{phrase}，办成了大事。\n今年，我们要{phrase}，再办大事。\n"
    assert repetitions_in(apply(source(body), ())) == ()


@pytest.mark.parametrize(
    "text", ["甲" * 20000, "1234567890" * 3000, "一、" * 9000, "**" * 9000, "（一）" * 9000, "\n" * 20000, "## " * 9000]
)
def test_long_uniform_text_is_repaired_with_repairs_that_fit(text: str) -> None:
    s = source(text)
    repaired = apply(s, propose(s, FRONT))
    repetitions_in(repaired)
    for r in propose(s, FRONT):
        assert s.text[r.start : r.end] == r.before
