"""Each fact of a report leads to the words that state it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from workreport.ingest.facts.fact_spans import fact_spans
from workreport.model import Meta

BODY = (
    "青禾县人民政府\n工 作 报 告\n——２０２４年1月10日在青禾县第十届人民\n代表大会第二次会议上\n代县长　王 小 明\n\n"
    "各位代表：\n现在，我报告工作。\n"
)
META = Meta(
    "a", "工作报告", "宁江市青禾县", 2024, date(2024, 1, 10), "宁江市青禾县第十届人民代表大会第二次会议", "王小明", "代县长"
)  # fmt: skip


def words(meta: Meta, body: str) -> dict[str, str]:
    return {name: body[span.start : span.end] for name, span in fact_spans(meta, body).items()}


def test_words_are_found_across_spaces_line_ends_and_full_width_digits() -> None:
    assert words(META, BODY) == {
        "title": "工 作 报 告",
        "place": "青禾县",
        "year": "２０２４年1月10日",
        "date": "２０２４年1月10日",
        "meeting": "青禾县第十届人民\n代表大会第二次会议",
        "speaker": "王 小 明",
        "office": "代县长",
    }


def test_value_that_the_text_does_not_state_has_no_words() -> None:
    other = replace(META, speaker="李四", date=date(2023, 1, 10), year=2023, place="海安市", meeting="")
    assert words(other, BODY) == {"title": "工 作 报 告", "office": "代县长"}


def test_signature_at_the_end_of_a_long_text_is_found_and_the_middle_is_not() -> None:
    body = "政府工作报告\n" + "全县经济稳步发展。" * 800 + "王小明" + "。" * 600 + "青禾县\n2024年1月10日\n"
    assert words(META, body).keys() == {"title", "place", "year", "date"}


def test_empty_text_states_nothing() -> None:
    assert fact_spans(META, "") == {}
