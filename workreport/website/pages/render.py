"""Knows how the files of `docs/` are made: every page from its view and template, the style sheets, scripts and texts.

Leaves which pages there are to `page_table`, what they show to `views`, and all markup to `templates/`.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from markupsafe import Markup

from workreport.analysis.results_and_targets import former_report
from workreport.model import Publication, Reading, Term
from workreport.website import addresses, tokens
from workreport.website.bars import Bar
from workreport.website.marks.mark_escaping import attributes, marked_free
from workreport.website.marks.mark_names import BAR_LEFT, BAR_WIDTH, LEVEL, PLACE, PRINTED, SORTED_BY
from workreport.website.marks.marked_sentences import amend
from workreport.website.marks.tables import status
from workreport.website.pages import assets, colour, labels, page_table, place_colours, wording
from workreport.website.pages.cards import Card
from workreport.website.pages.charts import BarLine
from workreport.website.pages.collection import Collection, SiteFrame
from workreport.website.pages.escape import data_line, escape, front_matter, one_line
from workreport.website.pages.explanations import glossary_title
from workreport.website.pages.marked_text import PageMarks
from workreport.website.pages.page_kind import PageKind, PageRequest
from workreport.website.pages.page_origin import origin
from workreport.website.pages.publisher import Reports, SiteFacts, site_title
from workreport.website.pages.sentences import SentenceView
from workreport.website.pages.structured_data import page_data
from workreport.website.pages.summaries import collection_of
from workreport.website.pages.views.compared_place import ComparedPlace, compared_places
from workreport.website.pages.views.picture import card_path
from workreport.website.pages.views.report import PageLink, Report
from workreport.website.pages.views.report_list import PlaceRow
from workreport.website.pages.views.table import TableRow
from workreport.website.template_cache import TemplateCache
from workreport.website.template_loader import environment

_EMPTY_LINES = re.compile("\n{3,}")
_FENCE = "---\n"
"""The line on top of the front matter."""
_IN_HTML = frozenset({"design"})
"""The templates that print HTML: the page of all components, which shows each in every state."""


@dataclass(frozen=True, slots=True)
class RenderedSite:
    """The files of `docs/` as text by path, and what each page says as JSON-LD, by the path of the finished page.

    The latter is put into the finished page: it would double what a person reads of a page in `docs/` and of its diff.
    """

    docs: dict[str, str]
    graphs: dict[str, str]

    def __add__(self, other: RenderedSite) -> RenderedSite:
        return RenderedSite(self.docs | other.docs, self.graphs | other.graphs)


def render(
    publication: Publication, settings: SiteFacts, templates: Path, cache: TemplateCache | None = None
) -> dict[str, str]:
    """Return the files of `docs/` alone; see `render_site`."""
    return render_site(publication, settings, templates, cache).docs


def render_site(
    publication: Publication,
    settings: SiteFacts,
    templates: Path,
    cache: TemplateCache | None = None,
    collection: Collection | None = None,
) -> RenderedSite:
    """Return all files of `docs/` as text by path: pages, style sheets and scripts, each report's source and repaired
    text; and the JSON-LD of each page.

    `templates` is the folder with `pages/`, `marks/`, `macros/` and `assets/`; `cache` stores compiled templates between builds;
    `collection` is that of the publication, None to make it. Raises jinja2.UndefinedError if a template uses an unknown value, and `BadAssets` or `BadTokens`.
    `render_site(publication, settings, folder).docs["gongshu-2024/1/3/index.md"]` is the page of section （三） of part 一.
    """
    renderer = SiteRenderer(settings, templates, cache)
    collection = collection or collection_of(publication)
    frame = frame_of(collection, settings)
    reports = {reading.meta.slug: page_table.report_of(reading) for reading in publication.readings}
    places = list(compared_places(publication.places, tuple(reports.values()), verdicts=settings.verdicts))
    made = renderer.site(collection, next(iter(reports.values())) if collection.alone else None)
    for slug, report in reports.items():
        years = next((place for place in places if slug in place.reports), None)
        former = former_report(report.reading.meta, collection.metas)
        made += renderer.report(frame, report, years, reports[former.slug].reading if former else None)
    for place in places:
        made += renderer.place(frame, place)
    return RenderedSite(dict(sorted(made.docs.items())), made.graphs)


def frame_of(collection: Collection, settings: SiteFacts) -> SiteFrame:
    """Return what each page of a site knows of it."""
    return SiteFrame(site_title(collection, settings), collection.alone, collection.measured)


class SiteRenderer:
    """Makes the files of `docs/` of each report, of each place and of the whole site; arguments as for `render_site`."""

    def __init__(self, settings: SiteFacts, templates: Path, cache: TemplateCache | None = None) -> None:
        self._settings = settings
        self._templates = templates
        self._cache = cache

    def _made(self, requests: Iterable[tuple[PageKind[Any], PageRequest]]) -> RenderedSite:
        printer = _PagePrinter(self._templates, self._settings, self._cache)
        docs = {addresses.markdown(request.path): printer.page(kind, request) for kind, request in requests}
        return RenderedSite(docs, printer.graphs)

    def _page(self, frame: SiteFrame) -> PageRequest:
        return PageRequest(addresses.ROOT, self._settings, frame)

    def report(
        self, frame: SiteFrame, report: Report, years: ComparedPlace | None, former: Reading | None
    ) -> RenderedSite:
        """Return the pages of a report, and its source and repaired text; `years` and `former` are as in `PageRequest`."""
        page = replace(self._page(frame), of=report, years=years, former=former)
        made = self._made(page_table.report_requests(page))
        reading = report.reading
        folder = addresses.report(reading, addresses.DOWNLOAD).removesuffix(addresses.ROOT)
        made.docs[f"{folder}source.txt"] = reading.source.text
        made.docs[addresses.plain_text(reading.meta.slug)] = reading.text.body
        return made

    def place(self, frame: SiteFrame, place: ComparedPlace) -> RenderedSite:
        """Return the page of a place."""
        return self._made([page_table.place_request(self._page(frame), place)])

    def site(self, collection: Collection, only: Report | None) -> RenderedSite:
        """Return the pages of the whole site, style sheets and scripts; `only` is its only report, None if there are several."""
        page = replace(self._page(frame_of(collection, self._settings)), all_reports=collection, only=only)
        made = self._made(page_table.site_requests(page))
        look = tokens.load(self._templates)
        for name, text in assets.load(self._templates / "assets").items():
            made.docs[f"assets/{name}"] = look.filled(text) if name.endswith(".css") else text
        accents = place_colours.site_colours(collection, self._settings, look)
        made.docs["assets/workreport.css"] = (
            colour.scheme(accents.site, look, accents.named, accents.names)
            + made.docs["assets/workreport.css"]
            + running_title(page.title)
            + lit_rules(max((report.most_figures for report in collection.reports), default=0))
        )
        return made


def running_title(title: str) -> str:
    """Return the CSS rule that prints a title at the top of every page on paper.

    All characters of the title are escaped, except letters and digits of any script.

    >>> print(running_title('报告"}').strip())
    @page{@top-center{content:"报告\\22 \\7d ";font:9pt sans-serif}}
    """
    words = "".join(c if c.isalnum() else f"\\{ord(c):x} " for c in one_line(title))
    return f'\n@page{{@top-center{{content:"{words}";font:9pt sans-serif}}}}\n'


def theme_facts(reports: Reports, settings: SiteFacts) -> dict[str, str]:
    """Return the texts that the theme prints on every page, for `extra:` of the MkDocs configuration.

    They are not HTML-escaped, and empty ones are left out. `report` is the slug of the only report.
    """
    alone = reports.metas[0] if len(reports.metas) == 1 else None
    facts = {
        "publisher": settings.publisher,
        "contact": settings.contact,
        "licence": settings.licence,
        "licence_address": settings.licence_address,
        "icp": settings.footer.icp,
        "police": settings.footer.police,
        "site_code": settings.footer.site_code,
        "accessibility": settings.footer.accessibility,
        "report": alone.slug if alone else "",
    }
    return {key: one_line(value) for key, value in facts.items() if value}


def lit_rules(most: int) -> str:
    """Return CSS rules that highlight the quote of a figure when a link to the figure is opened.

    There is one rule for each ordinal of a figure in its sentence, from 1 to `most`.

    >>> print(lit_rules(1).strip())
    .t1:target~.q1{background:var(--wr-lit);box-shadow:var(--wr-lit-edge);outline:var(--wr-lit-ring)}
    """
    rule = "{background:var(--wr-lit);box-shadow:var(--wr-lit-edge);outline:var(--wr-lit-ring)}"
    return "\n" + "".join(f".t{n}:target~.q{n}{rule}\n" for n in range(1, most + 1))


class _PagePrinter:
    """Renders pages with one Jinja2 environment, so that each template is loaded once."""

    def __init__(self, folder: Path, settings: SiteFacts, cache: TemplateCache | None) -> None:
        self._settings = settings
        self.graphs: dict[str, str] = {}
        self._markdown = environment(folder, cache, _marked, ("<#", "#>"))
        self._markdown.filters |= {
            "md": _md,
            "way": _way,
            "beside": _beside,
            "row_keys": _row_keys,
            "keys": _keys,
            "bar": _bar,
            "attributes_of": _attributes_of,
            "pairs": _pairs,
            "ways": _ways,
            "data": data_line,
            "id": _id,
            "attributes": _attributes,
        }
        self._html = environment(folder, cache, _safe)
        self._html.filters |= {"anchor": _anchor, "amend": lambda view: _amend(settings, view)}
        self._html.globals["contact"] = settings.contact if reachable(settings) else ""

    def page(self, kind: PageKind[Any], request: PageRequest) -> str:
        """Return a page as Markdown with front matter."""
        view = kind.view(request)
        reading = request.of.reading if request.of else None
        title = kind.title_of(reading) or view.label
        whole, description = title, kind.description(view, request)
        if reading and kind.id != addresses.FRONT:
            whole = f"{title} · {reading.meta.name}"
        fields = {"title": whole, "description": description or whole}
        table, lines = "", ""
        if request.of_place:
            fields["colour_of"] = request.of_place.years.reports[-1]
        if reading:
            fields["report"] = reading.meta.slug
            if self._settings.address:
                fields["card"] = card_path(reading, request.part.id if request.part else "")
            if reading.glossary:
                fields["glossary"] = glossary_title(reading)
            table = addresses.relative(request.path, addresses.report(reading, addresses.INDICATORS))
            lines = Markup(f"\nlabels: {data_line(labels.report_labels(reading, _named(request)))}")
            if when := reading.meta.published:
                lines += Markup(f"\npublished: {data_line([when.isoformat(), wording.day(when)])}")
        above = page_table.above(kind.id)
        self.graphs[request.path] = page_data(request, kind.id, whole, fields["description"], above)
        jinja = self._html if kind.template in _IN_HTML else self._markdown
        text = jinja.get_template(f"pages/{kind.template}.md.j2").render(
            head=front_matter(fields) + lines,
            site=self._settings,
            path=request.path,
            title=title,
            view=view,
            marks=PageMarks(table),
        )
        made = _EMPTY_LINES.sub("\n\n", text).rstrip("\n") + "\n"
        return made.replace(_FENCE, _FENCE + origin(reading.meta.slug if reading else "", made), 1)


def _named(request: PageRequest) -> list[Term]:
    """Return the names on the page: those of its section, else of the whole report."""
    report = request.report
    return report.named.get(request.part.id, []) if request.part else list(report.reading.terms)


def reachable(settings: SiteFacts) -> bool:
    """Return whether the publisher's contact is an address that a link can open: a URL or a mail address."""
    return settings.contact.startswith(("http://", "https://")) or "@" in settings.contact


def _amend(settings: SiteFacts, view: SentenceView) -> Markup:
    return Markup(html.escape(amend(settings.contact, view.id, "".join(piece.text for piece in view.pieces))))


def _marked(value: object) -> object:
    """Return the value as a template prints it: `Markup` unchanged, the text of any other value escaped for Markdown."""
    return value if isinstance(value, Markup) else Markup(marked_free(one_line(str(value))))


def _safe(value: object) -> object:
    """The same for a template of HTML."""
    return value if isinstance(value, Markup) else escape(str(value))


def _md(link: str) -> Markup:
    return Markup(addresses.markdown_link(link))


def _id(name: str, also: str = "") -> Markup:
    """Return the attributes of a place that links lead to: its id, and classes."""
    return Markup(attributes({"id": name, "class": also}))


def _way(link: PageLink | None) -> list[str] | None:
    """Return a link as the theme's templates take it from the front matter: address and words."""
    return [str(link.href), link.words] if link else None


def _ways(links: Iterable[PageLink]) -> list[list[str]]:
    return [[str(link.href), link.words] for link in links]


def _pairs(views: Iterable[object], *names: str) -> list[list[str]]:
    """Return these fields of each view, as the theme's templates take them from the front matter."""
    return [[str(getattr(view, name)) for name in names] for view in views]


def _keys(row: TableRow) -> Markup:
    """Return the attributes of a row of the table of indicators: its keys and its bar."""
    card, bar = row.card, row.bar
    told = "" if card.status == status(target=card.target, estimated=card.estimated) else card.status
    data = {"kind": card.kind, "status": told, "unit": row.unit, "size": row.size, "change": row.change}
    data |= {"place": row.place, "level": row.levels}
    keys = {name: data[key] for key, name in SORTED_BY.items()}
    return Markup(attributes(keys | (_bar_keys(bar) if bar else {})))


def _bar(line: BarLine) -> Markup:
    """Return the attributes of a row that is shown as a bar."""
    keys = _bar_keys(line.bar)
    names = f"{keys['class']} gross-product".lstrip() if line.marked else keys["class"]
    return Markup(attributes({**keys, "class": names}))


def _bar_keys(bar: Bar) -> dict[str, str]:
    names = [name for name, there in (("falls", bar.falls), ("cut-off", bar.cut)) if there]
    left = {} if bar.start == "0" else {BAR_LEFT: f"{bar.start}%"}
    return {**left, BAR_WIDTH: f"{bar.length}%", "class": " ".join(names)}


def _beside(card: Card) -> Markup:
    """Return what a card of the front page shows and its row of words does not, as attributes behind a blank."""
    return _behind({"parent": one_line(card.parent), PRINTED: one_line(card.at)})


def _row_keys(row: PlaceRow) -> Markup:
    """Return the attributes of a row of the table of reports: its place, as it is chosen by, and the level of that."""
    return Markup(attributes({PLACE: one_line(row.key.id), LEVEL: row.key.level}))


def _attributes_of(values: dict[str, str]) -> Markup:
    """Return attributes as a line of their own."""
    return Markup(attributes({key: one_line(value) for key, value in values.items()}))


def _attributes(view: object, *names: str) -> Markup:
    """Return these fields of a view as attributes behind a blank, "" if all are empty."""
    return _behind({name: one_line(str(getattr(view, name))) for name in names})


def _behind(values: dict[str, str]) -> Markup:
    """Return attributes behind a blank, "" if all are empty."""
    made = attributes(values)
    return Markup(f" {made}" if made else "")


def _anchor(name: str) -> Markup:
    """Return an id for an HTML attribute, with all but ASCII letters, digits, - and _ as character references."""
    return Markup("".join(c if c.isascii() and (c.isalnum() or c in "-_") else f"&#{ord(c)};" for c in name))
