"""The table of figures: what is chosen for the front page, hidden, renamed and corrected stands in `indicators.toml` as by hand."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from tests.desk.desk_client import ORIGIN, REPORT, DeskClient, fields, project_with_report
from workreport.analysis.overrides import Rules
from workreport.model import Indicator
from workreport.project import report_settings

FIGURES, FIGURE = "/report/qinghe-2024/figures", "/report/qinghe-2024/figure"


def cards(page: str) -> list[str]:
    """Return the ids of the cards on a page, in their order."""
    return re.findall(r'name="card" value="([^"]+)"', page)


def seen(page: str) -> str:
    """Return the list of the file as the page shows it."""
    found = re.search(r'name="seen" value="([^"]*)"', page)
    assert found
    return html.unescape(found[1])


def moved(desk: DeskClient, page: str, **button: str) -> str:
    """Send the form of the cards of a page with a button, and return the address that follows."""
    return desk.post(f"{FIGURES}/front", seen=seen(page), card=cards(page), **button).headers["Location"]


def rules(home: Path) -> Rules:
    return report_settings.indicators(home)


def named(desk: DeskClient, name: str) -> Indicator:
    """Return the indicator with this name."""
    reading = desk.desk.read("qinghe-2024")
    return next(i for i in (*reading.indicators, *reading.found.hidden) if i.name == name)


def test_table_has_every_figure_with_the_words_that_state_it(desk: DeskClient) -> None:
    page = desk.page(FIGURES)
    reading = desk.desk.read("qinghe-2024")
    shown = re.findall(r'<tr id="([^"]+)"', page)
    assert shown == [i.id for i in reading.indicators]
    for i in reading.indicators:
        row = re.search(rf'<tr id="{i.id}">[\s\S]*?</tr>', page)
        assert row
        assert f"<mark>{i.quote}</mark>" in row[0]
        assert html.unescape(re.sub(r"<[^>]+>", "", re.findall(r'class="words">(.*?)</p>', row[0])[0])) in REPORT


def test_cards_go_up_and_down_and_come_off(desk: DeskClient, home: Path) -> None:
    page = desk.page(FIGURES)
    first, second, third, *rest = cards(page)
    assert moved(desk, page, up=third) == f"{FIGURES}?card={third}&by=up&notice=saved"
    assert rules(home).front == (first, third, second, *rest)
    page = desk.page(f"{FIGURES}?card={third}&by=up")
    assert re.search(rf'name="up" value="{third}"[^>]* autofocus', page)
    moved(desk, page, down=first)
    page = desk.page(FIGURES)
    assert cards(page) == [third, first, second, *rest]
    moved(desk, page, off=first)
    assert rules(home).front == (third, second, *rest)
    text = (home / "indicators.toml").read_text(encoding="utf-8")
    assert "# 首页只放这几张卡片，按这个顺序。\nfront = [" in text
    moved(desk, desk.page(FIGURES), reset="all")
    assert rules(home).front == ()
    assert cards(desk.page(FIGURES)) == [first, second, third, *rest]


def test_order_that_was_dragged_is_written(desk: DeskClient, home: Path) -> None:
    page = desk.page(FIGURES)
    wanted = cards(page)[::-1]
    desk.post(f"{FIGURES}/front", seen=seen(page), card=wanted)
    assert list(rules(home).front) == wanted


def test_last_card_stays(desk: DeskClient, home: Path) -> None:
    one = cards(desk.page(FIGURES))[0]
    answer = desk.post(f"{FIGURES}/front", seen="[]", card=[one], off=one)
    assert answer.headers["Location"].endswith("notice=least#front")
    assert rules(home).front == ()


def test_card_that_the_report_has_not_is_refused(desk: DeskClient, home: Path) -> None:
    answer = desk.post(f"{FIGURES}/front", seen="[]", card=["s00000000-f1", "</title>"])
    assert answer.status_code == 400
    assert "没有编号为 s00000000-f1 的指标" in answer.text
    assert rules(home) == Rules()


def test_order_changed_elsewhere_is_told_and_not_overwritten(desk: DeskClient, home: Path) -> None:
    page = desk.page(FIGURES)
    first, second, *_ = cards(page)
    text = (home / "indicators.toml").read_text(encoding="utf-8")
    (home / "indicators.toml").write_text(f'front = ["{second}"] # 手写\n{text}', encoding="utf-8")
    assert "notice=elsewhere" in moved(desk, page, down=first)
    assert rules(home).front == (second,)
    assert "在别处" in desk.page(f"{FIGURES}?notice=elsewhere")


def test_cards_can_be_moved_after_the_sentence_of_one_was_corrected(desk: DeskClient, home: Path) -> None:
    """Its figure has another id then, and the file the former one."""
    moved(desk, desk.page(FIGURES), down=cards(desk.page(FIGURES))[0])
    reading = desk.desk.read("qinghe-2024")
    first = next(i for i in reading.indicators if i.id == cards(desk.page(FIGURES))[0])
    sentence = reading.sentences[first.sentence].text
    changed = f'[[repair]]\nbefore = "{sentence}"\nafter = "{sentence[:-1]}！"\nreason = "来源误排"\n'
    (home / "repairs.toml").write_text(changed, encoding="utf-8")
    page = desk.page(FIGURES)
    assert cards(page)[0] != first.id
    order = cards(page)
    assert "notice=saved" in moved(desk, page, down=order[0])
    assert cards(desk.page(FIGURES))[:2] == [order[1], order[0]]


def test_figure_of_the_table_comes_on_the_front_and_off_again(desk: DeskClient, home: Path) -> None:
    other = next(
        row for row in re.findall(r'<tr id="([^"]+)"', desk.page(FIGURES)) if row not in cards(desk.page(FIGURES))
    )
    desk.post(f"{FIGURES}/on-front", id=other, show="all", q="")
    assert rules(home).front[-1] == other
    desk.post(f"{FIGURES}/on-front", id=other, show="all", q="")
    assert other not in rules(home).front


def test_hidden_figure_loses_its_card_and_comes_back(desk: DeskClient, home: Path) -> None:
    page = desk.page(FIGURES)
    first, *rest = cards(page)
    moved(desk, page, down=first)
    answer = desk.post(f"{FIGURES}/hide", id=first, show="all", q="产值")
    assert answer.headers["Location"] == f"{FIGURES}?show=all&q=%E4%BA%A7%E5%80%BC&notice=saved#table"
    assert rules(home).hide == (first,)
    assert sorted(rules(home).front) == sorted(rest)
    assert re.findall(r'<tr id="([^"]+)"', desk.page(f"{FIGURES}?show=hidden")) == [first]
    desk.post(f"{FIGURES}/hide", id=first)
    assert rules(home).hide == ()


@pytest.mark.parametrize(("show", "q"), [("all", "就业"), ("front", ""), ("held", ""), ("none", ""), ("all", "<b>")])
def test_table_is_sifted(desk: DeskClient, show: str, q: str) -> None:
    page = desk.client.get(FIGURES, base_url=ORIGIN, query_string={"show": show, "q": q}).text
    shown = re.findall(r'<tr id="([^"]+)"', page)
    reading = desk.desk.read("qinghe-2024")
    everything = [i.id for i in reading.indicators]
    expected = {
        "就业": [i.id for i in reading.indicators if "就业" in reading.sentences[i.sentence].text],
        "<b>": [],
        "": [name for name in everything if name in cards(page)]
        if show == "front"
        else []
        if show == "held"
        else everything,
    }[q]
    assert shown == expected
    assert 'value="<b>' not in page


def test_correction_writes_only_what_differs_and_is_undone_by_one_button(desk: DeskClient, home: Path) -> None:
    i = named(desk, "城镇新增就业")
    before = (home / "indicators.toml").read_bytes()
    address = f"{FIGURE}/{i.id}"
    form = fields(desk.page(address), "/save")
    assert (form["name"], form["value"], form["unit"], form["kind"]) == ("城镇新增就业", "3500", "人", "count")
    desk.post(f"{address}/save", **{**form, "name": "新增就业", "value": "3,600", "note": "以人社局公布的为准"})
    (rule,) = rules(home).change
    assert (rule.id, rule.name, rule.value, rule.unit, rule.kind) == (i.id, "新增就业", "3,600", None, None)
    page = desk.page(address)
    assert "读出的是：城镇新增就业。" in page
    assert "读出的是：3500。" in page
    form = fields(page, "/save")
    desk.post(f"{address}/save", **{**form, "value": "3500"})
    (rule,) = rules(home).change
    assert (rule.name, rule.value, rule.note) == ("新增就业", None, "以人社局公布的为准")
    desk.post(f"{address}/save", **{**fields(desk.page(address), "/save"), "as-read": "yes"})
    assert (home / "indicators.toml").read_bytes().rstrip() == before.rstrip()


def test_change_beside_a_value_is_corrected_and_taken_away(desk: DeskClient, home: Path) -> None:
    i = named(desk, "全县地区生产总值")
    address = f"{FIGURE}/{i.id}"
    form = fields(desk.page(address), "/save")
    assert (form["change.value"], form["change.unit"], form["change.direction"]) == ("6.1", "%", "up")
    desk.post(f"{address}/save", **{**form, "change.value": "6.2", "change.base": "同比"})
    changed = named(desk, "全县地区生产总值").growth
    assert changed
    assert changed.phrase == "同比 +6.2%"
    form = fields(desk.page(address), "/save")
    assert form["change.value"] == "6.2"
    desk.post(f"{address}/save", **{**form, "change.value": ""})
    assert named(desk, "全县地区生产总值").growth is None
    assert rules(home).change[0].name is None


def test_value_that_cannot_be_is_told_beside_what_was_typed(desk: DeskClient, home: Path) -> None:
    i = named(desk, "城镇新增就业")
    form = fields(desk.page(f"{FIGURE}/{i.id}"), "/save")
    answer = desk.post(f"{FIGURE}/{i.id}/save", **{**form, "value": "三千多", "name": "<b>就业"})
    assert answer.status_code == 200
    assert "不是数字" in answer.text
    assert 'value="&lt;b&gt;就业"' in answer.text
    assert rules(home) == Rules()


def test_two_tabs_on_one_figure_are_told_and_the_second_decides(desk: DeskClient, home: Path) -> None:
    i = named(desk, "城镇新增就业")
    address = f"{FIGURE}/{i.id}"
    form = fields(desk.page(address), "/save")
    desk.post(f"{address}/save", **{**form, "name": "甲"})
    answer = desk.post(f"{address}/save", **{**form, "name": "乙"})
    assert answer.status_code == 200
    assert "文件里现在是" in answer.text
    assert rules(home).change[0].name == "甲"
    assert fields(answer.text, "/save")["name"] == "乙"
    assert desk.post(f"{address}/save", **fields(answer.text, "/save")).status_code == 303
    assert rules(home).change[0].name == "乙"


def test_every_step_is_undone(desk: DeskClient, home: Path) -> None:
    states = [(home / "indicators.toml").read_bytes()]
    page = desk.page(FIGURES)
    moved(desk, page, down=cards(page)[0])
    states.append((home / "indicators.toml").read_bytes())
    desk.post(f"{FIGURES}/hide", id=cards(page)[1])
    for state in reversed(states):
        desk.post("/undo", step=str(desk.last_step()))
        assert (home / "indicators.toml").read_bytes() == state


def test_figure_that_is_not_there_is_told(desk: DeskClient) -> None:
    for name in ("s0-f1", "..", "preview%00"):
        assert desk.get(f"{FIGURE}/{name}").status_code in (400, 404)
    assert desk.post(f"{FIGURE}/s0-f1/save").status_code == 400


def test_preview_is_built_beside_the_project_and_changes_none_of_its_files(tmp_path: Path) -> None:
    client = project_with_report(tmp_path)
    home = tmp_path / "reports" / "qinghe-2024"
    live = client.desk.live

    def files() -> dict[str, bytes]:
        found = (p for p in tmp_path.rglob("*") if p.is_file() and ".workreport" not in p.parts)
        return {p.relative_to(tmp_path).as_posix(): p.read_bytes() for p in found}

    before = files()
    live.refresh("qinghe-2024")
    live.wait(120)
    assert live.state("qinghe-2024") == ("ready", "")
    assert files() == before
    front = tmp_path / ".workreport" / "desk-preview" / "site" / "qinghe-2024" / "index.html"
    assert "全县地区生产总值" in front.read_text(encoding="utf-8")
    (home / "report.toml").write_text("title = \n", encoding="utf-8")
    live.refresh("qinghe-2024")
    live.wait(120)
    state, problem = live.state("qinghe-2024")
    assert state == "error"
    assert problem
    assert "全县地区生产总值" in front.read_text(encoding="utf-8")
