"""The fault rules: texts with a fault, and correct texts that look similar."""

import pytest

from tests.field_words import FRONT, VOCABULARY
from workreport.analysis.fault_case import FaultCase
from workreport.analysis.faults import find, for_the_public
from workreport.ingest import metadata
from workreport.ingest.ids import IdLedger
from workreport.ingest.outline import parse
from workreport.ingest.repair import apply, propose
from workreport.ingest.repetitions import repetitions_in
from workreport.model import Fault, Source

HEAD = "政府工作报告\n(2025年1月9日在清水区第三届人民代表大会第五次会议上)\n清水区人民政府区长 李四\n各位代表：\n"
TWO_PARTS = "\n二、2025年工作安排\n办好实事。\n"


def faults_in(text: str, head: str = HEAD, tail: str = TWO_PARTS) -> tuple[Fault, ...]:
    """The faults of an invented report: `head`, `text` and `tail`. Each must have a valid span and a note."""
    source = Source("x.txt", head + text + tail, "", "utf-8", "text")
    body = apply(source, propose(source, FRONT))
    repeated = repetitions_in(body)
    tree, _ = parse(body, repeated, IdLedger())
    found = find(FaultCase(source, body, metadata.guess("x", body, tree, FRONT), tree, repeated, VOCABULARY))
    for f in found:
        assert 0 <= f.start <= f.end <= len(source.text)
        assert f.note
    return found


@pytest.mark.parametrize(
    ("text", "kind", "quote", "confidence"),
    [
        (
            "一、2024年工作回顾\n我们主要做了三方面工作：\n（一）甲。事成。\n（二）乙。事成。",
            "announced",
            "三方面工作",
            "certain",
        ),
        (
            "一、2024年工作回顾\n我们主要做了三方面工作：\n（一）甲。事成。\n（二）乙。事成。",
            "missing",
            "。",
            "certain",
        ),
        (
            "一、2024年工作回顾\n完成了区四届人大二次会议确定的目标任务。",
            "contradiction",
            "区四届人大二次会议",
            "certain",
        ),
        ("一、2024年工作回顾\n高质量完成省市三级民生实事。", "contradiction", "省市三级", "high"),
        ("一、2024年工作回顾\n获评步行街街培育名单。", "doubled", "获评步行街街培育名单", "medium"),
        ("一、2024年工作回顾\n建成学校三所，力争打通断头路6条。", "tense", "力争打通断头路6条", "low"),
        ("一、2024年工作回顾\n推出“放心消费行动，成效明显。", "marks", "推出“放心消费行动，", "medium"),
        ("一、2024年工作回顾\n（一）甲。事成。\n（三）乙。事成。", "numbering", "（三）", "high"),
        (
            "一、2024年工作回顾\n（一）甲。事成。\n（二）乙。事成。\n（四）丙。事成。\n（五）丁。事成。",
            "numbering",
            "（四）",
            "certain",
        ),
        (
            "一、2024年工作回顾\n（一）甲。事成。\n（二）乙。事成。\n（二）丙。事成。\n（三）丁。事成。",
            "numbering",
            "（二）",
            "certain",
        ),
        ("一、2024年工作回顾\n（一）甲。事成。\n二）乙。事成。", "numbering", "二）", "certain"),
        ("一、2024年工作回顾\n实施“四个一批”，储备一批、开工一批、建成一批项目。", "announced", "“四个一批”", "medium"),
    ],
)
def test_fault_is_found_with_its_kind_quote_and_confidence(text: str, kind: str, quote: str, confidence: str) -> None:
    assert (kind, quote, confidence) in [(f.kind, f.quote, f.confidence) for f in faults_in(text)]


@pytest.mark.parametrize(
    "text",
    [
        "一、2024年工作回顾\n我们主要做了两方面工作：\n（一）甲。事成。\n（二）乙。事成。",
        "一、2024年工作回顾\n完成了区三届人大四次会议确定的目标任务。",
        "一、2024年工作回顾\n十四届全国人大二次会议确定的任务全面完成。",
        "一、2024年工作回顾\n高质量完成省市区三级民生实事，省市两级资金到位。",
        "一、2024年工作回顾\n实实在在的成效，兢兢业业的干部，家家户户都满意，条条道路通。",
        "一、2024年工作回顾\n推出“放心消费”行动（试点），成效明显。",
        "一、2024年工作回顾\n（一）甲。事成。\n（二）乙。事成。",
        "一、2024年工作回顾\n实施“三个一批”，储备一批、开工一批、建成一批项目。",
    ],
)
def test_correct_text_that_looks_faulty_has_no_fault(text: str) -> None:
    assert faults_in(text) == ()


def test_report_with_only_one_numbered_part_has_a_fault_of_kind_missing() -> None:
    found = faults_in("一、2024年工作回顾\n事成。", tail="")
    assert [(f.kind, f.confidence) for f in found] == [("missing", "high")]


def test_text_replaced_by_a_repeated_passage_is_a_fault_of_kind_lost() -> None:
    passage = "新引进金融企业30家，落地总部项目5个。举办国际投资大会一次，签约项目37个，总投资超过620亿元，产业集聚效应明显增强，利用外资大幅增长。"
    passage += "，".join(f"第{n}批项目完成投资{n * 7}亿元" for n in range(1, 16)) + "。"
    found = faults_in(
        f"一、2024年工作回顾\n（一）产业成势。河滨{passage}\n（二）攻坚有力。打通断头路6条，拓展出{passage}"
    )
    assert [(f.kind, f.quote) for f in found] == [("lost", "头路6条，拓展出"), ("repeated", passage)]


def test_text_without_signs_of_a_report_is_a_fault_of_kind_stranger() -> None:
    found = faults_in("关于放假的通知\n各单位：\n今年放假三天。请做好值班。", head="", tail="")
    assert [(f.kind, f.confidence) for f in found] == [("stranger", "medium")]


def test_public_sees_certain_and_very_likely_faults_and_those_of_the_publisher() -> None:
    made = [
        Fault("wording", 0, 1, "甲", "注", sure, by)
        for sure in ("certain", "high", "medium", "low")
        for by in ("engine", "publisher")
    ]
    shown = [(f.confidence, f.by) for f in for_the_public(made)]
    assert shown == [
        ("certain", "engine"), ("certain", "publisher"), ("high", "engine"), ("high", "publisher"),
        ("medium", "publisher"), ("low", "publisher"),
    ]  # fmt: skip
