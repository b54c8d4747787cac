"""Reading quantities: numerals, ranges, units with 万 and 亿, approximators."""

from __future__ import annotations

from decimal import Decimal

import pytest

from workreport.analysis.numerals import numeral, plain, read, unit_at

UNITS = {
    "家": "庭",
    "人": "口才",
    "个": "体",
    "元": "",
    "%": "",
    "亩": "",
    "千瓦时": "",
    "平方米": "",
    "名": "",
    "个百分点": "",
}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("2091.5", "2091.5"), ("1,204", "1204"), ("7 4 7 7 2", "74772"), ("三十六点九", "36.9"), ("十二", "12"),
        ("两千零五十亿", "205000000000"), ("一千三百八十七亿四千万", "138740000000"), ("千", "1000"), ("二〇二三", "2023"), ("零", "0"),
    ],
)  # fmt: skip
def test_numeral_reads_digits_and_chinese_numerals(text: str, number: str) -> None:
    assert numeral(text) == Decimal(number)


@pytest.mark.parametrize("text", ["", "点五", "三点", "甲", "一甲"])
def test_numeral_is_none_for_text_that_is_no_number(text: str) -> None:
    assert numeral(text) is None


@pytest.mark.parametrize(
    ("text", "value", "unit", "approx", "number", "high"),
    [
        ("1.76万家", "1.76", "万家", None, "1.76", None),
        ("16万余名志愿者", "16", "万名", "余", "16", None),
        ("1000多个", "1000", "个", "多", "1000", None),
        ("6600多万纳税人", "6600", "万", "多", "6600", None),
        ("20万个以上", "20", "万个", "以上", "20", None),
        ("5%—5.5%", "5—5.5", "%", None, "5", "5.5"),
        ("5%-5.5%左右", "5-5.5", "%", "左右", "5", "5.5"),
        ("3至5个", "3至5", "个", None, "3", "5"),
        ("2.27:1", "2.27", ":1", None, "2.27", None),
        ("8100亿千瓦时", "8100", "亿千瓦时", None, "8100", None),
        ("1.64个百分点", "1.64", "个百分点", None, "1.64", None),
        ("14亿多人口", "14", "亿", "多", "14", None),
        ("12 家", "12", "家", None, "12", None),
        ("1/4", "1/4", "", None, "0.25", None),
        ("7", "7", "", None, "7", None),
    ],
)
def test_quantity_in_digits_has_value_unit_approximator_number_and_upper_end(
    text: str, value: str, unit: str, approx: str | None, number: str, high: str | None
) -> None:
    quantity = read(text, 0, UNITS)
    assert quantity is not None
    assert (quantity.value, quantity.unit, quantity.approx) == (value, unit, approx)
    assert quantity.number == Decimal(number)
    assert quantity.high == (Decimal(high) if high else None)
    assert quantity.start == 0


@pytest.mark.parametrize(
    ("text", "value", "unit", "number"),
    [
        ("百分之五", "五", "%", "5"), ("百分之三十六点九", "三十六点九", "%", "36.9"), ("千分之三", "三", "‰", "3"),
        ("千亿元", "千", "亿元", "1000"), ("万亿元", "万", "亿元", "10000"), ("三百亿元", "三百", "亿元", "300"),
        ("六百五十亿二千万元", "六百五十亿二千万", "元", "65020000000"), ("五十一个", "五十一", "个", "51"),
    ],
)  # fmt: skip
def test_quantity_in_chinese_numerals_has_value_unit_and_number(text: str, value: str, unit: str, number: str) -> None:
    quantity = read(text, 0, UNITS)
    assert quantity is not None
    assert (quantity.value, quantity.unit, quantity.number) == (value, unit, Decimal(number))


def test_fraction_in_chinese_numerals_has_a_number() -> None:
    quantity = read("三分之一", 0, UNITS)
    assert quantity is not None
    assert quantity.value == "三分之一"
    assert quantity.number is not None
    assert round(quantity.number, 4) == Decimal("0.3333")


def test_range_in_chinese_numerals_has_both_ends() -> None:
    quantity = read("百分之十到二十", 0, UNITS)
    assert quantity is not None
    assert (quantity.number, quantity.high) == (Decimal(10), Decimal(20))


@pytest.mark.parametrize("text", ["家", "", "约5"])
def test_read_is_none_if_the_text_does_not_start_with_a_digit(text: str) -> None:
    assert read(text, 0, UNITS) is None


def test_unit_is_not_read_before_a_character_that_makes_it_another_word() -> None:
    assert unit_at("万家庭", 0, UNITS) == ("万", None, 1)
    assert unit_at("万家企业", 0, UNITS) == ("万家", None, 2)


def test_plain_replaces_character_by_character_so_positions_do_not_change() -> None:
    text = "达到３３．５萬億元，增長８．７％（２０１０年）"
    assert len(plain(text)) == len(text)
    assert plain(text) == "达到33.5万亿元，增长8.7%（2010年）"


def test_a_long_run_of_digits_is_one_quantity() -> None:
    quantity = read("9" * 5000 + "家", 0, UNITS)
    assert quantity is not None
    assert quantity.end == 5001
