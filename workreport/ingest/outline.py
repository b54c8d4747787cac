"""Knows how a repaired text becomes the tree of a report: front matter, sections, paragraphs and sentences with ids.

Leaves telling headings from paragraphs to `blocks`, making ids to `ids`, and what the text says to `analysis`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

from workreport.ingest.blocks import blocks
from workreport.ingest.headings import is_salutation
from workreport.ingest.ids import IdEntry, IdLedger, addresses, assign
from workreport.ingest.text_blocks import TextBlock
from workreport.model import (
    Outline,
    Paragraph,
    ParagraphRole,
    Repetition,
    Section,
    Sentence,
    Text,
    pages_of_sections,
    repetition_at,
)

_SENTENCE_END = re.compile(r"(?:。|！|？|!|\?|……)(?:[。！？!?]|……)*[”’」』）)》】]*")
"""The end of a sentence. It is searched fast because each alternative of its start begins with one known character."""
PAIRS = {"“": "”", "‘": "’", "《": "》", "（": "）", "(": ")", "【": "】", "「": "」", "『": "』"}
"""Marks and brackets that may hold sentences, each with the one that closes it."""
_PAIR_MARK = re.compile(f"[{re.escape(''.join(PAIRS) + ''.join(PAIRS.values()))}]")
_ADDRESS = re.compile(r"[HhWw](?:(?<=[Hh])[Tt]{2}[Pp][Ss]?://|(?<=[Ww])[Ww]{2}\.)[\x21-\x7e]+")
_TITLE = re.compile(r"[^。；，]{0,30}政府工作(?:的)?报告[^。；，]{0,12}")
_MEETING = re.compile(r"(?=.*(?:会议|大会))(?=.*[年月日]).{6,80}")
_SPEAKER = re.compile(r"[^。；，：]{0,24}(?:总理|省长|市长|区长|县长|旗长|州长|盟长|主席|主任)[ 　]*[^。；，：]{2,12}")
_FRONT_ROLES: tuple[tuple[ParagraphRole, re.Pattern[str]], ...] = (
    ("title", _TITLE),
    ("speaker", _SPEAKER),
    ("meeting", _MEETING),
)
"""What a whole paragraph of the front matter must match to have a role. The first match with a free role counts."""


@dataclass
class _Branch:
    """A section while the tree is built.

    `block` is its heading, None for a section without one, which is called `name`. `rank` is the rank of the heading, and
    `level` the depth in the tree from 1. `paragraphs` are its own, without those of `children`.
    """

    block: TextBlock | None
    id: str
    level: int
    rank: int
    name: str = ""
    paragraphs: list[TextBlock] = field(default_factory=list)
    children: list[_Branch] = field(default_factory=list)
    end: int = 0

    @property
    def number(self) -> str:
        """The number of the heading as printed; "" where there is none."""
        return self.block.number if self.block else ""

    @property
    def start(self) -> int:
        """Where the section starts in the body."""
        return self.block.start if self.block else self.paragraphs[0].start


class _Span(NamedTuple):
    """A sentence before it gets an id. `section` is the id of its section, "" in the front matter."""

    start: int
    end: int
    section: str
    heading: bool = False


def parse(text: Text, repeated: tuple[Repetition, ...], ledger: IdLedger) -> tuple[Outline, IdLedger]:
    """Return the tree of a repaired text, and the new ledger of ids to store for the next build.

    `repeated` are the repeated passages, in the order of the text; `ledger` is that of the last build. Every character
    of the body except white space is in exactly one sentence. A text without headings becomes one section without number.
    """
    body = text.body
    front, roots = _branches(blocks(body, repeated))
    if not roots:
        front, roots = _one_section(body, front)
    _set_ends(roots, len(body))

    paragraphs = [(block, "") for block in front]
    paragraphs += [(block, branch.id) for branch in _walk(roots) for block in branch.paragraphs]
    spans = _spans(body, front, roots, repeated)
    page_of = pages_of_sections(roots)
    sentence_ids = assign(
        "s", [body[s.start : s.end] for s in spans], ledger.sentences, [page_of.get(s.section, "") for s in spans]
    )
    paragraph_ids = assign(
        "p",
        [body[block.start : block.end] for block, _ in paragraphs],
        ledger.paragraphs,
        [page_of.get(section, "") for _, section in paragraphs],
    )
    tree = _Tree(
        body,
        _sentences(body, spans, sentence_ids, repeated),
        {block.start: entry for (block, _), entry in zip(paragraphs, paragraph_ids, strict=True)},
    )
    outline = Outline(tree.paragraphs(front, in_front=True), tuple(tree.section(branch) for branch in roots))
    return outline, IdLedger(sentence_ids, paragraph_ids)


def _branches(found: Sequence[TextBlock]) -> tuple[list[TextBlock], list[_Branch]]:
    """Return the front matter and the parts with their sections.

    A heading ends every open section whose rank is not smaller, and becomes a child of the one that stays open. Of two
    sections with the same id the second gets -2 (1-2).
    """
    front: list[TextBlock] = []
    roots: list[_Branch] = []
    stack: list[_Branch] = []
    taken: set[str] = set()
    repeated: dict[str, int] = {}
    appendices = 0
    for block in found:
        if block.rank is None:
            (stack[-1].paragraphs if stack else front).append(block)
            continue
        while stack and stack[-1].rank >= block.rank:
            stack.pop()
        siblings = stack[-1].children if stack else roots
        appendices += block.appendix
        name = f"a{appendices}" if block.appendix else str(block.ordinal or f"s{len(siblings) + 1}")
        stem = address = f"{stack[-1].id}/{name}" if stack else name
        while address in taken:
            repeated[stem] = repeated.get(stem, 1) + 1
            address = f"{stem}-{repeated[stem]}"
        taken.add(address)
        branch = _Branch(None if block.untitled else block, address, len(stack) + 1, block.rank, block.name)
        if block.untitled:
            branch.paragraphs.append(block)
        siblings.append(branch)
        stack.append(branch)
    return front, roots


def _one_section(body: str, front: list[TextBlock]) -> tuple[list[TextBlock], list[_Branch]]:
    """Divide a text without headings: front matter up to the first salutation, the rest as one section.

    Without a salutation there is no front matter; without text after the salutation there is no section.
    """
    opening = next((k for k, p in enumerate(front) if _role(body[p.start : p.end], set()) == "salutation"), -1) + 1
    section = _Branch(None, "s1", 1, 0, paragraphs=front[opening:])
    return front[:opening], [section] if section.paragraphs else []


def _set_ends(branches: Sequence[_Branch], end: int) -> None:
    """Set the end of every section: the start of the next one of its level, or `end` for the last."""
    for k, branch in enumerate(branches):
        following = branches[k + 1] if k + 1 < len(branches) else None
        branch.end = following.start if following else end
        _set_ends(branch.children, branch.end)


def _walk(branches: Sequence[_Branch]) -> Iterator[_Branch]:
    """Yield all sections of all levels, in the order of the text."""
    for branch in branches:
        yield branch
        yield from _walk(branch.children)


def _spans(
    body: str, front: Sequence[TextBlock], roots: Sequence[_Branch], repeated: Sequence[Repetition]
) -> list[_Span]:
    """Return all sentences of the text, in order. A heading is one sentence, whatever its punctuation."""
    borders = sorted({b for r in repeated for b in (r.start, r.end)})
    links = [found.span() for found in _ADDRESS.finditer(body)] if "://" in body or "w." in body.lower() else []
    split = partial(_split, body, borders, links)
    spans = [_Span(a, b, "") for p in front for a, b in split(p.start, p.end)]
    for branch in _walk(roots):
        if branch.block:
            spans.append(_Span(branch.block.start, branch.block.end, branch.id, heading=True))
        spans += [_Span(a, b, branch.id) for p in branch.paragraphs for a, b in split(p.start, p.end)]
    return spans


def _split(
    body: str, borders: Sequence[int], links: Sequence[tuple[int, int]], start: int, end: int
) -> list[tuple[int, int]]:
    """Return (start, end) of the sentences in body[start:end].

    A sentence ends after 。！？ or …… with closing quotation marks and brackets, but not inside marks and brackets that
    close in the same paragraph, not behind those that are words of a sentence (《出发！》, see `_ends_behind`), and not
    inside an address (`links`, in order). It also ends at the start and end of a repeated passage (`borders`, sorted).
    """
    inside = borders[bisect_right(borders, start) : bisect_left(borders, end)]
    stops = [found.end() for found in _SENTENCE_END.finditer(body, start, end)]
    closed = _closed_spans(body, links, start, end) if stops else ()
    if closed:
        spans = [(start, start), *closed]
        starts = [a for a, _ in spans]
        before = [(stop, spans[bisect_left(starts, stop) - 1]) for stop in stops]
        stops = [a for a, span in before if span[1] < a or (span[1] == a and _ends_behind(body, start, span))]
    at, found = start, []
    for cut in sorted({*stops, *inside, end}):
        text = body[at:cut]
        bare = text.strip()
        if bare:
            a = at if bare == text else at + text.index(bare[0])
            found.append((a, a + len(bare)))
        at = cut
    return found


def _ends_behind(body: str, start: int, span: tuple[int, int]) -> bool:
    """Whether a sentence ends behind marks or brackets that end like a sentence themselves.

    So it does where they hold a whole sentence: they begin the paragraph or follow a stop or a colon, or they are
    quotation marks that end with a full stop. `start` is that of the paragraph.
    """
    first, end = span
    before = body[start:first].rstrip()
    return (
        before == ""
        or before.endswith(("。", "！", "？", "：", ":", "…"))
        or body[end - 2 : end] in ("。”", "。’", "…”")
    )


def _closed_spans(body: str, links: Sequence[tuple[int, int]], start: int, end: int) -> list[tuple[int, int]]:
    """Return the spans in which no sentence ends, in order and apart: “…”, 《…》, （…） and addresses of web pages (`links`)."""
    spans = [*links[bisect_left(links, (start,)) : bisect_left(links, (end,))]] if links else []
    openings: dict[str, list[int]] = {}
    for found in _PAIR_MARK.finditer(body, start, end):
        mark = found[0]
        if mark in PAIRS:
            openings.setdefault(PAIRS[mark], []).append(found.start())
        elif openings.get(mark):
            spans.append((openings[mark].pop(), found.end()))
    if len(spans) < 2:
        return spans
    merged: list[tuple[int, int]] = []
    for a, b in sorted(spans):
        if merged and a < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(b, merged[-1][1]))
        else:
            merged.append((a, b))
    return merged


def _sentences(
    body: str, spans: Sequence[_Span], entries: Sequence[IdEntry], repeated: tuple[Repetition, ...]
) -> list[Sentence]:
    """Make the sentences. `entries` are the ledger entries of `spans`.

    In a repeated passage, `copy_of` is the id of the sentence at the same place of the original passage, None without one.
    """
    by_span = {(s.start, s.end): entry.id for s, entry in zip(spans, entries, strict=True)} if repeated else {}
    made = []
    for span, entry in zip(spans, entries, strict=True):
        copy = repetition_at(repeated, span.start, span.end) if repeated else None
        shift = copy.start - copy.of if copy else 0
        made.append(
            Sentence(
                entry.id, body[span.start : span.end], span.start, span.end, span.section, span.heading,
                copy is not None,
                by_span.get((span.start - shift, span.end - shift)) if copy else None,
                tuple(a for a in addresses(entry) if a != entry.id) if entry.aliases or entry.figures else (),
                entry.gone,
            )
        )  # fmt: skip
    return made


def _role(text: str, seen: set[ParagraphRole]) -> ParagraphRole:
    """Return the role of a paragraph of the front matter. `seen` are the roles of those before it.

    Title, speaker and meeting occur once each and only before the salutation.
    """
    if is_salutation(text):
        return "salutation"
    for role, pattern in _FRONT_ROLES:
        if role not in seen and "salutation" not in seen and pattern.fullmatch(text):
            return role
    return "text"


class _Tree:
    """Makes paragraphs and sections. `paragraph_ids` are the ledger entries of the paragraphs by their start."""

    def __init__(self, body: str, sentences: Sequence[Sentence], paragraph_ids: dict[int, IdEntry]) -> None:
        self.body, self.sentences, self.paragraph_ids = body, sentences, paragraph_ids
        self.by_start = {s.start: k for k, s in enumerate(sentences)}

    def paragraphs(self, found: Sequence[TextBlock], *, in_front: bool) -> tuple[Paragraph, ...]:
        """Make paragraphs with their sentences. Outside the front matter the only roles are salutation and text."""
        made: list[Paragraph] = []
        seen: set[ParagraphRole] = set()
        count = len(self.sentences)
        for block in found:
            first = last = self.by_start[block.start]
            while last < count and self.sentences[last].start < block.end:
                last += 1
            text = self.body[block.start : block.end]
            role = _role(text, seen) if in_front or is_salutation(text) else "text"
            seen.add(role)
            e = self.paragraph_ids[block.start]
            inside = tuple(self.sentences[first:last])
            made.append(Paragraph(e.id, block.start, block.end, inside, role, e.aliases, e.gone))
        return tuple(made)

    def section(self, branch: _Branch) -> Section:
        """Make a section with all sections below it; a section without title and name is called 正文."""
        block = branch.block
        title = (self.body[block.title : block.end].rstrip("。：: 　").strip() if block else "") or branch.name
        return Section(
            branch.id, branch.number, title or "正文", branch.level,
            branch.start, branch.end,
            self.sentences[self.by_start[block.start]] if block else None,
            self.paragraphs(branch.paragraphs, in_front=False), tuple(self.section(c) for c in branch.children),
        )  # fmt: skip
