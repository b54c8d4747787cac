"""Facts are shown with the words they were read from, and confirming or correcting one writes that one alone."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from tests.desk.desk_client import REPORT, DeskClient, fields, project_with_report
from workreport.project import report_settings

FACTS, SAVE = "/report/qinghe-2024/facts", "/report/qinghe-2024/facts/save"


@pytest.fixture
def desk(tmp_path: Path) -> DeskClient:
    """A desk with one report, whose facts are all guessed."""
    return project_with_report(tmp_path)


@pytest.fixture
def file(desk: DeskClient) -> Path:
    """The file of the facts."""
    assert desk.desk.root is not None
    return desk.desk.root / "reports" / "qinghe-2024" / "report.toml"


def test_words_that_state_a_fact_are_lit_and_its_link_leads_to_them(desk: DeskClient) -> None:
    page = desk.page(FACTS)
    lit = {
        key: "".join(re.findall(rf'<mark data-facts="(?:[^"]* )?{key}(?: [^"]*)?">([^<]*)</mark>', page))
        for key in ("title", "place", "date", "meeting", "speaker", "office")
    }
    assert lit["date"] == "2024年1月10日"
    assert lit["meeting"] == "青禾县第十届人民代表大会第二次会议"
    assert lit["speaker"] == "王小明"
    assert lit["office"] == "县长"
    assert lit["place"] == "青禾县"
    for key in lit:
        assert page.count(f'id="words-{key}"') == page.count(f'href="#words-{key}"') == 1


def test_text_on_the_page_is_the_text_of_the_report(desk: DeskClient) -> None:
    source = re.search(r'<div class="source"[^>]*>([\s\S]*?)</div>', desk.page(FACTS))
    assert source
    shown = re.sub(r"<[^>]+>", "", source[1])
    assert REPORT.startswith(shown.removesuffix("\n……").rstrip())


def test_correcting_one_fact_changes_one_line_and_the_name_among_the_guesses(desk: DeskClient, file: Path) -> None:
    before = file.read_text(encoding="utf-8").splitlines()
    form = {**fields(desk.page(FACTS)), "speaker": '李"四'}
    assert desk.post(SAVE, **form).headers["Location"] == f"{FACTS}?notice=saved"
    after = file.read_text(encoding="utf-8").splitlines()
    changed = [(a, b) for a, b in zip(before, after, strict=True) if a != b]
    assert [b.partition(" = ")[0] for _, b in changed] == ["speaker", "guessed"]
    known = report_settings.metadata(file.parent)
    assert known.speaker == '李"四'
    assert "speaker" not in known.guessed
    assert "place" in known.guessed


def test_confirming_one_leaves_the_others_guessed_and_confirming_all_leaves_none(desk: DeskClient, file: Path) -> None:
    desk.post(SAVE, **fields(desk.page(FACTS)), **{"checked-place": "on"})
    known = report_settings.metadata(file.parent)
    assert "place" not in known.guessed
    assert "date" in known.guessed
    desk.post(SAVE, **fields(desk.page(FACTS)), confirm="all")
    assert report_settings.metadata(file.parent).guessed == ()
    assert "各项都已核对" in desk.page(FACTS)


def test_day_of_publication_takes_the_place_of_its_comment(desk: DeskClient, file: Path) -> None:
    desk.post(SAVE, **{**fields(desk.page(FACTS)), "published": "2024-02-22"})
    assert report_settings.metadata(file.parent).published == date(2024, 2, 22)
    assert "# published" not in file.read_text(encoding="utf-8").split("guessed")[-2].splitlines()[-1]
    desk.post(SAVE, **{**fields(desk.page(FACTS)), "published": ""})
    assert report_settings.metadata(file.parent).published is None


def test_saving_without_a_change_writes_nothing(desk: DeskClient, file: Path) -> None:
    before = file.stat().st_mtime_ns
    assert desk.post(SAVE, **fields(desk.page(FACTS))).headers["Location"] == f"{FACTS}?notice=same"
    assert file.stat().st_mtime_ns == before


def test_every_step_is_undone_in_turn_until_the_file_is_as_it_was(desk: DeskClient, file: Path) -> None:
    states = [file.read_bytes()]
    for key, value in (("speaker", "李四"), ("office", "代县长"), ("title", "工作报告")):
        desk.post(SAVE, **{**fields(desk.page(FACTS)), key: value})
        states.append(file.read_bytes())
    assert len(set(states)) == 4
    for state in reversed(states[:-1]):
        page = desk.page(FACTS)
        step = re.search(r'name="step" value="(\d+)"', page)
        assert step
        assert (
            desk.post("/undo", step=step[1], at=f"{FACTS}?notice=saved").headers["Location"] == f"{FACTS}?notice=undone"
        )
        assert file.read_bytes() == state


def test_step_is_not_undone_over_a_change_by_another_program(desk: DeskClient, file: Path) -> None:
    desk.post(SAVE, **{**fields(desk.page(FACTS)), "speaker": "李四"})
    file.write_text(file.read_text(encoding="utf-8") + "# 另一个程序\n", encoding="utf-8")
    answer = desk.post("/undo", step=str(desk.last_step()))
    assert answer.status_code == 400
    assert "在别处又改过" in answer.text
    assert "另一个程序" in file.read_text(encoding="utf-8")


def test_undo_of_a_page_left_open_undoes_no_other_step(desk: DeskClient, file: Path) -> None:
    first = desk.last_step()
    desk.post(SAVE, **{**fields(desk.page(FACTS)), "speaker": "李四"})
    assert desk.post("/undo", step=str(first)).status_code == 400
    assert desk.post("/undo", step="x").status_code == 400
    assert report_settings.metadata(file.parent).speaker == "李四"


def test_two_tabs_that_correct_different_facts_lose_nothing(desk: DeskClient, file: Path) -> None:
    one, other = fields(desk.page(FACTS)), fields(desk.page(FACTS))
    desk.post(SAVE, **{**one, "speaker": "李四"})
    desk.post(SAVE, **{**other, "office": "代县长"})
    known = report_settings.metadata(file.parent)
    assert (known.speaker, known.office) == ("李四", "代县长")
    assert not {"speaker", "office"} & set(known.guessed)


def test_two_tabs_that_correct_the_same_fact_are_told_and_the_second_decides(desk: DeskClient, file: Path) -> None:
    one, other = fields(desk.page(FACTS)), fields(desk.page(FACTS))
    desk.post(SAVE, **{**one, "speaker": "李四"})
    answer = desk.post(SAVE, **{**other, "speaker": "王五"})
    assert answer.status_code == 200
    assert "文件里现在是：李四" in answer.text
    assert report_settings.metadata(file.parent).speaker == "李四"
    again = fields(answer.text)
    assert again["speaker"] == "王五"
    assert desk.post(SAVE, **again).status_code == 303
    assert report_settings.metadata(file.parent).speaker == "王五"


def test_change_by_an_editor_and_comments_of_a_hand_stay(desk: DeskClient, file: Path) -> None:
    form = fields(desk.page(FACTS))
    text = file.read_text(encoding="utf-8").replace('office = "县长"', 'office = "代县长" # 见公报')
    file.write_text("# 一行注释\n" + text, encoding="utf-8")
    desk.post(SAVE, **{**form, "speaker": "李四"})
    after = file.read_text(encoding="utf-8")
    assert after.startswith("# 一行注释\n")
    assert 'office = "代县长" # 见公报\n' in after
    assert 'speaker = "李四"' in after


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [("date", "2024年1月", "作报告的日期"), ("year", "二〇", "年份"), ("date", "2024-02-30", "认不出来")],
)
def test_value_of_the_wrong_kind_is_told_beside_what_was_typed(
    desk: DeskClient, file: Path, key: str, value: str, told: str
) -> None:
    before = file.read_bytes()
    answer = desk.post(SAVE, **{**fields(desk.page(FACTS)), key: value, "speaker": "李四"})
    assert answer.status_code == 200
    assert told in answer.text
    assert 'value="李四"' in answer.text
    assert file.read_bytes() == before


def test_broken_file_is_told_on_the_first_page_and_not_written(desk: DeskClient, file: Path) -> None:
    form = fields(desk.page(FACTS))
    file.write_text("title = \n", encoding="utf-8")
    assert "report.toml:1" in desk.page("/")
    answer = desk.post(SAVE, **{**form, "speaker": "李四"})
    assert answer.status_code == 400
    assert file.read_text(encoding="utf-8") == "title = \n"
