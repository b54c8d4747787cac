"""Knows how a finished site becomes files to hand over: the offline zip, the sums, and the places where pages offer them.

Leaves the site to `site` and the proof to `check`. The date is the report's: the same site gives the same bytes.
"""

from __future__ import annotations

import hashlib
import re
import shutil
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

from workreport import markup, writer
from workreport.archive import zips

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

SUMS = "SHA256SUMS"
OFFLINE = "-offline.zip"
COPIES = "archive"
"""The folder of the site that holds the copies for download; no archive holds it."""

PLACE = "data-archives"
"""An element with this attribute has its content replaced by the list of archives; offline its own words stand."""

_HOLDERS = ("div", "section")
_USES = {OFFLINE: ("下载离线版", "解压后打开 index.html 即可阅读、搜索，不需要网络。")}
_OTHER_USE = ("下载", "")


def names_in(folder: Path) -> list[str]:
    """The files below a folder, as sorted relative paths with "/"; the order of bytes, not of a language."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def pack(site: Path, archive: Path, *, name: str, moment: date) -> Path:
    """Write `<name>-offline.zip` of the finished site into the folder `archive`; all stands in one folder of that name.

    The bytes depend on the names and contents of the files and on `moment` alone. Call it before `offer`: no file can
    carry the digest of the archive it stands in. Raises `WriteError` for a name that some system cannot hold. `name`
    is the slug, or the publication's name where there are several reports.
    """
    folder = f"{name}{OFFLINE}".removesuffix(".zip")
    target = archive / f"{folder}.zip"
    files = packed_names(site)
    writer.safe_names([target.name, *(f"{folder}/{file}" for file in files)])
    with writer.writing(target) as out:
        zips.fill(out, (zips.Member(f"{folder}/{file}", (site / file).read_bytes()) for file in files), moment)
    return target


def packed_names(site: Path) -> list[str]:
    """What of a finished site belongs into its archive: everything but the archives."""
    return [file for file in names_in(site) if not file.startswith(f"{COPIES}/")]


def same_page(one: bytes, other: bytes) -> bool:
    """Whether two pages differ at most by what they offer for download."""
    return one == other or (PLACE.encode() in one and _filled_bytes(one, "") == _filled_bytes(other, ""))


def digest(path: Path) -> str:
    """The SHA-256 of a file, lower-case hex."""
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def write_sums(archive: Path) -> None:
    """Write `SHA256SUMS` over every file of the folder, as `sha256sum -c` reads it."""
    names = [name for name in names_in(archive) if name != SUMS]
    writer.safe_names(names)
    writer.write_text(archive / SUMS, "".join(f"{digest(archive / name)}  {name}\n" for name in names))


def offer(site: Path, archive: Path | None) -> None:
    """Copy the archives into the site, and let each page that has a place for it list them with size and SHA-256.

    Call it last, after `pack` and `write_sums`; with None, where no archive was made, the pages keep their own words.
    """
    names = names_in(archive) if archive else []
    if not archive or not names:
        return
    for name in names:
        with writer.writing(site / COPIES / name, durable=False) as out, (archive / name).open("rb") as source:
            shutil.copyfileobj(source, out)
    for file in packed_names(site):
        data = (site / file).read_bytes() if file.endswith(".html") else b""
        if PLACE.encode() in data:
            up = "../" * file.count("/") + COPIES
            rows = "".join(_row(archive / name, f"{up}/{quote(name)}") for name in sorted(names, key=SUMS.__eq__))
            filled = _filled_bytes(data, f'<ul class="files">{rows}</ul>')
            writer.write_bytes(site / file, filled, durable=False)


def _row(path: Path, link: str) -> str:
    name = escape(path.name)
    if path.name == SUMS:
        return f'<li><a href="{link}" download>下载校验值</a>{name}：以上文件的 SHA-256，可用 sha256sum -c 核对。</li>'
    verb, use = next((words for end, words in _USES.items() if path.name.endswith(end)), _OTHER_USE)
    return (
        f'<li><a href="{link}" download>{verb}</a>{name}，{_size(path.stat().st_size)}。{use}'
        f"SHA-256：<code>{digest(path)}</code></li>"
    )


def _size(count: int) -> str:
    return f"{count / 1_000_000:.1f} MB" if count >= 100_000 else f"{max(count / 1000, 0.1):.1f} KB"


def _filled_bytes(page: bytes, content: str) -> bytes:
    text = page.decode(errors="surrogateescape")
    places = [tag for tag in markup.tags(text, _HOLDERS) if tag.get(PLACE)]
    edits = [(tag.end, _inner_end(text, tag), content) for tag in places]
    return markup.edited(text, edits).encode(errors="surrogateescape")


def _inner_end(page: str, tag: markup.Tag) -> int:
    """Where the content of an element ends; the pages are our own and close what they open."""
    depth = 1
    for found in re.compile(rf"(?i:<(/?){tag.name})(?=[\s/>])").finditer(page, tag.end):
        depth += -1 if found[1] else 1
        if depth == 0:
            return found.start()
    return len(page)
