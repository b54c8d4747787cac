"""Knows how a finished site becomes files to hand over: the offline zip, the sums, and the places where pages offer them.

Leaves the site to `site` and the proof to `check`. The date is the report's: the same site gives the same bytes.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import zipfile
from typing import TYPE_CHECKING

from workreport import markup, writer

if TYPE_CHECKING:
    from collections.abc import Container
    from datetime import date
    from pathlib import Path

SUMS = "SHA256SUMS"
OFFLINE = "-offline.zip"
COPIES = "archive"
"""The folder of the site that holds the copies for download; no archive holds it."""

NEEDS = "data-needs"
"""An element with this attribute stands only where the site has the file it names (a path from the site's root)."""

_HOLDERS = ("a", "aside", "dd", "div", "dt", "figure", "li", "nav", "p", "section", "span", "td", "tr", "ul")
_EARLIEST = (1980, 1, 1)  # the zip format counts from here
_UNIX = 3
_PLAIN_FILE = 0o100644 << 16


def names_in(folder: Path) -> list[str]:
    """The files below a folder, as sorted relative paths with "/"; the order of bytes, not of a language."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def pack(site: Path, archive: Path, *, name: str, moment: date) -> Path:
    """Write `<name>-offline.zip` of the finished site into the folder `archive`; all stands in one folder of that name.

    The bytes depend on the names and contents of the files and on `moment` alone. What a page offers for download is
    left out of its packed copy, which could not carry its own digest. Raises `WriteError` for a name that some system
    cannot hold. `name` is the slug, or the publication's name where there are several reports.
    """
    folder = f"{name}{OFFLINE}".removesuffix(".zip")
    target = archive / f"{folder}.zip"
    files = packed_names(site)
    writer.safe_names([target.name, *(f"{folder}/{file}" for file in files)])
    stamp = (*max((moment.year, moment.month, moment.day), _EARLIEST), 0, 0, 0)
    with writer.writing(target) as out, zipfile.ZipFile(out, "w") as bundle:
        for file in files:
            member = zipfile.ZipInfo(f"{folder}/{file}", stamp)
            member.create_system = _UNIX
            member.external_attr = _PLAIN_FILE
            bundle.writestr(member, packed_bytes(site, file, frozenset(files)), zipfile.ZIP_DEFLATED, 9)
    return target


def packed_names(site: Path) -> list[str]:
    """What of a finished site belongs into its archive: everything but the archives."""
    return [file for file in names_in(site) if not file.startswith(f"{COPIES}/")]


def packed_bytes(site: Path, file: str, files: Container[str]) -> bytes:
    """A file of the site as its archive holds it, where the archive holds `files`."""
    data = (site / file).read_bytes()
    if not file.endswith(".html") or NEEDS.encode() not in data:
        return data
    return _offered(data.decode(), files, {}).encode()


def digest(path: Path) -> str:
    """The SHA-256 of a file, lower-case hex."""
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def write_sums(archive: Path) -> None:
    """Write `SHA256SUMS` over every file of the folder, as `sha256sum -c` reads it."""
    names = [name for name in names_in(archive) if name != SUMS]
    writer.safe_names(names)
    writer.write_text(archive / SUMS, "".join(f"{digest(archive / name)}  {name}\n" for name in names))


def offer(site: Path, archive: Path | None) -> None:
    """Copy the archives into the site; then let each page offer what is there, with size and SHA-256, and nothing else.

    Call it last, after `pack` and `write_sums`; with None where no archive was made.
    """
    notes = {}
    for name in names_in(archive) if archive else ():
        source = archive / name if archive else site
        with writer.writing(site / COPIES / name, durable=False) as out, source.open("rb") as read:
            shutil.copyfileobj(read, out)
        if name != SUMS:
            notes[f"{COPIES}/{name}"] = (
                f' <small class="sum">{_size(source.stat().st_size)}，SHA-256：<code>{digest(source)}</code></small>'
            )
    files = frozenset(names_in(site))
    for file in sorted(files):
        data = (site / file).read_bytes() if file.endswith(".html") else b""
        if NEEDS.encode() in data:
            writer.write_bytes(site / file, _offered(data.decode(), files, notes).encode(), durable=False)


def _size(count: int) -> str:
    return f"{count / 1_000_000:.1f} MB" if count >= 100_000 else f"{max(count / 1000, 0.1):.1f} KB"


def _offered(page: str, files: Container[str], notes: dict[str, str]) -> str:
    """The page without the elements whose file is not among `files`, and with a note at the end of the others."""
    edits: list[tuple[int, int, str]] = []
    gone = 0
    for tag in markup.tags(page, _HOLDERS):
        needed = tag.get(NEEDS)
        if not needed or tag.start < gone:
            continue
        inner, end = _ends(page, tag)
        if needed.value not in files:
            edits.append((tag.start, end, ""))
            gone = end
        elif note := notes.get(needed.value):
            edits.append((inner, inner, note))
    return markup.edited(page, edits)


def _ends(page: str, tag: markup.Tag) -> tuple[int, int]:
    """Where the content of an element ends, and where the element does; the pages are our own and close what they open."""
    depth = 1
    for found in re.compile(rf"(?i:<(/?){tag.name})(?=[\s/>])[^>]*+>?").finditer(page, tag.end):
        depth += -1 if found[1] else 1
        if depth == 0:
            return found.span()
    return len(page), len(page)
