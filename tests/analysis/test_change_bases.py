"""What a change is compared with where only the words before it say so (基期)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.vocabularies import vocabularies
from workreport.analysis.change_bases import UNKNOWN, ToldBase
from workreport.analysis.headlines import front_cards
from workreport.analysis.statements import Statements
from workreport.build import report_reader
from workreport.model import Reading

HEAD = "青禾县政府工作报告\n1975年2月21日在青禾县第九届人民代表大会第三次会议上\n县长 李四\n\n一、工作回顾\n\n"
Read = Callable[[str], Reading]


@pytest.fixture(scope="module")
def words() -> report_reader.Vocabularies:
    return vocabularies()


@pytest.fixture
def read(tmp_path: Path, words: report_reader.Vocabularies) -> Read:
    def make(review: str) -> Reading:
        file = tmp_path / "source.md"
        file.write_text(f"{HEAD}{review}\n", encoding="utf-8")
        return report_reader.read_report(file, "qinghe-1975", words).reading

    return make


@pytest.mark.parametrize(
    ("review", "base"),
    [
        ("工业总产值比一九六四年增长一点九倍，化肥产量增长三倍。", ToldBase(year="一九六四年")),
        ("工业总产值比1964年增长1.9倍，化肥产量增长3倍。", ToldBase(year="1964年")),
        ("工业总产值比一九六四年增长一点九倍，去年化肥产量增长三倍。", UNKNOWN),
        ("工业总产值比一九六四年增长一点九倍，比计划多完成八家，化肥产量增长三倍。", UNKNOWN),
        # The second may be the change of the year.
        ("化肥产量比一九六四年增长一点九倍，化肥产量增长三倍。", UNKNOWN),
        ("全国解放以来，化肥产量增长三倍。", ToldBase(since="全国解放以来")),
        ("全国解放以来，建成水库三座，化肥产量增长三倍。", ToldBase(since="全国解放以来")),
        ("全国解放以来，变化很大。化肥产量增长三倍。", UNKNOWN),
        ("全国解放以来，建成水库三座，去年化肥产量增长三倍。", UNKNOWN),
        ("化肥产量增长三倍。", UNKNOWN),
    ],
)
def test_base_of_a_change_from_the_words_before_it(read: Read, review: str, base: ToldBase) -> None:
    reading = read(review)
    last = [i for i in reading.indicators if "化肥" in i.name][-1]
    assert Statements(reading).told_base(last) == base


def test_change_by_a_multiple_over_an_unknown_time_is_not_on_the_front(read: Read) -> None:
    told = "全国解放以来，化肥产量增长三倍。"
    untold = "化肥产量增长三倍。"
    for review, shown in ((told, True), (untold, False)):
        names = [card.indicator.name for card in front_cards(read(f"新建公路三十公里。{review}"))]
        assert ("化肥产量" in names) == shown
