"""Knows the closed lists of kinds and statuses, as literals, and the types of names that a table keeps open.

Leaves the values that carry them to the other modules of `model`.
"""

from __future__ import annotations

from typing import Literal, NewType

Author = Literal["engine", "publisher"]
"""Who made a finding or a change: a rule of the program, or the publisher in a file of the report (notes.toml …)."""
RepairAuthor = Literal["engine", "publisher", "reading"]
"""As `Author`; "reading" is for words of the file that its reader left out of the text."""
RepairStatus = Literal["applied", "undone", "proposed"]
"""Only an "applied" repair changes the text. The publisher "undoes" one; a "proposed" one waits for the publisher."""
FaultKind = Literal[
    "announced", "missing", "lost", "repeated", "numbering", "contradiction", "doubled", "tense", "marks", "wording",
    "stranger",
]  # fmt: skip
"""What may be wrong with a source (校勘).

announced: a stated number of items differs from those present. missing: numbered parts are not there. lost: text breaks
off. repeated: a passage occurs twice. numbering: heading numbers jump or repeat. contradiction: two statements do not
agree. doubled: a character is doubled. tense: a plan among results. marks: brackets or quotation marks are not paired.
wording: anything else, noted by the publisher. stranger: perhaps not a work report.
"""
Confidence = Literal["certain", "high", "medium", "low"]
"""How sure it is that a reported fault is a fault."""
ParagraphRole = Literal["title", "meeting", "speaker", "salutation", "text"]
"""What a paragraph is: title, meeting and speaker occur in the front matter only."""
IndicatorKind = Literal["level", "growth", "share", "count", "rank"]
"""level: an amount (亿元, 公里). growth: a change. share: a part of a whole (%). count: things counted. rank: a rank only."""
Status = Literal["result", "target"]
"""Whether an indicator (指标) was reached or is planned."""
UnitKind = Literal["level", "count", "share"]
"""What a figure is when only its unit is known: 亿元 level, % share, 家 count."""
Direction = Literal["up", "down", "flat"]
"""The direction of a change."""
TermKind = Literal["place", "venue", "body", "event", "programme", "person", "name", "phrase", "region", "topic"]
"""What a term (专名, 主题) names; a region is a country, a province or a big city."""
DerivedKind = Literal["share", "before", "sum"]
"""How a derived figure was calculated: a share of a whole, the level a year earlier, a sum of parts."""
FormatId = NewType("FormatId", str)
"""The name of a file format that can be read ("docx"); the table of formats lists them."""
UnitName = NewType("UnitName", str)
"""A unit as written, with its 万 or 亿 ("万家"); "" where there is none. The vocabulary lists the measure words."""
RepairKind = NewType("RepairKind", str)
"""What a repair does ("join", "header"). Open: formats have kinds of their own, and `repairs.toml` may name others."""
