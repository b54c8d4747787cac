"""Knows which accent each report of a site has: the publisher's colour, or one of the colours of places by its division code.

Leaves the colours themselves to `templates/tokens.toml`, and the rules of the style sheet to `colour`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from workreport.ingest.facts.places import STATE
from workreport.model import Meta
from workreport.website.pages.colour import Accent, of_place, of_publisher
from workreport.website.pages.publisher import Reports
from workreport.website.tokens import BadTokens, Tokens

STEPS = (5, 7, 5)
"""How far one more in each pair of digits of a code goes round the circle of colours.

None has a factor in common with twelve, so that twelve places in a row have twelve colours, and neighbours such far apart.
"""


class ColourFacts(Protocol):
    """The publisher's setting that decides: his colour as #rrggbb, "" if he gave none."""

    @property
    def colour(self) -> str: ...


@dataclass(frozen=True, slots=True)
class SiteColours:
    """The accents of a site: `site` of the pages of no report, `of_report` by slug.

    `names` are the names of the colours by slug where the reports of a site have several, else empty: then `site` is that of
    all. `named` are the accents by those names.
    """

    site: Accent
    of_report: Mapping[str, Accent]
    names: Mapping[str, str]
    named: Mapping[str, Accent]


def site_colours(reports: Reports, facts: ColourFacts, look: Tokens) -> SiteColours:
    """Return the accents of a site. The publisher's colour goes before those of the places.

    Raises BadTokens if `tokens.toml` has no colours of places.
    """
    slugs = [meta.slug for meta in reports.metas]
    if facts.colour:
        chosen = of_publisher(facts.colour, look)
        return SiteColours(chosen, dict.fromkeys(slugs, chosen), {}, {})
    light, dark = look.table("place.light"), look.table("place.dark")
    if not light:
        raise BadTokens(
            "templates/tokens.toml 里没有 [place.light] 和 [place.dark]。请补上，或在 site.toml 里写 colour。"
        )
    order = tuple(light)
    names = {meta.slug: colour_of(meta, order) for meta in reports.metas}
    named = {name: of_place(light[name], dark[name], look) for name in order if name in names.values()}
    of_report = {slug: named[name] for slug, name in names.items()}
    if len(named) == 1:
        return SiteColours(next(iter(named.values())), of_report, {}, {})
    return SiteColours(of_place(light[order[0]], dark[order[0]], look), of_report, names, named)


def colour_of(meta: Meta, order: Sequence[str]) -> str:
    """Return the name of the colour of a report's place among the names in `order`.

    The first one (朱红) is that of the State Council and of a report without a place. A place with a division code has the one
    to which the code leads (see `STEPS`), another one the one to which the digest of its name leads.

    >>> from workreport.model import Meta
    >>> place = Meta("a", "政府工作报告", "杭州市", 2026, None, "", "", "", code="330100")
    >>> colour_of(place, [str(number) for number in range(12)])
    '4'
    """
    if not meta.place or meta.place == STATE:
        return order[0]
    code = meta.code
    if len(code) == 6 and code.isascii() and code.isdecimal():
        turned = sum(step * int(code[at : at + 2]) for step, at in zip(STEPS, (0, 2, 4), strict=True))
    else:
        turned = int.from_bytes(hashlib.sha256(meta.place.encode()).digest()[:8], "big")
    return order[turned % len(order)]


WITHOUT_PLACE = "政"
"""The mark of a report that names no place."""


def mark(meta: Meta) -> str:
    """Return the mark of a report's place: the first character of its own name (拱 for 杭州市拱墅区), else 政."""
    return meta.own_place[:1] or WITHOUT_PLACE
