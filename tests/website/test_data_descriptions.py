"""The descriptions of a report's data say the same in each form, and the standards' own tools accept them."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.archive.bags import metadata_of
from tests.conftest import ROOT
from workreport.archive import ro_crate
from workreport.model import Publication, Reading
from workreport.project.settings import Settings
from workreport.website import addresses, data, data_descriptions
from workreport.website.pages import page_table, structured_data
from workreport.website.pages.collection import SiteFrame
from workreport.website.pages.dataset import DatasetFacts, dataset_facts
from workreport.website.pages.page_kind import PageRequest

VALIDATORS = ROOT / ".venv-validators" / "bin" / "python"
FULL = Settings(
    address="https://www.example.gov.cn/gzbg/",
    publisher="临湖县人民政府办公室",
    contact="jiucuo@example.gov.cn",
    licence="https://creativecommons.org/licenses/by/4.0/deed.zh-hans",
)
"""Settings with everything that a description can say."""


def made(reading: Reading, site: Settings) -> dict[str, bytes]:
    return {name.partition("/")[2]: content for name, content in data.files(reading, "data", "{}", site).items()}


def package_of(files: dict[str, bytes]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(files[data_descriptions.PACKAGE])
    return found


def dcat_of(files: dict[str, bytes]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(files[data_descriptions.DCAT])
    return found


def crate_of(reading: Reading, site: Settings) -> dict[str, dict[str, Any]]:
    """Return the entities of the RO-Crate of the report's bag, by id."""
    sizes = dict.fromkeys((f"site/{reading.meta.slug}/data/{data.CSV}", f"text/{reading.meta.slug}.txt"), 1)
    text = ro_crate.crate(metadata_of(Publication((reading,)), site), sizes, date(2025, 1, 9))
    return {entity["@id"]: entity for entity in json.loads(text)["@graph"]}


def told(facts: DatasetFacts) -> dict[str, object]:
    """Return what every form of the description can say, without what is not known."""
    values: dict[str, object] = {
        "title": facts.title, "description": facts.description, "keywords": list(facts.keywords), "creator": facts.creator,
        "publisher": facts.publisher, "licence": facts.licence, "licence_page": facts.licence_page, "address": facts.identifier,
    }  # fmt: skip
    return {key: value for key, value in values.items() if value}


def told_by_package(package: dict[str, Any]) -> dict[str, object]:
    (licence,) = package.get("licenses", [{}])
    people = {role: row["title"] for row in package.get("contributors", []) for role in row["roles"]}
    values = {
        "title": package["title"], "description": package["description"], "keywords": package["keywords"],
        "creator": people.get("creator"), "publisher": people.get("publisher"),
        "licence": licence.get("title") or package.get("rights"), "licence_page": licence.get("path"), "address": package.get("id"),
    }  # fmt: skip
    return {key: value for key, value in values.items() if value}


def told_by_dcat(dataset: dict[str, Any]) -> dict[str, object]:
    licence = dataset["dcat:distribution"][0].get("dct:license", {})
    values = {
        "title": dataset["dct:title"]["@value"], "description": dataset["dct:description"]["@value"],
        "keywords": [word["@value"] for word in dataset["dcat:keyword"]],
        "creator": dataset.get("dct:creator", {}).get("foaf:name"), "publisher": dataset.get("dct:publisher", {}).get("foaf:name"),
        "licence": licence.get("dct:title", {}).get("@value"), "licence_page": licence.get("@id"),
        "address": dataset["@id"].removeprefix("./"),
    }  # fmt: skip
    return {key: value for key, value in values.items() if value}


def told_by_crate(crate: dict[str, dict[str, Any]], slug: str) -> dict[str, object]:
    entity = crate[f"#indicators-{slug}"]
    licence = crate[entity["license"]["@id"]]
    words = licence["name"] if licence["name"] not in (ro_crate.NO_LICENCE, licence["@id"]) else ""
    values = {
        "title": entity["name"], "description": entity["description"], "keywords": entity["keywords"],
        "creator": crate[entity["creator"]["@id"]]["name"] if "creator" in entity else None,
        "publisher": crate[entity["publisher"]["@id"]]["name"] if "publisher" in entity else None,
        "licence": words, "licence_page": licence["@id"].removeprefix("#licence"), "address": entity.get("url"),
    }  # fmt: skip
    return {key: value for key, value in values.items() if value}


SITES = pytest.mark.parametrize(
    "site",
    [
        FULL,
        Settings(),
        replace(FULL, licence="转载请注明出处", contact="0571-88888888"),
        replace(FULL, licence="署名 4.0 国际", licence_address=FULL.licence),
    ],
    ids=["everything", "nothing", "licence-in-words", "licence-in-words-with-address"],
)


def json_ld_of(reading: Reading, site: Settings) -> dict[str, Any]:
    """Return the data set in the JSON-LD of the report's page of indicators."""
    page = PageRequest(addresses.ROOT, site, SiteFrame("x", alone=True), of=page_table.report_of(reading))
    path = addresses.report(reading, addresses.INDICATORS)
    (graph,) = (
        structured_data.page_data(request, kind.id, "x", "x")
        for kind, request in page_table.report_requests(page)
        if request.path == path
    )
    (dataset,) = (node for node in json.loads(graph)["@graph"] if node["@type"] == "Dataset")
    found: dict[str, Any] = dataset
    return found


def told_by_json_ld(dataset: dict[str, Any]) -> dict[str, object]:
    licence = dataset.get("license", "")
    values = {
        "title": dataset["name"], "description": dataset["description"], "keywords": dataset["keywords"],
        "creator": dataset["creator"]["name"], "publisher": dataset.get("publisher", {}).get("name"),
        "licence": licence["name"] if isinstance(licence, dict) else None,
        "licence_page": licence if isinstance(licence, str) else None, "address": dataset.get("@id"),
    }  # fmt: skip
    return {key: value for key, value in values.items() if value}


@SITES
def test_package_dcat_crate_and_json_ld_say_the_same(book: Reading, site: Settings) -> None:
    files, facts = made(book, site), dataset_facts(book, site)
    # In JSON-LD a licence is its address or its words.
    words = {"licence"} if facts.licence_page else set[str]()
    assert told_by_json_ld(json_ld_of(book, site)) == {k: v for k, v in told(facts).items() if k not in words}
    assert told_by_package(package_of(files)) == told(facts)
    assert told_by_dcat(dcat_of(files)) == told(facts)
    assert told_by_crate(crate_of(book, site), book.meta.slug) == told(facts)


@SITES
def test_dcat_crate_and_json_ld_say_the_same_of_time_and_place(book: Reading, site: Settings) -> None:
    known = replace(book, meta=replace(book.meta, published=date(2025, 2, 3)))
    dataset, crate = dcat_of(made(known, site)), crate_of(known, site)
    entity = crate[f"#indicators-{book.meta.slug}"]
    period = dataset["dct:temporal"]
    assert entity["temporalCoverage"] == f"{period['dcat:startDate']['@value']}/{period['dcat:endDate']['@value']}"
    told_in_page = json_ld_of(known, site)
    assert entity["temporalCoverage"] == told_in_page["temporalCoverage"] == "2024-01-01/2025-12-31"
    assert told_in_page["spatialCoverage"]["name"] == book.meta.place
    assert told_in_page["datePublished"] == "2025-02-03"
    place = dataset["dct:spatial"]
    assert crate[entity["spatialCoverage"]["@id"]]["name"] == place["locn:geographicName"]["@value"] == book.meta.place
    assert crate[entity["spatialCoverage"]["@id"]].get("identifier") == place.get("dct:identifier")
    assert entity["datePublished"] == dataset["dct:issued"]["@value"] == "2025-02-03"


def test_what_is_not_known_is_left_out(book: Reading) -> None:
    meta = replace(book.meta, place="", year=None, date=None, speaker="", code="", published=None)
    files = made(replace(book, meta=meta), Settings())
    dataset, package = dcat_of(files), package_of(files)
    assert (
        not {"dct:publisher", "dct:creator", "dcat:contactPoint", "dct:issued", "dct:spatial", "dct:temporal"}
        & dataset.keys()
    )
    assert not {"contributors", "licenses", "rights", "homepage", "id"} & package.keys()

    def empty(value: object) -> Iterator[object]:
        inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        for one in inner:
            if one in ("", None, {}, []):
                yield one
            yield from empty(one)

    assert list(empty(dataset)) == []
    # A missing value in the table is an empty cell: the one empty text in the package.
    assert list(empty(package)) == [""] * sum(1 for row in package["resources"] if "schema" in row)


def test_dcat_names_each_file_of_the_package_with_its_size_and_digest(book: Reading) -> None:
    files = made(book, FULL)
    rows = {row["path"]: row for row in package_of(files)["resources"]}
    offered = {row["dcat:downloadURL"]["@id"]: row for row in dcat_of(files)["dcat:distribution"]}
    assert set(offered) == {f"{FULL.address}{book.meta.slug}/data/{path}" for path in rows}
    for address, row in offered.items():
        known = rows[address.rpartition("/")[2]]
        assert row["dcat:byteSize"]["@value"] == str(known["bytes"])
        assert f"sha256:{row['spdx:checksum']['spdx:checksumValue']['@value']}" == known["hash"]
        assert row["dcat:mediaType"]["@id"].endswith(f"/{known['mediatype']}")


# -- the standards' own tools -----------------------------------------------------------------------------------------

CHECK = """
import json, sys
from pathlib import Path
import dplib.settings, jsonschema
from frictionless import Package
from rdflib import Graph, Namespace, RDF, URIRef, BNode
folder = Path(sys.argv[1])
descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
base, _, at = descriptor["$schema"].partition("profiles/")
assert f"{base}profiles" == dplib.settings.PROFILE_BASEURL
profile = json.loads(Path(dplib.settings.PROFILE_BASEDIR, at).read_text(encoding="utf-8"))
validator = jsonschema.validators.validator_for(profile)(profile, format_checker=jsonschema.FormatChecker())
told = [error.message for error in validator.iter_errors(descriptor)]
told += [] if Package(str(folder / "datapackage.json")).validate().valid else ["frictionless: not valid"]
graph = Graph().parse(folder / "dcat.jsonld", format="json-ld")
RULES = json.loads(sys.argv[2])
def name(words):
    prefix, _, rest = words.partition(":")
    return URIRef(dict((p, str(n)) for p, n in graph.namespaces())[prefix] + rest)
for kind, properties in RULES.items():
    nodes = list(graph.subjects(RDF.type, name(kind)))
    told += [] if nodes else [f"no {kind}"]
    for node in nodes:
        for rule, wanted in properties.items():
            values = list(graph.objects(node, name(rule)))
            told += [] if values else [f"{kind} without {rule}"]
            if wanted and not all((value, RDF.type, name(wanted)) in graph for value in values):
                told.append(f"{rule} of {kind} is no {wanted}")
print(json.dumps(told))
"""
"""Prints as JSON what the tools find wrong in the folder argv[1]; argv[2] are the rules of DCAT-AP, `DCAT_AP` below.

The package dplib-py brings the JSON schemas of the standard, so that no network is needed.
"""
DCAT_AP: dict[str, dict[str, str]] = {
    "dcat:Dataset": {
        "dct:title": "", "dct:description": "", "dcat:contactPoint": "vcard:Kind", "dcat:distribution": "dcat:Distribution",
        "dcat:keyword": "", "dct:publisher": "foaf:Agent", "dct:spatial": "dct:Location", "dct:temporal": "dct:PeriodOfTime",
        "dcat:theme": "skos:Concept", "dct:language": "dct:LinguisticSystem", "dcat:landingPage": "foaf:Document",
    },
    "dcat:Distribution": {
        "dcat:accessURL": "", "dct:format": "dct:MediaTypeOrExtent", "dct:license": "dct:LicenseDocument",
        "dcat:mediaType": "dct:MediaType", "spdx:checksum": "spdx:Checksum", "dcat:byteSize": "",
    },
    "spdx:Checksum": {"spdx:algorithm": "spdx:ChecksumAlgorithm", "spdx:checksumValue": ""},
    "foaf:Agent": {"foaf:name": ""},
    "dct:PeriodOfTime": {"dcat:startDate": "", "dcat:endDate": ""},
}  # fmt: skip
"""By class the properties that DCAT-AP 3.0 makes mandatory or recommends, with the class of the value ("" for a literal or any
resource), and further ones that portals ask for. Of the recommended ones of a distribution two are missing: description, as
the title says it all, and availability, which nobody can promise. https://semiceu.github.io/DCAT-AP/releases/3.0.0/
"""


def wrong(folder: Path) -> list[str]:
    """Return what the tools find wrong with the descriptions in a data folder."""
    done = subprocess.run(
        [str(VALIDATORS), "-c", CHECK, str(folder), json.dumps(DCAT_AP)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    found: list[str] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.mark.long
def test_tools_of_data_package_2_and_dcat_accept_the_descriptions_and_refuse_damaged_ones(
    book: Reading, tmp_path: Path
) -> None:
    if not VALIDATORS.is_file():
        pytest.skip("no .venv-validators: run `make test-all`")
    for name, content in made(book, FULL).items():
        (tmp_path / name).write_bytes(content)
    assert wrong(tmp_path) == []
    package = tmp_path / data_descriptions.PACKAGE
    good = package.read_text(encoding="utf-8")
    document = json.loads(good)
    assert document["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    document["keywords"] = []
    package.write_text(json.dumps(document), encoding="utf-8")
    assert wrong(tmp_path) != []
    package.write_text(good, encoding="utf-8")
    record = tmp_path / data_descriptions.DCAT
    dataset = json.loads(record.read_text(encoding="utf-8"))
    del dataset["dct:publisher"], dataset["dcat:theme"]["@type"]
    record.write_text(json.dumps(dataset), encoding="utf-8")
    assert wrong(tmp_path) == ["dcat:Dataset without dct:publisher", "dcat:theme of dcat:Dataset is no skos:Concept"]


def test_preservation_notes_have_the_words_and_the_address_of_the_licence(book: Reading) -> None:
    address = "https://creativecommons.org/licenses/by/4.0/"
    for site, wanted in (
        (Settings(licence="署名 4.0", licence_address=address), f"署名 4.0 {address}"),
        (Settings(licence=address), address),
        (Settings(licence="转载请注明出处"), "转载请注明出处"),
    ):
        texts = metadata_of(Publication((book,)), site).texts
        for name, label in (("preservation-note.en.txt", "Licence    "), ("preservation-note.zh.txt", "使用许可  ")):
            assert f"\n{label}{wanted}\n" in texts[name].decode()
