"""Knows the order of a publication: check the site, compare it with the last version, write it, switch readers to it.

Versions are side by side in `v/`; stable addresses, which always show the newest version, are those of the served folder
itself. Leaves what changed to `differences`, the records to `record`, the pages about versions to `version_pages`, and
checking the site to `verify`.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from workreport import archive
from workreport.build import plan
from workreport.project import plain_tree, writer
from workreport.publish import publish_job, record, site_changes
from workreport.publish.link_switch import switch_link
from workreport.publish.pointer_switch import switch_pointer
from workreport.publish.publish_job import LINKS, NOT_KEPT, POINTER, PublishError, PublishJob, Say
from workreport.publish.publish_result import PublishResult
from workreport.publish.record import VERSION_FILE, VERSIONS, Version, VersionList
from workreport.publish.version_folder import pages_about_versions
from workreport.verify.site import check

_MOST_SHOWN = 5
"""The most problems of a site that an error lists; the rest is only counted."""


def publish(
    root: Path,
    to: Path,
    say: Say,
    *,
    again: bool = False,
    plain: bool = False,
    drop: Collection[str] = (),
    day: date | None = None,
) -> PublishResult:
    """Publish `root/site` as a new version in the folder `to` and switch the stable addresses to it.

    The site is checked first (`verify`). A site equal to the newest version is not published twice, unless `again`.
    A report that the newest version has and the site lacks is an error, unless its slug is in `drop`.
    `day` is the day of publication, kept in `version.json`; None for that of SOURCE_DATE_EPOCH, else today.
    `plain` uses no links and no renames, for file systems that lack them; it is refused for a folder published with links.
    Readers see the whole old or the whole new site at any moment, even if this process is killed; the next publication
    cleans up. `say` gets lines in Chinese for the user.

    Raises `PublishError`, `writer.BusyError` if a build or another publication runs for ten minutes, and other errors of
    `record` and `writer`.
    """
    to = to.absolute()
    site = root / "site"
    day = day or day_of_publication(os.environ)
    publish_job.check_folders(root, to)
    plain_tree.require_plain(root, ("templates",))
    with writer.lock_project(root, say):
        problems = check(root)
        if problems:
            shown = "".join(f"\n  {problem}" for problem in problems[:_MOST_SHOWN])
            more = f"\n  ……另有 {len(problems) - _MOST_SHOWN} 处" if len(problems) > _MOST_SHOWN else ""
            raise PublishError(f"网站没有通过核对，没有发布：{shown}{more}")
        of = record.day_of(site)
        if of is None:
            raise PublishError(
                "没有一份报告写明日期，版本无从命名。请在 reports/<短名>/report.toml 里写上 date，再构建一次。"
            )
        if not (site / archive.COPIES).is_dir():
            say("提示：这个网站没有离线包（只做了页面），照样发布。")
        new = not to.exists()
        with writer.lock_project(to, say, what="发布") as staging:
            writer.make_readable(to / writer.WORK, below=False)
            if new:
                writer.make_readable(to, below=False)
            elif not writer.is_readable_by_all(to):
                say(f"提示：{to} 只有您自己能读，网页服务器也许读不到。可运行：chmod 755 {to}")
            job = publish_job.prepare(root, site, to, staging, of.isoformat(), day, say, plain=plain)
            return _publish_if_changed(job, again=again, drop=drop)


def day_of_publication(environment: Mapping[str, str]) -> date:
    """Return the day of a publication that names none: that of SOURCE_DATE_EPOCH, else today where this machine stands.

    Only publishing asks the clock; a build never does. Raises `plan.BadEpoch`.

    >>> day_of_publication({"SOURCE_DATE_EPOCH": "1708473600"}).isoformat()
    '2024-02-21'
    """
    if environment.get("SOURCE_DATE_EPOCH"):
        return plan.fallback_date(environment)
    return datetime.now().astimezone().date()


def _publish_if_changed(job: PublishJob, *, again: bool, drop: Collection[str]) -> PublishResult:
    """Write the version and switch readers to it, unless the newest version is the same site and `again` is False.

    Raises `PublishError` if a report would vanish whose slug is not in `drop`, or for a day before that of the newest version.
    """
    digest = record.digest_of(job.files)
    earlier = job.versions
    if earlier and earlier.versions[-1][1] == digest and not again:
        if job.interrupted:
            _rewrite_list(job, earlier)
        newest = earlier.newest()
        address = f"{VERSIONS}/{newest}/index.html"
        return PublishResult(newest, address, newest, True, job.how, len(job.files), len(job.files), Counter())
    _check_day(job)
    version = replace(_describe_version(job, digest), day=job.day.isoformat())
    _check_vanishing(version, drop)
    job.removed = _removed_addresses(job)
    versions = VersionList(job.how, (*(earlier.versions if earlier else ()), (job.name, digest)), job.removed)
    journal = job.to / writer.WORK / publish_job.JOURNAL
    writer.write_without_rename(journal, f"{job.name}\n".encode())
    if job.how == LINKS:
        switch_link(job, version, versions)
    else:
        switch_pointer(job, version, versions)
    writer.remove_folder(journal)
    came, went = (tuple(reports.values()) if version.before else () for reports in (version.came, version.went))
    return PublishResult(
        job.name, f"{VERSIONS}/{job.name}/index.html", version.before, False, job.how, len(job.files), job.shared,
        version.counts(), came, went, tuple(version.reports[slug] for slug in version.renamed.values()),
        first=earlier is None,
    )  # fmt: skip


def _check_day(job: PublishJob) -> None:
    """Raise `PublishError` if the day is before that of the newest version: feeds and TimeMaps would tell a false order."""
    newest = job.versions and record.read_version(job.version_folder(job.versions.newest()) / VERSION_FILE)
    if newest and job.day.isoformat() < newest.day:
        raise PublishError(
            f"发布日期 {job.day} 早于前一版 {newest.name} 的发布日期 {newest.day}，没有发布。请用 --date 写不早于它的日期。"
        )


def _rewrite_list(job: PublishJob, versions: VersionList) -> None:
    """Clean up after a killed publication: write the list of versions again if `POINTER` is used; remove the journal.

    The publication may have been killed before it wrote all of the list.
    """
    newest = record.read_version(job.version_folder(versions.newest()) / VERSION_FILE)
    if job.how == POINTER and newest:
        frame = publish_job.frame(job.site, job.how, newest.name, newest.day)
        for name, data in pages_about_versions(job, frame, newest, versions):
            writer.write_without_rename(job.to / name, data)
    writer.remove_folder(job.to / writer.WORK / publish_job.JOURNAL)


def _describe_version(job: PublishJob, digest: str) -> Version:
    """Return the new version's record: its reports, and what changed since the newest version whose folder still exists."""
    found = site_changes.since_newest(job.site, job.to, job.versions)
    since = record.unchanged_since(job.name, job.files, found.before)
    before = found.before.name if found.before else ""
    return Version(
        job.name, before, digest, found.reports, found.came, found.went, found.renamed, found.changes, job.files, since
    )  # fmt: skip


def _check_vanishing(version: Version, drop: Collection[str]) -> None:
    """Raise `PublishError` if the version lacks a report of the one before whose slug is not in `drop`."""
    lost = {slug: title for slug, title in version.went.items() if slug not in drop}
    if lost:
        shown = "、".join(f"{title}（{slug}）" for slug, title in lost.items())
        told = " ".join(f"--drop {slug}" for slug in sorted({*lost, *(slug for slug in drop if slug in version.went)}))
        raise PublishError(
            f"公开的网站上有，这次却没有的报告：{shown}。没有发布。"
            f"要留着它，请把它放回 reports/；确要撤下，请写明 {told}（历次版本里仍能看到）。"
        )


def _removed_addresses(job: PublishJob) -> dict[str, str]:
    """Return the addresses that an earlier version had and the new one lacks, with the version that last had each."""
    if job.versions is None:
        return {}
    newest = job.versions.newest()
    last = record.read_version(job.version_folder(newest) / VERSION_FILE)
    had = {**job.versions.kept, **dict.fromkeys(last.files if last else (), newest)}
    return {name: version for name, version in had.items() if name not in job.files and name not in NOT_KEPT}
