"""Knows how sentences and paragraphs get permanent ids: made from their text, kept when it moves, never given twice.

The ledger of all ids is stored from build to build. Leaves the tree to `outline` and the file `ids.toml` to
`project.settings`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple

ALIKE = 0.5
"""Two texts at least this similar (difflib's ratio, 0 to 1) are the same text before and after an edit."""


class IdEntry(NamedTuple):
    """A sentence or paragraph in the ledger.

    `aliases` are its former ids. `gone` are ids of deleted texts whose links now point to this one. `figures` is the
    largest number that a figure of it was given in any build, 0 for none and for a paragraph. `page` is the id of the
    section on whose page it is shown, "" for the front matter.
    """

    id: str
    text: str
    aliases: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    figures: int = 0
    page: str = ""


@dataclass(frozen=True, slots=True)
class FigureRecord:
    """A figure that was given an id: `sentence` is the id of its sentence and `number` the 2 of its own id `<sentence>-f2`.

    `at` counts the characters before it in its sentence, without white space; -1 if an edit of the sentence removed its
    place. `value` and `unit` are as written (2091.5, 亿元), `name` is the indicator's. A record is kept when its figure is
    no longer found, so that the number is never given again.
    """

    sentence: str
    number: int
    at: int
    value: str
    unit: str
    name: str

    @property
    def id(self) -> str:
        """The id of the figure.

        >>> FigureRecord("s1", 2, 0, "5.1", "%", "地区生产总值").id
        's1-f2'
        """
        return f"{self.sentence}-f{self.number}"


@dataclass(frozen=True, slots=True)
class IdLedger:
    """All ids of a report, in the order of its text. Stored as `reports/<slug>/ids.toml`, which is committed to git."""

    sentences: tuple[IdEntry, ...] = ()
    paragraphs: tuple[IdEntry, ...] = ()
    figures: tuple[FigureRecord, ...] = ()


def fingerprint(text: str) -> str:
    """Return eight hexadecimal digits of the SHA-256 of a text without its white space.

    >>> fingerprint("产生金牌79枚。") == fingerprint("产生金牌 79枚。")
    True
    """
    return hashlib.sha256(without_spaces(text).encode()).hexdigest()[:8]


def without_spaces(text: str) -> str:
    """Return a text without white space, which no id depends on."""
    return "".join(text.split())


class _IdMaker:
    """Makes new ids that begin with `letter` and were never given: not present, former or deleted ids of the ledger."""

    def __init__(self, letter: str, ledger: Sequence[IdEntry]) -> None:
        self.letter = letter
        self.used = {i for e in ledger for i in (e.id, *e.aliases, *e.gone)}
        self.last: dict[str, int] = {}

    def new(self, text: str) -> str:
        """Return a new id for a text; -2, -3 … is added where the id without it is taken."""
        name = stem = self.letter + fingerprint(text)
        n = self.last.get(stem, 0) + 1
        if n > 1:
            name = f"{stem}-{n}"
        while name in self.used:
            n += 1
            name = f"{stem}-{n}"
        self.last[stem] = n  # so no later text gets this name
        return name


def assign(
    letter: str, texts: Sequence[str], ledger: Sequence[IdEntry], pages: Sequence[str] | None = None
) -> tuple[IdEntry, ...]:
    """Return the ledger entry of every text, in order.

    An unchanged text keeps its entry, also if it moved or its white space changed. An edited text gets a new id and keeps
    its former ids as aliases. The ids of a deleted text are added to `gone` of the nearest text, on the same page if
    possible; if no text is left, they are dropped. `letter` is "s" (sentences) or "p" (paragraphs); `pages` has the
    page of each text (None: all "").

    >>> a = assign("s", ["甲事办成。", "乙事办成。"], ())
    >>> b = assign("s", ["甲事办成。", "新的一句。", "乙事全部办成。"], a)
    >>> b[0].id == a[0].id, b[2].aliases == (a[1].id,)
    (True, True)
    """
    make = _IdMaker(letter, ledger)
    pages = pages or [""] * len(texts)
    if not ledger:
        return tuple([IdEntry(make.new(text), text, (), (), 0, page) for text, page in zip(texts, pages, strict=True)])
    matching = _Matching(ledger, texts, make)
    deleted = matching.run()
    entries = [
        (entry or IdEntry(make.new(text), text))._replace(page=page)
        for entry, text, page in zip(matching.result, texts, pages, strict=True)
    ]
    for entry, place in deleted:
        if entries:
            at = _nearest(entries, place, entry.page)
            entries[at] = entries[at]._replace(gone=(*entries[at].gone, *addresses(entry), *entry.gone))
    return tuple(entries)


class _Matching:
    """Finds the ledger entry of each text. `result` has the entries in the order of the texts, None for a new text."""

    def __init__(self, ledger: Sequence[IdEntry], texts: Sequence[str], make: _IdMaker) -> None:
        self.ledger, self.texts, self.make = ledger, texts, make
        self.old = [without_spaces(e.text) for e in ledger]
        self.new = [without_spaces(t) for t in texts]
        self.result: list[IdEntry | None] = [None] * len(texts)
        self.unmatched: set[int] = set()

    def run(self) -> list[tuple[IdEntry, int]]:
        """Match unchanged, moved and edited texts, in this order.

        Returns each deleted entry with the index of the text that is now at its place.
        """
        changed: list[tuple[range, range]] = []
        for tag, a, b, c, d in SequenceMatcher(None, self.old, self.new, autojunk=False).get_opcodes():
            if tag == "equal":
                for i, j in zip(range(a, b), range(c, d), strict=True):
                    self.result[j] = self.ledger[i]._replace(text=self.texts[j])
            else:
                changed.append((range(a, b), range(c, d)))
        self.unmatched = {i for rows, _ in changed for i in rows}
        self._match_moved()
        deleted: list[tuple[IdEntry, int]] = []
        for rows, places in changed:
            self._match_edited(rows, places)
            deleted += [(self.ledger[i], places.start) for i in rows if i in self.unmatched]
        return deleted

    def _match_moved(self) -> None:
        """Match unmatched entries and texts that are equal but at different places."""
        by_words: dict[str, list[int]] = {}
        for i in sorted(self.unmatched):
            by_words.setdefault(self.old[i], []).append(i)
        for j, words in enumerate(self.new):
            if self.result[j] is None and by_words.get(words):
                i = by_words[words].pop(0)
                self.unmatched.discard(i)
                self.result[j] = self.ledger[i]._replace(text=self.texts[j])

    def _match_edited(self, rows: range, places: range) -> None:
        """Match similar entries and texts (see ALIKE) within one changed range, without changing their order."""
        open_places = [j for j in places if self.result[j] is None]
        for i in [i for i in rows if i in self.unmatched]:
            for k, j in enumerate(open_places):
                if _alike(self.old[i], self.new[j]):
                    entry, text = self.ledger[i], self.texts[j]
                    aliases = (*entry.aliases, entry.id)
                    self.result[j] = IdEntry(self.make.new(text), text, aliases, entry.gone, entry.figures)
                    self.unmatched.discard(i)
                    del open_places[: k + 1]
                    break


def _alike(old: str, new: str) -> bool:
    """Whether two texts are at least ALIKE; the cheap upper bounds of the ratio are tried first."""
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE


def _nearest(entries: Sequence[IdEntry], place: int, page: str) -> int:
    """Return the index of the entry that takes over the ids of a text deleted at index `place`.

    It is the nearest one on the same page, or else the one at `place` (the last one if there is none).
    """
    after = min(place, len(entries) - 1)
    for distance in range(max(after, len(entries) - after) + 1):
        for at in (after - distance, after + distance):
            if 0 <= at < len(entries) and entries[at].page == page:
                return at
    return after


def addresses(entry: IdEntry) -> tuple[str, ...]:
    """Return every anchor of a sentence: its id and former ids, each followed by those of its figures (-f1, -f2 …).

    >>> addresses(IdEntry("s1", "甲。", ("s0",), figures=1))
    ('s1', 's1-f1', 's0', 's0-f1')
    """
    names = (entry.id, *entry.aliases)
    return tuple(a for name in names for a in (name, *(f"{name}-f{n}" for n in range(1, entry.figures + 1))))
