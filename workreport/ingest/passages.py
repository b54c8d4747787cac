"""Knows where some words stand in a text, and which passage is most like words that do not. Leaves messages to callers."""

from __future__ import annotations

from difflib import SequenceMatcher

_LONGEST = 200
"""The most characters of the words that are compared; the rest changes little and costs time."""


def count(text: str, words: str) -> int:
    """Return how often the words stand in the text, also where two places overlap.

    >>> count("一一一", "一一")
    2
    """
    found, at = 0, text.find(words)
    while at >= 0:
        found, at = found + 1, text.find(words, at + 1)
    return found


def nearest_passage(text: str, words: str) -> str:
    """Return the passage of the text that is most like the words, on one line; "" if nothing in it is like them.

    It is found by the longest run of characters that both share, which has a third of the words at least.

    >>> nearest_passage("全区新增企业30家，增长5.1%。", "新增企业 30 家")
    '新增企业30家，增'
    """
    asked = words[:_LONGEST]
    match = SequenceMatcher(None, asked, text, autojunk=False).find_longest_match()
    if match.size * 3 < len(asked):
        return ""
    start = max(match.b - match.a, 0)
    return " ".join(text[start : start + len(words)].split())
