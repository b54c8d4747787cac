"""Knows the list of archive files that a page shows, and how the list is put into the finished page.

A page of the website lists the files with size and digest. A copy of that page inside an archive file only names the
other files and mentions `SHA256SUMS`: no file can hold its own digest. Leaves the forms to `forms`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from workreport.archive import forms
from workreport.archive.sums import FILE as SUMS
from workreport.archive.sums import SIGNATURE
from workreport.project.form_ids import OFFLINE_COPY
from workreport.website import markup
from workreport.website.template_loader import html_part

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


PLACE = "data-archives"
"""Attribute of the elements whose content becomes the list of files; unchanged where there are no archive files."""

_HOLDERS = ("div", "section")
"""The elements that may have the attribute `PLACE`."""


@dataclass(frozen=True, slots=True)
class ArchiveFile:
    """An archive file: its name, size in bytes, and SHA-256 in hex ("" for `SHA256SUMS` and its signature)."""

    name: str
    size: int
    digest: str


_PROOFS = {
    SUMS: ("下载校验值", "以上各文件的 SHA-256。把它与下载的文件放在同一文件夹，才能证明文件未改。"),
    SIGNATURE: ("下载签名", "发布者对 SHA256SUMS 的 minisign 签名，用发布者公布的公钥核对。"),
}
"""Link text and explanation of the two files that belong to no form."""


def in_order(names: Iterable[str]) -> list[str]:
    """File names in the order of the list: by the row of their form, then by name; `SHA256SUMS` and its signature last.

    >>> in_order(["SHA256SUMS", "b.epub", "a.epub", "a.html"])
    ['a.html', 'a.epub', 'b.epub', 'SHA256SUMS']
    """
    proofs = list(_PROOFS)

    def order(name: str) -> tuple[int, int, str]:
        return forms.position(name), proofs.index(name) if name in proofs else -1, name

    return sorted(names, key=order)


def on_site(files: Sequence[ArchiveFile], up: str) -> str:
    """The list as HTML for a page of the website: each file with size, purpose, SHA-256; then help on checking.

    `up` is the relative address of the folder that holds the files, without a slash at the end.

    >>> '<code>00ff</code>' in on_site([ArchiveFile("a.pdf", 2_000_000, "00ff")], "../archive")
    True
    """
    by_name = {file.name: file for file in files}
    found = (forms.form_of(name) for name in by_name)
    return html_part("download/on_site", files=[_offered(by_name[name], f"{up}/{quote(name)}") for name in in_order(by_name)],
        offline=next((form for form in found if form and form.id == OFFLINE_COPY), None),
        signed=SIGNATURE in by_name,
    )


@dataclass(frozen=True, slots=True)
class _Offered:
    """An archive file as a page offers it; `digest` is "" for one that is not in `SHA256SUMS`."""

    name: str
    link: str
    words: str
    use: str
    size: str
    digest: str


def _offered(file: ArchiveFile, link: str) -> _Offered:
    form = forms.form_of(file.name)
    if form:
        words, use, digest = f"下载{form.title}", form.purpose + form.how_to_check, file.digest
    else:
        words, use = _PROOFS.get(file.name, ("下载", ""))
        digest = ""
    return _Offered(file.name, link, words, use, shown_size(file.size), digest)


def in_archive(names: Sequence[str], own: str, verify: str = "") -> str:
    """The list as HTML for a copy of a page inside the archive file `own`: the other files' names, no digest.

    `names` are the names of all archive files; those of no form (`SHA256SUMS`, its signature) are not listed. `verify`
    is the relative address of the page that checks this copy, "" where there is none.
    """
    listed = ((name, forms.form_of(name)) for name in in_order(names) if name != own)
    others = [(name, form) for name, form in listed if form]
    return html_part("download/in_archive", own=own, form=forms.form_of(own), verify=verify, others=others, sums=SUMS)


def fill(page: bytes, content: str) -> bytes:
    """The finished page with `content` as the inner HTML of every element that has the attribute `data-archives`.

    A page without such an element is returned unchanged.

    >>> fill(b"<div data-archives>a<div>b</div></div>c", "<p>d</p>")
    b'<div data-archives><p>d</p></div>c'
    """
    if PLACE.encode() not in page:
        return page
    text = page.decode(errors="surrogateescape")
    places = [tag for tag in markup.tags(text, _HOLDERS) if tag.get(PLACE)]
    edits = [(tag.end, _inner_end(text, tag), content) for tag in places]
    return markup.edited(text, edits).encode(errors="surrogateescape")


def same_page(one: bytes, other: bytes) -> bool:
    """Whether two pages are equal except for their lists of archive files."""
    return one == other or (PLACE.encode() in one and fill(one, "") == fill(other, ""))


def shown_size(count: int) -> str:
    """A number of bytes as text with one decimal: MB (1,000,000 bytes) from 100,000 bytes on, else KB, at least 0.1 KB.

    >>> shown_size(1_234_567), shown_size(512)
    ('1.2 MB', '0.5 KB')
    """
    return f"{count / 1_000_000:.1f} MB" if count >= 100_000 else f"{max(count / 1000, 0.1):.1f} KB"


def _inner_end(page: str, tag: markup.Tag) -> int:
    """The offset where the content of an element ends; the end of the page where the element is not closed."""
    depth = 1
    for found in re.compile(rf"(?i:<(/?){tag.name})(?=[\s/>])").finditer(page, tag.end):
        depth += -1 if found[1] else 1
        if depth == 0:
            return found.start()
    return len(page)
