"""Names are refused, joined and added on the desk, and every one of these can be taken back, in `names.toml` as by hand."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from tests.desk.desk_client import REPORT, DeskClient
from workreport.analysis.names import NameRules
from workreport.project import report_settings

NAMES, CHANGE = "/report/qinghe-2024/names", "/report/qinghe-2024/names/change"
NAMED = (
    REPORT.replace(
        "各位代表，让我们",
        "青石湾大桥建成通车，青石湾桥头广场开工。继续建设青石湾大桥，扩建青石湾桥头广场。\n各位代表，让我们",
    )
    .replace("新增规上企业12家。", "新增规上企业12家。青石湾大桥合龙。")
    .replace("改善。城镇", "改善。青石湾大桥通车。城镇")
)
"""The report with two names of its own."""


@pytest.fixture
def named(desk: DeskClient, home: Path) -> DeskClient:
    """A desk whose report has names."""
    (home / "source.txt").write_text(NAMED, encoding="utf-8")
    return desk


def found(desk: DeskClient) -> list[str]:
    """Return the names on the page."""
    return [html.unescape(name) for name in re.findall(r'name="spelling" value="([^"]*)"', desk.page(NAMES))]


def rules(home: Path) -> NameRules:
    return report_settings.names(home)


def test_name_is_refused_and_allowed_again(named: DeskClient, home: Path) -> None:
    before = (home / "names.toml").read_bytes()
    assert "青石湾大桥" in found(named)
    assert named.post(CHANGE, forbid="青石湾大桥").headers["Location"] == f"{NAMES}?notice=saved#names"
    assert rules(home).forbid == ("青石湾大桥",)
    assert "青石湾大桥" not in found(named)
    assert "“青石湾大桥”不作为名称" in named.page(NAMES)
    assert '# forbid = ["全区上下", "这一年"]' not in (home / "names.toml").read_text(encoding="utf-8")
    named.post(CHANGE, allow="青石湾大桥")
    assert "青石湾大桥" in found(named)
    for _ in range(2):
        named.post("/undo", step=str(named.last_step()))
    assert (home / "names.toml").read_bytes() == before


def test_spellings_are_joined_more_are_added_and_they_are_parted(named: DeskClient, home: Path) -> None:
    named.post(CHANGE, join="yes", spelling=["青石湾大桥", "青石湾桥"], **{"as": "青石湾大桥"})
    named.post(CHANGE, join="yes", spelling=["青石湾大桥", "桥头广场"])
    (row,) = rules(home).join
    assert (row.name, row.spellings) == ("青石湾大桥", ("青石湾大桥", "青石湾桥", "桥头广场"))
    named.post(CHANGE, part="青石湾大桥")
    assert rules(home).join == ()


def test_one_spelling_is_nothing_to_join(named: DeskClient, home: Path) -> None:
    answer = named.post(CHANGE, join="yes", spelling="青石湾大桥")
    assert answer.status_code == 400
    assert "至少两个名称" in answer.text
    assert rules(home) == NameRules()


def test_name_is_added_with_its_spellings_and_dropped(named: DeskClient, home: Path) -> None:
    named.post(CHANGE, add="yes", name="桥头广场", kind="venue", also="青石湾桥头广场、 ")
    (row,) = rules(home).add
    assert (row.name, row.kind, row.also) == ("桥头广场", "venue", ("青石湾桥头广场",))
    assert "桥头广场" in found(named)
    named.post(CHANGE, drop="桥头广场")
    assert rules(home).add == ()


@pytest.mark.parametrize(
    ("name", "told"), [("没有的地方", "不在报告里"), ("", "请写上要增加的名称"), ("<b>", "不在报告里")]
)
def test_name_that_the_report_has_not_is_told(named: DeskClient, home: Path, name: str, told: str) -> None:
    answer = named.post(CHANGE, add="yes", name=name, kind="name")
    assert answer.status_code == 400
    assert told in answer.text
    assert "<b>" not in answer.text
    assert rules(home) == NameRules()


def test_link_between_sections_is_refused_and_allowed_again(named: DeskClient, home: Path) -> None:
    links = named.desk.read("qinghe-2024").links
    assert links
    pair = (links[0].a, links[0].b)
    assert f'name="unlink" value="{pair[0]} {pair[1]}"' in named.page(NAMES)
    named.post(CHANGE, unlink=" ".join(pair))
    assert tuple(map(tuple, rules(home).forbid_links)) == (pair,)
    assert pair not in [(link.a, link.b) for link in named.desk.read("qinghe-2024").links]
    named.post(CHANGE, link=" ".join(pair))
    assert rules(home).forbid_links == ()
    assert named.post(CHANGE, unlink="9/9 1").status_code == 400


def test_names_are_sifted(named: DeskClient) -> None:
    page = named.client.get(NAMES, base_url="http://127.0.0.1:8123", query_string={"q": "大桥"}).text
    shown = re.findall(r'name="spelling" value="([^"]*)"', page)
    assert shown
    assert all("大桥" in name for name in shown)
