"""Tests that identifiers have Chinese words, and that the page of notes accounts for numbers that are no indicators."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

from tests.conftest import ROOT
from workreport.analysis import overrides, vocabulary
from workreport.build import report_reader
from workreport.model import Findings, Publication, Unclaimed, kinds
from workreport.project.settings import Settings
from workreport.website.pages import render, wording


def test_every_trap_rule_has_its_own_chinese_words() -> None:
    assert set(vocabulary.TRAP_RULES) <= set(wording.TRAPS)
    assert len(set(wording.TRAPS.values())) == len(wording.TRAPS)


def test_every_correctable_field_kind_and_status_has_a_chinese_word() -> None:
    assert set(overrides.FIELDS) == set(wording.FIELDS)
    assert set(get_args(kinds.IndicatorKind)) == set(wording.KINDS)
    assert set(get_args(kinds.Status)) == set(wording.STATUS)


def test_notes_page_lists_unclaimed_numbers_and_counts_trap_rules(tmp_path: Path) -> None:
    path = tmp_path / "report.md"
    body = "# 政府工作报告\n\n一、回顾\n\n2024年1月8日，第三次会议召开。新增学位3200个，编号9981。\n"
    path.write_text(body, encoding="utf-8")
    reading = report_reader.read_file(path, ROOT / "vocabulary").reading
    assert {"date", "ordinal"} <= {rule for rule, _ in reading.found.traps}
    at = reading.text.body.index("9981")
    left = Findings(reading.found.indicators, (Unclaimed(at, at + 4, "9981"),), reading.found.traps)
    fields = {name: getattr(reading, name) for name in reading.__dataclass_fields__}
    page = render(Publication((type(reading)(**{**fields, "found": left}),)), Settings(), ROOT / "templates")[
        "report/notes/index.md"
    ]
    unclaimed, rules = page.split("{#unclaimed}")[1].split("{#traps}")
    assert "编号**9981**" in unclaimed
    shown = dict(re.findall(r"\| ([^|]+) \| (\d+) \|", rules))
    assert shown == {wording.TRAPS[rule]: str(times) for rule, times in reading.found.traps}
