"""Knows how the names in the marks of `docs/` are called in the pages, where styles and scripts have short names for them.

A mark says what it is: the class of a list or table ends in the word list, table or chart. Every other name is the same in
both. MARKS.md tells what each means.
"""

from __future__ import annotations

from collections.abc import Mapping

CLASSES: Mapping[str, str] = {
    "new-topic": "step",
    "doubt": "k",
    "number": "no",
    "closing-mark": "end",
    "sentence": "s",
    "repeated-text": "p",
    "repeated-passage": "copy",
    "begins-repeated": "broken",
    "continued": "on",
    "value": "v",
    "unbroken": "u",
    "former": "was",
    "figure": "fig",
    "total": "n",
    "caption": "told",
    "folded-list": "strip",
    "exact": "placed",
}
"""The class of a page by that of a mark; `attributes` writes these marks for these classes."""
FURTHER: Mapping[str, str] = {
    "adopted": "status",
    "not-adopted": "status off",
    "by-publisher": "status",
    "confidence": "sure",
    "reason": "why",
    "in-common": "why",
    "source-line": "where",
    "computed": "target",
    "corrected-from": "from",
    "in-the-report": "from",
    "plain-list": "plain",
    "plain-table": "plain",
    "spaced-list": "loose",
}
"""Marks that say more than the class of a page, which several share."""
SHAPES: Mapping[str, str] = {
    "card-list": "cards",
    "core-card-list": "cards board",
    "indicator-list": "lines",
    "large-figure-list": "one-figures",
    "preview-list": "previews",
    "note-list": "notes",
    "place-table": "places",
    "measure-table": "dots",
    "fact-list": "source",
    "file-list": "files",
    "related-list": "related",
    "sibling-list": "siblings",
    "picture-rank-list": "one-ranks",
    "picture-sentence": "one-quote",
    "indicator-table": "indicators",
    "derived-table": "plain derived",
    "bar-chart": "bars",
    "rank-chart": "ranks",
    "dumbbell-chart": "dumbbells",
    "series-chart": "series",
    "pair-list": "pairs",
    "missing-year": "gap",
    "gross-product": "own",
    "not-stated": "absent",
    "edits": "missing quiet",
    "long-name": "long",
    "section-row": "group",
    "cut-off": "cut",
    "table-only": "held",
    "stated-elsewhere": "also",
    "over-years": "longer",
    "next-year-target": "aim",
    "on-this-page": "holds",
    "report-part": "part",
    "half-width": "half",
    "chart": "picture",
}
"""Marks that templates write: lists, tables, rows, headings and lines, by what they are."""
READ: Mapping[str, str] = {**CLASSES, **FURTHER, **SHAPES}
WRITTEN: Mapping[str, str] = {shown: mark for mark, shown in CLASSES.items()}
FORMER, DELETED = "former", "deleted"
"""The attributes with ids of a sentence or paragraph that it had before, and of deleted neighbours."""
SENTENCE = "sentence"
"""The attribute of a heading with its id as a sentence of the report."""
PARTS = ("begins", "ends", "inserts")
"""The attributes of a rule: the part of the page that begins or ends there, or what the template of the page's kind puts there."""
SORTED_BY: Mapping[str, str] = {
    "kind": "kind",
    "status": "status",
    "unit": "unit",
    "size": "value",
    "change": "change",
    "place": "rank",
    "level": "rank-area",
}
"""What a row of the table of indicators can be sorted and filtered by: data-… in the page, and the attribute that says it."""
PRINTED, FULL_TABLE = "printed-place", "full-table"
"""The attributes of an indicator with its place as printed on paper, and of a list with the address of the whole table."""
BAR_LEFT, BAR_WIDTH = "bar-left", "bar-width"
"""The attributes of a row that is shown as a bar: where it begins ("" for 0%) and how long it is, of the width of the chart."""
PLACE, LEVEL, YEARS = "place", "level", "years"
"""The attributes of a row of the table of places: whose it is, and of which level; and that of the table with its years."""
COLUMN_KEYS = (("level-from", "level-height", "level-value"), ("change-from", "change-height", "change-value"))
"""The attributes of a year of a series: where its column begins and how high it is, of the height of the picture, and the value above
it; first for its level, then for its change.
"""
SCALES = ("value", "change")
"""The two scales of the table of a measure; an attribute begins with one, and ends in `-at`, `-zero`, `-tick` or `-words`."""
ZERO = "zero"
"""The attribute of a chart, or of a line of it, with the place of zero."""
BREAKS = ("break-left", "break-right")
"""The attributes of such a line with the places where it breaks off, before dots that lie beyond its scale."""
DOTS = ("year-before", "year-reviewed", "target", "target-high")
"""The attributes of a row of the chart of results and targets: where its dots are, of the width of the chart."""
