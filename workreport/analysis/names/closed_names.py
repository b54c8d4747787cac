"""Knows names that end with a class word (杭州|体育馆) or a final character (武林|路).

Leaves names in quotation marks to `quoted_names`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from workreport.analysis.name_words import NameWords
from workreport.analysis.names.cutting import LONGEST, Spot, Token
from workreport.model import TermKind

STARTS = frozenset(("unknown", "known", "region"))
"""The kinds of tokens that a name may start in."""
INSIDE = 3
"""The largest number of words (role common) between the unknown part of a name and its class word: 运河|体育|公园 has one."""


@dataclass(frozen=True, slots=True)
class ClosedName:
    """A name that ends with a class word or final character. `clean`: no word directly before it could belong to it."""

    name: str
    kind: TermKind
    clean: bool
    spot: Spot


def _start_of_name(text: str, tokens: Sequence[Token], k: int, words: NameWords) -> int:
    """The position in token k where a name may start; -1 if none may start there.

    A first character that is a suffix of the common word before (现代|化) is skipped. Unknown text must then have two more
    characters.
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
    """Find names that end with a class word or final character: 中国|京杭大运河|博物馆, 杭州|体育馆, 武林|路.

    A name has at least three characters. It starts with unknown text, a known name or a region, may contain up to INSIDE
    common words, and ends with the first class word. Regions directly before it belong to it. `number` is the index of the
    sentence.
    """
    k = 0
    while k < len(tokens):
        if tokens[k].kind not in STARTS:
            k += 1
            continue
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
                first -= 1  # a number without a measure word may start a name: 360华东总部
            start = tokens[first].start
        clean = start == tokens[first].start and (first == 0 or tokens[first - 1].kind in ("mark", "break", "number"))
        end = tokens[last].end
        if end - start >= 3:
            yield ClosedName(text[start:end], kind, clean, Spot(number, start, end))
        k = last + 1


def _free(tokens: Sequence[Token], k: int) -> bool:
    """Whether the token after k cannot continue a name: there is none, or it is a mark, a break or a number."""
    return k + 1 == len(tokens) or tokens[k + 1].kind in ("mark", "break", "number")


def _class_word(
    text: str, tokens: Sequence[Token], k: int, start: int, words: NameWords
) -> tuple[int, TermKind | Literal[""]]:
    """The index of the token that ends the name which starts in token k, and the kind of the name; (-1, "") if none does.

    Before the class word of a venue or body, a region alone is enough (杭州|体育馆), unless a common word follows
    (杭州市|总部|企业). A final character ends a name only if nothing after it could continue the name.
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
