"""Knows how pictures are kept between builds, in `.workreport/pictures`: one is drawn again only when it would change.

Leaves what a picture says to `pages`, the drawing to `typeset`, and every byte on the disk to `writer`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from workreport.archive import glyphs, typesetting
from workreport.project import writer
from workreport.project.fonts import Found

FOLDER = "pictures"
"""Below `.workreport`."""
ABSENT = "〓"
"""What stands for a character that no accepted font has, as in hot metal; the page beside the picture has the character."""
_BEGINS, _ENDS = b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82"


class Drawn(Protocol):
    """A picture to be drawn; `pages.poster.Picture` is one. `data` is plain values (JSON)."""

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


def draw(pictures: Iterable[Drawn], found: Found, memory: Path) -> Iterator[tuple[str, bytes]]:
    """Each picture's path in the site and its PNG, in their order; none where a font that is needed cannot be had.

    What was drawn before with the same template, values, fonts and typst is taken from the folder `memory`; what was
    kept there and is no longer wanted goes once all are drawn. Raises TypesetError.
    """
    if typesetting.lacking(found):
        return
    wanted = set[str]()
    for picture in pictures:
        name = f"{key(picture, found)}.png"
        wanted.add(name)
        png = _kept(memory / name)
        if png is None:
            told = legible(picture.data, glyphs.shown(*(path for _, path in found.faces)))
            png = typesetting.picture(picture.source, told, found, files=dict(picture.files), name=picture.template)
            writer.write_bytes(memory / name, png, durable=False)
        yield picture.path, png
    for path in sorted(memory.iterdir()) if memory.is_dir() else ():
        if path.name not in wanted:
            writer.remove_folder(path)


def legible(value: object, shown: frozenset[int]) -> object:
    """Plain values with every character that is not among the `shown` code points replaced.

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


def key(picture: Drawn, found: Found) -> str:
    """The digest of all that the bytes of a picture depend on; where it stands in the site is not among it."""
    told = json.dumps(picture.data, ensure_ascii=False, sort_keys=True).encode()
    parts = [typesetting.engine().encode(), *(digest.encode() for digest in found.digests), picture.source, told]
    parts += [part for name, content in sorted(picture.files) for part in (name.encode(), content)]
    whole = hashlib.sha256()
    for part in parts:
        whole.update(hashlib.sha256(part).digest())
    return whole.hexdigest()


def _kept(path: Path) -> bytes | None:
    """A picture kept before, if it is whole."""
    try:
        png = path.read_bytes()
    except OSError:
        return None
    return png if png.startswith(_BEGINS) and png.endswith(_ENDS) else None
