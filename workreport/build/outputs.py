"""Knows the order of a build: docs/, the finished site and the archive are made, then exchanged for the old ones.

Leaves reading and composing to `compose`, which is imported only if needed, and writing to `writer`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from workreport import archive
from workreport.build import compose_cache, plan
from workreport.project import paths, settings, writer
from workreport.website import rendering

if TYPE_CHECKING:
    from workreport.archive.task import Job
    from workreport.build.compose import ComposedSite
    from workreport.project.fonts import Found

Stage = Callable[[str, str], AbstractContextManager[None]]


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build made: slugs of the reports, number of pages, names of the files in `archive/`."""

    reports: tuple[str, ...]
    pages: int
    archive: tuple[str, ...]


@contextmanager
def untold(name: str, detail: str = "") -> Iterator[None]:
    """A stage that nobody is told of."""
    del name, detail
    yield


def _composed(order: plan.BuildOrder, facts_of_site: settings.Settings, stage: Stage) -> ComposedSite:
    # Only here: the rooms that read cost as much to load as a small site costs to build.
    from workreport.build import compose

    return compose.compose(order, facts_of_site, stage)


def build(
    order: plan.BuildOrder, stage: Stage, say: Callable[[str], None], lack: Callable[[str], None] | None = None
) -> BuildResult:
    """Make docs/, site/ and (unless pages only) archive/; `site/` is wholly the old or wholly the new at any moment.

    Everything is read before anything is written. Raises the errors of the rooms it calls; then nothing has changed
    but docs/. What this machine lacks goes to `lack`, or to `say` with the rest. With pages only, unchanged reports and
    templates are not read again (`kept`).
    """
    root = order.root
    facts_of_site = settings.site(root / "site.toml", archive.form_ids())
    found, secret = _tools(order, facts_of_site, lack or say)
    known = compose_cache.load(root, order) if order.only_site else None
    composed = None if known else _composed(order, facts_of_site, stage)
    with writer.lock_project(root, say) as staging:
        if composed:
            with stage("写 docs/", f"{len(composed.docs)} 个文件"):
                for name, data in composed.report_files.items():
                    writer.write_bytes(root / name, data)
                writer.write_text(root / rendering.GENERATED, composed.configuration)
                if not (root / rendering.CONFIG).exists():
                    writer.write_bytes(root / rendering.CONFIG, (paths.shipped() / rendering.CONFIG).read_bytes())
                writer.sync_folder(root / "docs", {name: text.encode() for name, text in composed.docs.items()})
            known = compose_cache.SiteInputs(
                composed.slugs, composed.name, composed.moment, composed.dates, composed.site_files
            )
            compose_cache.save(root, order, known)
        assert known is not None
        with stage("MkDocs", ""):
            rendering.build(root, staging / "site", moment=known.moment, overrides=paths.overrides_of(root))
        job = None
        if composed and found:
            job = _job(order, composed, facts_of_site, found)
            _beside_pages(job, staging / "site", facts_of_site, stage)
        with stage("收尾", "链接、检索、安全策略"):
            for name, script in known.site_files.items():
                writer.write_bytes(staging / "site" / name, script.encode(), durable=False)
            rendering.finish(staging / "site", address=facts_of_site.address, dates=known.dates)
        finished = {"site": staging / "site"}
        if job and facts_of_site.build.archive:
            from workreport.archive import making

            finished["archive"] = staging / "archive"
            (staging / "archive").mkdir()
            making.make(job, staging / "site", staging / "archive", secret, stage)
        archive.add_downloads(staging / "site", finished.get("archive"), known.slugs)
        made = BuildResult(
            known.slugs,
            sum(1 for n in archive.site_files(staging / "site") if n.endswith(".html")),
            tuple(archive.names_in(finished["archive"])) if "archive" in finished else (),
        )
        with stage("换上新站", "site/" + ("、archive/" if "archive" in finished else "")):
            writer.exchange(root, finished)
        writer.write_text(root / plan.STATE, plan.state(order)[0])
    return made


def outdated(root: Path) -> bool:
    """Whether `archive/` stayed as an earlier build left it, and holds another text than `site/`."""
    return archive.is_outdated(root / "site", root / "archive")


def _tools(
    order: plan.BuildOrder, facts_of_site: settings.Settings, lack: Callable[[str], None]
) -> tuple[Found | None, Path | None]:
    """Fonts and key for what is made besides the pages; what is lacking is said now, before the work starts."""
    if order.only_site:
        return None, None
    from workreport.archive import making
    from workreport.project import fonts

    found = fonts.find()
    for line in making.missing_tools(facts_of_site, found):
        lack(line)
    return found, making.signing_key(facts_of_site, order.root)


def _job(order: plan.BuildOrder, composed: ComposedSite, facts_of_site: settings.Settings, found: Found) -> Job:
    from workreport.archive.task import Job
    from workreport.build import report_folder

    return Job(
        composed.publication,
        facts_of_site,
        order.root,
        composed.name,
        composed.moment,
        composed.indexes,
        report_folder.BESIDE_SOURCE,
        found,
    )


def _beside_pages(job: Job, target: Path, facts_of_site: settings.Settings, stage: Stage) -> None:
    """The files of the site that are no pages: data files, and the pictures where they are wanted."""
    from workreport.archive.making import pictures
    from workreport.build import compose

    with stage("数据", "JSON、CSV、XLSX"):
        for name, content in compose.data_files(job.published, job.root).items():
            writer.write_bytes(target / name, content, durable=False)
    if facts_of_site.build.pictures:
        with stage("图片", "一图读懂、分享卡片"):
            for name, content in pictures(job):
                writer.write_bytes(target / name, content, durable=False)


def clean(root: Path) -> tuple[str, ...]:
    """Take the outputs and what is kept between builds away; gives the names of what went."""
    gone = []
    with writer.lock_project(root, _unsaid):
        # The lock and the staging folder are this command's own; whatever else lies beside them is kept between builds.
        memory = sorted(p.name for p in (root / writer.WORK).iterdir() if p.name not in ("lock", "staging"))
        for name in ("site", "archive", *(f"{writer.WORK}/{kept}" for kept in memory)):
            if (root / name).exists():
                writer.remove_folder(root / name)
                gone.append(name)
    return tuple(gone)


def _unsaid(line: str) -> None:
    del line
