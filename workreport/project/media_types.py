"""Knows for the files that the program makes, by their names, the media type and whether they are compressed already.

The one table for data packages, web archive, RO-Crate, zips and `templates/publish/nginx-report.conf`. Python's `mimetypes` is
not used: it reads tables of the machine, which differ. Leaves the formats that are read to `ingest.formats.format_table`.
"""

from __future__ import annotations

from dataclasses import dataclass

UNKNOWN = "application/octet-stream"
"""The media type of a file whose ending is not in the table."""


@dataclass(frozen=True, slots=True)
class FileType:
    """One row: the ending in lower case without its dot, the media type, and whether such files are compressed already.

    `named_for_nginx`: our nginx-report.conf and Caddyfile must name this type, because the `mime.types` of nginx 1.18 lacks it or differs.
    """

    ending: str
    media_type: str
    compressed: bool = False
    named_for_nginx: bool = False


FILE_TYPES = (
    FileType("atom", "application/atom+xml"),
    FileType("bib", "application/x-bibtex", named_for_nginx=True),
    FileType("css", "text/css"),
    FileType("csv", "text/csv", named_for_nginx=True),
    FileType("epub", "application/epub+zip", compressed=True, named_for_nginx=True),
    FileType("gif", "image/gif", compressed=True),
    FileType("gz", "application/gzip", compressed=True),
    FileType("html", "text/html"),
    FileType("ico", "image/vnd.microsoft.icon", named_for_nginx=True),
    FileType("jpg", "image/jpeg", compressed=True),
    FileType("js", "text/javascript", named_for_nginx=True),
    FileType("json", "application/json"),
    FileType("jsonl", "application/x-ndjson", named_for_nginx=True),
    FileType("jsonld", "application/ld+json", named_for_nginx=True),
    FileType("link", "application/link-format", named_for_nginx=True),
    FileType("md", "text/markdown", named_for_nginx=True),
    FileType("minisig", "text/plain", named_for_nginx=True),
    FileType("pdf", "application/pdf", compressed=True),
    FileType("png", "image/png", compressed=True),
    FileType("ris", "application/x-research-info-systems", named_for_nginx=True),
    FileType("sha256", "text/plain", named_for_nginx=True),
    FileType("svg", "image/svg+xml"),
    FileType("toml", "application/toml"),
    FileType("txt", "text/plain"),
    FileType("wacz", "application/wacz", compressed=True, named_for_nginx=True),
    FileType("webmanifest", "application/manifest+json", named_for_nginx=True),
    FileType("webp", "image/webp", compressed=True),
    FileType("woff2", "font/woff2", compressed=True),
    FileType("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", compressed=True),
    FileType("xml", "application/xml"),
    FileType("yml", "application/yaml"),
    FileType("zip", "application/zip", compressed=True),
)
"""The types of the files that the program makes, sorted by ending."""


def media_type(name: str) -> str:
    """Return the media type of a file by the ending of its name, in any case; `UNKNOWN` if the table lacks the ending.

    >>> media_type("a/indicators.csv"), media_type("b.unknown"), media_type("a.d/LICENSE")
    ('text/csv', 'application/octet-stream', 'application/octet-stream')
    """
    row = _row(name)
    return row.media_type if row else UNKNOWN


def is_compressed(name: str) -> bool:
    """Whether a file of this name is compressed already, so that a zip stores it as it is; False for unknown endings.

    >>> is_compressed("poster.PNG"), is_compressed("text.txt")
    (True, False)
    """
    row = _row(name)
    return row is not None and row.compressed


def _row(name: str) -> FileType | None:
    _, dot, ending = name.rpartition("/")[2].rpartition(".")
    return next((row for row in FILE_TYPES if dot and row.ending == ending.lower()), None)
