"""Knows how the site of an earlier version is got back from the served folder as it was built, to be published once more.

Each file is proven by the digest in the version's record. Leaves publishing it to `publishing`.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from workreport.project import writer
from workreport.publish import publish_job, record, version_pages
from workreport.publish.publish_job import PublishError
from workreport.publish.record import VERSION_FILE, VERSIONS
from workreport.website import citations, markup

if TYPE_CHECKING:
    from pathlib import Path

    from workreport.publish.record import Version

HOME = f"{writer.WORK}/earlier"
"""The folder of a project in which the site of an earlier version stands while it is published again, as `site/`."""
_ADDED = "version-history"
"""The relation of the first link that publishing puts at the end of a page's head (`templates/publish/head.html.j2`)."""


def known_versions(to: Path) -> list[Version | str]:
    """Return the versions in the served folder `to`, the newest first; one whose folder was deleted is its name.

    Raises `PublishError` and `record.RecordError`.
    """
    versions = publish_job.published_versions(to.absolute()) if to.is_dir() else None
    names = [name for name, _ in reversed(versions.versions)] if versions else []
    return [record.read_version(to / VERSIONS / name / VERSION_FILE) or name for name in names]


def restored(root: Path, to: Path, name: str) -> Path:
    """Write the site of the version `name` in the served folder `to` as it was built; return the folder that has `site/`.

    That folder can be given to `publish` and `planned_version` as their project. Raises `PublishError` if there is no such
    version, or if a file of it is not as it was published.
    """
    to = to.absolute()
    publish_job.check_folders(root, to)
    versions = publish_job.published_versions(to)
    names = [known for known, _ in versions.versions] if versions else []
    folder = to / VERSIONS / name
    version = record.read_version(folder / VERSION_FILE) if name in names else None
    if version is None:
        known = "、".join(reversed(names)) or "—"
        raise PublishError(f"{to} 里没有 {name} 这一版，或它的文件夹已经删去。还在的有：{known}。")
    home = root / HOME
    writer.remove_folder(home)
    references = _references(folder, version)
    for path, digest in sorted(version.files.items()):
        data = _as_built(folder / path, digest, references.get(path))
        if data is None:
            raise PublishError(
                f"{folder / path} 和发布时不同，或由另一版本的程序发布，还原不出原来的样子，没有做。请改回报告，再发布。"
            )
        writer.write_bytes(home / "site" / path, data, durable=False)
        if path.startswith("archive/"):
            writer.write_bytes(home / path, data, durable=False)
    return home


def _as_built(path: Path, digest: str, reference: str | None) -> bytes | None:
    """The bytes of a file before publishing added to them, None if they cannot be proven."""
    if not path.is_file() or path.is_symlink():
        return None
    data = path.read_bytes()
    candidates = [data] if reference is None else [data, reference.encode()]
    if path.suffix == ".html":
        candidates.append(_without_versions(data.decode(errors="replace")).encode())
    return next((one for one in candidates if hashlib.sha256(one).hexdigest() == digest), None)


def _without_versions(page: str) -> str:
    """A page of a version without its line on versions and the links in its head; the way back of `fill_version_line`."""
    edits = []
    end = page.find("</head>")
    added = [tag.start for tag in markup.tags(page, ["link"]) if tag.end <= end and _is_added(tag)]
    if added:
        edits.append((added[-1], end, ""))
    for tag in markup.tags(page, ["p"]):
        if tag.get(version_pages.LINE_PLACE) and not tag.get("hidden"):
            edits += [(tag.end - 1, tag.end - 1, " hidden"), (tag.end, page.index("</p>", tag.end), "")]
    return markup.edited(page, edits)


def _is_added(tag: markup.Tag) -> bool:
    relation = tag.get("rel")
    return relation is not None and relation.value == _ADDED


def _references(folder: Path, version: Version) -> dict[str, str]:
    """The files of references as they were built, without the version in each entry, by path."""
    made: dict[str, str] = {}
    for path in version.files:
        home, _, last = path.rpartition("/")
        if last == citations.TEXTS and (folder / path).is_file():
            files = citations.files_of((folder / path).read_text(encoding="utf-8"))
            made |= {f"{home}/{name}": text for name, text in files.items()}
    return made
