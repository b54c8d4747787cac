"""Knows the folder `archive/` beside the website: whether it fits the website, and how the website offers its files.

Leaves making the files to `making`, the list of files on a page to `downloads`, and checking the files to `verify`.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from workreport.archive import downloads, forms, sums, zips
from workreport.project import writer

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

TEXT = "/text.txt"
"""The end of the path of every report's plain text, in a website and in a zip that holds a website."""
COPIES = "archive"
"""The folder of the website that holds the copies for download; it is left out of every archive file."""


def site_files(site: Path) -> list[str]:
    """The files of a finished website as sorted relative paths, without the copies for download."""
    return [file for file in sums.names_in(site) if not file.startswith(f"{COPIES}/")]


def is_outdated(site: Path, archive: Path) -> bool:
    """Whether the files in the folder `archive` were made from other texts than the website has.

    Compares the reports' texts with those in the first zip that holds the website. False also where no such zip can be
    read, and where the website offers the files for download: then `verify.site` compares them.
    """
    if (site / COPIES).is_dir():
        return False
    here = {name: (site / name).read_bytes() for name in sums.names_in(site) if name.endswith(TEXT)}
    for form in forms.FORMS:
        if form.site_folder is None:
            continue
        for path in sorted(archive.glob(f"*{form.ending}")):
            folder = f"{path.name.removesuffix('.zip')}/{form.site_folder}"
            texts = zips.read_ending(path, TEXT)
            there = {name.removeprefix(folder): data for name, data in texts.items() if name.startswith(folder)}
            if there:
                return there != here
    return False


def add_downloads(site: Path, archive: Path | None, slugs: Sequence[str] = ()) -> None:
    """Copy the archive files into the website, and fill in the list of files on each page that has a place for it.

    The list has size and SHA-256. A page of one of the reports `slugs` leaves out files that hold another report alone.
    The digests are read from `SHA256SUMS`, which must be written before. Where `archive` is None or empty, nothing
    changes.
    """
    names = sums.names_in(archive) if archive else []
    if not archive or not names:
        return
    digests = sums.read_file(archive / sums.FILE).sums
    offered = []
    for name in names:
        with writer.atomic_write(site / COPIES / name, durable=False) as out, (archive / name).open("rb") as source:
            shutil.copyfileobj(source, out)
        offered.append(downloads.ArchiveFile(name, (archive / name).stat().st_size, digests.get(name, "")))
    for file in site_files(site):
        data = (site / file).read_bytes() if file.endswith(".html") else b""
        if downloads.PLACE.encode() in data:
            up = "../" * file.count("/") + COPIES
            own = set(forms.of_page(names, file, slugs))
            listed = downloads.on_site([one for one in offered if one.name in own], up)
            writer.write_bytes(site / file, downloads.fill(data, listed), durable=False)
