"""Knows where the newest version has the sentences of a page that it no longer has.

Looks only in the page's own report, or the one it was renamed to: ids come from the words, so the same greeting has the
same id in every report. Leaves following sentences to `differences`, and the HTML to `version_pages`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workreport.publish import differences, version_pages
from workreport.publish.version_pages import NewLocation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

_SENTENCE = re.compile(r'\bid="(s[0-9a-f]{8}(?:-[0-9]+)?)"')

_Pages = dict[str, set[str]]


def new_locations(site: Path, files: Iterable[str], gone: Mapping[str, Path]) -> dict[str, NewLocation]:
    """For each removed page, the page of `site` to look at instead; a page with no certain successor is left out.

    `files`: paths of the files of the site; `gone`: removed pages, with the folder of the version that last had each.
    """
    found: dict[str, NewLocation] = {}
    now = differences.read_texts(site) if gone else {}
    read: dict[str, _Pages] = {}
    for version in sorted(set(gone.values())):
        then = differences.read_texts(version)
        for old, new in differences.common_reports(then, now).items():
            names = [n for n, v in gone.items() if v == version and n.startswith(f"{old}/") and (v / n).is_file()]
            if names and new not in read:
                read[new] = {n: _ids(site / n) for n in files if n.startswith(f"{new}/") and n.endswith(".html")}
            # A page also carries the ids of sentences deleted beside its own: those prove nothing, so they are not counted.
            became = differences.follow_ids(then[old], now[new]) if names else {}
            own = {sentence.id for sentence in then[old]}
            for name in names:
                path = _location(_ids(version / name) & own, became, read[new], name, (old, new))
                if path:
                    title = version_pages.title_of((site / path).read_text(encoding="utf-8"))
                    found[name] = NewLocation(path, title or path, renamed=old != new)
    return found


def _ids(page: Path) -> set[str]:
    return set(_SENTENCE.findall(page.read_text(encoding="utf-8")))


def _location(stood: set[str], became: Mapping[str, str], pages: _Pages, name: str, report: tuple[str, str]) -> str:
    """The path of the page to look at instead of the removed page `name`, or ""; `report`: its slug before and now.

    A renamed report was recognized by all its sentences, so where no single page has most of them its front is right.
    """
    old, new = report
    same, front = new + name[len(old) :], f"{new}/index.html"
    if page := _page(stood, became, pages, same):
        return page
    if old == new or front not in pages:
        return ""
    return same if not stood and same in pages else front


def _page(stood: set[str], became: Mapping[str, str], pages: _Pages, same: str) -> str:
    """The page that has more than half of the sentences in `stood` now; "" where there is none.

    First choice is the page of the same name, then the deepest one: sections rather than the report's front. The full
    text has every sentence, so it is chosen only for a removed full text (`same`).
    """
    still = {became[sentence] for sentence in stood if sentence in became}
    most = {name: shared for name, ids in pages.items() if 2 * (shared := len(still & ids)) > len(stood)}
    if same in most:
        return same
    parts = (name for name in most if not name.endswith(f"/{differences.FULL_TEXT}"))
    return max(parts, key=lambda name: (name.count("/"), most[name], name), default="")
