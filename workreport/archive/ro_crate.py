"""Knows the RO-Crate 1.1 metadata of a bag: who published it, what each file is, which file was made from which.

Leaves collecting the metadata to `preservation`, and the files to `bag`. The payload is the root of the crate: paths
are relative to it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypeAlias
from urllib.parse import quote

from workreport.archive import dating
from workreport.archive.preservation import BagMetadata, BagReport
from workreport.ingest.formats import format_table
from workreport.project.media_types import media_type
from workreport.website.pages.dataset import is_address

VERSION = "1.1"
CONTEXT = f"https://w3id.org/ro/crate/{VERSION}/context"
NO_LICENCE = "发布者没有写明使用许可。The publisher names no licence."

_FOLDERS = {
    "docs/": ("Markdown", "网站的 Markdown 原稿 / the site as Markdown, as it was generated"),
    "site/": ("网站", "完整网站，从 site/index.html 打开 / the finished site; open site/index.html"),
}
"""Name and description of the folders that the metadata describes as a whole, not file by file."""
Value: TypeAlias = "str | int | Sequence[Value] | Mapping[str, Value]"
"""The value of a JSON-LD property."""
Entity: TypeAlias = "dict[str, Value]"
"""A JSON-LD entity: its properties by name, "@id" and "@type" among them."""


def crate(metadata: BagMetadata, sizes: Mapping[str, int], moment: date) -> bytes:
    """The bytes of `ro-crate-metadata.json`; `sizes` has the size in bytes of every file of the payload, by path.

    RO-Crate requires a date of publication: it is `moment`. Where no report states a date, the description says that
    `moment` is not the date of a report.
    """
    graph = _Graph()
    graph.add("ro-crate-metadata.json", "CreativeWork", {
        "conformsTo": _ref(f"https://w3id.org/ro/crate/{VERSION}"), "about": _ref("./"),
    })  # fmt: skip
    parts = [name for name in sizes if not name.startswith(tuple(_FOLDERS))]
    inside = [folder for folder in _FOLDERS if any(name.startswith(folder) for name in sizes)]
    works = [f"#report-{r.slug}" for r in metadata.reports]
    graph.add("./", "Dataset", {
        "name": metadata.title, "description": dating.described(metadata.description, [r.day for r in metadata.reports], moment),
        "datePublished": moment.isoformat(),
        "inLanguage": "zh-Hans", "identifier": metadata.name, "license": _ref(_licence(metadata)),
        "author": _refs([f"#speaker-{r.slug}" for r in metadata.reports if r.speaker]),
        "publisher": _ref("#publisher") if metadata.publisher else "",
        "about": _refs(works), "hasPart": _refs(sorted([*parts, *inside])),
        "url": metadata.base if not metadata.base.endswith(".invalid/") else "",
    })  # fmt: skip
    for report in metadata.reports:
        _report(graph, report, metadata)
        _data(graph, report, metadata, sizes)
    _files(graph, metadata, parts, sizes)
    for folder in inside:
        title, words = _FOLDERS[folder]
        about = [f"#indicators-{r.slug}" for r in metadata.reports] if folder == "site/" else []
        graph.add(folder, "Dataset", {"name": title, "description": words, "mentions": _refs(about)})
    _making(graph, metadata, parts, inside)
    if metadata.publisher:
        graph.add("#publisher", "Organization", {
            "name": metadata.publisher, "url": metadata.contact if is_address(metadata.contact) else "",
            "email": metadata.contact if "@" in metadata.contact and not is_address(metadata.contact) else "",
        })  # fmt: skip
    graph.add(_licence(metadata), "CreativeWork", {
        "name": metadata.licence or metadata.licence_page or NO_LICENCE,
        "description": metadata.licence or metadata.licence_page or NO_LICENCE,
    })  # fmt: skip
    return graph.text()


def _report(graph: _Graph, report: BagReport, metadata: BagMetadata) -> None:
    """Add the report as a work, with the files that hold its text; add its speaker, meeting and place where known."""
    speaker, meeting, place = (f"#{word}-{report.slug}" for word in ("speaker", "meeting", "place"))
    graph.add(f"#report-{report.slug}", "CreativeWork", {
        "name": report.name, "datePublished": report.day, "inLanguage": "zh-Hans",
        "author": _ref(speaker) if report.speaker else "",
        "publisher": _ref("#publisher") if metadata.publisher else "",
        "contentLocation": _ref(place) if report.place else "",
        "recordedAt": _ref(meeting) if report.meeting else "",
        "encoding": _refs([report.source, report.original, report.text]),
    })  # fmt: skip
    if report.speaker:
        graph.add(speaker, "Person", {"name": report.speaker, "jobTitle": report.office})
    if report.dataset.creator:
        graph.add(f"#creator-{report.slug}", "GovernmentOrganization", {"name": report.dataset.creator})
    if report.meeting:
        graph.add(meeting, "Event", {"name": report.meeting, "startDate": report.day})
    if report.place:
        graph.add(place, "Place", {"name": report.place, "identifier": report.dataset.place_code})


def _data(graph: _Graph, report: BagReport, metadata: BagMetadata, sizes: Mapping[str, int]) -> None:
    """Add one entity for the data files of a report (in the website); none where there are no such files.

    The paths are only in its description, not entities of their own: common validators do not find a file whose path
    has a folder `data`, since the payload folder of a bag has that name too.
    """
    names = sorted(name for name in sizes if name.startswith(f"site/{report.slug}/data/"))
    if names:
        facts = report.dataset
        graph.add(f"#indicators-{report.slug}", "CreativeWork", {
            "name": facts.title, "description": facts.description, "keywords": list(facts.keywords), "inLanguage": "zh-Hans",
            "disambiguatingDescription": "、".join(names),
            "encodingFormat": sorted({_kind(name) for name in names}),
            "datePublished": facts.published, "temporalCoverage": facts.period,
            "spatialCoverage": _ref(f"#place-{report.slug}") if facts.place else "",
            "creator": _ref(f"#creator-{report.slug}") if facts.creator else "",
            "publisher": _ref("#publisher") if facts.publisher else "",
            "license": _ref(_licence(metadata)), "url": facts.identifier,
            "isBasedOn": _ref(report.text), "about": _ref(f"#report-{report.slug}"),
        })  # fmt: skip


def _files(graph: _Graph, metadata: BagMetadata, parts: Sequence[str], sizes: Mapping[str, int]) -> None:
    """Add each file of `parts`: size, media type, description, and the file that it was made from."""
    described = {f"web/{metadata.name}.wacz": "网站的网页存档（WACZ） / the site as a web archive (WACZ)"}
    based = {f"web/{metadata.name}.wacz": "site/"}
    for r in metadata.reports:
        described |= {
            r.source: "来源文件，一字节未动 / the source, byte for byte as it came",
            r.original: "来源的文字，UTF-8 纯文本 / the words of the source as plain text",
            r.text: "修复后的正文，UTF-8 纯文本 / the text with the listed repairs, plain",
            r.repairs: "每一处修复：位置、前后文字、理由 / every repair: where, before, after, why",
        }
        based |= {r.original: r.source, r.text: r.original}
    for name in parts:
        entity = _file(name, sizes[name], described.get(name, ""))
        if name in based:
            entity["isBasedOn"] = _ref(based[name])
        for r in metadata.reports:
            if name == r.source:
                entity |= {"sha256": r.sha256, "encodesCreativeWork": _ref(f"#report-{r.slug}")}
        graph.add(name, "File", entity)


def _file(name: str, size: int, about: str) -> Entity:
    title = name.rpartition("/")[2]
    return {"name": title, "description": about, "encodingFormat": _kind(name), "contentSize": str(size)}


def _kind(name: str) -> str:
    """The media type of a file of the payload, from the table of source formats or else from `media_types`."""
    return format_table.media_type(name) or media_type(name)


def _making(graph: _Graph, metadata: BagMetadata, parts: Sequence[str], inside: Sequence[str]) -> None:
    """Add the action that made all other files from those in reports/, and the programs and libraries used."""
    given = sorted(name for name in parts if name.startswith("reports/"))
    made = sorted([*(name for name in parts if name not in set(given)), *inside])
    graph.add("#making", "CreateAction", {
        "name": "由来源生成其余一切 / everything else made from the sources", "instrument": _ref("#workreport"),
        "object": _refs(given), "result": _refs(made),
    })  # fmt: skip
    graph.add("#workreport", "SoftwareApplication", {
        "name": "workreport", "softwareVersion": metadata.version,
        "softwareRequirements": _refs(["#library-python", *(f"#library-{name}" for name, _ in metadata.libraries)]),
    })  # fmt: skip
    graph.add("#library-python", "SoftwareApplication", {"name": "Python", "softwareVersion": metadata.python})
    for name, version in metadata.libraries:
        graph.add(f"#library-{name}", "SoftwareApplication", {"name": name, "softwareVersion": version})


class _Graph:
    """The JSON-LD entities, in the order in which they are added."""

    def __init__(self) -> None:
        self._entities: list[Entity] = []

    def add(self, name: str, kind: str, values: Mapping[str, Value]) -> None:
        """Add an entity: its path or id, its type, its properties; a property whose value is "" or [] is left out."""
        entity: Entity = {"@id": _id(name), "@type": kind}
        entity |= {key: value for key, value in values.items() if value not in ("", [])}
        self._entities.append(entity)

    def text(self) -> bytes:
        """The whole document as UTF-8 JSON."""
        context: Value = [CONTEXT, {"sha256": "https://schema.org/sha256"}]
        return (
            json.dumps({"@context": context, "@graph": self._entities}, ensure_ascii=False, indent=1) + "\n"
        ).encode()


def _id(name: str) -> str:
    """The id of an entity: an address or "#…" unchanged, a path percent-encoded."""
    return name if name.startswith(("#", "./", "http://", "https://")) else quote(name)


def _ref(name: str) -> Entity:
    return {"@id": _id(name)}


def _refs(names: Sequence[str]) -> Value:
    """The references to these entities as a list; a single one by itself, as RO-Crate recommends."""
    found = [_ref(name) for name in names]
    return found[0] if len(found) == 1 else found


def _licence(metadata: BagMetadata) -> str:
    """The id of the licence: its address, or "#licence" where it has none."""
    return metadata.licence_page or "#licence"
