"""How the figure of an indicator and its change are shown: digits, signs, arrows."""

from __future__ import annotations

from decimal import Decimal

import pytest

from workreport.model import Growth, Indicator, Status, UnitName
from workreport.website.pages.figure_views import rise_of, shown_change, shown_figure


def change(
    status: Status, value: str, number: str, quote: str, name: str = "地区生产总值", high: str = "", approx: str = ""
) -> Indicator:
    upper = Decimal(high) if high else None
    base = "年均" if "年均" in quote else None
    unit = UnitName("%")
    return Indicator(
        "f", name, "growth", status, value, Decimal(number), upper, unit, approx or None, "s", "1", quote, 0, len(quote),
        growth_base=base,
    )  # fmt: skip


def told(indicator: Indicator) -> tuple[str, str, str]:
    figure, moved = shown_figure(indicator), shown_change(indicator)
    assert figure is not None
    return figure.text, moved.arrow if moved else "", moved.words if moved else ""


@pytest.mark.parametrize(
    ("indicator", "expected"),
    [
        (change("result", "6", "6", "地区生产总值增长6%"), ("+6%", "▲", "增长")),
        (change("target", "6", "6", "地区生产总值增长6%"), ("6%", "", "增长")),
        (change("target", "5—5.5", "5", "地区生产总值增长5—5.5%", high="5.5"), ("5—5.5%", "", "增长")),
        (change("target", "3", "3", "涨幅控制在3%以内", "居民消费价格涨幅", approx="以内"), ("3%以内", "", "")),
        (change("target", "2", "2", "居民消费价格上涨2%", "居民消费价格"), ("2%", "", "上涨")),
        (change("target", "2", "2", "CPI涨幅2%", "CPI"), ("2%", "", "涨幅")),
        (change("target", "7", "7", "地区生产总值年均增长7%"), ("7%", "", "年均增长")),
        (change("target", "3", "-3", "能耗下降3%", "能耗"), ("−3%", "", "下降")),
        (change("result", "五十一", "51", "产量增长百分之五十一", "产量"), ("+51%", "▲", "增长")),
        (change("result", "5", "5", "投资增速5%", "投资增速"), ("+5%", "▲", "")),
        (change("result", "5", "5", "投资年均增速5%", "投资年均增速"), ("+5%", "▲", "年均")),
        (change("result", "5", "-5", "药价平均降幅5%", "药价平均降幅"), ("5%", "▼", "")),
    ],
)
def test_what_is_planned_has_neither_plus_nor_arrow(indicator: Indicator, expected: tuple[str, str, str]) -> None:
    assert told(indicator) == expected


def test_verb_of_a_planned_rise_is_the_one_of_the_report() -> None:
    assert rise_of(change("target", "2", "2", "居民收入提高2%", "居民收入")) == "提高"
    assert rise_of(change("result", "2", "2", "居民收入提高2%", "居民收入")) == ""


def test_prices_whose_target_has_no_verb_rise_and_do_not_grow() -> None:
    target = change("target", "2", "2", "CPI2%左右", "CPI", approx="左右")
    assert (rise_of(target), rise_of(target._replace(measure="cpi"))) == ("增长", "上涨")


def test_prices_rise_and_do_not_grow() -> None:
    risen = change("result", "2", "2", "居民消费价格上升2%", "居民消费价格")._replace(measure="cpi", growth_base="同比")
    assert told(risen) == ("+2%", "▲", "同比上涨")


def test_change_beside_an_amount_has_its_word_of_approximation() -> None:
    grown = Growth("1", Decimal(1), UnitName("倍"), None, "up", "近")
    assert grown.phrase == "增长 近1倍"


def test_change_beside_an_amount_is_in_digits_where_its_unit_is_per_cent() -> None:
    grown = Growth("五十一", Decimal(51), UnitName("%"), "一九六四年", "up")
    doubled = Growth("一", Decimal(1), UnitName("倍"), None, "up")
    words = []
    for growth in (grown, doubled):
        i = Indicator(
            "f", "产量", "level", "result", "9", Decimal(9), None, UnitName("吨"), None, "s", "1", "产量9吨", 0, 4, growth
        )  # fmt: skip
        moved = shown_change(i)
        assert moved is not None
        words.append(moved.words)
    assert words == ["比一九六四年 +51%", "增长 一倍"]
