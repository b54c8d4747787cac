"""Knows the cache of pictures in `.workreport/pictures`: a picture is drawn again only when its input has changed.

Leaves what a picture shows to `poster`, and drawing to `typesetting`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from workreport.archive import glyphs, typesetting
from workreport.project import writer
from workreport.project.fonts import FoundFonts

FOLDER = "pictures"
"""The name of the cache folder below `.workreport`."""
ABSENT = "〓"
"""Printed for a character that no accepted font has; the page with the picture has the character itself, as text."""
_BEGINS, _ENDS = b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82"
"""The first and the last bytes of every complete PNG."""


class PictureInput(Protocol):
    """What a picture is drawn from; `poster.Picture` is the implementation.

    `path` is its path in the website; `template` and `source` are file name and content of its typst template; `data`
    are JSON values; `files` are further files for the template, as pairs of name and content.
    """

    @property
    def path(self) -> str: ...
    @property
    def template(self) -> str: ...
    @property
    def source(self) -> bytes: ...
    @property
    def data(self) -> Mapping[str, object]: ...
    @property
    def files(self) -> Sequence[tuple[str, bytes]]: ...


def draw(
    pictures: Iterable[PictureInput], found: FoundFonts, cache: Path, failed: Callable[[str, str], None] | None = None
) -> Iterator[tuple[str, bytes]]:
    """Yield each picture as its path in the website and its PNG, in order; none where a tool or needed font is missing.

    A picture drawn before from the same input (see `key`) is read from the folder `cache`. After the last picture,
    files in that folder that none of the pictures uses are removed. `failed` is called with path and reason of a picture
    that typst cannot draw; without it such a picture raises TypesetError.
    """
    if typesetting.missing_tools(found):
        return
    wanted = set[str]()
    for picture in pictures:
        name = f"{key(picture, found)}.png"
        wanted.add(name)
        png = _cached(cache / name)
        if png is None:
            data = legible(picture.data, glyphs.shown(*(path for _, path in found.faces)))
            try:
                png = typesetting.picture(picture.source, data, found, files=dict(picture.files), name=picture.template)
            except typesetting.TypesetError as error:
                if failed is None:
                    raise
                failed(picture.path, str(error))
                continue
            writer.write_bytes(cache / name, png, durable=False)
        yield picture.path, png
    for path in sorted(cache.iterdir()) if cache.is_dir() else ():
        if path.name not in wanted:
            writer.remove_folder(path)


def legible(value: object, shown: frozenset[int]) -> object:
    """The JSON values with 〓 in place of every character of a value that is not among the `shown` code points.

    >>> legible({"name": ["𬭚a"], "total": 2}, frozenset({ord("a")}))
    {'name': ['〓a'], 'total': 2}
    """
    if isinstance(value, str):
        return "".join(c if ord(c) in shown else ABSENT for c in value)
    if isinstance(value, Mapping):
        return {key: legible(part, shown) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [legible(part, shown) for part in value]
    return value


def key(picture: PictureInput, found: FoundFonts) -> str:
    """The SHA-256 (hex) of all that a picture's bytes depend on: typst, fonts, template, data, files."""
    data = json.dumps(picture.data, ensure_ascii=False, sort_keys=True).encode()
    parts = [typesetting.engine().encode(), *(digest.encode() for digest in found.digests), picture.source, data]
    parts += [part for name, content in sorted(picture.files) for part in (name.encode(), content)]
    whole = hashlib.sha256()
    for part in parts:
        whole.update(hashlib.sha256(part).digest())
    return whole.hexdigest()


def _cached(path: Path) -> bytes | None:
    """The cached picture; None where it is missing, unreadable or incomplete."""
    try:
        png = path.read_bytes()
    except OSError:
        return None
    return png if png.startswith(_BEGINS) and png.endswith(_ENDS) else None
