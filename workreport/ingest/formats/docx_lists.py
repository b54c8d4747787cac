"""Knows automatic numbering: which number Word shows before a paragraph, though it stands nowhere in the text.

Leaves how a number is written to `numerals`. Source: ECMA-376 Part 1, 17.9 (Numbering).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from workreport.ingest.formats import list_numerals
from workreport.ingest.formats.docx_package import child, name_of, on, said, whole

SYMBOLS = {"F0B7": "●", "F0A8": "□", "F0FE": "☑", "F052": "☑", "F0A7": "■", "F06E": "■", "F0FC": "√", "F0D8": "►", "F076": "◆", "F075": "◆", "F06C": "●"}  # fmt: skip
"""What the signs of the fonts Symbol and Wingdings look like, by their codes."""


@dataclass(slots=True)
class ListLevel:
    """One level of a list: how its number is written."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    between: str = "tab"
    restart: int | None = None
    plain: bool = False


@dataclass(slots=True)
class Style:
    """What matters of a style here."""

    base: str | None = None
    num: str | None = None
    level: int | None = None
    hidden: bool | None = None


@dataclass(slots=True)
class Numbers:
    """Automatic numbering: the lists of numbering.xml and where each stands now."""

    levels: dict[str, dict[int, ListLevel]] = field(default_factory=dict)
    lists: dict[str, tuple[str, dict[int, int]]] = field(default_factory=dict)
    by_style: dict[tuple[str, str], int] = field(default_factory=dict)
    now: dict[str, dict[int, int]] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)
    unknown: set[str] = field(default_factory=set)

    def next(self, num: str, level: int, words: str) -> str:
        """What Word would show before the words of this paragraph: its number, and a space where there must be one."""
        if num not in self.lists:
            return ""
        kind, starts = self.lists[num]
        levels = self.levels.get(kind, {})
        here = levels.get(level)
        if here is None:
            return ""
        now = self.now.setdefault(kind, {})
        if level in starts and (num, level) not in self.begun:
            self.begun.add((num, level))
            now[level] = starts[level] - 1
        for above in range(level):
            now.setdefault(above, levels[above].start if above in levels else 1)
        now[level] = now[level] + 1 if level in now else here.start
        for below in [k for k in now if k > level]:
            restart = levels[below].restart if below in levels else None
            if restart is None or (restart and level < restart):
                del now[below]
        sign = self._written(here, levels, now)
        tight = not sign or sign[-1] in "、）)】：．" or (here.between == "nothing" and not words[:1].isdigit())
        return sign if tight else f"{sign} "

    def _written(self, here: ListLevel, levels: dict[int, ListLevel], now: dict[int, int]) -> str:
        if here.form == "bullet":
            sign = "".join(SYMBOLS.get(f"{ord(c):04X}", "●") if "\ue000" <= c <= "\uf8ff" else c for c in here.text)
        else:
            sign = here.text
            for k in range(9):
                if f"%{k + 1}" in sign:
                    form = levels[k].form if k in levels else "decimal"
                    form = "decimal" if here.plain else form
                    if form not in list_numerals.FORMATS:
                        self.unknown.add(form)
                    value = now.get(k, levels[k].start if k in levels else 1)
                    sign = sign.replace(f"%{k + 1}", list_numerals.FORMATS.get(form, str)(value))
        return sign


def numbers_of(root: ET.Element | None, styles: dict[str, Style]) -> Numbers:
    """The lists of numbering.xml; `styles` are followed where a list is one by its style."""
    numbers = Numbers()
    links: dict[str, str] = {}
    parts = list(root) if root is not None else []
    for element in parts:
        if name_of(element) == "abstractNum":
            _kind_of_list(element, numbers, links)
    for element in parts:
        if name_of(element) == "num":
            _one_list(element, numbers)
    for kind, link in links.items():
        style = styles.get(link)
        target = numbers.lists.get(style.num or "") if style else None
        if target:
            for num, (own, starts) in list(numbers.lists.items()):
                if own == kind:
                    numbers.lists[num] = (target[0], starts)
    return numbers


def _kind_of_list(element: ET.Element, numbers: Numbers, links: dict[str, str]) -> None:
    """A kind of list: its levels, and the styles that stand for them."""
    kind = said(element, "abstractNumId") or ""
    link = said(child(element, "numStyleLink"))
    if link:
        links[kind] = link
    numbers.levels[kind] = {}
    for one in element:
        if name_of(one) == "lvl":
            level = whole(said(one, "ilvl"), 0)
            numbers.levels[kind][level] = _level_of(one)
            style = said(child(one, "pStyle"))
            if style:
                numbers.by_style[kind, style] = level


def _one_list(element: ET.Element, numbers: Numbers) -> None:
    """A list of a kind, with what it has of its own: where a level starts, or how it looks."""
    kind = said(child(element, "abstractNumId")) or ""
    num = said(element, "numId") or ""
    starts: dict[int, int] = {}
    own: dict[int, ListLevel] = {}
    for over in element:
        if name_of(over) == "lvlOverride":
            level = whole(said(over, "ilvl"), 0)
            look = child(over, "lvl")
            if look is not None:
                own[level] = _level_of(look)
            start = said(child(over, "startOverride"))
            if start is not None:
                starts[level] = whole(start, 1)
    if own:
        numbers.levels[f"{kind}/{num}"] = {**numbers.levels.get(kind, {}), **own}
        kind = f"{kind}/{num}"
    numbers.lists[num] = (kind, starts)


def _level_of(element: ET.Element) -> ListLevel:
    form = child(element, "numFmt")
    if form is None:
        # A format that older versions do not know stands in a choice; the fallback is what they show.
        form = next((e for e in element.iter() if name_of(e) == "numFmt" and said(e) != "custom"), None)
    restart = child(element, "lvlRestart")
    return ListLevel(
        start=whole(said(child(element, "start")), 0 if child(element, "start") is None else 1),
        form=said(form) or "decimal",
        text=said(child(element, "lvlText")) or "",
        between=said(child(element, "suff")) or "tab",
        restart=whole(said(restart), 0) if restart is not None else None,
        plain=on(child(element, "isLgl")),
    )


def styles_of(root: ET.Element | None) -> dict[str, Style]:
    """The styles, by their ids."""
    found = {}
    for element in root if root is not None else ():
        if name_of(element) != "style":
            continue
        vanish = child(element, "rPr", "vanish")
        level = said(child(element, "pPr", "numPr", "ilvl"))
        found[said(element, "styleId") or ""] = Style(
            base=said(child(element, "basedOn")),
            num=said(child(element, "pPr", "numPr", "numId")),
            level=whole(level, 0) if level is not None else None,
            hidden=on(vanish) if vanish is not None else None,
        )
    return found
