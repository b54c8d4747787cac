"""Knows how the publisher's one colour becomes two that can be read: on paper (light) and at night (dark).

Leaves all other colours to the stylesheet.
"""

from __future__ import annotations

PAPER = (0xFF, 0xFD, 0xF9)
NIGHT = (0x15, 0x17, 0x1A)
QUIET = (0xF7, 0xF3, 0xEA)
RAISED = (0x1D, 0x20, 0x24)
ENOUGH = 5.2
"""Contrast asked for between the accent and the page (WCAG wants 4.5); some is kept for tinted grounds."""

LARGE = 7.3
"""The same for large type (适老化), where 7 is wanted."""

Rgb = tuple[int, int, int]


def parse(colour: str) -> Rgb:
    """#b3261e as three numbers."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def luminance(colour: Rgb) -> float:
    """Relative luminance as WCAG 2 defines it, 0 to 1."""
    red, green, blue = (
        part / 255 / 12.92 if part / 255 <= 0.04045 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Rgb, other: Rgb) -> float:
    """WCAG contrast, 1 to 21.

    >>> round(contrast((0, 0, 0), (255, 255, 255)))
    21
    """
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def legible(colour: Rgb, ground: Rgb, enough: float = ENOUGH) -> Rgb:
    """The colour itself, or the nearest mix with black or white that stands out enough from the ground."""
    towards = 0 if luminance(ground) > 0.5 else 255
    for step in range(101):
        red, green, blue = (round(part + (towards - part) * step / 100) for part in colour)
        if contrast((red, green, blue), ground) >= enough:
            return red, green, blue
    return towards, towards, towards


def scheme(colour: str) -> str:
    """The head of the stylesheet: the accent for light and dark, and for large type on either."""
    own = parse(colour)
    light, dark = (_hex(legible(own, ground)) for ground in (PAPER, NIGHT))
    large, large_dark = (_hex(legible(own, ground, LARGE)) for ground in (QUIET, RAISED))
    return (
        f":root{{--wr-accent:{light}}}\n"
        f"@media screen and (prefers-color-scheme:dark){{:root:not([data-scheme=light]){{--wr-accent:{dark}}}}}\n"
        f"@media screen{{:root[data-scheme=dark]{{--wr-accent:{dark}}}}}\n"
        f":root.wr-elder{{--wr-accent:{large}}}\n"
        f"@media screen and (prefers-color-scheme:dark)"
        f"{{:root.wr-elder:not([data-scheme=light]){{--wr-accent:{large_dark}}}}}\n"
        f"@media screen{{:root.wr-elder[data-scheme=dark]{{--wr-accent:{large_dark}}}}}\n"
    )


def _hex(colour: Rgb) -> str:
    return "#" + "".join(f"{part:02x}" for part in colour)
