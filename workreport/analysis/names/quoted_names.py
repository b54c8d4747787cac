"""Knows names in quotation marks, and families of such names. Leaves which of them are terms to `spellings`."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence

from workreport.analysis.names.cutting import LONGEST, Spot

HEAD = 2
"""Characters that the names of a family share at least at each end: 一号|发展|工程 and 一号|开放|工程."""

_QUOTED = re.compile(r"[“「]([^“”「」。；\n]{2,40})[”」]")
_CLAUSE = re.compile("[，、：；！？。]")
_MERE_NUMBER = re.compile(r"[0-9一二三四五六七八九十百]+[条个项大年月日]?")
_COUNT_BEFORE = re.compile(r"[一二两三四五六七八九十0-9][个大项][“「]?$")


def quoted_names(number: int, text: str) -> Iterator[tuple[str, Spot]]:
    """Find quoted text that may be a name: at most LONGEST characters, no clause, not only a number (“十条”).

    `number` is the index of the sentence.
    """
    for match in _QUOTED.finditer(text):
        content = match.group(1)
        if len(content) <= LONGEST and not _CLAUSE.search(content) and not _MERE_NUMBER.fullmatch(content):
            yield content, Spot(number, match.start(1), match.end(1))


def find_families(texts: Sequence[str], quoted: dict[str, list[Spot]]) -> dict[str, str]:
    """Find families of quoted names: 三个“一号工程” has the members “一号发展工程” and “一号开放工程”.

    The family's name follows a count (三个) somewhere. Its members insert one to four characters into it. Maps every member,
    and the family's name itself, to the family's name.
    """
    members: dict[str, str] = {}
    by_ends: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name in sorted(quoted):
        by_ends[name[:HEAD], name[-HEAD:]].append(name)
    for family in sorted(quoted):
        if len(family) < 2 * HEAD or family in members:
            continue
        if not any(_COUNT_BEFORE.search(texts[s.sentence][max(s.start - 4, 0) : s.start]) for s in quoted[family]):
            continue
        cuts = range(HEAD, len(family) - HEAD + 1)
        kin = [
            name
            for name in by_ends[family[:HEAD], family[-HEAD:]]
            if len(family) < len(name) <= len(family) + 4
            and any(name.startswith(family[:k]) and name.endswith(family[k:]) for k in cuts)
        ]
        if kin:
            members |= dict.fromkeys((family, *kin), family)
    return members


class Quotations:
    """Knows the spans of all quotations, by the index of their sentence in `texts`."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self._spans = [[(m.start(1), m.end(1)) for m in _QUOTED.finditer(text)] for text in texts]

    def modifier(self, spot: Spot) -> bool:
        """Whether a spot is only a modifier in a longer quotation, as 西湖 in “西湖明珠工程”.

        False if the spot ends the quotation or a clause of it, or stands outside quotation marks.
        """
        text, spans = self._texts[spot.sentence], self._spans[spot.sentence]
        k = bisect_right(spans, (spot.start, len(text))) - 1
        if k < 0 or spans[k][1] <= spot.end:
            return False
        return not _CLAUSE.match(text, spot.end)
