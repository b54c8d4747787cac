"""Knows where a text uses a word that its glossary explains: by the word, quoted or not, or by a footnote marker ［1］.

Leaves reading the entries to `entries`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from workreport.analysis.glossary.entries import CLOSE, MARKED, OPEN, QUOTED, EntryDraft, number
from workreport.model import Mention, Outline, Section, Sentence

NEAR = 200
"""How many characters before a word are searched for the words that must precede it (`_Form.along`)."""

_MARK = re.compile(r"[［\[〔【]\^?([0-9０-９]{1,3})[］\]〕】]|([①-⑳㉑-㉟㊱-㊿])")
_QUOTES = frozenset("“”‘’「」『』\"'＂＇")
_OPENING, _CLOSING = frozenset("“‘「『"), frozenset("”’」』")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}年")
_BACK = re.compile(r"回顾|过去|总结|以来")
_PARTS = re.compile(r"[、和与及]")
_HALF: dict[int, int | None] = {0xFF01 + k: 0x21 + k for k in range(94)}
"""Maps full-width letters, digits and signs to half-width ones."""
_SPACES = "".join(c for c in map(chr, range(0x3001)) if c.isspace())
_BARE: dict[int, int | None] = _HALF | dict.fromkeys(map(ord, [*_QUOTES, *_SPACES]))
"""What `_bare` replaces: as _HALF; quotation marks and white space are removed."""


Place: TypeAlias = "tuple[int, int, int]"
"""A use: index of the entry, start and end in the repaired text."""


@dataclass(frozen=True, slots=True)
class _Form:
    """A spelling to search for (`words`, without quotation marks and white space), and when a match is a use.

    `entry` is the index of the entry. `quoted`: the match must be in quotation marks. `along`: this text must occur in the
    NEAR characters before. `year`: the section must be about that year, or about no year.
    """

    entry: int
    words: str
    quoted: bool = False
    along: str = ""
    year: str = ""


@dataclass(frozen=True)
class _Plain:
    """A sentence without quotation marks and white space (`words`).

    `at` has the position of each character in the repaired text. `opened` and `closed` are the indexes in `words` before
    which an opening or closing quotation mark was removed. `years` are the years that the section is about.
    """

    words: str
    at: tuple[int, ...]
    opened: frozenset[int]
    closed: frozenset[int]
    years: str

    @classmethod
    def of(cls, sentence: Sentence, years: str) -> _Plain:
        """Make it from a sentence and the years of its section (see `years`)."""
        at: list[int] = []
        opened: set[int] = set()
        closed: set[int] = set()
        for k, c in enumerate(sentence.text, start=sentence.start):
            if c in _QUOTES:
                if c not in _CLOSING:
                    opened.add(len(at))
                if c not in _OPENING:
                    closed.add(len(at))
            elif not c.isspace():
                at.append(k)
        return cls(_bare(sentence.text), tuple(at), frozenset(opened), frozenset(closed), years)

    def holds(self, at: int, form: _Form) -> bool:
        """Whether the words of a form at index `at` are a use: its conditions are met, and no word is cut."""
        end = at + len(form.words)
        if form.quoted and not (at in self.opened and end in self.closed):
            return False
        if form.along and form.along not in self.words[max(at - NEAR, 0) : at]:
            return False
        if form.year and self.years and form.year not in self.years:
            return False
        return not (
            _runs_on(self.words[at - 1 : at], form.words[0]) or _runs_on(form.words[-1], self.words[end : end + 1])
        )


def _runs_on(before: str, after: str) -> bool:
    """Whether two neighbouring characters are in one Latin word or number, as P and S in GEPS, or 1 and 5 in 15+2."""
    return bool(before and after) and (
        (before.isascii() and after.isascii() and before.isalpha() and after.isalpha())
        or (before.isdecimal() and after.isdecimal())
    )


def _bare(name: str) -> str:
    """A name without quotation marks and white space, in half-width characters.

    >>> _bare("“２０３０ 启航计划”")
    '2030启航计划'
    """
    return name.translate(_BARE)


def _forms(entry: int, name: str) -> Iterator[_Form]:
    """The forms to search for: the whole name of an entry, the name without its year, and each of the words that it joins.

    >>> [f.words for f in _forms(0, "“三大高地”“五大战略”")]
    ['三大高地五大战略', '三大高地', '五大战略']
    >>> [f.words for f in _forms(0, "2026年10件民生实事")]
    ['2026年10件民生实事', '10件民生实事']
    """
    whole = _bare(name)
    yield from _short(entry, whole)
    year = _YEAR.match(whole)
    if year and len(whole) - year.end() >= 4:
        yield _Form(entry, whole[year.end() :], year=year[0])
    parts = list(_joined(name))
    if len(parts) > 1:
        for part in parts:
            yield from _short(entry, _bare(part))


def _short(entry: int, words: str) -> Iterator[_Form]:
    """The form of a word: none for one character; two Chinese ones only in quotation marks (“三资”, not 三资企业)."""
    if len(words) >= 2:
        yield _Form(entry, words, quoted=len(words) == 2 and not words.isascii())


def _joined(name: str) -> Iterator[str]:
    """Split a name that joins several: quoted words side by side, or parts between 、和与及 outside quotation marks.

    A name stays whole if a part that is not quoted has less than 4 characters, or if it has neither 、 nor a quoted word.

    >>> list(_joined("“两重”“两新”")), list(_joined("甲领航工程和“双千”计划")), list(_joined("“五统一、一开放”"))
    (['“两重”', '“两新”'], ['甲领航工程', '“双千”计划'], ['“五统一、一开放”'])
    """
    side = QUOTED.findall(name)
    if len(side) > 1 and "".join(f"“{s}”" for s in side) == re.sub("[、和与及]", "", name):
        yield from (f"“{s}”" for s in side)
        return
    cuts, depth = [0], 0
    for k, c in enumerate(name):
        depth += (c in OPEN) - (c in CLOSE)
        if depth == 0 and _PARTS.match(c):
            cuts += [k, k + 1]
    cuts.append(len(name))
    parts = [name[a:b] for a, b in zip(cuts[::2], cuts[1::2], strict=True)]
    quoted = QUOTED.search(name) is not None
    long_enough = all(len(_bare(part)) >= 4 or QUOTED.fullmatch(part) for part in parts)
    if len(parts) > 1 and long_enough and (quoted or "、" in name):
        yield from parts
    else:
        yield name


def _kindred(entry: int, name: str) -> Iterator[_Form]:
    """Further forms for a name of which the text uses none of `_forms`: its quoted words, or what follows 的.

    >>> [(f.words, f.quoted) for f in _kindred(0, "“六横六纵”现代化水网体系")]
    [('六横六纵', True)]
    >>> [(f.words, f.quoted) for f in _kindred(0, "稳增长“18”条")]
    [('18条', True), ('18', True)]
    >>> [(f.words, f.along) for f in _kindred(0, "医药卫生体制改革的五项重点工作")]
    [('五项重点工作', '医药卫生体制改革')]
    """
    quoted = QUOTED.search(name)
    if quoted and quoted[0] != name:
        core = _bare(quoted[1])
        tail = _bare(name[quoted.start() :])
        if len(core) < len(tail) <= len(core) + 2:
            yield _Form(entry, tail, quoted=True)
        if len(core) >= 2:
            yield _Form(entry, core, quoted=True)
    head, mark, tail = name.rpartition("的")
    if mark and not quoted and len(head) >= 4 and len(tail) >= 4:
        yield _Form(entry, _bare(tail), along=_bare(head))


class _Index:
    """Forms by their first two characters, the longest first, so that a text is read once for all forms."""

    def __init__(self, forms: Iterable[_Form]) -> None:
        self.forms: dict[str, _Form] = {}
        lengths: dict[str, set[int]] = defaultdict(set)
        for form in forms:
            if form.words not in self.forms:
                self.forms[form.words] = form
                lengths[form.words[:2]].add(len(form.words))
        self.lengths = {head: sorted(found, reverse=True) for head, found in lengths.items()}

    def starts(self, words: str) -> list[int]:
        """The indexes at which a form may begin: its first two characters occur there."""
        return [at for at, head in enumerate(map(str.__add__, words, words[1:])) if head in self.lengths]

    def matches(self, plain: _Plain, starts: Iterable[int]) -> Iterator[Place]:
        """The uses in a sentence, without overlaps; at each index of `starts` the longest form that fits counts."""
        free = 0
        for at in starts:
            if at < free:
                continue
            for length in self.lengths[plain.words[at : at + 2]]:
                form = self.forms.get(plain.words[at : at + length])
                if form and plain.holds(at, form):
                    yield form.entry, plain.at[at], plain.at[at + length - 1] + 1
                    free = at + length
                    break


def years(outline: Outline) -> dict[str, str]:
    """The years that each section is about, by section id, from its title or that of a section above (2025年工作回顾).

    "回顾" for a review whose title has no year; "" if no title says anything.
    """
    found: dict[str, str] = {}

    def walk(sections: Iterable[Section], above: str) -> None:
        for section in sections:
            named = "".join(_YEAR.findall(section.title.translate(_HALF)))
            found[section.id] = named or ("回顾" if _BACK.search(section.title) else above)
            walk(section.children, found[section.id])

    walk(outline.sections, "")
    return found


def find(
    body: str, drafts: Sequence[EntryDraft], sentences: Sequence[Sentence], years: Mapping[str, str]
) -> list[tuple[Mention, ...]]:
    """The uses of each entry, in the order of the text: its words and its footnote markers.

    A marker directly after the words is one use with them. Entries without any use are searched again by parts of their names
    (`_kindred`). `years` are those of each section (see the function `years`).
    """
    found = _matched(_Index(f for k, d in enumerate(drafts) for f in _forms(k, d.name)), sentences, years)
    marks = _marks(drafts, sentences)
    used = {place[0] for places in (*found.values(), *marks.values()) for place in places}
    rest = _Index(f for k, d in enumerate(drafts) if k not in used for f in _kindred(k, d.name))
    kindred = _matched(rest, sentences, years) if rest.forms else {}
    uses: list[list[Mention]] = [[] for _ in drafts]
    for i, sentence in enumerate(sentences):
        words = sorted([*found.get(i, ()), *kindred.get(i, ())], key=lambda place: (place[1], -place[2]))
        for entry, start, end in _merged(body, words, marks.get(i, ())):
            uses[entry].append(Mention(sentence.section, sentence.id, *_balanced(body, start, end)))
    return [tuple(one) for one in uses]


def _matched(index: _Index, sentences: Sequence[Sentence], years: Mapping[str, str]) -> dict[int, Sequence[Place]]:
    """The uses of the words of an index, by the index of their sentence."""
    found: dict[int, Sequence[Place]] = {}
    for i, sentence in enumerate(sentences):
        if starts := index.starts(_bare(sentence.text)):
            found[i] = list(index.matches(_Plain.of(sentence, years.get(sentence.section, "")), starts))
    return found


def _marks(drafts: Sequence[EntryDraft], sentences: Sequence[Sentence]) -> Mapping[int, Sequence[Place]]:
    """The footnote markers, by the index of their sentence.

    If several notes have the same number, the first marker belongs to the first note, the second to the second, and all
    further ones to the last.
    """
    notes: dict[tuple[str, int], list[int]] = defaultdict(list)
    for k, draft in enumerate(drafts):
        if draft.style in MARKED:
            notes[draft.style, draft.ordinal].append(k)
    found: dict[int, list[Place]] = defaultdict(list)
    seen: dict[tuple[str, int], int] = defaultdict(int)
    if not notes:
        return found
    for i, sentence in enumerate(sentences):
        for mark in _MARK.finditer(sentence.text):
            key = ("bracket", number(mark[1])) if mark[1] else ("circle", number(mark[2]))
            if key in notes:
                entry = notes[key][min(seen[key], len(notes[key]) - 1)]
                seen[key] += 1
                found[i].append((entry, sentence.start + mark.start(), sentence.start + mark.end()))
    return found


def _merged(body: str, words: Sequence[Place], marks: Sequence[Place]) -> Iterator[Place]:
    """Words and footnote markers in the order of the text, without overlaps; a word and its marker become one use."""
    both = [*((place, False) for place in words), *((place, True) for place in marks)]
    held: Place | None = None
    for place, mark in sorted(both, key=lambda one: (one[0][1], -one[0][2])):
        if held and place[1] < held[2]:
            continue
        if held and mark and place[0] == held[0] and body[held[2] : min(place[1], held[2] + 4)].strip(CLOSE) == "":
            held = (held[0], held[1], place[2])
            continue
        if held:
            yield held
        held = place
    if held:
        yield held


def _balanced(body: str, start: int, end: int) -> tuple[int, int]:
    """Extend a span by the partner of a quotation mark in it, if that stands directly beside the span.

    >>> _balanced("发展“四新”产业", 3, 8), _balanced("用好“两重”。", 3, 5)
    ((2, 8), (3, 5))
    """
    depth = lacking = 0
    for c in body[start:end]:
        depth += (c in _OPENING) - (c in _CLOSING)
        if depth < 0:
            lacking, depth = lacking + 1, 0
    if lacking and body[start - 1 : start] in _OPENING:
        start -= 1
    if depth and body[end : end + 1] in _CLOSING:
        end += 1
    return start, end
