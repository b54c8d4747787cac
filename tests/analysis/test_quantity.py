"""Reading quantities: numerals, ranges, units with 万 and 亿, approximators; and the copy of a text that is read."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest

from workreport.analysis.numerals import ReadingCopy, UnitTable, numeral, plain, read, unit_at

UNITS = UnitTable.of(
    {
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
)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("2091.5", "2091.5"), ("1,204", "1204"), ("7 4 7 7 2", "74772"), ("三十六点九", "36.9"), ("十二", "12"),
        ("两千零五十亿", "205000000000"), ("一千三百八十七亿四千万", "138740000000"), ("千", "1000"), ("二〇二三", "2023"), ("零", "0"),
        ("廿四", "24"), ("卅", "30"), ("一百零五", "105"), ("一百五", "150"), ("一万二", "12000"), ("四百十七", "417"),
    ],
)  # fmt: skip
def test_numeral_reads_digits_and_chinese_numerals(text: str, number: str) -> None:
    assert numeral(text) == Decimal(number)


@pytest.mark.parametrize("text", ["", "点五", "三点", "甲", "一甲", "百十", "千百", "三四", "三万五万", "五三百"])
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


@pytest.mark.parametrize(
    ("text", "value", "unit", "number", "high"),
    [
        ("3万4000个", "3万4000", "个", "34000", None),
        ("12亿8千万元", "12亿8千万", "元", "1280000000", None),
        ("4万60周岁", "4", "万", "4", None),
        ("3千万元", "3", "千万元", "3", None),
        ("50亿—60亿元", "50—60", "亿元", "50", "60"),
        ("8000万至1亿元", "8000万至1亿", "元", "80000000", "100000000"),
        ("-5%—-3%", "-5—-3", "%", "-5", "-3"),
        ("三四万人", "三四", "万人", "3", "4"),
        ("七八千个", "七八千", "个", "7000", "8000"),
        ("百分之八十以上", "八十", "%", "80", None),
        ("百分之负二", "负二", "%", "-2", None),
        ("9.2/10万", "9.2", "/10万", "9.2", None),
        ("两个亿，", "两", "亿", "2", None),
        ("3个亿元项目", "3", "个", "3", None),
        ("一百万千瓦时", "一百", "万千瓦时", "100", None),
    ],
)
def test_quantity_has_one_reading_in_every_spelling(
    text: str, value: str, unit: str, number: str, high: str | None
) -> None:
    quantity = read(text, 0, UNITS)
    assert quantity is not None
    assert (quantity.value, quantity.unit) == (value, unit)
    assert (quantity.number, quantity.high) == (Decimal(number), Decimal(high) if high else None)


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("收入 2 684.83 亿元", "收入2684.83亿元"),
        ("增长\u00a05\u200b.6\u2009%", "增长5.6%"),
        ("PM2.5 26微克", "PM2.5 26微克"),
        ("产量1 5 .3 %", "产量15.3%"),
        ("2. 5家企业", "2. 5家企业"),
        ("3，120元，12家", "3,120元，12家"),
        ("企业¹²68家，面积3m²，6×10⁴吨", "企业68家，面积3m²，6×10⁴吨"),
        ("增加值（1）56亿元（2家）", "增加值56亿元（2家）"),
        ("稳增长　全年", "稳增长　全年"),
    ],
)
def test_reading_copy_leaves_out_what_no_figure_needs(written: str, text: str) -> None:
    assert ReadingCopy.of(written).text == text


def test_reading_copy_leads_back_to_the_exact_characters() -> None:
    written = "企业[5]达到1\u00a0204 家。"
    copy = ReadingCopy.of(written)
    assert copy.text == "企业达到1204家。"
    start, end = copy.source(copy.text.index("1204"), copy.text.index("家"))
    assert written[start:end] == "1\u00a0204"
    assert copy.notes == 1


@pytest.mark.parametrize(
    "unit", ["1", "1 ", "百分之", "分之", "万", "3万4千", "-", "[5]", "一", "三四", "几百", "1，234", "\u200b5"]
)
def test_reading_a_hostile_text_takes_linear_time(unit: str) -> None:
    def seconds(length: int) -> float:
        text = (unit * length)[:length]
        begin = time.process_time()
        for at in range(0, length, 800):
            copy = ReadingCopy.of(text[at : at + 800]).text
            for place in range(0, len(copy), 20):
                read(copy, place, UNITS)
        return time.process_time() - begin

    assert seconds(16_000) < max(8 * seconds(4_000), 1)
