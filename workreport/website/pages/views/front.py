"""Knows what the front page of a report shows: whose it is, how complete, the figures that matter, the way to each section.

Leaves which figures these are to `choice`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from workreport.analysis.ranking import front_choice
from workreport.model import Reading
from workreport.website import addresses
from workreport.website.pages import charts, wording
from workreport.website.pages.cards import Card, RankGroup, card, rank_groups
from workreport.website.pages.explanations import Explanations, explanations
from workreport.website.pages.sentences import ParagraphView
from workreport.website.pages.views.report import PageLink, Report, SectionRow, missing

HERO = ("title", "meeting", "speaker")
LEAPS = 12
"""Sections that the first screen names at most."""
BARS = 8
"""Bars of the picture on the front page."""
BRIEF = 300
"""Characters of an opening (salutation and first words) that may stand between the figures and the sections."""


@dataclass(frozen=True, slots=True)
class PartGroup:
    """A part with its sections; a part without sections stands alone."""

    part: SectionRow
    sections: tuple[SectionRow, ...]
    words: str


@dataclass(frozen=True, slots=True)
class FrontPage:
    """The front page of a report. A `brief` opening stands before the sections, a long one behind everything.

    `whole` says how complete the source is, `edited` what was done to it; `leaps` are the ways from the first screen,
    and `more` that there are others below; `shelf` that the report stands among several.
    """

    kicker: str
    name: str
    description: str
    title: tuple[ParagraphView, ...]
    hero: tuple[ParagraphView, ...]
    told: str
    opening: tuple[ParagraphView, ...]
    brief: bool
    whole: str
    missing: tuple[str, ...]
    edited: str
    leaps: tuple[SectionRow, ...]
    more: bool
    shelf: bool
    cards: tuple[Card, ...]
    total: int
    chosen: bool
    groups: tuple[PartGroup, ...]
    ranks: tuple[RankGroup, ...]
    indicators: PageLink
    names: PageLink
    notes: PageLink
    text: PageLink
    picture: PageLink
    download: PageLink
    home: Markup
    explained: Explanations | None
    changes: charts.BarChart | None


def front_view(report: Report, origin: str, alone: bool = True) -> FrontPage:
    """The front page of a report at `origin`, `alone` where the publication has no other."""
    reading, meta = report.reading, report.reading.meta
    front = reading.outline.front
    split = next((k for k, paragraph in enumerate(front) if paragraph.role not in HERO), len(front))
    hero = report.passages.paragraphs(front[:split], origin, "")
    titled = bool(hero) and hero[0].role == "title"
    cards = tuple(card(reading, indicator, origin) for indicator in front_choice(reading))
    everything = [card(reading, indicator, origin) for indicator in reading.indicators]
    said = [meta.office + " " + meta.speaker if meta.speaker else "", wording.day(meta.date), meta.meeting]
    groups = tuple(_groups(report, origin))
    rows = groups[0].sections if len(groups) == 1 and groups[0].sections else tuple(group.part for group in groups)
    return FrontPage(
        kicker=" · ".join(part for part in (meta.place, f"{meta.year}年" if meta.year else "") if part),
        name=meta.title or "政府工作报告",
        description=f"{meta.name}：全文、{len(everything)}项指标与原句、名称索引、校勘。"
        + " ".join(filter(None, said)),
        title=hero[:1] if titled else (),
        hero=hero[1:] if titled else hero,
        told="" if split > 1 else " · ".join(filter(None, said)),
        opening=report.passages.paragraphs(front[split:], origin, ""),
        brief=sum(paragraph.end - paragraph.start for paragraph in front[split:]) <= BRIEF,
        whole=_whole(report),
        missing=missing(report),
        edited=_edited(reading),
        leaps=rows if len(rows) <= LEAPS else rows[: LEAPS - 1],
        more=len(rows) > LEAPS,
        shelf=not alone,
        cards=cards,
        total=len(everything),
        chosen=bool(reading.found.front or reading.found.pinned),
        groups=groups,
        ranks=rank_groups(reading, everything),
        indicators=report.own_page(origin, addresses.INDICATORS),
        names=report.own_page(origin, addresses.NAMES),
        notes=report.own_page(origin, addresses.NOTES),
        text=report.own_page(origin, addresses.TEXT),
        picture=report.own_page(origin, addresses.PICTURE),
        download=report.own_page(origin, addresses.DOWNLOAD),
        home=Markup(addresses.relative(origin, addresses.ROOT)),
        explained=explanations(reading, "", origin),
        changes=charts.changes(reading.indicators, charts.by_id(everything), BARS),
    )


def _whole(report: Report) -> str:
    """How complete the source is, as far as its own words tell: certain gaps, likely ones, or none seen."""
    if missing(report):
        return "来源文件不完整"
    gaps = wording.MISSING | {"missing"}
    return "来源文件可能不完整" if any(f.kind in gaps for f in report.reading.faults) else "来源文件未见缺漏"


def _edited(reading: Reading) -> str:
    """What was done to the source and what is doubted in it, in numbers."""
    applied = sum(repair.status == "applied" for repair in reading.repairs)
    told = f"修复 {applied} 处" if applied else "文字未作修复"
    return f"{told}，存疑 {len(reading.faults)} 处。" if reading.faults else f"{told}。"


def _groups(report: Report, origin: str) -> Iterator[PartGroup]:
    for part in report.reading.outline.sections:
        sections = tuple(report.row(section, origin) for section in part.children)
        counted = all(section.number.startswith("（") for section in part.children)
        count = f"{wording.counted(len(sections))}{'个方面' if counted else '节'}" if sections else ""
        yield PartGroup(report.row(part, origin), sections, count)
