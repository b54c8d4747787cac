"""Knows the offline zip: the whole site in one folder, its list of digests, and the page that checks it by that list.

Leaves the zip to `zips` and the words about other forms to `offers`. The page stands in `templates/verify/` as it is;
beside it comes the list as a script, since a page opened from a disk cannot read its neighbours.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from typing import TYPE_CHECKING

from workreport.project import writer
from workreport.archive import downloads, zips
from workreport.website import tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

ENDING = downloads.OFFLINE
MANIFEST = "manifest-sha256.txt"
"""The digests of all other files of the zip, at the top of its folder, as `sha256sum -c` reads them."""

VERIFY = "verify"
LIST = f"{VERIFY}/list.js"
STYLE = f"{VERIFY}/verify.css"
STYLES = "assets/workreport.css"
PARTS = ("digest.js", "index.html", "verify.css", "verify.js")
"""The files of `templates/verify`."""

OWN = frozenset({MANIFEST, LIST, *(f"{VERIFY}/{part}" for part in PARTS)})
"""What the zip holds beside the site."""

LONGEST_PATH = 200
"""Windows takes 259 characters in all; this leaves room for the folder that a reader unpacks into."""

_PACKED = (".png", ".jpg", ".webp", ".woff2", ".xlsx", ".zip", ".gz", ".pdf", ".epub")


def members(
    site: Path,
    files: Sequence[str],
    *,
    name: str,
    title: str,
    formats: Sequence[str],
    slugs: Sequence[str] = (),
    verifier: Path,
) -> Iterator[zips.Member]:
    """The files of `<name>-offline.zip`, sorted, in one folder of that name.

    `files` are the paths of the finished site, `title` what the page that checks calls it, `formats` the names of all
    files that are handed over, `slugs` those of the reports, `verifier` the folder `templates/verify`. Nothing but these arguments goes in.
    Raises `writer.WriteError` for a path that some system cannot hold.
    """
    folder = f"{name}{ENDING}".removesuffix(".zip")
    taken = sorted(set(files) & OWN)
    if taken:
        raise writer.WriteError(f"{taken[0]!r}：离线版留作自用的名字，请给网站里的这个文件改名。")
    check_paths([f"{name}{ENDING}", *(f"{folder}/{file}" for file in (*files, *OWN))])
    own = {f"{VERIFY}/{part}": (verifier / part).read_bytes() for part in PARTS}
    own[STYLE] = tokens.load(verifier.parent).filled(own[STYLE].decode()).encode()
    if (styles := site / STYLES).is_file():
        own[STYLE] = _colours(styles.read_bytes()) + own[STYLE]

    def content(file: str) -> bytes:
        data = own.get(file)
        if data is not None:
            return data
        return _page(site / file, file, downloads.of_page(formats, file, slugs), f"{name}{ENDING}")

    known = [(file, *_facts(content(file))) for file in sorted((*files, *own))]
    own[LIST] = _script(folder, title or name, sorted([*known, (LIST, 0, "")]))
    known.append((LIST, *_facts(own[LIST])))
    own[MANIFEST] = "".join(f"{sum_}  {file}\n" for file, _, sum_ in sorted(known)).encode()
    # Read anew, so that a large site need not stand in memory twice.
    every = sorted((*files, *own))
    return (zips.Member(f"{folder}/{file}", content(file), stored=file.endswith(_PACKED)) for file in every)


def check_paths(paths: Iterable[str]) -> None:
    """Every path fit for Windows, Linux, macOS and FAT: names, length in all, case, one Unicode form.

    Raises `writer.WriteError` for the first that is not.

    >>> check_paths(["town-offline/town/1/index.html"])
    """
    names = sorted(paths)
    writer.safe_names(names)
    for path in names:
        if len(path.encode("utf-16-le")) > 2 * LONGEST_PATH:
            raise writer.WriteError(f"{path!r}：路径过长（连文件夹至多 {LONGEST_PATH} 字），Windows 解不开，请改短。")
        if unicodedata.normalize("NFC", path) != path:
            raise writer.WriteError(f"{path!r}：含有拆开书写的字形，macOS 会改写它，请改名。")


def _page(path: Path, file: str, formats: Sequence[str], own: str) -> bytes:
    data = path.read_bytes()
    if not file.endswith(".html"):
        return data
    return downloads.filled(data, downloads.inside(formats, own, f"{'../' * file.count('/')}{VERIFY}/index.html"))


def _colours(styles: bytes) -> bytes:
    """The publisher's colour, as pages have it: the rules before the first words of our own styles."""
    return styles.partition(b"/*")[0]


def _facts(data: bytes) -> tuple[int, str]:
    return len(data), hashlib.sha256(data).hexdigest()


def _script(folder: str, title: str, files: Sequence[tuple[str, int, str]]) -> bytes:
    """The list as a script: path, size and digest, a file a line; its own line is empty, as it cannot hold itself."""
    facts = json.dumps({"title": title, "folder": folder}, ensure_ascii=False)
    rows = ",\n".join(json.dumps(row, ensure_ascii=False) for row in files)
    text = f"globalThis.workreportList = {{...{facts}, files: [\n{rows}\n]}};\n"
    return text.replace("<", "\\u003c").encode()
