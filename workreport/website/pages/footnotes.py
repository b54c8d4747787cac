"""Knows how remarks and glossary entries become the footnotes of an EPUB, with links in both directions.

Leaves the views of the text to `sentences`, and the texts of remarks to `remarks`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from workreport.model import Gloss, Indicator, ParagraphRole
from workreport.website.pages.remarks import Remark, TextChange
from workreport.website.pages.sentences import HeadingView, ParagraphView, Passages, SentenceView
from workreport.website.pages.spans import TextPiece

SHOWN = frozenset({"k"})
"""The classes of a piece that the EPUB shows: k, doubtful words."""
SHORT = 160
"""The most characters of a repair whose footnote shows the changes; the page of editorial notes shows those of every
repair.
"""


@dataclass(frozen=True, slots=True)
class BookText:
    """Consecutive characters with the same classes `names`; `anchors` are ids put before them."""

    text: str
    names: str
    anchors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BookRun:
    """Consecutive texts that are one link, or a text without a link (`href` "").

    `note`: the link opens a footnote, and `id` is the target of the link back; otherwise it links to a row of the table
    of indicators.
    """

    parts: tuple[BookText, ...]
    href: str = ""
    id: str = ""
    note: bool = False


@dataclass(frozen=True, slots=True)
class NoteMark:
    """A reference mark in the text: 校1 opens a footnote (`note`), 表 links to a row of the table of indicators."""

    label: str
    tooltip: str
    href: str
    id: str
    note: bool


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a sentence up to the next reference mark or page break.

    `marks` are the reference marks after it; `page` is the page of the source file that begins after it, or 0.
    """

    runs: tuple[BookRun, ...]
    marks: tuple[NoteMark, ...]
    page: int = 0


@dataclass(frozen=True, slots=True)
class BookLine:
    """A sentence or heading in segments. `gone`: a sentence before it was deleted.

    `old_ids` are further ids that links to it may use: its former ids, those of deleted sentences before it, and those
    of figures without an anchor of their own.
    """

    id: str
    old_ids: tuple[str, ...]
    gone: bool
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class BookBlock:
    """Consecutive sentences; a passage repeated by mistake (`copy`) is a block of its own.

    The fields are as in `SentenceBlock`.
    """

    copy: bool
    lines: tuple[BookLine, ...]
    original: str
    original_href: Markup
    lost: bool


@dataclass(frozen=True, slots=True)
class BookParagraph:
    """A paragraph in blocks. `gone`: a paragraph before it was deleted.

    `old_ids` are its former ids and those of deleted paragraphs before it.
    """

    id: str
    role: ParagraphRole
    old_ids: tuple[str, ...]
    gone: bool
    blocks: tuple[BookBlock, ...]


@dataclass(frozen=True, slots=True)
class Footnote:
    """A footnote. `about` is the quoted text it is about, `changes` are those of a short repair.

    `row` is the id of the remark's row on the page of editorial notes, "" for a glossary entry; `back` are the ids of
    the references to the footnote.
    """

    id: str
    title: str
    about: str
    paragraphs: tuple[str, ...]
    changes: tuple[TextChange, ...]
    row: str
    back: tuple[str, ...]


@dataclass(slots=True)
class _FootnoteDraft:
    """A footnote whose references are still being collected; `label` is its mark (校1), "" for a glossary entry."""

    label: str
    title: str
    about: str
    paragraphs: tuple[str, ...]
    row: str = ""
    back: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Linked:
    """A piece and its link: to a glossary entry (kind "g"), to a row of the table of indicators ("f"), or none ("").

    `target` is the id of the entry or indicator.
    """

    piece: TextPiece
    kind: str = ""
    target: str = ""


class BookFileText:
    """Turns the views of the text in one file of the EPUB into lines, and collects the footnotes they refer to.

    `rows` are the changes of each repair, by the id of its row on the page of editorial notes. `breaks` are (position
    in the repaired text, page number) for each page of the source file, in order.
    """

    def __init__(
        self, passages: Passages, rows: Mapping[str, tuple[TextChange, ...]], breaks: tuple[tuple[int, int], ...]
    ) -> None:
        self._passages = passages
        self._sentences = passages.reading.sentences
        self._rows = rows
        self._breaks = breaks
        self._glosses: dict[str, Gloss] = {gloss.id: gloss for gloss in passages.reading.glossary}
        self._drafts: dict[str, _FootnoteDraft] = {}
        self._remarked = 0

    def heading(self, view: HeadingView) -> BookLine:
        """Return a heading as a line, and collect its footnotes."""
        return self._line(view.sentence, view.remarks)

    def paragraphs(self, views: Iterable[ParagraphView]) -> tuple[BookParagraph, ...]:
        """Return the paragraphs for the EPUB in the same order, and collect their footnotes."""
        return tuple(
            BookParagraph(view.id, view.role, (*view.aliases, *view.gone), bool(view.gone), tuple(self._blocks(view)))
            for view in views
        )

    def notes(self) -> tuple[Footnote, ...]:
        """Return the footnotes in the order of their first reference. Call this after all lines are made."""
        return tuple(
            Footnote(
                name, draft.title, draft.about, draft.paragraphs, self._changes(draft), draft.row, tuple(draft.back)
            )
            for name, draft in self._drafts.items()
        )

    def _changes(self, draft: _FootnoteDraft) -> tuple[TextChange, ...]:
        changes = self._rows.get(draft.row, ())
        size = sum(len(change.kept) + len(change.removed) + len(change.added) for change in changes)
        return changes if size <= SHORT else ()

    def _blocks(self, view: ParagraphView) -> Iterator[BookBlock]:
        ids = [sentence.id for block in view.blocks for sentence in block.sentences]
        starts = [self._sentences[name].start for name in ids]
        of: dict[str, list[Remark]] = {}
        for remark in view.remarks:
            # A remark on white space before the first sentence is shown with that sentence.
            of.setdefault(ids[max(bisect_right(starts, remark.start) - 1, 0)], []).append(remark)
        for block in view.blocks:
            lines = tuple(self._line(sentence, of.get(sentence.id, ())) for sentence in block.sentences)
            yield BookBlock(block.copy, lines, block.original, block.original_href, block.lost)

    def _line(self, view: SentenceView, remarks: Sequence[Remark]) -> BookLine:
        sentence = self._sentences[view.id]
        size = len(sentence.text)
        first = bisect_left(self._breaks, (sentence.start, 0))
        pages = []
        for at, page in self._breaks[first:]:
            if at >= sentence.end:
                break
            pages.append((at - sentence.start, page))
        cuts: list[tuple[int, int, NoteMark | None]] = [(at, page, None) for at, page in pages]
        for remark in remarks:
            at = min(max(remark.end - sentence.start, 0), size)
            cuts.append((at, 0, self._remarked_mark(remark)))
        linked, rest = self._linked(view)
        cuts += [
            (size, 0, NoteMark("表", f"{figure.name}：指标表", f"#r-{figure.id}", "", note=False)) for figure in rest
        ]
        cuts.sort(key=lambda cut: cut[0])
        runs = [self._run(group) for group in _grouped(linked)]
        anchored = {anchor.id for piece in view.pieces for anchor in piece.anchors}
        figures = (figure.id for figure in self._passages.figures.get(view.id, ()))
        old_ids = (*view.aliases, *view.gone, *(name for name in figures if name not in anchored))
        return BookLine(view.id, old_ids, bool(view.gone), tuple(_segments(runs, cuts)))

    def _linked(self, view: SentenceView) -> tuple[list[_Linked], list[Indicator]]:
        """Return the pieces with their links, and the indicators whose rows no piece links to.

        An indicator without a linked figure gets a link on a piece of its quote that contains its rank.
        """
        made = []
        for piece in view.pieces:
            gloss = piece.gloss
            kind = "" if not gloss else "g" if gloss in self._glosses else "f" if gloss.startswith("f-") else ""
            made.append(_Linked(piece, kind, gloss.removeprefix("f-") if kind == "f" else gloss if kind else ""))
        reached = {link.target for link in made if link.kind == "f"}
        rest = []
        for ordinal, figure in enumerate(self._passages.figures.get(view.id, ()), start=1):
            if figure.id in reached:
                continue
            free = [k for k, link in enumerate(made) if not link.kind and f"q{ordinal}" in link.piece.names.split()]
            said = [k for k in free if any(rank.place in made[k].piece.text for rank in figure.ranks)]
            if said:
                made[said[0]] = _Linked(made[said[0]].piece, "f", figure.id)
            else:
                rest.append(figure)
        return made, rest

    def _run(self, group: Sequence[_Linked]) -> BookRun:
        parts = tuple(
            BookText(
                link.piece.text,
                " ".join(name for name in link.piece.names.split() if name in SHOWN),
                tuple(anchor.id for anchor in link.piece.anchors),
            )
            for link in group
        )
        kind, target = group[0].kind, group[0].target
        if kind == "g":
            name = f"x-{target}"
            draft = self._drafts.get(name) or self._explained(name, self._glosses[target])
            draft.back.append(f"{name}-{len(draft.back) + 1}")
            return BookRun(parts, f"#{name}", draft.back[-1], note=True)
        return BookRun(parts, f"#r-{target}" if kind else "")

    def _explained(self, name: str, gloss: Gloss) -> _FootnoteDraft:
        body = self._passages.reading.text.body
        paragraphs = tuple(body[start:end] for start, end in gloss.explained)
        self._drafts[name] = _FootnoteDraft("", gloss.name or gloss.number, "", paragraphs)
        return self._drafts[name]

    def _remarked_mark(self, remark: Remark) -> NoteMark:
        name = f"note-{remark.id}"
        draft = self._drafts.get(name)
        if draft is None:
            self._remarked += 1
            label = f"校{self._remarked}"
            draft = _FootnoteDraft(label, f"{label}　{remark.kind}", remark.words, (f"{remark.says}。",), remark.id)
            self._drafts[name] = draft
        draft.back.append(f"{name}-{len(draft.back) + 1}")
        return NoteMark(draft.label, f"原文说明：{remark.kind}", f"#{name}", draft.back[-1], note=True)


def _grouped(linked: Iterable[_Linked]) -> Iterator[tuple[_Linked, ...]]:
    """Yield consecutive pieces with the same link as one group, and each piece without a link as a group of one."""
    group: list[_Linked] = []
    for link in linked:
        if group and (not link.kind or (link.kind, link.target) != (group[0].kind, group[0].target)):
            yield tuple(group)
            group = []
        group.append(link)
    if group:
        yield tuple(group)


def _segments(runs: Sequence[BookRun], cuts: Sequence[tuple[int, int, NoteMark | None]]) -> Iterator[Segment]:
    """Yield the runs cut at the reference marks and page breaks `cuts`, which are (position, page, mark), sorted.

    A mark within a link is put after the link, because links are not cut.
    """
    held: list[BookRun] = []
    waiting = list(reversed(cuts))
    at = 0

    def due(position: int) -> Iterator[Segment]:
        """Yield the segments that end at or before `position`."""
        nonlocal held
        while waiting and waiting[-1][0] <= position:
            _, page, mark = waiting.pop()
            yield Segment(tuple(held), (mark,) if mark else (), page)
            held = []

    for run in runs:
        yield from due(at)
        size = sum(len(part.text) for part in run.parts)
        if not run.href and waiting and waiting[-1][0] < at + size:
            part, begin = run.parts[0], 0
            while waiting and waiting[-1][0] < at + size:
                end = waiting[-1][0] - at
                held.append(BookRun((BookText(part.text[begin:end], part.names, () if begin else part.anchors),)))
                begin = end
                yield from due(at + end)
            held.append(BookRun((BookText(part.text[begin:], part.names, () if begin else part.anchors),)))
        else:
            held.append(run)
        at += size
    yield from due(at)
    if held:
        yield Segment(tuple(held), ())
