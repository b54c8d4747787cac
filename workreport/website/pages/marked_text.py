"""Knows how the sentences of one page are written as Markdown, and collects what their links stand for.

A sentence is a line; its figures and names are reference links, so that the line is read as text. What the marks mean is
told in MARKS.md. Leaves reading them to `marks`, and the lines around a sentence to the templates.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby
from operator import itemgetter

from markupsafe import Markup

from workreport.website import addresses
from workreport.website.marks.mark_escaping import attributes, marked_free
from workreport.website.marks.mark_names import DELETED, FORMER, SENTENCE
from workreport.website.marks.marked_sentences import is_unbroken, place_of_figure
from workreport.website.marks.paragraphs import TITLE, TOPIC
from workreport.website.pages.escape import one_line
from workreport.website.pages.sentences import HeadingView, ParagraphView, SentenceView
from workreport.website.pages.spans import TextPiece

_LINKED = frozenset({"f", "v", "u", "n", "g"})
"""Classes that a link in a sentence has by its address alone."""

_SHORT = "\0"
"""Stands on both sides of the address behind a link whose words are its label, until it is known what follows; no text has it."""

_ADDRESS = re.compile(f"{_SHORT}([^{_SHORT}]*){_SHORT}(?P<behind>[\\[(:])?")
"""Such an address, and what would be taken for a part of the link right behind it."""

_DOUBT = "k"
"""The class of words in doubt."""


class PageMarks:
    """Writes the sentences of one page; `table` is the link to the table of indicators."""

    def __init__(self, table: str) -> None:
        self._table = table
        self._definitions: dict[str, str] = {}
        self._labels: dict[str, str] = {}

    def line(self, view: SentenceView) -> Markup:
        """Return a sentence as a line, with its id, former ids and classes at the end."""
        own = attributes({"id": view.id, "class": _steps(view), **_former(view)})
        return Markup(f"{self.words(view)} {own}")

    def words(self, view: SentenceView) -> Markup:
        """Return a sentence as a line without its id."""
        return _closed(self._open_words(view))

    def _open_words(self, view: SentenceView) -> str:
        """The same, with an address between `_SHORT` behind each link whose words are its label."""
        return "".join(
            f"[{words}]{attributes({'class': _DOUBT})}" if doubtful else words
            for doubtful, group in groupby(self._parts(view, self._figures(view)), key=itemgetter(0))
            for words in ["".join(text for _, text in group)]
        )

    def title(self, view: ParagraphView) -> Markup:
        """Return the title of the report as a heading without its # mark, with the id of its paragraph."""
        sentences = [sentence for block in view.blocks[:1] for sentence in block.sentences]
        own = {"id": view.id, "class": TITLE}
        if len(sentences) == 1:
            own |= {"class": _steps(sentences[0], TITLE), **_sentence(sentences[0])}
            return Markup(f"{self.words(sentences[0])} {attributes(own)}")
        spans = "".join(
            f"[{self.words(s)}]{attributes({'id': s.id, 'class': _steps(s, 's'), **_former(s)})}" for s in sentences
        )
        return Markup(f"{spans} {attributes(own)}")

    def heading(self, view: HeadingView, anchor: str, notes: str) -> Markup:
        """Return a heading without its # marks; the small sign of quiet repairs is a link to the page `notes`."""
        sign = ""
        if view.quiet:
            first = view.quiet[0]
            says = marked_free(one_line(first.says))
            sign = f'[校]({addresses.markdown_link(notes)}#{first.id} "{says}"){{.mended}}'
        own = attributes({"id": anchor, "class": _steps(view.sentence), **_sentence(view.sentence)})
        return Markup(f"{_closed(self._open_words(view.sentence) + sign)} {own}")

    def paragraph(self, view: ParagraphView, first: bool, also: str = "") -> Markup:
        """Return the attributes of a paragraph, of which `first` is the first part; `also` is a further class."""
        role = "" if view.role == "text" else f"role-{view.role}"
        own = {"id": view.id if first else "", "class": f"{role} {also}".strip(), **(_former(view) if first else {})}
        return Markup(attributes(own))

    def said(self, view: ParagraphView) -> Markup:
        """Return the attributes of a paragraph on top of a front page: where and by whom the report was given."""
        return Markup(attributes({"id": view.id, "class": "byline", **_former(view)}))

    def definitions(self) -> Markup:
        """Return the lines that say what the links of the sentences stand for, sorted."""
        return Markup("".join(f"[{label}]: {target}\n" for label, target in sorted(self._definitions.items())))

    def _figures(self, view: SentenceView) -> dict[str, str]:
        """Define the figures of a sentence; return their labels by id."""
        labels = {}
        texts = [one_line(piece.text) for piece in view.pieces]
        quotes: dict[str, str] = defaultdict(str)
        for text, piece in zip(texts, view.pieces, strict=True):
            for name in filter(_is_quote, dict.fromkeys(piece.names.split())):
                quotes[name] += text
        whole, starts = "".join(texts), accumulate(map(len, texts), initial=0)
        for start, piece in zip(starts, view.pieces, strict=False):
            for anchor in piece.anchors:
                ordinal = anchor.name.rpartition("t")[2]
                quoted = quotes[f"q{ordinal}"]
                place = _place(whole, quoted, start)
                title = marked_free(quoted) + (f" @occurrence-{place}" if place > 1 else "")
                title += _told_place(view.id, anchor.id, int(ordinal))
                labels[anchor.id] = anchor.id
                target = addresses.markdown_link(f"{self._table}#r-{anchor.id}")
                self._definitions[labels[anchor.id]] = f'{target} "{title}"'
        return labels

    def _parts(self, view: SentenceView, figures: dict[str, str]) -> Iterator[tuple[bool, str]]:
        """Yield the links of a sentence and what is between them, and whether all words of each are in doubt."""
        for pieces in _links(view.pieces):
            href, gloss = pieces[0].href, pieces[0].gloss
            if not href:
                for text, names in _runs(pieces, frozenset()):
                    others = [name for name in names.split() if name != _DOUBT]
                    yield _DOUBT in names.split(), _spanned(text, " ".join(others))
                continue
            doubtful = all(_DOUBT in piece.names.split() for piece in pieces)
            text = one_line("".join(piece.text for piece in pieces))
            derived = _LINKED if is_unbroken(text) or not gloss.startswith("f-") else _LINKED - {"u"}
            derived |= {_DOUBT} if doubtful else frozenset()
            inner = "".join(_spanned(words, names) for words, names in _runs(pieces, derived))
            yield (
                doubtful,
                f"[{inner}]{self._target(inner, marked_free(text), addresses.markdown_link(href), figures.get(gloss[2:], ''))}",
            )

    def _target(self, inner: str, label: str, href: str, figure: str) -> str:
        """Return what follows a link's words: its label, nothing where its words are the label, or else its address."""
        if figure:
            return f"[{figure}]"
        if self._labels.setdefault(label.lower(), href) != href or "[" in label or "]" in label:
            return f"({href})"
        self._definitions.setdefault(label, href)
        return f"{_SHORT}{href}{_SHORT}" if inner == label else f"[{label}]"


def _closed(line: str) -> Markup:
    """Return a line in which a link whose words are its label has an address only if it needs one to end there."""
    return Markup(_ADDRESS.sub(lambda found: f"({found[1]}){found['behind']}" if found["behind"] else "", line))


def _former(view: SentenceView | ParagraphView) -> dict[str, str]:
    return {FORMER: " ".join(view.aliases), DELETED: " ".join(view.gone)}


def _sentence(view: SentenceView) -> dict[str, str]:
    return {SENTENCE: view.id, **_former(view)}


def _steps(view: SentenceView, names: str = "") -> str:
    return f"{names} {TOPIC}".strip() if view.step else names


def _links(pieces: Sequence[TextPiece]) -> Iterator[list[TextPiece]]:
    """Yield the pieces of each link, and between links all that are of none."""
    group: list[TextPiece] = []
    for piece in pieces:
        if group and not (piece.goes_on or not (piece.href or group[0].href)):
            yield group
            group = []
        group.append(piece)
    if group:
        yield group


def _runs(pieces: Sequence[TextPiece], derived: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Yield the text of consecutive pieces with the same classes that must be written, and these."""

    def written(piece: TextPiece) -> str:
        names = (name for name in piece.names.split() if name not in derived and not _is_quote(name))
        return " ".join(names)

    for names, group in groupby(pieces, key=written):
        yield "".join(one_line(piece.text) for piece in group), names


def _is_quote(name: str) -> bool:
    return name[0] == "q" and (name == "q" or name[1:].isdigit())


def _spanned(text: str, names: str) -> str:
    return f"[{marked_free(text)}]{attributes({'class': names})}" if names else marked_free(text)


def _told_place(sentence: str, figure: str, ordinal: int) -> str:
    """Return what a definition tells of a figure's place where its id does not: a figure keeps the id it once got.

    >>> _told_place("s1", "s1-f2", 2), _told_place("s1", "s1-f2", 5), _told_place("s9", "s1-f2", 2)
    ('', ' #figure-5', ' #figure-s9-2')
    """
    if place_of_figure(figure) == (sentence, ordinal):
        return ""
    within = (place_of_figure(figure) or ("",))[0] == sentence
    return f" #figure-{ordinal}" if within else f" #figure-{sentence}-{ordinal}"


def _place(text: str, words: str, start: int) -> int:
    """Return which occurrence of `words` in a text, counted from 1, stands at `start`."""
    place, at = 1, text.find(words)
    while 0 <= at < start:
        place, at = place + 1, text.find(words, at + 1)
    return place
