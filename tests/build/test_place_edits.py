"""Tests of `places/<place>/series.toml`: pairs and series joined, parted, corrected and hidden; mistakes told with file and line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import fields
from functools import partial
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.planned_years import SLUG, publication, shown_places, text
from workreport.build import add
from workreport.build.place_comparison import edited_places
from workreport.comparison.place_edits import PairRule, PlaceRules, SeriesRule
from workreport.model import Reading
from workreport.model.place_years import Pair, PlaceYears, Series, Stated
from workreport.project.settings import Settings
from workreport.project.toml_files import LINE, BadSettings, load
from workreport.website import years_data
from workreport.website.pages import render

NAME = f"places/{SLUG}/series.toml"


def pair(name: str, year: int) -> Pair:
    return next(p for p in publication().places[0].pairs if (p.name, p.year) == (name, year))


def at(stated: Stated | None) -> str:
    """What the publisher writes for what a report states."""
    assert stated is not None
    return f"{stated.report}#{stated.indicator or stated.sentence}"


def figure(report: str, quote: str) -> str:
    """The same for a figure, by the words that state it."""
    reading = next(r for r in publication().readings if r.meta.slug == report)
    return f"{report}#{next(i.id for i in reading.indicators if quote in i.quote)}"


def reading_of(slug: str) -> Reading:
    return next(reading for reading in publication().readings if reading.meta.slug == slug)


@pytest.fixture
def edited(tmp_path: Path) -> Callable[[str], PlaceYears]:
    """A function that returns the place as the text of `series.toml` wants it."""

    def made(rules: str) -> PlaceYears:
        file = tmp_path / NAME
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(rules, encoding="utf-8")
        (place,) = edited_places(publication().places, reading_of, tmp_path, whole=True, left_out=())
        return place

    return made


def only(place: PlaceYears, name: str, year: int) -> Pair:
    (found,) = (p for p in place.pairs if (p.name, p.year) == (name, year))
    return found


def series(place: PlaceYears, name: str) -> Series | None:
    return next((s for s in place.series if s.id == name), None)


def test_pair_is_joined_in_place_of_what_the_program_found(edited: Callable[[str], PlaceYears]) -> None:
    target, result = at(pair("新建学校", 2024).target), figure("qinghe-2025", "新建学校3所")
    place = edited(f'[[pair]]\ntarget = "{target}"\nresult = "{result}"\nverdict = "未达到"\nnote = "同一批学校"\n')
    made = only(place, "新建学校", 2024)
    assert made.result is not None
    assert (made.result.quote, made.verdict, made.sure) == ("新建学校3所", "not met", True)
    assert (made.by, made.note) == ("publisher", "同一批学校")
    assert len(place.pairs) == len(publication().places[0].pairs)
    assert [p.name for p in place.pairs] == [p.name for p in publication().places[0].pairs]
    silent = edited(f'[[pair]]\ntarget = "{target}"\nresult = "{result}"\n')
    assert only(silent, "新建学校", 2024).verdict == "not judged"


def test_promise_that_the_program_did_not_take_for_one_can_be_joined(edited: Callable[[str], PlaceYears]) -> None:
    target = figure("qinghe-2024", "粮食总产量12.5万吨")
    place = edited(f'[[pair]]\ntarget = "{target}"\nresult = "{figure("qinghe-2025", "新建学校3所")}"\nname = "粮食"\n')
    assert only(place, "粮食", 2024).by == "publisher"


def test_pair_is_parted_corrected_and_hidden(edited: Callable[[str], PlaceYears]) -> None:
    beds = at(pair("新增养老床位", 2024).target)
    parted = only(edited(f'[[pair]]\ntarget = "{beds}"\npart = true\n'), "新增养老床位", 2024)
    assert (parted.result, parted.by) == (None, "publisher")
    told = only(
        edited(f'[[pair]]\ntarget = "{beds}"\nname = "养老床位"\nverdict = "口径不同，不可比"\n'), "养老床位", 2024
    )
    assert (told.verdict, told.result) == ("not comparable", pair("新增养老床位", 2024).result)
    place = edited(f'[[pair]]\ntarget = "{beds}"\nhide = true\n')
    assert len(place.pairs) == len(publication().places[0].pairs) - 1
    assert place.hidden == ("新增养老床位",)


def test_series_are_joined_parted_renamed_and_hidden(edited: Callable[[str], PlaceYears]) -> None:
    joined = series(edited('[[series]]\nseries = "series-gdp"\nname = "生产总值"\nnote = "改称"\n'), "gdp")
    assert joined is not None
    assert (joined.name, joined.by, joined.note) == ("生产总值", "publisher", "改称")
    one, two = figure("qinghe-2023", "粮食"), figure("qinghe-2024", "粮食")
    place = edited(f'[[series]]\nseries = "grain-output"\npart = ["{one}", "{two}"]\n')
    apart = series(place, "grain-output-2")
    assert apart is not None
    assert [p.year for p in apart.points] == [2022, 2023]
    assert series(place, "grain-output") is None  # one figure is no series
    hidden = edited('[[series]]\nseries = "series-gdp"\nhide = true\n')
    assert (series(hidden, "gdp"), hidden.hidden) == (None, ("地区生产总值",))
    rejoined = edited(f'[[series]]\nseries = "grain-output"\npart = ["{figure("qinghe-2023", "粮食")}"]\n')
    points = series(rejoined, "grain-output")
    assert points is not None
    assert ([p.year for p in points.points], points.chartable) == ([2023, 2025], False)


def test_what_is_changed_is_marked_on_the_page_and_in_the_data(edited: Callable[[str], PlaceYears]) -> None:
    beds, target = at(pair("新增养老床位", 2024).target), at(pair("城镇新增就业", 2024).target)
    place = edited(
        f'[[pair]]\ntarget = "{beds}"\nname = "养老床位"\nnote = "改称"\n[[pair]]\ntarget = "{target}"\nhide = true\n'
        '[[series]]\nseries = "series-gdp"\nname = "生产总值"\n'
    )
    changed = publication().__class__(publication().readings, places=(place,))
    page = render(changed, Settings(), ROOT / "templates")[f"{SLUG}/index.md"]
    assert re.search(r"\[养老床位\]\{\.name\} \[发布者改：改称\]\{\.edited\} \{#y2024-", page)
    assert re.search(r"^### 生产总值\[发布者改\]\{\.edited\} .*\{#series-gdp\}$", page, re.MULTILINE)
    assert "发布者隐去：城镇新增就业。" in page
    assert "城镇新增就业3200人" not in page
    rows = list(years_data.pair_rows(shown_places(changed, verdicts=False)))
    assert [row.edited for row in rows if row.name == "养老床位"] == ["发布者改：改称"]
    assert "城镇新增就业" not in {row.name for row in rows}


@pytest.mark.parametrize(
    ("rules", "told"),
    [
        ('[[pair]]\ntarget = "qinghe-2024#s00000000-f1"\nhide = true\n', rf"^{NAME}:2: 没有承诺 target = “qinghe-2024#s00000000-f1”。最接近的是“qinghe-20"),
        ('\n[[pair]]\ntarget = "养老床位"\nhide = true\n', rf"^{NAME}:3: target = “养老床位” 不成样子。应写作报告的文件夹名、#、数或句的编号，如 qinghe-2024#s0123abcd-f1"),
        ('[[pair]]\ntarget = "qinghe-224#s00000000-f1"\npart = true\n', rf'^{NAME}:2: .*不是青禾县的。应写作 target = "qinghe-2024#s00000000-f1"'),
        ('[[pair]]\ntarget = "{beds}"\nresult = "qinghe-2026#s00000000"\n', rf'^{NAME}:3: .*不在下一年的报告里。应写作 result = "qinghe-2025#编号"'),
        ('[[pair]]\ntarget = "{beds}"\nresult = "qinghe-2025#s00000000"\n', rf"^{NAME}:3: qinghe-2025 里没有 result = .*最接近的是“qinghe-2025#s"),
        ('[[pair]]\ntarget = "{beds}"\npart = true\nhide = true\n', rf"^{NAME}:1: result、part、hide 只能写一个"),
        ('[[pair]]\ntarget = "{beds}"\nverdict = "没达到"\n', rf"^{NAME}:3: pair.verdict = '没达到' 不可用。.*可用的有：达到、超过、未达到"),
        ('[[pair]]\ntarget = "{beds}"\nhidden = true\n', rf"^{NAME}:3: 不认识的设置 pair.hidden。最接近的正确写法是 hide。"),
        ('[[series]]\nseries = "地区生产总值"\nhide = true\n', rf"^{NAME}:2: 没有历年指标 series = “地区生产总值”。它的编号是 “gdp”。"),
        ('[[series]]\nseries = "gdp"\njoin = ["grain-output"]\n', rf"^{NAME}:3: join 里的 “grain-output”.*不能并在一起。请删去它。"),
        ('[[series]]\nseries = "gdp"\npart = ["qinghe-2024#s00000000"]\n', rf"^{NAME}:3: 地区生产总值里没有 part = .*最接近的是“qinghe-2024#s"),
        ('[[series]]\nseries = "gdp"\nname = "a"\nhide = true\n', rf"^{NAME}:1: 写了 hide = true，就不能再写"),
        ("[[pair]]\ntarget = “qinghe”\n", rf"^{NAME}:2: "),
    ],
)  # fmt: skip
def test_mistake_is_told_with_file_line_and_what_to_write(
    edited: Callable[[str], PlaceYears], rules: str, told: str
) -> None:
    with pytest.raises(BadSettings, match=told):
        edited(rules.replace("{beds}", at(pair("新增养老床位", 2024).target)))


def test_folder_of_no_place_and_file_of_another_name_are_errors(tmp_path: Path) -> None:
    known = partial(edited_places, publication().places, publication().readings, tmp_path, left_out=())
    folder = tmp_path / "places" / "qinghexan"
    folder.mkdir(parents=True)
    (folder / "series.toml").write_text("# 都没有写\n", encoding="utf-8")
    known(whole=True)
    (folder / "series.toml").write_text('[[series]]\nseries = "gdp"\n', encoding="utf-8")
    with pytest.raises(BadSettings, match=rf"^places/qinghexan: .*最接近的正确写法是 {SLUG}"):
        known(whole=True)
    known(whole=False)
    folder.rename(tmp_path / "places" / SLUG)
    (tmp_path / "places" / SLUG / "series.toml").rename(tmp_path / "places" / SLUG / "serie.toml")
    with pytest.raises(BadSettings, match=rf"^places/{SLUG}/serie.toml: 不认识这个文件名，没有读它。应是 series.toml"):
        known(whole=True)


def test_rules_about_a_report_that_is_left_out_wait(tmp_path: Path) -> None:
    file = tmp_path / NAME
    file.parent.mkdir(parents=True)
    file.write_text('[[pair]]\ntarget = "qinghe-2027#s00000000"\nhide = true\n', encoding="utf-8")
    reports = publication().places, reading_of
    with pytest.raises(BadSettings, match="qinghe-2027"):
        edited_places(*reports, tmp_path, whole=True, left_out=())
    assert edited_places(*reports, tmp_path, whole=True, left_out={"qinghe-2027"}) == publication().places


def test_second_report_of_a_place_brings_the_commented_file_with_every_key_and_an_example(tmp_path: Path) -> None:
    for year in (2024, 2025):
        file = tmp_path / f"in-{year}.md"
        file.write_text(text(year), encoding="utf-8")
        written = add.add_report(tmp_path, file).written
        assert (NAME in written) == (year == 2025)
    comments = (tmp_path / NAME).read_text(encoding="utf-8")
    assert load(tmp_path / NAME, PlaceRules) == PlaceRules()
    example = tmp_path / "example.toml"
    example.write_text(re.sub(r"^# (?=\[\[|\w+ = )", "", comments, flags=re.MULTILINE), encoding="utf-8")
    assert load(example, PlaceRules) != PlaceRules()
    given = tomllib.loads(example.read_text(encoding="utf-8"))
    for name, cls in (("pair", PairRule), ("series", SeriesRule)):
        assert set(given[name][0]) == {f.name for f in fields(cls)} - {LINE}
