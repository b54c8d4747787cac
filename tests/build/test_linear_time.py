"""Reading a report takes time in proportion to its length, whatever characters it repeats."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.conftest import sampled
from tests.hostile_strings import COUNT, HEAD, alphabets, text, units
from tests.vocabularies import vocabularies
from workreport.build.report_reader import read_report
from workreport.ingest.formats import BadSource

LENGTHS = [2_000 * 2**k for k in range(7)]
"""The lengths of the texts in characters, each twice the one before: up to 128,000."""
STEEPEST = 3.0
"""The most times that processor time may grow when the length doubles: 2 for linear time, 4 for its square."""
TELLING = 0.25
"""Seconds of processor time below which a ratio tells nothing."""


def seconds(folder: Path, words: str) -> float | None:
    """The processor time of reading a text; None if it is refused, as one over a limit is."""
    file = folder / "a.md"
    file.write_text(words, encoding="utf-8")
    start = time.process_time()
    try:
        read_report(file, "a", vocabularies())
    except BadSource:
        return None
    return time.process_time() - start


def check_growth(folder: Path, texts: list[str]) -> None:
    """Read texts, each twice as long as the one before, and fail where the time grows faster than the length twice in a row.

    A text whose time looks steep is read again, and the less of the two counts: another process may have cost the first.
    """
    before, steep = None, 0
    for words in texts:
        now = seconds(folder, words)
        if now is None:
            return
        if before is not None and now > max(TELLING, STEEPEST * before):
            now = min(now, seconds(folder, words) or now)
        steep = steep + 1 if before is not None and now > max(TELLING, STEEPEST * before) else 0
        assert steep < 2, f"{len(words)} characters take {now:.1f} s, half of them {before:.1f} s"
        before = now


def test_hostile_texts_are_made_of_the_alphabets_of_the_patterns() -> None:
    assert len(alphabets()) > 200
    assert len(units()) == COUNT
    letters = set("".join(alphabets()))
    assert all(set(unit) <= letters for unit in units())


@pytest.mark.timeout(900)
@pytest.mark.parametrize(("k", "unit"), sampled(enumerate(units()), 24))
def test_sentence_that_repeats_characters_of_a_pattern_is_read_in_linear_time(
    tmp_path: Path, k: int, unit: str
) -> None:
    longest = len(LENGTHS) if k % 12 else 5  # of those that are always tried, up to 32,000
    check_growth(tmp_path, [text(unit, length) for length in LENGTHS[:longest]])


@pytest.mark.timeout(900)
@pytest.mark.parametrize(("k", "unit"), sampled(enumerate(units()), 48))
def test_lines_that_repeat_characters_of_a_pattern_are_read_in_linear_time(tmp_path: Path, k: int, unit: str) -> None:
    longest = len(LENGTHS) if k % 12 else 5
    check_growth(tmp_path, [HEAD + (f"{unit}\n" * length)[:length] for length in LENGTHS[:longest]])


LONG = {
    "dashes": "—", "dots": "…", "leaders": "．", "spaces": "\u3000", "brackets": "（", "pairs": "（）", "quotes": "“", "nested": "《“（",
    "commas": "，", "digits": "1", "points": "1.", "signs": "+", "per cent": "%", "numerals": "一", "tens": "十", "headings": "（一）", "years": "2024年",
    "stars": "*", "ticks": "`", "pipes": "|", "hashes": "# ", "invisible": "\u200b", "combining": "\u0301", "pictures": "👩‍🚀", "notes": "［1］",
    "superscripts": "²", "ranges": "1—", "units": "亿", "twice": "翻番", "rank": "第一", "same": "增长5%，",
}  # fmt: skip
"""Runs of one kind of character, by what they are."""


@pytest.mark.timeout(900)
@pytest.mark.parametrize(("name", "unit"), sampled(LONG.items(), 12))
def test_long_run_of_one_kind_is_read_in_linear_time(tmp_path: Path, name: str, unit: str) -> None:
    check_growth(tmp_path, [text(unit, length) for length in LENGTHS])


@pytest.mark.long
@pytest.mark.timeout(900)
def test_thousands_of_headings_of_one_number_are_read_in_linear_time(tmp_path: Path) -> None:
    for line in ("（{}）标题{}\n\n内容{}。\n\n", "{}、标题{}\n内容{}。\n", "第{}条 标题{}\n内容{}。\n"):
        texts = [
            "".join(line.format("一二三四五六七八九十"[k % 10], k, k) for k in range(count))
            for count in (500, 1000, 2000, 4000)
        ]
        check_growth(tmp_path, [HEAD + words for words in texts])
