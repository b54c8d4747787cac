"""Knows which text of a Word file no reader sees although it is not set as hidden: white on white, or hardly a point high.

Leaves hidden text (vanish) and the reading of paragraphs to `docx`. Sources: ECMA-376 Part 1, 17.3.2 (run properties), 17.7.2
(order in which styles apply), 20.1.6.2 (theme colours).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from workreport.ingest.formats.docx_lists import LONGEST_STYLE_CHAIN
from workreport.ingest.formats.docx_package import attribute, child, integer, name_of

SMALLEST = 2
"""The largest type size, in half points, that nobody can read."""
_THEME_NAMES = {
    "background1": "lt1", "light1": "lt1", "text1": "dk1", "dark1": "dk1",
    "background2": "lt2", "light2": "lt2", "text2": "dk2", "dark2": "dk2",
}  # fmt: skip
"""The colours of a theme under the names that text uses; accents have the same name."""
_MAPPED = {"background1": "bg1", "background2": "bg2", "text1": "t1", "text2": "t2"}
"""The names that the settings may map to another colour of the theme."""
_CLEAR = frozenset({None, "auto", "none", "nil"})


@dataclass(frozen=True, slots=True)
class Ground:
    """What a paragraph stands on: the id of its style, and whether nothing but white is behind its text."""

    style: str | None = None
    white: bool = True


@dataclass(frozen=True, slots=True)
class _StyledRun:
    """What the styles of a run set: its type size (sz), its colour, and the colour that its character style fills with."""

    size: ET.Element | None
    colour: ET.Element | None
    fill: str | None


class DocxLooks:
    """Tells what is unseen, from the roots of document.xml, styles.xml, the theme and settings.xml (None: not there)."""

    def __init__(
        self,
        document: ET.Element | None,
        styles: ET.Element | None,
        theme: ET.Element | None,
        settings: ET.Element | None,
    ) -> None:
        found = [e for e in styles if name_of(e) == "style"] if styles is not None else []
        self.styles = {attribute(e, "styleId") or "": e for e in found}
        self.defaults = child(styles, "docDefaults", "rPrDefault", "rPr")
        self.usual = next(
            (attribute(e, "styleId") for e in found if attribute(e, "type") == "paragraph" and attribute(e, "default")),
            None,
        )
        self.runs: dict[tuple[str | None, str | None], _StyledRun] = {}
        self.theme = _theme_colours(theme)
        mapping = child(settings, "clrSchemeMapping")
        self.mapped = {name: attribute(mapping, key) for name, key in _MAPPED.items()}
        page = child(document, "background")
        self.page = Ground(white=page is None or self._colour(page, "color", "themeColor") in (*_CLEAR, "FFFFFF"))

    def paragraph(self, properties: ET.Element | None, outer: Ground) -> Ground:
        """The ground of a paragraph with these properties (pPr) that stands on `outer`."""
        style = attribute(child(properties, "pStyle")) or self.usual
        own = self._fill(properties)
        fills = (own, *(self._fill(child(e, name)) for e in self._chain(style) for name in ("pPr", "rPr")))
        return Ground(style, _is_white(fills, outer.white))

    def cell(self, table: ET.Element, cell: ET.Element, outer: Ground) -> Ground:
        """The ground of a table cell. A table whose style shades some of its cells counts as shaded everywhere."""
        own, whole = self._fill(child(cell, "tcPr")), self._fill(child(table, "tblPr"))
        if own is None and any(
            self._fill(part) not in (None, "FFFFFF")
            for e in self._chain(attribute(child(table, "tblPr", "tblStyle")))
            for part in e.iter()
        ):
            return Ground(white=False)
        return Ground(white=_is_white((own, whole), outer.white))

    def is_unseen(self, properties: ET.Element | None, ground: Ground) -> bool:
        """Whether a run with these properties (rPr) is white on white ground, or too small for any eye."""
        styled = self._styled(attribute(child(properties, "rStyle")), ground.style)
        size, colour = child(properties, "sz"), child(properties, "color")
        size = styled.size if size is None else size
        if integer(attribute(size), SMALLEST + 1) <= SMALLEST:
            return True
        colour = styled.colour if colour is None else colour
        if colour is None or self._colour(colour, "val", "themeColor") != "FFFFFF":
            return False
        light = attribute(child(properties, "highlight")) in (None, "none", "white")
        drawn = properties is not None and any(name_of(e) == "textFill" for e in properties)
        return light and not drawn and _is_white((self._fill(properties), styled.fill), ground.white)

    def _styled(self, character: str | None, paragraph: str | None) -> _StyledRun:
        """What the character style and the paragraph style of a run set, the nearest first; at last the defaults."""
        known = self.runs.get((character, paragraph))
        if known is None:
            own = [child(e, "rPr") for e in self._chain(character)]
            sources = [*own, *(child(e, "rPr") for e in self._chain(paragraph)), self.defaults]
            sizes, colours = ([child(s, name) for s in sources] for name in ("sz", "color"))
            known = self.runs[character, paragraph] = _StyledRun(
                next((e for e in sizes if e is not None), None),
                next((e for e in colours if e is not None), None),
                next((fill for s in own if (fill := self._fill(s)) is not None), None),
            )
        return known

    def _chain(self, style: str | None) -> Iterator[ET.Element]:
        """Yield a style and those that it is based on."""
        for _ in range(LONGEST_STYLE_CHAIN):
            known = self.styles.get(style or "")
            if known is None:
                return
            yield known
            style = attribute(child(known, "basedOn"))

    def _fill(self, properties: ET.Element | None) -> str | None:
        """The colour that a shading (shd) fills with; "" if it is a pattern, None without a shading."""
        shading = child(properties, "shd")
        if shading is None:
            return None
        if attribute(shading) not in (None, "clear", "nil"):
            return ""
        fill = self._colour(shading, "fill", "themeFill")
        return None if fill in _CLEAR else fill

    def _colour(self, element: ET.Element, plain: str, themed: str) -> str | None:
        """A colour as six hexadecimal digits; a theme colour goes before the plain one. "" for a tint of a theme colour."""
        name = attribute(element, themed)
        value = (attribute(element, plain) or "auto").upper()
        value = "auto" if value == "AUTO" else value
        if name is None:
            return value
        if any(attribute(element, f"{themed.removesuffix('Color')}{change}") for change in ("Tint", "Shade")):
            return ""
        mapped = self.mapped.get(name) or name
        return self.theme.get(_THEME_NAMES.get(mapped, mapped), value)


def _is_white(fills: tuple[str | None, ...], outer: bool) -> bool:
    """Whether the nearest ground that is filled is white; `outer` if none is."""
    return next((fill == "FFFFFF" for fill in fills if fill is not None), outer)


def _theme_colours(theme: ET.Element | None) -> dict[str, str]:
    """The colours of a theme by name (lt1, dk1, accent1 …), as six hexadecimal digits."""
    scheme = child(theme, "themeElements", "clrScheme")
    found = {}
    for slot in scheme if scheme is not None else ():
        for colour in slot:
            value = attribute(colour, "lastClr") or attribute(colour)
            if value:
                found[name_of(slot)] = value.upper()
    return found
