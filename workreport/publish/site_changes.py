"""Knows what a finished site changes against the newest version of a served folder, before and while it is published.

Leaves comparing texts to `differences`, and writing versions to `publishing`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from workreport import archive
from workreport.publish import differences, publish_job, record, version_pages
from workreport.publish.differences import SentenceChange
from workreport.publish.record import VERSION_FILE, VERSIONS, Version, VersionList


@dataclass(frozen=True, slots=True)
class SiteChanges:
    """What a site changes. `before`: the version it was compared with, None if there is none.

    `reports`: titles of the reports by slug; `came` and `went`: titles by slug of the reports that only the site or only
    `before` has (without `before`, all came); `renamed`: old slug to new slug; `changes`: the sentences that differ.
    """

    before: Version | None
    reports: dict[str, str]
    came: dict[str, str]
    went: dict[str, str]
    renamed: dict[str, str]
    changes: tuple[SentenceChange, ...]


@dataclass(frozen=True, slots=True)
class PlannedVersion:
    """What a publication would do. `digest`: SHA-256 of the whole site; `newest`: the newest version, "" if there is none.

    `unchanged`: that version already is this site, so nothing would be published.
    """

    digest: str
    newest: str
    unchanged: bool
    changes: SiteChanges


def planned_version(root: Path, to: Path) -> PlannedVersion:
    """Return what publishing `root/site` in the folder `to` would change; write nothing.

    Raises `PublishError` for an unsuitable folder, and `record.RecordError` for a damaged list of versions.
    """
    to = to.absolute()
    publish_job.check_folders(root, to)
    versions = publish_job.published_versions(to)
    digest = record.digest_of(archive.digests_of(root / "site"))
    newest = versions.newest() if versions else ""
    unchanged = versions is not None and versions.versions[-1][1] == digest
    return PlannedVersion(digest, newest, unchanged, since_newest(root / "site", to, versions))


def since_newest(site: Path, to: Path, versions: VersionList | None) -> SiteChanges:
    """Return what the finished site changes since the newest of the versions in `to` whose folder still exists."""
    now = differences.read_texts(site)
    reports = {slug: _title(site / slug) or slug for slug in now}
    # The publisher may have deleted the folders of versions: `read_version` returns None for those.
    known = reversed(versions.versions) if versions else ()
    home = to / VERSIONS
    before = next((v for name, _ in known if (v := record.read_version(home / name / VERSION_FILE))), None)
    if before is None:
        return SiteChanges(None, reports, reports, {}, {}, ())
    then = differences.read_texts(home / before.name)
    renamed = differences.renamed_reports(then, now)
    came = {slug: title for slug, title in reports.items() if slug not in then and slug not in renamed.values()}
    went = {slug: title for slug, title in before.reports.items() if slug not in now and slug not in renamed}
    return SiteChanges(before, reports, came, went, renamed, differences.changes_between(then, now))


def _title(folder: Path) -> str:
    """Return the title of a folder's front page, "" if there is none."""
    front = folder / "index.html"
    return version_pages.title_of(front.read_text(encoding="utf-8")) if front.is_file() else ""
