"""Knows every spelling that is sought and the kind of its term, while candidates and the publisher's rules are put together.

Leaves where a spelling stands to `terms`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from workreport.analysis.name_words import NameWords
from workreport.analysis.names.candidates import Gathered
from workreport.analysis.names.name_rules import JoinedName, NameRules
from workreport.analysis.names.quoted_names import Quotations, find_families
from workreport.analysis.names.stems import find_long_forms, find_people, find_stems


@dataclass(frozen=True, slots=True)
class Spelling:
    """A spelling of a term. A `loose` one (a stem, a short form) is no mention inside another's title."""

    term: str
    loose: bool = False


class Spellings:
    """Every spelling that is sought, and the kind of each term, while they are put together; the first claim holds."""

    def __init__(self) -> None:
        self.kinds: dict[str, str] = {}
        self.spellings: dict[str, Spelling] = {}
        self.stems: set[str] = set()
        self.by_publisher: set[str] = set()

    def take(self, name: str, kind: str, also: Iterable[str] = (), *, loose: bool = False) -> None:
        if name in self.spellings and self.spellings[name].term != name:
            return
        self.kinds.setdefault(name, kind)
        for spelling in (name, *also):
            self.spellings.setdefault(spelling, Spelling(name, loose or len(spelling) < len(name)))

    def obey(self, rules: NameRules) -> None:
        """The publisher's hand: it comes last and wins."""
        for added in rules.add:
            self.kinds[added.name] = added.kind
            self.spellings |= {spelling: Spelling(added.name) for spelling in (added.name, *added.also)}
            self.by_publisher.add(added.name)
        for joined in rules.join:
            self._join(joined)
        for name in rules.forbid:
            self.spellings = {s: of for s, of in self.spellings.items() if name not in (s, of.term)}

    def _join(self, joined: JoinedName) -> None:
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

    def true_part(self, inner: Spelling, outer: str) -> bool:
        """武林 in 武林广场 is the same place; a topic, or a stem in another stem, is another word there."""
        if self.kinds[inner.term] in ("topic", "person", "phrase") or inner.term == outer:
            return False
        return outer not in self.stems and self.kinds[outer] not in ("topic", "phrase", "region", "person")


def put_together(found: Gathered, quotes: Quotations, words: NameWords) -> Spellings:
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
