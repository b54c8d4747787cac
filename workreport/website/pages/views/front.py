"""Knows the view of a report's front page: title, completeness of the source, main figures, sections, ranks.

Leaves choosing the figures to `analysis.ranking`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from workreport.analysis.change_spans import change_spans
from workreport.analysis.headlines import Front, front_of
from workreport.analysis.results_and_targets import progress
from workreport.analysis.statements import FrontCard, Statements
from workreport.model import Meta, Reading, Section
from workreport.website import addresses
from workreport.website.pages import charts, wording
from workreport.website.pages.cards import Card, RankGroup, card, rank_groups
from workreport.website.pages.core_figures import is_old
from workreport.website.pages.doubled_titles import without_doubling
from workreport.website.pages.dumbbells import DumbbellChart, dumbbells
from workreport.website.pages.explanations import Explanations, explanations
from workreport.website.pages.falls import Falls, falls_of
from workreport.website.pages.front_cards import front_card, in_plain_digits
from workreport.website.pages.sentences import ParagraphView
from workreport.website.pages.views.audience import audience_links
from workreport.website.pages.views.compared_place import ComparedPlace
from workreport.website.pages.views.place import place_link, with_measures, with_year_before
from workreport.website.pages.views.promise_list import promises_link
from workreport.website.pages.views.report import PageLink, Report, SectionRow, missing

HERO = ("title", "meeting", "speaker")
"""The roles of the paragraphs that are shown at the top of the page."""
SECTION_LINKS = 12
"""The most links to sections at the top of the page."""
BARS = 8
"""The most bars in the chart of changes."""
WHOLE = "来源文件未见缺漏"
"""What is said of a source in which no gap was found."""
LEAST = 4
"""The fewest cards of the board, if the report has as many: those of the first screen."""
LONG_PLACE = 7
"""The most characters of a place in the largest type."""
NO_PLAN = "来源文件里没有读出今年的计划，所以没有承诺清单。"
"""What is said where others have the way to the list of promises."""
PROBLEMS = "报告自己说的问题"
"""The words of the link to where a report tells what is not well."""
OPENING, CHAPTER_HEAD = "开篇", "本章开头"
"""The rows of text before the first part, and of text before the first section of a part."""


@dataclass(frozen=True, slots=True)
class PartGroup:
    """A part with the rows of its sections, if it has any; `words` is their number as text (八个方面), or "".

    Figures in the text before the first section have a row of their own, so that the rows add up to the number of the part.
    """

    part: SectionRow
    sections: tuple[SectionRow, ...]
    words: str


@dataclass(frozen=True, slots=True)
class FrontPage:
    """The front page of a report.

    place, when: place and year (2024年), the largest words of the page.
    title, hero: the report's own paragraphs with title, meeting and speaker; the hero stands at the head of the opening.
    byline: speaker and date in one line. subtitle: speaker, date and meeting, if the report has at most one such paragraph
    of its own; else "".
    opening: the paragraphs after those.
    board: the cards of the core board, the publisher's pinned ones first, and where these are few the next best;
    further: those behind them; proud: those of high ranks. aims, absent, unlisted: places of
    the board without a card, as in `Front`; old: reports of that time lack most of them. progress: results and targets.
    completeness: of the source, in words; `missing`: what it lacks; `editing`: the numbers of repairs and doubts.
    section_links: links to sections at the top of the page; `more`: there are further sections.
    in_collection: the site has several reports.
    total: the number of all indicators.
    lists, readers: the ways to the list of promises and to where the report tells what is not well, and those to the pages
    for each kind of readers; lacking: what was not found of these, in sentences. years: the way to the page of the place, None without other reports of it.
    chosen: the publisher chose all cards.
    falls: what fell.
    """

    place: str
    when: str
    name: str
    description: str
    title: tuple[ParagraphView, ...]
    hero: tuple[ParagraphView, ...]
    byline: str
    subtitle: str
    opening: tuple[ParagraphView, ...]
    completeness: str
    missing: tuple[str, ...]
    editing: str
    section_links: tuple[SectionRow, ...]
    more: bool
    in_collection: bool
    board: tuple[Card, ...]
    further: tuple[Card, ...]
    proud: tuple[Card, ...]
    aims: tuple[Card, ...]
    absent: tuple[str, ...]
    unlisted: tuple[str, ...]
    old: bool
    progress: DumbbellChart | None
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
    lists: tuple[PageLink, ...]
    years: PageLink | None
    readers: tuple[PageLink, ...]
    lacking: tuple[str, ...]
    home: Markup
    explained: Explanations | None
    changes: charts.BarChart | None
    falls: Falls

    @property
    def incomplete(self) -> bool:
        """Whether readers must know at once that the source lacks something."""
        return self.completeness != WHOLE

    @property
    def long_place(self) -> bool:
        """Whether the name of the place needs smaller type."""
        return len(self.place) > LONG_PLACE

    @property
    def begins(self) -> bool:
        """Whether the report has words of its own before its sections, besides the title."""
        return bool(self.hero or self.opening)

    @property
    def kicker(self) -> str:
        """Place and year in one line: 杭州市拱墅区 · 2024年."""
        return " · ".join(filter(None, (self.place, self.when)))

    @property
    def cards(self) -> tuple[Card, ...]:
        """All cards of the page in their order."""
        return self.board + self.further + self.proud

    @property
    def ways(self) -> tuple[tuple[str, str], ...]:
        """The links beside those to sections at the top of the page: address and words."""
        parts = (
            ("#sections", "各章", bool(self.groups)),
            ("#falls", "什么下降了", True),
            ("#ranks", "位次", bool(self.ranks)),
        )
        own = tuple((href, words) for href, words, there in parts if there)
        return (*own, *((str(link.href), link.words) for link in (self.picture, self.text)))


@dataclass(frozen=True, slots=True)
class FrontContext:
    """What a site has around a report: the place with the other years, its report of the year before, the ids of the measures
    with a page, whether there are other reports at all.
    """

    years: ComparedPlace | None = None
    former: Reading | None = None
    measures: Collection[str] = ()
    in_collection: bool = False


def front_view(report: Report, origin: str, around: FrontContext = FrontContext()) -> FrontPage:
    """Return the view of the front page at `origin`."""
    reading, meta = report.reading, report.reading.meta
    opening = reading.outline.front
    split = next((k for k, paragraph in enumerate(opening) if paragraph.role not in HERO), len(opening))
    hero = report.passages.paragraphs(opening[:split], origin, "")
    titled = bool(hero) and hero[0].role == "title"
    front = front_of(reading)
    plain = with_measures(_cards(reading, front.cards, origin), reading, around.measures, origin)
    cards = with_year_before(_dated(plain, front.cards), meta.slug, around.years, origin)
    stated = max(len(front.pinned) + len(front.board), LEAST)
    behind = max(len(front.pinned) + len(front.board) + len(front.further), stated)
    everything = [card(reading, indicator, origin) for indicator in reading.indicators]
    said = _said(meta)
    rows = tuple(report.row(section, origin) for section in _chapters(reading.outline.sections))
    return FrontPage(
        place=meta.place,
        when=f"{meta.year}年" if meta.year else "",
        name=meta.title or "政府工作报告",
        description=f"{meta.name}：全文、{len(everything)}项指标与原句、名称索引、原文说明。"
        + " ".join(filter(None, said)),
        title=(without_doubling(hero[0], meta.place, meta.year),) if titled else (),
        hero=hero[1:] if titled else hero,
        byline=" · ".join(filter(None, said[:2])),
        subtitle="" if split > 1 else " · ".join(filter(None, said)),
        opening=report.passages.paragraphs(opening[split:], origin, ""),
        completeness=_completeness(report),
        missing=missing(report),
        editing=_editing(reading),
        section_links=rows if len(rows) <= SECTION_LINKS else rows[: SECTION_LINKS - 1],
        more=len(rows) > SECTION_LINKS,
        in_collection=around.in_collection,
        board=cards[:stated],
        further=cards[stated:behind],
        proud=cards[behind:],
        aims=_cards(reading, front.aims, origin),
        absent=front.absent,
        unlisted=_unlisted(front),
        old=is_old(reading),
        progress=dumbbells(reading, progress(reading, around.former), around.former, origin),
        total=len(everything),
        chosen=bool(reading.found.front),
        groups=tuple(_groups(report, origin)),
        ranks=rank_groups(reading, _ranked(reading, everything)),
        indicators=report.link_to_page(origin, addresses.INDICATORS),
        names=report.link_to_page(origin, addresses.NAMES),
        notes=report.link_to_page(origin, addresses.NOTES),
        text=report.link_to_page(origin, addresses.TEXT),
        picture=report.link_to_page(origin, addresses.PICTURE),
        download=report.link_to_page(origin, addresses.DOWNLOAD),
        lists=tuple(_lists(report, origin)),
        years=place_link(around.years, origin),
        readers=audience_links(report, origin),
        lacking=tuple(_lacking(reading)),
        home=Markup(addresses.relative(origin, addresses.ROOT)),
        explained=explanations(reading, "", origin),
        changes=charts.changes(reading, charts.by_id(everything), "year", change_spans(reading), origin, BARS),
        falls=falls_of(reading, charts.by_id(everything), around.years, origin),
    )


def _said(meta: Meta) -> list[str]:
    """Return who gave the report, when, and in which meeting; "" for what is not known."""
    return [f"{meta.office} {meta.speaker}" if meta.speaker else "", wording.day(meta.date), meta.meeting]


def _chapters(parts: Sequence[Section]) -> Sequence[Section]:
    """Return the parts of a report, or the sections of its only part."""
    return (parts[0].children if len(parts) == 1 else ()) or parts


def _lists(report: Report, origin: str) -> Iterator[PageLink]:
    """Yield the ways to the list of promises, and to where the report tells its problems."""
    links = (promises_link(report, origin), _problems_link(report, origin))
    return (link for link in links if link is not None)


def _lacking(reading: Reading) -> Iterator[str]:
    """Yield what a reader looks for and the report does not have, as far as was read."""
    if reading.unaddressed:
        yield f"没有找到与{'、'.join(reading.unaddressed)}有关的句子。"
    if not reading.promises:
        yield NO_PLAN


def _problems_link(report: Report, origin: str) -> PageLink | None:
    """Return the link to the sentence with which the report begins to tell its problems; None if it tells none."""
    sentence = report.reading.sentences.get(report.reading.problems)
    return (
        PageLink(PROBLEMS, report.sentence_href(origin, sentence.id, sentence.section))
        if sentence is not None
        else None
    )


def _ranked(reading: Reading, cards: Iterable[Card]) -> Iterator[Card]:
    """Yield the cards of what has a rank, with the time that it is about, in plain digits."""
    statements = Statements(reading)
    for indicator, shown in zip(reading.indicators, cards, strict=True):
        if indicator.ranks:
            yield in_plain_digits(replace(shown, when=statements.card(indicator).when), indicator)


def _cards(reading: Reading, chosen: Iterable[FrontCard], origin: str) -> tuple[Card, ...]:
    return tuple(front_card(reading, one, origin) for one in chosen)


def _dated(cards: tuple[Card, ...], chosen: Sequence[FrontCard]) -> tuple[Card, ...]:
    """Return cards with the time of the first one, the largest figure of the page, said even if it is the year reviewed."""
    if not cards or cards[0].when:
        return cards
    return (replace(cards[0], when=chosen[0].time), *cards[1:])


def _unlisted(front: Front) -> tuple[str, ...]:
    """Return the places of the board without a card, but for those of which another card speaks."""
    names = [one.indicator.name for one in (*front.proud, *front.further)]
    return tuple(label for label in front.unlisted if not any(label in name for name in names))


def _completeness(report: Report) -> str:
    """Return in Chinese whether gaps in the source are certain, possible, or none were found."""
    if missing(report):
        return "来源文件不完整"
    gaps = wording.MISSING | {"missing"}
    return "来源文件可能不完整" if any(f.kind in gaps for f in report.reading.faults) else WHOLE


def _editing(reading: Reading) -> str:
    """Return a Chinese sentence with the numbers of applied repairs and of doubts."""
    applied = sum(repair.status == "applied" for repair in reading.repairs)
    repaired = f"修复 {applied} 处" if applied else "文字未作修复"
    return f"{repaired}，存疑 {len(reading.faults)} 处。" if reading.faults else f"{repaired}。"


def _groups(report: Report, origin: str) -> Iterator[PartGroup]:
    before = report.reading.outline.front
    if head := report.head_row(OPENING, "", f"#{before[0].id}" if before else "", origin):
        yield PartGroup(head, (), "")
    for part in report.reading.outline.sections:
        sections = tuple(report.row(section, origin) for section in part.children)
        counted = all(section.number.startswith("（") for section in part.children)
        count = f"{wording.counted(len(sections))}{'个方面' if counted else '节'}" if sections else ""
        row = report.row(part, origin)
        if sections and (head := report.head_row(CHAPTER_HEAD, part.id, str(row.href), origin)):
            sections = (head, *sections)
        yield PartGroup(row, sections, count)
