"""Knows how a bag is told to machines: RO-Crate 1.1 metadata, who said it, what each file is, what was made of what.

Leaves the facts to `pages.keeping` and the files to `bag`. Paths count from the payload, which is the crate's root.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol, TypeAlias
from urllib.parse import quote

from workreport.archive import dating, wacz
from workreport.ingest.formats import format_table

VERSION = "1.1"
CONTEXT = f"https://w3id.org/ro/crate/{VERSION}/context"
NO_LICENCE = "发布者没有写明使用许可。The publisher names no licence."

_BAGIT_FOLDERS = {
    "docs/": ("Markdown", "网站的 Markdown 原稿 / the site as Markdown, as it was generated"),
    "site/": ("网站", "完整网站，从 site/index.html 打开 / the finished site; open site/index.html"),
}
_KINDS = {
    "toml": "application/toml",
    "wacz": "application/wacz",
    "yml": "application/yaml",
}

Value: TypeAlias = "str | int | Sequence[Value] | Mapping[str, Value]"
Entity: TypeAlias = "dict[str, Value]"


class ReportFacts(Protocol):
    """What is told of one report. Dates are ISO or ""; `source` counts from the payload."""

    @property
    def slug(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def day(self) -> str: ...
    @property
    def speaker(self) -> str: ...
    @property
    def office(self) -> str: ...
    @property
    def place(self) -> str: ...
    @property
    def meeting(self) -> str: ...
    @property
    def source(self) -> str: ...
    @property
    def sha256(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def original(self) -> str: ...
    @property
    def repairs(self) -> str: ...


class Facts(Protocol):
    """What is told of the whole."""

    @property
    def name(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def description(self) -> str: ...
    @property
    def publisher(self) -> str: ...
    @property
    def contact(self) -> str: ...
    @property
    def licence(self) -> str: ...
    @property
    def base(self) -> str: ...
    @property
    def version(self) -> str: ...
    @property
    def python(self) -> str: ...
    @property
    def libraries(self) -> Sequence[tuple[str, str]]: ...
    @property
    def reports(self) -> Sequence[ReportFacts]: ...


def metadata(facts: Facts, sizes: Mapping[str, int], moment: date) -> bytes:
    """`ro-crate-metadata.json` of a payload: `sizes` has every file of it, by path, in bytes.

    RO-Crate demands a date of the whole; where no report states one, the description says that it is none of theirs.
    """
    graph = _Graph()
    graph.add("ro-crate-metadata.json", "CreativeWork", {
        "conformsTo": _ref(f"https://w3id.org/ro/crate/{VERSION}"), "about": _ref("./"),
    })  # fmt: skip
    parts = [name for name in sizes if not name.startswith(tuple(_BAGIT_FOLDERS))]
    inside = [folder for folder in _BAGIT_FOLDERS if any(name.startswith(folder) for name in sizes)]
    works = [f"#report-{r.slug}" for r in facts.reports]
    graph.add("./", "Dataset", {
        "name": facts.title, "description": dating.described(facts.description, [r.day for r in facts.reports], moment),
        "datePublished": moment.isoformat(),
        "inLanguage": "zh-Hans", "identifier": facts.name, "license": _ref(_licence(facts.licence)),
        "author": _refs([f"#speaker-{r.slug}" for r in facts.reports if r.speaker]),
        "publisher": _ref("#publisher") if facts.publisher else "",
        "about": _refs(works), "hasPart": _refs(sorted([*parts, *inside])),
        "url": facts.base if not facts.base.endswith(".invalid/") else "",
    })  # fmt: skip
    for report in facts.reports:
        _report(graph, report, facts)
        _data(graph, report, sizes)
    _files(graph, facts, parts, sizes)
    for folder in inside:
        title, words = _BAGIT_FOLDERS[folder]
        about = [f"#indicators-{r.slug}" for r in facts.reports] if folder == "site/" else []
        graph.add(folder, "Dataset", {"name": title, "description": words, "mentions": _refs(about)})
    _making(graph, facts, parts, inside)
    if facts.publisher:
        graph.add("#publisher", "Organization", {
            "name": facts.publisher, "url": facts.contact if _is_address(facts.contact) else "",
            "email": facts.contact if "@" in facts.contact and not _is_address(facts.contact) else "",
        })  # fmt: skip
    graph.add(_licence(facts.licence), "CreativeWork", {
        "name": facts.licence or NO_LICENCE, "description": facts.licence or NO_LICENCE,
    })  # fmt: skip
    return graph.text()


def _report(graph: _Graph, report: ReportFacts, facts: Facts) -> None:
    """The report itself, as it was delivered: neither file nor page, but what all of them hold."""
    speaker, meeting, place = (f"#{word}-{report.slug}" for word in ("speaker", "meeting", "place"))
    graph.add(f"#report-{report.slug}", "CreativeWork", {
        "name": report.name, "datePublished": report.day, "inLanguage": "zh-Hans",
        "author": _ref(speaker) if report.speaker else "",
        "publisher": _ref("#publisher") if facts.publisher else "",
        "contentLocation": _ref(place) if report.place else "",
        "recordedAt": _ref(meeting) if report.meeting else "",
        "encoding": _refs([report.source, report.original, report.text]),
    })  # fmt: skip
    if report.speaker:
        graph.add(speaker, "Person", {"name": report.speaker, "jobTitle": report.office})
    if report.meeting:
        graph.add(meeting, "Event", {"name": report.meeting, "startDate": report.day})
    if report.place:
        graph.add(place, "Place", {"name": report.place})


def _data(graph: _Graph, report: ReportFacts, sizes: Mapping[str, int]) -> None:
    """The data files, which stand in the site, where their links lead on.

    They are named in words: the validators in use look for a file whose path has a folder `data` at the wrong place in
    a bag, whose own payload folder is called so.
    """
    names = sorted(name for name in sizes if name.startswith(f"site/{report.slug}/data/"))
    if names:
        graph.add(f"#indicators-{report.slug}", "CreativeWork", {
            "name": f"{report.name}：指标数据", "description": "、".join(names),
            "encodingFormat": sorted({_kind(name) for name in names}),
            "isBasedOn": _ref(report.text), "about": _ref(f"#report-{report.slug}"),
        })  # fmt: skip


def _files(graph: _Graph, facts: Facts, parts: Sequence[str], sizes: Mapping[str, int]) -> None:
    told = {f"web/{facts.name}.wacz": "网站的网页存档（WACZ） / the site as a web archive (WACZ)"}
    based = {f"web/{facts.name}.wacz": "site/"}
    for r in facts.reports:
        told |= {
            r.source: "来源文件，一字节未动 / the source, byte for byte as it came",
            r.original: "来源的文字，UTF-8 纯文本 / the words of the source as plain text",
            r.text: "修复后的正文，UTF-8 纯文本 / the text with the listed repairs, plain",
            r.repairs: "每一处修复：位置、前后文字、理由 / every repair: where, before, after, why",
        }
        based |= {r.original: r.source, r.text: r.original}
    for name in parts:
        facts_of_file = _file(name, sizes[name], told.get(name, ""))
        if name in based:
            facts_of_file["isBasedOn"] = _ref(based[name])
        for r in facts.reports:
            if name == r.source:
                facts_of_file |= {"sha256": r.sha256, "encodesCreativeWork": _ref(f"#report-{r.slug}")}
        graph.add(name, "File", facts_of_file)


def _file(name: str, size: int, about: str) -> Entity:
    title = name.rpartition("/")[2]
    return {"name": title, "description": about, "encodingFormat": _kind(name), "contentSize": str(size)}


def _kind(name: str) -> str:
    return _KINDS.get(name.rpartition(".")[2].lower()) or format_table.media_type(name) or wacz.media_type(name)


def _making(graph: _Graph, facts: Facts, parts: Sequence[str], inside: Sequence[str]) -> None:
    """What was made of what, and with which programs."""
    given = sorted(name for name in parts if name.startswith("reports/"))
    made = sorted([*(name for name in parts if name not in set(given)), *inside])
    graph.add("#making", "CreateAction", {
        "name": "由来源生成其余一切 / everything else made from the sources", "instrument": _ref("#workreport"),
        "object": _refs(given), "result": _refs(made),
    })  # fmt: skip
    graph.add("#workreport", "SoftwareApplication", {
        "name": "workreport", "softwareVersion": facts.version,
        "softwareRequirements": _refs(["#library-python", *(f"#library-{name}" for name, _ in facts.libraries)]),
    })  # fmt: skip
    graph.add("#library-python", "SoftwareApplication", {"name": "Python", "softwareVersion": facts.python})
    for name, version in facts.libraries:
        graph.add(f"#library-{name}", "SoftwareApplication", {"name": name, "softwareVersion": version})


class _Graph:
    """Entities in the order they are told; an empty value is not told at all."""

    def __init__(self) -> None:
        self._entities: list[Entity] = []

    def add(self, name: str, kind: str, values: Mapping[str, Value]) -> None:
        told: Entity = {"@id": _id(name), "@type": kind}
        told |= {key: value for key, value in values.items() if value not in ("", [])}
        self._entities.append(told)

    def text(self) -> bytes:
        context: Value = [CONTEXT, {"sha256": "https://schema.org/sha256"}]
        return (
            json.dumps({"@context": context, "@graph": self._entities}, ensure_ascii=False, indent=1) + "\n"
        ).encode()


def _id(name: str) -> str:
    return name if name.startswith(("#", "./", "http://", "https://")) else quote(name)


def _ref(name: str) -> Entity:
    return {"@id": _id(name)}


def _refs(names: Sequence[str]) -> Value:
    """One is told as one: RO-Crate wants no lists of a single thing."""
    found = [_ref(name) for name in names]
    return found[0] if len(found) == 1 else found


def _licence(licence: str) -> str:
    return licence if _is_address(licence) else "#licence"


def _is_address(words: str) -> bool:
    return words.startswith(("http://", "https://")) and words.isascii() and " " not in words
