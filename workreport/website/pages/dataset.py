"""Knows what every description of a report's data says of it: title, words, publisher, licence, place, time.

`datapackage.json`, the DCAT file, the RO-Crate of the bag and the JSON-LD of the pages take their values from here, so that
they say the same. Leaves the form of each description to its module, and the files described to `data`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from workreport.model import Reading
from workreport.model.place_years import PlaceYears
from workreport.website import addresses
from workreport.website.pages import wording
from workreport.website.pages.labels import report_words
from workreport.website.pages.publisher import SiteFacts

NAMED = 5
"""The most places that the title of their data names."""
PACKAGE_NAME = "datapackage.json"
"""The file that describes data as a whole."""


@dataclass(frozen=True, slots=True)
class DatasetFacts:
    """The facts about the data of one report; "" or () for what is not known or not given.

    `title`, `description` and `keywords` are Chinese. `name` is the slug. `creator` is the body whose report it is;
    `published` is the day on which the publisher put it online, or the moment (ISO). `place_code` is the code of
    GB/T 2260. The data are of the time from the day `begins` to the day `ends`. Of the contact one of `mail`, `page` and
    `telephone` is set. `licence` are the publisher's words on the licence, `licence_page` is its address; words that are an
    address are the latter only.
    `front` is the address of the report's front page, `folder` how the addresses of its data files begin, `identifier` the
    address of the data as a whole: the page that shows and offers them, with an anchor, since a folder itself answers nothing on
    a server. All are "" if the site has no address.
    """

    name: str
    title: str
    description: str
    keywords: tuple[str, ...]
    creator: str
    published: str
    place: str
    place_code: str
    begins: str
    ends: str
    publisher: str
    mail: str
    page: str
    telephone: str
    licence: str
    licence_page: str
    front: str
    folder: str
    identifier: str

    @property
    def period(self) -> str:
        """The time of the data as an interval of ISO 8601, 2023-01-01/2024-12-31."""
        return f"{self.begins}/{self.ends}" if self.begins else ""


def dataset_facts(reading: Reading, site: SiteFacts) -> DatasetFacts:
    """Return the facts about the data of a report, from the report and the settings of its site.

    A work report looks back on the year before the one in its title and ahead to that one: its data are of these two years.
    """
    meta, year = reading.meta, reading.meta.year
    shown = addresses.canonical(site.address, addresses.report(reading, addresses.INDICATORS))
    page, mail = site.contact if is_address(site.contact) else "", site.contact if "@" in site.contact else ""
    return DatasetFacts(
        name=meta.slug,
        title=f"{meta.name}：指标",
        description=(
            f"{meta.name}的{len(reading.indicators)}项指标：名称、原文数值、单位、变化、位次、时期，已完成还是目标，以及原句和它的地址。"
            "由程序从报告全文读出，每一项都能回到原句。"
        ),
        keywords=tuple(dict.fromkeys((*report_words(reading.meta), "指标"))),
        creator=wording.responsible(meta.title, meta.place),
        published=meta.published.isoformat() if meta.published else "",
        place=meta.place,
        place_code=meta.code,
        begins=f"{year - 1:04}-01-01" if year else "",
        ends=f"{year:04}-12-31" if year else "",
        publisher=site.publisher,
        mail="" if page else mail,
        page=page,
        telephone=site.contact if not page and not mail else "",
        licence="" if is_address(site.licence) else site.licence,
        licence_page=licence_page(site),
        front=addresses.canonical(site.address, addresses.report(reading)),
        folder=f"{site.address}{addresses.data(reading.meta.slug)}/" if site.address else "",
        identifier=f"{shown}#dataset" if shown else "",
    )


def years_facts(places: Sequence[PlaceYears], reading: Reading, site: SiteFacts) -> DatasetFacts:
    """Return the facts about the data of all places with reports of several years.

    `reading` is one of their reports: what is said of the publisher is the same for all. The data are of the years from the
    first report's to the last one's.
    """
    of_report, alone = dataset_facts(reading, site), len(places) == 1
    names = "、".join(place.place for place in places[:NAMED]) + ("等地" if len(places) > NAMED else "")
    years = [year for place in places for year in (*(p.year for p in place.pairs), *_years(place))]
    return replace(
        of_report,
        name="years",
        title=f"{names}：各年对照",
        description=(
            f"{names}各年政府工作报告的{sum(len(p.pairs) for p in places)}项承诺和下一年报告说到同一件事的原句，"
            f"以及{sum(len(p.series) for p in places)}个指标的历年数字。由程序从报告全文读出、配对，每一项都能回到原句。"
        ),
        keywords=("政府工作报告", *(place.place for place in places[:NAMED]), "承诺", "历年数字"),
        creator=of_report.creator if alone else "",
        published="",
        place=places[0].place if alone else "",
        place_code=places[0].code if alone else "",
        begins=f"{min(years):04}-01-01" if years else "",
        ends=f"{max(years):04}-12-31" if years else "",
        front=addresses.canonical(site.address, addresses.ROOT),
        folder=f"{site.address}{addresses.DATA}/" if site.address else "",
        identifier=f"{site.address}{addresses.DATA}/{PACKAGE_NAME}" if site.address else "",
    )


def _years(place: PlaceYears) -> Iterator[int]:
    return (point.year for series in place.series for point in series.points)


def licence_page(site: SiteFacts) -> str:
    """Return the address of the licence: the one that the publisher gives for it, else his words if they are one, else ""."""
    return site.licence_address or (site.licence if is_address(site.licence) else "")


def is_address(words: str) -> bool:
    """Return whether a text is an address of the web and nothing else.

    >>> is_address("https://creativecommons.org/licenses/by/4.0/"), is_address("见 https://a.b/"), is_address("转载请注明出处")
    (True, False, False)
    """
    return words.startswith(("http://", "https://")) and words.isascii() and " " not in words
