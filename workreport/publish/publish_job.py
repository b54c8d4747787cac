"""Knows one publication before it writes: its folders, the versions already published, and whether it is allowed.

Stable addresses are those outside `v/`, which always show the newest version. Removes what a killed publication left.
Leaves writing the new version to `version_folder`, `link_switch` and `pointer_switch`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path, PurePosixPath

from workreport import archive
from workreport.project import paths, plain_tree, writer
from workreport.publish import record, stable_exchange, stable_files, version_pages
from workreport.publish.record import VERSION_FILE, VERSION_LIST, VERSIONS, VersionList
from workreport.publish.stable_files import LEFT_TO_PUBLISHER, STABLE_FOLDERS
from workreport.website import tokens

LINKS, POINTER = "links", "pointer"
"""The two ways to show the newest version at the stable addresses: symbolic links, or a script file that names it."""
CURRENT_LINK = "current"
"""The link in the work folder to the newest stable folder; the entries of the served folder are links through it."""
POINTER_FILE = "current.js"
"""The script file in the served folder that names the newest version; a copy to write it from is in the work folder."""
JOURNAL = "publishing"
"""The file in the work folder that names the version being written; it exists only during a publication."""
NOT_KEPT = LEFT_TO_PUBLISHER | {stable_files.ERROR_PAGE, "sitemap.xml.gz"}
"""Files about a whole site: if a new version lacks one, no page or file of an older version takes its address."""

Say = Callable[[str], None]
"""A function called with a line in Chinese for the user."""


class PublishError(Exception):
    """Nothing was published, and readers see what they saw before; the message says why and what to do."""


@dataclass(slots=True)
class PublishJob:
    """One publication: its folders, and what is known before anything is written.

    `site`: the finished site; `to`: the served folder; `staging`: an empty folder on the same disk; `templates`: the folder
    `templates/publish/`; `how`: `LINKS` or `POINTER`; `name`: the new version; `versions`: those already published, None if
    there are none; `files`: SHA-256 of the site's files by path; `stamp`: modification time of new files, in seconds since
    1970; `day`: the day of this publication; `frame`: the page that gives pages about versions their frame; `interrupted`: a publication killed earlier was
    cleaned up; `removed`: addresses that the new version lacks, with the version that last had each; `shared`: number of
    files of the new version that became hard links; `own`: files at the root of the served folder that are the publisher's own.
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
    day: date
    frame: version_pages.Frame
    interrupted: bool
    removed: dict[str, str] = field(default_factory=dict)
    shared: int = 0
    own: frozenset[str] = frozenset()

    def template(self, name: str) -> str:
        """Return the text of a template of `templates/publish/`; in a .css file, colours and typefaces are filled in."""
        text = (self.templates / name).read_text(encoding="utf-8")
        return tokens.load(self.templates.parent).filled(text) if name.endswith(".css") else text

    def version_folder(self, name: str) -> Path:
        """Return the path of a version's folder in the served folder."""
        return self.to / VERSIONS / name

    def newest_before(self) -> str:
        """Return the name of the newest version so far, "" if there is none."""
        return self.versions.newest() if self.versions else ""


def check_folders(root: Path, to: Path) -> None:
    """Raise `PublishError` if the served folder `to` is unsuitable.

    That is: the project folder `root`, or one around it; a folder inside it that commands read, replace or remove, or that
    begins with a dot; a file. What is published must outlive builds and `clean`, and is no input of theirs.
    """
    if to.resolve() != root.resolve() and to.resolve().is_relative_to(root.resolve()):
        top = to.resolve().relative_to(root.resolve()).parts[0]
        if top.startswith(".") or top in (*plain_tree.INPUTS, *plain_tree.OUTPUTS):
            raise PublishError(f"{to} 在项目的 {top} 之内，构建和 clean 会读它、换掉它或删去它。请另选一个文件夹。")
    if root.resolve().is_relative_to(to.resolve()):
        raise PublishError(f"{to} 就是项目文件夹或包含它，不能用来发布。请另选一个文件夹。")
    if to.exists() and not to.is_dir():
        raise PublishError(f"{to} 不是文件夹。请另选一个。")


def prepare(
    root: Path, site: Path, to: Path, staging: Path, of: str, day: date, say: Say, *, plain: bool
) -> PublishJob:
    """Read what was published before, clean up after a killed publication, and return the new publication.

    The version's name begins with `of`, the date of the newest report (ISO); `day` is the day of publication. A served folder keeps its `LINKS` or `POINTER`; a new one gets `POINTER`
    for `plain` or if links cannot be made there. Raises `PublishError`, `record.RecordError` or `writer.WriteError`.
    """
    _require_plain_versions(to)
    _complete_pointer(to, staging)
    versions = published_versions(to)
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
    name = _next_name(to, of, versions)
    files = archive.digests_of(site)
    stamp = writer.timestamp_after(to / VERSIONS / VERSION_LIST)
    job = PublishJob(
        site,
        to,
        staging,
        templates,
        how,
        name,
        versions,
        files,
        stamp,
        day,
        frame(site, how, name, day.isoformat()),
        interrupted,
    )
    digests = stable_files.published_digests(to, versions) if how == POINTER else {}
    job.own = stable_files.publishers_own(to, digests)
    for name in sorted(job.own & job.files.keys()):
        say(f"提示：{to / name} 不是发布的内容，没有动它；本站的 {name} 在各版里。")
    _check_names(job, digests)
    return job


def _next_name(to: Path, day: str, versions: VersionList | None) -> str:
    """Return `day` and a number that is higher than in all versions of that day, listed or not: "2024-02-21.3"."""
    known = [name for name, _ in versions.versions] if versions else []
    taken = [*known, *(path.name for path in (to / VERSIONS).glob(f"{day}.*"))]
    numbers = [int(found[2]) for name in taken if (found := record.NAME.fullmatch(name)) and found[1] == day]
    return f"{day}.{max(numbers, default=0) + 1}"


def frame(site: Path, how: str, version: str, day: str) -> version_pages.Frame:
    """Return the page of the site whose frame the pages about versions take. Raises `PublishError` if the site lacks it.

    Its links are relative to its stable address with `LINKS`, to its address in the version's folder with `POINTER`.
    """
    path = site / version_pages.FRAME
    if not path.is_file():
        raise PublishError(
            f"网站里没有 {version_pages.FRAME}，历次版本的页面要用它的页眉和页脚。请用 build.py 重新构建。"
        )
    at = version_pages.FRAME if how == LINKS else f"{VERSIONS}/{version}/{version_pages.FRAME}"
    page = version_pages.fill_version_line(
        path.read_text(encoding="utf-8"), version_pages.line_of_newest(at, version_pages.Dated(version, day))
    )
    return version_pages.Frame(page, at)


def _require_plain_versions(to: Path) -> None:
    """Raise `PublishError` if a version's folder, or the list of versions, has something else than plain files and folders.

    With links the list is a link of ours.
    """
    home = to / VERSIONS
    for entry in sorted(home.iterdir()) if home.is_dir() else ():
        listed = entry.name == VERSION_LIST and not entry.is_symlink()
        for path, what in plain_tree.other_than_plain(entry) if listed or record.NAME.fullmatch(entry.name) else ():
            raise PublishError(f"{path} {what}，不是发布的内容，没有读它。请移走它，或从备份恢复这一版。")


def _complete_pointer(to: Path, staging: Path) -> None:
    """Complete a publication that was killed or failed just before its end: its version is complete and listed.

    What is missing are files at stable addresses and the pointer file.
    """
    journal, prepared = to / writer.WORK / JOURNAL, to / writer.WORK / POINTER_FILE
    if journal.is_file() and prepared.is_file():
        listed = record.read_version_list(to / VERSIONS / VERSION_LIST)
        name = journal.read_text(encoding="utf-8").strip()
        if listed and listed.how == POINTER and name == listed.newest() == _pointed_at(prepared):
            before = listed.versions[-2][0] if len(listed.versions) > 1 else ""
            own = stable_files.publishers_own(to, stable_files.published_digests(to, listed))
            stable_exchange.exchange(to, staging, name, before, own, {}, {POINTER_FILE: prepared.read_bytes()})


def _pointed_at(pointer: Path) -> str | None:
    """Return the version that a pointer file names, None if it names none."""
    found = re.search(r'"version": "([^"]*)"', pointer.read_text(encoding="utf-8"))
    return found[1] if found else None


def published_versions(to: Path) -> VersionList | None:
    """Return the versions up to the one that the stable addresses show; None if nothing was published."""
    pointer = to / POINTER_FILE
    newest = None
    if pointer.is_file():
        newest = _pointed_at(pointer)
    elif not (to / writer.WORK / CURRENT_LINK).is_symlink():
        return None
    return record.read_version_list(to / VERSIONS / VERSION_LIST, newest)


def _remove_interrupted(to: Path, versions: VersionList | None) -> bool:
    """Remove the version that a killed publication was writing, and stable folders that are out of use.

    Return whether a publication was killed.
    """
    journal = to / writer.WORK / JOURNAL
    known = {name for name, _ in versions.versions} if versions else set()
    interrupted = journal.is_file()
    if interrupted:
        name = journal.read_text(encoding="utf-8").strip()
        if record.NAME.fullmatch(name) and name not in known:
            writer.remove_folder(to / VERSIONS / name)
            writer.remove_folder(to / writer.WORK / STABLE_FOLDERS / name)
    # Keep the stable folders of the two newest versions: the web server may still answer a request from the older one.
    recent = {name for name, _ in versions.versions[-2:]} if versions else set()
    folders = to / writer.WORK / STABLE_FOLDERS
    for old in sorted(folders.iterdir()) if folders.is_dir() else ():
        if old.name not in recent:
            writer.remove_folder(old)
    return interrupted


def _check_names(job: PublishJob, digests: Mapping[str, Collection[str]]) -> None:
    """Raise `PublishError` if the publication would use names that it must not.

    That is: the site has a file or folder with a name that publishing needs; a file in the served folder that no publication
    wrote (`digests` are those of all published files) would be overwritten; or there is a list of versions although nothing
    was published.
    """
    # With links the entries of the served folder are our own links; all else that is a link leads somewhere foreign.
    written = {VERSIONS} if job.how == LINKS else {VERSIONS, *job.files}
    for folder in sorted({part for name in written for part in (name, *map(str, PurePosixPath(name).parents))} - {"."}):
        if (job.to / folder).is_symlink():
            raise PublishError(f"{job.to / folder} 是符号链接，写入会落到别处。请换成普通文件夹。")
    tops = {name.partition("/")[0] for name in job.files}
    for name in (VERSIONS, writer.WORK, POINTER_FILE, VERSION_FILE):
        if name in tops:
            raise PublishError(f"网站里的 {name} 与发布所用的名称相同。请给这份报告另取短名（reports/ 里的文件夹名）。")
    for name in sorted((tops if job.how == LINKS else job.files.keys()) - job.own):
        if not stable_files.is_ours(job.to / name, {*digests.get(name, ()), job.files.get(name, "")}):
            raise PublishError(f"{job.to / name} 不是发布的内容，没有覆盖。请移走它，或另选一个文件夹。")
    for path in (job.to / VERSIONS / VERSION_LIST, job.to / version_pages.LIST_PAGE):
        if job.versions is None and not job.interrupted and path.exists():
            raise PublishError(f"{path} 已经存在，却没有发布的记录。请另选一个文件夹，或移走 {job.to / VERSIONS}。")
