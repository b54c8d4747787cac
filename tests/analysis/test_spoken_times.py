"""The time that a card says: a part of the year, the several years of a yearly rate."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.mark.parametrize(
    ("text", "measure", "when"),
    [
        ("一季度地区生产总值增长5%，出口总额增长8%、增速居全省第2位。", "exports", "一季度"),
        ("一季度地区生产总值增长5%；全年出口总额增长8%。", "exports", ""),
        ("前三季度，粮食产量42万吨。", "grain-output", "前三季度"),
        ("经济稳中有进，1—11月出口总额增长8%。", "1—11月出口总额", ""),
        ("粮食产量42万吨，一季度开门红。", "grain-output", ""),
    ],
)
def test_figure_of_a_part_of_the_year_says_so(cards: Any, text: str, measure: str, when: str) -> None:
    assert cards(text)[measure].when == when


@pytest.mark.parametrize(
    ("text", "measure", "when", "over"),
    [
        ("五年来，出口总额年均增长8%。", "exports", "五年来", ""),
        ("过去五年，农业稳定。2023年粮食产量42万吨。出口总额平均每年增长8%。", "exports", "过去五年", ""),
        ("五年来，民生改善。2023年，居民人均可支配收入3.1万元，五年来年均增长6%。", "resident-income", "", "五年"),
        ("2023年，居民人均可支配收入3.1万元，同比增长6%。", "resident-income", "", ""),
        ("出口总额五年年均增长8%。", "exports", "", ""),
    ],
)
def test_yearly_rate_says_over_which_years_it_is(cards: Any, text: str, measure: str, when: str, over: str) -> None:
    card = cards(text)[measure]
    assert (card.when, card.over[:2]) == (when, over)


def test_rate_of_growth_that_is_planned_is_a_target_of_the_gross_product(cards: Any) -> None:
    aim = cards("地区生产总值120亿元，增长6%。", "经济增长速度8%。")["gdp"].target
    assert aim is not None
    assert (aim.kind, aim.value) == ("growth", "8")
