"""Knows what a served folder tells programs of its versions: site map with days, Atom feeds, TimeMaps, JSON-LD, links in the head.

- `sitemap.xml`: each page with the day of the version in which it last changed; `robots.txt`, which names it, as it was built
- `v/versions.atom`, `v/reports.atom`: versions and reports as feeds (RFC 4287)
- `v/timemap.link`, `v/timemap/<slug>.link`: all versions of the front page of the site and of each report (Memento, RFC 7089)

All need addresses of the web: a site whose front page gives no canonical address has none of them. A version is told with the
day of its publication; one without a day (the record of an earlier program) or without its folder is left out. Leaves the
pages for people to `version_pages`, and where the files are written to `version_folder`.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from workreport.publish import version_pages
from workreport.publish.record import VERSIONS, Version
from workreport.website import addresses, markup, site_map
from workreport.website.template_loader import html_part, text_part

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from workreport.publish.version_pages import Dated

VERSIONS_FEED = f"{VERSIONS}/versions.atom"
REPORTS_FEED = f"{VERSIONS}/reports.atom"
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MARK = f"{version_pages.REDIRECT_MARK} of workreport"
"""What stands in a comment of the files at the root: by it the next publication knows that it may replace them."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry of a feed; `updated` and `published` are ISO dates, `published` is "" for not known."""

    address: str
    title: str
    summary: str
    updated: str
    published: str = ""


@dataclass(frozen=True, slots=True)
class _Memento:
    """A version of a page: its address, and the moment of its publication in the form of HTTP."""

    address: str
    moment: str


@dataclass(frozen=True, slots=True)
class HeadLink:
    """A link in the head of a page; `type` and `title` may be ""."""

    relation: str
    href: str
    type: str = ""
    title: str = ""


def time_map_of(page: str) -> str:
    """Return the path of the TimeMap of a page, "" if it has none: only front pages have one.

    >>> time_map_of("index.html"), time_map_of("town-2024/index.html"), time_map_of("town-2024/1/index.html")
    ('v/timemap.link', 'v/timemap/town-2024.link', '')
    """
    folders = page.split("/")[:-1]
    if not page.endswith(addresses.ROOT) or len(folders) > 1 or folders == [addresses.ABOUT]:
        return ""
    return "/".join([VERSIONS, "timemap", *folders]) + ".link"


def address_of(site: Path) -> str:
    """Return the address of a finished site, which its front page gives as canonical; "" if it gives none."""
    return site_map.canonical((site / addresses.ROOT).read_text(encoding="utf-8")).removesuffix(addresses.ROOT)


def program_files(
    site: Path, versions: Sequence[Version | str], last_changed: Mapping[str, Dated]
) -> Iterator[tuple[str, str]]:
    """Yield path and text of each file. `versions` come newest first; one that the publisher deleted is its name.

    `site` is the newest version as it was built; `last_changed` has the version in which each of its files last changed.
    """
    address = address_of(site)
    newest = versions[0]
    if not address or isinstance(newest, str):
        return
    known = [version for version in versions if not isinstance(version, str) and version.day]
    if site_map.SITE_MAP in newest.files:
        yield site_map.SITE_MAP, _site_map(site, address, last_changed)
    if site_map.ROBOTS in newest.files:
        yield site_map.ROBOTS, f"# {_MARK}\n{(site / site_map.ROBOTS).read_text(encoding='utf-8')}"
    yield VERSIONS_FEED, _versions_feed(site, address, versions, known)
    yield REPORTS_FEED, _reports_feed(site, address, newest, known, last_changed)
    for page in (addresses.ROOT, *(f"{slug}/{addresses.ROOT}" for slug in newest.reports)):
        if page in newest.files and time_map_of(page):
            yield time_map_of(page), _time_map(site, address, page, known)


def _site_map(site: Path, address: str, last_changed: Mapping[str, Dated]) -> str:
    """Return the site map of the site with the day of each page's last change, where that is known."""
    rows = []
    for place in site_map.addresses_in((site / site_map.SITE_MAP).read_text(encoding="utf-8")):
        path = unquote(place.removeprefix(address))
        changed = last_changed.get(path if path and not path.endswith("/") else path + addresses.ROOT)
        rows.append(site_map.MappedPage(place, changed.day if changed else ""))
    return site_map.site_map(rows, ours=_MARK)


def _versions_feed(site: Path, address: str, versions: Sequence[Version | str], known: Sequence[Version]) -> str:
    entries = [
        _Entry(
            _version_address(address, version.name),
            f"{version.name} 版",
            "".join(version_pages.sentences_about(version, oldest=version == versions[-1], same=False)),
            version.day,
        )
        for version in known
    ]
    return _feed("versions", site, address, VERSIONS_FEED, f"{VERSIONS}/{addresses.ROOT}", entries)


def _reports_feed(
    site: Path, address: str, newest: Version, known: Sequence[Version], last_changed: Mapping[str, Dated]
) -> str:
    """Return the feed of the reports of the newest version: each with the day on which its text last changed.

    If that version was deleted, the day is that of the oldest version that is known and has the report.
    """
    entries = []
    for slug, title in newest.reports.items():
        front = (site / slug / addresses.ROOT).read_text(encoding="utf-8")
        text = f"{slug}/{addresses.TEXT}/{addresses.ROOT}"
        full = (site / text).read_text(encoding="utf-8")
        changed = last_changed[text].day or min(version.day for version in known if slug in version.reports)
        published, told = _meta(full, "PubDate")[:10], _meta(front, "description") or _meta(front, "Description")
        entries.append(_Entry(site_map.canonical(front) or address, title, told, changed, _day(published)))
    entries.sort(key=lambda entry: (entry.updated, entry.published), reverse=True)
    return _feed("reports", site, address, REPORTS_FEED, addresses.ROOT, entries)


def _feed(kind: str, site: Path, address: str, own: str, page: str, entries: Sequence[_Entry]) -> str:
    front = (site / addresses.ROOT).read_text(encoding="utf-8")
    name = _meta(front, "SiteName") or version_pages.title_of(front)
    return html_part(
        f"publish/{kind}",
        ending="atom",
        own=address + own,
        page=addresses.canonical(address, page),
        site=_xml(name),
        author=_xml(_meta(front, "ContentSource") or name),
        entries=[replace(entry, title=_xml(entry.title), summary=_xml(entry.summary)) for entry in entries],
    )


def _time_map(site: Path, address: str, page: str, known: Sequence[Version]) -> str:
    """Return the TimeMap of a page: its versions, the oldest first."""
    mementos = [
        _Memento(_version_address(address, version.name, page), _http_moment(version.day))
        for version in reversed(known)
        if page in version.files
    ]
    stable = site_map.canonical((site / page).read_text(encoding="utf-8"))
    return text_part(
        "publish/timemap", ending="link", original=stable, own=address + quote(time_map_of(page)), mementos=mementos
    )


def versions_graph(site: Path, title: str, versions: Sequence[Version | str]) -> str:
    """Return the JSON-LD of the list of versions, whose title is given: the page, its versions, and the way to it.

    `versions` come newest first; one that the publisher deleted is its name. Addresses are left out where the site has none.
    """
    address = address_of(site)
    at = addresses.canonical(address, version_pages.LIST_PAGE)
    front = version_pages.title_of((site / addresses.ROOT).read_text(encoding="utf-8"))
    kept = [version for version in versions if not isinstance(version, str)]
    page = {
        "@type": "CollectionPage",
        **({"url": at} if at else {}),
        "name": title,
        "inLanguage": "zh-Hans",
        "hasPart": [
            {
                "@type": "CreativeWork",
                "name": f"{version.name} 版",
                "version": version.name,
                **({"datePublished": version.day} if version.day else {}),
                **({"url": _version_address(address, version.name)} if address else {}),
                "about": [{"@type": "Report", "name": report} for report in version.reports.values()],
            }
            for version in kept
        ],
    }
    steps = [(front, address), (title, at)] if address else []
    way = {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": n, "name": name, "item": item} for n, (name, item) in enumerate(steps, 1)
        ],
    }
    graph = {"@context": "https://schema.org", "@graph": [page, *([way] if steps else [])]}
    return json.dumps(graph, ensure_ascii=False).replace("<", "\\u003c")


def head_links(page: str, version: Version, before: Version | None, *, stable: bool) -> str:
    """Return the links (HTML) for the head of a page of a new `version`, at its stable address or in the version's folder.

    `before` is the version before it. All are relative: pages are read from any copy of the served folder.
    """
    at = page if stable else f"{VERSIONS}/{version.name}/{page}"

    def link(relation: str, path: str, kind: str = "", title: str = "") -> HeadLink:
        return HeadLink(relation, version_pages.relative(at, path), kind, title)

    links = [link("version-history", version_pages.LIST_PAGE)]
    if not stable:
        links += [link("original", page), link("latest-version", page)]
        if before and page in before.files:
            links.append(link("predecessor-version", f"{VERSIONS}/{before.name}/{page}"))
    if path := time_map_of(page):
        links += [
            link("timemap", path, "application/link-format"),
            link("alternate", VERSIONS_FEED, "application/atom+xml", "新的版本"),
            link("alternate", REPORTS_FEED, "application/atom+xml", "新的报告"),
        ]
    return html_part("publish/head", links=links)


def _version_address(address: str, version: str, page: str = addresses.ROOT) -> str:
    return addresses.canonical(address, f"{VERSIONS}/{version}/{quote(page)}")


def _http_moment(day: str) -> str:
    """Return the beginning of a day in the form of HTTP dates, in English whatever the locale.

    >>> _http_moment("2024-03-05")
    'Tue, 05 Mar 2024 00:00:00 GMT'
    """
    when = date.fromisoformat(day)
    week = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")[when.weekday()]
    month = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")[when.month - 1]
    return f"{week}, {when.day:02} {month} {when.year:04} 00:00:00 GMT"


def _day(words: str) -> str:
    """Return words that are an ISO date, "" for others."""
    try:
        return date.fromisoformat(words).isoformat()
    except ValueError:
        return ""


def _xml(words: str) -> str:
    """Return words on one line, with U+FFFD for each character that XML cannot hold."""
    return _NO_XML.sub("\ufffd", " ".join(words.split()))


def _meta(page: str, name: str) -> str:
    """Return the content of a page's `<meta>` of this name, "" if there is none."""
    for tag in markup.tags(page.partition("</head>")[0], ["meta"]):
        found, content = tag.get("name"), tag.get("content")
        if found and content and found.value == name:
            return content.value
    return ""
