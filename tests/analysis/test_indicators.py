"""The indicators of each case in `tests/analysis/cases`; ids, repeated passages, odd input."""

from __future__ import annotations

import random
import time
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from workreport.analysis import indicators
from workreport.analysis.vocabulary import TRAP_RULES, Vocabulary, load
from workreport.ingest import outline
from workreport.ingest.ids import IdLedger
from workreport.model import Findings, Indicator, Meta, Rank, Repetition, Text

ROOT = Path(__file__).resolve().parents[2]
META = Meta("invented", "政府工作报告", "某市", 2026, None, "", "", "")
REVIEW, PLAN = "一、2025年工作回顾", "一、2026年工作安排"


@cache
def vocabulary() -> Vocabulary:
    return load(ROOT / "vocabulary")


def find(text: str, heading: str = REVIEW, repetitions: tuple[Repetition, ...] = ()) -> tuple[str, Findings]:
    """The text of a report with one part, which has this heading, and what is found in it."""
    body = f"{heading}\n{text}"
    tree, _ = outline.parse(Text(body, ((0, 0, len(body)),)), repetitions, IdLedger())
    return body, indicators.find(tree, repetitions, vocabulary(), META)


def shown(indicator: Indicator, key: str) -> object:
    """A field of an indicator, written as in the case files."""
    growth, origin = indicator.growth, indicator.origin
    match key:
        case "growth":
            parts = [growth.direction, f"{growth.value}{growth.unit}", growth.base] if growth else []
            return " ".join(p for p in parts if p)
        case "growth approx":
            return growth.approx if growth else None
        case "base":
            return indicator.growth_base or ""
        case "from":
            return f"{origin.value} {origin.unit}" if origin else ""
        case "milestone":
            return f"{indicator.milestone.value} {indicator.milestone.unit}" if indicator.milestone else ""
        case "ranks":
            return [f"{r.scope} {r.what or '-'} {r.place}" for r in indicator.ranks]
        case "number" | "high":
            number = indicator.number if key == "number" else indicator.number_max
            return "" if number is None else f"{number.normalize():f}"
        case _:
            value = getattr(indicator, key)
            return "" if value is None else value


def cases() -> Iterator[object]:
    """All cases as test parameters, named by file and number: changes-1."""
    for file in sorted((ROOT / "tests" / "analysis" / "cases").glob("*.toml")):
        for k, case in enumerate(tomllib.loads(file.read_text(encoding="utf-8"))["case"], 1):
            yield pytest.param(case, id=f"{file.stem}-{k}")


@pytest.mark.parametrize("case", list(cases()))
def test_sentence_gives_the_indicators_of_its_case(case: dict[str, object]) -> None:
    unknown = set(case) - {"text", "because", "plan", "found", "traps", "unclaimed"}
    assert not unknown
    body, found = find(str(case["text"]), PLAN if case.get("plan") else REVIEW)
    wanted = case["found"]
    assert isinstance(wanted, list)
    figures = [(i.name, i.value, i.unit) for i in found.indicators]
    assert len(found.indicators) == len(wanted), figures
    for want, got in zip(wanted, found.indicators, strict=True):
        assert {key: shown(got, key) for key in want} == want, figures
    for indicator in found.indicators:
        assert body[indicator.start : indicator.end] == indicator.quote
    if "traps" in case:
        assert set(case["traps"]) <= {rule for rule, _ in found.traps}, found.traps  # type: ignore[call-overload]
    if "unclaimed" in case:
        assert [u.quote for u in found.unclaimed] == case["unclaimed"]


def test_there_are_at_least_70_cases() -> None:
    assert sum(1 for _ in cases()) >= 70


# -- ids, repeated passages, odd input


def test_indicator_id_is_its_sentence_id_and_an_ordinal() -> None:
    _, found = find("新增学位120个，新建学校3所。引进企业5家。")
    first, second, third = found.indicators
    assert (first.id, second.id) == (f"{first.sentence}-f1", f"{first.sentence}-f2")
    assert third.id == f"{third.sentence}-f1"
    assert third.sentence != first.sentence


def test_indicators_of_a_repeated_passage_have_the_ids_of_their_originals() -> None:
    text = "引进企业37个，落地项目12个。"
    body = f"{REVIEW}\n{text}\n力争打通断头路6条，{text}"
    start = len(body) - len(text)
    copy = Repetition(start, len(body), len(REVIEW) + 1, lost=False)
    _, found = find(f"{text}\n力争打通断头路6条，{text}", REVIEW, (copy,))
    originals = [i for i in found.indicators if i.duplicate_of is None]
    copies = [i for i in found.indicators if i.duplicate_of]
    assert [i.value for i in originals] == ["37", "12", "6"]
    assert [i.value for i in copies] == ["37", "12"]
    assert [i.duplicate_of for i in copies] == [originals[0].id, originals[1].id]


def test_originals_are_found_if_the_repeated_passage_has_other_line_breaks() -> None:
    before, again = "引进企业37个。\n落地项目12个。\n力争打通断头路6条。\n", "引进企业37个。\n\n\n落地项目12个。"
    start = len(f"{REVIEW}\n{before}")
    copy = Repetition(start, start + len(again), len(REVIEW) + 1, lost=False)
    _, found = find(before + again, REVIEW, (copy,))
    originals = [i.id for i in found.indicators if i.duplicate_of is None]
    assert [i.duplicate_of for i in found.indicators] == [None, None, None, *originals[:2]]


def test_every_trap_rule_that_the_cases_use_is_in_trap_rules() -> None:
    """The pages have a Chinese name for each rule of TRAP_RULES, so a rule outside it would have none."""
    texts = [str(param.values[0]["text"]) for param in cases()]  # type: ignore[attr-defined]
    applied = {rule for text in texts for rule, _ in find(text)[1].traps}
    assert applied <= set(TRAP_RULES)


def test_glossary_entry_has_no_indicators() -> None:
    assert find("1.“两重”：是指国家重大战略实施，共安排3000亿元。", "名词解释")[1].indicators == ()


@pytest.mark.parametrize(
    "piece",
    [
        "9",
        "、",
        "9、",
        "亿",
        "9亿",
        "（",
        "“",
        "一二三",
        "增长",
        "分别",
        "9%、",
        "，第一",
        "居全国第一",
        "从9增至9",
        "9家企业",
        "百分之",
        "占",
        "其中9，",
        "9：",
        "1 ",
    ],
)
def test_reading_time_is_linear_in_the_length_of_odd_text(piece: str) -> None:
    def cost(length: int) -> float:
        text = piece * (length // len(piece))
        started = time.process_time()
        find(text)
        return time.process_time() - started

    small, large = min(cost(3_000), cost(3_000)), cost(30_000)
    assert large < 10 * 2 * small + 0.2, (small, large)


def test_same_text_read_twice_gives_the_same_findings() -> None:
    text = "新增上市企业3家，数量居全省第三，其中2家为科创板企业。"
    assert find(text) == find(text)


PIECES = [
    "1",
    "12",
    "3.5",
    "２０",
    "2025年",
    "百分之五",
    "三分之一",
    "万亿元",
    "亿元",
    "家",
    "个",
    "%",
    "个百分点",
    ":",
    "、",
    "，",
    "。",
    "；",
    "（",
    "）",
    "“",
    "”",
    "增长",
    "下降",
    "分别",
    "同比",
    "从",
    "由",
    "提高到",
    "至",
    "达",
    "超",
    "近",
    "余",
    "其中",
    "占",
    "比重",
    "居全省第一",
    "全国首个",
    "前列",
    "入选",
    "企业",
    "新增",
    "建成",
    "地区生产总值",
    "收入",
    "的",
    "和",
    "均",
    "城乡",
    "进出口",
    "翻番",
    "翻一番",
    "较2020年",
    "比上年",
    "左右",
    "以上",
    "首破",
    "千",
    "两",
    "四",
]
"""Parts of which a random sentence is made."""


def test_random_text_is_read_without_an_error() -> None:
    """Each text is made of random pieces: every quote found is the text at its position, and every id is unique."""
    chance = random.Random(20260203)
    for _ in range(400):
        body, found = find("".join(chance.choice(PIECES) for _ in range(chance.randint(1, 60))))
        for row in (*found.indicators, *found.unclaimed):
            assert body[row.start : row.end] == row.quote
        assert len({i.id for i in found.indicators}) == len(found.indicators)


def statuses(body: str, year: int = 2026) -> list[tuple[str, str]]:
    """The value and the status of each figure of a whole report."""
    tree, _ = outline.parse(Text(body, ((0, 0, len(body)),)), (), IdLedger())
    found = indicators.find(tree, (), vocabulary(), replace(META, year=year))
    return [(i.value, i.status) for i in found.indicators]


def test_title_and_meeting_of_a_report_make_no_plan() -> None:
    front = "2026年临河市政府工作报告\n\n——2026年1月20日在临河市第八届人民代表大会第三次会议上\n\n各位代表：\n\n"
    assert statuses(front + "五年奋进 实现跨越\n\n新建学校12所。") == [("12", "result")]


def test_heading_with_a_past_year_is_a_review_whatever_else_it_says() -> None:
    body = "一、2025年主要工作\n\n新建学校12所。\n\n二、2026年主要工作\n\n新建学校3所。"
    assert statuses(body) == [("12", "result"), ("3", "target")]


def test_sentence_that_states_goals_opens_the_plan_under_any_heading() -> None:
    goals = "今年全市宏观调控目标和主要计划指标初步安排为：国内生产总值增长10%；财政收入增长16%。"
    body = f"一、1996年建设取得显著成绩\n\n新建学校12所。\n\n二、推进两个根本性转变\n\n{goals}\n\n植树90万株。"
    assert statuses(body, 1997) == [("12", "result"), ("10", "target"), ("16", "target"), ("90", "target")]


@pytest.mark.parametrize(
    ("place", "number"),
    [
        ("第三", 3),
        ("第21", 21),
        ("第二十一", 21),
        ("第一百二十", 120),
        ("第一百零五", 105),
        ("首位", 1),
        ("前列", None),
        ("第百", None),
    ],
)
def test_rank_has_its_number_also_above_ninety_nine(place: str, number: int | None) -> None:
    assert Rank(None, None, place).number == number


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("能耗下降3%—5%。", "−3至−5"),
        ("进口增长-2%至1%。", "−2至+1"),
        ("投资增长5%—6%。", "+5—6"),
        ("出口增长−4.2%。", "−4.2"),
    ],
)
def test_falling_range_is_shown_with_a_sign_at_both_ends(text: str, shown: str) -> None:
    _, found = find(text)
    assert [i.signed for i in found.indicators] == [shown]


def test_sentence_that_a_line_break_divides_is_read_as_one() -> None:
    first, second, third = (
        "今年粮食产量稳步增加，农业总产值",
        "97.4 亿元，增长 8 %；我市参加 25",
        "次全国性比赛，成绩良好。",
    )
    body, found = find(f"{first}\n\n{second}\n\n{third}")
    figures = [(i.name, i.value, i.unit) for i in found.indicators]
    assert figures == [("农业总产值", "97.4", "亿元"), ("参加全国性比赛", "25", "次")]
    assert [i.quote for i in found.indicators] == ["97.4 亿元", "参加 25"]
    assert all(body[i.start : i.end] == i.quote for i in found.indicators)


def test_line_without_a_stop_before_a_numbered_item_or_a_date_stays_apart() -> None:
    _, found = find("扎实工作，为“十四五”开好头起好步\n\n2025年是关键一年，新建水库3座。")
    assert [(i.name, i.value) for i in found.indicators] == [("新建水库", "3")]
