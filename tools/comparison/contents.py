"""Reads all files of a built project, and the members of its zips, EPUBs, WACZs and WARCs.

Knows how each container is read. Leaves what may differ in a file to `rules`. The path of a member is the container's
path, "!/" and its own path: `archive/a-bag.zip!/a-bag/data/web/a.wacz!/archive/data.warc.gz!/index.html`.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

INSIDE = "!/"
LISTING = "(members)"
"""The name below a container for the list of its members in their order, compared like a file."""

_ZIPS = (".zip", ".epub", ".wacz")
_HIDDEN = (".workreport", ".cache")
_LENGTH = re.compile(rb"\r\nContent-Length: (\d+)")
_CHANGING = re.compile(rb"(WARC-(?:Record-ID|Block-Digest|Payload-Digest)|Content-Length): [^\r]*")

Items = dict[str, bytes]


def of_project(root: Path) -> Items:
    """Return a dict from path to bytes of every file of a built project and every member of its containers.

    Caches are left out, and so are copies in `site/archive/` that equal the file in `archive/`.
    """
    known: dict[bytes, bytes] = {}
    found = {}
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if not path.is_file() or name.startswith(_HIDDEN):
            continue
        data = path.read_bytes()
        twin = root / name.removeprefix("site/")
        if name.startswith("site/archive/") and twin.is_file() and twin.read_bytes() == data:
            continue
        for inner, content in opened(name, data):
            found[inner] = known.setdefault(hashlib.sha256(content).digest(), content)
    return found


def opened(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield (path, bytes) of a file and, if it is a container, of everything inside it, recursively.

    >>> list(opened("a.txt", b"1"))
    [('a.txt', b'1')]
    """
    yield name, data
    if name.endswith(_ZIPS):
        members = _zipped(data)
    elif name.endswith(".warc.gz"):
        members = _records(data)
    else:
        return
    for inner, content in members:
        yield from opened(f"{name}{INSIDE}{inner}", content)


def is_container(name: str) -> bool:
    """Return whether a file is a container, of which the members are compared instead of the file's own bytes.

    >>> is_container("archive/a.epub"), is_container("site/a.html")
    (True, False)
    """
    return name.endswith((*_ZIPS, ".warc.gz"))


def _zipped(data: bytes) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        rows = [
            f"{i.filename} {i.date_time} method {i.compress_type} system {i.create_system} mode {i.external_attr:o}"
            for i in packed.infolist()
        ]
        yield LISTING, "\n".join(rows).encode()
        for info in packed.infolist():
            yield info.filename, packed.read(info)


def _records(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield LISTING with the headers of all records of a WARC, without ids, digests and lengths; then each response's body."""
    whole = gzip.decompress(data)
    at, heads, found = 0, [], []
    while at < len(whole):
        end = whole.index(b"\r\n\r\n", at)
        head = whole[at:end]
        size = _LENGTH.search(head)
        if not size:
            raise ValueError(f"the WARC record at byte {at} has no Content-Length")
        block = whole[end + 4 : end + 4 + int(size[1])]
        at = end + 4 + int(size[1]) + 4
        heads.append(_CHANGING.sub(rb"\1: {}", head))
        address = re.search(rb"WARC-Target-URI: ([^\r]*)", head)
        http, _, payload = block.partition(b"\r\n\r\n") if address else (block, b"", b"")
        heads.append(_CHANGING.sub(rb"\1: {}", http))
        if address and b"WARC-Type: response" in head:
            path = unquote(urlsplit(address[1].decode()).path).lstrip("/")
            found.append((path, payload))
    yield LISTING, b"\r\n\r\n".join(heads)
    yield from found
