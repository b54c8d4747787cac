"""Knows how readers are switched to a new version if links can be made: by exchanging one symbolic link.

Every stable address is a link through `.workreport/current` into the newest stable folder, which contains all that these
addresses show. Stable addresses are those outside `v/`, and the list of versions. Leaves writing the version itself to
`version_folder`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workreport.project import writer
from workreport.publish import program_files, version_pages
from workreport.publish.publish_job import CURRENT_LINK
from workreport.publish.record import VERSIONS
from workreport.publish.stable_files import STABLE_FOLDERS, is_page
from workreport.publish.version_folder import (
    changed_in,
    new_locations,
    page_with_version_line,
    pages_about_versions,
    references_of,
    write_version,
)

if TYPE_CHECKING:
    from pathlib import Path

    from workreport.publish.publish_job import PublishJob
    from workreport.publish.record import Version, VersionList


def switch_link(job: PublishJob, version: Version, versions: VersionList) -> None:
    """Write the version and its stable folder in staging, move both to their places, and exchange the link last."""
    own, stable = job.staging / "version", job.staging / "root"
    write_version(job, own, version)
    _write_stable_folder(job, own, stable, version, versions)
    writer.make_readable(stable)
    writer.move_folder(own, job.version_folder(job.name))
    placed = job.to / writer.WORK / STABLE_FOLDERS / job.name
    writer.move_folder(stable, placed)
    for folder in (job.to / VERSIONS, placed.parent):
        writer.make_readable(folder, below=False)
    # The link of a new entry has no target until the exchange; its address did not exist before either.
    for path in sorted(placed.iterdir()):
        if path.name != VERSIONS and path.name not in job.own:
            _link(job.to / path.name, f"{writer.WORK}/{CURRENT_LINK}/{path.name}")
    for path in sorted((placed / VERSIONS).iterdir()):
        _link(job.to / VERSIONS / path.name, f"../{writer.WORK}/{CURRENT_LINK}/{VERSIONS}/{path.name}")
    writer.flush_to_disk(job.to)
    writer.make_link(job.to / writer.WORK / CURRENT_LINK, f"{STABLE_FOLDERS}/{job.name}")


def _link(path: Path, target: str) -> None:
    """Make a symbolic link, unless `path` is that link already."""
    if not path.is_symlink() or str(path.readlink()) != target:
        writer.make_link(path, target)


def _write_stable_folder(job: PublishJob, own: Path, stable: Path, version: Version, versions: VersionList) -> None:
    """Write into `stable` what the stable addresses show: the new version, and a page or file for every address it lacks.

    `own`: the folder in which the version was written.
    """
    before = job.newest_before()
    last = job.to / writer.WORK / STABLE_FOLDERS / before if before else None
    last_changed = changed_in(job, version)
    address = program_files.address_of(job.site)
    about = dict(pages_about_versions(job, job.frame, version, versions))
    references = references_of(job)
    for name in (n for n in job.files if n not in about):
        page = page_with_version_line(job.site, name)
        if name in references:
            writer.copy_or_link(stable / name, job.site / name, earlier=last / name if last else None, stamp=job.stamp)
        elif page is None:
            writer.copy_or_link(stable / name, own / name, earlier=own / name)
        else:
            line = version_pages.line_of_newest(name, since=last_changed[name])
            head = program_files.head_links(name, version, None, stable=True) if address else ""
            _write_page(job, stable, last, name, version_pages.fill_version_line(page, line, head))
    locations = new_locations(job)
    for name, last_had in job.removed.items():
        if is_page(name):
            page = version_pages.removed_page(job.frame, job.template("kept.html"), name, last_had, locations.get(name))
            _write_page(job, stable, last, name, page)
        elif (old := job.version_folder(last_had) / name).is_file():
            writer.copy_or_link(stable / name, old, earlier=old)
    for name, data in about.items():
        _write_page(job, stable, last, name, data.decode())


def _write_page(job: PublishJob, stable: Path, last: Path | None, name: str, text: str) -> None:
    """Write a page into `stable`, as a hard link of the same page in the stable folder `last` if that has the same text.

    The hard link keeps its date, so that browsers need not fetch the page again.
    """
    new = job.staging / "page"
    writer.write_bytes(new, text.encode(), durable=False)
    writer.copy_or_link(stable / name, new, earlier=last / name if last else None, stamp=job.stamp)
