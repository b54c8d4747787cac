"""Tests of the page of a place, year by year: promises beside what the next report says, series, and the ways to and from it."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import cache

import pytest

from tests.conftest import ROOT
from tests.page_html import page_html
from tests.planned_years import PAGE, SLUG, publication
from tests.vocabularies import vocabularies
from tests.website.collections import publication as publication_of
from tests.website.collections import reading
from workreport.build import place_comparison
from workreport.model import Publication, UnitName
from workreport.project.progress import no_progress
from workreport.project.settings import Settings
from workreport.website.addresses import markdown
from workreport.website.pages import render, report_of
from workreport.website.pages.views.compared_place import ComparedPlace, compared_places, told_figure
from workreport.website.pages.views.place_pairs import PairYear, pair_years, theme_chips
from workreport.website.pages.views.place_series import SeriesView, does_not_follow, series_views, told_of_year

WORDS = ("达到", "超过", "未达到", "口径不同，不可比", "下年报告未写")


@cache
def docs(*, verdicts: bool) -> dict[str, str]:
    return render(publication(), Settings(verdicts=verdicts), ROOT / "templates")


def place(*, verdicts: bool = False) -> ComparedPlace:
    made = publication()
    return next(compared_places(made.places, tuple(map(report_of, made.readings)), verdicts=verdicts))


def years(*, verdicts: bool = False) -> dict[str, PairYear]:
    return {year.anchor: year for year in pair_years(place(verdicts=verdicts), PAGE)}


def series(*, drawn: bool) -> dict[str, SeriesView]:
    return {one.name: one for one in series_views(place(), PAGE, drawn=drawn)}


def test_pairs_stand_year_by_year_with_both_sentences_and_the_words_that_are_meant() -> None:
    found = years()
    assert list(found) == ["y2025", "y2024", "y2023"]
    beds = next(pair for group in found["y2024"].groups for pair in group.pairs if pair.name == "新增养老床位")
    assert beds.came is not None
    assert (beds.promised.report, beds.promised.figure, beds.promised.quote) == (
        "2024年报告",
        "300张",
        "新增养老床位300张",
    )
    assert (beds.came.report, beds.came.figure, beds.came.quote) == ("2025年报告", "310张", "新增养老床位310张")
    assert re.fullmatch(r"\.\./qinghe-2024/2/[^#]*index\.html#s[0-9a-f]{8}-f1", beds.promised.href)
    assert re.fullmatch(r"\.\./qinghe-2025/1/index\.html#s[0-9a-f]{8}-f1", beds.came.href)


def test_promise_without_a_result_stands_apart_and_nothing_is_said_of_the_report() -> None:
    found = years()["y2024"]
    assert [pair.promised.quote for pair in found.alone][-1:] == ["改造农村公路60公里"]
    assert found.alone_label == "没有配到下一年报告的句子"
    assert years(verdicts=True)["y2024"].alone_label == "下年报告未写"


def test_figures_that_cannot_be_compared_stand_only_in_their_sentences() -> None:
    of = place()
    pair = next(pair for pair in of.years.pairs if pair.verdict == "met")
    assert of.beside(pair, pair.target, PAGE).figure
    apart = of.beside(replace(pair, verdict="not comparable"), pair.target, PAGE)
    assert apart == replace(of.beside(pair, pair.target, PAGE), figure="")


def test_verdicts_are_said_only_where_they_are_wanted_and_never_of_a_target_of_about() -> None:
    def words(year: str, *, verdicts: bool) -> dict[str, str]:
        return {p.name: p.word for group in years(verdicts=verdicts)[year].groups for p in group.pairs}

    assert set(words("y2024", verdicts=False).values()) == {""}
    told = words("y2024", verdicts=True)
    assert told == {"地区生产总值": "达到", "新增养老床位": "超过", "城镇新增就业": "未达到"}
    unsure = replace(publication().places[0].pairs[1], verdict="not met", sure=False)
    assert place(verdicts=True).word(unsure) == ""


@pytest.mark.parametrize("verdicts", [False, True])
def test_no_word_of_a_verdict_stands_on_any_page_unless_wanted(verdicts: bool) -> None:
    found = {
        word for name, text in docs(verdicts=verdicts).items() for word in re.findall(r"\[([^]]*)\]\{\.verdict\}", text)
    }
    assert found == ({"达到", "超过", "未达到", "下年报告未写"} if verdicts else set())
    if not verdicts:
        assert not [name for name, text in docs(verdicts=False).items() for word in WORDS[2:] if word in text]


def test_themes_can_be_chosen_and_have_one_anchor_each() -> None:
    chips = list(theme_chips(place()))
    (of_site,) = publication().places
    assert sum(count for _, _, count in chips) == len(of_site.pairs) + len(of_site.series)
    html = page_html(docs(verdicts=False)[markdown(PAGE)])
    for anchor, _, _ in chips:
        assert html.count(f'id="{anchor}"') == 1, anchor
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))


def test_series_show_levels_beside_changes_from_zero_and_a_gap_for_a_missing_year() -> None:
    found = series(drawn=True)
    gdp = found["地区生产总值"]
    assert [(p.year, p.told) for p in gdp.points] == [
        ("2022年", "突破110亿元，增长 4%"), ("2023年", "120亿元，增长 5%"), ("2024年", "128亿元，增长 5.5%"), ("2025年", "125亿元，下降 1.5%"),
    ]  # fmt: skip
    assert gdp.unit == "亿元"
    assert [p.about for p in gdp.points] == [True, False, False, False]
    assert [p.level.bar.length for p in gdp.points if p.level] == ["85.94", "93.75", "100", "97.66"]
    assert [p.change.value for p in gdp.points if p.change] == ["4", "5", "5.5", "-1.5"]
    grain = found["粮食总产量"]
    assert [(p.year, p.told, p.level is None) for p in grain.points] == [
        ("2022年", "12万吨", False), ("2023年", "12.5万吨", False), ("2024年", "", True), ("2025年", "13万吨", False),
    ]  # fmt: skip
    assert not grain.changes
    assert list(series(drawn=False)) == ["改造老旧小区"]


def test_pictures_of_a_series_are_made_of_the_table_beside_them() -> None:
    html = page_html(docs(verdicts=False)[markdown(PAGE)])
    grain = html[html.index('id="series-grain-output"') :].partition("</table>")[0]
    drawn = grain.partition("<table")[0]
    assert re.findall(r'<text class="told"[^>]*>([^<]*)<', drawn) == ["12", "12.5", "13"]
    assert re.findall(r'<text class="year"[^>]*>([^<]*)<', drawn) == ["2022", "2023", "2024", "2025"]
    assert drawn.count('class="gap"') == 1
    assert '<tr class="gap"><th scope="row">2024年</th><td>—</td><td></td></tr>' in grain
    falls = html[html.index('id="series-gdp"') :].partition("</table>")[0]
    assert ">−1.5<" in falls
    zero = re.findall(r'class="zero" x1="0" x2="100%" y1="([^"]+)"', falls)
    assert zero == ["100%", "78.57%"]


def test_cards_have_the_figure_of_the_year_before_and_lead_to_the_series() -> None:
    front = docs(verdicts=False)["qinghe-2025/index.md"]
    assert f"[2023年 120亿元，增长 5%](../{SLUG}/index.md#series-gdp){{.year-before}}" in front
    assert f"[各年对照](../{SLUG}/index.md){{.button .other-reports}}" in front
    assert "year-before" not in docs(verdicts=False)["qinghe-2023/index.md"]


def test_promises_have_what_the_next_report_says_of_them() -> None:
    page = docs(verdicts=False)["qinghe-2024/promises/index.md"]
    ticket = page[page.index("## 养老") :].partition("{.promise-list")[0]
    assert "[2025年报告]{.where} [**310张** [新增养老床位310张]{.stated}。](../../qinghe-2025/1/index.md#" in ticket
    assert f"](../../{SLUG}/index.md#y2024)" in page
    assert "{.came}" not in docs(verdicts=False)["qinghe-2026/promises/index.md"]
    assert "[下年报告未写]{.verdict} {.came}" in docs(verdicts=True)["qinghe-2024/promises/index.md"]


def test_site_without_reports_of_several_years_has_no_such_page() -> None:
    alone = Publication(publication().readings[:1])
    made = render(alone, Settings(), ROOT / "templates")
    assert markdown(PAGE) not in made
    assert not [name for name, text in made.items() if name.endswith(".md") and "各年对照" in text]


@pytest.mark.parametrize(
    ("before", "now", "change", "breaks"),
    [
        ("6712", "5870", "3.5", True),  # it fell, and the report says that it grew
        ("100", "98", "1.5", False),  # prices may do as much
        ("100", "140", "10", True),
        ("100", "118", "6", False),  # years of high prices
        ("-3", "5", "10", False),
        ("128", "125", "-1.5", False),
    ],
)
def test_level_that_does_not_follow_on_the_one_before_is_a_break(
    before: str, now: str, change: str, breaks: bool
) -> None:
    assert does_not_follow(Decimal(before), Decimal(now), Decimal(change)) is breaks


def test_break_is_told_in_the_table_and_drawn_between_the_columns() -> None:
    gdp = publication().places[0].series[0]
    reading = next(r for r in publication().readings if r.meta.slug == "qinghe-2025")
    broken = tuple(
        i._replace(number=Decimal(98)) if i.measure == "gdp" and i.status == "result" else i for i in reading.indicators
    )
    assert gdp.measure == "gdp"
    changed = replace(reading, found=replace(reading.found, indicators=broken))
    readings = tuple(changed if r is reading else r for r in publication().readings)
    made = render(replace(publication(), readings=readings), Settings(), ROOT / "templates")[markdown(PAGE)]
    assert "[128亿元，增长 5.5%]" in made
    assert made.count("[与上年的数接不上]{.reason}") == 2
    html = page_html(made)
    assert '<line class="series-break"' in html
    assert "与上年的数接不上" not in docs(verdicts=False)[markdown(PAGE)]


def test_estimate_of_the_report_is_told_as_one_beside_its_figure() -> None:
    of = place()
    found = [i for i in of.indicators.values() if i.status == "result" and i.number is not None]
    level = next(i for i in found if i.kind == "level" and i.growth)._replace(estimated=True)
    change = level._replace(
        kind="growth", value="5.5", number=Decimal("5.5"), unit=UnitName("%"), growth=None, approx=None
    )
    assert told_figure(level) == f"预计 {told_figure(level._replace(estimated=False))}"
    assert told_of_year(level) == f"预计 {told_of_year(level._replace(estimated=False))}"
    assert told_of_year(change) == "预计 增长 5.5%"


def test_unit_of_a_picture_leaves_out_what_makes_a_ratio_one_to_one() -> None:
    of = place()
    gdp = next(series for series in of.years.series if series.measure == "gdp")
    key = gdp.points[-1].stated.report, gdp.points[-1].stated.indicator
    of.indicators[key] = of.indicators[key]._replace(unit=UnitName(":1"))
    shown = {one.name: one for one in series_views(of, PAGE, drawn=True)}
    assert shown[gdp.name].unit == ""


WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
REVIEW = "地区生产总值达到{}亿元，增长5%。粮食总产量{}万吨。"


def of_years(*years: int) -> Publication:
    """The reports of these years of one county, with what they say of each other."""
    made = publication_of(
        *(
            reading("青禾县", year, REVIEW.format(year - 1900, str(year - 1980).translate(WIDE)), code="330122")
            for year in years
        )
    )
    places = place_comparison.compared_places(made.readings, ROOT / "vocabulary", vocabularies().measures, no_progress)
    return replace(made, places=places)


def test_place_without_reports_of_two_years_in_a_row_says_so_and_shows_what_is_there() -> None:
    page = render(of_years(1999, 2006, 2014), Settings(), ROOT / "templates")["qinghe-330122/index.md"]
    assert "本站没有这个地方相邻两年的报告，所以没有承诺可以对照。" in page
    assert page.index("## 各年报告") < page.index("## 历年数字")
    assert "承诺，" not in page.partition("---\n\n")[2]
    table = page[page.index("### 地区生产总值") :].partition("{.series-chart")[0]
    assert re.findall(r"^\| (\S+年) \| (?:\[(\S+?亿元)|(—))", table, flags=re.MULTILINE) == [
        ("1998年", "99亿元", ""), ("1999—2004年", "", "—"), ("2005年", "106亿元", ""), ("2006—2012年", "", "—"), ("2013年", "114亿元", ""),
    ]  # fmt: skip
    assert "[34万吨](" in page
    drawn = page_html(page)
    assert re.findall(r'<text class="year"[^>]*>([^<]*)<', drawn)[:5] == ["1998", "…", "2005", "…", "2013"]


def test_place_with_reports_of_two_years_that_promise_nothing_says_so() -> None:
    page = render(of_years(2013, 2014), Settings(), ROOT / "templates")["qinghe-330122/index.md"]
    assert "相邻两年的报告里没有读出可以对照的承诺。" in page
