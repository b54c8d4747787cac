"""Knows automatic numbering in Word: which number Word shows before a paragraph. The file stores only its rules.

Leaves writing numerals (一, ①, iv) to `list_numerals`. Source: ECMA-376 Part 1, 17.9 (Numbering).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from workreport.ingest.formats import list_numerals
from workreport.ingest.formats.docx_package import attribute, child, integer, is_on, name_of

SYMBOLS = {"F0B7": "●", "F0A8": "□", "F0FE": "☑", "F052": "☑", "F0A7": "■", "F06E": "■", "F0FC": "√", "F0D8": "►", "F076": "◆", "F075": "◆", "F06C": "●"}  # fmt: skip
"""Unicode characters that look like those of the fonts Symbol and Wingdings, by their hexadecimal codes in the file."""

LONGEST_STYLE_CHAIN = 12
"""The most styles that are followed from a style to the one it is based on; a broken file may have a circle."""


def symbol(code: str) -> str:
    """Return the character for a hexadecimal code of <w:sym>.

    □ if the code is private and unknown, or no printable character; "" if it is not hexadecimal.
    """
    if code in SYMBOLS:
        return SYMBOLS[code]
    try:
        point = int(code, 16)
    except ValueError:
        return ""
    return "□" if 0xE000 <= point <= 0xF8FF or 0xD800 <= point <= 0xDFFF or not 32 <= point < 0x110000 else chr(point)


@dataclass(slots=True)
class ListLevel:
    """One level of a list.

    `start` is the first number, `form` the numerals (a key of `list_numerals.FORMATS`), `text` the pattern ("第%1章", %1
    is the number of the highest level), `between` what follows ("tab", "space" or "nothing"). The numbers start again
    after a paragraph of one of the `restart` highest levels (0: never; None: any higher level). `plain`: write all
    numbers of the pattern in Arabic digits.
    """

    start: int = 1
    form: str = "decimal"
    text: str = ""
    between: str = "tab"
    restart: int | None = None
    plain: bool = False


@dataclass(slots=True)
class Style:
    """A style: the id of the style it is based on, its list, its level, and whether it hides text; None if not set.

    `raised`: it makes text superscript.
    """

    base: str | None = None
    num: str | None = None
    level: int | None = None
    hidden: bool | None = None
    raised: bool = False


@dataclass(slots=True)
class Numbering:
    """The lists of numbering.xml and the current number of each. Levels count from 0.

    A kind of list is an abstractNum, a list is a num. `levels`: kind to level to ListLevel. `lists`: list to its kind and
    its own start numbers by level. `by_style`: (kind, style) to level. `now`: kind to level to current number. `begun`:
    (list, level) whose own start number was used. `unknown`: names of number formats that `list_numerals` does not know.
    """

    levels: dict[str, dict[int, ListLevel]] = field(default_factory=dict)
    lists: dict[str, tuple[str, dict[int, int]]] = field(default_factory=dict)
    by_style: dict[tuple[str, str], int] = field(default_factory=dict)
    now: dict[str, dict[int, int]] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)
    unknown: set[str] = field(default_factory=set)

    def before(self, properties: ET.Element | None, style: str | None, words: str, styles: dict[str, Style]) -> str:
        """Count a paragraph and return its automatic number, "" if it has none.

        The list is its own (`properties` is its pPr) or that of its style. `words` is its text, which Word shows behind it.
        """
        own = child(properties, "numPr")
        num = attribute(child(own, "numId"))
        level = attribute(child(own, "ilvl"))
        depth = integer(level, 0) if level is not None else None
        first = style
        for _ in range(LONGEST_STYLE_CHAIN):
            known = styles.get(style or "")
            if known is None or (num is not None and depth is not None):
                break
            num = num if num is not None else known.num
            depth = depth if depth is not None else known.level
            style = known.base
        if num is None or num == "0":
            return ""
        if depth is None:
            kind = self.lists.get(num, ("", {}))[0]
            depth = self.by_style.get((kind.partition("/")[0], first or ""), 0)
        return self.next(num, depth, words)

    def next(self, num: str, level: int, words: str) -> str:
        """Count one paragraph of list `num` and return the number that Word shows before its text (`words`).

        A space follows unless the number ends with 、 or the like, or the level has nothing between number and text and
        no digit follows. "" if the list or level is unknown.
        """
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
        """The pattern of a level with the current numbers filled in, or its bullet."""
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


def numbering_of(root: ET.Element | None, styles: dict[str, Style]) -> Numbering:
    """Read the lists of numbering.xml (None: no lists). A list that links to a style has the levels of the style's list."""
    numbers = Numbering()
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


def _kind_of_list(element: ET.Element, numbers: Numbering, links: dict[str, str]) -> None:
    """Add a kind of list (abstractNum) to `numbers`, and to `links` the style that it takes its levels from, if any."""
    kind = attribute(element, "abstractNumId") or ""
    link = attribute(child(element, "numStyleLink"))
    if link:
        links[kind] = link
    numbers.levels[kind] = {}
    for one in element:
        if name_of(one) == "lvl":
            level = integer(attribute(one, "ilvl"), 0)
            numbers.levels[kind][level] = _level_of(one)
            style = attribute(child(one, "pStyle"))
            if style:
                numbers.by_style[kind, style] = level


def _one_list(element: ET.Element, numbers: Numbering) -> None:
    """Add a list (num) to `numbers`. If it has levels of its own, it becomes a kind of its own: kind/list."""
    kind = attribute(child(element, "abstractNumId")) or ""
    num = attribute(element, "numId") or ""
    starts: dict[int, int] = {}
    own: dict[int, ListLevel] = {}
    for over in element:
        if name_of(over) == "lvlOverride":
            level = integer(attribute(over, "ilvl"), 0)
            look = child(over, "lvl")
            if look is not None:
                own[level] = _level_of(look)
            start = attribute(child(over, "startOverride"))
            if start is not None:
                starts[level] = integer(start, 1)
    if own:
        numbers.levels[f"{kind}/{num}"] = {**numbers.levels.get(kind, {}), **own}
        kind = f"{kind}/{num}"
    numbers.lists[num] = (kind, starts)


def _level_of(element: ET.Element) -> ListLevel:
    """Read one level (lvl)."""
    form = child(element, "numFmt")
    if form is None:
        # A format newer than the standard is wrapped in alternatives; take the first that the standard knows.
        form = next((e for e in element.iter() if name_of(e) == "numFmt" and attribute(e) != "custom"), None)
    restart = child(element, "lvlRestart")
    return ListLevel(
        start=integer(attribute(child(element, "start")), 0 if child(element, "start") is None else 1),
        form=attribute(form) or "decimal",
        text=attribute(child(element, "lvlText")) or "",
        between=attribute(child(element, "suff")) or "tab",
        restart=integer(attribute(restart), 0) if restart is not None else None,
        plain=is_on(child(element, "isLgl")),
    )


def styles_of(root: ET.Element | None) -> dict[str, Style]:
    """Read the styles of styles.xml (None: no styles), by id."""
    found = {}
    for element in root if root is not None else ():
        if name_of(element) != "style":
            continue
        vanish = child(element, "rPr", "vanish")
        level = attribute(child(element, "pPr", "numPr", "ilvl"))
        found[attribute(element, "styleId") or ""] = Style(
            base=attribute(child(element, "basedOn")),
            num=attribute(child(element, "pPr", "numPr", "numId")),
            level=integer(level, 0) if level is not None else None,
            hidden=is_on(vanish) if vanish is not None else None,
            raised=attribute(child(element, "rPr", "vertAlign")) == "superscript",
        )
    return found
