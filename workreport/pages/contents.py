"""Knows what each page of a report shows: one frozen view for the front, a section, the tables and the indexes.

Leaves the text to `passage`, the figures to `cards`, the editor's notes to `notes`, and markup to the templates.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from markupsafe import Markup

from workreport import addresses, pictures
from workreport.choice import front_choice, listed, ranked
from workreport.model import (
    Derived,
    Indicator,
    Link,
    Paragraph,
    Place,
    Publication,
    Reading,
    Section,
    Source,
    Term,
    bare,
)
from workreport.pages import charts, words
from workreport.pages.cards import Card, RankGroup, card, rank_groups
from workreport.pages.glossary import Explanations, explanations
from workreport.pages.notes import (
    Change,
    Places,
    body_span,
    changes,
    fault_anchor,
    incomplete,
    repair_anchor,
)
from workreport.pages.passage import HeadingView, ParagraphView, Passages, section_label, short_label

HERO = ("title", "meeting", "speaker")
AROUND = 14
"""Characters shown on each side of a name in the index."""
SUMMARY = 100
DATA_FILES = (
    ("Excel 工作簿（XLSX）", "indicators.xlsx"),
    ("表格（CSV）", "indicators.csv"),
    ("结构化数据（JSON）", "indicators.json"),
    ("数据说明（数据包）", "datapackage.json"),
)
"""What each data file is called where it is offered."""
BESIDE = 40
"""Sections that the list beside a text names at most, those around it."""
PLACES = 4
"""Other places that the preview of a name shows."""
BARS = 8
"""Bars of the picture on the front page."""
BRIEF = 300
"""Characters of an opening (salutation and first words) that may stand between the figures and the sections."""


@dataclass(frozen=True, slots=True)
class Way:
    """A link with its words."""

    words: str
    href: Markup


@dataclass(frozen=True, slots=True)
class Row:
    """A section in a list: its own words, two of its figures, how many it holds."""

    number: str
    title: str
    href: Markup
    level: int
    facts: tuple[Card, ...]
    lead: str
    count: int


_FIGURE = re.compile(r"-f[0-9]+$")


@dataclass(frozen=True)
class Report:
    """A report on its way to the pages."""

    reading: Reading

    @cached_property
    def passages(self) -> Passages:
        return Passages(self.reading)

    @cached_property
    def places(self) -> Places:
        return Places.of(self.reading)

    @cached_property
    def by_section(self) -> dict[str, list[Indicator]]:
        """The indicators of each page, those of the pages below it not among them."""
        found = defaultdict(list)
        for indicator in listed(self.reading, self.reading.indicators):
            found[self.reading.homes.get(indicator.section, "")].append(indicator)
        return found

    @cached_property
    def by_heading(self) -> dict[str, list[Indicator]]:
        """The indicators of each section, whether it has a page or not."""
        found = defaultdict(list)
        for indicator in self.reading.indicators:
            found[indicator.section].append(indicator)
        return found

    @cached_property
    def named(self) -> dict[str, list[Term]]:
        """The terms of each page, in the order of their names."""
        found: dict[str, list[Term]] = defaultdict(list)
        for term in self.reading.terms:
            for home in dict.fromkeys(self.reading.homes.get(mention.section, "") for mention in term.mentions):
                found[home].append(term)
        return found

    @cached_property
    def order(self) -> list[Section]:
        return list(self.reading.paged)

    @cached_property
    def position(self) -> dict[str, int]:
        """Where each section stands in the order of the text."""
        return {section.id: k for k, section in enumerate(self.order)}

    @cached_property
    def links(self) -> dict[str, list[tuple[str, Link]]]:
        """Of each section the sections it is linked with, the strongest first."""
        found = defaultdict(list)
        for link in sorted(self.reading.links, key=lambda link: (-link.weight, link.a, link.b)):
            found[link.a].append((link.b, link))
            found[link.b].append((link.a, link))
        return found

    @cached_property
    def terms(self) -> dict[str, Term]:
        """The terms by id."""
        return {term.id: term for term in self.reading.terms}

    def way(self, origin: str, words_: str, page: str, anchor: str = "") -> Way:
        """A link to a page of this report."""
        target = addresses.report(self.reading, page) + (f"#{anchor}" if anchor else "")
        return Way(words_, Markup(addresses.relative(origin, target)))

    def sentence_href(self, origin: str, sentence: str, section: str) -> Markup:
        """A link to a sentence."""
        return Markup(addresses.relative(origin, f"{addresses.page_of(self.reading, section)}#{sentence}"))

    def under(self, section: Section) -> list[Indicator]:
        """The indicators of a section and of all below it."""
        return [indicator for below in section.walk() for indicator in self.by_heading.get(below.id, ())]

    def chapter(self, section: Section, origin: str, depth: int) -> Chapter:
        """A section within a page: its heading `depth` marks deep, and its own paragraphs."""
        return Chapter(
            "h-" + section.id.replace("/", "-"),
            section_label(section),
            Markup("#") * min(depth, 6),
            self.passages.heading(section, origin),
            self.passages.paragraphs(section.paragraphs, origin, section.id.rsplit("/", 1)[-1]),
            self.way(origin, "", section.id).href,
        )

    def row(self, section: Section, origin: str) -> Row:
        """A section as the front and the page above it list it."""
        own = self.under(section)
        inside = self.reading.homes[section.id] != section.id
        facts = tuple(card(self.reading, indicator, origin) for indicator in ranked(own, early=1)[:2])
        return Row(
            section.number,
            section.title,
            self.way(origin, "", section.id, "h-" + section.id.replace("/", "-") if inside else "").href,
            section.level,
            facts,
            first_words(section, SUMMARY) if not facts else "",
            len(own),
        )


def first_words(section: Section, length: int) -> str:
    """The beginning of a section's own text, up to `length` characters."""
    for below in section.walk():
        for paragraph in below.paragraphs:
            text = "".join(sentence.text for sentence in paragraph.sentences)
            return text if len(text) <= length else text[: length - 1] + "…"
    return ""


# -- front ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Group:
    """A part with its sections; a part without sections stands alone."""

    part: Row
    sections: tuple[Row, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Front:
    """The front page of a report. A `brief` opening stands before the sections, a long one behind everything."""

    kicker: str
    name: str
    description: str
    title: tuple[ParagraphView, ...]
    hero: tuple[ParagraphView, ...]
    told: str
    opening: tuple[ParagraphView, ...]
    brief: bool
    missing: tuple[str, ...]
    cards: tuple[Card, ...]
    total: int
    chosen: bool
    groups: tuple[Group, ...]
    ranks: tuple[RankGroup, ...]
    indicators: Way
    names: Way
    notes: Way
    text: Way
    picture: Way
    download: Way
    home: Markup
    explained: Explanations | None
    changes: charts.Bars | None


def front_view(report: Report, origin: str) -> Front:
    """The front page of a report at `origin`."""
    reading, meta = report.reading, report.reading.meta
    front = reading.outline.front
    split = next((k for k, paragraph in enumerate(front) if paragraph.role not in HERO), len(front))
    hero = report.passages.paragraphs(front[:split], origin, "")
    titled = bool(hero) and hero[0].role == "title"
    cards = tuple(card(reading, indicator, origin) for indicator in front_choice(reading))
    everything = [card(reading, indicator, origin) for indicator in reading.indicators]
    said = [meta.office + " " + meta.speaker if meta.speaker else "", words.day(meta.date), meta.meeting]
    return Front(
        kicker=" · ".join(part for part in (meta.place, f"{meta.year}年" if meta.year else "") if part),
        name=meta.title or "政府工作报告",
        description=f"{meta.name}：全文、{len(everything)}项指标与原句、名称索引、校勘。"
        + " ".join(filter(None, said)),
        title=hero[:1] if titled else (),
        hero=hero[1:] if titled else hero,
        told="" if split > 1 else " · ".join(filter(None, said)),
        opening=report.passages.paragraphs(front[split:], origin, ""),
        brief=sum(paragraph.end - paragraph.start for paragraph in front[split:]) <= BRIEF,
        missing=_missing(report),
        cards=cards,
        total=len(everything),
        chosen=bool(reading.found.front or reading.found.pinned),
        groups=tuple(_groups(report, origin)),
        ranks=rank_groups(reading, everything),
        indicators=report.way(origin, "全部指标", "indicators"),
        names=report.way(origin, "名称索引", "names"),
        notes=report.way(origin, "查看校勘", "notes"),
        text=report.way(origin, "全文", "text"),
        picture=report.way(origin, "一图读懂", "picture"),
        download=report.way(origin, "下载与引用", "download"),
        home=Markup(addresses.relative(origin, addresses.ROOT)),
        explained=explanations(reading, "", origin),
        changes=charts.changes(reading.indicators, charts.by_id(everything), BARS),
    )


def _missing(report: Report) -> tuple[str, ...]:
    """What the source does not have, each in a few words: 报告称十方面，来源文件载八方面; （六）结尾缺失."""
    told = [fault.note for fault in report.reading.faults if fault.kind == "stranger"]
    for fault in incomplete(report.reading.faults):
        if fault.kind == "announced":
            told.append(fault.note.split("（", 1)[0])
        else:
            at, _ = body_span(report.reading, fault.start, fault.end)
            place = report.places.at(at)
            section = report.reading.sections.get(place[1]) if place else None
            told.append(f"{short_label(section)}有文字缺失")
    return tuple(dict.fromkeys(told))


def _groups(report: Report, origin: str) -> Iterator[Group]:
    for part in report.reading.outline.sections:
        sections = tuple(report.row(section, origin) for section in part.children)
        counted = all(section.number.startswith("（") for section in part.children)
        count = f"{words.counted(len(sections))}{'个方面' if counted else '节'}" if sections else ""
        yield Group(report.row(part, origin), sections, count)


# -- a section ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Related:
    """A section that speaks of the same things, and which."""

    label: str
    href: Markup
    shared: tuple[Way, ...]
    publisher: bool


@dataclass(frozen=True, slots=True)
class Sibling:
    """A section in the list beside the text."""

    label: str
    href: Markup
    current: bool


@dataclass(frozen=True, slots=True)
class SectionView:
    """A part's or a section's own page."""

    label: str
    anchor: str
    description: str
    crumbs: tuple[Way, ...]
    heading: HeadingView | None
    paragraphs: tuple[ParagraphView, ...]
    cards: tuple[Card, ...]
    inner: tuple[Chapter, ...]
    children: tuple[Row, ...]
    related: tuple[Related, ...]
    siblings: tuple[Sibling, ...]
    previous: Way | None
    following: Way | None
    table: Way
    notes: Way
    explained: Explanations | None
    names: tuple[Elsewhere, ...]
    previews: Markup
    aloud: Markup


def section_view(report: Report, section: Section, origin: str, alone: bool) -> SectionView:
    """The page of a part or section."""
    reading = report.reading
    position = report.position[section.id]
    before = report.order[position - 1] if position else None
    after = report.order[position + 1] if position + 1 < len(report.order) else None
    steps = section.id.split("/")
    above = [reading.sections["/".join(steps[:k])] for k in range(1, len(steps))]
    crumbs = [] if alone else [Way("全部报告", Markup(addresses.relative(origin, addresses.ROOT)))]
    crumbs.append(report.way(origin, reading.meta.name, ""))
    crumbs += [report.way(origin, section_label(other), other.id) for other in above]
    siblings = [s for s in (above[-1].children if above else reading.outline.sections) if reading.homes[s.id] == s.id]
    first = max(siblings.index(section) - BESIDE // 2, 0)
    return SectionView(
        label=section_label(section),
        anchor="h-" + section.id.replace("/", "-"),
        description=first_words(section, SUMMARY),
        crumbs=tuple(crumbs),
        heading=report.passages.heading(section, origin),
        paragraphs=report.passages.paragraphs(section.paragraphs, origin, section.id.rsplit("/", 1)[-1]),
        cards=tuple(card(reading, indicator, origin) for indicator in report.by_section.get(section.id, ())),
        inner=tuple(
            report.chapter(below, origin, below.level - section.level + 1)
            for below in section.walk()
            if below is not section and reading.homes[below.id] == section.id
        ),
        children=tuple(report.row(child, origin) for child in section.children if reading.homes[child.id] == child.id),
        related=tuple(_related(report, section, origin)),
        siblings=tuple(
            Sibling(section_label(other), report.way(origin, "", other.id).href, other.id == section.id)
            for other in siblings[first : first + BESIDE]
        ),
        previous=report.way(origin, section_label(before), before.id) if before else report.way(origin, "首页", ""),
        following=report.way(origin, section_label(after), after.id) if after else None,
        table=report.way(origin, "全部指标", "indicators"),
        notes=report.way(origin, "校勘", "notes"),
        explained=explanations(reading, section.id, origin),
        names=tuple(_elsewhere(report, section, origin)),
        previews=Markup(addresses.relative(origin, "assets/glossary.js")),
        aloud=Markup(addresses.relative(origin, "assets/aloud.js")),
    )


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A name of this page with a few of the other places where it stands."""

    id: str
    name: str
    kind: str
    total: int
    places: tuple[MentionView, ...]
    href: Markup


def _elsewhere(report: Report, section: Section, origin: str) -> Iterator[Elsewhere]:
    for term in report.named.get(section.id, ()):
        shown = _name(report, term, origin, section.id)
        href = report.way(origin, "", "names", f"n-{term.id}").href
        yield Elsewhere(shown.anchor, shown.name, shown.kind, len(term.mentions), shown.mentions[:PLACES], href)


def _related(report: Report, section: Section, origin: str) -> Iterator[Related]:
    for other_id, link in report.links.get(section.id, ()):
        other = report.reading.sections.get(other_id)
        if other is None or other is section:
            continue
        terms = [report.terms[name] for name in link.terms if name in report.terms]
        shared = tuple(report.way(origin, term.name, "names", f"n-{term.id}") for term in terms)
        yield Related(section_label(other), report.way(origin, "", other.id).href, shared, link.by == "publisher")


# -- all indicators -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TableRow:
    """An indicator as a row, and what the table is sorted and sifted by.

    `unit` is without 万 and 亿, `size` the value in that unit, `change` in per cent, `place` the best numbered rank;
    each "" where there is none.
    """

    card: Card
    unit: str
    size: str
    change: str
    place: str
    levels: str
    bar: pictures.Bar | None


@dataclass(frozen=True, slots=True)
class TableGroup:
    """The indicators of one section."""

    anchor: str
    label: str
    href: Markup
    rows: tuple[TableRow, ...]


@dataclass(frozen=True, slots=True)
class DerivedRow:
    """A figure that follows from others: its formula, and the indicators it is made of."""

    id: str
    kind: str
    name: str
    value: str
    unit: str
    formula: str
    inputs: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """All indicators in one table, the pictures above it, and what it can be sifted by."""

    total: int
    groups: tuple[TableGroup, ...]
    kinds: tuple[tuple[str, int], ...]
    units: tuple[str, ...]
    statuses: tuple[str, ...]
    levels: tuple[str, ...]
    changes: charts.Bars | None
    shares: charts.Bars | None
    counts: charts.Bars | None
    fullest: charts.Line | None
    ranks: charts.Ranks | None
    front: Way
    repeated: int
    file: str
    data: tuple[Way, ...]
    hidden: tuple[Card, ...]
    derived: tuple[DerivedRow, ...]
    ordered: bool
    was: tuple[str, ...]


def indicators_view(report: Report, origin: str) -> Table:
    """The page of all indicators, in the order of the text."""
    reading = report.reading
    cards = {indicator.id: card(reading, indicator, origin) for indicator in reading.indicators}
    scale = pictures.scale(value for i in reading.indicators if (value := pictures.change(i)) is not None)
    groups = []
    for section in [None, *report.order]:
        found = report.by_section.get(section.id if section else "", ())
        if found:
            groups.append(
                TableGroup(
                    "g-" + (section.id.replace("/", "-") if section else "0"),
                    section_label(section),
                    report.way(origin, "", section.id if section else "").href,
                    tuple(_table_row(indicator, cards[indicator.id], scale) for indicator in found),
                )
            )
    rows = [row for group in groups for row in group.rows]
    counts = charts.counts((group.label, group.href, len(group.rows)) for group in groups)
    levels = Counter(level for row in rows for level in row.levels.split("|") if level)
    return Table(
        len(rows),
        tuple(groups),
        _counted(row.card.kind for row in rows),
        tuple(unit for unit, number in _counted(row.unit for row in rows) if unit and number > 1),
        tuple(status for status, _ in _counted(row.card.status for row in rows)),
        tuple(sorted(levels, key=lambda level: (charts.width(level), -levels[level], level))),
        charts.changes(reading.indicators, cards),
        charts.shares(reading.indicators, cards),
        counts,
        max(counts.lines, key=lambda line: Decimal(line.bar.length)) if counts else None,
        charts.ranks(reading, cards),
        report.way(origin, reading.meta.name, ""),
        sum(indicator.duplicate_of is not None for indicator in reading.found.indicators),
        f"{reading.meta.slug}-indicators.csv",
        _data(report, origin),
        tuple(card(reading, indicator, origin) for indicator in reading.found.hidden),
        tuple(_derived(report, derived, origin) for derived in reading.derived),
        bool(reading.found.order),
        _former_figures(reading),
    )


def _former_figures(reading: Reading) -> tuple[str, ...]:
    """The ids of figures that an edit took away: a link to a row of the table must not die."""
    shown = {indicator.id for indicator in (*reading.indicators, *reading.found.hidden)}
    former = (name for s in reading.outline.sentences() for name in (*s.aliases, *s.gone))
    return tuple(dict.fromkeys(name for name in former if _FIGURE.search(name) and name not in shown))


def _derived(report: Report, derived: Derived, origin: str) -> DerivedRow:
    kept = [indicator for indicator in report.reading.indicators if indicator.id in derived.inputs]
    return DerivedRow(
        derived.id,
        words.DERIVED[derived.kind],
        derived.name,
        f"{derived.number:f}",
        derived.unit,
        derived.formula,
        tuple(card(report.reading, indicator, origin) for indicator in kept),
    )


def _data(report: Report, origin: str) -> tuple[Way, ...]:
    """The data files, as links."""
    return tuple(
        Way(told, Markup(addresses.relative(origin, addresses.data(report.reading, name)))) for told, name in DATA_FILES
    )


def _table_row(indicator: Indicator, shown: Card, scale: pictures.Scale) -> TableRow:
    unit, power = bare(indicator.unit)
    moved = pictures.change(indicator)
    ranked_at = [rank.number for rank in indicator.ranks if rank.number is not None]
    return TableRow(
        shown,
        unit,
        f"{indicator.number.scaleb(power).normalize():f}" if indicator.number is not None and shown.figure else "",
        "" if moved is None else f"{moved:f}",
        str(min(ranked_at)) if ranked_at else "",
        "|".join(sorted({rank.scope for rank in indicator.ranks if rank.scope})),
        None if moved is None else scale.bar(moved),
    )


def _counted(words_: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """Each word with how often it stands there, the most frequent first."""
    return tuple(sorted(Counter(words_).items(), key=lambda kv: (-kv[1], kv[0])))


# -- names ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MentionView:
    """One place of a name, with the words around it."""

    before: str
    name: str
    after: str
    where: str
    href: Markup


@dataclass(frozen=True, slots=True)
class NameView:
    """A name with every place where it stands."""

    anchor: str
    name: str
    kind: str
    publisher: bool
    mentions: tuple[MentionView, ...]


@dataclass(frozen=True, slots=True)
class Initial:
    """The names under one letter."""

    letter: str
    anchor: str
    names: tuple[NameView, ...]


@dataclass(frozen=True, slots=True)
class Names:
    """The index of names."""

    total: int
    mentions: int
    initials: tuple[Initial, ...]
    front: Way
    declined: tuple[str, ...]


def names_view(report: Report, origin: str) -> Names:
    """The index of names by their pinyin."""
    reading = report.reading
    by_letter: dict[str, list[Term]] = defaultdict(list)
    for term in reading.terms:
        first = term.reading[:1].upper()
        by_letter[first if first.isascii() and first.isalpha() else "#"].append(term)
    initials = []
    for letter, terms in sorted(by_letter.items(), key=lambda kv: (kv[0] == "#", kv[0])):
        terms.sort(key=lambda term: (term.reading, term.name, term.id))
        shown = tuple(_name(report, term, origin) for term in terms)
        initials.append(Initial(letter, f"i-{letter.lower()}" if letter != "#" else "i-0", shown))
    total = sum(len(term.mentions) for term in reading.terms)
    front = report.way(origin, reading.meta.name, "")
    return Names(len(reading.terms), total, tuple(initials), front, reading.declined)


def _name(report: Report, term: Term, origin: str, but: str | None = None) -> NameView:
    """A name with its places, those of the page of section `but` left out."""
    mentions = []
    for mention in term.mentions:
        if but is not None and report.reading.homes.get(mention.section) == but:
            continue
        sentence = report.reading.sentences.get(mention.sentence)
        if sentence is None:
            continue
        start, end = mention.start - sentence.start, mention.end - sentence.start
        mentions.append(
            MentionView(
                ("…" if start > AROUND else "") + sentence.text[max(start - AROUND, 0) : start],
                sentence.text[start:end],
                sentence.text[end : end + AROUND] + ("…" if end + AROUND < len(sentence.text) else ""),
                short_label(report.reading.sections.get(mention.section)),
                report.sentence_href(origin, mention.sentence, mention.section),
            )
        )
    return NameView(
        f"n-{term.id}", term.name, words.TERMS.get(term.kind, term.kind), term.by == "publisher", tuple(mentions)
    )


# -- editorial notes ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RepairRow:
    """A repair with what it changed."""

    anchor: str
    kind: str
    changes: tuple[Change, ...]
    reason: str
    status: str
    applied: bool
    publisher: bool
    where: str
    href: Markup
    line: str


@dataclass(frozen=True, slots=True)
class FaultRow:
    """A doubt with how sure it is and why."""

    anchor: str
    kind: str
    quote: str
    note: str
    confidence: str
    level: str
    publisher: bool
    where: str
    href: Markup
    line: str


@dataclass(frozen=True, slots=True)
class RepeatRow:
    """A passage that stands twice."""

    characters: int
    where: str
    href: Markup
    original: str
    original_href: Markup
    lost: bool


@dataclass(frozen=True, slots=True)
class LooseRow:
    """A number that no indicator took, with the words around it."""

    before: str
    quote: str
    after: str
    where: str
    href: Markup


@dataclass(frozen=True, slots=True)
class Notes:
    """The page of editorial notes."""

    repairs: tuple[RepairRow, ...]
    layout: tuple[RepairRow, ...]
    faults: tuple[FaultRow, ...]
    repeats: tuple[RepeatRow, ...]
    loose: tuple[LooseRow, ...]
    traps: tuple[tuple[str, int], ...]
    figures: int
    missing: tuple[str, ...]
    front: Way


def notes_view(report: Report, origin: str) -> Notes:
    """All that the editor did and doubts."""
    reading = report.reading
    file = _File.of(reading.source)
    repairs = []
    for repair in reading.repairs:
        where, href = _where(report, origin, reading.text.from_source(repair.start))
        row = RepairRow(
            repair_anchor(repair),
            words.REPAIRS.get(repair.kind, repair.kind),
            changes(repair.before, repair.after),
            repair.reason,
            words.REPAIR_STATUS.get(repair.status, repair.status),
            repair.status == "applied",
            repair.by == "publisher",
            where,
            href,
            file.at(repair.start),
        )
        repairs.append((row, repair.kind in words.QUIET_REPAIRS and repair.status == "applied"))
    faults = []
    for fault in reading.faults:
        where, href = _where(report, origin, reading.text.from_source(fault.start))
        faults.append(
            FaultRow(
                fault_anchor(fault),
                words.FAULTS.get(fault.kind, fault.kind),
                fault.quote if len(fault.quote) <= SUMMARY else f"{fault.quote[:40]} …… {fault.quote[-40:]}",
                fault.note,
                words.CONFIDENCE.get(fault.confidence, fault.confidence),
                fault.confidence,
                fault.by == "publisher",
                where,
                href,
                file.at(fault.start),
            )
        )
    repeats = []
    for repetition in reading.repetitions:
        where, href = _where(report, origin, repetition.start)
        original, original_href = _where(report, origin, repetition.of)
        length = repetition.end - repetition.start
        repeats.append(RepeatRow(length, where, href, original, original_href, repetition.lost))
    loose = []
    for number in reading.found.unclaimed:
        where, href = _where(report, origin, number.start)
        before = reading.text.body[max(number.start - AROUND, 0) : number.start].rsplit("\n", 1)[-1]
        after = reading.text.body[number.end : number.end + AROUND].split("\n", 1)[0]
        loose.append(LooseRow(before, number.quote, after, where, href))
    return Notes(
        tuple(row for row, quiet in repairs if not quiet),
        tuple(row for row, quiet in repairs if quiet),
        tuple(_unique(faults)),
        tuple(repeats),
        tuple(loose),
        tuple((words.TRAPS.get(rule, rule), times) for rule, times in reading.found.traps),
        len(reading.indicators),
        _missing(report),
        report.way(origin, reading.meta.name, ""),
    )


def _unique(rows: Sequence[FaultRow]) -> Iterator[FaultRow]:
    """The same words doubted for the same reason in two places are two rows; only the first carries the anchor."""
    seen = set()
    for row in rows:
        if row.anchor not in seen:
            seen.add(row.anchor)
            yield row


def _where(report: Report, origin: str, position: int) -> tuple[str, Markup]:
    place = report.places.at(position)
    if place is None:
        return "", Markup(addresses.relative(origin, addresses.report(report.reading)))
    sentence, section = place
    return short_label(report.reading.sections.get(section)), report.sentence_href(origin, sentence, section)


@dataclass(frozen=True)
class _File:
    """Where a character of the source stands in the file: its page or paragraph where the file has such, else its line."""

    breaks: tuple[int, ...]
    places: tuple[Place, ...]
    starts: tuple[int, ...]

    @classmethod
    def of(cls, source: Source) -> _File:
        """Ready to be asked often."""
        breaks = () if source.places else tuple(found.start() for found in re.finditer("\n", source.text))
        return cls(breaks, source.places, tuple(place.start for place in source.places))

    def at(self, position: int) -> str:
        """来源第 3 页, 来源第 12 段, 来源第 21 行; all count from 1."""
        if not self.places:
            return f"来源第 {bisect_left(self.breaks, position) + 1} 行"
        place = self.places[max(bisect_right(self.starts, position) - 1, 0)]
        return f"来源第 {place.page} 页" if place.page else f"来源第 {place.paragraph} 段" if place.paragraph else ""


# -- the full text --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Chapter:
    """A section within the full text; `marks` are the # of its heading."""

    anchor: str
    label: str
    marks: Markup
    heading: HeadingView | None
    paragraphs: tuple[ParagraphView, ...]
    href: Markup


@dataclass(frozen=True, slots=True)
class FullText:
    """The whole report on one page."""

    name: str
    front: tuple[ParagraphView, ...]
    chapters: tuple[Chapter, ...]
    home: Way
    notes: Way
    explained: Explanations | None
    aloud: Markup


def text_view(report: Report, origin: str) -> FullText:
    """The full text with the same marks as on the section pages."""
    passages = report.passages

    def laid(paragraphs: Sequence[Paragraph], label: str) -> tuple[ParagraphView, ...]:
        return passages.paragraphs(paragraphs, origin, label)

    return FullText(
        report.reading.meta.name,
        laid(report.reading.outline.front, ""),
        tuple(report.chapter(section, origin, section.level + 1) for section in report.reading.outline.walk()),
        report.way(origin, report.reading.meta.name, ""),
        report.way(origin, "校勘", "notes"),
        explanations(report.reading, None, origin),
        Markup(addresses.relative(origin, "assets/aloud.js")),
    )


# -- download and cite ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Download:
    """What can be taken along, and how to cite."""

    name: str
    citation: str
    address: str
    facts: tuple[tuple[str, str], ...]
    source_href: Markup
    text_href: Markup
    text: Way
    front: Way
    data: tuple[Way, ...]


def download_view(report: Report, origin: str, address: str) -> Download:
    """The page from which the report is taken along."""
    reading, meta = report.reading, report.reading.meta
    folder = origin.removesuffix(addresses.ROOT)
    page = f"{address}{addresses.report(reading)}" if address else ""
    said = "，".join(part for part in (meta.office + meta.speaker, words.day(meta.date), meta.meeting) if part)
    digest = reading.source.sha256
    citation = f"{words.government(meta.place)}：《{meta.name}》" if meta.place else f"《{meta.name}》"
    citation += (
        (f"，{said}" if said else "") + f"。来源文件 SHA-256：{digest[:16]}" + (f"。{page}" if page else "") + "。"
    )
    return Download(
        meta.name,
        citation,
        page,
        (
            ("来源文件", reading.source.path.replace("\\", "/").rsplit("/", 1)[-1]),
            ("格式与编码", f"{reading.source.format}，{reading.source.encoding}"),
            ("字符数", f"{reading.source.characters}"),
            ("SHA-256", digest),
            *_taken_out(reading.source),
        ),
        Markup(addresses.relative(origin, f"{folder}source.txt")),
        Markup(addresses.relative(origin, f"{folder}text.txt")),
        report.way(origin, "全文", "text"),
        report.way(origin, meta.name, ""),
        _data(report, origin),
    )


def _taken_out(source: Source) -> tuple[tuple[str, str], ...]:
    """The second digest, where the text was taken out of a file."""
    if not source.text_sha256:
        return ()
    return (("来源文字", "source.txt，从来源文件取出，UTF-8"), ("来源文字的 SHA-256", source.text_sha256))


# -- many reports ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Entry:
    """A report in the list of reports."""

    place: str
    year: str
    name: str
    said: str
    href: Markup
    sections: int
    indicators: int
    missing: tuple[str, ...]
    cards: tuple[Card, ...]
    was: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shelf:
    """The front page of a publication of two or more reports."""

    entries: tuple[Entry, ...]
    notes: tuple[str, ...]


def _front_ids(reading: Reading) -> Iterator[str]:
    """Every address that this front had while its report was the only one."""
    for paragraph in reading.outline.front:
        yield from (paragraph.id, *paragraph.aliases, *paragraph.gone)
        for sentence in paragraph.sentences:
            yield from (sentence.id, *sentence.aliases, *sentence.gone)


def list_view(reports: Sequence[Report], publication: Publication, origin: str) -> Shelf:
    """The list of reports, newest first."""
    entries = []
    taken: set[str] = set()
    for report in sorted(reports, key=lambda one: (-(one.reading.meta.year or 0), one.reading.meta.slug)):
        meta = report.reading.meta
        said = " · ".join(filter(None, (f"{meta.office} {meta.speaker}".strip(), words.day(meta.date), meta.meeting)))
        best = ranked(report.reading.indicators)[:4]
        entries.append(
            Entry(
                meta.place,
                str(meta.year or ""),
                meta.name,
                said,
                report.way(origin, "", "").href,
                len(report.order),
                len(report.reading.indicators),
                _missing(report),
                tuple(card(report.reading, indicator, origin) for indicator in best),
                tuple(dict.fromkeys(name for name in _front_ids(report.reading) if name not in taken)),
            )
        )
        taken |= set(_front_ids(report.reading))
    return Shelf(tuple(entries), publication.notes)
