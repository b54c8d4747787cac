"""Knows names that end with a class word: 杭州|体育馆, 武林路. Leaves names in quotation marks to `quoted_names`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from workreport.analysis.name_words import NameWords
from workreport.analysis.names.cutting import LONGEST, Spot, Token
from workreport.model import TermKind

INSIDE = 3
"""Most common words between the unknown part of a name and its class word: 运河|体育|公园."""


@dataclass(frozen=True, slots=True)
class ClosedName:
    """A name that ends with a class word. `clean`: no word stands directly before it that could belong to it."""

    name: str
    kind: TermKind
    clean: bool
    spot: Spot


def _start_of_name(text: str, tokens: Sequence[Token], k: int, words: NameWords) -> int:
    """Where a name may start in token k; -1 if it cannot. Unknown text must have two characters without a suffix of
    the word before.
    """
    token = tokens[k]
    if token.kind in ("known", "region"):
        return token.start
    start = token.start
    before = tokens[k - 1] if k else None
    if before and before.kind == "common" and text[start] in words.suffixes:
        start += 1
    return start if token.kind == "unknown" and token.end - start >= 2 else -1


def closed_names(number: int, text: str, tokens: Sequence[Token], words: NameWords) -> Iterator[ClosedName]:
    """Names that end with a class word: 中国|京杭大运河|博物馆, 杭州|体育馆, 武林路.

    A name starts with unknown text (or a region directly before it), may contain three common words, and ends with the
    first class word.
    """
    k = 0
    while k < len(tokens):
        start = _start_of_name(text, tokens, k, words)
        last, kind = _class_word(text, tokens, k, start, words) if start >= 0 else (-1, "")
        if last < 0 or not kind:
            k += 1
            continue
        first = k
        if start == tokens[k].start:
            while first and tokens[first - 1].kind == "region":
                first -= 1
            if first and tokens[first - 1].kind == "number" and text[tokens[first - 1].end - 1].isdecimal():
                first -= 1  # 360华东总部: figures that count nothing begin a name
            start = tokens[first].start
        clean = start == tokens[first].start and (first == 0 or tokens[first - 1].kind in ("mark", "break", "number"))
        end = tokens[last].end
        if end - start >= 3:
            yield ClosedName(text[start:end], kind, clean, Spot(number, start, end))
        k = last + 1


def _free(tokens: Sequence[Token], k: int) -> bool:
    """Whether nothing after token k could continue its name."""
    return k + 1 == len(tokens) or tokens[k + 1].kind in ("mark", "break", "number")


def _class_word(
    text: str, tokens: Sequence[Token], k: int, start: int, words: NameWords
) -> tuple[int, TermKind | Literal[""]]:
    """The token that ends the name which starts in token k, and the kind of the name; (-1, "") if none does.

    A region may be the whole first part if a venue or body follows directly (杭州|体育馆), but not as a modifier
    (杭州市|总部|企业).
    """
    named, inside = tokens[k].kind != "region", 0
    for j in range(k + 1, len(tokens)):
        after = tokens[j]
        if after.end - start > LONGEST:
            break
        if after.kind == "class":
            kind = words.class_kinds[text[after.start : after.end]]
            alone = (
                j == k + 1 and kind in ("venue", "body") and (j + 1 == len(tokens) or tokens[j + 1].kind != "common")
            )
            return (j, kind) if named or alone else (-1, "")
        if after.end - after.start == 1 and after.kind == "unknown" and _free(tokens, j):
            end_kind = words.end_kinds.get(text[after.start])
            return (j, end_kind) if named and end_kind else (-1, "")
        if after.kind in ("unknown", "known"):
            named = named or _start_of_name(text, tokens, j, words) >= 0
        elif after.kind == "common" and named and inside < INSIDE:
            inside += 1
        elif after.kind != "region":
            break
    token = tokens[k]
    if (
        token.kind == "unknown"
        and _free(tokens, k)
        and 3 <= token.end - start <= 4
        and text[token.end - 1] in words.end_kinds
    ):
        return k, words.end_kinds[text[token.end - 1]]
    return -1, ""
