"""The metadata of a report (place, date, meeting, speaker, office) is guessed from its front matter."""

from datetime import date

import pytest

from tests.field_words import FRONT
from workreport.ingest import metadata
from workreport.ingest.ids import IdLedger
from workreport.ingest.outline import parse
from workreport.ingest.repair import apply, propose
from workreport.model import Source


def guessed_from(text: str) -> metadata.Meta:
    """Repair and parse a text, and guess its metadata."""
    source = Source("x.txt", text, "", "utf-8", "text")
    body = apply(source, propose(source, FRONT))
    return metadata.guess("x", body, parse(body, (), IdLedger())[0], FRONT)


@pytest.mark.parametrize(
    ("text", "place", "day", "meeting", "speaker", "office"),
    [
        (
            "政府工作报告\n(2025年1月9日在清水区第三届人民代表大会第五次会议上)\n清水区人民政府区长 李 四\n各位代表：\n一、回顾\n宁江市体育局和宁江市总部企业，宁江发展，宁江有为，宁江精神，宁江未来。",
            "宁江市清水区", date(2025, 1, 9), "清水区第三届人民代表大会第五次会议", "李四", "区长",
        ),
        (
            "2026年东山省政府工作报告\n——二〇二六年一月二十七日在东山省十四届人民代表大会第四次会议上\n东山省省长 王小五\n各位代表：\n一、回顾\n好。",
            "东山省", date(2026, 1, 27), "东山省十四届人民代表大会第四次会议", "王小五", "省长",
        ),
        (
            "政府工作报告\n——2024年3月5日在第十四届全国人民代表大会第二次会议上\n国务院总理 赵六\n各位代表：\n一、回顾\n好。",
            "国务院", date(2024, 3, 5), "第十四届全国人民代表大会第二次会议", "赵六", "国务院总理",
        ),
        (
            "2026年东山省人民政府工作报告\n2026年02月10日 07时41分\n来源:\n东山日报\n2026年2月3日在东山省第十四届人民代表大会第五次会议上\n东山省人民政府省长 王小五\n各位代表：\n一、回顾\n好。",
            "东山省", date(2026, 2, 3), "东山省第十四届人民代表大会第五次会议", "王小五", "省长",
        ),
        (
            "政府工作报告\n更新于2026年2月10日\n2026年2月3日在东山省第十四届人民代表大会第五次会议上\n各位代表：\n一、回顾\n好。",
            "东山省", date(2026, 2, 3), "东山省第十四届人民代表大会第五次会议", "", "",
        ),
        ("一份别的文件\n关于某事的通知。", "", None, "", "", ""),
    ],
)  # fmt: skip
def test_metadata_is_guessed_from_the_front_matter(
    text: str, place: str, day: date | None, meeting: str, speaker: str, office: str
) -> None:
    meta = guessed_from(text)
    assert (meta.place, meta.date, meta.meeting, meta.speaker, meta.office) == (place, day, meeting, speaker, office)
    assert meta.title == "政府工作报告"


def test_publisher_values_replace_guesses_and_count_as_confirmed_unless_listed_as_guessed() -> None:
    guessed = guessed_from("政府工作报告\n(2025年1月9日在清水区第三届人民代表大会第五次会议上)\n各位代表：\n好。")
    sure = metadata.confirm(guessed, metadata.ConfirmedMeta(place="宁江市清水区", year=2025, guessed=("year",)))
    assert sure.place == "宁江市清水区"
    assert "place" not in sure.guessed
    assert "year" in sure.guessed
    assert sure.date == date(2025, 1, 9)
    assert "date" in sure.guessed


def test_date_that_does_not_exist_is_none() -> None:
    assert metadata.date_in("2025年2月30日") is None
