"""Knows the patterns for zones, firms and fairs that have figures of their own, compiled once from a Vocabulary.

Leaves their use to `owners`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from workreport.analysis.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True, eq=False)
class OwnerGrammar:
    """`hint` matches any of the words, `zone` a name that ends with a zone or firm (`kind`), `event` the end of a fair's name."""

    hint: re.Pattern[str]
    zone: re.Pattern[str]
    event: re.Pattern[str]


def owner_grammar_of(words: Vocabulary) -> OwnerGrammar:
    """Compile the patterns of a vocabulary."""
    zones, events = words.pattern("owner"), words.pattern("event")
    return OwnerGrammar(
        hint=re.compile(f"{zones}|{events}|每[个条家座所]"),
        zone=re.compile(rf"(?P<owner>[^，。；、：\d“”（）]{{0,18}}?(?P<kind>(?:{zones})区?))"),
        event=re.compile(f"(?:{events})”?$"),
    )
