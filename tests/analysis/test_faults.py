"""The fault rules: texts with a fault, and correct texts that look similar."""

from collections.abc import Callable, Iterable

import pytest

from tests.analysis import numbering_styles
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


def test_passage_that_an_appendix_repeats_is_no_public_fault() -> None:
    passage = "新引进金融企业30家，落地总部项目5个。举办国际投资大会一次，签约项目37个，总投资超过620亿元，产业集聚效应明显增强，利用外资大幅增长。"
    passage += "，".join(f"第{n}批项目完成投资{n * 7}亿元" for n in range(1, 16)) + "。"
    text = f"一、回顾\n（一）产业成势。河滨{passage}\n二、打算\n办好。\n各位代表，让我们共同奋斗！\n附件1\n重点项目\n河东区块拓展出{passage}\n"
    found = faults_in(text, tail="")
    assert for_the_public(found) == ()
    assert [f.confidence for f in found if f.kind == "repeated"] == ["medium"]


def test_count_beyond_the_chinese_numerals_is_told_in_digits() -> None:
    listed = "、".join(f"建成{chr(0x4E00 + n)}{chr(0x5E00 + n)}一批" for n in range(120))
    found = faults_in(f"一、2024年工作回顾\n实施“四个一批”，{listed}项目。")
    assert [f.note for f in found if f.kind == "announced"] == ["称四个一批，其后列出120个"]


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


SILENT = {
    "numbers that go on from the part before": "一、回顾\n（一）甲。事成。\n（二）乙。事成。\n二、打算\n（三）丙。办好。\n（四）丁。办好。\n三、建设\n事成。",
    "a missing number inside a paragraph": "一、回顾\n（一）甲。事成。\n（二）乙。事成。　　（三）丙。事成。\n（四）丁。事成。",
    "a missing number as another sign": "一、回顾\n（一）甲。事成。\n（二）乙。事成。\n三、丙事办成\n（四）丁。事成。",
    "sections of another list after the announced ones": (
        "一、回顾\n做了三方面工作：\n（一）甲。事成。\n（二）乙。事成。\n（三）丙。事成。\n（一）丁。事成。\n（二）戊。事成。"
    ),
    "announced things inside a sentence": "一、回顾\n规划有七个方面；下面就几个问题作说明。\n（一）甲。事成。\n（二）乙。事成。\n（三）丙。事成。",
    "four levels in one word": "一、回顾\n推行州县乡村四级河长制，国家省市三级联通，公开市、区县、乡镇三级预决算。",
    "区 inside a word": "一、回顾\n园区、街道两级平台建成，全省市县两级资金到位，省市三级医院扩容。",
    "provinces in one phrase": "一、回顾\n中央和省、市、自治区两级财政到位，自治区、州、县三级联动。",
    "levels behind a line break": "一、回顾\n健全覆盖城乡、市、\n县乡村四级网络。",
    "a session to come": "一、回顾\n草案将提请区三届人大六次会议审议通过。",
    "roads and hospitals of a grade": "一、回顾\n改造县乡二级公路12公里，建成市县三级甲等医院2家。",
    "a session of another congress": "一、回顾\n落实了省十五届人大二次会议确定的任务。",
    "the name of a plan": "一、回顾\n推进“五个一批”项目，推动机场等一批设施项目、园区等一批产业项目建成。",
    "words that meet": "一、回顾\n以增收为目的的改革，建设和谐社会，商业业态更新，公路路网完善，县县全覆盖。",
    "a bracket behind a number": "一、回顾\n做法是：1）甲；2）乙；3）丙。",
    "一、 at the start of a broken line": "一、回顾\n事成。\n二、打算\n继续推进线上线下的管理更加规范有序，实现城乡居民的各项保障服务全面统\n一、线上线下同步办理，群众满意。\n三、建设\n办好。\n",
    "a space behind an opening bracket": "一、回顾\n做法是（ 1）甲（ 2）乙。",
    "what was won in the review": "一、工作回顾\n争取到国家专项资金12亿元，全力争创示范区。",
    "what is not yet counted in the review": "一、工作回顾\n工业产值有望突破200亿元。",
    "half-width and full-width brackets": "一、回顾\n所有县（市)通高速。",
}


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT.keys())
def test_usual_style_is_no_fault(text: str) -> None:
    assert [f.note for f in faults_in(text, tail="" if "二、" in text else TWO_PARTS)] == []


@pytest.mark.parametrize(
    ("text", "quote", "confidence"),
    [
        ("一、回顾\n（二）甲。事成。\n（三）乙。事成。", "（二）", "high"),
        (
            "一、回顾\n（一）甲。事成。\n（二）乙。事成。\n（三）丙。事成。\n（二）丁。事成。\n（四）戊。事成。",
            "（二）",
            "high",
        ),
        ("一、回顾\n1.甲事。事成。\n2.乙事。事成。\n4.丙事。事成。\n5.丁事。事成。", "4.", "certain"),
    ],
)
def test_wrong_number_is_reported_with_the_numbers_that_show_it(text: str, quote: str, confidence: str) -> None:
    (found,) = [f for f in faults_in(text) if f.kind == "numbering"]
    assert (found.quote, found.confidence) == (quote, confidence)
    assert quote in found.note


GAP = "一、回顾\n（一）甲业。事成。\n（二）乙业。事成。\n{}\n（四）丁业。事成。\n（五）戊业。事成。"


@pytest.mark.parametrize(
    "line",
    [
        "〔三〕丙业。事成。", "（三丙业。事成。", "三：丙业。事成。", "三是丙业。事成。", "叁、丙业。事成。", "（叁）丙业。事成。", "Ⅲ、丙业。事成。",
        "③丙业。事成。", "㊂丙业。事成。", "<三>丙业。事成。", "﹙三﹚丙业。事成。", "三 丙业。事成。", "乙事毕。【三】丙业。事成。", "**三**丙业。事成。",
    ],
)  # fmt: skip
def test_number_that_may_stand_in_another_writing_is_no_public_fault(line: str) -> None:
    assert for_the_public(faults_in(GAP.format(line))) == ()


@pytest.mark.parametrize("line", ["三年来事成。", "三大行动推进。", "2.3亿元到位。", "另有三处在建。", "三十户搬迁。"])
def test_number_that_counts_does_not_hide_a_missing_heading(line: str) -> None:
    (found,) = for_the_public(faults_in(GAP.format(line)))
    assert (found.kind, found.quote, found.confidence) == ("numbering", "（四）", "certain")


def test_part_in_another_writing_is_no_public_fault() -> None:
    assert (
        for_the_public(
            faults_in("一、回顾\n（一）甲。事成。\n（二）乙。事成。\n贰、打算\n办好。\n三、建设\n办好。", tail="")
        )
        == ()
    )
    announced = "一、回顾\n做了四方面工作：\n（一）甲。事成。\n（二）乙。事成。\n（三）丙。事成。\n四、丁。事成。"
    assert for_the_public(faults_in(announced)) == ()


def test_report_with_closing_words_is_not_called_incomplete() -> None:
    text = "一、回顾\n（一）甲。事成。\n（二）乙。事成。\n各位代表，让我们共同奋斗！"
    assert [f for f in faults_in(text, tail="") if f.kind == "missing"] == []


def test_paragraph_twice_in_a_row_is_very_likely_a_fault() -> None:
    twice = "全区工业经济稳中有进，新的项目陆续开工。\n" * 2
    assert [(f.kind, f.confidence) for f in faults_in(f"一、回顾\n{twice}")] == [("repeated", "high")]


def test_later_session_of_the_same_congress_is_certain_only_if_its_owner_is_named() -> None:
    named = faults_in("一、回顾\n完成了区三届人大六次会议确定的任务。")
    bare = faults_in("一、回顾\n完成了三届人大六次会议确定的任务。")
    assert [[f.confidence for f in found] for found in (named, bare)] == [["certain"], ["medium"]]


STYLES = numbering_styles.styles()


@pytest.mark.parametrize("body", STYLES.values(), ids=STYLES.keys())
def test_way_of_numbering_is_no_public_fault(body: str) -> None:
    found = for_the_public(faults_in(numbering_styles.report(body), tail=""))
    assert [(f.kind, f.note) for f in found] == []


def test_missing_number_behind_a_first_one_is_found_where_the_part_before_ended_with_it() -> None:
    text = "一、回顾\n（一）甲业。事成。\n（二）乙业。事成。\n二、打算\n（一）丙业。事成。\n（三）丁业。事成。\n"
    assert [(f.kind, f.quote) for f in faults_in(text, tail="三、建设\n办好。\n")] == [("numbering", "（三）")]


def test_there_are_a_hundred_ways_of_numbering() -> None:
    assert len(STYLES) >= 100


@pytest.mark.parametrize("mark", numbering_styles.HEADINGS)
@pytest.mark.parametrize("shape", [numbering_styles.run_in, numbering_styles.alone])
@pytest.mark.parametrize("lost", [2, 3, 4])
def test_number_that_is_missing_is_found_on_its_line_in_every_way_of_numbering(
    mark: str, shape: Callable[[str, Iterable[int]], str], lost: int
) -> None:
    body = shape(mark, [n for n in range(1, 6) if n != lost])
    (found,) = [f for f in faults_in(numbering_styles.report(body), tail="") if f.kind == "numbering"]
    written = numbering_styles.MARKS[mark](lost + 1)
    assert (found.quote.replace("(", "（").replace(")", "）"), found.confidence) == (
        written.replace("(", "（").replace(")", "）"),
        "certain",
    )
