"""Knows how the marks within a line are read: links, spans with attributes, bold words, escaped characters.

Leaves the lines of a page to `markdown_blocks`, and making elements to `elements`. The text of a node is what a reader sees.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from workreport.website.marks.mark_error import no_link
from workreport.website.marks.mark_names import READ

Attributes: TypeAlias = dict[str, str]
"""Attributes by name, in their order; classes are joined with blanks under "class"."""

_ATTRIBUTES = r"\{(?P<inner>(?:[^{}\\\n]|\\.)*)\}"
# Each branch begins with the character itself, and a group says what was found: so the search runs from sign to sign, and does
# not try all branches at each character.
_TOKEN = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])|&#(?P<number>[0-9]{1,7});|\[(?P<open>)"
    r"|\](?:\((?P<href>[^()\s]*)(?: \"(?P<title>(?:[^\"\\]|\\.)*)\")?\)|\[(?P<label>[^\[\]]*)\])?"
    f"(?:{_ATTRIBUTES})?(?P<close>)"
    r"|\*(?:\*\*(?!\*)|\*)?(?P<stars>)|__?(?P<lines>)|~~(?P<waves>)|\+\+(?P<plus>)"
)
_PAIRS = {"**": "b", "__": "strong", "*": "em", "_": "em", "~~": "del", "++": "ins"}
_ATTRIBUTE = re.compile(
    r"#(?P<id>[^\s#.=]+)|\.(?P<name>[^\s#.=]+)|(?P<key>[\w-]+)(?:=(?:\"(?P<quoted>(?:[^\"\\]|\\.)*)\"|(?P<bare>\S+)))?"
)
_TAIL = re.compile(" ?" + _ATTRIBUTES)
_UNESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])|&#([0-9]{1,7});")
_PLACE = re.compile(r" @occurrence-(?P<place>[0-9]{1,6})$")
_ORDINAL = re.compile(r" #figure-(?P<ordinal>(?:s[0-9a-z-]+-)?[0-9]{1,6})$")
_DEFINITION = re.compile(r"\[(?P<label>(?:[^\[\]\\]|\\.)+)\]: (?P<href>\S+)(?: \"(?P<title>(?:[^\"\\]|\\.)*)\")?")


@dataclass(slots=True)
class Node:
    """A marked part of a line: `tag` is a, span, b, strong, em, del or ins. A link has its address in `href`."""

    tag: str
    inner: list[Inline] = field(default_factory=list)
    attributes: Attributes = field(default_factory=dict)
    href: str = ""
    title: str = ""

    @property
    def names(self) -> list[str]:
        """The classes."""
        return self.attributes.get("class", "").split()


Inline: TypeAlias = "Node | str"


class Definition(NamedTuple):
    """What a label stands for: an address and a title, "" without one.

    The title of a figure is its quote. An unescaped @occurrence-2 behind it says that the second place of these words is
    meant, and behind that #figure-5 or #figure-s1-5 that it is the fifth figure of its sentence, or of sentence s1, whatever its id says.
    """

    href: str
    title: str
    place: int = 1
    ordinal: str = ""


Definitions: TypeAlias = Mapping[str, Definition]
"""Definitions by label, as written but in small letters."""


def plain(nodes: Iterable[Inline]) -> str:
    """Return the text of nodes without their marks."""
    return "".join(node if isinstance(node, str) else plain(node.inner) for node in nodes)


def unescaped(text: str) -> str:
    r"""Return the text that an escaped one shows.

    >>> unescaped(r"\*a\* &#32;")
    '*a*  '
    """
    return _UNESCAPE.sub(lambda found: found[1] or character(found[2]), text) if "\\" in text or "&" in text else text


def character(number: str) -> str:
    """Return the character with this number, U+FFFD if there is none, as CommonMark has it.

    >>> character("42"), character("9999999"), character("55296")
    ('*', '\ufffd', '\ufffd')
    """
    code = int(number)
    return chr(code) if 0 < code < 0xD800 or 0xDFFF < code < 0x110000 else "\ufffd"


def attributes_of(text: str) -> Attributes:
    """Return the attributes written between braces, with classes as in pages (`mark_names`); a key without a value has "".

    >>> attributes_of('#h-1 .number .where size=4.5 parent="人均 值" hidden')
    {'id': 'h-1', 'class': 'no where', 'size': '4.5', 'parent': '人均 值', 'hidden': ''}
    """
    return dict(_attributes_of(text))


@lru_cache(4096)
def _attributes_of(text: str) -> Attributes:
    found: Attributes = {}
    for one in _ATTRIBUTE.finditer(text):
        if one["id"]:
            found["id"] = unescaped(one["id"])
        elif one["name"]:
            name = READ.get(one["name"], one["name"])
            found["class"] = f"{found['class']} {name}" if "class" in found else name
        else:
            found[one["key"]] = unescaped(one["quoted"] if one["quoted"] is not None else one["bare"] or "")
    return found


def tail(line: str) -> tuple[str, Attributes]:
    """Return a line without the attributes at its end, and these; a line of attributes alone leaves "".

    >>> tail("好。 {#s1}"), tail("[甲]{.number}")
    (('好。', {'id': 's1'}), ('[甲]{.number}', {}))
    """
    if not line.endswith("}"):
        return line, {}
    at = max(line.rfind(" {"), 0)  # the braces hold no other "{" that is not escaped
    found = _TAIL.fullmatch(line, at)
    return (line[:at], attributes_of(found["inner"])) if found else (line, {})


def definition(line: str) -> tuple[str, Definition] | None:
    """Return the label and the definition of a line `[label]: address "title"`, None for any other line."""
    found = _DEFINITION.fullmatch(line)
    if found is None:
        return None
    title, place, ordinal = found["title"] or "", 1, ""
    if which := _ORDINAL.search(title):
        title, ordinal = title[: which.start()], which["ordinal"]
    if which := _PLACE.search(title):
        title, place = title[: which.start()], int(which["place"])
    return found["label"].lower(), Definition(found["href"], unescaped(title), place, ordinal)


def inline(text: str, definitions: Definitions) -> list[Inline]:
    r"""Return a line in nodes. A bracket that is no mark, and one that never closes, stays as it is.

    >>> inline(r"出台[服务业](a.md)27条\*", {})[1].href
    'a.md'
    """
    if not _SPECIAL.search(text):
        return [text] if text else []
    return _Reader(text, definitions).nodes()


_SPECIAL = re.compile(r"[\\\[\]&*~+_]")


class _Reader:
    """Reads one line. `_frames` are the open marks: each with the nodes so far, its sign, and where its text begins."""

    def __init__(self, text: str, definitions: Definitions) -> None:
        self._text = text
        self._definitions = definitions
        self._frames: list[tuple[list[Inline], str, int]] = [([], "", 0)]

    def nodes(self) -> list[Inline]:
        """Return the whole line in nodes."""
        at = 0
        for found in _TOKEN.finditer(self._text):
            if found.start() > at:
                self._add(self._text[at : found.start()])
            at = found.end()
            kind = found.lastgroup
            if kind == "close":
                self._close(found)
            elif kind == "open":
                self._frames.append(([], "[", at))
            elif kind == "escaped":
                self._add(found["escaped"])
            elif kind == "number":
                self._add(character(found["number"]))
            else:
                self._pair(found[0], at)
        if at < len(self._text):
            self._add(self._text[at:])
        while len(self._frames) > 1:
            self._drop()
        return self._frames[0][0]

    def _add(self, text: str) -> None:
        nodes = self._frames[-1][0]
        if nodes and type(nodes[-1]) is str:
            nodes[-1] += text
        elif text:
            nodes.append(text)

    def _drop(self) -> None:
        """Take the newest open mark as plain text."""
        nodes, sign, _ = self._frames.pop()
        self._add(sign)
        for node in nodes:
            if isinstance(node, str):
                self._add(node)
            else:
                self._frames[-1][0].append(node)

    def _pair(self, sign: str, at: int) -> None:
        if sign == "***":  # bold and stressed words side by side: what is open closes first
            first, second = ("*", "**") if self._frames[-1][1] == "*" else ("**", "*")
            self._pair(first, at)
            self._pair(second, at)
            return
        if self._frames[-1][1] == sign:
            nodes, _, _ = self._frames.pop()
            self._frames[-1][0].append(Node(_PAIRS[sign], nodes))
        else:
            self._frames.append(([], sign, at))

    def _close(self, found: re.Match[str]) -> None:
        while self._frames[-1][1] not in ("[", ""):
            self._drop()
        if self._frames[-1][1] != "[":
            self._add(found[0])
            return
        nodes, _, start = self._frames.pop()
        target = self._target(found, start)
        inner = found["inner"]
        own = attributes_of(inner) if inner else {}
        if target:
            self._frames[-1][0].append(Node("a", nodes, own, target.href, target.title))
        elif inner is not None and not found["label"]:
            self._frames[-1][0].append(Node("span", nodes, own))
        else:
            self._frames.append((nodes, "[", start))
            self._drop()
            self._add(found[0])

    def _target(self, found: re.Match[str], start: int) -> Definition | None:
        if found["href"] is not None:
            return Definition(found["href"], unescaped(found["title"] or ""))
        if not found["label"] and found["inner"] is not None:
            return None  # a span, even if its words are a label
        label = found["label"] or self._text[start : found.start()]
        return self._definitions.get(label.lower())


def by_class(nodes: Sequence[Inline], name: str) -> Node | None:
    """Return the first node with this class, None if there is none."""
    for node in nodes:
        if not isinstance(node, str) and name in node.attributes.get("class", "") and name in node.names:
            return node
    return None


def first_by_class(nodes: Sequence[Inline]) -> dict[str, Node]:
    """Return for each class the first node that has it.

    >>> first_by_class(inline("[甲]{.rank}[乙]{.rank .vague}", {}))["vague"].inner
    ['乙']
    """
    found: dict[str, Node] = {}
    for node in nodes:
        if not isinstance(node, str):
            for name in node.names:
                found.setdefault(name, node)
    return found


def first_link(nodes: Sequence[Inline]) -> Node:
    """Return the first link. Raises `MarkError` if there is none.

    >>> first_link(inline("见[甲](a.md)、[乙](b.md)", {})).href
    'a.md'
    """
    found = next((node for node in nodes if isinstance(node, Node) and node.tag == "a"), None)
    if found is None:
        raise no_link(plain(nodes))
    return found
