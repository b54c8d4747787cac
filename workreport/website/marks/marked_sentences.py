"""Knows how the sentences of a report become elements: pieces with links and highlights, numbers, ids, headings.

A figure's words are lit by its definition: `[s1-f2]: …#r-s1-f2 "quote"` is the second figure of sentence s1, and the
quote says which words of the sentence it is about; `"quote #figure-5"` is the fifth one, which keeps an older id. Leaves paragraphs to `paragraphs`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple
from urllib.parse import quote as percent
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from workreport.website.marks.elements import add, link, say
from workreport.website.marks.mark_error import required
from workreport.website.marks.mark_names import DELETED, FORMER
from workreport.website.marks.serializer import HERE, PLACE
from workreport.website.marks.syntax import Attributes, Definitions, Inline, Node, inline, plain

UNBROKEN = 7
"""The most characters of a figure that is never broken across lines (class u): a longer one leaves a hole in a phone's line."""
LETTER = 40
"""The most characters of a sentence that are quoted in a mail about it."""
URL_MARKS = ":/?#[]@!$*+,;=%~-._"
"""The characters of a URL that are not percent-encoded."""
_FIGURE = re.compile(r"(?P<sentence>s[0-9a-z-]+)-f(?P<ordinal>[0-9]+)")
_ORDINAL = re.compile(r"(?:(?P<sentence>s[0-9a-z-]+)-)?(?P<ordinal>[0-9]+)")
_TARGETS = {"r": ("f", "f-"), "n": ("n", "n-"), "e": ("g", "")}
"""How a link in a sentence is shown, by the beginning of its anchor: its class, and how the id of its explanation begins."""


class LitFigure(NamedTuple):
    """A figure of a sentence: its id, its ordinal there, and the words it is about, at their `place`th occurrence."""

    id: str
    ordinal: int
    quote: str
    place: int


class Mark(NamedTuple):
    """What lies over the characters `[start, end)` of a sentence: classes, an anchor (id and ordinal), or a link."""

    start: int
    end: int
    names: tuple[str, ...]
    link: Attributes | None = None
    figure: LitFigure | None = None


@dataclass(slots=True)
class SentenceReader:
    """Makes the sentences of one page. `contact` is the publisher's address for corrections, "" without one."""

    definitions: Definitions
    contact: str = ""
    figures: Mapping[str, Sequence[LitFigure]] = field(init=False)

    def __post_init__(self) -> None:
        found: dict[str, list[LitFigure]] = defaultdict(list)
        for target in self.definitions.values():
            figure = unquote(target.href.partition("#r-")[2])
            if figure and target.title and (told := place_of_figure(figure, target.ordinal)):
                sentence, ordinal = told
                found[sentence].append(LitFigure(figure, ordinal, target.title, target.place))
        self.figures = found

    def nodes(self, text: str) -> list[Inline]:
        """Return a line in nodes."""
        return inline(text, self.definitions)

    def sentence(self, parent: Element, nodes: Sequence[Inline], own: Attributes, number: int) -> None:
        """Append a sentence; `own` are its id, former ids (`former`, `deleted`) and classes, `number` its number or 0."""
        text, marks = flat(nodes)
        name = required(own, "id", text)
        marks += _quotes(text, self.figures.get(name, ()))
        old_ids(parent, own, "〔该句已删除〕")
        made = add(parent, "span", {"class": f"s {own.get('class', '')}".rstrip(), "id": name, "data-text": ""})
        if marks:
            pieces(made, text, marks)
        else:
            say(made, text)
        if number:
            if self.contact:
                mail = {"class": "amend", "href": amend(self.contact, name, text), "aria-label": f"第{number}句：纠错"}
                add(parent, "a", mail, "纠错")
            label = f"第{number}句：复制链接"
            add(parent, HERE, {"class": "cite", "href": f"#{name}", "data-n": str(number), "aria-label": label})


def place_of_figure(figure: str, told: str = "") -> tuple[str, int] | None:
    """Return the sentence of a figure and its ordinal there: those in its id, or those told in its definition.

    None if neither says them.

    >>> place_of_figure("s1-f2"), place_of_figure("s1-f2", "5"), place_of_figure("s1-f2", "s9-5"), place_of_figure("x")
    (('s1', 2), ('s1', 5), ('s9', 5), None)
    """
    own, other = _FIGURE.fullmatch(figure), _ORDINAL.fullmatch(told)
    if other is None:
        return (own["sentence"], int(own["ordinal"])) if own else None
    sentence = other["sentence"] or (own["sentence"] if own else "")
    return (sentence, int(other["ordinal"])) if sentence else None


def old_ids(parent: Element, own: Attributes, words: str) -> None:
    """Append the places of former ids, and `words` if a sentence or paragraph before this one was deleted."""
    gone = own.get(DELETED, "").split()
    for name in (*own.get(FORMER, "").split(), *gone):
        add(parent, PLACE, {"class": "was", "id": name})
    if gone:
        add(parent, "span", {"class": "gone"}, words)


def amend(contact: str, name: str, text: str) -> str:
    """Return the link to report an error in a sentence: `contact` itself if it is a URL, otherwise a mail to it.

    The mail quotes at most `LETTER` characters of the sentence.

    >>> amend("a@example.gov.cn", "s1", "增长5%。").split("&")[0]
    'mailto:a@example.gov.cn?subject=%E7%BA%A0%E9%94%99%20s1'
    """
    if "://" in contact:
        return percent(contact, safe=URL_MARKS)
    quoted = text if len(text) <= LETTER else f"{text[:LETTER]}…"
    body = percent(f"原句（{name}）：{quoted}", safe="")
    return f"mailto:{percent(contact, safe='@')}?subject={percent(f'纠错 {name}', safe='')}&body={body}"


def flat(nodes: Iterable[Inline]) -> tuple[str, list[Mark]]:
    """Return the text of a sentence, and its links and spans as marks over it.

    >>> text, marks = flat(inline("出台[服务业](a.md#n-t1)27条[。]{.doubt}", {}))
    >>> text, [(m.start, m.end, m.names) for m in marks]
    ('出台服务业27条。', [(2, 5, ('n',)), (8, 9, ('k',))])
    """
    words: list[str] = []
    marks: list[Mark] = []
    _flatten(nodes, words, marks, 0)
    return "".join(words), marks


def _flatten(nodes: Iterable[Inline], words: list[str], marks: list[Mark], at: int) -> int:
    for node in nodes:
        if isinstance(node, str):
            words.append(node)
            at += len(node)
            continue
        start = at
        at = _flatten(node.inner, words, marks, at)
        marks.append(_mark(node, start, at))
    return at


def _mark(node: Node, start: int, end: int) -> Mark:
    if node.tag != "a":
        return Mark(start, end, tuple(node.names))
    anchor = node.href.partition("#")[2]
    name, begins = _TARGETS.get(anchor[:1], ("", "")) if anchor[1:2] == "-" else ("", "")
    names = (
        ("f", "v", "u") if name == "f" and is_unbroken(plain(node.inner)) else ("f", "v") if name == "f" else (name,)
    )
    shown = link(node)
    shown.pop("class", None)
    if name == "f":
        shown.pop("title", None)  # the quote
    if name:
        shown["data-gloss"] = begins + unquote(anchor[2:])
    return Mark(start, end, tuple(filter(None, (*names, *node.names))), shown)


def is_unbroken(figure: str) -> bool:
    """Return whether a figure is never broken across lines; spaces between its characters do not count.

    >>> is_unbroken("1.4万亿元"), is_unbroken("7 4 7 7 2 亿元"), is_unbroken("78.5万吨标准煤")
    (True, True, False)
    """
    return len("".join(figure.split())) <= UNBROKEN


def _quotes(text: str, figures: Iterable[LitFigure]) -> list[Mark]:
    found = []
    for figure in figures:
        start = at_place(text, figure.quote, figure.place)
        if start >= 0:
            names = ("q", f"q{figure.ordinal}")
            found.append(Mark(start, start + len(figure.quote), names, figure=figure))
    return found


def at_place(text: str, words: str, place: int) -> int:
    """Return where `words` stand in a text for the `place`th time, counted from 1 with overlaps; -1 if they do not.

    >>> at_place("增长5%，增长5%", "增长5%", 2)
    5
    """
    start = -1
    for _ in range(place):
        start = text.find(words, start + 1)
        if start < 0:
            return -1
    return start


def pieces(parent: Element, text: str, marks: Sequence[Mark]) -> None:
    """Append a text with its marks, cut at their ends, so that no element overlaps another."""
    ordered = sorted(marks, key=lambda mark: (mark.start, -mark.end, mark.names))
    borders = sorted({0, len(text), *(mark.start for mark in ordered), *(mark.end for mark in ordered)})
    waiting, over = ordered[::-1], list[Mark]()
    for start, end in pairwise(borders):
        while waiting and waiting[-1].start <= start:
            over.append(waiting.pop())
        over = [mark for mark in over if mark.end > start]
        if not over:
            say(parent, text[start:end])
            continue
        for mark in over:
            if mark.figure and mark.start == start:
                add(parent, "i", {"class": f"t t{mark.figure.ordinal}", "id": mark.figure.id})
        names = " ".join(dict.fromkeys(name for mark in over for name in mark.names))
        target = next((mark.link for mark in over if mark.link is not None), None)
        if target is not None:
            add(parent, "a", {**({"class": names} if names else {}), **target}, text[start:end])
        elif names:
            add(parent, "span", {"class": names}, text[start:end])
        else:
            say(parent, text[start:end])
