"""Fixtures for tests of a report's front page: the words of the field, and the cards of an invented report."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.vocabularies import vocabularies
from workreport.analysis.headlines import front_cards
from workreport.analysis.statements import FrontCard
from workreport.build import report_reader

HEAD = "青禾县政府工作报告\n2024年2月21日在青禾县第九届人民代表大会第三次会议上\n县长 李四\n\n"


@pytest.fixture(scope="module")
def words() -> report_reader.Vocabularies:
    return vocabularies()


@pytest.fixture
def cards(tmp_path: Path, words: report_reader.Vocabularies) -> Any:
    """Read a report of 2024 with this review and this plan; return its front cards by measure or name."""

    def read(review: str, plan: str = "") -> dict[str, FrontCard]:
        file = tmp_path / "source.md"
        file.write_text(
            f"{HEAD}一、2023年工作回顾\n\n{review}\n\n二、2024年工作安排\n\n{plan or '我们要继续努力。'}\n",
            encoding="utf-8",
        )
        reading = report_reader.read_report(file, "qinghe-2024", words).reading
        assert reading.meta.year == 2024
        return {card.indicator.measure or card.indicator.name: card for card in front_cards(reading)}

    return read
