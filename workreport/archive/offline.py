"""Knows the offline zip: the whole website in one folder, a list of digests, and a page that checks the files by it.

The checking page is made of `templates/verify/`; it gets the list as a script, since a page opened from a disk may not
read the files beside it. Leaves the zip format to `zips` and the list of archive files on a page to `downloads`.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from typing import TYPE_CHECKING

from workreport.archive import downloads, folder, forms, zips
from workreport.project import media_types, writer
from workreport.website import tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from pathlib import Path
    from typing import BinaryIO

    from workreport.archive.task import Task

MANIFEST = "manifest-sha256.txt"
"""The list of the digests of all other files in the zip, at the top of its folder, as `sha256sum -c` reads it."""

VERIFY = "verify"
"""The folder of the checking page, in the zip and in the templates."""
LIST = f"{VERIFY}/list.js"
"""The list of files as a script for the checking page."""
STYLE = f"{VERIFY}/verify.css"
"""The style of the checking page."""
STYLES = "assets/workreport.css"
"""The style of the website, which begins with the publisher's colour."""
PARTS = ("digest.js", "index.html", "verify.css", "verify.js")
"""The files of `templates/verify`."""

OWN = frozenset({MANIFEST, LIST, *(f"{VERIFY}/{part}" for part in PARTS)})
"""The files that the zip adds to those of the website; the website must not have them."""

LONGEST_PATH = 200
"""The longest path in the zip, in UTF-16 code units. Windows allows 259 in all; the rest is for the reader's folder."""


def make(task: Task, out: BinaryIO) -> None:
    """Write the offline zip of a site into `out`; the row of this form in `forms.FORMS` names this function."""
    pack(
        task.site, out, name=task.name, moment=task.moment, title=task.job.title or task.job.name, archive_files=task.files,
        slugs=task.job.slugs, verifier=task.template_folder(VERIFY),
    )  # fmt: skip


def pack(
    site: Path,
    out: BinaryIO,
    *,
    name: str,
    moment: date,
    verifier: Path,
    title: str = "",
    archive_files: Sequence[str] = (),
    slugs: Sequence[str] = (),
) -> None:
    """Write the finished website as a zip dated `moment`; all files are in one folder, named as the zip without ".zip".

    `name` is the zip's file name; `verifier` the folder `templates/verify`; `title` the name of the website on the
    checking page, by default that of the folder; `archive_files` the names of all archive files, which the pages list;
    `slugs` the slugs of all reports. The bytes depend on the arguments, the templates and the website's files alone.
    Must run before `add_downloads`: no file in the zip can hold the digest of the zip. Raises `writer.WriteError` for a
    path that is not valid on every system, and for a file of the website with a name from `OWN`.
    """
    top = name.removesuffix(".zip")
    files = folder.site_files(site)
    taken = sorted(set(files) & OWN)
    if taken:
        raise writer.WriteError(f"{taken[0]!r}：这个名字离线版留作自用，请给网站里的这个文件改名。")
    check_paths([name, *(f"{top}/{file}" for file in (*files, *OWN))])
    own = {f"{VERIFY}/{part}": (verifier / part).read_bytes() for part in PARTS}
    own[STYLE] = tokens.load(verifier.parent).filled(own[STYLE].decode()).encode()
    if (styles := site / STYLES).is_file():
        own[STYLE] = _colours(styles.read_bytes()) + own[STYLE]

    def content(file: str) -> bytes:
        data = own.get(file)
        if data is not None:
            return data
        return _page(site / file, file, forms.of_page(archive_files, file, slugs), name)

    known = [(file, *_size_and_digest(content(file))) for file in sorted((*files, *own))]
    own[LIST] = _script(top, title or top, sorted([*known, (LIST, 0, "")]))
    known.append((LIST, *_size_and_digest(own[LIST])))
    own[MANIFEST] = "".join(f"{sum_}  {file}\n" for file, _, sum_ in sorted(known)).encode()
    # The files are read a second time, so that a large site need not be held in memory.
    every = sorted((*files, *own))
    members = (zips.Member(f"{top}/{file}", content(file), stored=media_types.is_compressed(file)) for file in every)
    zips.fill(out, members, moment)


def check_paths(paths: Iterable[str]) -> None:
    """Raise `writer.WriteError` where a path is not valid on Windows, Linux, macOS and FAT, or two paths collide.

    Checks the names, paths that differ only in case, the length of each path (`LONGEST_PATH`), and that paths are in
    Unicode normal form NFC.

    >>> check_paths(["town-offline/town/1/index.html"])
    """
    names = sorted(paths)
    writer.safe_names(names)
    for path in names:
        if len(path.encode("utf-16-le")) > 2 * LONGEST_PATH:
            raise writer.WriteError(f"{path!r}：路径过长（连文件夹至多 {LONGEST_PATH} 字），Windows 解不开，请改短。")
        if unicodedata.normalize("NFC", path) != path:
            raise writer.WriteError(f"{path!r}：含有分开书写的组合字符（不是 Unicode NFC），macOS 会改写它，请改名。")


def _page(path: Path, file: str, archive_files: Sequence[str], own: str) -> bytes:
    """The bytes of a file of the website; an HTML page with the list of archive files, as seen from the zip `own`."""
    data = path.read_bytes()
    if not file.endswith(".html"):
        return data
    verify = f"{'../' * file.count('/')}{VERIFY}/index.html"
    return downloads.fill(data, downloads.in_archive(archive_files, own, verify))


def _colours(styles: bytes) -> bytes:
    """The CSS rules with the publisher's colour: everything before the first comment, the start of our own styles."""
    return styles.partition(b"/*")[0]


def _size_and_digest(data: bytes) -> tuple[int, str]:
    return len(data), hashlib.sha256(data).hexdigest()


def _script(folder: str, title: str, files: Sequence[tuple[str, int, str]]) -> bytes:
    """The list as a script: path, size in bytes and SHA-256 of each file; 0 and "" for the script itself."""
    facts = json.dumps({"title": title, "folder": folder}, ensure_ascii=False)
    rows = ",\n".join(json.dumps(row, ensure_ascii=False) for row in files)
    text = f"globalThis.workreportList = {{...{facts}, files: [\n{rows}\n]}};\n"
    return text.replace("<", "\\u003c").encode()
