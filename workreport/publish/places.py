"""Knows where a reader finds what stood on a page that the newest version no longer has.

Looks in the page's own report only, or in the one that it was renamed to: sentence ids come from the words, so that a
greeting has the same id in every report. Leaves which sentence became which to `changes`, the words to `listing`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workreport.publish import differences, version_pages
from workreport.publish.version_pages import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

_SENTENCE = re.compile(r'\bid="(s[0-9a-f]{8}(?:-[0-9]+)?)"')

_Pages = dict[str, set[str]]


def places(site: Path, files: Iterable[str], gone: Mapping[str, Path]) -> dict[str, Place]:
    """For each page that is no more: where it is told to be now; a page of which nothing is certain has none.

    `files` are the files of the site as it is; `gone` has, for each page, the folder of the version that last had it.
    """
    found: dict[str, Place] = {}
    now = differences.texts(site) if gone else {}
    read: dict[str, _Pages] = {}
    for version in sorted(set(gone.values())):
        then = differences.texts(version)
        for old, new in differences.both(then, now).items():
            names = [n for n, v in gone.items() if v == version and n.startswith(f"{old}/") and (v / n).is_file()]
            if names and new not in read:
                read[new] = {n: _ids(site / n) for n in files if n.startswith(f"{new}/") and n.endswith(".html")}
            # A sentence that was taken out leaves its address with a neighbour: that it was there says nothing.
            became = differences.followed(then[old], now[new]) if names else {}
            own = {sentence.id for sentence in then[old]}
            for name in names:
                path = _place(_ids(version / name) & own, became, read[new], name, (old, new))
                if path:
                    title = version_pages.title_of((site / path).read_text(encoding="utf-8"))
                    found[name] = Place(path, title or path, renamed=old != new)
    return found


def _ids(page: Path) -> set[str]:
    return set(_SENTENCE.findall(page.read_text(encoding="utf-8")))


def _place(stood: set[str], became: Mapping[str, str], pages: _Pages, name: str, report: tuple[str, str]) -> str:
    """The page of the report to look at for one that is no more; `report` is its slug before and now.

    A renamed report is told by its sentences as a whole, so that its front is right where no page can be told.
    """
    old, new = report
    same, front = new + name[len(old) :], f"{new}/index.html"
    if page := _page(stood, became, pages, same):
        return page
    if old == new or front not in pages:
        return ""
    return same if not stood and same in pages else front


def _page(stood: set[str], became: Mapping[str, str], pages: _Pages, same: str) -> str:
    """The page on which more than half of the sentences that stood together stand now; "" where there is none.

    The page of the same place comes first (a renamed report has it), then the deepest: the front of a report is not where
    its sections are read. The full text has every sentence, so that only a full text is led to it.
    """
    still = {became[sentence] for sentence in stood if sentence in became}
    most = {name: shared for name, ids in pages.items() if 2 * (shared := len(still & ids)) > len(stood)}
    if same in most:
        return same
    parts = (name for name in most if not name.endswith(f"/{differences.FULL_TEXT}"))
    return max(parts, key=lambda name: (name.count("/"), most[name], name), default="")
