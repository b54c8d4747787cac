"""Knows how a finished site becomes files to hand over: the offline zip, the sums, and the places where pages offer them.

Leaves the site to `site` and the proof to `proof` and `check`; each form has a room of its own here. The date is the
report's: the same site gives the same bytes.
"""

from __future__ import annotations

import hashlib
import shutil
from typing import TYPE_CHECKING

from workreport.project import paths, writer
from workreport.archive import sums as listing, downloads, offline, zips
from workreport.archive.downloads import PLACE, SIGNATURE, SUMS, same_page

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

__all__ = ["COPIES", "OFFLINE", "PLACE", "SIGNATURE", "SUMS", "digest", "names_in", "offer", "outdated", "pack",
           "packed_names", "same_page", "write_sums"]  # fmt: skip

OFFLINE = offline.ENDING
TEXT = "/text.txt"
"""How the path of a report's text ends, in a site as in what is made of it."""
COPIES = "archive"
"""The folder of the site that holds the copies for download; no archive holds it."""


def names_in(folder: Path) -> list[str]:
    """The files below a folder, as sorted relative paths with "/"; the order of bytes, not of a language."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def pack(
    site: Path,
    archive: Path,
    *,
    name: str,
    moment: date,
    title: str = "",
    formats: Sequence[str] = (),
    slugs: Sequence[str] = (),
    verifier: Path | None = None,
) -> Path:
    """Write `<name>-offline.zip` of the finished site into the folder `archive`; all stands in one folder of that name.

    The bytes depend on the names and contents of the files and on these arguments alone. Call it before `offer`: no file
    can carry the digest of the archive it stands in. Raises `WriteError` for a name that some system cannot hold. `name`
    is the slug, or the publication's name where there are several reports; `title`, `formats`, `slugs` and `verifier`
    (ours where it is None) as `offline.members` has them.
    """
    target = archive / f"{name}{OFFLINE}"
    verifier = verifier or paths.shipped() / "templates" / "verify"
    files = packed_names(site)
    members = offline.members(site, files, name=name, title=title, formats=formats, slugs=slugs, verifier=verifier)
    with writer.atomic_write(target) as out:
        zips.fill(out, members, moment)
    return target


def packed_names(site: Path) -> list[str]:
    """What of a finished site belongs into its archive: everything but the archives."""
    return [file for file in names_in(site) if not file.startswith(f"{COPIES}/")]


def outdated(site: Path, archive: Path) -> bool:
    """Whether the files of `archive` are of an earlier build and hold another text than the site.

    Told by the texts in the offline zip, or in the bag where there is no zip; False where neither can be read.
    """
    if (site / COPIES).is_dir():
        return False
    here = {name: (site / name).read_bytes() for name in names_in(site) if name.endswith(TEXT)}
    for ending, inside in ((downloads.OFFLINE, ""), (downloads.BAG, "data/site/")):
        for path in sorted(archive.glob(f"*{ending}")):
            folder = f"{path.name.removesuffix('.zip')}/{inside}"
            packed = zips.read_ending(path, TEXT)
            there = {name.removeprefix(folder): data for name, data in packed.items() if name.startswith(folder)}
            if there:
                return there != here
    return False


def digest(path: Path) -> str:
    """The SHA-256 of a file, lower-case hex."""
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def write_sums(archive: Path) -> None:
    """Write `SHA256SUMS` over every file of the folder, as `sha256sum -c` reads it; not over its own signature."""
    names = [name for name in names_in(archive) if name not in (SUMS, SIGNATURE)]
    writer.safe_names(names)
    writer.write_text(archive / SUMS, "".join(f"{digest(archive / name)}  {name}\n" for name in names))


def offer(site: Path, archive: Path | None, slugs: Sequence[str] = ()) -> None:
    """Copy the archives into the site, and let each page that has a place for it list them with size and SHA-256.

    A page of one of the reports `slugs` lists that report's own files and those that hold all.

    Call it last, after `pack` and `write_sums`: the digests are those of `SHA256SUMS`; with None, where no archive was made, the pages keep their own words.
    """
    names = names_in(archive) if archive else []
    if not archive or not names:
        return
    sums = listing.read((archive / SUMS).read_bytes()).sums
    made = []
    for name in names:
        with writer.atomic_write(site / COPIES / name, durable=False) as out, (archive / name).open("rb") as source:
            shutil.copyfileobj(source, out)
        made.append(downloads.Made(name, (archive / name).stat().st_size, sums.get(name, "")))
    for file in packed_names(site):
        data = (site / file).read_bytes() if file.endswith(".html") else b""
        if PLACE.encode() in data:
            up = "../" * file.count("/") + COPIES
            own = set(downloads.of_page(names, file, slugs))
            listed = downloads.outside([one for one in made if one.name in own], up)
            writer.write_bytes(site / file, downloads.filled(data, listed), durable=False)
