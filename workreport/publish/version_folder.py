"""Knows how a version's own folder is written, and the pages and files about all versions in `v/`.

Leaves leading readers to it to `link_switch` and `pointer_switch`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workreport.project import writer
from workreport.publish import record, removed_pages, version_pages
from workreport.publish.publish_job import LINKS, POINTER, is_page
from workreport.publish.record import VERSION_FILE, VERSION_LIST, VERSIONS, Version, VersionList

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from workreport.publish.publish_job import PublishJob

_OWN_FILES = {"publish.css": (LINKS, POINTER), "kept.js": (LINKS,), "go.js": (POINTER,)}
"""Styles and scripts of the pages about versions, and the ways of switching that need each."""


def write_version(job: PublishJob, folder: Path, version: Version) -> None:
    """Write the whole version into `folder`; `version.json` comes last.

    With links, files equal to those of the version before become hard links of them.
    """
    earlier = job.version_folder(version.before) if version.before and job.how == LINKS else None
    for name in job.files:
        page = page_with_version_line(job.site, name)
        if page is None and job.how == LINKS:
            share = earlier / name if earlier else None
            job.shared += writer.copy_or_link(folder / name, job.site / name, earlier=share, stamp=job.stamp)
            continue
        data = (job.site / name).read_bytes()
        if page is not None:
            data = version_pages.fill_version_line(page, version_pages.line_of_version(name, job.name)).encode()
        writer.write_without_rename(folder / name, data)
        writer.set_modified(folder / name, job.stamp)
    writer.write_without_rename(folder / VERSION_FILE, record.version_text(version).encode())


def page_with_version_line(site: Path, name: str) -> str | None:
    """The text of a page that has a place for the line on versions, else None.

    404.html is served at any depth, so that no relative link works in it: it has no line.
    """
    if not is_page(name) or name == "404.html":
        return None
    data = (site / name).read_bytes()
    return data.decode() if version_pages.LINE_PLACE.encode() in data else None


def pages_about_versions(
    job: PublishJob, frame: version_pages.Frame, version: Version, versions: VersionList
) -> Iterator[tuple[str, bytes]]:
    """Path and bytes of what `v/` holds beside the versions: the list as JSON and as a page, styles and scripts."""
    shown: list[Version | str] = [version]
    for name, _ in reversed(versions.versions[:-1]):
        shown.append(record.read_version(job.version_folder(name) / VERSION_FILE) or name)
    yield f"{VERSIONS}/{VERSION_LIST}", record.version_list_text(versions).encode()
    yield version_pages.LIST_PAGE, version_pages.versions_page(frame, job.template("versions.html"), shown).encode()
    for name, used in _OWN_FILES.items():
        if job.how in used:
            yield f"{VERSIONS}/{name}", job.template(name).encode()


def new_locations(job: PublishJob) -> dict[str, version_pages.NewLocation]:
    """For each page that the new version lacks: where in it most of that page's sentences are now."""
    gone = {name: job.version_folder(last) for name, last in job.removed.items() if is_page(name)}
    return removed_pages.new_locations(job.site, job.files, gone)
