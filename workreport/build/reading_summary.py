"""Knows what a publisher is told of a report that was read: what to check first, what stands on the front page, what not.

Leaves finding it to `analysis`, and showing the lines to the callers.
"""

from __future__ import annotations

from collections.abc import Sequence

from workreport.analysis.headlines import front_cards
from workreport.build import private_doubts
from workreport.model import Reading
from workreport.website import addresses
from workreport.website.pages.front_cards import front_card

_MOST_FAULTS = 8
"""The most faults listed after a report is added."""
_LONGEST_QUOTE = 30
"""The most characters of a quote that are shown."""
_MOST_HELD = 20
"""The most held-back indicators listed after a report is added."""


def check_first(reading: Reading, remarks: Sequence[str]) -> tuple[str, ...]:
    """Return what the publisher should check first, one Chinese line each.

    That is: the reader's remarks, likely faults, doubts that pages do not show, the number of repairs, and whether headings,
    speaker or date are missing.
    """
    likely = [f for f in reading.faults if f.confidence in ("certain", "high")]
    rows = list(remarks)
    rows += [private_doubts.line(f) for f in likely[:_MOST_FAULTS]]
    rows += [f"{row}——页面不显示" for row in private_doubts.lines(reading)]
    repairs = sum(r.by != "reading" for r in reading.repairs)
    if repairs:
        rows.append(f"修复 {repairs} 处，见 repairs.toml")
    if not reading.outline.sections or not any(s.number for s in reading.outline.walk()):
        rows.append("没有读出带序号的标题，整篇作为一节")
    if reading.meta.speaker == "" or reading.meta.date is None:
        rows.append("题头没有读全，这也许不是政府工作报告")
    return tuple(rows)


def front_lines(reading: Reading) -> tuple[str, ...]:
    """Return the cards of the front page, one Chinese line each: 地区生产总值 120亿元，同比 +6%，2025年目标 +5.5%左右."""
    rows = []
    for chosen in front_cards(reading):
        shown = front_card(reading, chosen, addresses.ROOT)
        figure = shown.figure.text if shown.figure else "、".join(f"{rank.what}{rank.text}" for rank in shown.ranks)
        told = f"目标 {figure}" if shown.target else f"预计 {figure}" if shown.estimated else figure
        facts = [told, shown.change.words if shown.change else ""]
        if chosen.indicator.kind == "growth":
            facts = [" ".join(reversed(facts))]
        also, aim = ([f"{one.label} {one.text}"] if one else [] for one in (shown.also, shown.aim))
        beside = [*also, *([shown.longer.words] if shown.longer else []), *aim]
        rows.append(
            f"{shown.name}{f'（{shown.when}）' if shown.when else ''} " + "，".join(filter(None, (*facts, *beside)))
        )
    return tuple(rows)


def held_lines(reading: Reading) -> tuple[str, ...]:
    """Return the indicators that the gate holds back, one Chinese line each: the words of the report, and the reason."""
    rows = [f"“{i.quote[-_LONGEST_QUOTE:]}”：{i.held_back}" for i in reading.indicators if i.held_back]
    more = len(rows) - _MOST_HELD
    return (*rows[:_MOST_HELD], f"另有 {more} 项，见指标表") if more > 0 else tuple(rows)
