"""Knows the pages at the stable addresses of a place without links: they redirect to the version that `current.js` names.

A program that runs no script sees of such a page what it sees of the page itself: title, labels, preview, canonical address,
JSON-LD, and a link to the newest version. Leaves which addresses have one to `publish_job`, and writing to `pointer_switch`.
"""

from __future__ import annotations

import json
import posixpath
from html import escape
from string import Template as TextTemplate
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from workreport.publish.record import VERSIONS
from workreport.publish.version_pages import LIST_PAGE, relative, title_of
from workreport.website import markup
from workreport.website.template_loader import html_part

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from workreport.publish.version_pages import NewLocation

_GONE = "这一页在最新的一版里没有了"
"""The title of the page at an address that the newest version lacks."""
_TOLD_LINKS = frozenset({"canonical", "license", "icon", "apple-touch-icon", "search", "alternate", "describedby"})
"""Values of `rel` that tell something of a page; styles, and what a browser should fetch before it is wanted, do not."""
_OF_THE_FRAME = frozenset({"viewport", "color-scheme", "wr-manifest"})
"""Names of `<meta>` that are about how a page is shown: a redirect has its own."""


def redirect_page(template: str, at: str, page: str, version: str, links: str = "") -> str:
    """Return the page at the stable address `at` (outside `v/`) that redirects to this page of the newest version.

    `page` is the HTML of the page itself, as it was built or as it is in the folder of `version`; `links` (HTML) are added to
    the head.
    """
    there = html_part("publish/there", gone=False, link=relative(at, f"{VERSIONS}/{version}/{at}"), version=version)
    return _filled(template, at, title_of(page), there, "\n".join([*_told(page, at), links]).strip())


def gone_page(template: str, at: str, version: str) -> str:
    """Return the page at a stable address that the newest version lacks; `version` last had it.

    Which page to read instead stands in `current.js`.
    """
    there = html_part("publish/there", gone=True, link=relative(at, f"{VERSIONS}/{version}/{at}"), version=version)
    return _filled(template, at, _GONE, there, html_part("publish/title", title=_GONE).strip())


def _filled(template: str, at: str, title: str, there: str, head: str) -> str:
    return TextTemplate(template).substitute(
        path=escape(at),
        up="../" * at.count("/"),
        list=relative(at, LIST_PAGE),
        title=escape(title),
        there=there.strip(),
        head=head,
    )


def _told(page: str, at: str) -> Iterator[str]:
    """Yield the elements of a page's head that tell other programs what it is, without links out of the site."""
    head = page.partition("</head>")[0]
    for tag in markup.tags(head, ("meta", "title", "link", "script")):
        element = head[tag.start : tag.end]
        name, kind, link = tag.get("name") or tag.get("property"), tag.get("type"), tag.get("href")
        if tag.name == "title":
            yield f"{head[tag.start : tag.inner]}</title>"
        elif tag.name == "script":
            if kind and kind.value == "application/ld+json":
                yield f"{head[tag.start : tag.inner]}</script>"
        elif tag.name == "meta":
            if name and name.value not in _OF_THE_FRAME:
                yield element
        elif (relation := tag.get("rel")) and link and relation.value in _TOLD_LINKS and _stays(link.value, at):
            yield element


def _stays(link: str, at: str) -> bool:
    """Whether a link of the page `at` is a full address or leads to a file of the same site."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return True
    return not posixpath.normpath(posixpath.join(posixpath.dirname(at), unquote(parts.path))).startswith("..")


def pointer_text(version: str, removed: Mapping[str, str], locations: Mapping[str, NewLocation]) -> str:
    """Return the text of `current.js`: the newest version and the removed pages.

    `removed`: for each removed page the version that last had it; `locations`: for some of them the page to read instead.
    """
    pointer = {
        "version": version,
        "kept": {name: _removed_row(removed[name], locations.get(name)) for name in sorted(removed)},
    }
    return f"globalThis.workreportCurrent={json.dumps(pointer, ensure_ascii=True)};\n"


def _removed_row(version: str, now: NewLocation | None) -> dict[str, str | bool]:
    """Return the entry of a removed page in `current.js`; "now" is "" if there is no page to read instead."""
    row: dict[str, str | bool] = {"version": version, "now": now.path if now else ""}
    return row | {"renamed": True} if now and now.renamed else row
