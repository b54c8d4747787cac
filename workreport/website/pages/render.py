"""Knows how pages become Markdown: each row of the table of pages is printed by its template, the assets beside them.

Leaves which pages there are to `page_table`, what they show to `views`, and every word of markup to `templates/`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from workreport.model import Publication
from workreport.website import addresses, tokens
from workreport.website.pages import assets, colour, page_table
from workreport.website.pages.escape import escape, front_matter, one_line
from workreport.website.pages.explanations import glossary_title
from workreport.website.pages.loader import environment
from workreport.website.pages.page_table import PageKind, PageRequest
from workreport.website.pages.publisher import SiteFacts, site_title
from workreport.website.pages.sentences import SentenceView
from workreport.website.pages.views.picture import card_path
from workreport.website.template_cache import TemplateCache

LETTER = 40
"""The most characters of a sentence quoted in a mail about it."""
URL_MARKS = ":/?#[]@!$*+,;=%~-._"


def render(
    publication: Publication, settings: SiteFacts, templates: Path, cache: TemplateCache | None = None
) -> dict[str, str]:
    """All files of `docs/`, path to text: Markdown pages, styles and scripts, each report's source and repaired text.

    `templates` is the folder with `pages/`, `macros/` and `assets/`; `cache` keeps compiled templates between builds.
    Raises jinja2.UndefinedError for a template with an unknown value. `render(publication, settings,
    folder)["gongshu-2024/1/3/index.md"]` is the page of section （三）.
    """
    press = _PagePrinter(templates, settings, cache)
    made: dict[str, str] = {}
    asked = list(page_table.requests(publication, settings))
    for kind, request in asked:
        made[addresses.markdown(request.path)] = press.page(kind, request)
    for reading in publication.readings:
        folder = addresses.report(reading, addresses.DOWNLOAD).removesuffix(addresses.ROOT)
        made[f"{folder}source.txt"] = reading.source.text
        made[f"{folder}text.txt"] = reading.text.body
    look = tokens.load(templates)
    for name, text in assets.load(templates / "assets").items():
        made[f"assets/{name}"] = look.filled(text) if name.endswith(".css") else text
    most = max((report.passages.most_figures for report in asked[0][1].reports), default=0)
    made["assets/workreport.css"] = (
        colour.scheme(settings.colour, look)
        + made["assets/workreport.css"]
        + running_title(site_title(publication, settings))
        + lit_rules(most)
    )
    return dict(sorted(made.items()))


def running_title(title: str) -> str:
    """The CSS rule for the title at the top of every printed page, with all but letters and digits escaped.

    >>> print(running_title('报告"}').strip())
    @page{@top-center{content:"报告\\22 \\7d ";font:9pt sans-serif}}
    """
    words = "".join(c if c.isalnum() else f"\\{ord(c):x} " for c in one_line(title))
    return f'\n@page{{@top-center{{content:"{words}";font:9pt sans-serif}}}}\n'


def theme_facts(publication: Publication, settings: SiteFacts) -> dict[str, str]:
    """The texts that the theme's templates print on every page, for `extra:` of the MkDocs configuration. Not escaped."""
    alone = publication.readings[0] if len(publication.readings) == 1 else None
    facts = {
        "publisher": settings.publisher,
        "contact": settings.contact,
        "licence": settings.licence,
        "icp": settings.footer.icp,
        "police": settings.footer.police,
        "site_code": settings.footer.site_code,
        "report": alone.meta.slug if alone else "",
    }
    return {key: one_line(value) for key, value in facts.items() if value}


def lit_rules(most: int) -> str:
    """The CSS rules that highlight the quote of a figure that a link leads to, for the 1st to the `most`-th of a sentence.

    >>> print(lit_rules(1).strip())
    .t1:target~.q1{background:var(--wr-lit);box-shadow:var(--wr-lit-edge);outline:var(--wr-lit-ring)}
    """
    rule = "{background:var(--wr-lit);box-shadow:var(--wr-lit-edge);outline:var(--wr-lit-ring)}"
    return "\n" + "".join(f".t{n}:target~.q{n}{rule}\n" for n in range(1, most + 1))


class _PagePrinter:
    """Renders pages; the templates are loaded once."""

    def __init__(self, folder: Path, settings: SiteFacts, cache: TemplateCache | None) -> None:
        self._settings = settings
        self._environment = environment(folder, cache, _safe)
        self._environment.filters["anchor"] = _anchor
        reachable = settings.contact.startswith(("http://", "https://")) or "@" in settings.contact
        self._environment.filters["amend"] = lambda sentence: amend(settings.contact, sentence)
        self._environment.globals["contact"] = settings.contact if reachable else ""

    def page(self, kind: PageKind[Any], request: PageRequest) -> str:
        """One page as Markdown."""
        view = kind.view(request)
        reading = request.of.reading if request.of else None
        title = kind.title_of(reading) or view.label
        whole, description = title, kind.description(view, request)
        if reading and kind.id != addresses.FRONT:
            whole = f"{title} · {reading.meta.name}"
        fields = {"title": whole, "description": description or whole}
        if reading:
            fields |= {"report": reading.meta.slug, "report_name": reading.meta.name}
            if self._settings.address:
                fields["card"] = card_path(reading, request.part.id if request.part else "")
            if reading.glossary:
                fields["glossary"] = glossary_title(reading)
        return self._environment.get_template(f"pages/{kind.template}.md.j2").render(
            head=front_matter(fields), site=self._settings, path=request.path, title=title, view=view
        )


def amend(contact: str, sentence: SentenceView) -> Markup:
    """The link to report an error in a sentence: a mail to the publisher, or the contact itself where it is a URL.

    >>> from workreport.website.pages.spans import TextPiece
    >>> words = SentenceView("s1", "1", False, (TextPiece("增长5%。", "", Markup(), ()),), (), ())
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
    """The value as a template prints it: `Markup` unchanged, all else escaped."""
    return value if isinstance(value, Markup) else escape(str(value))


def _anchor(name: str) -> Markup:
    """An id escaped for an HTML attribute: all but letters, digits, - and _ as character references."""
    return Markup("".join(c if c.isascii() and (c.isalnum() or c in "-_") else f"&#{ord(c)};" for c in name))
