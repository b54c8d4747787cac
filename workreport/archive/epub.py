"""Knows the EPUB 3.3 file of a report: the files that the container format requires, and the order of all files.

Leaves the pages of the EPUB to `epub_pages`, and the zip format to `zips`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import BinaryIO

from workreport.archive import epub_pages, zips
from workreport.archive.task import Task
from workreport.project import caches, writer
from workreport.website import addresses
from workreport.website.template_cache import TemplateCache

MIMETYPE = "application/epub+zip"
FOLDER = "EPUB"
"""The folder of the zip that holds everything except `mimetype` and META-INF/."""
PACKAGE = "content.opf"
"""The package document: metadata, list of files, reading order."""
CONTAINER = f"""<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles>
<rootfile full-path="{FOLDER}/{PACKAGE}" media-type="application/oebps-package+xml"/>
</rootfiles>
</container>
"""
"""The text of META-INF/container.xml, which names the package document."""
COVER = "cover.png"


def make(task: Task, out: BinaryIO) -> None:
    """Write the EPUB of a report into `out`; the row of this form in `forms.FORMS` names this function.

    The cover is the poster of the website; without a poster the EPUB has no cover.
    """
    reading, job = task.reading, task.job
    poster = task.site / addresses.report(reading, addresses.PICTURE).removesuffix(addresses.ROOT) / "poster.png"
    cover = (COVER, poster.read_bytes()) if poster.is_file() else None
    texts = epub_pages.pages(
        reading, job.published, job.settings, task.template_folder("epub").parent, moment=task.moment,
        cache=TemplateCache(job.root / writer.WORK / caches.TEMPLATES), cover=COVER if cover else "",
    )  # fmt: skip
    out.write(packed(texts, task.moment, cover))


def packed(files: Mapping[str, str], moment: date, cover: tuple[str, bytes] | None = None) -> bytes:
    """The bytes of an EPUB. `files` are texts by path relative to the package document; `cover` is a picture's name and
    bytes, None for no cover.

    The order is `mimetype` (stored and without extra fields, as EPUB requires), META-INF/container.xml, the `files`
    sorted by name, the cover. Raises `writer.WriteError` for a name that is not valid on every system.

    >>> packed({"content.opf": "<package/>"}, date(2024, 2, 21))[30:58]
    b'mimetypeapplication/epub+zip'
    """
    members = [zips.Member("mimetype", MIMETYPE.encode(), stored=True)]
    members.append(zips.Member("META-INF/container.xml", CONTAINER.encode()))
    members += [zips.Member(f"{FOLDER}/{name}", text.encode()) for name, text in sorted(files.items())]
    if cover:
        members.append(zips.Member(f"{FOLDER}/{cover[0]}", cover[1], stored=True))
    return zips.packed(members, moment)
