"""Knows how readers are switched to a new version if links cannot be made: by a script file that is written last.

At the stable address (outside `v/`) of each page is a redirect to the version which that file, `current.js`, names. Leaves
writing the version itself to `version_folder`, which files stand at the stable addresses to `stable_files`, and exchanging
them to `stable_exchange`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workreport.project import writer
from workreport.publish import program_files, redirects, stable_exchange
from workreport.publish.publish_job import POINTER_FILE
from workreport.publish.record import VERSIONS
from workreport.publish.stable_files import STABLE_FOLDERS, has_redirect
from workreport.publish.version_folder import new_locations, pages_about_versions, references_of, write_version

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workreport.publish.publish_job import PublishJob
    from workreport.publish.record import Version, VersionList


def switch_pointer(job: PublishJob, version: Version, versions: VersionList) -> None:
    """Write the version; then exchange the lists, the files at the stable addresses and, last, the pointer file `current.js`."""
    write_version(job, job.version_folder(job.name), version)
    removed = {name: last_had for name, last_had in job.removed.items() if has_redirect(name)}
    pointer = redirects.pointer_text(job.name, removed, new_locations(job)).encode()
    about = dict(pages_about_versions(job, job.frame, version, versions))
    folder = job.to / writer.WORK / STABLE_FOLDERS / job.name
    for name, data in _own_stable_files(job, version, removed):
        writer.write_without_rename(folder / name, data, durable=False)
    for name, data in about.items():
        if not name.startswith(f"{VERSIONS}/"):
            writer.write_without_rename(folder / name, data, durable=False)
    writer.flush_to_disk(job.to)
    writer.write_without_rename(job.to / writer.WORK / POINTER_FILE, pointer)
    # The list comes first: if it names the version, the next run after a kill writes what is missing.
    lists = {name: data for name, data in about.items() if name.startswith(f"{VERSIONS}/")}
    stable_exchange.exchange(
        job.to, job.staging, job.name, job.newest_before(), job.own, lists, {POINTER_FILE: pointer}
    )


def _own_stable_files(job: PublishJob, version: Version, removed: dict[str, str]) -> Iterator[tuple[str, bytes]]:
    """Yield the files of stable addresses that differ from those in the version's folder: redirects, and files of references."""
    template = job.template("stub.html")
    address = program_files.address_of(job.site)
    for name in filter(has_redirect, job.files):
        links = program_files.head_links(name, version, None, stable=True) if address else ""
        page = (job.site / name).read_text(encoding="utf-8")
        yield name, redirects.redirect_page(template, name, page, job.name, links).encode()
    for name, last_had in removed.items():
        yield name, redirects.gone_page(template, name, last_had).encode()
    for name in references_of(job):
        yield name, (job.site / name).read_bytes()
