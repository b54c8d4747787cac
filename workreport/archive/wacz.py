"""Knows how a finished site becomes a web archive: WACZ 1.1.1, one WARC 1.1 record for each address, the same bytes always.

Leaves the site to `site` and the zip to `zips`. A record is ten header lines and a file, so that it is written here and
warcio, a library for crawlers, stays the judge that reads it back; ids follow from the words, dates from the report.
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

VERSION = "1.1.1"
WARC = "data.warc.gz"
NOT_FOUND = "404.html"
"""The page for lost readers is kept as a file, and is no page of the list."""
INDEX = "index.html"
REPEATED = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"

_TYPES = {
    "atom": "application/atom+xml",
    "css": "text/css",
    "csv": "text/csv",
    "epub": "application/epub+zip",
    "gif": "image/gif",
    "gz": "application/gzip",
    "html": "text/html",
    "ico": "image/vnd.microsoft.icon",
    "jpg": "image/jpeg",
    "js": "text/javascript",
    "json": "application/json",
    "jsonld": "application/ld+json",
    "md": "text/markdown",
    "pdf": "application/pdf",
    "png": "image/png",
    "svg": "image/svg+xml",
    "txt": "text/plain",
    "webmanifest": "application/manifest+json",
    "webp": "image/webp",
    "woff2": "font/woff2",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xml": "application/xml",
    "zip": "application/zip",
}
_PACKED = frozenset({"epub", "gif", "gz", "jpg", "pdf", "png", "webp", "woff2", "xlsx", "zip"})
_TITLE = re.compile(r"<title[^<>]*>([^<]*)</title", re.IGNORECASE)
_GZIP = b"\x1f\x8b\x08\0\0\0\0\0\2\xff"  # no name, no time, no system: zlib's own would differ from one to the other


@dataclass(frozen=True, slots=True)
class Place:
    """What an archive says of itself: where its site stands, what it is called, and which program made it."""

    base: str
    title: str
    description: str
    software: str


@dataclass(frozen=True, slots=True)
class _Record:
    """A record as it lies in the file: `urlkey` orders the index, `entry` is its line there."""

    data: bytes
    urlkey: str = ""
    entry: Mapping[str, str] | None = None


def base(address: str, name: str) -> str:
    """Where the archived site stands: the site's own address, or one that can never exist (RFC 2606).

    >>> base("", "gongshu-2024"), base("https://www.example.gov.cn/gzbg/", "gongshu-2024")
    ('https://gongshu-2024.invalid/', 'https://www.example.gov.cn/gzbg/')
    """
    return address or f"https://{name}.invalid/"


def media_type(name: str) -> str:
    """The media type of a file by its name; the tables of the machine are not asked, since they differ.

    >>> media_type("a/indicators.xlsx"), media_type("b.unknown")
    ('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'application/octet-stream')
    """
    return _TYPES.get(_ending(name), "application/octet-stream")


def pack(site: Mapping[str, bytes], place: Place, moment: date) -> bytes:
    """The finished site (path to content) as one WACZ file.

    Every record says `moment`, midnight UTC, as the time it was taken. What a server answers for a folder is a revisit
    of its `index.html`. Raises `writer.WriteError` for a name that no zip may hold.
    """
    lines = []
    offset = 0
    packed = []
    for record in _records(site, place, moment):
        if record.entry:
            entry = {**record.entry, "length": str(len(record.data)), "offset": str(offset), "filename": WARC}
            lines.append(f"{record.urlkey} {moment:%Y%m%d}000000 {json.dumps(entry, ensure_ascii=True)}\n")
        packed.append(record.data)
        offset += len(record.data)
    warc = b"".join(packed)
    inside = {
        f"archive/{WARC}": warc,
        "indexes/index.cdx": "".join(sorted(lines)).encode(),
        "pages/pages.jsonl": _pages(site, place, moment),
    }
    package = _package(inside, place, moment)
    digest = {"path": "datapackage.json", "hash": f"sha256:{hashlib.sha256(package).hexdigest()}"}
    inside |= {"datapackage.json": package, "datapackage-digest.json": (json.dumps(digest, indent=2) + "\n").encode()}
    return zips.packed((zips.Member(name, data, name.endswith(".gz")) for name, data in inside.items()), moment)


def _records(site: Mapping[str, bytes], place: Place, moment: date) -> Iterator[_Record]:
    """The record about the archive, then one for each address."""
    told = {
        "software": place.software,
        "format": "WARC File Format 1.1",
        "isPartOf": _one_line(place.title),
        "description": _one_line(place.description),
    }
    words = "".join(f"{key}: {value}\r\n" for key, value in told.items()).encode()
    yield _Record(_gzip(_record("warcinfo", moment, words, {
        "WARC-Filename": WARC, "Content-Type": "application/warc-fields",
    }, words), 6))  # fmt: skip
    for name, data in sorted(site.items()):
        yield _response(name, data, place.base, moment)
        if name == INDEX or name.endswith(f"/{INDEX}"):
            yield _revisit(name, data, place.base, moment)


def _response(name: str, data: bytes, base: str, moment: date) -> _Record:
    url, payload = base + quote(name), _digest(data)
    head = _http(name, len(data))
    headers = {
        "WARC-Target-URI": url,
        "WARC-Payload-Digest": payload,
        "Content-Type": "application/http;msgtype=response",
    }
    block = head + data
    entry = {"url": url, "mime": media_type(name), "status": "200", "digest": payload}
    level = 0 if _ending(name) in _PACKED else 6
    return _Record(_gzip(_record("response", moment, block, headers, url.encode()), level), _urlkey(url), entry)


def _revisit(name: str, data: bytes, base: str, moment: date) -> _Record:
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
    kind = media_type(name)
    coded = "; charset=utf-8" if kind.startswith("text/") else ""
    return f"HTTP/1.1 200 OK\r\nContent-Type: {kind}{coded}\r\nContent-Length: {length}\r\n\r\n".encode()


def _record(kind: str, moment: date, block: bytes, headers: Mapping[str, str], name: bytes) -> bytes:
    """One WARC record; its id follows from what it is called and what it holds."""
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
    """One member of its own for each record, so that a reader can go straight to it."""
    packer = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
    body = packer.compress(data) + packer.flush()
    return _GZIP + body + struct.pack("<II", zlib.crc32(data), len(data) & 0xFFFFFFFF)


def _pages(site: Mapping[str, bytes], place: Place, moment: date) -> bytes:
    """The list of pages with their titles; the front first."""
    lines: list[dict[str, str]] = [{"format": "json-pages-1.0", "id": "pages", "title": place.title}]
    pages = (name for name in site if name.endswith(".html") and name != NOT_FOUND)
    for name in sorted(pages, key=lambda name: (name != INDEX, name)):
        found = _TITLE.search(site[name].decode(errors="replace"))
        title = _one_line(unescape(found[1])) if found else name
        url = place.base + quote(name)
        own = uuid.uuid5(uuid.NAMESPACE_URL, url).hex
        lines.append({"id": own, "url": url, "ts": _time(moment), "title": title})
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode()


def _package(inside: Mapping[str, bytes], place: Place, moment: date) -> bytes:
    resources = [
        {"name": path.rsplit("/", 1)[-1], "path": path, "hash": _digest(data), "bytes": len(data)}
        for path, data in inside.items()
    ]
    package = {
        "profile": "data-package",
        "wacz_version": VERSION,
        "title": place.title,
        "description": place.description,
        "created": _time(moment),
        "mainPageUrl": place.base + INDEX,
        "mainPageDate": _time(moment),
        "software": place.software,
        "resources": resources,
    }
    return (json.dumps(package, ensure_ascii=False, indent=2) + "\n").encode()


def _urlkey(url: str) -> str:
    """The address as an index sorts it: the host turned round, without www, the path in lower case (SURT).

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


def _ending(name: str) -> str:
    return name.rpartition(".")[2].lower() if "." in name.rpartition("/")[2] else ""


def _one_line(text: str) -> str:
    return " ".join(text.split())
