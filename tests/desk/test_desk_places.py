"""What reports of two years say of each other is paired, parted and hidden on the desk, in `places/<place>/series.toml` as by hand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.desk.desk_client import REPORT, DeskClient, fields
from workreport.comparison.place_edits import PlaceRules
from workreport.desk.desk_places import compared, places
from workreport.desk.place_pages import reference
from workreport.model.place_years import PlaceYears
from workreport.project import place_settings

LATER = (
    REPORT.replace("2024年", "2025年").replace("2023年", "2024年").replace("第二次会议", "第三次会议")
    .replace("地区生产总值120亿元，增长6.1%。", "地区生产总值128亿元，增长6.3%。")
    .replace("新增规上企业12家。", "新增规上企业15家。新建幼儿园3所，改造老旧小区9个。建成高标准农田2万亩。")
)  # fmt: skip
"""The report of the year after, which tells what came of the promises."""


@pytest.fixture
def two(desk: DeskClient) -> DeskClient:
    """A desk with reports of two years."""
    desk.finished(desk.add("b.txt", LATER.encode()))
    return desk


def place_of(desk: DeskClient) -> str:
    (found,) = places(desk.desk)
    return found.slug


def shown(desk: DeskClient) -> PlaceYears:
    return compared(desk.desk, place_of(desk)).shown


def rules(desk: DeskClient) -> PlaceRules:
    return place_settings.place_rules(desk.desk.need_root(), place_of(desk))


def form_of(desk: DeskClient, address: str) -> dict[str, str]:
    """Return the form of a page, with the choice that is made there."""
    page = desk.page(address)
    chosen = re.search(r'name="what" value="(\w+)" checked', page)
    assert chosen
    return {**fields(page, "/save"), "what": chosen[1]}


def promise(desk: DeskClient, words: str) -> str:
    """Return the address of a promise."""
    pair = next(p for p in shown(desk).pairs if words in p.target.quote)
    return f"/places/{place_of(desk)}/pair/{reference(pair.target).replace('#', '/')}"


def test_one_report_has_nothing_to_compare(desk: DeskClient) -> None:
    assert "还没有。" in desk.page("/places")
    assert desk.get("/places/qinghe").status_code == 400


def test_pairs_and_series_are_listed_with_both_sentences(two: DeskClient) -> None:
    assert "青禾县" in two.page("/places")
    page = two.page(f"/places/{place_of(two)}")
    known = shown(two)
    assert known.pairs
    assert known.series
    for pair in known.pairs:
        assert pair.target.quote in page
    for series in known.series:
        assert series.name in page


def test_promise_is_parted_and_the_row_taken_away_again(two: DeskClient) -> None:
    file = two.desk.need_root() / place_settings.place_file(place_of(two))
    before = file.read_bytes()
    address = promise(two, "幼儿园")
    assert next(p for p in shown(two).pairs if "幼儿园" in p.target.quote).result
    two.post(f"{address}/save", **{**form_of(two, address), "what": "part", "note": "不是一回事"})
    (rule,) = rules(two).pair
    assert (rule.part, rule.note) == (True, "不是一回事")
    assert next(p for p in shown(two).pairs if "幼儿园" in p.target.quote).result is None
    two.post(f"{address}/save", **{**form_of(two, address), "what": "keep"})
    assert rules(two).pair == ()
    for _ in range(2):
        two.post("/undo", step=str(two.last_step()))
    assert file.read_bytes() == before


def test_promise_gets_another_result_a_name_and_a_verdict(two: DeskClient) -> None:
    address = promise(two, "老旧小区")
    later = two.desk.read("qinghe-2025")
    other = next(i for i in later.indicators if "15家" in i.quote)
    form = {
        **form_of(two, address),
        "what": "join",
        "result": f"qinghe-2025#{other.id}",
        "name": "改造小区",
        "verdict": "超过",
    }
    two.post(f"{address}/save", **form)
    pair = next(p for p in shown(two).pairs if p.name == "改造小区")
    assert pair.result
    assert (pair.result.indicator, pair.verdict, pair.by) == (other.id, "exceeded", "publisher")
    assert form_of(two, address)["result"] == f"qinghe-2025#{other.id}"


def test_promise_is_hidden_and_shown_again(two: DeskClient) -> None:
    address = promise(two, "幼儿园")
    two.post(f"{address}/save", **{**form_of(two, address), "what": "hide"})
    assert not any("幼儿园" in p.target.quote for p in shown(two).pairs)
    page = two.page(f"/places/{place_of(two)}")
    assert "您隐去的" in page
    two.post(f"/places/{place_of(two)}/show", **fields(page, "/show"))
    assert rules(two).pair == ()


def test_series_is_renamed_and_hidden(two: DeskClient) -> None:
    series = next(s for s in shown(two).series if "生产总值" in s.name)
    address = f"/places/{place_of(two)}/series/{series.id}"
    two.post(f"{address}/save", **{**form_of(two, address), "name": "全县生产总值"})
    assert rules(two).series[0].name == "全县生产总值"
    two.post(f"{address}/save", **{**form_of(two, address), "what": "hide"})
    assert not any(s.id == series.id for s in shown(two).series)
    two.post(f"/places/{place_of(two)}/show", array="series", written=f"series-{series.id}")
    assert rules(two).series == ()


def test_figure_is_parted_from_its_series(two: DeskClient) -> None:
    series = next(s for s in shown(two).series if len(s.points) == 2)
    address = f"/places/{place_of(two)}/series/{series.id}"
    form: dict[str, object] = {**form_of(two, address), "part": reference(series.points[0].stated)}
    two.post(f"{address}/save", **form)
    assert rules(two).series[0].part == (reference(series.points[0].stated),)


def test_result_that_is_none_of_the_next_report_is_told(two: DeskClient) -> None:
    address = promise(two, "幼儿园")
    answer = two.post(f"{address}/save", **{**form_of(two, address), "what": "join", "result": "qinghe-2024#<i>"})
    assert answer.status_code == 200
    assert "不成样子" in answer.text
    assert "<i>" not in answer.text
    assert rules(two).pair == ()


def test_promise_changed_in_another_tab_is_told(two: DeskClient) -> None:
    address = promise(two, "幼儿园")
    form = form_of(two, address)
    two.post(f"{address}/save", **{**form, "what": "part"})
    answer = two.post(f"{address}/save", **{**form, "what": "hide"})
    assert "在别处改过" in answer.text
    assert rules(two).pair[0].part
    assert two.post(f"{address}/save", **{**fields(answer.text, "/save"), "what": "hide"}).status_code == 303
    assert rules(two).pair[0].hide


def test_broken_rules_are_told_on_the_page(two: DeskClient, tmp_path: Path) -> None:
    file = two.desk.need_root() / place_settings.place_file(place_of(two))
    file.write_text('[[pair]]\ntarget = "qinghe-2024#s0"\nhide = true\n', encoding="utf-8")
    answer = two.get(f"/places/{place_of(two)}")
    assert answer.status_code == 400
    assert "series.toml:2" in answer.text
