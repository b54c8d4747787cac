"""Knows which files stand at the stable addresses (outside `v/`) of a place without links.

At the address of a page is a redirect (`redirects`), at that of any other file a copy of it, so that each full address that a
page, a data file or a feed names leads somewhere. Leaves exchanging them to `stable_exchange`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workreport import archive
from workreport.project import writer
from workreport.publish import record
from workreport.publish.record import VERSION_FILE, VERSIONS, VersionList
from workreport.publish.version_pages import REDIRECT_MARK

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

STABLE_FOLDERS = "roots"
"""The folder in the work folder with one stable folder for each recent version: with links, all that the stable addresses
show; without, those of their files that differ from the version's own."""
LEFT_TO_PUBLISHER = frozenset({"llms.txt", "robots.txt", "sitemap.xml"})
"""Files about a whole site that a publisher may have made himself at the root of the served folder: then his stay."""
ERROR_PAGE = "404.html"
"""The page that a server sends for unknown addresses: it stands at the stable address itself."""


def is_page(name: str) -> bool:
    """Whether a file is a page of the site, into which publishing may write.

    A copy for download in one .html file is not: its SHA-256 is published, so its bytes must stay.
    """
    return name.endswith(".html") and not name.startswith(f"{archive.COPIES}/")


def has_redirect(name: str) -> bool:
    """Whether a file gets a redirect at its stable address if there are no links: a page does, but for `ERROR_PAGE`."""
    return is_page(name) and name != ERROR_PAGE


def published_digests(to: Path, versions: VersionList | None) -> dict[str, set[str]]:
    """Return the SHA-256 (hex) that each file had in any version of the served folder `to` whose folder is there, by path."""
    found: dict[str, set[str]] = {}
    for name, _ in versions.versions if versions else ():
        version = record.read_version(to / VERSIONS / name / VERSION_FILE)
        for path, digest in version.files.items() if version else ():
            found.setdefault(path, set()).add(digest)
    return found


def is_ours(path: Path, digests: Collection[str] = ()) -> bool:
    """Whether nothing is at a path, or what an earlier publication wrote there.

    That is a link into the work folder, a file with the mark of publishing, or one with one of these SHA-256 (hex).
    """
    if path.is_symlink():
        return path.readlink().parts[0] == writer.WORK
    if not path.exists():
        return True
    if not path.is_file():
        return False
    with path.open("rb") as page:
        marked = f" {REDIRECT_MARK} ".encode() in page.read(400)
    return marked or (bool(digests) and archive.digest(path) in digests)


def publishers_own(to: Path, digests: Mapping[str, Collection[str]]) -> frozenset[str]:
    """Return the files of `LEFT_TO_PUBLISHER` at the root of `to` that no publication wrote; `digests` as published."""
    return frozenset(name for name in LEFT_TO_PUBLISHER if not is_ours(to / name, digests.get(name, ())))


def sources(to: Path, name: str) -> dict[str, Path]:
    """Return where the bytes of each stable address of the version `name` stand, by path; none for "" or a deleted version."""
    version = record.read_version(to / VERSIONS / name / VERSION_FILE) if name else None
    if version is None:
        return {}
    folder = to / writer.WORK / STABLE_FOLDERS / name
    found = {path: to / VERSIONS / name / path for path in version.files if not has_redirect(path)}
    return found | {path: folder / path for path in archive.names_in(folder)}
