"""The score of indicators, also compared with a reader's choice."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from workreport.analysis.ranking import ranked
from workreport.build import report_reader
from workreport.model import Growth, Indicator, Rank

REPORT = ROOT / "reports" / "gongshu-2024" / "source.md"
UP = Growth("5", Decimal(5), "%", "同比", "up")


def make_indicator(
    n: int, name: str, value: str = "12", unit: str = "亿元", kind: str = "level", **more: Any
) -> Indicator:
    """An indicator with the number `n` in its id, sentence, section and place; `more` are further fields."""
    known = {"number": Decimal(value) if value[:1].isdigit() else None, "number_max": None, "approx": None}
    place = {"sentence": f"s{n}", "section": f"1/{n}", "quote": f"{name}{value}{unit}", "start": n, "end": n + 1}
    return Indicator(
        f"s{n}-f1", name, kind, more.pop("status", "result"), value, unit=unit, **{**known, **place, **more}
    )


@pytest.mark.parametrize(
    ("more", "less"),
    [
        (make_indicator(1, "出口", growth=UP), make_indicator(0, "出口额")),
        (
            make_indicator(1, "出口", ranks=(Rank("全省", None, "第一"),)),
            make_indicator(0, "进口", ranks=(Rank("全省", None, "前列"),)),
        ),
        (make_indicator(1, "出口", ranks=(Rank("全省", None, "前列"),)), make_indicator(0, "进口")),
        (make_indicator(1, "出口"), make_indicator(0, "进口", status="target")),
        (make_indicator(1, "出口"), make_indicator(0, "进口", parent="进出口")),
        (make_indicator(1, "托位", "5755", "个", "count"), make_indicator(0, "园区", "2", "个", "count")),
        (make_indicator(1, "出口"), make_indicator(0, "全区各类企业累计实现的出口总额")),
        (make_indicator(0, "出口"), make_indicator(1, "进口")),
        (make_indicator(1, "出口", growth=UP), make_indicator(0, "点击", "61000000000", "次", "count")),
    ],
)
def test_more_important_of_two_indicators_is_ranked_first(more: Indicator, less: Indicator) -> None:
    rest = [make_indicator(n, f"事项{n}", "1", "项", "count") for n in range(2, 80)]
    assert ranked([*sorted((more, less), key=lambda i: i.start), *rest])[0].id == more.id


def test_ranking_has_one_indicator_per_name_and_no_rank_like_first_of_its_kind() -> None:
    several = [
        make_indicator(0, "出口"),
        make_indicator(1, "出口"),
        make_indicator(2, "指数", "第一", "", "rank", ranks=(Rank("全省", None, "第一"),)),
        make_indicator(3, "模式", "首创", "", "rank", ranks=(Rank("全省", None, "首创"),)),
    ]
    assert [i.id for i in ranked(several)] == ["s0-f1", "s2-f1"]


def test_result_and_amount_are_preferred_among_the_mentions_of_a_measure() -> None:
    several = [
        make_indicator(0, "全省地区生产总值", "5", "%", "growth"),
        make_indicator(1, "全省出口", status="target"),
        make_indicator(2, "出口"),
        make_indicator(3, "地区生产总值", "14.58", "万亿元"),
        make_indicator(4, "人均地区生产总值", "9", "万元"),
        make_indicator(5, "全省"),
    ]
    assert {i.id for i in ranked(several)} == {"s2-f1", "s3-f1", "s4-f1", "s5-f1"}


def test_a_measure_that_is_also_a_target_scores_higher() -> None:
    results = [
        make_indicator(0, "场馆", "80", "个", "count"),
        make_indicator(1, "服务贸易"),
        make_indicator(2, "工业增加值", "6", "%", "growth"),
        make_indicator(3, "管网", "810", "公里", "count"),
        *[make_indicator(n, f"事项{n}", "1", "项", "count") for n in range(4, 80)],
    ]
    plan = [
        make_indicator(80, "全市工业增加值", "5", "%", "growth", status="target"),
        make_indicator(81, "管网", "900", "公里", "count", status="target"),
    ]
    assert [i.name for i in ranked(results)[:3]] == ["服务贸易", "管网", "场馆"]
    assert [i.name for i in ranked([*results, *plan])[:4]] == ["工业增加值", "管网", "服务贸易", "场馆"]


def test_what_the_gate_holds_back_is_not_ranked() -> None:
    whole = make_indicator(0, "进出口总额", "1046.3")
    held = make_indicator(1, "出口总额", held_back="单位与指标不相称")
    assert ranked([whole, held]) == [whole]


# -- compared with the figures that a reader marked as headlines


def is_the_same(i: Indicator, label: dict[str, Any]) -> bool:
    """Whether an indicator is the figure that the reader labelled: same value, kind and unit, similar text."""
    if i.value != label["value"] or (i.kind == "rank") != (label["kind"] == "rank"):
        return False
    if i.kind != "rank" and i.unit not in ("", label["unit"]):
        return False
    return i.quote in label["quote"] or label["quote"] in i.quote or i.name[:6] in label["name"]


def test_at_least_20_of_26_marked_headlines_are_among_the_30_highest_scores(shared: Path) -> None:
    lines = (shared / "gold" / "gongshu-2024" / "figures.jsonl").read_text(encoding="utf-8").splitlines()
    headlines = [label for label in map(json.loads, lines) if label["headline"] and not label["duplicate_of"]]
    assert len(headlines) == 26
    reading = report_reader.read_file(shared / "reports" / "gongshu-2024.md", ROOT / "vocabulary").reading
    first = ranked(reading.indicators)[:30]
    missed = [label["name"] for label in headlines if not any(is_the_same(i, label) for i in first)]
    assert len(headlines) - len(missed) >= 20, missed
