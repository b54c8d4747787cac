"""Knows the mark of a site: the first character of its place in the site's colour, as icons of all sizes, and its manifest.

Leaves the look to `templates/typst/mark.typ`, drawing to `picture_cache`, and linking the icons to the theme's templates.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping, Sequence
from pathlib import Path

from workreport.archive.poster import Picture
from workreport.model import Publication
from workreport.website import addresses, tokens
from workreport.website.pages import place_colours, site_title
from workreport.website.pages.publisher import SiteFacts

FOLDER = "assets/icons"
"""The folder of the icons in the site."""
MANIFEST = "assets/site.webmanifest"
PAGE_ICON = "assets/images/favicon.png"
"""The icon that every page links; the theme has one of its own there, which ours replaces."""
SHORTCUT = "favicon.ico"
"""The icon that browsers ask for at the root of a host."""
SIZES = (16, 32, 48, 180, 192, 512)
"""The sizes of the icons in pixels: for tabs (16 to 48), for home screens of Apple (180), in the manifest.

A page links one for tabs alone: a browser would fetch two of them at the first visit.
"""
IN_SHORTCUT = (16, 32, 48)
MASKABLE = 512
"""The size of the icon that a system may cut to a shape of its own."""

def character(publication: Publication) -> str:
    """Return the character of the mark: the first of the place's own name (拱 for 杭州市拱墅区), else 政."""
    own = {place_colours.mark(reading.meta) for reading in publication.readings}
    return own.pop() if len(own) == 1 else place_colours.WITHOUT_PLACE


def pictures(publication: Publication, facts: SiteFacts, templates: Path) -> tuple[Picture, ...]:
    """Return the icons to draw; `templates` is the folder with `typst/`."""
    folder, look = templates / "typst", tokens.load(templates)
    source, frame = ((folder / name).read_bytes() for name in ("mark.typ", "frame.typ"))
    files = (("frame.typ", frame), (tokens.NAME, look.source))
    accent = place_colours.site_colours(publication, facts, look).site.light
    shown = {"character": character(publication), "accent": accent}
    icons = [(_icon(size), size, False) for size in SIZES] + [(_icon(MASKABLE, "mask"), MASKABLE, True)]
    return tuple(
        Picture(path, "mark.typ", source, {**shown, "size": size, "filled": filled}, files)
        for path, size, filled in icons
    )


def files(publication: Publication, facts: SiteFacts, templates: Path, drawn: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return all files of the mark by path in the site, made from the icons that were drawn; none if one is missing."""
    if any(picture.path not in drawn for picture in pictures(publication, facts, templates)):
        return {}
    look = tokens.load(templates)
    name = site_title(publication, facts)
    manifest = {
        "name": name,
        "short_name": name if len(name) <= 12 else "政府工作报告",
        "lang": "zh-Hans",
        "start_url": f"../{addresses.ROOT}",
        "scope": "../",
        "display": "minimal-ui",
        "theme_color": look.value("light.paper"),
        "background_color": look.value("light.paper"),
        "icons": [
            *({"src": _of_manifest(_icon(size)), "sizes": f"{size}x{size}", "type": "image/png"} for size in (192, 512)),
            {
                "src": _of_manifest(_icon(MASKABLE, "mask")),
                "sizes": f"{MASKABLE}x{MASKABLE}",
                "type": "image/png",
                "purpose": "maskable",
            },
        ],
    }
    return {
        **drawn,
        PAGE_ICON: drawn[_icon(48)],
        SHORTCUT: shortcut([(size, drawn[_icon(size)]) for size in IN_SHORTCUT]),
        MANIFEST: (json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode(),
    }


def shortcut(images: Sequence[tuple[int, bytes]]) -> bytes:
    """Return an .ico file with these images: the size of each in pixels, at most 255, and its PNG.

    The form: a head of 6 bytes, a row of 16 bytes an image (size, 32 bits a pixel, length, place), then the images.
    """
    place = 6 + 16 * len(images)
    rows, data = [struct.pack("<HHH", 0, 1, len(images))], []
    for size, png in images:
        rows.append(struct.pack("<BBBBHHII", size, size, 0, 0, 1, 32, len(png), place))
        data.append(png)
        place += len(png)
    return b"".join([*rows, *data])


def _icon(size: int, name: str = "mark") -> str:
    return f"{FOLDER}/{name}-{size}.png"


def _of_manifest(path: str) -> str:
    """Return the link from the manifest to a file of the site."""
    return path.removeprefix("assets/")
