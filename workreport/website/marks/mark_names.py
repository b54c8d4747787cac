"""Knows how the classes in the marks of `docs/` are called in the pages, where styles and scripts have short names for them.

Every other class is the same in both. MARKS.md tells what each means.
"""

from __future__ import annotations

from collections.abc import Mapping

CLASSES: Mapping[str, str] = {
    "new-topic": "step",
    "doubt": "k",
    "number": "no",
    "closing": "end",
    "sentence": "s",
    "passage": "p",
    "repeated": "copy",
    "begins-repeated": "broken",
    "continued": "on",
    "value": "v",
    "unbroken": "u",
    "former": "was",
    "figure": "fig",
    "total": "n",
    "caption": "told",
    "folded": "strip",
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
}
"""Marks that say more than the class of a page, which several share."""
READ: Mapping[str, str] = {**CLASSES, **FURTHER}
WRITTEN: Mapping[str, str] = {shown: mark for mark, shown in CLASSES.items()}
FORMER, DELETED = "former", "deleted"
"""The attributes with ids of a sentence or paragraph that it had before, and of deleted neighbours."""
SENTENCE = "sentence"
"""The attribute of a heading with its id as a sentence of the report."""
PART = "part"
"""The attribute of a rule with the name of the part of the page that begins there."""
