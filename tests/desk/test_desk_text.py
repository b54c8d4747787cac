"""Source and page side by side: repairs are undone and written, doubts noted, and what reading left out is put back."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from tests.desk.desk_client import REPORT, DeskClient, fields
from tests.ingest.docx_files import make
from workreport.desk.own_repairs import own_repairs
from workreport.desk.text_rows import side_rows
from workreport.model import Reading
from workreport.project import report_settings

TEXT = "/report/qinghe-2024/text"
FAULTY = REPORT.replace("现在，我代表", "■ 现在，我代表").replace(
    "增长5.8%。", "增长5.8%，养老、医疗、教育、文化等各项社会事业都取得了新的进\n\n展，群众的获得感不断增强。"
)
"""The report with an ornament and a line broken in the middle of a word."""


@pytest.fixture
def faulty(desk: DeskClient, home: Path) -> DeskClient:
    """A desk whose report has faults that reading repairs."""
    (home / "source.txt").write_text(FAULTY, encoding="utf-8")
    return desk


def read(desk: DeskClient) -> Reading:
    return desk.desk.read("qinghe-2024")


def passage_of(desk: DeskClient, words: str) -> str:
    """Return the address of the passage that has these words."""
    row = next(row for row in side_rows(read(desk)) if words in row.page_words)
    return f"/report/qinghe-2024/passage/{row.start}"


def test_all_rows_together_are_the_source_and_the_page(faulty: DeskClient) -> None:
    reading = read(faulty)
    rows = side_rows(reading)
    assert "".join(row.source_words for row in rows) == FAULTY == reading.source.text
    assert "".join(row.page_words for row in rows) == reading.text.body != FAULTY
    assert sum(len(row.repairs) for row in rows) == len(reading.repairs) >= 2
    page = faulty.page(TEXT)
    sides = re.findall(r'<div class="side"><span class="hidden">(来源|网页)：</span>(.*?)</div>', page, re.DOTALL)
    for name, text in (("来源", FAULTY), ("网页", reading.text.body)):
        shown = "".join(html.unescape(re.sub(r"<[^>]+>", "", words)) for side, words in sides if side == name)
        assert re.sub(r"\s|（网页上没有）", "", shown) == re.sub(r"\s", "", text)


def test_repair_is_undone_and_applied_again_at_its_place(faulty: DeskClient, home: Path) -> None:
    source = (home / "source.txt").read_bytes()
    repair = next(r for r in read(faulty).repairs if r.kind == "ornament")
    row = next(row for row in side_rows(read(faulty)) if repair in row.repairs)
    answer = faulty.post(f"{TEXT}/switch", id=repair.id, act="off", at=str(row.start), show="marked")
    assert answer.headers["Location"] == f"{TEXT}?show=marked&notice=saved#b{row.start}"
    assert "■ 现在" in read(faulty).text.body
    assert "已撤销" in faulty.page(TEXT)
    faulty.post(f"{TEXT}/switch", id=repair.id, act="on", at=str(row.start))
    assert "■" not in read(faulty).text.body
    assert (home / "source.txt").read_bytes() == source


def test_only_passages_with_something_to_say_are_chosen(faulty: DeskClient) -> None:
    everything = faulty.page(TEXT).count('<article class="passage"')
    marked = faulty.page(f"{TEXT}?show=marked")
    assert 0 < marked.count('<article class="passage"') < everything
    assert all("remark" in part for part in marked.split('<article class="passage"')[1:])


def test_passage_is_corrected_with_a_reason_and_the_correction_taken_away(desk: DeskClient, home: Path) -> None:
    before = (home / "repairs.toml").read_bytes()
    address = passage_of(desk, "3500人")
    form = fields(desk.page(address), "/repair")
    typed = form["words"].replace("3500人", "3600人").replace("持续改善", "不断改善")
    answer = desk.post(f"{address}/repair", **{**form, "words": typed, "reason": "据公报"})
    assert answer.status_code == 303, answer.text
    assert typed in read(desk).text.body
    rows = report_settings.repairs(home)
    assert [(row.id, row.reason) for row in rows] == [("", "据公报")] * 2
    assert all(REPORT.count(row.before) == 1 and len(row.before) < 12 for row in rows)
    page = desk.page(TEXT)
    for repair in [r for r in read(desk).repairs if r.by == "publisher"]:
        assert html.escape(repair.reason) in page
        desk.post(f"{TEXT}/switch", id=repair.id, act="remove")
    assert (home / "repairs.toml").read_bytes().rstrip() == before.rstrip()
    assert (home / "source.txt").read_text(encoding="utf-8") == REPORT


@pytest.mark.parametrize(
    ("words", "reason", "told"),
    [
        (None, "据公报", "没有改动"),
        ("（二）民生福祉不断改善。", "", "请写明为什么改"),
    ],
)
def test_correction_without_a_change_or_a_reason_is_asked_for(
    desk: DeskClient, home: Path, words: str | None, reason: str, told: str
) -> None:
    before = (home / "repairs.toml").read_bytes()
    address = passage_of(desk, "3500人")
    form = fields(desk.page(address), "/repair")
    answer = desk.post(f"{address}/repair", **{**form, "words": words or form["words"], "reason": reason})
    assert answer.status_code == 200
    assert told in answer.text
    assert (home / "repairs.toml").read_bytes() == before


def test_passage_that_is_corrected_twice_is_told_to_take_the_first_away(desk: DeskClient) -> None:
    for new, status in (("3600人", 303), ("3700人", 200)):
        address = passage_of(desk, "城镇新增就业")
        form = fields(desk.page(address), "/repair")
        words = re.sub("3[56]00人", new, form["words"])
        answer = desk.post(f"{address}/repair", **{**form, "words": words, "reason": "据公报"})
        assert answer.status_code == status
    assert "请先在原文一页撤销或删去那一条" in answer.text
    assert "3600人" in read(desk).text.body


def test_words_that_stand_several_times_get_the_words_around_them(desk: DeskClient) -> None:
    reading = read(desk)
    other = reading.text.body.index("青禾县人民政府，")
    assert reading.text.body.count("青禾县人民政府") == 2
    (first,) = own_repairs(reading, 0, 11, "青禾县政府工作报告")
    (second,) = own_repairs(reading, other, other + 8, "青禾县政府，")
    assert reading.source.text.count(first.before) == reading.source.text.count(second.before) == 1
    assert reading.source.text.index(first.before) < 10 < reading.source.text.index(second.before)


def test_doubt_is_noted_beside_its_words_and_taken_away(desk: DeskClient, home: Path) -> None:
    before = (home / "notes.toml").read_bytes()
    address = passage_of(desk, "大会第二次会议")
    form = fields(desk.page(address), "/note")
    answer = desk.post(f"{address}/note", **{**form, "quote": "青禾县", "note": "全称未写 <b>", "confidence": "low"})
    assert answer.status_code == 303, answer.text
    (note,) = report_settings.notes(home)
    assert (note.quote, note.confidence, note.kind, note.nth) == ("青禾县", "low", "wording", 2)
    page = desk.page(TEXT)
    assert "<mark>青禾县</mark>" in page
    assert "全称未写 &lt;b&gt;" in page
    form = fields(page, "/remove-note")
    desk.post(f"{TEXT}/remove-note", **form)
    assert (home / "notes.toml").read_bytes().rstrip() == before.rstrip()


def test_doubt_about_words_that_the_passage_has_not_is_told(desk: DeskClient, home: Path) -> None:
    before = (home / "notes.toml").read_bytes()
    address = passage_of(desk, "3500人")
    form = fields(desk.page(address), "/note")
    answer = desk.post(f"{address}/note", **{**form, "quote": "三千五百人", "note": "疑"})
    assert "这一段里没有“三千五百人”" in answer.text
    assert (home / "notes.toml").read_bytes() == before


def test_what_reading_left_out_is_put_back_and_left_out_again(tmp_path: Path) -> None:
    m = make()
    body = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in REPORT.splitlines())
    hidden = "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>内部稿</w:t></w:r></w:p>"
    m.save(
        {"word/document.xml": f"<w:document {m.W} {m.MORE}><w:body>{hidden}{body}</w:body></w:document>"},
        tmp_path / "a.docx",
    )
    client = DeskClient(tmp_path)
    client.post("/project/new", folder="p")
    client.finished(client.add("a.docx", (tmp_path / "a.docx").read_bytes()))
    left = next(r for r in read(client).repairs if r.by == "reading")
    assert left.before == "内部稿"
    assert "放回原处" in client.page(TEXT)
    client.post(f"{TEXT}/switch", id=left.id, act="off")
    assert "内部稿" in read(client).text.body
    assert "仍旧略去" in client.page(TEXT)
    client.post(f"{TEXT}/switch", id=left.id, act="on")
    assert "内部稿" not in read(client).text.body


def test_passage_or_repair_that_is_not_there_is_told(desk: DeskClient) -> None:
    assert desk.get("/report/qinghe-2024/passage/1").status_code == 400
    assert desk.post("/report/qinghe-2024/passage/1/repair", words="x").status_code == 400
    assert desk.post(f"{TEXT}/switch", id="ornament-00000000", act="off").status_code == 400
    assert desk.post(f"{TEXT}/remove-note", at="0", note="x").status_code == 400
