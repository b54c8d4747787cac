"""Knows one publication before it writes: its folders, the versions already there, and whether it may go ahead.

Removes what a killed publication left. Leaves writing the new version to `version_folder`, `link_switch` and
`pointer_switch`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from workreport import archive
from workreport.project import paths, writer
from workreport.publish import record, version_pages
from workreport.publish.record import VERSION_FILE, VERSION_LIST, VERSIONS, VersionList
from workreport.website import tokens

LINKS, POINTER = "links", "pointer"
"""The two ways to lead readers to the newest version: symbolic links, or a script file that names it."""
CURRENT_LINK = "current"
"""In the work folder of a served folder: the link to the newest version that all stable addresses lead through."""
POINTER_FILE = "current.js"
JOURNAL = "publishing"
"""In the work folder: names the version that is being written."""
STABLE_FOLDERS = "roots"
"""In the work folder: what the stable addresses show, one folder a version."""
NOT_KEPT = frozenset({"404.html", "sitemap.xml", "sitemap.xml.gz"})
"""Files of a site as a whole: an older version's copy is of no use at the stable address."""

Say = Callable[[str], None]


class PublishError(Exception):
    """Nothing was published and readers see what they saw; the message says why and what to do."""


@dataclass(slots=True)
class PublishJob:
    """One publication: where it comes from and goes to, and what is known before anything is written.

    `name`: the new version; `versions`: those already published; `files`: SHA-256 of the site's files by path;
    `stamp`: modification time of new files; `removed`: addresses that the new version lacks, with the version that
    last had each; `interrupted`: a publication killed earlier was cleaned up; `shared`: hard links made so far.
    """

    site: Path
    to: Path
    staging: Path
    templates: Path
    how: str
    name: str
    versions: VersionList | None
    files: dict[str, str]
    stamp: int
    frame: version_pages.Frame
    interrupted: bool
    removed: dict[str, str] = field(default_factory=dict)
    shared: int = 0

    def template(self, name: str) -> str:
        """The text of a template of `templates/publish/`; a style has its colours and typefaces filled in."""
        text = (self.templates / name).read_text(encoding="utf-8")
        return tokens.load(self.templates.parent).filled(text) if name.endswith(".css") else text

    def version_folder(self, name: str) -> Path:
        """Where a version stands in the served folder."""
        return self.to / VERSIONS / name

    def newest_before(self) -> str:
        """The newest version so far, "" where there is none."""
        return self.versions.newest() if self.versions else ""


def check_folders(root: Path, site: Path, to: Path) -> None:
    """Raise `PublishError` where the served folder lies inside an output of the project, contains it, or is a file."""
    for made in (site, root / "archive", root / "docs", root / "reports"):
        if to.resolve().is_relative_to(made.resolve()):
            raise PublishError(f"{to} 在 {made} 之内，构建时会被换掉。请另选一个文件夹。")
    if root.resolve().is_relative_to(to.resolve()):
        raise PublishError(f"{to} 就是项目文件夹或包含它，不能用来发布。请另选一个文件夹。")
    if to.exists() and not to.is_dir():
        raise PublishError(f"{to} 不是文件夹。请另选一个。")


def prepare(root: Path, site: Path, to: Path, staging: Path, day: str, say: Say, *, plain: bool) -> PublishJob:
    """Read what was published before, clean up after a killed publication, and choose name and way of switching.

    `day` (ISO date) begins the version's name; `plain` asks for the pointer file. Raises `PublishError`.
    """
    _complete_pointer(to)
    versions = _published_versions(to)
    if versions and plain and versions.how != POINTER:
        raise PublishError(f"{to} 是用链接发布的，不能改用 --plain。请另选一个文件夹。")
    interrupted = _remove_interrupted(to, versions)
    how = versions.how if versions else POINTER if plain else LINKS
    if how == LINKS and not writer.supports_links(staging):
        if versions:
            raise PublishError(f"{to} 是用链接发布的，但现在不能在里面建立链接。请检查权限，或另选一个文件夹。")
        say("这里不能建立链接，改为不用链接发布（--plain）：最后写指针文件。")
        how = POINTER
    templates = root / "templates" / "publish"
    if not templates.is_dir():
        templates = paths.shipped() / "templates" / "publish"
    name = _next_name(to, day, versions)
    files = record.digests_of(site)
    stamp = writer.timestamp_after(to / VERSIONS / VERSION_LIST)
    job = PublishJob(
        site, to, staging, templates, how, name, versions, files, stamp, frame(site, how, name), interrupted
    )
    _check_names(job)
    return job


def _next_name(to: Path, day: str, versions: VersionList | None) -> str:
    known = [name for name, _ in versions.versions] if versions else []
    taken = [*known, *(path.name for path in (to / VERSIONS).glob(f"{day}.*"))]
    numbers = [int(found[2]) for name in taken if (found := record.NAME.fullmatch(name)) and found[1] == day]
    return f"{day}.{max(numbers, default=0) + 1}"


def frame(site: Path, how: str, version: str) -> version_pages.Frame:
    """The page of the site whose frame the pages about versions take.

    With links its links count from the stable address, else from the new version's folder.
    """
    path = site / version_pages.FRAME
    if not path.is_file():
        raise PublishError(f"网站里没有 {version_pages.FRAME}，历次版本的页面无从排起。请用 build.py 重新构建。")
    at = version_pages.FRAME if how == LINKS else f"{VERSIONS}/{version}/{version_pages.FRAME}"
    page = version_pages.fill_version_line(path.read_text(encoding="utf-8"), version_pages.line_of_newest(at))
    return version_pages.Frame(page, at)


def _complete_pointer(to: Path) -> None:
    """Write the pointer file of a publication that was killed just before it: its version is complete and listed."""
    journal, prepared = to / writer.WORK / JOURNAL, to / writer.WORK / POINTER_FILE
    if journal.is_file() and prepared.is_file():
        listed = record.read_version_list(to / VERSIONS / VERSION_LIST)
        name = journal.read_text(encoding="utf-8").strip()
        if listed and listed.how == POINTER and name == listed.newest() == _pointed_at(prepared):
            writer.write_without_rename(to / POINTER_FILE, prepared.read_bytes())


def _pointed_at(pointer: Path) -> str | None:
    found = re.search(r'"version": "([^"]*)"', pointer.read_text(encoding="utf-8"))
    return found[1] if found else None


def _published_versions(to: Path) -> VersionList | None:
    """The versions up to the one that readers are led to."""
    pointer = to / POINTER_FILE
    newest = None
    if pointer.is_file():
        newest = _pointed_at(pointer)
    elif not (to / writer.WORK / CURRENT_LINK).is_symlink():
        return None
    return record.read_version_list(to / VERSIONS / VERSION_LIST, newest)


def _remove_interrupted(to: Path, versions: VersionList | None) -> bool:
    """Remove the version that a killed publication was writing, and stable folders out of use. True where one was killed."""
    journal = to / writer.WORK / JOURNAL
    known = {name for name, _ in versions.versions} if versions else set()
    interrupted = journal.is_file()
    if interrupted:
        name = journal.read_text(encoding="utf-8").strip()
        if record.NAME.fullmatch(name) and name not in known:
            writer.remove_folder(to / VERSIONS / name)
            writer.remove_folder(to / writer.WORK / STABLE_FOLDERS / name)
    # The stable folder before the newest stays: a reader's request may have just been led into it.
    recent = {name for name, _ in versions.versions[-2:]} if versions else set()
    folders = to / writer.WORK / STABLE_FOLDERS
    for old in sorted(folders.iterdir()) if folders.is_dir() else ():
        if old.name not in recent:
            writer.remove_folder(old)
    return interrupted


def _check_names(job: PublishJob) -> None:
    """Raise `PublishError` where a foreign file would be overwritten, or the site uses a name that publishing needs."""
    tops = {name.partition("/")[0] for name in job.files}
    for name in (VERSIONS, writer.WORK, POINTER_FILE, VERSION_FILE):
        if name in tops:
            raise PublishError(f"网站里的 {name} 与发布所用的名称相同。请给这份报告另取短名（reports/ 里的文件夹名）。")
    for name in sorted(tops) if job.how == LINKS else [n for n in job.files if has_redirect(n)]:
        if not _is_ours(job.to / name):
            raise PublishError(f"{job.to / name} 不是发布的内容，没有覆盖。请移走它，或另选一个文件夹。")
    for path in (job.to / VERSIONS / VERSION_LIST, job.to / version_pages.LIST_PAGE):
        if job.versions is None and not job.interrupted and path.exists():
            raise PublishError(f"{path} 已经存在，却没有发布的记录。请另选一个文件夹，或移走 {job.to / VERSIONS}。")


def has_redirect(name: str) -> bool:
    """Whether a file gets a redirect page at its stable address where there are no links: pages only."""
    return name.endswith(".html") and name not in NOT_KEPT


def is_page(name: str) -> bool:
    """Whether a file is a page of the site. A single-file copy for download is not: its digest is public, so it stays."""
    return name.endswith(".html") and not name.startswith(f"{archive.COPIES}/")


def _is_ours(path: Path) -> bool:
    """Whether the path is free or was written by an earlier publication."""
    if path.is_symlink():
        return path.readlink().parts[0] == writer.WORK
    if not path.exists():
        return True
    if not path.is_file():
        return False
    with path.open("rb") as page:
        return f" {version_pages.REDIRECT_MARK} ".encode() in page.read(400)
