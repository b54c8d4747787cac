"""Knows how the session of a people's congress is named: 在青禾县第十八届人民代表大会第四次会议上, 省八届人大二次会议.

Leaves what the words before the session name to `places`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workreport.ingest.facts.head_dates import without_dates

_N = "[0-9首〇○零一二三四五六七八九十百]"
_SESSION = re.compile(
    rf"""
    (?P<before>[一-鿿]{{0,40}}?)
    (?P<session>
        第?{_N}{{1,4}}届(?:全国)?(?:委员会)?[^，。；、\n]{{0,6}}?
        (?:人民代表大会|人大)(?:常务委员会|常委会)?
        [^，。；、\n上]{{0,4}}?
        第?{_N}{{1,3}}次(?:全体)?会议
    )
    """,
    re.VERBOSE,
)
"""Matches a session in a compact text: groups `before`, the characters before it, and `session`."""
_LEADS = ("在", "向")
"""Words before the name of the congress; 于 is not among them, since names begin with it (于都县)."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """A session. `place` are the words for the place as printed (青禾县, 省, or ""), `session` the rest of the name."""

    place: str
    session: str


def meetings_in(lines: Sequence[str]) -> Iterator[Meeting]:
    """Yield the sessions that compact lines name, in order; a name may go on in the next line or the one after it.

    >>> list(meetings_in(["——2024年1月10日在日照市第十届人民", "代表大会第二次会议上"]))
    [Meeting(place='日照市', session='第十届人民代表大会第二次会议')]
    """
    for k, line in enumerate(lines):
        for joined in (line, "".join(lines[k : k + 2]), "".join(lines[k : k + 3])):
            found = _SESSION.search(without_dates(joined, "\n"))
            # A name that begins in a later line is found there.
            if found and len(line) > joined.find(found["session"]):
                yield Meeting(_place(found["before"]), found["session"])
                break


def address_in(opening: str) -> Meeting | None:
    """Return the session that the opening addresses (我向青禾县第十届人民代表大会第二次会议报告工作), or None.

    >>> address_in("各位代表：自县六届人大一次会议以来，全县经济发展。") is None
    True
    """
    found = re.search(rf"向(?={_SESSION.pattern}(?:作|报告|提出|汇报))", without_dates(opening, "\n"), re.VERBOSE)
    session = _SESSION.match(without_dates(opening, "\n"), found.end()) if found else None
    return Meeting(_place(session["before"]), session["session"]) if session else None


def _place(before: str) -> str:
    """Return the words for the place before a session: what follows 在, else 向 (王小明在青禾县 gives 青禾县)."""
    lead = next((lead for lead in _LEADS if lead in before), "")
    return before[before.rfind(lead) + len(lead) :] if lead else before
