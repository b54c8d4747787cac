"""Knows llms.txt (https://llmstxt.org/): it tells programs that read for people where the plain text of each report is.

The words stand in `templates/site/llms.txt.j2`. Leaves the plain texts themselves to `pages.render`.
"""

from __future__ import annotations

from dataclasses import dataclass

from workreport.website import addresses
from workreport.website.pages.collection import Collection, ReportSummary
from workreport.website.pages.publisher import SiteFacts, site_description, site_title
from workreport.website.template_loader import text_part

LLMS = "llms.txt"


@dataclass(frozen=True, slots=True)
class _LlmsReport:
    """A report in llms.txt; `text`, `data` and `front` are addresses."""

    name: str
    day: str
    characters: int
    indicators: int
    text: str
    data: str
    front: str


def llms_text(collection: Collection, site: SiteFacts, *, data: bool) -> str:
    """Return the text of llms.txt (https://llmstxt.org/): where the plain text of each report is, in Markdown.

    With `data` the data files are named too. Addresses are relative where the site has none.
    """
    title = site_title(collection, site)
    return text_part(
        "site/llms",
        title=_markdown(title),
        description=_markdown(site_description(title)),
        reports=[_llms_report(report, site.address) for report in collection.reports],
        about=_link(site.address, addresses.site_page(addresses.ABOUT)),
        data=data,
    )


def _llms_report(report: ReportSummary, address: str) -> _LlmsReport:
    meta = report.meta
    return _LlmsReport(
        _markdown(meta.name),
        meta.date.isoformat() if meta.date else "",
        report.characters,
        report.figures,
        _link(address, addresses.plain_text(meta.slug)),
        _link(address, addresses.data(meta.slug, "indicators.json")),
        _link(address, addresses.front(meta.slug)),
    )


def _link(address: str, path: str) -> str:
    link = addresses.relative(addresses.ROOT, path)
    return addresses.canonical(address, link) or link


def _markdown(words: str) -> str:
    """Return words on one line, with the signs of Markdown that could end a link or begin one escaped."""
    return "".join(f"\\{c}" if c in "\\[]<>`*_" else c for c in " ".join(words.split()))
