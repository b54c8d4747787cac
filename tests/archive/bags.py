"""Makes bags as a build does, and reads bags and the web archives in them with the standard library alone."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from dataclasses import dataclass
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from workreport import archive
from workreport.analysis import links
from workreport.archive import bag, downloads, preservation, wacz, zips
from workreport.build import report_folder, report_reader
from workreport.ingest.formats import sidecar
from workreport.model import Publication, Reading
from workreport.project import paths, settings

BESIDE = (*report_folder.PUBLISHER_FILES, sidecar.TEXT, sidecar.MAP)
"""The names of files that may lie beside a source."""


def readings(project: Path) -> tuple[Reading, ...]:
    """Every report of a project, read from its source as a build does."""
    known = report_reader.load_vocabularies(*paths.vocabularies_of(project))
    found = []
    for folder in report_folder.report_folders(project, None):
        path = report_folder.source_file(folder)
        found.append(
            report_reader.read_report(path, folder.name, known, folder, f"reports/{folder.name}/{path.name}").reading
        )
    return tuple(found)


def metadata_of(
    published: Publication, facts: settings.Settings | None = None, moment: date = date(2024, 2, 21)
) -> preservation.BagMetadata:
    """The metadata of the bag of a publication, dated `moment`; default settings where `facts` is None."""
    facts = facts or settings.Settings()
    name = published.readings[0].meta.slug if len(published.readings) == 1 else "reports"
    return preservation.metadata(
        published, facts, [paths.shipped() / "templates"], name=name, base=wacz.base(facts.address, name),
        moment=moment, source_files=BESIDE, file_name=f"{name}-bag.zip",
    )  # fmt: skip


def bag_of(project: Path, facts: settings.Settings) -> bytes:
    """The bag of a built project with other settings; the download lists of the pages in it are empty."""
    published = links.publish(readings(project), facts.title)
    moment = max((r.meta.date for r in published.readings if r.meta.date), default=paths.UNDATED)
    told = metadata_of(published, facts, moment)
    payload = bag.project_files(project, project / "site", told.files, archive.site_files(project / "site"))
    # The website lists archive files with digests; the pages in a bag do not.
    payload = {name: downloads.fill(data, "") if name.endswith(".html") else data for name, data in payload.items()}
    return zips.packed(bag.members(told, payload, moment), moment)


def files_of(packed: bytes) -> dict[str, bytes]:
    """Every file of a zip by its name."""
    with zipfile.ZipFile(io.BytesIO(packed)) as bundle:
        assert bundle.testzip() is None
        return {name: bundle.read(name) for name in bundle.namelist()}


def unpacked(packed: bytes, folder: Path) -> Path:
    """Unpack a zip into the empty folder `folder`; return the one folder that is in it."""
    with zipfile.ZipFile(io.BytesIO(packed)) as bundle:
        bundle.extractall(folder)
    (top,) = folder.iterdir()
    return top


@dataclass(frozen=True)
class Record:
    """A WARC record: its headers and HTTP headers by lower-case name, its block, and the HTTP payload in the block."""

    headers: dict[str, str]
    http: dict[str, str]
    block: bytes
    payload: bytes


def record(data: bytes) -> Record:
    """The record in one gzip member; asserts that its form is correct."""
    plain = gzip.decompress(data)
    head, _, rest = plain.partition(b"\r\n\r\n")
    version, *lines = head.decode().split("\r\n")
    assert version == "WARC/1.1"
    headers = {key.lower(): value for key, value in (line.split(": ", 1) for line in lines)}
    block, end = rest[: int(headers["content-length"])], rest[int(headers["content-length"]) :]
    assert end == b"\r\n\r\n"
    http: dict[str, str] = {}
    payload = b""
    if headers["content-type"].startswith("application/http"):
        first, _, payload = block.partition(b"\r\n\r\n")
        status, *fields = first.decode().split("\r\n")
        assert status == "HTTP/1.1 200 OK"
        http = {key.lower(): value for key, value in (line.split(": ", 1) for line in fields)}
    return Record(headers, http, block, payload)


def index(files: dict[str, bytes]) -> list[dict[str, Any]]:
    """The lines of a web archive's index as dicts, with the keys "key" and "time" added; `files` is content by path."""
    found = []
    for line in files["indexes/index.cdx"].decode().splitlines():
        key, time, entry = line.split(" ", 2)
        found.append({"key": key, "time": time, **json.loads(entry)})
    return found


def records(files: dict[str, bytes]) -> dict[str, Record]:
    """Record by address, each read at the offset that the index states."""
    warc = files["archive/data.warc.gz"]
    return {
        entry["url"]: record(warc[int(entry["offset"]) : int(entry["offset"]) + int(entry["length"])])
        for entry in index(files)
    }


class _Words(HTMLParser):
    """The characters of all elements marked `data-text`, in order."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words = ""
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("br", "wbr", "img", "meta", "link", "input", "hr"):
            self._open.append((tag, any(key == "data-text" for key, _ in attrs)))

    def handle_endtag(self, tag: str) -> None:
        while self._open and any(name == tag for name, _ in self._open) and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if any(marked for _, marked in self._open):
            self.words += data


def text_of(page: bytes) -> str:
    """The text of the report on a page, without white space."""
    parser = _Words()
    parser.feed(page.decode())
    return "".join(parser.words.split())


def repaired(source: str, listed: bytes) -> str:
    """The source text with the applied repairs; `listed` is the content of a bag's repairs.json."""
    rows = [r for r in json.loads(listed)["repairs"] if r["status"] == "applied" and r["by"] != "reading"]
    made, at = "", 0
    for row in sorted(rows, key=lambda r: (r["start"], r["end"])):
        assert source[row["start"] : row["end"]] == row["before"], row
        made += source[at : row["start"]] + row["after"]
        at = row["end"]
    return made + source[at:]
