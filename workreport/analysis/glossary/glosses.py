"""Knows how a report's explanations (Gloss) are made from the entries of its glossary and the places that use them.

Leaves reading the entries to `entries`, and finding their words in the text to `uses`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from workreport.analysis.glossary import entries, uses
from workreport.ingest.ids import fingerprint
from workreport.model import Gloss, Outline, Sentence, Text


def find(text: Text, outline: Outline) -> tuple[Gloss, ...]:
    """All glossary entries and notes of a report in their order, each with its uses in the order of the text.

    Glossaries and repeated passages have no uses. The cost is linear in the length of the text.

    >>> from workreport.ingest import ids, outline
    >>> body = "一、回顾\\n\\n用好“两重”政策。\\n\\n名词解释\\n\\n1.“两重”：重大战略实施和重点领域能力建设。\\n"
    >>> tree, _ = outline.parse(text := Text(body, ((0, 0, len(body)),)), (), ids.IdLedger())
    >>> [(g.number, g.name, len(g.uses)) for g in find(text, tree)]
    [('1.', '“两重”', 1)]
    """
    body = text.body
    found = list(entries.lists(body))
    drafts = [draft for one in found for draft in one.drafts]
    if not drafts:
        return ()
    sentences = sorted(outline.sentences(), key=lambda s: s.start)
    starts = [s.start for s in sentences]
    searched = [s for s in _outside(found, sentences) if not s.in_copy]
    used = uses.find(body, drafts, searched, uses.years(outline))
    given: Counter[str] = Counter()
    made = []
    for draft, places in zip(drafts, used, strict=True):
        at = sentences[max(bisect_right(starts, draft.start) - 1, 0)]
        name = "g" + fingerprint(draft.name or body[draft.start : draft.end])
        given[name] += 1
        made.append(
            Gloss(
                name if given[name] == 1 else f"{name}-{given[name]}", draft.number, draft.name, at.section, at.id,
                draft.start, draft.end, tuple(draft.explained), places,
            )
        )  # fmt: skip
    return tuple(made)


def _outside(found: Sequence[entries.EntryList], sentences: Iterable[Sentence]) -> Iterator[Sentence]:
    """The sentences outside all glossaries; both arguments are in the order of the text."""
    k = 0
    for sentence in sentences:
        while k < len(found) and found[k].end <= sentence.start:
            k += 1
        if k == len(found) or sentence.end <= found[k].start:
            yield sentence
