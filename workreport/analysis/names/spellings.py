"""Knows all spellings to search for, and the kind of each term, from the candidates and the publisher's rules.

Leaves searching for them to `terms`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from workreport.analysis.name_words import NameWords
from workreport.analysis.names.candidates import Gathered
from workreport.analysis.names.name_rules import JoinedName, NameRules
from workreport.analysis.names.quoted_names import Quotations, find_families
from workreport.analysis.names.stems import find_long_forms, find_people, find_stems
from workreport.model import TermKind


@dataclass(frozen=True, slots=True)
class Spelling:
    """A spelling of `term`.

    A `loose` one (a stem, a short form, a region) does not count inside a longer quoted name (“西湖明珠工程”) or before a
    character that makes it another name (亚运|版).
    """

    term: str
    loose: bool = False


class Spellings:
    """The spellings of all terms and the kind of each term, while they are collected.

    While terms are collected, the first entry for a spelling wins; the publisher's rules (`apply`) replace it.
    """

    def __init__(self) -> None:
        self.kinds: dict[str, TermKind] = {}
        self.spellings: dict[str, Spelling] = {}
        self.stems: set[str] = set()
        self.by_publisher: set[str] = set()

    def take(self, name: str, kind: TermKind, also: Iterable[str] = (), *, loose: bool = False) -> None:
        """Add a term with its other spellings, unless its name is already a spelling of another term.

        Spellings shorter than the name are always loose.
        """
        if name in self.spellings and self.spellings[name].term != name:
            return
        self.kinds.setdefault(name, kind)
        for spelling in (name, *also):
            self.spellings.setdefault(spelling, Spelling(name, loose or len(spelling) < len(name)))

    def apply(self, rules: NameRules) -> None:
        """Apply the publisher's rules, which override everything found: add, then join, then forbid."""
        for added in rules.add:
            self.kinds[added.name] = added.kind
            self.spellings |= {spelling: Spelling(added.name) for spelling in (added.name, *added.also)}
            self.by_publisher.add(added.name)
        for joined in rules.join:
            self._join(joined)
        for name in rules.forbid:
            self.spellings = {s: of for s, of in self.spellings.items() if name not in (s, of.term)}

    def _join(self, joined: JoinedName) -> None:
        """Make some spellings one name. If one of them names a term, all other spellings of the term join as well."""
        for spelling in (joined.name, *joined.spellings):
            old = self.spellings.get(spelling)
            if old:
                self.kinds.setdefault(joined.name, self.kinds[old.term])
                if old.term == spelling:
                    others = {
                        s: Spelling(joined.name, of.loose) for s, of in self.spellings.items() if of.term == spelling
                    }
                    self.spellings |= others
            self.spellings[spelling] = Spelling(joined.name)
        self.kinds.setdefault(joined.name, "name")
        self.by_publisher.add(joined.name)

    def is_mention_inside(self, inner: Spelling, outer: str) -> bool:
        """Whether a spelling inside a mention of the term `outer` is a mention as well, as 武林 in 武林广场.

        It is none if it stands for a topic, a person, a phrase or `outer` itself, or if `outer` is a stem, a topic, a person,
        a phrase or a region.
        """
        if self.kinds[inner.term] in ("topic", "person", "phrase") or inner.term == outer:
            return False
        return outer not in self.stems and self.kinds[outer] not in ("topic", "phrase", "region", "person")


def collect_spellings(found: Gathered, quotes: Quotations, words: NameWords) -> Spellings:
    """Collect the spellings of all candidates that are names.

    The first entry for a spelling wins, in this order: families, people, the subjects of the vocabulary, stems, clean closed
    names, names quoted in several sections, regions.
    """
    names = Spellings()
    families = find_families(found.texts, found.quoted)
    for member, family in sorted(families.items()):
        names.take(family, "programme", (member,))
    for person in sorted(find_people(found.texts, words)):
        names.take(person, "person")
    for subject in words.subjects:
        names.take(subject.name, subject.kind, subject.also)
    stems = find_stems(found, quotes, words)
    names.stems = set(stems)
    long_forms = find_long_forms(stems, found.texts, words)
    for stem, kind in sorted(stems.items()):
        names.take(stem, kind, [long_forms[stem]] if stem in long_forms else (), loose=True)
    for name in sorted(found.clean - families.keys()):
        names.take(name, found.closed[name][0].kind)
    for name, spots in sorted(found.quoted.items()):
        if name not in families and len(found.sections(spots)) > 1:
            names.take(name, "phrase")
    for region in sorted(words.regions - {words.state}, key=lambda word: (len(word), word)):
        short = next((region[:k] for k in (2, 3) if names.kinds.get(region[:k]) == "region"), region)
        names.take(short, "region", (region,), loose=True)
    return names
