"""Tests the length of bars, which bars are cut, and which indicators have a change or share in per cent."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workreport.model import Growth, Indicator, split_unit
from workreport.website.bars import ROOM, change, scale

VALUES = st.lists(
    st.decimals(-10_000, 10_000, allow_nan=False, allow_infinity=False, places=2), min_size=1, max_size=20
)


def made(kind: str, number: str | None, unit: str, growth: Growth | None = None) -> Indicator:
    known = Decimal(number) if number else None
    return Indicator(
        "s1-f1", "投资", kind, "result", number or "", known, None, unit, None, "s1", "1", "", 0, 0, growth
    )


@given(VALUES)
def test_bars_are_inside_the_chart_and_longer_for_greater_values(values: list[Decimal]) -> None:
    one = scale(values)
    bars = [one.bar(value) for value in values]
    for value, bar in zip(values, bars, strict=True):
        start, length = Decimal(bar.start), Decimal(bar.length)
        assert start >= 0
        assert length >= 0
        assert start + length <= ROOM + Decimal("0.01")
        assert bar.falls == (value < 0)
    uncut = [(abs(value), Decimal(bar.length)) for value, bar in zip(values, bars, strict=True) if not bar.cut]
    for size, length in uncut:
        for larger, longer in uncut:
            assert size >= larger or length <= longer


def test_bar_of_an_outlier_is_cut_at_the_edge_and_is_longer_than_any_whole_bar() -> None:
    one = scale(map(Decimal, ("5.1", "5.5", "19.1", "175.02")))
    assert one.bar(Decimal("175.02")).cut
    assert one.bar(Decimal("175.02")).length == "100"
    assert not one.bar(Decimal("19.1")).cut
    assert one.bar(Decimal("19.1")).length == "83.33"


def test_bars_on_both_sides_of_zero_keep_one_scale_where_those_of_one_side_are_cut() -> None:
    one = scale(map(Decimal, ("-4", "-5", "5", "90")))
    assert one.bar(Decimal(-5)).length == one.bar(Decimal(5)).length
    assert (one.bar(Decimal(-5)).cut, one.bar(Decimal(90)).cut) == (False, True)


@pytest.mark.parametrize(
    ("values", "cut"),
    [
        (("1", "100"), ()),  # the median of two is half their sum
        (("5", "6", "100"), ("100",)),
        (("2", "4", "5", "12"), ()),
        (("2", "4", "5", "-14"), ("-14",)),
        (("-2", "-4", "-5", "-40"), ("-40",)),
        (("0", "0", "0", "9"), ()),  # what did not change sets no measure
    ],
)
def test_bar_longer_than_three_times_the_median_is_cut(values: tuple[str, ...], cut: tuple[str, ...]) -> None:
    one = scale(map(Decimal, values))
    assert [value for value in values if one.bar(Decimal(value)).cut] == list(cut)


@pytest.mark.parametrize(
    ("indicator", "value"),
    [
        (made("level", "8", "亿元", Growth("5.1", Decimal("5.1"), "%", "同比", "up")), "5.1"),
        (made("level", "8", "亿元", Growth("1.5", Decimal("1.5"), "%", None, "down")), "-1.5"),
        (made("level", "8", "亿元", Growth("2", Decimal(2), "成", None, "up")), "20"),
        (made("level", "8", "亿元", Growth("3", Decimal(3), "个百分点", None, "up")), None),
        (made("growth", "-2.2", "%"), "-2.2"),
        (made("share", "94", "%"), None),
    ],
)
def test_change_is_in_per_cent_and_none_for_other_units_and_kinds(indicator: Indicator, value: str | None) -> None:
    assert change(indicator) == (Decimal(value) if value else None)


@pytest.mark.parametrize(
    ("unit", "plain"),
    [
        ("万家", ("家", 4)),
        ("万亿元", ("元", 12)),
        ("亿美元", ("美元", 8)),
        ("个百分点", ("个百分点", 0)),
        ("", ("", 0)),
    ],
)
def test_split_unit_returns_unit_and_power_of_ten(unit: str, plain: tuple[str, int]) -> None:
    assert split_unit(unit) == plain
