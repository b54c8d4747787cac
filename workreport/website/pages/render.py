"""Knows how the files of `docs/` are made: every page from its view and template, the style sheets, scripts and texts.

Leaves which pages there are to `page_table`, what they show to `views`, and all markup to `templates/`.
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
"""The most characters of a sentence that are quoted in a mail about it."""
URL_MARKS = ":/?#[]@!$*+,;=%~-._"
"""The characters of a URL that are not percent-encoded."""


def render(
    publication: Publication, settings: SiteFacts, templates: Path, cache: TemplateCache | None = None
) -> dict[str, str]:
    """Return all files of `docs/` as text by path: pages, style sheets and scripts, each report's source and repaired
    text.

    `templates` is the folder with `pages/`, `macros/` and `assets/`; `cache` stores compiled templates between builds.
    Raises jinja2.UndefinedError if a template uses an unknown value, and `BadAssets` or `BadTokens`.
    `render(publication, settings, folder)["gongshu-2024/1/3/index.md"]` is the page of section （三） of part 一.
    """
    printer = _PagePrinter(templates, settings, cache)
    made: dict[str, str] = {}
    requests = list(page_table.requests(publication, settings))
    for kind, request in requests:
        made[addresses.markdown(request.path)] = printer.page(kind, request)
    for reading in publication.readings:
        folder = addresses.report(reading, addresses.DOWNLOAD).removesuffix(addresses.ROOT)
        made[f"{folder}source.txt"] = reading.source.text
        made[f"{folder}text.txt"] = reading.text.body
    look = tokens.load(templates)
    for name, text in assets.load(templates / "assets").items():
        made[f"assets/{name}"] = look.filled(text) if name.endswith(".css") else text
    most = max((report.passages.most_figures for report in requests[0][1].reports), default=0)
    made["assets/workreport.css"] = (
        colour.scheme(settings.colour, look)
        + made["assets/workreport.css"]
        + running_title(site_title(publication, settings))
        + lit_rules(most)
    )
    return dict(sorted(made.items()))


def running_title(title: str) -> str:
    """Return the CSS rule that prints a title at the top of every page on paper.

    All characters of the title are escaped, except letters and digits of any script.

    >>> print(running_title('报告"}').strip())
    @page{@top-center{content:"报告\\22 \\7d ";font:9pt sans-serif}}
    """
    words = "".join(c if c.isalnum() else f"\\{ord(c):x} " for c in one_line(title))
    return f'\n@page{{@top-center{{content:"{words}";font:9pt sans-serif}}}}\n'


def theme_facts(publication: Publication, settings: SiteFacts) -> dict[str, str]:
    """Return the texts that the theme prints on every page, for `extra:` of the MkDocs configuration.

    They are not HTML-escaped, and empty ones are left out. `report` is the slug of the only report.
    """
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
        self._environment = environment(folder, cache, _safe)
        self._environment.filters["anchor"] = _anchor
        reachable = settings.contact.startswith(("http://", "https://")) or "@" in settings.contact
        self._environment.filters["amend"] = lambda sentence: amend(settings.contact, sentence)
        self._environment.globals["contact"] = settings.contact if reachable else ""

    def page(self, kind: PageKind[Any], request: PageRequest) -> str:
        """Return a page as Markdown with front matter."""
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
    """Return the link to report an error in a sentence: `contact` itself if it is a URL, otherwise a mail to it.

    The mail quotes at most `LETTER` characters of the sentence.

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
    """Return the value as a template prints it: `Markup` unchanged, the text of any other value escaped."""
    return value if isinstance(value, Markup) else escape(str(value))


def _anchor(name: str) -> Markup:
    """Return an id for an HTML attribute, with all but ASCII letters, digits, - and _ as character references."""
    return Markup("".join(c if c.isascii() and (c.isalnum() or c in "-_") else f"&#{ord(c)};" for c in name))
