"""Knows how the files of a book become an EPUB: the container's own files, their order, which are stored.

Leaves what stands in the book to `pages.book` and the zip to `zips`. Reads and writes nothing: texts in, bytes out.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from workreport.archive import zips

MIMETYPE = "application/epub+zip"
FOLDER = "EPUB"
PACKAGE = "content.opf"
CONTAINER = f"""<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles>
<rootfile full-path="{FOLDER}/{PACKAGE}" media-type="application/oebps-package+xml"/>
</rootfiles>
</container>
"""


def packed(files: Mapping[str, str], moment: date, cover: tuple[str, bytes] | None = None) -> bytes:
    """The bytes of a book. `files` are texts by their names beside the package document; `cover` a picture and its name.

    The media type comes first, stored and without extra fields, so that the file is known by its first bytes; the rest
    in the order of names. Raises `writer.WriteError` for a name that some system cannot hold.

    >>> packed({"content.opf": "<package/>"}, date(2024, 2, 21))[30:58]
    b'mimetypeapplication/epub+zip'
    """
    members = [zips.Member("mimetype", MIMETYPE.encode(), stored=True)]
    members.append(zips.Member("META-INF/container.xml", CONTAINER.encode()))
    members += [zips.Member(f"{FOLDER}/{name}", text.encode()) for name, text in sorted(files.items())]
    if cover:
        members.append(zips.Member(f"{FOLDER}/{cover[0]}", cover[1], stored=True))
    return zips.packed(members, moment)
