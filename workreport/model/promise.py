"""Knows the types of what a report promises for its year (承诺), and of its sentences for one kind of readers (与我有关).

Positions are offsets into the repaired text, as in `findings`. Leaves finding these values to `analysis`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Theme:
    """What a promise is about: `id` ("elderly") is used in addresses, `label` (养老) on pages."""

    id: str
    label: str


class Promise(NamedTuple):
    """A promise for the year of the report: the words body[start:end] of one sentence, and the figures in them.

    `number` counts the promises of a report from 1, those of lists of 民生实事 (`livelihood`) first. `figures` are the ids of
    its targets; empty for an item of such a list that states no figure.
    """

    number: int
    theme: Theme
    sentence: str
    section: str
    start: int
    end: int
    figures: tuple[str, ...]
    livelihood: bool


@dataclass(frozen=True, slots=True)
class Audience:
    """A kind of readers (老人) and the ids of the sentences of a report for them, in the order in which they are shown.

    `id` ("elderly") is used in addresses, `label` on pages. `planned` are the ids of those sentences that are plans, `reviewed` of those below
    a heading of what was done (2023年工作回顾).
    """

    id: str
    label: str
    sentences: tuple[str, ...]
    planned: frozenset[str] = frozenset()
    reviewed: frozenset[str] = frozenset()
