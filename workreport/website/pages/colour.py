"""Knows the accent of a page in light, dark and large type, and the head of the style sheet with accents and palettes.

Leaves which accent a report has to `place_colours`, the values of the palettes to `tokens`, and all other rules to
`templates/assets`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Accent:
    """An accent as CSS writes colours: on light and on dark pages, and on both in large type."""

    light: str
    dark: str
    large_light: str
    large_dark: str

    @property
    def modes(self) -> tuple[str, str, str, str]:
        """The four colours: light, dark, and both in large type."""
        return self.light, self.dark, self.large_light, self.large_dark


def of_publisher(colour: str, look: Tokens) -> Accent:
    """Return the accent made from any colour (#rrggbb): mixed with black or white until it can be read."""
    light, dark = (on(colour, look.value(f"{name}.paper")) for name in ("light", "dark"))
    return Accent(light, dark, *_large(colour, colour, look))


def of_place(light: str, dark: str, look: Tokens) -> Accent:
    """Return the accent of a place from its two colours in `tokens.toml`, which can be read as they are."""
    return Accent(light, dark, *_large(light, dark, look))


def _large(light: str, dark: str, look: Tokens) -> tuple[str, str]:
    """Return two colours for large type; the tinted ground of each palette is the one that needs more contrast."""
    return on(light, look.value("light.quiet"), LARGE), on(dark, look.value("dark.quiet"), LARGE)


@dataclass(frozen=True, slots=True)
class Shades:
    """The colours of a picture whose ground is an accent: the ground, words beside the main ones, lines, and what is hardly
    to be seen.

    `soft` has a contrast of at least 4.6 with `wash` and more with the ground, `line` of at least 3 with the ground.
    """

    ground: str
    soft: str
    line: str
    wash: str


SOFT, LINE, WASH, DEEPER = 4.6, 3.0, 10, 14
"""The least contrast of `Shades.soft` and `Shades.line`; the per cent of paper in `wash`, and of black in a deeper ground."""


def shades(accent: str, paper: str, *, deeper: bool = False) -> Shades:
    """Return the colours of a picture with an accent as its ground; `deeper`: a darker one, for every second screen.

    >>> shades("#036262", "#fffdf9")
    Shades(ground='#036262', soft='#e1eae7', line='#84b1af', wash='#1c7271')
    """
    white, ground = parse(paper), parse(accent)
    if deeper:
        ground = _mixed(ground, (0, 0, 0), DEEPER)
    wash = _mixed(ground, white, WASH)
    soft, line = (
        next(
            (shown for step in range(most, 0, -1) if contrast(shown := _mixed(white, ground, step), below) >= least),
            white,
        )
        for most, least, below in ((26, SOFT, wash), (60, LINE, ground))
    )
    return Shades(_hex(ground), _hex(soft), _hex(line), _hex(wash))


def _mixed(colour: Rgb, other: Rgb, part: int) -> Rgb:
    """Return a colour with so many per cent of another one."""
    red, green, blue = (round(a + (b - a) * part / 100) for a, b in zip(colour, other, strict=True))
    return red, green, blue


def scheme(
    accent: Accent, look: Tokens, named: Mapping[str, Accent] | None = None, slugs: Mapping[str, str] | None = None
) -> str:
    """Return the head of the style sheet: rules for the `accent` of the site, a comment, rules for the palettes of `look`.

    Both have rules for light and dark pages, each also with large type; the palettes have rules for printing too. Code
    that needs the accent only takes the text before the comment. `named` are further accents by name: a page whose bar
    has the attribute data-hue with such a name has that one. `slugs` are the names of accents by report: in the list of
    reports, the link to one has its accent.
    """
    light, dark, large_light, large_dark = ({"accent": colour} for colour in accent.modes)
    accents = _rules(":root", _variables(light), _variables(dark))
    accents += _rules(LARGE_TYPE, _variables(large_light), _variables(large_dark))
    palettes = _palettes(look)
    if named:
        hues = ({f"hue-{name}": own.modes[k] for name, own in named.items()} for k in range(4))
        light, dark, large_light, large_dark = hues
        palettes += _rules(":root", _variables(light), _variables(dark))
        palettes += _rules(LARGE_TYPE, _variables(large_light), _variables(large_dark))
        palettes += "".join(
            f"[data-hue={name}],[data-hue={name}]~*{{--wr-accent:var(--wr-hue-{name})}}\n" for name in named
        )
        palettes += "".join(
            f'.places .report > a[href^="{slug}/"]{{--wr-accent:var(--wr-hue-{name})}}\n'
            for slug, name in (slugs or {}).items()
        )
    return f"{accents}/* The palettes, from tokens.toml. */\n{palettes}"


def _palettes(look: Tokens) -> str:
    light, dark = (f"{_variables(look.table(name))};color-scheme:{name}" for name in ("light", "dark"))
    palettes = _rules(":root", light, dark)
    palettes += _rules(LARGE_TYPE, _variables(look.table("large.light")), _variables(look.table("large.dark")))
    return palettes + f"@media print{{:root,{LARGE_TYPE}{{{_variables(look.table('print'))}}}}}\n"


def _rules(root: str, light: str, dark: str) -> str:
    """Return rules for light pages and for dark ones; a page is dark by the reader's system or own choice."""
    return (
        f"{root}{{{light}}}\n"
        f"@media screen and (prefers-color-scheme:dark){{{root}:not([data-scheme=light]){{{dark}}}}}\n"
        f"@media screen{{{root}[data-scheme=dark]{{{dark}}}}}\n"
    )


def _variables(colours: Mapping[str, str]) -> str:
    return ";".join(f"--wr-{name}:{value}" for name, value in colours.items())


def _hex(colour: Rgb) -> str:
    return "#" + "".join(f"{part:02x}" for part in colour)
