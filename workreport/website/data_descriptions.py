"""Knows how data files are described for programs: CSV on the Web, Data Package (Frictionless) and DCAT.

- `indicators.csv-metadata.json`: the columns of the file `indicators.csv`, https://www.w3.org/TR/tabular-metadata/
- `datapackage.json`: all files with sizes, SHA-256 and columns, https://datapackage.org/standard/data-package/ (version 2)
- `dcat.jsonld`: the record that open-data portals harvest, https://semiceu.github.io/DCAT-AP/releases/3.0.0/ (DCAT-AP 3)

Leaves what they say of the report to `pages.dataset`, and making the files themselves to `data`.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from workreport.project import media_types
from workreport.website.pages.dataset import PACKAGE_NAME, DatasetFacts

CSVW = "-metadata.json"
"""What the name of the description of a CSV file has behind that of the file."""
PACKAGE = PACKAGE_NAME
DCAT = "dcat.jsonld"
PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
"""The version of the Data Package standard that `datapackage.json` follows."""
_EU = "http://publications.europa.eu/resource/authority/"
"""Where the vocabularies stand whose terms DCAT-AP asks for."""
_CONTEXT = {
    "adms": "http://www.w3.org/ns/adms#", "dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/", "locn": "http://www.w3.org/ns/locn#", "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#", "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}  # fmt: skip

Value: TypeAlias = "str | int | bool | Sequence[Value] | Mapping[str, Value]"
"""A JSON value; "", [] and {} stand for what is not known and are left out."""


@dataclass(frozen=True, slots=True)
class DescribedColumn:
    """A column: name for programs, heading (`title`), type ("string", "number", "boolean", "link"), and meaning (`holds`)."""

    name: str
    title: str
    type: str
    holds: str


@dataclass(frozen=True, slots=True)
class DescribedFile:
    """A file with data: its name, an id, its title; the columns of a table (() for any other file), and the sheet that has them."""

    path: str
    name: str
    title: str
    columns: tuple[DescribedColumn, ...] = ()
    sheet: str = ""


def files(
    facts: DatasetFacts, sources: Sequence[str], described: Sequence[DescribedFile], contents: Mapping[str, bytes]
) -> dict[str, bytes]:
    """Return the descriptions as JSON by name. `sources` are the names of the files of reports; `contents` has the files by path.

    The first column of a table is the key of a row.
    """
    tables = (file for file in described if file.path.endswith(".csv"))
    return {
        **{file.path + CSVW: _text(_csvw(facts, file.path, file.columns)) for file in tables},
        PACKAGE: _text(_package(facts, sources, described, contents)),
        DCAT: _text(_dcat(facts, described, contents)),
    }


def _text(value: Value) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _known(values: Mapping[str, Value]) -> dict[str, Value]:
    """Return the values that are known."""
    return {key: value for key, value in values.items() if value not in ("", [], {})}


def _csvw(facts: DatasetFacts, path: str, columns: Sequence[DescribedColumn]) -> Value:
    types: dict[str, Value] = {
        "string": "string", "number": "decimal", "link": "anyURI", "boolean": {"base": "boolean", "format": "是|否"},
    }  # fmt: skip
    rows: list[Value] = [
        {
            "name": c.name, "titles": c.title, "datatype": types[c.type], "dc:description": c.holds,
            **({"required": True} if k == 0 else {}),
        }
        for k, c in enumerate(columns)
    ]  # fmt: skip
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "zh"}],
        "url": path,
        "dc:title": facts.title,
        "dialect": {"encoding": "utf-8-sig", "header": True, "lineTerminators": ["\r\n"]},
        "tableSchema": {"columns": rows, "primaryKey": columns[0].name},
    }


# -- Data Package -----------------------------------------------------------------------------------------------------


def _package(
    facts: DatasetFacts, sources: Sequence[str], described: Sequence[DescribedFile], contents: Mapping[str, bytes]
) -> Value:
    contributors = [
        _known({"title": facts.creator, "roles": ["creator"]}) if facts.creator else {},
        _known({"title": facts.publisher, "path": facts.page, "email": facts.mail, "roles": ["publisher", "contact"]})
        if facts.publisher
        else {},
    ]
    licences = [_known({"path": facts.licence_page, "title": facts.licence})] if facts.licence_page else []
    return _known({
        "$schema": PROFILE,
        "name": re.sub(r"[^a-z0-9._-]+", "-", facts.name.lower()).strip("-") or "report",
        "id": facts.identifier,
        "title": facts.title,
        "description": facts.description,
        "homepage": facts.front,
        "keywords": facts.keywords,
        "contributors": [row for row in contributors if row],
        "licenses": licences,
        # The standard has no place for a licence without an address.
        "rights": "" if facts.licence_page else facts.licence,
        "sources": [{"title": source} for source in sources],
        "resources": [_resource(file, contents[file.path]) for file in described],
    })  # fmt: skip


def _resource(file: DescribedFile, content: bytes) -> Value:
    resource: dict[str, Value] = {
        "name": file.name, "path": file.path, "title": file.title, "format": _ending(file.path),
        "mediatype": media_types.media_type(file.path), "encoding": "utf-8",
        "bytes": len(content), "hash": f"sha256:{_digest(content)}",
    }  # fmt: skip
    if file.columns:
        dialect: Value = {"header": True, "sheetName": file.sheet}
        if not file.sheet:
            dialect = {"header": True, "delimiter": ",", "lineTerminator": "\r\n"}
        resource |= {"type": "table", "dialect": dialect, "schema": _schema(file.columns)}
    return resource


def _schema(columns: Sequence[DescribedColumn]) -> Value:
    fields = []
    for k, c in enumerate(columns):
        field: dict[str, Value] = {"name": c.title, "title": c.name, "description": c.holds}
        field["type"] = "string" if c.type == "link" else c.type
        if c.type == "boolean":
            field |= {"trueValues": ["是"], "falseValues": ["否"]}
        if k == 0:
            field["constraints"] = {"required": True, "unique": True}
        fields.append(field)
    return {"fields": fields, "primaryKey": [columns[0].title], "missingValues": [""]}


# -- DCAT -------------------------------------------------------------------------------------------------------------


def _dcat(facts: DatasetFacts, described: Sequence[DescribedFile], contents: Mapping[str, bytes]) -> Value:
    """Return the record of DCAT-AP 3: of a dataset its mandatory and its recommended properties, as far as they are known.

    Every value has the class that the profile asks for. Without an address of the site the addresses are relative to the file.
    """
    contact = _known({
        "vcard:hasEmail": _of(f"mailto:{facts.mail}" if facts.mail else ""), "vcard:hasURL": _of(facts.page),
        "vcard:hasTelephone": _of(f"tel:{re.sub(r'[^0-9+]', '', facts.telephone)}" if facts.telephone else ""),
    })  # fmt: skip
    period = _known({"dcat:startDate": _date(facts.begins), "dcat:endDate": _date(facts.ends)})
    return _known({
        "@context": _CONTEXT,
        "@id": facts.identifier or "./",
        "@type": "dcat:Dataset",
        "dct:identifier": facts.identifier or facts.name,
        "dct:title": _chinese(facts.title),
        "dct:description": _chinese(facts.description),
        "dcat:keyword": [_chinese(word) for word in facts.keywords],
        "dcat:theme": _of(f"{_EU}data-theme/GOVE", "skos:Concept"),
        "dct:language": _of(f"{_EU}language/ZHO", "dct:LinguisticSystem"),
        "dct:publisher": {"@type": "foaf:Agent", "foaf:name": facts.publisher} if facts.publisher else {},
        "dct:creator": {"@type": "foaf:Agent", "foaf:name": facts.creator} if facts.creator else {},
        "dcat:contactPoint": {"@type": "vcard:Kind", "vcard:fn": facts.publisher or facts.title, **contact} if contact else {},
        "dcat:landingPage": _of(facts.front, "foaf:Document"),
        "dct:issued": _date(facts.published),
        "dct:spatial": _known({
            "@type": "dct:Location", "locn:geographicName": _chinese(facts.place), "dct:identifier": facts.place_code,
        }) if facts.place else {},
        "dct:temporal": {"@type": "dct:PeriodOfTime", **period} if period else {},
        "dcat:distribution": [_distribution(facts, file, contents[file.path]) for file in described],
    })  # fmt: skip


def _distribution(facts: DatasetFacts, file: DescribedFile, content: bytes) -> Value:
    address = facts.folder + file.path
    licence = _known({"@id": facts.licence_page, "dct:title": _chinese(facts.licence) if facts.licence else {}})
    if licence:
        licence["@type"] = "dct:LicenseDocument"
    kind = f"https://www.iana.org/assignments/media-types/{media_types.media_type(file.path)}"
    return _known({
        "@type": "dcat:Distribution",
        "dct:title": _chinese(file.title),
        "dcat:accessURL": _of(address),
        "dcat:downloadURL": _of(address),
        "dcat:mediaType": _of(kind, "dct:MediaType"),
        "dct:format": _of(f"{_EU}file-type/{_ending(file.path).upper()}", "dct:MediaTypeOrExtent"),
        "dct:license": licence,
        "dcat:byteSize": {"@type": "xsd:nonNegativeInteger", "@value": str(len(content))},
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": _of("http://spdx.org/rdf/terms#checksumAlgorithm_sha256", "spdx:ChecksumAlgorithm"),
            "spdx:checksumValue": {"@type": "xsd:hexBinary", "@value": _digest(content)},
        },
    })  # fmt: skip


def _of(address: str, kind: str = "") -> Value:
    """Return a reference to an address, as one of this class; {} for ""."""
    return _known({"@id": address, "@type": kind}) if address else {}


def _chinese(words: str) -> Value:
    return {"@language": "zh", "@value": words}


def _date(day: str) -> Value:
    """Return an ISO date or moment as a literal with its type; {} for ""."""
    return {"@type": "xsd:dateTime" if "T" in day else "xsd:date", "@value": day} if day else {}


def _ending(path: str) -> str:
    return path.rpartition(".")[2]


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
