"""Knows how a finished website becomes a web archive (WACZ 1.1.1) with one WARC 1.1 record for each address.

The same website gives the same bytes: ids are made from the content, and the caller gives the date. A record is about
ten header lines and a file, so no library is needed to write it. Leaves the zip format to `zips`.
"""

from __future__ import annotations

import hashlib
import json
import re
import struct
import uuid
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from html import unescape
from urllib.parse import quote, urlsplit

from workreport.archive import zips
from workreport.project import media_types
from workreport.project.media_types import media_type

VERSION = "1.1.1"
WARC = "data.warc.gz"
"""The file of the WACZ with all records."""
NOT_FOUND = "404.html"
"""The error page: it is archived, but left out of the list of pages."""
INDEX = "index.html"
REPEATED = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
"""The profile of a revisit record: its content is the same as that of the record it refers to."""

_TITLE = re.compile(r"<title[^<>]*>([^<]*)</title", re.IGNORECASE)
_GZIP = (
    b"\x1f\x8b\x08\0\0\0\0\0\2\xff"  # a gzip header without name, time and system; zlib's own differs between systems
)


@dataclass(frozen=True, slots=True)
class WebArchiveInfo:
    """The metadata of a web archive: the website's address (`base`), title, description; the program that made it."""

    base: str
    title: str
    description: str
    software: str


@dataclass(frozen=True, slots=True)
class _Record:
    """A gzipped WARC record; `urlkey` is its sort key in the index, `entry` its index line.

    Warcinfo is not in the index.
    """

    data: bytes
    urlkey: str = ""
    entry: Mapping[str, str] | None = None


def base(address: str, name: str) -> str:
    """The address of the archived website; for "" one under .invalid, a domain that never exists (RFC 2606).

    >>> base("", "gongshu-2024"), base("https://www.example.gov.cn/gzbg/", "gongshu-2024")
    ('https://gongshu-2024.invalid/', 'https://www.example.gov.cn/gzbg/')
    """
    return address or f"https://{name}.invalid/"


def pack(site: Mapping[str, bytes], info: WebArchiveInfo, moment: date) -> bytes:
    """The bytes of a WACZ file; `site` is the content of the website's files by path.

    Every record is dated `moment`, midnight UTC. The address of a folder (".../") gets a revisit record that refers to
    the folder's `index.html`.
    """
    lines = []
    offset = 0
    packed = []
    for record in _records(site, info, moment):
        if record.entry:
            entry = {**record.entry, "length": str(len(record.data)), "offset": str(offset), "filename": WARC}
            lines.append(f"{record.urlkey} {moment:%Y%m%d}000000 {json.dumps(entry, ensure_ascii=True)}\n")
        packed.append(record.data)
        offset += len(record.data)
    warc = b"".join(packed)
    inside = {
        f"archive/{WARC}": warc,
        "indexes/index.cdx": "".join(sorted(lines)).encode(),
        "pages/pages.jsonl": _pages(site, info, moment),
    }
    package = _package(inside, info, moment)
    digest = {"path": "datapackage.json", "hash": f"sha256:{hashlib.sha256(package).hexdigest()}"}
    inside |= {"datapackage.json": package, "datapackage-digest.json": (json.dumps(digest, indent=2) + "\n").encode()}
    return zips.packed(
        (zips.Member(name, data, media_types.is_compressed(name)) for name, data in inside.items()), moment
    )


def _records(site: Mapping[str, bytes], info: WebArchiveInfo, moment: date) -> Iterator[_Record]:
    """The warcinfo record, then a response record for each file, and a revisit record after each `index.html`."""
    fields = {
        "software": info.software,
        "format": "WARC File Format 1.1",
        "isPartOf": _one_line(info.title),
        "description": _one_line(info.description),
    }
    words = "".join(f"{key}: {value}\r\n" for key, value in fields.items()).encode()
    yield _Record(_gzip(_record("warcinfo", moment, words, {
        "WARC-Filename": WARC, "Content-Type": "application/warc-fields",
    }, words), 6))  # fmt: skip
    for name, data in sorted(site.items()):
        yield _response(name, data, info.base, moment)
        if name == INDEX or name.endswith(f"/{INDEX}"):
            yield _revisit(name, data, info.base, moment)


def _response(name: str, data: bytes, base: str, moment: date) -> _Record:
    """The record of a file of the website as the answer to a request for its address."""
    url, payload = base + quote(name), _digest(data)
    head = _http(name, len(data))
    headers = {
        "WARC-Target-URI": url,
        "WARC-Payload-Digest": payload,
        "Content-Type": "application/http;msgtype=response",
    }
    block = head + data
    entry = {"url": url, "mime": media_type(name), "status": "200", "digest": payload}
    level = 0 if media_types.is_compressed(name) else 6
    return _Record(_gzip(_record("response", moment, block, headers, url.encode()), level), _urlkey(url), entry)


def _revisit(name: str, data: bytes, base: str, moment: date) -> _Record:
    """The record of a folder's address, without content: it refers to the record of the folder's `index.html`."""
    url, payload = base + quote(name.removesuffix(INDEX)), _digest(data)
    headers = {
        "WARC-Target-URI": url,
        "WARC-Payload-Digest": payload,
        "WARC-Refers-To-Target-URI": base + quote(name),
        "WARC-Refers-To-Date": _time(moment),
        "WARC-Profile": REPEATED,
        "Content-Type": "application/http;msgtype=response",
    }
    entry = {"url": url, "mime": "warc/revisit", "status": "200", "digest": payload}
    block = _http(name, len(data))
    return _Record(_gzip(_record("revisit", moment, block, headers, url.encode()), 6), _urlkey(url), entry)


def _http(name: str, length: int) -> bytes:
    """The HTTP headers of the answer with a file of `length` bytes."""
    kind = media_type(name)
    coded = "; charset=utf-8" if kind.startswith("text/") else ""
    return f"HTTP/1.1 200 OK\r\nContent-Type: {kind}{coded}\r\nContent-Length: {length}\r\n\r\n".encode()


def _record(kind: str, moment: date, block: bytes, headers: Mapping[str, str], name: bytes) -> bytes:
    """One WARC record. `block` is its content; its id is made from `kind`, `block` and `name` (the address)."""
    digest = _digest(block)
    own = uuid.uuid5(uuid.NAMESPACE_URL, f"{kind} {digest} {hashlib.sha256(name).hexdigest()}")
    lines = {
        "WARC-Type": kind,
        "WARC-Record-ID": f"<urn:uuid:{own}>",
        "WARC-Date": _time(moment),
        **headers,
        "WARC-Block-Digest": digest,
        "Content-Length": str(len(block)),
    }
    head = "".join(f"{key}: {value}\r\n" for key, value in lines.items())
    return b"WARC/1.1\r\n" + head.encode() + b"\r\n" + block + b"\r\n\r\n"


def _gzip(data: bytes, level: int) -> bytes:
    """One record as a gzip member of its own: a reader can start at each record. `level` is 0 (stored) to 9."""
    packer = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
    body = packer.compress(data) + packer.flush()
    return _GZIP + body + struct.pack("<II", zlib.crc32(data), len(data) & 0xFFFFFFFF)


def _pages(site: Mapping[str, bytes], info: WebArchiveInfo, moment: date) -> bytes:
    """The list of pages as JSON lines, the front page first.

    The title of a page without `title` element is its path.
    """
    lines: list[dict[str, str]] = [{"format": "json-pages-1.0", "id": "pages", "title": info.title}]
    pages = (name for name in site if name.endswith(".html") and name != NOT_FOUND)
    for name in sorted(pages, key=lambda name: (name != INDEX, name)):
        found = _TITLE.search(site[name].decode(errors="replace"))
        title = _one_line(unescape(found[1])) if found else name
        url = info.base + quote(name)
        own = uuid.uuid5(uuid.NAMESPACE_URL, url).hex
        lines.append({"id": own, "url": url, "ts": _time(moment), "title": title})
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode()


def _package(inside: Mapping[str, bytes], info: WebArchiveInfo, moment: date) -> bytes:
    """The bytes of `datapackage.json`: the metadata, and the digests of all files in `inside`."""
    resources = [
        {"name": path.rsplit("/", 1)[-1], "path": path, "hash": _digest(data), "bytes": len(data)}
        for path, data in inside.items()
    ]
    package = {
        "profile": "data-package",
        "wacz_version": VERSION,
        "title": info.title,
        "description": info.description,
        "created": _time(moment),
        "mainPageUrl": info.base + INDEX,
        "mainPageDate": _time(moment),
        "software": info.software,
        "resources": resources,
    }
    return (json.dumps(package, ensure_ascii=False, indent=2) + "\n").encode()


def _urlkey(url: str) -> str:
    """The sort key of an address in the index (SURT): host name reversed, without "www", all in lower case.

    >>> _urlkey("https://www.example.gov.cn/gzbg/1/3/"), _urlkey("https://a.invalid/")
    ('cn,gov,example)/gzbg/1/3', 'invalid,a)/')
    """
    parts = urlsplit(url.lower())
    host = re.sub(r"^www\d*\.", "", parts.hostname or "")
    port = f":{parts.port}" if parts.port else ""
    return f"{','.join(reversed(host.split('.')))}{port}){parts.path.rstrip('/') or '/'}"


def _time(moment: date) -> str:
    return f"{moment.isoformat()}T00:00:00Z"


def _digest(data: bytes) -> str:
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def _one_line(text: str) -> str:
    return " ".join(text.split())
