"""Knows how the folder of a version is written, and which pages and files about all versions are in `v/`.

Leaves switching readers to the version to `link_switch` and `pointer_switch`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workreport.project import writer
from workreport.publish import program_files, record, removed_pages, version_pages
from workreport.publish.publish_job import LINKS, POINTER
from workreport.publish.record import VERSION_FILE, VERSION_LIST, VERSIONS, Version, VersionList
from workreport.publish.stable_files import ERROR_PAGE, is_page
from workreport.website import citations

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from workreport.publish.publish_job import PublishJob

_OWN_FILES = {"publish.css": (LINKS, POINTER), "kept.js": (LINKS,), "go.js": (POINTER,)}
"""Styles and scripts of the pages about versions, each with the values of `PublishJob.how` that need it."""


def write_version(job: PublishJob, folder: Path, version: Version) -> None:
    """Write the whole version into `folder`, `version.json` last, so that a folder with that file is complete.

    Pages get the line on versions, files of references name the version. With `LINKS`, other files equal to those of the version before become hard links of
    them, counted in `job.shared`.
    """
    last_changed = changed_in(job, version)
    own = version_pages.Dated(version.name, version.day)
    address = program_files.address_of(job.site)
    before = record.read_version(job.version_folder(version.before) / VERSION_FILE) if version.before else None
    earlier = job.version_folder(version.before) if version.before and job.how == LINKS else None
    references = references_of(job)
    for name in job.files:
        page = page_with_version_line(job.site, name)
        if page is None and name not in references and job.how == LINKS:
            share = earlier / name if earlier else None
            job.shared += writer.copy_or_link(folder / name, job.site / name, earlier=share, stamp=job.stamp)
            continue
        data = references[name].encode() if name in references else (job.site / name).read_bytes()
        if page is not None:
            head = program_files.head_links(name, version, before, stable=False) if address else ""
            line = version_pages.line_of_version(name, own, last_changed[name])
            data = version_pages.fill_version_line(page, line, head).encode()
        writer.write_without_rename(folder / name, data, durable=False)
        writer.set_modified(folder / name, job.stamp)
    writer.write_without_rename(folder / VERSION_FILE, record.version_text(version).encode(), durable=False)
    writer.make_readable(folder)


def page_with_version_line(site: Path, name: str) -> str | None:
    """Return the text of a page that has a place for the line on versions; None for any other file.

    404.html gets no line: it is served at addresses of any depth, so no relative link would work in it.
    """
    if not is_page(name) or name == ERROR_PAGE:
        return None
    data = (site / name).read_bytes()
    return data.decode() if version_pages.LINE_PLACE.encode() in data else None


def references_of(job: PublishJob) -> dict[str, str]:
    """Return the files of references as they are in the version's folder, by path: each entry names the version."""
    made: dict[str, str] = {}
    for name in job.files:
        folder, _, last = name.rpartition("/")
        if last == citations.TEXTS:
            files = citations.files_of((job.site / name).read_text(encoding="utf-8"), job.name)
            made |= {f"{folder}/{own}": text for own, text in files.items() if f"{folder}/{own}" in job.files}
    return made


def changed_in(job: PublishJob, version: Version) -> dict[str, version_pages.Dated]:
    """Return for each file of the new `version` the version in which it last changed, with the day of its publication.

    The day is "" if the publisher deleted that version, or an earlier program wrote its record.
    """
    days = {version.name: version.day}
    for name in set(version.since.values()) - {version.name}:
        found = record.read_version(job.version_folder(name) / VERSION_FILE)
        days[name] = found.day if found else ""
    return {path: version_pages.Dated(name, days[name]) for path, name in version.since.items()}


def pages_about_versions(
    job: PublishJob, frame: version_pages.Frame, version: Version, versions: VersionList
) -> Iterator[tuple[str, bytes]]:
    """Yield path and bytes of the files beside the versions: the list as JSON and as a page, styles and scripts, all in `v/`,
    and what programs read (see `program_files`).

    `version`: the record of the newest version, the last in `versions`.
    """
    shown: list[Version | str] = [version]
    for name, _ in reversed(versions.versions[:-1]):
        shown.append(record.read_version(job.version_folder(name) / VERSION_FILE) or name)
    yield f"{VERSIONS}/{VERSION_LIST}", record.version_list_text(versions).encode()
    told = dict(program_files.program_files(job.site, shown, changed_in(job, version)))
    address = program_files.address_of(job.site)
    graph = program_files.versions_graph(job.site, version_pages.LIST_TITLE, shown)
    page = version_pages.versions_page(
        frame, job.template("versions.html"), shown, feeds=bool(told), address=address, graph=graph
    )
    yield version_pages.LIST_PAGE, page.encode()
    for name, text in told.items():
        if name not in job.own:
            yield name, text.encode()
    for name, used in _OWN_FILES.items():
        if job.how in used:
            yield f"{VERSIONS}/{name}", job.template(name).encode()


def new_locations(job: PublishJob) -> dict[str, version_pages.NewLocation]:
    """Return for each page that the new version lacks the page to read instead (see `removed_pages.new_locations`)."""
    gone = {name: job.version_folder(last) for name, last in job.removed.items() if is_page(name)}
    return removed_pages.new_locations(job.site, job.files, gone)
