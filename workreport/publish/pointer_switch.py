"""Knows how readers are switched to a new version if links cannot be made: by a script file that is written last.

At each stable address (outside `v/`) is a page that redirects to the version which that file, `current.js`, names. Leaves
writing the version itself to `version_folder`.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from workreport.project import writer
from workreport.publish import version_pages
from workreport.publish.publish_job import POINTER_FILE, has_redirect
from workreport.publish.version_folder import new_locations, pages_about_versions, write_version

if TYPE_CHECKING:
    from workreport.publish.publish_job import PublishJob
    from workreport.publish.record import Version, VersionList


def switch_pointer(job: PublishJob, version: Version, versions: VersionList) -> None:
    """Write the version, the redirect pages, the list of versions and, last, the pointer file `current.js`."""
    write_version(job, job.version_folder(job.name), version)
    template = job.template("stub.html")
    for name in (*job.files, *job.removed):
        if has_redirect(name):
            page = version_pages.redirect_page(template, name)
            writer.write_without_rename(job.to / name, page.encode(), durable=False)
            _make_readable(job, name)
    removed = {name: last_had for name, last_had in job.removed.items() if has_redirect(name)}
    pointer = version_pages.pointer_text(job.name, removed, new_locations(job)).encode()
    writer.flush_to_disk(job.to)
    writer.write_without_rename(job.to / writer.WORK / POINTER_FILE, pointer)
    # The list is written after the version: if it names the version, the next run after a kill only writes the pointer file.
    for name, data in pages_about_versions(job, job.frame, version, versions):
        writer.write_without_rename(job.to / name, data)
        _make_readable(job, name)
    writer.write_without_rename(job.to / POINTER_FILE, pointer)
    _make_readable(job, POINTER_FILE)


def _make_readable(job: PublishJob, name: str) -> None:
    """Let a web server read a file in the served folder, and the folders above it."""
    for path in (name, *(str(parent) for parent in PurePosixPath(name).parents if parent.parts)):
        writer.make_readable(job.to / path, below=False)
