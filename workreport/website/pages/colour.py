"""Knows how the publisher's colour becomes accents that are legible on light and on dark pages.

Leaves the values of the palettes, which it writes into the head of the style sheet, to `tokens`, and all other rules to
`templates/assets`.
"""

from __future__ import annotations

from collections.abc import Mapping

from workreport.website.tokens import Tokens

ENOUGH = 5.2
"""The least contrast of the accent with the page.

WCAG 2 AA requires 4.5; the rest is a reserve for tinted backgrounds.
"""

LARGE = 7.3
"""The least contrast of the accent for readers who choose large type (适老化), where 7 is required."""

LARGE_TYPE = ":root.wr-elder"
"""The selector of pages with large type."""
# Red, green and blue, each 0 to 255.
Rgb = tuple[int, int, int]


def parse(colour: str) -> Rgb:
    """Return a colour such as "#b3261e" as red, green and blue, each 0 to 255."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def luminance(colour: Rgb) -> float:
    """Return the relative luminance as WCAG 2 defines it, 0 to 1."""
    red, green, blue = (
        part / 255 / 12.92 if part / 255 <= 0.04045 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Rgb, other: Rgb) -> float:
    """Return the contrast of two colours as WCAG 2 defines it, 1 to 21.

    >>> round(contrast((0, 0, 0), (255, 255, 255)))
    21
    """
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def legible(colour: Rgb, ground: Rgb, enough: float = ENOUGH) -> Rgb:
    """Return the colour, mixed with as little black or white as is needed for enough contrast with the background
    `ground`.

    It is mixed with black on a light background, with white on a dark one, in steps of 1 per cent.
    """
    towards = 0 if luminance(ground) > 0.5 else 255
    for step in range(101):
        red, green, blue = (round(part + (towards - part) * step / 100) for part in colour)
        if contrast((red, green, blue), ground) >= enough:
            return red, green, blue
    return towards, towards, towards


def on(colour: str, ground: str, enough: float = ENOUGH) -> str:
    """Do as `legible` does, with colours as CSS writes them.

    >>> on("#ff9a90", "#fffdf9")
    '#965b55'
    """
    return _hex(legible(parse(colour), parse(ground), enough))


def scheme(colour: str, look: Tokens) -> str:
    """Return the head of the style sheet: rules for the accent made from `colour`, a comment, rules for the palettes of
    `look`.

    Both have rules for light and dark pages, each also with large type; the palettes have rules for printing too. Code
    that needs the accent only takes the text before the comment.
    """
    paper, quiet = look.value("light.paper"), look.value("light.quiet")
    night, raised = look.value("dark.paper"), look.value("dark.quiet")
    accents = _rules(":root", _accent(on(colour, paper)), _accent(on(colour, night)))
    accents += _rules(LARGE_TYPE, _accent(on(colour, quiet, LARGE)), _accent(on(colour, raised, LARGE)))
    light, dark = (f"{_variables(look.table(name))};color-scheme:{name}" for name in ("light", "dark"))
    palettes = _rules(":root", light, dark)
    palettes += _rules(LARGE_TYPE, _variables(look.table("large.light")), _variables(look.table("large.dark")))
    palettes += f"@media print{{:root,{LARGE_TYPE}{{{_variables(look.table('print'))}}}}}\n"
    return f"{accents}/* The palettes, from tokens.toml. */\n{palettes}"


def _rules(root: str, light: str, dark: str) -> str:
    """Return rules for light pages and for dark ones; a page is dark by the reader's system or own choice."""
    return (
        f"{root}{{{light}}}\n"
        f"@media screen and (prefers-color-scheme:dark){{{root}:not([data-scheme=light]){{{dark}}}}}\n"
        f"@media screen{{{root}[data-scheme=dark]{{{dark}}}}}\n"
    )


def _accent(colour: str) -> str:
    return f"--wr-accent:{colour}"


def _variables(colours: Mapping[str, str]) -> str:
    return ";".join(f"--wr-{name}:{value}" for name, value in colours.items())


def _hex(colour: Rgb) -> str:
    return "#" + "".join(f"{part:02x}" for part in colour)
