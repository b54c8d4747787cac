"""The JSON of `build.py inspect` grows with its input: a sentence stands in it once, however many figures it states."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.vocabularies import vocabularies
from workreport.analysis import inspection
from workreport.build.report_reader import read_report

HEAD = "政府工作报告\n\n各位代表：\n\n一、回顾\n\n"


def printed(folder: Path, sentence: str) -> str:
    """What `inspect` prints of a report with this one sentence."""
    file = folder / "a.md"
    file.write_text(f"{HEAD}{sentence}\n", encoding="utf-8")
    return inspection.printed(inspection.document(read_report(file, "a", vocabularies()).reading))


def test_sentence_stands_once_however_many_figures_it_states(tmp_path: Path) -> None:
    text = printed(tmp_path, "新建学校3所、医院5家、公园8个。")
    found = json.loads(text)
    assert [i["value"] for i in found["indicators"]] == ["3", "5", "8"]
    key = found["indicators"][0]["sentence"]
    assert {i["sentence"] for i in found["indicators"]} == {key}
    assert found["sentences"] == {key: "新建学校3所、医院5家、公园8个。"}
    assert text.count("医院5家、公园8个") == 1


@pytest.mark.parametrize("words", ["1%", "，增长2%", "甲3个、"])
def test_printed_json_grows_no_faster_than_a_long_sentence(tmp_path: Path, words: str) -> None:
    sizes = [len(printed(tmp_path, words * count + "。")) for count in (500, 1000, 2000)]
    assert sizes[2] - sizes[1] < 2.2 * (sizes[1] - sizes[0]), sizes
