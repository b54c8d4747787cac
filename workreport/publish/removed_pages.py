"""Knows which page of the newest version has the sentences of a page that was removed.

Only pages of the same report (renamed or not) are searched: ids are computed from the text, so the same greeting has the
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
"""The id of a sentence in the HTML of a page."""

_Pages = dict[str, set[str]]
"""The ids of sentences on each page, by the page's path."""


def new_locations(site: Path, files: Iterable[str], gone: Mapping[str, Path]) -> dict[str, NewLocation]:
    """Return for each removed page the page of `site` to read instead; a page for which none is certain is left out.

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
            # A page also contains ids of deleted sentences, as targets of old links: these prove nothing and do not count.
            new_ids = differences.follow_ids(then[old], now[new]) if names else {}
            own = {sentence.id for sentence in then[old]}
            for name in names:
                path = _new_location(_ids(version / name) & own, new_ids, read[new], name, (old, new))
                if path:
                    title = version_pages.title_of((site / path).read_text(encoding="utf-8"))
                    found[name] = NewLocation(path, title or path, renamed=old != new)
    return found


def _ids(page: Path) -> set[str]:
    """Return all ids of sentences in a page, also ids that are only targets of old links."""
    return set(_SENTENCE.findall(page.read_text(encoding="utf-8")))


def _new_location(
    sentences: set[str], new_ids: Mapping[str, str], pages: _Pages, name: str, report: tuple[str, str]
) -> str:
    """Return the path of the page to read instead of the removed page `name`, "" if none is certain.

    `sentences`: the ids of the removed page's sentences; `new_ids`: old id to new id; `pages`: the report's pages now;
    `report`: its slug before and now. If no page has most of the sentences, but the report was renamed, the result is the
    report's front page, or the page with the same name if the removed page had no sentences.
    """
    old, new = report
    same, front = new + name[len(old) :], f"{new}/index.html"
    if page := _page_with_most(sentences, new_ids, pages, same):
        return page
    if old == new or front not in pages:
        return ""
    return same if not sentences and same in pages else front


def _page_with_most(sentences: set[str], new_ids: Mapping[str, str], pages: _Pages, same: str) -> str:
    """Return the page that now has more than half of these sentences (ids), "" if none has.

    Of several, the page of the same name (`same`) comes first, then the deepest one, so that sections come before the
    report's front page. The full text has every sentence, so it is chosen only if it is `same`.
    """
    still = {new_ids[sentence] for sentence in sentences if sentence in new_ids}
    most = {name: shared for name, ids in pages.items() if 2 * (shared := len(still & ids)) > len(sentences)}
    if same in most:
        return same
    parts = (name for name in most if not name.endswith(f"/{differences.FULL_TEXT}"))
    return max(parts, key=lambda name: (name.count("/"), most[name], name), default="")
