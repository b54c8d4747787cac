"""Knows the names (专名) and subjects (主题) of a report, and every place where each is mentioned.

Leaves the links between sections to `links`.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from workreport.analysis.name_words import NameWords
from workreport.analysis.names.candidates import Gathered, gather
from workreport.analysis.names.cutting import Spot
from workreport.analysis.names.name_rules import NameRules
from workreport.analysis.names.quoted_names import Quotations
from workreport.analysis.names.spellings import Spellings, collect_spellings
from workreport.analysis.pinyin import syllables
from workreport.model import Mention, Outline, Term

SHORTEST_SINGLE = 4
"""Fewest characters of a name that may be mentioned in a single section."""


def reading(name: str) -> str:
    """The pinyin of a name without tones, syllable by syllable, lower case.

    >>> reading("武林广场")
    'wu lin guang chang'
    """
    return " ".join(" ".join(syllables(re.sub(r"[^\w]+", " ", name))).split())


def mentions_of(found: Gathered, names: Spellings, quotes: Quotations, words: NameWords) -> dict[str, list[Mention]]:
    """All mentions of each term.

    A spelling inside a longer one counts only if `Spellings.is_mention_inside` says so.
    """
    lengths: dict[str, set[int]] = defaultdict(set)
    for word in names.spellings:
        lengths[word[:2]].add(len(word))
    by_head = {head: sorted(of, reverse=True) for head, of in lengths.items()}
    made: dict[str, list[Mention]] = defaultdict(list)
    for number, sentence in enumerate(found.sentences):
        text = sentence.text
        around: list[tuple[int, str]] = []  # (end, term) of the mentions that cover this position
        for at in [at for at in range(len(text) - 1) if text[at : at + 2] in by_head]:
            for length in by_head[text[at : at + 2]]:
                spelling = names.spellings.get(text[at : at + length])
                if spelling is None:
                    continue
                end = at + length
                around = [one for one in around if one[0] > at]
                if not all(stop >= end and names.is_mention_inside(spelling, term) for stop, term in around):
                    continue
                loose = spelling.loose and (
                    text[end : end + 1] in words.editions or quotes.modifier(Spot(number, at, end))
                )
                if not loose:
                    around.append((end, spelling.term))
                    made[spelling.term].append(
                        Mention(sentence.section, sentence.id, sentence.start + at, sentence.start + end)
                    )
    return made


def term_ids(names: Iterable[str]) -> dict[str, str]:
    """An id for each name: t and eight hexadecimal digits made from the name; -2 and so on is added to equal ones."""
    given: dict[str, str] = {}
    used: set[str] = set()
    for name in sorted(names):
        stem = "t" + hashlib.sha256(name.encode()).hexdigest()[:8]
        one, n = stem, 1
        while one in used:
            n += 1
            one = f"{stem}-{n}"
        used.add(one)
        given[name] = one
    return given


def find(
    outline: Outline, rules: NameRules, words: NameWords, read: Callable[[str], str] = reading
) -> tuple[Term, ...]:
    """Find the names and subjects that a report mentions in several sections, sorted by pinyin.

    One section is enough for clean closed names (`Gathered.clean`) of at least SHORTEST_SINGLE characters, and for names that
    the publisher added or joined. A region mentioned in more than half of the sections is left out: the whole report is
    about it. Repeated passages are not read. Positions are those of the repaired text. `read` gives the pinyin of a name
    (callers may cache it).
    """
    found = gather(outline, words)
    quotes = Quotations(found.texts)
    names = collect_spellings(found, quotes, words)
    names.apply(rules)
    made = mentions_of(found, names, quotes, words)
    clean = {name for name in found.clean if len(name) >= SHORTEST_SINGLE}
    half = len({s.section for s in found.sentences if s.section}) / 2

    def is_term(name: str, mentions: Sequence[Mention]) -> bool:
        if name in names.by_publisher or name in clean:
            return True
        sections = len({m.section for m in mentions})
        return sections > 1 and not (names.kinds[name] == "region" and sections > half)

    kept = {name: mentions for name, mentions in made.items() if is_term(name, mentions)}
    ids = term_ids(kept)
    terms = [
        Term(
            ids[name],
            name,
            names.kinds[name],
            tuple(mentions),
            read(name),
            "publisher" if name in names.by_publisher else "engine",
        )
        for name, mentions in kept.items()
    ]
    return tuple(sorted(terms, key=lambda term: (term.reading, term.name)))
