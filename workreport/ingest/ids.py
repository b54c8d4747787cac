"""Knows how a sentence keeps its address for good: ids from its own words, and the ledger that never gives one twice.

Leaves the tree to `outline` and the file `ids.toml` to `settings` and `pipeline`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

ALIKE = 0.5
"""Share of characters that a changed sentence keeps (difflib's ratio) to be counted as the same sentence, edited."""


@dataclass(frozen=True, slots=True)
class IdEntry:
    """One sentence or paragraph in the ledger: `figures` is the largest number of figures it ever had.

    `page` is the id of the section on whose page it stands ("" for the front).
    """

    id: str
    text: str
    aliases: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    figures: int = 0
    page: str = ""


@dataclass(frozen=True, slots=True)
class IdLedger:
    """All ids of a report, in the order of its text. Kept in the committed `reports/<slug>/ids.toml`."""

    sentences: tuple[IdEntry, ...] = ()
    paragraphs: tuple[IdEntry, ...] = ()


def fingerprint(text: str) -> str:
    """Eight hexadecimal digits of the words without white space; never of a position.

    >>> fingerprint("产生金牌79枚。") == fingerprint("产生金牌 79枚。")
    True
    """
    return hashlib.sha256(_bare(text).encode()).hexdigest()[:8]


def _bare(text: str) -> str:
    return "".join(text.split())


class _Mint:
    """Makes new ids and knows all that were ever given."""

    def __init__(self, letter: str, ledger: Sequence[IdEntry]) -> None:
        self.letter = letter
        self.used = {i for e in ledger for i in (e.id, *e.aliases, *e.gone)}
        self.last: dict[str, int] = {}

    def fresh(self, text: str) -> str:
        """The id of these words, with -2, -3 … where it was given before."""
        stem = self.letter + fingerprint(text)
        n = self.last.get(stem, 0) + 1
        name = stem if n == 1 else f"{stem}-{n}"
        while name in self.used:
            n += 1
            name = f"{stem}-{n}"
        self.last[stem] = n
        self.used.add(name)
        return name


def assign(
    letter: str, texts: Sequence[str], ledger: Sequence[IdEntry], pages: Sequence[str] | None = None
) -> tuple[IdEntry, ...]:
    """Give every text its entry: the old one where the words are the same, else a new id with the old as alias.

    What an edit changed keeps its former ids as aliases; what was deleted leaves its ids (`gone`) at the nearest
    text that remains, on the same page where one does. An id that was ever given is never given to other words.
    `letter` is "s" or "p"; `pages` says of each text on which page it stands.

    >>> a = assign("s", ["甲事办成。", "乙事办成。"], ())
    >>> b = assign("s", ["甲事办成。", "新的一句。", "乙事全部办成。"], a)
    >>> b[0].id == a[0].id, b[2].aliases == (a[1].id,)
    (True, True)
    """
    mint = _Mint(letter, ledger)
    pages = pages or [""] * len(texts)
    if not ledger:
        return tuple(IdEntry(mint.fresh(text), text, page=page) for text, page in zip(texts, pages, strict=True))
    old = [_bare(e.text) for e in ledger]
    new = [_bare(t) for t in texts]
    result: list[IdEntry | None] = [None] * len(texts)
    orphans: list[tuple[IdEntry, int]] = []  # a deleted entry, and the place it stood before
    gaps: list[tuple[range, range]] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            for i, j in zip(range(a, b), range(c, d), strict=True):
                result[j] = replace(ledger[i], text=texts[j])
        else:
            gaps.append((range(a, b), range(c, d)))
    waiting = {i for rows, _ in gaps for i in rows}
    _moved(ledger, old, new, texts, result, waiting)
    for rows, places in gaps:
        _edited(ledger, old, new, texts, result, waiting, rows, places, mint)
        orphans.extend((ledger[i], places.start) for i in rows if i in waiting)
    for j, text in enumerate(texts):
        if result[j] is None:
            result[j] = IdEntry(mint.fresh(text), text)
    done = [replace(e, page=page) for e, page in zip(result, pages, strict=True) if e is not None]
    for entry, place in orphans:
        if done:
            at = _heir(done, place, entry.page)
            done[at] = replace(done[at], gone=(*done[at].gone, *addresses(entry), *entry.gone))
    return tuple(done)


def _heir(done: Sequence[IdEntry], place: int, page: str) -> int:
    """Where the ids of a deleted text stay: the nearest on its own page, else the nearest."""
    after = min(place, len(done) - 1)
    for distance in range(max(after, len(done) - after) + 1):
        for at in (after - distance, after + distance):
            if 0 <= at < len(done) and done[at].page == page:
                return at
    return after


def addresses(entry: IdEntry) -> tuple[str, ...]:
    """Every address that leads to a sentence: its id, its former ids, and those of the figures it had under each.

    >>> addresses(IdEntry("s1", "甲。", ("s0",), figures=1))
    ('s1', 's1-f1', 's0', 's0-f1')
    """
    names = (entry.id, *entry.aliases)
    return tuple(a for name in names for a in (name, *(f"{name}-f{n}" for n in range(1, entry.figures + 1))))


def _moved(
    ledger: Sequence[IdEntry],
    old: list[str],
    new: list[str],
    texts: Sequence[str],
    result: list[IdEntry | None],
    waiting: set[int],
) -> None:
    """The same words at another place are the same sentence."""
    by_words: dict[str, list[int]] = {}
    for i in sorted(waiting):
        by_words.setdefault(old[i], []).append(i)
    for j, words in enumerate(new):
        if result[j] is None and by_words.get(words):
            i = by_words[words].pop(0)
            waiting.discard(i)
            result[j] = replace(ledger[i], text=texts[j])


def _edited(
    ledger: Sequence[IdEntry],
    old: list[str],
    new: list[str],
    texts: Sequence[str],
    result: list[IdEntry | None],
    waiting: set[int],
    rows: range,
    places: range,
    mint: _Mint,
) -> None:
    """Within one changed stretch, pair in order what is alike."""
    open_places = [j for j in places if result[j] is None]
    for i in [i for i in rows if i in waiting]:
        for k, j in enumerate(open_places):
            matcher = SequenceMatcher(None, old[i], new[j], autojunk=False)
            if matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE:
                entry = ledger[i]
                result[j] = IdEntry(
                    mint.fresh(texts[j]), texts[j], (*entry.aliases, entry.id), entry.gone, entry.figures
                )
                waiting.discard(i)
                del open_places[: k + 1]
                break


def with_figures(entries: Sequence[IdEntry], counts: dict[str, int]) -> tuple[IdEntry, ...]:
    """Remember how many figures each sentence has had, so that the address of a figure no longer found stays an anchor."""
    return tuple(replace(e, figures=max(e.figures, counts.get(e.id, 0))) for e in entries)
