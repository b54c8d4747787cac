"""Knows what the name of an indicator is about: the thing, what is done with it, whether only new ones are counted, its level.

新建市级未来社区 is about 未来社区, which is built, new ones only, of the level 市. Leaves the comparison of two subjects to
`agreement`, and the words to `comparison_words`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from workreport.analysis.measures import named
from workreport.comparison.comparison_words import ComparisonWords, Edges

_BETWEEN = "以及|(?<![普涉触波顾])及(?!时)|和(?![谐美平睦解])|(?<!参)与(?!会)"
BETWEEN = re.compile(_BETWEEN)
"""A word between the last two names of a list; not one within a word (普及, 和美, 参与)."""
LISTED = re.compile(f"、|{_BETWEEN}")
"""What stands between two names of a list."""
RENEWED = "renew"
"""The id of the actions that make something there already new."""
LEAST = 2
"""The fewest characters of a name that remain when words around it are taken away."""
_LEVEL = re.compile(
    r"(?:国家级?|全国|省部级|省级以上|市级以上|市属|省属|省级?|市级?|区级|县级)(?![、会份道内外民区政容场控辖标])"
)
"""A word of a level at the start of a name: 国家级, 省; not 市民, 省会, 市控."""
_LEVELS = re.compile(r"(?:国家|省|市|县|区)级?(?:[、和及](?:国家|省|市|县|区)级?)+")
"""Several levels at the start of a name: 国家、省、市重点研发项目."""
_SUCH_AS = re.compile(r"^.*(?<![高平初中同优均])等(?![级额离于同])(?=..)")
"""Examples before the name of what they are examples of: 市民公园等 in 市民公园等城市公园."""
_MANNER = re.compile("^(?:通过|采取|采用|按照|按|以).{2,10}?(?:方式|形式|办法|模式|途径)")
"""How something is done, before what is done: 通过社会化方式."""
_JOINTS = "、和及与"
"""What stands between two actions: 新建和改造提升."""
_ONE_LEVEL = re.compile("国家|全国|省|市|县|区")


@dataclass(frozen=True, slots=True)
class NamedThing:
    """What a name is about.

    `thing` is the name without all that may differ from year to year, `words` the same with its light words. `actions` are
    ids of what is done (build), `levels` characters of levels (省). `added` says that only new ones are counted, `stock`
    that all are, `begun` that the work was only begun, `area` that only the town itself is spoken of (市区). `measure` is the core measure that the name means, whatever is said
    of the place; None if it means none. `end` is the general word at the end of the thing (投资), `generic` says that it is all, or
    that the name says only who has the use of it (惠及学生). `first` says that it is the first lot of several (首批).
    """

    thing: str
    words: str
    actions: frozenset[str] = frozenset()
    levels: frozenset[str] = frozenset()
    added: bool = False
    stock: bool = False
    begun: bool = False
    area: bool = False
    first: bool = False
    measure: str | None = None
    end: str = ""
    generic: bool = False


def subject_of(name: str, words: ComparisonWords, place: str = "", *, change: bool = False) -> NamedThing:
    """The subject of an indicator's name; `place` is the place of the report, `change` says that the figure is a change."""
    row = named(name, words.measures, place, change=change)
    text = _SUCH_AS.sub("", words.folded(name).rpartition(":")[2])
    text = _without_place(_without_manner(text), place)
    text, starts = _without_start(text, words, place)
    text, ends, end_words = _without_end(text, words)
    levels = frozenset(starts.levels)
    actions = frozenset(starts.actions) | frozenset(ends)
    thing = words.lightened(text) or text
    return NamedThing(
        thing=thing,
        words=text,
        actions=actions - {"begin"} if "begin" in actions and len(actions) > 1 else actions,
        levels=levels,
        added=starts.added or any(word in words.added for word in end_words),
        stock=any(word in words.stock for word in end_words) or starts.held,
        begun=starts.begun or any(word in words.begun for word in end_words),
        area=starts.area,
        first=starts.first,
        measure=row.measure.id if row else None,
        end=words.generic_end(thing),
        generic=words.is_generic(thing) or text.startswith(words.served),
    )


def without_actions(name: str, words: ComparisonWords) -> str:
    """A name without what is done, how many times and where: 高标准农田 for 新建和改造高标准农田."""
    return _without_start(name, words, "")[0] if name else name


def _without_manner(text: str) -> str:
    """A name without how it is done: 通过社会化方式完成电梯更新."""
    rest = _MANNER.sub("", text)
    return rest if len(rest) > LEAST else text


def _without_place(text: str, place: str) -> str:
    """A name without the place of the report in it: “3+N”杭州产业基金."""
    for word in (place, place[:-1]):
        if len(word) > 1 and word in text and len(text) - len(word) > LEAST:
            return text.replace(word, "")
    return text


@dataclass
class _Start:
    """What was taken from the start of a name, while it is taken."""

    actions: list[str]
    levels: list[str]
    added: bool = False
    held: bool = False
    begun: bool = False
    area: bool = False
    first: bool = False


def _without_start(text: str, words: ComparisonWords, place: str) -> tuple[str, _Start]:
    """A name without the words before the thing, and what they said."""
    found = _Start([], [])
    places = tuple(word for word in (place, *words.wholes) if word)
    while True:
        rest = _taken(text, words, places, found) if text else text
        if rest == text or len(rest) < LEAST:
            return text, found
        text = rest


def _taken(text: str, words: ComparisonWords, places: tuple[str, ...], found: _Start) -> str:
    """A name without its first word, if that is one before the thing; `found` gets what it says."""
    if text.startswith(places):
        return text[len(next(word for word in places if text.startswith(word))) :]
    if _first(text, words.first["kept"]):
        return text
    if area := _first(text, words.first["areas"]):
        found.area = True
        return text[len(area) :]
    if found.actions and text[0] in _JOINTS:
        return text[1:]
    if held := _first(text, words.first["held"]):
        found.held = True
        return text[len(held) :]
    for word, action in words.first_actions.get(text[0], ()):
        # 更新改造投资 is the name of a kind of 投资
        kept = action.id == RENEWED and words.is_generic(text[len(word) :])
        if text.startswith(word) and len(text) - len(word) >= LEAST and not kept:
            found.actions.append(action.id)
            found.added = found.added or word.startswith(words.added)
            found.begun = found.begun or word in words.begun
            return text[len(word) :]
    if lead := _first(text, words.first["leads"]):
        found.first = found.first or lead in words.firsts
        return text[len(lead) :]
    match = _LEVELS.match(text) or _LEVEL.match(text)
    if match and len(text) - match.end() >= LEAST:
        found.levels.extend("国家" if level == "全国" else level for level in _ONE_LEVEL.findall(match[0]))
        return text[match.end() :]
    return text


def _without_end(text: str, words: ComparisonWords) -> tuple[str, list[str], list[str]]:
    """A name without the words behind the thing, the actions that they name, and the words."""
    actions: list[str] = []
    ends: list[str] = []
    while text:
        tail = _last(text, words.last["stock"]) or _last(text, words.last["tails"])
        action = None
        if not tail:
            done = words.last_actions.get(text[-1], ())
            tail, action = next(((word, each) for word, each in done if text.endswith(word)), ("", None))
        if not tail or len(text) - len(tail) < LEAST:
            return text, actions, ends
        if action:
            actions.append(action.id)
        ends.append(tail)
        text = text[: -len(tail)]
    return text, actions, ends


def _first(text: str, words: Edges) -> str:
    """The longest of the words that a text starts with; "" if it starts with none."""
    return next((word for word in words.get(text[0], ()) if text.startswith(word)), "")


def _last(text: str, words: Edges) -> str:
    """The longest of the words that a text ends with; "" if it ends with none."""
    return next((word for word in words.get(text[-1], ()) if text.endswith(word)), "")
