"""Knows the single HTML file of a report, which needs no other file: to forward in a chat, to open by double click.

Takes markup, styles and scripts from the finished website and puts them into the frame `templates/onefile/`. Leaves to
`html_pages` what is taken from each page, and to `html_links` the ids and links.
"""

from __future__ import annotations

import base64
import hashlib
import re
import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from string import Template
from typing import BinaryIO
from urllib.parse import quote

from workreport.archive import forms, html_pages
from workreport.archive.html_elements import OneFileError, ids_of, without
from workreport.archive.html_links import Ids, PagePart, placed
from workreport.archive.task import Task
from workreport.website import addresses, tokens
from workreport.website.template_loader import html_part
from workreport.website.pages import page_table

__all__ = ["OneFileError", "OtherFile", "from_site", "html_page", "make", "read_site"]

FRAME, STYLE, SCRIPT = "onefile.html", "onefile.css", "onefile.js"
"""The files of the folder `templates/onefile`, as keys of the `frame` of `html_page`."""

POSTER = f"{addresses.PICTURE}/poster.png"
"""The embedded picture, as a path below the report's folder. The long picture would be too large for some chats."""
STYLES = ("workreport.css",)
"""The styles of the website that the file holds."""
EARLY = ("workreport.js",)
"""The scripts of the website that run before the page is shown."""
LATE = (
    "search.js", "search-offers.js", "search-dialog.js", "search-lit.js", "indicators.js", "glossary.js", "aloud.js",
    "reading.js",
)  # fmt: skip
"""The scripts of the website at the end of the file, which run after the search index."""


@dataclass(frozen=True, slots=True)
class OtherFile:
    """Another archive file that the page names: its file name, and the title of its form."""

    name: str
    title: str


def make(task: Task, out: BinaryIO) -> None:
    """Write the HTML file of a report into `out`; the row of this form in `forms.FORMS` names this function."""
    slug = task.reading.meta.slug
    named = forms.of_page(task.files, f"{slug}/", task.job.slugs)
    others = [(name, forms.form_of(name)) for name in named if name != task.name]
    page = from_site(
        task.site, slug=slug, sections=[addresses.report(task.reading, section.id) for section in task.reading.paged],
        index=task.job.indexes[slug], frame=task.template_folder("onefile"),
        others=[OtherFile(name, form.title) for name, form in others if form],
        readers=[f"{addresses.AUDIENCE}/{audience.id}" for audience in task.reading.audiences],
    )  # fmt: skip
    out.write(page.encode())


def from_site(
    site: Path,
    *,
    slug: str,
    sections: Sequence[str],
    index: str,
    frame: Path,
    others: Sequence[OtherFile] = (),
    readers: Sequence[str] = (),
) -> str:
    """The single page of the report `slug`, made from the finished website in the folder `site`.

    Parameters are as in `html_page`, but `frame` is the folder `templates/onefile`. Without a poster in `site` the page
    has no picture. Raises OSError for any other missing file, and the errors of `html_page`.
    """
    parts = {name: (frame / name).read_bytes().decode() for name in (FRAME, STYLE, SCRIPT)}
    parts[STYLE] = tokens.load(frame.parent).filled(parts[STYLE])
    drawn = site / slug / POSTER
    return html_page(
        read_site(site, slug, sections, readers), slug=slug, sections=sections, index=index, frame=parts, others=others,
        readers=readers, poster=drawn.read_bytes() if drawn.is_file() else b"",
    )  # fmt: skip


def read_site(site: Path, slug: str, sections: Sequence[str], readers: Sequence[str] = ()) -> dict[str, str]:
    """The content of the pages, texts, styles and scripts of the finished website that `html_page` takes, by path.

    `sections` are the paths of the sections' pages, `readers` the folders of the pages for a kind of readers. A missing
    chapter page (indicators, names, …) is left out; any other missing file raises OSError.
    """
    names = [f"{slug}/index.html", f"{slug}/text/index.html", f"{slug}/download/index.html", *sections]
    names += [
        f"{slug}/{page}/index.html"
        for page, _ in _chapters(readers)
        if (site / slug / page / "index.html").is_file()
    ]
    names += [f"{slug}/download/source.txt", f"{slug}/download/text.txt"]
    names += [f"assets/{name}" for name in (*STYLES, *EARLY, *LATE)]
    return {name: (site / name).read_bytes().decode() for name in names}


def html_page(
    site: Mapping[str, str],
    *,
    slug: str,
    sections: Sequence[str],
    index: str,
    frame: Mapping[str, str],
    others: Sequence[OtherFile] = (),
    readers: Sequence[str] = (),
    poster: bytes = b"",
) -> str:
    """The whole report as one page.

    `site` is the result of `read_site`; `sections` are the paths of the sections' pages in the order of the text;
    `index` is the search index script of this report alone; `frame` has the files of `templates/onefile` by name;
    `others` are the other archive files; `readers` are as for `read_site`; `poster` is the PNG of 一图读懂, empty for none. Raises OneFileError for a
    page whose markup is not as the templates write it, KeyError for a missing page.
    """
    front = f"{slug}/index.html"
    template = Template(frame[FRAME])
    search = html_pages.search_box(site[front])
    ids = Ids({*ids_of(template.template), *ids_of(search)})
    every = _chapters(readers)
    pieces = _pieces(site, slug, sections, every)
    _place(pieces, ids, site, slug, sections, every)
    placed_pieces = {name: "\n".join(placed(piece, ids) for piece in group) for name, group in pieces.items()}
    chapters = [(page, words) for page, words in every if page in pieces]
    name = html_pages.title(front, site[front])
    styles = "\n".join([frame[STYLE], *(site[f"assets/{file}"] for file in STYLES)])
    early = [site[f"assets/{file}"] for file in EARLY]
    late = [index, *(site[f"assets/{file}"] for file in LATE), frame[SCRIPT]]
    _refuse_markup(slug, styles, (*early, *late))
    source, body = site[f"{slug}/download/source.txt"], site[f"{slug}/download/text.txt"]
    return template.substitute(
        policy=_policy(styles, (*early, *late)),
        title=name,
        hue=_hue(html_pages.hue(site[front])),
        styles=styles,
        early=html_part("onefile/scripts", scripts=early),
        late=html_part("onefile/scripts", scripts=late),
        ways=_bar([(words or html_pages.heading(site[path])[:2], ids.homes[path])
                   for page, words in chapters if words is not None for path in (f"{slug}/{page}/index.html",)]),
        search=search,
        tools=html_pages.toolbar(site[f"{slug}/text/index.html"]),
        front=placed_pieces["front"],
        text=placed_pieces["text"],
        rest="\n".join(_chapter(page.partition("/")[0], placed_pieces[page]) for page, _ in chapters),
        citation=placed_pieces["citation"],
        facts=placed_pieces["facts"],
        beside=_other_files(others),
        picture=_picture(poster, name),
        slug=escape(slug),
        source=_pre(source),
        source_sum=hashlib.sha256(source.encode()).hexdigest(),
        body=_pre(body),
        body_sum=hashlib.sha256(body.encode()).hexdigest(),
    )  # fmt: skip


def _chapters(readers: Sequence[str]) -> list[tuple[str, str | None]]:
    """The chapters behind the text: the folder of each page, and its label in the bar.

    The label "" means that it is taken from the heading of the page, None that the page is not in the bar. The pages for the
    kinds of readers follow the list of promises.
    """
    found: list[tuple[str, str | None]] = []
    for page, words in page_table.chapters():
        found.append((page, words))
        if page == addresses.PROMISES:
            found += [(folder, None) for folder in readers]
    return found


def _pieces(
    site: Mapping[str, str], slug: str, sections: Sequence[str], chapters: Sequence[tuple[str, str | None]]
) -> dict[str, list[PagePart]]:
    """The parts taken from the pages, by their field of the frame ("front", "text", …) or by their chapter."""
    front, download = f"{slug}/index.html", f"{slug}/download/index.html"
    hero, opening = html_pages.front(site[front])
    text = [PagePart(front, opening, 1)]
    for path in sections:
        depth = path.removeprefix(f"{slug}/").removesuffix("/index.html").count("/")
        text += [PagePart(path, piece, depth + 2) for piece in html_pages.section(path, site[path])]
    pieces = {
        "front": [PagePart(front, hero, 0)],
        "text": text,
        "citation": [PagePart(download, html_pages.one_element(download, site[download], "blockquote", "citation"), 0)],
        "facts": [PagePart(download, html_pages.one_element(download, site[download], "dl", "source"), 0)],
    }
    for page, _ in chapters:
        path = f"{slug}/{page}/index.html"
        if path in site:
            pieces[page] = [PagePart(path, without(html_pages.article(path, site[path]), html_pages.is_left_out), 1)]
    return pieces


def _place(
    pieces: Mapping[str, Sequence[PagePart]],
    ids: Ids,
    site: Mapping[str, str],
    slug: str,
    sections: Sequence[str],
    chapters: Sequence[tuple[str, str | None]],
) -> None:
    """Fill `ids`: the new id for every id of the pieces, and the target of a link to each page of the website."""
    for group in pieces.values():
        for piece in group:
            for name in ids_of(piece.text):
                ids.add(piece.page, name)
    front, text = f"{slug}/index.html", f"{slug}/text/index.html"
    ids.homes |= {front: "top", text: "text", f"{slug}/download/index.html": "keep", "index.html": "top"}
    own = [f"{slug}/{page}/index.html" for page, _ in chapters if page in pieces]
    ids.homes |= {path: ids.names[path][html_pages.heading_id(path, site[path])] for path in (*sections, *own)}
    # On the website, the page with the full text has the anchors of the front page and of all sections.
    ids.names[text] = {old: new for path in (front, *sections) for old, new in ids.names.get(path, {}).items()}


def _refuse_markup(slug: str, styles: str, scripts: Iterable[str]) -> None:
    """Raise OneFileError for a style or script that HTML misreads: with its end tag, `<!--` or a carriage return."""
    for script in scripts:
        if re.search("</script|<!--", script, re.IGNORECASE) or "\r" in script:
            raise OneFileError(
                f"{slug}.html：脚本里有 </script>、<!-- 或回车符，不能写进网页。请检查 templates/assets/。"
            )
    if re.search("</style|<!--", styles, re.IGNORECASE) or "\r" in styles:
        raise OneFileError(f"{slug}.html：样式里有 </style>、<!-- 或回车符，不能写进网页。请检查 templates/assets/。")


def _policy(styles: str, scripts: Iterable[str]) -> str:
    """The content security policy: allows only the page's own scripts and styles (by digest) and `data:` pictures."""
    sums = " ".join(dict.fromkeys(_source_hash(script) for script in scripts))
    rules = f"default-src 'none'; script-src {sums}; style-src {_source_hash(styles)}; img-src data:"
    return f"{rules}; form-action 'none'; base-uri 'none'"


def _source_hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _bar(chapters: Sequence[tuple[str, str]]) -> str:
    """The `li` elements of the bar at the top; `chapters` are pairs of label and anchor."""
    items = [(page_table.label(addresses.TEXT), "text"), *chapters, (page_table.label(addresses.DOWNLOAD), "keep")]
    return html_part("onefile/bar", chapters=[(words, quote(to)) for words, to in items])


def _hue(name: str) -> str:
    """The attribute that gives the page one of the colours of the site, behind a blank; "" for the colour of the site."""
    return f' data-hue="{escape(name)}"' if name else ""


def _chapter(kind: str, inner: str) -> str:
    return html_part("onefile/chapter", kind=kind, inner=inner)


def _other_files(others: Sequence[OtherFile]) -> str:
    return html_part("onefile/beside", files=others)


def _picture(poster: bytes, name: str) -> str:
    """The poster with its heading, as markup; "" without a poster. `name` is the report's title as escaped markup."""
    if not poster:
        return ""
    width, height = struct.unpack(">II", poster[16:24])
    data = base64.b64encode(poster).decode()
    return html_part(
        "onefile/poster", title=page_table.title(addresses.PICTURE), data=data, width=width, height=height, name=name
    )


def _pre(text: str) -> str:
    """Text escaped for a `pre` element, so that its text content in a browser is exactly this text, line ends too.

    >>> _pre("a<b>\\r\\n&c")
    '\\na&lt;b&gt;&#13;\\n&amp;c'
    """
    return "\n" + escape(text, quote=False).replace("\r", "&#13;")
