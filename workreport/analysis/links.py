"""Knows which sections are related by the names they share, and the order of reports in a publication.

Leaves finding the names to `names`, and showing the links to `website`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from workreport.analysis.faults import for_the_public
from workreport.analysis.names import NameRules
from workreport.model import Author, Link, Meta, Outline, Publication, Reading, Term, pages_of_sections

STRONGEST = 5
"""Most links per section; a section may have more if it is among the strongest links of others."""
LEAST = Decimal("0.3")
"""Smallest weight of a link."""
WORTH = {"topic": Decimal("0.6"), "person": Decimal("0.2"), "region": Decimal(0)}
"""Weight factor by kind of term; 1 for all other kinds.

A region makes no link: it tells where something is, not what.
"""
AGAIN = Decimal("0.25")
"""Added to the factor for each mention after the first that both sections have, at most three times."""
MOST, FEW = 24, 4
"""A name makes no link if it is in more than MOST sections, or in more than half of all and more than FEW."""
RARE = 4
"""A subject relates two sections by itself only if at most one in RARE of all sections speaks of it."""
_PLACES = Decimal("0.001")
"""Weights are rounded to three decimals."""


def links(outline: Outline, terms: tuple[Term, ...], rules: NameRules) -> tuple[Link, ...]:
    """Related sections with the names they share, strongest first; `a` stands before `b` in the text.

    Only sections with a page of their own are linked; a mention in a deeper section counts for its page. A shared name
    weighs 1 / (sections with it - 1), times the factors WORTH and AGAIN. `Link.terms` are the ids of the names, heaviest
    first. `Link.by` is "publisher" if all of them were added by the publisher. A person, or a subject that many sections speak
    of (`RARE`), makes no link by itself.
    """
    home = pages_of_sections(outline.sections)
    order = {section.id: k for k, section in enumerate(outline.walk()) if home[section.id] == section.id}
    shared: dict[tuple[str, str], list[tuple[Decimal, str, Term]]] = defaultdict(list)
    common: set[str] = set()
    for term in terms:
        counts = Counter(home[m.section] for m in term.mentions if m.section in home)
        worth = WORTH.get(term.kind, Decimal(1))
        if worth == 0 or not 2 <= len(counts) <= max(min(len(order) // 2, MOST), FEW):
            continue
        if term.kind == "person" or (term.kind == "topic" and len(counts) > max(len(order) // RARE, 2)):
            common.add(term.id)
        standing = sorted(counts, key=order.__getitem__)
        for k, a in enumerate(standing):
            for b in standing[k + 1 :]:
                again = AGAIN * min(min(counts[a], counts[b]) - 1, 3)
                weight = worth * (1 + again) / (len(standing) - 1)
                shared[a, b].append((weight, term.name, term))
    forbidden = {frozenset(pair) for pair in rules.forbid_links}
    made = [
        _link(a, b, reasons)
        for (a, b), reasons in shared.items()
        if frozenset((a, b)) not in forbidden and _tells(reasons, common)
    ]
    made.sort(key=lambda link: (-link.weight, order[link.a], order[link.b]))
    return tuple(_strongest(link for link in made if link.weight >= LEAST))


def _tells(reasons: list[tuple[Decimal, str, Term]], common: set[str]) -> bool:
    """Whether the shared names say that two sections are about the same: not a single one that is common, nor only persons."""
    return any(term.id not in common or term.by == "publisher" for _, _, term in reasons) or (
        sum(term.kind != "person" for _, _, term in reasons) > 1
    )


def _link(a: str, b: str, reasons: list[tuple[Decimal, str, Term]]) -> Link:
    """The link between two sections; `reasons` are the shared names, as (weight, name, term)."""
    reasons.sort(key=lambda reason: (-reason[0], reason[1]))
    weight = sum((reason[0] for reason in reasons), Decimal(0)).quantize(_PLACES)
    by: Author = "publisher" if all(term.by == "publisher" for _, _, term in reasons) else "engine"
    return Link(a, b, tuple(term.id for _, _, term in reasons), weight, by)


def _strongest(made: Iterable[Link]) -> Iterable[Link]:
    """Keep the links that are among the STRONGEST of at least one of their sections; `made` starts with the strongest."""
    shown: Counter[str] = Counter()
    for link in made:
        if shown[link.a] < STRONGEST or shown[link.b] < STRONGEST:
            yield link
        shown.update((link.a, link.b))


def publish(readings: Iterable[Reading], title: str) -> Publication:
    """All reports as one publication, newest first, without the faults that only the publisher sees.

    Those without a date come last, by year; equal ones are sorted by slug.
    """
    return Publication(tuple(sorted(map(public, readings), key=lambda reading: order(reading.meta))), title)


def public(reading: Reading) -> Reading:
    """The report without the faults that only the publisher sees."""
    return replace(reading, faults=for_the_public(reading.faults))


def order(meta: Meta) -> tuple[bool, int, int, str]:
    """What the reports of a publication are sorted by: the newest first, those without a date last, by year, then by slug."""
    return meta.date is None, -meta.date.toordinal() if meta.date else 0, -(meta.year or 0), meta.slug
