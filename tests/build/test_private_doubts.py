"""Doubts that are neither certain nor very likely are told to the publisher, and stand on no page."""

from pathlib import Path

import pytest

from workreport.analysis import links
from workreport.build import private_doubts
from workreport.build.report_reader import load_vocabularies, read_report
from workreport.model import Reading
from workreport.project import paths, writer

TEXT = """政府工作报告
（2025年1月9日在青禾县第十八届人民代表大会第四次会议上）
青禾县县长 王小明
各位代表：
一、2024年工作回顾
（一）抓工业。规上工业增加值增长6%。
（二）抓农业。粮食产量3万吨的的。
（四）抓民生。推出“放心消费行动。
二、2025年工作安排
办好实事。
"""


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    file = tmp_path_factory.mktemp("report") / "qinghe.txt"
    file.write_text(TEXT, encoding="utf-8")
    return read_report(file, "qinghe", load_vocabularies(*paths.vocabularies_of(Path())), pronounce=str).reading


def test_pages_show_the_gap_in_the_numbers_and_the_publisher_is_told_the_rest(reading: Reading) -> None:
    public = links.publish([reading], "").readings[0].faults
    assert [(f.kind, f.confidence) for f in public] == [("numbering", "certain")]
    told = private_doubts.lines(reading)
    assert len(told) == 2
    assert "“的”字叠出" in told[0]
    assert "不成对" in told[1]


def test_check_can_name_the_doubts_that_a_build_stored(reading: Reading, tmp_path: Path) -> None:
    assert private_doubts.stored(tmp_path) == ()
    private_doubts.store(tmp_path / writer.WORK, {"qinghe": private_doubts.lines(reading)})
    assert private_doubts.stored(tmp_path)[0].endswith("页面不显示：")
    assert "reports/qinghe/" in private_doubts.stored(tmp_path)[1]
    (tmp_path / writer.WORK / private_doubts.STORED).write_bytes(b"[]")
    assert private_doubts.stored(tmp_path) == ()
