"""Knows the page labels (网页标签) that Chinese government sites must carry, and where each value comes from.

The rule: 国务院办公厅《政府网站发展指引》（国办发〔2017〕47号）its annex “网页设计规范”, the part on 网页标签. Every page has the labels of
the site (SiteName, SiteDomain, SiteIDCode); a page of a column (栏目) has ColumnName, ColumnDescription, ColumnKeywords
and ColumnType; a page of content has ArticleTitle, PubDate (YYYY-MM-DD HH:MM), ContentSource and, if there are such values,
Keywords, Author, Description, Image and Url. As on the ministries' own sites, a page of content names its column and
the column's kind too. What is not known is left out: nothing is invented.

Here the front page and the pages of the whole site are the column, the pages of a report its content. Leaves printing the
labels to `templates/overrides/partials/head.html`, and telling the publisher what is still missing to `build.labels_missing`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from urllib.parse import urlsplit

from workreport.model import Meta, Reading, Term
from workreport.website.pages.escape import one_line
from workreport.website.pages.publisher import Reports, SiteFacts, site_description, site_title

NAMES = 5
"""The most names of a page among its keywords."""

Pairs = list[list[str]]
"""Labels of a page: name and value of each, without those that have no value."""


def theme_labels(reports: Reports, site: SiteFacts) -> dict[str, Pairs]:
    """Return the labels with the same value on many pages, for the theme.

    "site" stand on every page, "column" on those of the column, "article" on those of a report.
    """
    labels, title = site.labels, site_title(reports, site)
    words = labels.column_keywords or tuple(dict.fromkeys(w for meta in reports.metas for w in report_words(meta)))
    column = ["ColumnName", labels.column or title]
    kind = ["ColumnType", labels.column_type]
    return {
        "site": _told(
            ["SiteName", labels.site_name or title],
            ["SiteDomain", urlsplit(site.address).hostname or ""],
            ["SiteIDCode", site.footer.site_code],
        ),
        "column": _told(
            column,
            ["ColumnDescription", labels.column_description or site_description(title)],
            ["ColumnKeywords", ",".join(words)],
            kind,
        ),
        "article": _told(column, kind, ["ContentSource", labels.source or site.publisher]),
    }


def report_labels(reading: Reading, named: Iterable[Term]) -> Pairs:
    """Return the labels of a page of a report that only this report or page has; `named` are the names on the page.

    ArticleTitle, Description, Image and Url are what the theme knows of every page anyway.
    """
    often = sorted(named, key=lambda term: -len(term.mentions))[:NAMES]
    return _told(
        ["PubDate", moment(reading.meta.published)],
        ["Keywords", ",".join(dict.fromkeys((*report_words(reading.meta), *(term.name for term in often))))],
        ["Author", reading.meta.speaker],
    )


def report_words(meta: Meta) -> tuple[str, ...]:
    """Return the keywords of a report: 政府工作报告, its place, its year."""
    return tuple(filter(None, (meta.title, meta.place, f"{meta.year}年" if meta.year else "")))


def moment(when: date | None) -> str:
    """Return a day or moment as the rule writes it; without a time if only the day is known, "" for None.

    >>> moment(date(2024, 2, 22)), moment(datetime.fromisoformat("2024-02-22T09:30")), moment(None)
    ('2024-02-22', '2024-02-22 09:30', '')
    """
    if isinstance(when, datetime):
        return when.strftime("%Y-%m-%d %H:%M")
    return when.isoformat() if when else ""


def _told(*labels: list[str]) -> Pairs:
    return [[name, one_line(value)] for name, value in labels if value]
