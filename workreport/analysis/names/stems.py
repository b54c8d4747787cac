"""Knows names without a class word: stems (武林 of 武林路, 武林广场), their long forms, and people.

Leaves collecting the candidates to `candidates`.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Literal

from workreport.analysis.name_words import NameWords
from workreport.analysis.names.candidates import LONGEST_STEM, Gathered, UnknownRun
from workreport.analysis.names.quoted_names import Quotations
from workreport.model import TermKind

_DISTRICT = "市区县州旗"


def find_stems(found: Gathered, quotes: Quotations, words: NameWords) -> dict[str, TermKind]:
    """Find stems, names which other names start with, with their kinds: 武林 (武林路, 武林广场), 桥西 (桥西历史街区).

    A stem occurs in at least two sections, at least once at the start of a run of unknown text and once at the end of one.
    Something must show that it is a name (see `_stem_kind`). Occurrences inside a longer stem, as a modifier in a quotation
    (“西湖明珠工程”), or before an edition character (亚运|版) do not count. If all others lie in closed names that occur in
    several sections, it is no stem of its own.
    """
    texts = found.texts
    longer: dict[str, set[str]] = defaultdict(set)
    for name in found.closed:
        for whole in {name, _without_region(name, words)}:
            for length in range(2, min(len(whole) - 1, LONGEST_STEM) + 1):
                longer[whole[:length]].add(name)
    covered: set[tuple[int, int]] = set()
    for closed in found.closed.values():
        if len(found.sections(one.spot for one in closed)) > 1:
            covered |= {(one.spot.sentence, i) for one in closed for i in range(one.spot.start, one.spot.end)}
    accepted: dict[str, TermKind] = {}
    taken: set[tuple[int, int]] = set()
    repeated = [piece for piece, places in found.pieces.items() if len(places) > 1]
    for stem in sorted(repeated, key=lambda word: (-len(word), word)):
        runs = found.runs(stem)
        own = [
            run
            for run in runs
            if not {(run.spot.sentence, run.spot.start), (run.spot.sentence, run.spot.end - 1)} <= taken
            and not quotes.modifier(run.spot)
            and texts[run.spot.sentence][run.spot.end : run.spot.end + 1] not in words.editions
        ]
        if not any(run.begins for run in own) or not any(run.ends for run in own):
            continue
        if len(found.sections(run.spot for run in own)) < 2 or all(
            (r.spot.sentence, r.spot.start) in covered for r in own
        ):
            continue
        kind = _stem_kind(stem, longer[stem], own, found, words)
        if kind:
            accepted[stem] = kind
            taken |= {(r.spot.sentence, i) for r in runs for i in range(r.spot.start, r.spot.end)}
    return accepted


def _without_region(name: str, words: NameWords) -> str:
    """A name without the region of two or three characters at its start, if it has one."""
    return next((name[length:] for length in (3, 2) if name[:length] in words.regions), name)


def _stem_kind(
    stem: str, longer: set[str], own: Sequence[UnknownRun], found: Gathered, words: NameWords
) -> TermKind | Literal[""]:
    """The kind of a stem; "" if nothing shows that it is a name.

    It may be shown by a district (桥西区), a final character (路), the longer names that start with it, or several
    lists that have it as an item (江门、惠州). `own` are the occurrences that count.
    """
    if any(run.begins and run.ends for end in _DISTRICT for run in found.runs(stem + end)):
        return "region"
    listed = sum(run.listed for run in own)
    if stem[-1] in words.end_kinds and (listed or (len(stem) > 2 and any(run.begins and run.ends for run in own))):
        return words.end_kinds[stem[-1]]
    kinds = Counter(found.closed[name][0].kind for name in longer)
    others = sum(kinds.values()) - kinds["place"]
    if kinds["place"] > others:
        return "place"
    if kinds["place"] or kinds["venue"] or kinds["event"] or others > 1 or listed > 1:
        return "name"
    return ""


def find_long_forms(stems: Iterable[str], texts: Sequence[str], words: NameWords) -> dict[str, str]:
    """Find the long forms of stems of two characters: 电竞 is the first and the third character of 电子竞技.

    The long form has four characters and occurs at least twice; exactly one of its halves is a common word. If several fit,
    the most frequent one is taken.
    """
    short = {tuple(stem) for stem in stems if len(stem) == 2}
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        # pairs of the characters two apart; the last one of a text has no fourth character behind it
        for at, pair in enumerate(zip(text, text[2:-1], strict=False)):
            if pair in short:
                stem = "".join(pair)
                counts[stem][text[at : at + 4]] += 1
    found: dict[str, str] = {}
    for stem in sorted(counts):
        for full, times in sorted(counts[stem].items(), key=lambda item: (-item[1], item[0])):
            if times > 1 and (full[:2] in words.common) != (full[2:] in words.common):
                found.setdefault(stem, full)
    return found


def find_people(texts: Sequence[str], words: NameWords) -> set[str]:
    """Find names of people before a title (某某某同志): a surname and one or two characters, without any known word."""
    pattern = re.compile(rf"([{''.join(sorted(words.surnames))}][一-鿿]{{1,2}})(?:{'|'.join(words.titles)})")
    names = {match.group(1) for text in texts for match in pattern.finditer(text)}
    return {name for name in names if not any(name[k : k + 2] in words.lexicon for k in range(len(name) - 1))}
