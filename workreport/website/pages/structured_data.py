"""Knows what a page says of itself as JSON-LD in the words of schema.org: report, data set, way to the page, figures.

Search engines read it from `<script type="application/ld+json">`. A value that is not known is left out, and so is all
that needs an address where the site has none. Leaves which pages there are to `page_table`, and printing to the templates.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from workreport.analysis.headlines import front_cards
from workreport.analysis.inspection import number
from workreport.analysis.ranking import listed
from workreport.model import Meta, Reading, Section
from workreport.project import media_types
from workreport.website import addresses
from workreport.website.addresses import PageId
from workreport.website.pages import wording
from workreport.website.pages.dataset import dataset_facts, licence_page
from workreport.website.pages.escape import one_line
from workreport.website.pages.page_kind import PageRequest
from workreport.website.pages.publisher import SiteFacts
from workreport.website.pages.sentences import section_label
from workreport.website.pages.views.report import DATA_FILES

Value: TypeAlias = "str | int | float | Sequence[Value] | Mapping[str, Value] | None"
"""A value of JSON-LD; None and what is empty are left out."""
Node: TypeAlias = "dict[str, Value]"

LANGUAGE = "zh-Hans"
_YEAR = re.compile(r"((?:19|20)\d\d)年")
"""Matches (as a whole) a year as an observation is dated with."""


def page_data(
    page: PageRequest, kind: PageId, title: str, description: str, above: Sequence[tuple[str, str]] = ()
) -> str:
    """Return the JSON-LD of a page as one line, in which neither < nor {{ nor {% can occur.

    The graph has the page itself, the way to it (BreadcrumbList), and by kind of page the report (Report, with the main
    figures as Observation) or its data (Dataset, with variableMeasured). `above` are titles and paths of pages of the site that
    lead to this one.
    """
    of = page.of.reading if page.of else None
    nodes: list[Node] = [_page(page, kind, title, description), *_way(page, title, above)]
    if of and kind in (addresses.FRONT, addresses.TEXT):
        nodes.append(_report(of, page.site))
    if of and kind == addresses.FRONT:
        nodes += _observations(of, page.site)
    if of and kind == addresses.INDICATORS:
        nodes.append(_dataset(of, page.site))
    text = json.dumps(
        {"@context": "https://schema.org", "@graph": [_known(node) for node in nodes]}, ensure_ascii=False
    )
    for mark in ("<", "{{", "{%", "{#"):
        text = text.replace(mark, mark[:-1] + f"\\u{ord(mark[-1]):04x}" if mark != "<" else "\\u003c")
    return text


def _known(value: Value) -> Value:
    """Return a value on one line, without what is None or empty in it."""
    if isinstance(value, str):
        return one_line(value)
    if isinstance(value, Mapping):
        return {key: kept for key, item in value.items() if (kept := _known(item)) not in (None, "", [], {})}
    if isinstance(value, Sequence):
        return [kept for item in value if (kept := _known(item)) not in (None, "", [], {})]
    return value


def _page(page: PageRequest, kind: PageId, title: str, description: str) -> Node:
    """The page: of the whole site, of a report, or of a part of its text."""
    types = {addresses.ABOUT: "AboutPage", addresses.INDICATORS: "CollectionPage", addresses.NAMES: "CollectionPage"}
    types |= {addresses.PROMISES: "CollectionPage", addresses.AUDIENCE: "CollectionPage"}
    node: Node = {
        "@type": types.get(kind, "WebPage"),
        "url": addresses.canonical(page.site.address, page.path),
        "name": title,
        "description": description,
        "inLanguage": LANGUAGE,
    }
    if not page.of:
        place = page.of_place
        metas = [report.reading.meta for report in place.ordered] if place else page.collection.metas
        several = [_named(meta, page.site) for meta in metas] if not page.subject else None
        listing = kind in ("list", addresses.PLACE)
        return {**node, "@type": types.get(kind, "CollectionPage" if listing else "WebPage"), "about": several}
    reading = page.of.reading
    relation = {addresses.FRONT: "mainEntity", addresses.TEXT: "mainEntity", addresses.SECTION: "isPartOf"}
    when = reading.meta.published
    return {
        **node,
        "datePublished": when.isoformat() if when else "",
        relation.get(kind, "about"): _named(reading.meta, page.site),
        "license": _licence(page.site),
        "publisher": _publisher(page.site),
    }


def _named(meta: Meta, site: SiteFacts) -> Node:
    """A reference to a report by name, and by the address of its front page."""
    front = addresses.canonical(site.address, addresses.front(meta.slug))
    return {"@type": "Report", "@id": f"{front}#report" if front else "", "name": meta.name, "url": front}


def _report(reading: Reading, site: SiteFacts) -> Node:
    meta = reading.meta
    return {
        **_named(meta, site),
        "inLanguage": LANGUAGE,
        "dateCreated": meta.date.isoformat() if meta.date else "",
        "datePublished": meta.published.isoformat() if meta.published else "",
        "author": {"@type": "GovernmentOrganization", "name": name}
        if (name := wording.responsible(meta.title, meta.place))
        else None,
        "contributor": {"@type": "Person", "name": meta.speaker, "jobTitle": meta.office} if meta.speaker else None,
        "publisher": _publisher(site),
        "license": _licence(site),
        "spatialCoverage": _place(reading),
        "recordedAt": {"@type": "Event", "name": meta.meeting, "startDate": meta.date.isoformat() if meta.date else ""}
        if meta.meeting
        else None,
        "identifier": {"@type": "PropertyValue", "propertyID": "sha256", "value": reading.source.sha256},
    }


def _place(reading: Reading) -> Node | None:
    """The place of a report, with its code in GB/T 2260."""
    meta = reading.meta
    code: Node | None = {"@type": "PropertyValue", "propertyID": "GB/T 2260", "value": meta.code} if meta.code else None
    return {"@type": "AdministrativeArea", "name": meta.place, "identifier": code} if meta.place else None


def _publisher(site: SiteFacts) -> Node | None:
    return {"@type": "Organization", "name": site.publisher} if site.publisher else None


def _licence(site: SiteFacts) -> Value:
    """The licence: its address, else its words."""
    return licence_page(site) or ({"@type": "CreativeWork", "name": site.licence} if site.licence else None)


def _observations(reading: Reading, site: SiteFacts) -> Iterator[Node]:
    """The figures of the front page that are results with an exact number, no estimates: an observation each."""
    year = f"{reading.meta.year - 1}年" if reading.meta.year else ""
    for card in front_cards(reading):
        i = card.indicator
        vague = i.number is None or i.number_max or i.approx or i.estimated
        if i.status != "result" or i.kind in ("growth", "rank") or vague:
            continue
        dated = _YEAR.fullmatch(card.when or year)
        at = addresses.canonical(site.address, addresses.page_of(reading, i.section))
        yield {
            "@type": "Observation",
            "name": i.name,
            "measuredProperty": {"@type": "Property", "name": i.name},
            "value": {"@type": "QuantitativeValue", "value": number(i.number), "unitText": i.unit},
            "observationDate": dated[1] if dated else "",
            "observationAbout": _place(reading),
            "url": f"{at}#{i.id}" if at else "",
        }


def _dataset(reading: Reading, site: SiteFacts) -> Node:
    """All indicators of a report as a data set, with the files that hold it; what is said of it is that of `dataset`."""
    facts = dataset_facts(reading, site)
    shown = {(i.name, i.unit): None for i in listed(reading, reading.indicators)}
    files = [
        {
            "@type": "DataDownload",
            "name": title,
            "encodingFormat": media_types.media_type(name),
            "contentUrl": site.address + addresses.data(reading.meta.slug, name),
        }
        for title, name, _ in DATA_FILES
    ]
    return {
        "@type": "Dataset",
        "@id": facts.identifier,
        "name": facts.title,
        "description": facts.description,
        "keywords": facts.keywords,
        "url": addresses.canonical(site.address, addresses.report(reading, addresses.INDICATORS)),
        "inLanguage": LANGUAGE,
        "isBasedOn": _named(reading.meta, site),
        "creator": {"@type": "GovernmentOrganization", "name": facts.creator} if facts.creator else None,
        "publisher": _publisher(site),
        "license": _licence(site),
        "datePublished": facts.published,
        "temporalCoverage": facts.period,
        "spatialCoverage": _place(reading),
        "variableMeasured": [{"@type": "PropertyValue", "name": name, "unitText": unit} for name, unit in shown],
        "distribution": files if site.address else None,
    }


def _way(page: PageRequest, title: str, above: Sequence[tuple[str, str]]) -> Iterator[Node]:
    """The way from the front page of the site to a page; none where the site has no address, and on that front page."""
    if not page.site.address or page.path == addresses.ROOT:
        return
    steps = [(page.title, addresses.ROOT)]
    if page.of:
        reading = page.of.reading
        if not page.alone:
            steps.append((reading.meta.name, addresses.report(reading)))
        steps += [(section_label(s), addresses.report(reading, s.id)) for s in _above(reading, page.part)]
    steps += above
    if page.path != steps[-1][1]:
        label = section_label(page.part) if page.part else title.partition(" · ")[0]
        steps.append((label, page.path))
    yield {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": n, "name": name, "item": addresses.canonical(page.site.address, path)}
            for n, (name, path) in enumerate(steps, 1)
        ],
    }


def _above(reading: Reading, section: Section | None) -> list[Section]:
    """The sections above a section that have a page of their own, from the top."""
    found = [*reading.upward(section.id)][:0:-1] if section else []
    return [s for s in found if reading.page_of[s.id] == s.id]
