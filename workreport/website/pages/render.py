"""Knows which pages there are and what each is given; loads the templates and prints them.

Leaves the views to `views`, `passage`, `cards` and `notes`, and every word of markup to `templates/`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Protocol
from urllib.parse import quote

from markupsafe import Markup

from workreport.model import Publication, Reading
from workreport.project.template_cache import Compiled
from workreport.website import addresses, tokens
from workreport.website.pages import assets, colour
from workreport.website.pages.design import design_view
from workreport.website.pages.escape import escape, front_matter, one_line
from workreport.website.pages.explanations import glossary_view
from workreport.website.pages.loader import environment
from workreport.website.pages.meta_description import opening, told
from workreport.website.pages.sentences import SentenceView
from workreport.website.pages.views.download import download_view
from workreport.website.pages.views.editorial_notes import notes_view
from workreport.website.pages.views.front import front_view
from workreport.website.pages.views.fulltext import text_view
from workreport.website.pages.views.name_index import names_view
from workreport.website.pages.views.picture import PAGE, TITLE, card_path, picture_view
from workreport.website.pages.views.report import SUMMARY, Report, first_words
from workreport.website.pages.views.report_list import list_view
from workreport.website.pages.views.section import section_view
from workreport.website.pages.views.table import indicators_view

LETTER = 40
"""Characters of a sentence that a letter about it quotes."""
URL_MARKS = ":/?#[]@!$*+,;=%~-._"


class FooterFacts(Protocol):
    """What the law wants in a footer; shown only where given."""

    @property
    def icp(self) -> str: ...
    @property
    def police(self) -> str: ...
    @property
    def site_code(self) -> str: ...


class SiteFacts(Protocol):
    """What pages need to know of the publisher; `settings.Settings` has it all."""

    @property
    def title(self) -> str: ...
    @property
    def address(self) -> str: ...
    @property
    def publisher(self) -> str: ...
    @property
    def contact(self) -> str: ...
    @property
    def licence(self) -> str: ...
    @property
    def colour(self) -> str: ...
    @property
    def footer(self) -> FooterFacts: ...
    @property
    def zipped(self) -> bool: ...


def render(
    publication: Publication, settings: SiteFacts, templates: Path, kept: Compiled | None = None
) -> dict[str, str]:
    """Everything of `docs/` as path to text: the Markdown pages, the styles and scripts, the source as plain text.

    `templates` is the folder with `pages/`, `macros/` and `assets/`. A template that names an unknown value raises
    jinja2.UndefinedError. `kept` keeps compiled templates between builds. `render(publication, settings, folder)["gongshu-2024/1/3/index.md"]` is section （三）.
    """
    press = _Press(templates, settings, kept)
    reports = [Report(reading) for reading in publication.readings]
    made: dict[str, str] = {}
    for report in reports:
        made |= press.report(report, alone=len(reports) == 1)
    if len(reports) == 1:
        made[addresses.markdown(addresses.ROOT)] = press.front(reports[0], addresses.ROOT, alone=True)
    else:
        view = list_view(reports, publication, addresses.ROOT)
        made[addresses.markdown(addresses.ROOT)] = press.page(
            "list", addresses.ROOT, site_title(publication, settings), view, description=told("", view)
        )
    made[addresses.markdown(addresses.ABOUT)] = press.page(
        "about",
        addresses.ABOUT,
        "关于本站",
        reports[0] if len(reports) == 1 else None,
        description=f"{site_title(publication, settings)}：文字从哪里来，怎样修复和校勘，怎样核对、引用和离线保存。",
    )
    made[addresses.markdown(addresses.DESIGN)] = press.page(
        "design",
        addresses.DESIGN,
        "组件",
        design_view(),
        description="网页的每一种组件和它的每一种状态，数字都是示例。",
    )
    look = tokens.load(templates)
    for name, text in assets.load(templates / "assets").items():
        made[f"assets/{name}"] = look.filled(text) if name.endswith(".css") else text
    most = max((report.passages.most_figures for report in reports), default=0)
    made["assets/workreport.css"] = (
        colour.scheme(settings.colour, look)
        + made["assets/workreport.css"]
        + running_title(site_title(publication, settings))
        + lit_rules(most)
    )
    return dict(sorted(made.items()))


def running_title(title: str) -> str:
    """The title on top of every printed page; each character that CSS might read is written as its number.

    >>> print(running_title('报告"}').strip())
    @page{@top-center{content:"报告\\22 \\7d ";font:9pt sans-serif}}
    """
    words = "".join(c if c.isalnum() else f"\\{ord(c):x} " for c in one_line(title))
    return f'\n@page{{@top-center{{content:"{words}";font:9pt sans-serif}}}}\n'


def site_title(publication: Publication, settings: SiteFacts) -> str:
    """The site's name: the publisher's, else the only report's, else 政府工作报告."""
    if settings.title or publication.title:
        return settings.title or publication.title
    return publication.readings[0].meta.name if len(publication.readings) == 1 else "政府工作报告"


def theme_facts(publication: Publication, settings: SiteFacts) -> dict[str, str]:
    """What the theme's own templates print on every page, for `extra:` of the MkDocs configuration; they escape it."""
    alone = publication.readings[0] if len(publication.readings) == 1 else None
    facts = {
        "publisher": settings.publisher,
        "contact": settings.contact,
        "licence": settings.licence,
        "icp": settings.footer.icp,
        "police": settings.footer.police,
        "site_code": settings.footer.site_code,
        "report": alone.meta.slug if alone else "",
        "glossary": addresses.pages(alone).get(addresses.GLOSSARY, "") if alone else "",
    }
    return {key: one_line(value) for key, value in facts.items() if value}


def lit_rules(most: int) -> str:
    """The rules by which a figure's address lights its own quote without a script, for the 1st to the `most`-th.

    >>> print(lit_rules(1).strip())
    .t1:target~.q1{background:var(--wr-lit);box-shadow:var(--wr-lit-edge);outline:var(--wr-lit-ring)}
    """
    rule = "{background:var(--wr-lit);box-shadow:var(--wr-lit-edge);outline:var(--wr-lit-ring)}"
    return "\n" + "".join(f".t{n}:target~.q{n}{rule}\n" for n in range(1, most + 1))


class _Press:
    """The templates, loaded once."""

    def __init__(self, folder: Path, settings: SiteFacts, kept: Compiled | None) -> None:
        self._settings = settings
        self._environment = environment(folder, kept, _safe)
        self._environment.filters["anchor"] = _anchor
        reachable = settings.contact.startswith(("http://", "https://")) or "@" in settings.contact
        self._environment.filters["amend"] = lambda sentence: amend(settings.contact, sentence)
        self._environment.globals["contact"] = settings.contact if reachable else ""

    def page(
        self,
        template: str,
        path: str,
        title: str,
        view: object,
        report: Reading | None = None,
        description: str = "",
        section: str = "",
    ) -> str:
        """One page as Markdown."""
        fields = {"title": title, "description": description or title}
        if report is not None:
            fields |= {"report": report.meta.slug, "report_name": report.meta.name}
            if self._settings.address:
                fields["card"] = card_path(report, section)
            if report.glossary:
                fields["glossary"] = addresses.pages(report)[addresses.GLOSSARY]
        return self._environment.get_template(f"pages/{template}.md.j2").render(
            head=front_matter(fields), site=self._settings, path=path, view=view
        )

    def front(self, report: Report, path: str, alone: bool) -> str:
        """The front page of a report, which may stand at two addresses."""
        view = front_view(report, path, alone)
        return self.page("front", path, report.reading.meta.name, view, report.reading, view.description)

    @staticmethod
    def opening(reading: Reading) -> str:
        """How the page of the whole text is told."""
        words = (first_words(section, SUMMARY) for section in reading.outline.sections)
        return opening(reading.meta.name, next((text for text in words if text), ""))

    def report(self, report: Report, alone: bool) -> dict[str, str]:
        """All pages of one report."""
        reading = report.reading
        made = {}

        def add(page: str, template: str, title: str, view: object, description: str = "") -> None:
            path = addresses.report(reading, page)
            whole = f"{title} · {reading.meta.name}"
            made[addresses.markdown(path)] = self.page(template, path, whole, view, reading, description, page)

        front = addresses.report(reading)
        made[addresses.markdown(front)] = self.front(report, front, alone)
        for section in reading.paged:
            view = section_view(report, section, addresses.report(reading, section.id), alone)
            add(section.id, "section", view.label, view, view.description)
        for page, title, build in (
            ("indicators", "全部指标", indicators_view),
            ("names", "名称索引", names_view),
            ("notes", "校勘", notes_view),
            ("text", "全文", text_view),
        ):
            made_of = build(report, addresses.report(reading, page))
            add(page, page, title, made_of, told(reading.meta.name, made_of) or self.opening(reading))
        if reading.glossary:
            explained = glossary_view(reading, addresses.report(reading, addresses.GLOSSARY))
            add(addresses.GLOSSARY, "glossary", explained.title, explained, told(reading.meta.name, explained))
        shown = picture_view(report, addresses.report(reading, PAGE), self._settings)
        add(PAGE, PAGE, TITLE, shown, shown.description)
        path = addresses.report(reading, "download")
        copies = "离线版、全文和数据" if self._settings.zipped else "全文和数据"
        offered = f"下载{reading.meta.name}的{copies}；引用全文、一章、一句或一个数字。"
        add("download", "download", "下载与引用", download_view(report, path, self._settings.address), offered)
        folder = path.removesuffix(addresses.ROOT)
        made[f"{folder}source.txt"] = reading.source.text
        made[f"{folder}text.txt"] = reading.text.body
        return made


def amend(contact: str, sentence: SentenceView) -> Markup:
    """A letter to the publisher about one sentence; where the contact is an address on the web, that address.

    >>> from workreport.website.pages.spans import Piece
    >>> words = SentenceView("s1", "1", False, (Piece("增长5%。", "", Markup(), ()),), (), ())
    >>> str(amend("a@example.gov.cn", words)).split("&")[0]
    'mailto:a@example.gov.cn?subject=%E7%BA%A0%E9%94%99%20s1'
    """
    if "://" in contact:
        return Markup(quote(contact, safe=URL_MARKS))
    words = "".join(piece.text for piece in sentence.pieces)
    quoted = words if len(words) <= LETTER else f"{words[:LETTER]}…"
    body = quote(f"原句（{sentence.id}）：{quoted}", safe="")
    return Markup(f"mailto:{quote(contact, safe='@')}?subject={quote(f'纠错 {sentence.id}', safe='')}&amp;body={body}")


def _safe(value: object) -> object:
    """Every value a template prints: markup as it is, all else escaped."""
    return value if isinstance(value, Markup) else escape(str(value))


def _anchor(name: str) -> Markup:
    """An id for an attribute; the engine's own are of letters, digits and hyphens, and anything else is encoded."""
    return Markup("".join(c if c.isascii() and (c.isalnum() or c in "-_") else f"&#{ord(c)};" for c in name))
