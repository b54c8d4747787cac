"""Knows the closed lists of kinds and statuses (`Literal`), and the names whose values a table lists (`NewType`).

Leaves the dataclasses that use them to the other modules of `model`.
"""

from __future__ import annotations

from typing import Literal, NewType

Author = Literal["engine", "publisher"]
"""Who made a finding or a change: the program, or the publisher in a file of the report's folder (notes.toml)."""
RepairAuthor = Literal["engine", "publisher", "reading"]
"""As `Author`. "reading" stands for the reader of the file format: it left words of the file out of the text."""
RepairStatus = Literal["applied", "undone", "proposed"]
"""Only an "applied" repair changes the text. "undone": switched off by the publisher. "proposed": not decided yet."""
FaultKind = Literal[
    "announced", "missing", "lost", "repeated", "numbering", "contradiction", "doubled", "tense", "marks", "wording",
    "stranger",
]  # fmt: skip
"""What may be wrong with a source (校勘).

announced: the stated number of items differs from the number present. missing: parts or sections are absent.
lost: the text breaks off. repeated: a passage occurs twice. numbering: heading numbers jump or repeat.
contradiction: two statements disagree. doubled: a character is written twice. tense: a target in a review of past work.
marks: brackets or quotation marks are not paired. wording: anything else that the publisher notes. stranger: the file
may not be a work report.
"""
Confidence = Literal["certain", "high", "medium", "low"]
"""How likely a reported fault is a real one."""
ParagraphRole = Literal["title", "meeting", "speaker", "salutation", "text"]
"""What a paragraph is. Title, meeting and speaker occur only in the front matter, a salutation anywhere."""
IndicatorKind = Literal["level", "growth", "share", "count", "rank"]
"""What an indicator states.

level: an amount (亿元, 公里). growth: a change. share: a part of a whole (%). count: a number of things (家, 人).
rank: a rank without a figure.
"""
Status = Literal["result", "target"]
"""Whether an indicator (指标) states something reached (result) or planned (target)."""
UnitKind = Literal["level", "count", "share"]
"""The kind that a unit gives a figure: level for 亿元, share for %, count for 家."""
Direction = Literal["up", "down", "flat"]
"""The direction of a change: 增长, 下降 or 持平."""
TermKind = Literal["place", "venue", "body", "event", "programme", "person", "name", "phrase", "region", "topic"]
"""What a term names: a kind of proper name (专名), a set phrase (提法), or a topic (主题).

A region is a country, a province, a city or a district.
"""
DerivedKind = Literal["share", "before", "sum"]
"""What a derived figure is: a share of a whole, the level one year earlier ("before"), or a sum of parts."""
FormatId = NewType("FormatId", str)
"""The id of a readable file format ("docx"); `ingest.formats.format_table` lists all."""
UnitName = NewType("UnitName", str)
"""A unit as written, with its 万 or 亿 ("万家"); "" for a number without one. `vocabulary/units.toml` lists the units."""
RepairKind = NewType("RepairKind", str)
"""What a repair does ("join") or what was left out ("header"). Not a closed list: `repairs.toml` may name others."""
