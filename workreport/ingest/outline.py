"""Knows the tree of a report: front matter, parts, sections, paragraphs, sentences, each with its lasting id.

Leaves numbers, names and words to the rooms after it; the ids themselves come from `ids`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from workreport.ingest.blocks import TextBlock, blocks
from workreport.ingest.headings import is_salutation
from workreport.ingest.ids import IdEntry, IdLedger, addresses, assign
from workreport.model import Outline, Paragraph, ParagraphRole, Repetition, Section, Sentence, Text, copied, homes

_SENTENCE_END = re.compile(r"(?:[。！？!?]|……)+[”’」』）)》】]*")
_TITLE = re.compile(r"[^。；，]{0,30}政府工作(?:的)?报告[^。；，]{0,12}")
_MEETING = re.compile(r"(?=.*(?:会议|大会))(?=.*[年月日]).{6,80}")
_SPEAKER = re.compile(r"[^。；，：]{0,24}(?:总理|省长|市长|区长|县长|旗长|州长|盟长|主席|主任)[ 　]*[^。；，：]{2,12}")


@dataclass
class _Branch:
    """A section while its tree is being grown."""

    piece: TextBlock | None
    id: str
    level: int
    rank: int
    paragraphs: list[TextBlock] = field(default_factory=list)
    children: list[_Branch] = field(default_factory=list)
    end: int = 0

    @property
    def number(self) -> str:
        """As a section's."""
        return self.piece.number if self.piece else ""


def _split(body: str, start: int, end: int, borders: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The sentences of body[start:end]: ended by 。！？ with their closing marks, and by the borders of a repeated passage."""
    inside = borders[bisect_right(borders, start) : bisect_left(borders, end)]
    cuts = {m.end() for m in _SENTENCE_END.finditer(body, start, end)} | {*inside, end}
    at = start
    for cut in sorted(cuts):
        text = body[at:cut]
        if text.strip():
            a = at + len(text) - len(text.lstrip())
            yield a, a + len(text.strip())
        at = cut


def _grow(found: Sequence[TextBlock]) -> tuple[list[TextBlock], list[_Branch]]:
    """Put what belongs under what: a heading closes every open one of its own rank or a lower one."""
    front: list[TextBlock] = []
    roots: list[_Branch] = []
    stack: list[_Branch] = []
    taken: set[str] = set()
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
        n = 1
        while address in taken:
            n += 1
            address = f"{stem}-{n}"
        taken.add(address)
        branch = _Branch(block, address, len(stack) + 1, block.rank)
        siblings.append(branch)
        stack.append(branch)
    return front, roots


_FRONT_ROLES: tuple[tuple[ParagraphRole, re.Pattern[str]], ...] = (
    ("title", _TITLE),
    ("speaker", _SPEAKER),
    ("meeting", _MEETING),
)


def _role(text: str, seen: set[ParagraphRole]) -> ParagraphRole:
    if is_salutation(text):
        return "salutation"
    for role, pattern in _FRONT_ROLES:
        if role not in seen and "salutation" not in seen and pattern.fullmatch(text):
            return role
    return "text"


def parse(text: Text, repeated: tuple[Repetition, ...], ledger: IdLedger) -> tuple[Outline, IdLedger]:
    """Read the tree of a repaired text and give every sentence and paragraph its lasting id.

    Returns the outline and the ledger to keep. Every character of the body that is no white space lies in
    exactly one sentence. A text without any numbered heading gives an outline with one unnumbered section.
    """
    body = text.body
    front, roots = _grow(blocks(body, repeated))
    if not roots and front:
        opening = next((k for k, p in enumerate(front) if _role(body[p.start : p.end], set()) == "salutation"), -1) + 1
        whole = _Branch(None, "s1", 1, 0)
        whole.paragraphs, front = front[opening:], front[:opening]
        if whole.paragraphs:
            roots = [whole]
    _close(roots, len(body))

    borders = sorted({b for r in repeated for b in (r.start, r.end)})
    spans: list[tuple[int, int, str, bool]] = []  # every sentence: start, end, section, heading
    paragraphs: list[tuple[int, int]] = []
    beside: list[str] = []  # the section of every paragraph

    def plan(pieces: Sequence[TextBlock], section: str) -> None:
        for p in pieces:
            paragraphs.append((p.start, p.end))
            beside.append(section)
            spans.extend((a, b, section, False) for a, b in _split(body, p.start, p.end, borders))

    plan(front, "")
    for branch in _walk(roots):
        if branch.piece:
            spans.append((branch.piece.start, branch.piece.end, branch.id, True))
        plan(branch.paragraphs, branch.id)

    home = homes(roots)
    sentence_entries = assign(
        "s", [body[a:b] for a, b, _, _ in spans], ledger.sentences, [home.get(s, "") for _, _, s, _ in spans]
    )
    paragraph_entries = assign(
        "p", [body[a:b] for a, b in paragraphs], ledger.paragraphs, [home.get(s, "") for s in beside]
    )
    sentences = _sentences(body, spans, sentence_entries, repeated)
    by_start = {s.start: k for k, s in enumerate(sentences)}
    paragraph_by_start = {start: e for (start, _), e in zip(paragraphs, paragraph_entries, strict=True)}

    def build(pieces: Sequence[TextBlock], in_front: bool) -> tuple[Paragraph, ...]:
        made: list[Paragraph] = []
        seen: set[ParagraphRole] = set()
        for p in pieces:
            first = last = by_start[p.start]
            while last < len(sentences) and sentences[last].start < p.end:
                last += 1
            inside = sentences[first:last]
            role = _role(body[p.start : p.end], seen) if in_front or is_salutation(body[p.start : p.end]) else "text"
            seen.add(role)
            e = paragraph_by_start[p.start]
            made.append(Paragraph(e.id, p.start, p.end, tuple(inside), role, e.aliases, e.gone))
        return tuple(made)

    def finish(branch: _Branch) -> Section:
        block = branch.piece
        heading = sentences[by_start[block.start]] if block else None
        start = block.start if block else branch.paragraphs[0].start
        title = body[block.title : block.end].strip().rstrip("。：:") if block else ""
        return Section(
            branch.id, block.number if block else "", title or "正文", branch.level, start, branch.end, heading,
            build(branch.paragraphs, False), tuple(finish(c) for c in branch.children),
        )  # fmt: skip

    outline = Outline(build(front, True), tuple(finish(b) for b in roots))
    return outline, IdLedger(sentence_entries, paragraph_entries)


def _walk(branches: Sequence[_Branch]) -> Iterator[_Branch]:
    for b in branches:
        yield b
        yield from _walk(b.children)


def _close(branches: Sequence[_Branch], end: int) -> None:
    """A section ends where the next one begins."""
    for k, b in enumerate(branches):
        following = branches[k + 1] if k + 1 < len(branches) else None
        b.end = following.piece.start if following and following.piece else end
        _close(b.children, b.end)


def _sentences(
    body: str, spans: Sequence[tuple[int, int, str, bool]], entries: Sequence[IdEntry], repeated: tuple[Repetition, ...]
) -> list[Sentence]:
    by_start = {start: entry.id for (start, _, _, _), entry in zip(spans, entries, strict=True)}
    ends = {start: end for start, end, _, _ in spans}
    made = []
    for (start, end, section, heading), e in zip(spans, entries, strict=True):
        copy = copied(repeated, start, end)
        original = None
        if copy:
            at = copy.of + start - copy.start
            if ends.get(at) == copy.of + end - copy.start:
                original = by_start[at]
        made.append(
            Sentence(
                e.id,
                body[start:end],
                start,
                end,
                section,
                heading,
                copy is not None,
                original,
                tuple(a for a in addresses(e) if a != e.id),
                e.gone,
            )
        )
    return made
