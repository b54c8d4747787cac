"""Knows the order of a build: write docs/, make site and archive in a staging folder, then exchange both for the old ones.

Leaves reading and composing to `compose`, which is imported only if needed, and writing to `writer`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from workreport import archive
from workreport.build import compose_cache, own_files, plan
from workreport.build.broken_reports import BrokenReport, BrokenReports
from workreport.build.misnamed_files import check_site_files
from workreport.build.step_files import StepFiles, step_files
from workreport.project import caches, paths, plain_tree, settings, writer
from workreport.project.kept_files import kept_in
from workreport.website import mkdocs_config, site_pages
from workreport.website.rendering import SiteFolder

if TYPE_CHECKING:
    from workreport.archive.task import Job
    from workreport.build.compose import ComposedSite
    from workreport.project.fonts import FoundFonts
    from workreport.project.progress import Stage


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build made: slugs of the reports, number of HTML pages, names of the files in `archive/` (none without one).

    `broken`: the reports that were left out, since their own files are broken; the command then has failed.
    """

    reports: tuple[str, ...]
    pages: int
    archive: tuple[str, ...]
    broken: tuple[BrokenReport, ...] = ()


Say = Callable[[str], None]
"""A function called with a line in Chinese for the user."""


def build(
    order: plan.BuildOrder, stage: Stage, say: Say, missing_tool: Say | None = None, notice: Say | None = None
) -> BuildResult:
    """Make `docs/`, `site/` and, unless `order.only_site` is set or `site.toml` switches it off, `archive/`.

    With `order.preview` the pages go to the folder of the preview instead of `site/`. At any moment `site/` is the whole
    old or the whole new one. All reports are read before any output is written. Symbolic links, pipes and devices among
    the project's files are refused before anything is read. A report whose own files are broken is left out, and all others
    are made; its last good pages and archive files are copied to `own_files.REPLACED`. (The preview keeps its last pages
    instead, if it has any: the error `BrokenReports`.) After an error, at most `docs/`, the MkDocs settings and the
    files that builds write beside the sources have changed.
    `missing_tool` (default: `say`) gets a line for what cannot be made because a font or tool is missing, or because no
    form could hold what a report has; everything else is made. `notice` (default: `say`) gets what must be read also if
    progress is not: faults of reports that are left out, and where files were copied before they went. With
    `order.only_site`, unchanged reports are not read again (`compose_cache`). Raises the errors of the modules it calls.
    """
    plain_tree.require_plain_inputs(order.root)
    with step_files(order.root) as steps:
        return _build(order, steps, stage, say, missing_tool or say, notice or say)


def _build(
    order: plan.BuildOrder, steps: StepFiles, stage: Stage, say: Say, missing_tool: Say, notice: Say
) -> BuildResult:
    root = order.root
    check_site_files(root)
    site_settings = settings.site(root / "site.toml", archive.form_ids())
    fonts, key = _tools(order, site_settings, missing_tool)
    all_plain = not any(plain_tree.other_than_plain(root / plain_tree.REPORTS))
    inputs = compose_cache.load(root, order) if order.only_site and all_plain else None
    composed = None if inputs else _compose(order, site_settings, stage, steps)
    broken = _tell(order, composed, say, notice) if composed else ()
    with writer.lock_project(root, say) as staging:
        caches.remove_obsolete(root)
        site = staging / "site"
        _keep_last_good(order, broken, notice)
        if composed:
            inputs = _write_docs(order, composed, stage, notice)
        assert inputs is not None
        with stage("MkDocs", ""):
            pages = site_pages.SitePages(SiteFolder(root, site, inputs.moment, paths.overrides_of(root)))
        job = None
        if composed and fonts:
            job = _job(order, composed, site_settings, fonts)
            _write_data_and_pictures(job, composed.data, site, stage, missing_tool)
        with stage("收尾", "链接、检索、安全策略"):
            for name, script in inputs.site_files.items():
                writer.write_bytes(site / name, script.encode(), durable=False)
            kept = kept_in(root, "pages-alone" if order.only_site else "pages")
            pages.finish(
                address=site_settings.address, dates=inputs.dates, graphs=inputs.graphs, kept=kept, jobs=order.jobs
            )
        finished = {order.site: site}
        if job and site_settings.build.archive:
            finished["archive"] = _make_archive(job, staging, key, stage, missing_tool)
        archive.add_downloads(site, finished.get("archive"), inputs.slugs)
        result = BuildResult(
            inputs.slugs,
            sum(1 for n in archive.site_files(site) if n.endswith(".html")),
            tuple(archive.names_in(finished["archive"])) if "archive" in finished else (),
            broken,
        )
        with stage("换上新站", f"{order.site}/" + ("、archive/" if "archive" in finished else "")):
            _exchange(order, finished, notice)
        if not order.preview:
            writer.write_text(root / plan.STATE, plan.state_text(order, (report.slug for report in broken)))
    return result


def _compose(order: plan.BuildOrder, site_settings: settings.Settings, stage: Stage, steps: StepFiles) -> ComposedSite:
    # Imported here: importing the modules that read reports takes as long as building the pages of a small site.
    from workreport.build import compose, compose_step
    from workreport.project.workers import Workers

    with Workers(order.jobs, compose_step.MODULES) as workers:
        return compose.compose(order, site_settings, stage, workers, steps)


def _tell(order: plan.BuildOrder, composed: ComposedSite, say: Say, notice: Say) -> tuple[BrokenReport, ...]:
    """Tell what reading the reports brought up; return the reports that are left out, whose faults are told too.

    Raises `BrokenReports` if the preview keeps its last pages instead.
    """
    if composed.broken and order.preview and (order.root / order.site).is_dir():
        raise BrokenReports(composed.broken)
    for report in composed.broken:
        for fault in report.faults:
            notice(fault)
    for remark in composed.remarks:
        say(remark)
    return composed.broken


def _keep_last_good(order: plan.BuildOrder, broken: Sequence[BrokenReport], notice: Say) -> None:
    """Copy the last good files of reports that are left out, before a build replaces them; a preview replaces none."""
    if not order.preview:
        replaced = ("docs", "site") if order.only_site else ("docs", "site", "archive")
        own_files.keep_left_out(order.root, (report.slug for report in broken), replaced, notice)


def _exchange(order: plan.BuildOrder, finished: dict[str, Path], say: Say) -> None:
    """Replace the live folders by the finished ones, after a copy of what is not of a build was made and told."""
    outputs = {} if order.preview else {name: archive.digests_of(folder) for name, folder in finished.items()}
    for name, digests in outputs.items():
        own_files.keep(order.root, name, own_files.own_in(order.root, name), say)
        own_files.announce(order.root, name, digests)
    writer.exchange(order.root, finished)
    for name, digests in outputs.items():
        own_files.settle(order.root, name, digests)


def _write_docs(order: plan.BuildOrder, composed: ComposedSite, stage: Stage, say: Say) -> compose_cache.SiteInputs:
    """Write `docs/`, the MkDocs settings and the files beside the sources; return and cache what the next steps need."""
    root = order.root
    with stage("写 docs/", f"{len(composed.docs)} 个文件"):
        for name, data in composed.report_files.items():
            writer.write_bytes(root / name, data)
        writer.write_text(root / mkdocs_config.GENERATED, composed.configuration)
        if not (root / mkdocs_config.CONFIG).exists():
            writer.write_bytes(root / mkdocs_config.CONFIG, (paths.shipped() / mkdocs_config.CONFIG).read_bytes())
        docs = {name: text.encode() for name, text in composed.docs.items()}
        digests = {name: own_files.digest_of(data) for name, data in docs.items()}
        own_files.keep(root, "docs", own_files.edited_in(root, "docs", docs), say)
        own_files.announce(root, "docs", digests)
        writer.sync_folder(root / "docs", docs)
        own_files.settle(root, "docs", digests)
    inputs = compose_cache.SiteInputs(
        composed.slugs, composed.name, composed.moment, composed.dates, composed.graphs, composed.site_files
    )
    if not composed.broken:  # their faults are to be told again
        compose_cache.save(root, order, inputs)
    return inputs


def _tools(order: plan.BuildOrder, site_settings: settings.Settings, say: Say) -> tuple[FoundFonts | None, Path | None]:
    """Return the fonts and the path of the signing key (None for no signature); None for both with `order.only_site`.

    Report by `say` what is missing, before the work starts.
    """
    if order.only_site:
        return None, None
    from workreport.archive import making
    from workreport.project import fonts

    found = fonts.find()
    for line in making.missing_tools(site_settings, found):
        say(line)
    return found, making.signing_key(site_settings, order.root)


def _job(order: plan.BuildOrder, composed: ComposedSite, site_settings: settings.Settings, fonts: FoundFonts) -> Job:
    from workreport.archive.task import Job
    from workreport.build.report_folder import BESIDE_SOURCE

    return Job(
        composed.publication, site_settings, order.root, composed.name, composed.moment, composed.indexes,
        BESIDE_SOURCE, fonts,
    )  # fmt: skip


def _not_made(name: str, reason: str) -> str:
    """The line for a file that could not be made; all others are made."""
    return f"{name} 没有做成（{reason}），其余照做。"


def _write_data_and_pictures(
    job: Job, data: Iterable[Mapping[str, bytes]], site: Path, stage: Stage, missing: Say
) -> None:
    """Write the `data` files into the site, and the pictures unless `site.toml` switches them off.

    `missing` gets a line for each picture that cannot be drawn.
    """
    from workreport.archive.making import mark, pictures

    with stage("数据", "JSON、CSV、XLSX"):
        for files in data:
            for name, content in files.items():
                writer.write_bytes(site / name, content, durable=False)
    with stage("图标", "地方的首字"):
        for name, content in mark(job, lambda path, why: missing(_not_made(path, why))).items():
            writer.write_bytes(site / name, content, durable=False)
    if job.settings.build.pictures:
        with stage("图片", "一图读懂、分享卡片"):
            for name, content in pictures(job, lambda path, why: missing(_not_made(path, why))):
                writer.write_bytes(site / name, content, durable=False)


def _make_archive(job: Job, staging: Path, key: Path | None, stage: Stage, missing: Say) -> Path:
    """Make all wanted archive files of the finished `staging/site` in `staging/archive`; return that folder.

    `missing` gets a line for each file that cannot be made.
    """
    from workreport.archive import making

    folder = staging / "archive"
    folder.mkdir()
    for name, reason in making.make(job, staging / "site", folder, key, stage).items():
        missing(_not_made(name, reason))
    return folder


def outdated(root: Path) -> bool:
    """Whether `archive/` was made from other report texts than `site/` (see `archive.is_outdated`)."""
    return archive.is_outdated(root / "site", root / "archive")


def clean(root: Path, say: Say) -> tuple[str, ...]:
    """Remove `site/`, `archive/` and all caches of the project `root`; return the names of what was removed.

    Files of the publisher's own in those folders are copied first, and `say` gets a line about them; such copies stay.
    """
    removed = []
    # The lock and the staging folder are in use by this very command.
    stay = {"lock", "staging", Path(own_files.RECORD).name, Path(own_files.REPLACED).name}
    with writer.lock_project(root, say):
        for name in plain_tree.OUTPUTS:
            own_files.keep(root, name, own_files.own_in(root, name), say)
        cached = sorted(p.name for p in (root / writer.WORK).iterdir() if p.name not in stay)
        for name in (*plain_tree.OUTPUTS, *(f"{writer.WORK}/{cache}" for cache in cached)):
            if (root / name).exists():
                writer.remove_folder(root / name)
                removed.append(name)
    return tuple(removed)
