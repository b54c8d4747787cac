"""Knows how the finished pages of one report become one file that needs nothing beside it, to be forwarded and kept.

Leaves the looks to the pages themselves, whose markup, styles and scripts it takes over, and the frame to
`templates/onefile/`. Each sentence stands once; every link leads to a place in the file, or is words without a link.
"""

from __future__ import annotations

import base64
import hashlib
import posixpath
import re
import struct
from dataclasses import dataclass, field
from html import escape
from string import Template
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from workreport.website import markup, tokens
from workreport.project import writer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

SUFFIX = ".html"
FRAME, STYLE, SCRIPT = "onefile.html", "onefile.css", "onefile.js"
"""The files of the folder `templates/onefile`."""

STYLES = ("workreport.css",)
POSTER = "picture/poster.png"
"""Of the pictures the smaller one: with the long one a file could not be forwarded everywhere."""
EARLY = ("workreport.js",)
LATE = (
    "search.js", "search-offers.js", "search-dialog.js", "search-lit.js", "indicators.js", "glossary.js", "aloud.js",
    "reading.js",
)  # fmt: skip
"""The site's own styles and scripts that the file holds: those that run before the page is there, and those after."""

_SPACE = re.compile(r"[ \t\n\r\f]+")
_NAMES = re.compile(r"<([a-zA-Z][a-zA-Z0-9]*)")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_CLOSING_HEADING = re.compile(r"</h([1-6])>")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_TITLE = re.compile(r"<title>([^<]*)</title>")
_REFERENCES = frozenset({"for", "aria-labelledby", "aria-describedby", "aria-controls"})
_ELSEWHERE = frozenset({"crumbs", "tools", "holds", "turn", "side", "files", "offline", "archives"})
"""Classes of what only leads to other pages or files, or stands in the file already."""
_NEEDS = ("data-needs", "data-archives")
_FOR_FILES = frozenset({"action", "data-glosses"})
_PAGES = (("indicators", "指标"), ("names", "名称"), ("glossary", ""), ("notes", "校勘"))
"""The pages that become chapters behind the text, and what the bar on top calls them ("": by its own heading)."""


class OneFileError(Exception):
    """The pages cannot stand in one file; the message names the page and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Beside:
    """Another format that is handed over with the file: its name, and what it is good for."""

    name: str
    use: str


@dataclass(frozen=True, slots=True)
class _Piece:
    """A run of markup from one page, on its way into the file; headings go `deeper` by so many levels."""

    page: str
    text: str
    deeper: int


@dataclass
class _Ids:
    """Which id of which page is called what in the file. The first page to bring an id keeps it."""

    taken: set[str]
    names: dict[str, dict[str, str]] = field(default_factory=dict)
    homes: dict[str, str] = field(default_factory=dict)

    def claim(self, page: str, wanted: str) -> None:
        """Give this id of this page its name in the file."""
        of_page = self.names.setdefault(page, {})
        name, count = wanted, 1
        while name in self.taken:
            count += 1
            name = f"{wanted}-{count}"
        self.taken.add(name)
        of_page.setdefault(wanted, name)

    def at(self, page: str, anchor: str) -> str | None:
        """The id that a link to this page leads to, None for a page that is not in the file."""
        if page not in self.homes:
            return None
        return self.names.get(page, {}).get(anchor) or self.homes[page]


def make(
    site: Path,
    target: Path,
    *,
    slug: str,
    chapters: Sequence[str],
    index: str,
    frame: Path,
    beside: Sequence[Beside] = (),
) -> Path:
    """Write `<slug>.html` into the folder `target`, from the finished site; see `merged`. `frame` is `templates/onefile`."""
    names = [f"{slug}/index.html", f"{slug}/text/index.html", f"{slug}/download/index.html", *chapters]
    names += [f"{slug}/{page}/index.html" for page, _ in _PAGES if (site / slug / page / "index.html").is_file()]
    names += [f"{slug}/download/source.txt", f"{slug}/download/text.txt"]
    names += [f"assets/{name}" for name in (*STYLES, *EARLY, *LATE)]
    files = {name: (site / name).read_bytes().decode() for name in names}
    parts = {name: (frame / name).read_bytes().decode() for name in (FRAME, STYLE, SCRIPT)}
    parts[STYLE] = tokens.load(frame.parent).filled(parts[STYLE])
    path = target / f"{slug}{SUFFIX}"
    drawn = site / slug / POSTER
    poster = drawn.read_bytes() if drawn.is_file() else b""
    made = merged(files, slug=slug, chapters=chapters, index=index, frame=parts, beside=beside, poster=poster)
    writer.write_bytes(path, made.encode(), durable=False)
    return path


def merged(
    site: Mapping[str, str],
    *,
    slug: str,
    chapters: Sequence[str],
    index: str,
    frame: Mapping[str, str],
    beside: Sequence[Beside] = (),
    poster: bytes = b"",
) -> str:
    """The whole report as one page.

    `site` holds the finished pages, styles and scripts by their paths; `chapters` are the paths of the sections' pages
    in the order of the text; `index` is the script of the search index of this report alone; `frame` holds the files of
    `templates/onefile`; `beside` names the other formats; `poster` is the PNG of 一图读懂, where there is one. Raises OneFileError for a page that is not as the templates
    make it, KeyError for one that is not there.
    """
    front = f"{slug}/index.html"
    template = Template(frame[FRAME])
    ids = _Ids(set(_ids(template.template)))
    search = _search(site[front])
    ids.taken.update(_ids(search))
    hero, opening = _front(site[front])
    text = [_Piece(front, opening, 1)]
    for path in chapters:
        depth = path.removeprefix(f"{slug}/").removesuffix("/index.html").count("/")
        text += [_Piece(path, piece, depth + 2) for piece in _chapter(path, site[path])]
    cited = f"{slug}/download/index.html"
    groups: dict[str, list[_Piece]] = {
        "front": [_Piece(front, hero, 0)],
        "text": text,
        "citation": [_Piece(cited, _one(cited, site[cited], "blockquote", "citation"), 0)],
        "facts": [_Piece(cited, _one(cited, site[cited], "dl", "source"), 0)],
    }
    own = [(page, f"{slug}/{page}/index.html", words) for page, words in _PAGES if f"{slug}/{page}/index.html" in site]
    for page, path, _ in own:
        groups[page] = [_Piece(path, _without(_article(path, site[path]), _leads_away), 1)]
    for group in groups.values():
        for piece in group:
            for name in _ids(piece.text):
                ids.claim(piece.page, name)
    ids.homes |= {front: "top", f"{slug}/text/index.html": "text", cited: "keep", "index.html": "top"}
    ids.homes |= {path: ids.names[path][_first_heading(path, site[path])] for path in chapters}
    ids.homes |= {path: ids.names[path][_first_heading(path, site[path])] for _, path, _ in own}
    whole = {old: new for path in (front, *chapters) for old, new in ids.names.get(path, {}).items()}
    ids.names[f"{slug}/text/index.html"] = whole
    placed = {name: "\n".join(_placed(piece, ids) for piece in group) for name, group in groups.items()}
    source, body = site[f"{slug}/download/source.txt"], site[f"{slug}/download/text.txt"]
    name = _found(_TITLE, front, site[front])
    ways = [("全文", "text"), *((words or _heading(site[path])[:2], ids.homes[path]) for _, path, words in own)]
    styles = "\n".join([frame[STYLE], *(site[f"assets/{file}"] for file in STYLES)])
    early = [site[f"assets/{file}"] for file in EARLY]
    late = [index, *(site[f"assets/{file}"] for file in LATE), frame[SCRIPT]]
    for script in (*early, *late):
        if re.search("</script|<!--", script, re.IGNORECASE) or "\r" in script:
            raise OneFileError(f"{slug}{SUFFIX}：脚本里有不能写进网页的字样，已停止。")
    if re.search("</style|<!--", styles, re.IGNORECASE) or "\r" in styles:
        raise OneFileError(f"{slug}{SUFFIX}：样式里有不能写进网页的字样，已停止。")
    return template.substitute(
        policy=_policy(styles, (*early, *late)),
        title=name,
        styles=f"<style>{styles}</style>",
        early="\n".join(f"<script>{script}</script>" for script in early),
        late="\n".join(f"<script>{script}</script>" for script in late),
        ways="".join(f'<li><a href="#{quote(to)}">{words}</a></li>' for words, to in (*ways, ("引用", "keep"))),
        search=search,
        tools=_tools(site[f"{slug}/text/index.html"]),
        front=placed["front"],
        text=placed["text"],
        rest="\n".join(_section(page, placed[page]) for page, _, _ in own),
        citation=placed["citation"],
        facts=placed["facts"],
        beside=_beside(beside),
        picture=_picture(poster, name),
        slug=escape(slug),
        source=_plain(source),
        source_sum=hashlib.sha256(source.encode()).hexdigest(),
        body=_plain(body),
        body_sum=hashlib.sha256(body.encode()).hexdigest(),
    )


def _policy(styles: str, scripts: Iterable[str]) -> str:
    """What the file may do: run its own scripts, by their digests, and nothing else; it can ask for nothing."""
    sums = " ".join(dict.fromkeys(_sum(script) for script in scripts))
    rules = f"default-src 'none'; script-src {sums}; style-src {_sum(styles)}; img-src data:"
    return f"{rules}; form-action 'none'; base-uri 'none'"


def _sum(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _section(kind: str, inner: str) -> str:
    return f'<div class="wr-page wr-{kind}">\n<div class="md-typeset wr-article">\n{inner}\n</div>\n</div>'


def _beside(formats: Sequence[Beside]) -> str:
    rows = "".join(f"<dt>{escape(one.name)}</dt><dd>{escape(one.use)}</dd>" for one in formats)
    return f'<dl class="source beside">{rows}</dl>' if rows else ""


def _picture(poster: bytes, name: str) -> str:
    """The picture in the page itself; its words stand in the file as text, so its description is short. `name` is markup."""
    if not poster:
        return ""
    width, height = struct.unpack(">II", poster[16:24])
    data = base64.b64encode(poster).decode()
    return (
        "<h3>一图读懂</h3>\n<p>长按或用右键可以保存，宜于转发。图中的文字都在本文件的正文和指标里。</p>\n"
        f'<p class="one-picture"><img src="data:image/png;base64,{data}" width="{width}" height="{height}" '
        f'alt="{name}：题头、主要指标、各章与位次的一张图"></p>'
    )


def _plain(text: str) -> str:
    """Text for a `pre`, whose own text is then these characters and no others.

    >>> _plain("a<b>\\r\\n&c")
    '\\na&lt;b&gt;&#13;\\n&amp;c'
    """
    return "\n" + escape(text, quote=False).replace("\r", "&#13;")


# -- what is taken of each page ---------------------------------------------------------------------------------------


def _article(path: str, page: str) -> str:
    """The content of a page without the frame around it."""
    for tag in markup.tags(page, ("article",)):
        return page[tag.end : page.rindex("</article>")]
    raise OneFileError(f"{path}：页面里没有正文（article）。请检查 templates/overrides/。")


def _front(page: str) -> tuple[str, str]:
    """The first screen, its figures and lists; and the words of the report that stand among them."""
    article = _article("index.html", page)
    opening = ""
    cut: list[tuple[int, int, str]] = []
    for start, inner, close, end in _elements(
        article, lambda tag: tag.name in ("section", "div") and _is(tag, "opening", "text")
    ):
        opening += article[inner:close]
        cut.append((start, end, ""))
    # The picture of the changes stands with the other pictures.
    cut += [(start, end, "") for start, _, _, end in _elements(article, lambda tag: _is(tag, "picture"))]
    cut += [(*found.span(), "") for found in re.finditer(r'<h2 id="(?:opening|changes)">[^<]*</h2>', article)]
    article = markup.edited(article, cut)
    explained = [article[a:b] for a, _, _, b in _elements(article, lambda tag: _is(tag, "explanations"))]
    hero = _without(article, lambda tag: _leads_away(tag) or _is(tag, "buttons", "explanations"))
    return hero, _without(opening, _leads_away) + "".join(explained)


def _chapter(path: str, page: str) -> Iterator[str]:
    """A section's text, and what its words open in place."""
    article = _article(path, page)
    taken = False
    for _, inner, close, _ in _elements(article, lambda tag: tag.name == "div" and _is(tag, "text")):
        taken = True
        yield _without(article[inner:close], lambda tag: _leads_away(tag) or _is(tag, "toc-list"))
    if not taken:
        raise OneFileError(f"{path}：页面里没有正文（div.text）。请检查 templates/pages/section.md.j2。")
    for start, _, _, end in _elements(article, lambda tag: _is(tag, "explanations")):
        yield article[start:end]


def _one(path: str, page: str, name: str, kind: str) -> str:
    """The one element of that name and class."""
    article = _article(path, page)
    for start, _, _, end in _elements(article, lambda tag: tag.name == name and _is(tag, kind)):
        return article[start:end]
    raise OneFileError(f"{path}：页面里没有 {name}.{kind}。请检查 templates/pages/。")


def _search(page: str) -> str:
    """The search box, told that all it needs is there."""
    for start, _, _, end in _elements(page, lambda tag: tag.name == "div" and _has(tag, "id", "wr-search")):
        box = page[start:end]
        edits: list[tuple[int, int, str]] = []
        for tag in markup.tags(box, ("div", "form")):
            for attribute in tag.attributes():
                if attribute.name in ("data-index", "data-lit", "data-code", "action"):
                    edits.append((attribute.start - 1, attribute.end, ""))
                elif attribute.name == "data-root":
                    edits.append((attribute.start, attribute.end, "data-single"))
        return markup.edited(box, edits)
    raise OneFileError("index.html：页面里没有搜索框。请检查 templates/overrides/partials/search.html。")


def _tools(page: str) -> str:
    """The buttons over the text, once for all of it."""
    for start, _, _, end in _elements(page, lambda tag: tag.name == "p" and _is(tag, "tools")):
        return re.sub(r'data-aloud="[^"]*"', "data-aloud", page[start:end])
    return ""


def _leads_away(tag: markup.Tag) -> bool:
    return _is(tag, *_ELSEWHERE) or any(tag.get(name) is not None for name in _NEEDS)


def _is(tag: markup.Tag, *classes: str) -> bool:
    given = tag.get("class")
    return given is not None and not set(classes).isdisjoint(_SPACE.split(given.value))


def _has(tag: markup.Tag, name: str, value: str) -> bool:
    given = tag.get(name)
    return given is not None and given.value == value


def _heading(page: str) -> str:
    """The words of a page's first heading, as they are escaped there."""
    found = re.search(r"<h1[^>]*>([^<]*)", page)
    return found[1].strip() if found else ""


def _first_heading(path: str, page: str) -> str:
    """The id of a page's first heading."""
    for tag in markup.tags(_article(path, page), ("h1",)):
        given = tag.get("id")
        if given is not None:
            return given.value
    raise OneFileError(f"{path}：页面的标题没有 id。请检查 templates/pages/。")


def _found(pattern: re.Pattern[str], path: str, page: str) -> str:
    found = pattern.search(page)
    if not found:
        raise OneFileError(f"{path}：页面没有标题（title）。请检查 templates/overrides/main.html。")
    return found[1].strip()


# -- elements and ids ------------------------------------------------------------------------------------------------------


def _all(text: str) -> Iterator[markup.Tag]:
    return markup.tags(text, {name.lower() for name in _NAMES.findall(text)})


def _ids(text: str) -> Iterator[str]:
    for tag in _all(text):
        given = tag.get("id")
        if given is not None and given.value:
            yield given.value


def _elements(text: str, wanted: Callable[[markup.Tag], bool]) -> Iterator[tuple[int, int, int, int]]:
    """The outermost elements that are wanted: where each starts, its content starts, its content ends, it ends."""
    until = 0
    for tag in _all(text):
        if tag.start < until or not wanted(tag):
            continue
        close = _close(text, tag)
        until = text.index(">", close) + 1
        yield tag.start, tag.end, close, until


def _close(text: str, tag: markup.Tag) -> int:
    """Where the end tag of an element starts. No "<" stands in the attribute values of finished pages."""
    depth = 1
    for found in re.compile(rf"<(/?){tag.name}(?=[\s/>])", re.IGNORECASE).finditer(text, tag.end):
        depth += -1 if found[1] else 1
        if not depth:
            return found.start()
    raise OneFileError(f"页面里的 <{tag.name}> 没有结束标记：{text[tag.start : tag.end]}")


def _without(text: str, unwanted: Callable[[markup.Tag], bool]) -> str:
    return markup.edited(text, [(start, end, "") for start, _, _, end in _elements(text, unwanted)])


def _placed(piece: _Piece, ids: _Ids) -> str:
    """A piece with the ids, links and levels that it has in the file."""
    edits: list[tuple[int, int, str]] = []
    names = ids.names.get(piece.page, {})
    text = piece.text
    for tag in _all(text):
        if tag.name in _HEADINGS:
            edits.append((tag.start + 2, tag.start + 3, _level(int(tag.name[1]), piece.deeper)))
        for attribute in tag.attributes():
            edit = _attribute(piece, tag, attribute, names, ids)
            if edit == "":
                edits.append((attribute.start - 1, attribute.end, ""))
            elif edit is not None:
                edits.append((attribute.start, attribute.end, edit))
            elif attribute.name == "href":
                # To a page that is not in the file: its words stay.
                close = _close(text, tag)
                edits = [one for one in edits if one[0] < tag.start]
                edits += [(tag.start, tag.end, "<span>"), (close, close + 4, "</span>")]
                break
    for found in _CLOSING_HEADING.finditer(text):
        edits.append((found.start(1), found.end(1), _level(int(found[1]), piece.deeper)))
    return markup.edited(text, edits)


def _attribute(
    piece: _Piece, tag: markup.Tag, attribute: markup.Attribute, names: Mapping[str, str], ids: _Ids
) -> str | None:
    """The attribute as it stands in the file, "" for one that goes; None for a link that leads out of it."""
    value = attribute.value
    as_it_is = piece.text[attribute.start : attribute.end]
    if attribute.name == "id":
        return f"id={markup.quoted(names.get(value, value))}"
    if attribute.name == "href":
        to = _target(piece.page, value, ids)
        return None if to is None else f"href={markup.quoted(to)}" if to != value else as_it_is
    if attribute.name in _REFERENCES:
        return f"{attribute.name}={markup.quoted(' '.join(names.get(one, one) for one in value.split()))}"
    if attribute.name == "data-gloss":
        return f"data-gloss={markup.quoted(names.get(f'x-{value}', f'x-{value}').removeprefix('x-'))}"
    if tag.name == "option" and attribute.name == "value":
        return f"value={markup.quoted(names.get(value, value))}"
    return "" if attribute.name in _FOR_FILES else as_it_is


def _target(page: str, link: str, ids: _Ids) -> str | None:
    if _SCHEME.match(link):
        return link
    path, _, anchor = link.partition("#")
    path = unquote(path.partition("?")[0])
    whole = posixpath.normpath(posixpath.join(posixpath.dirname(page), path)) if path else page
    to = ids.at(whole, unquote(anchor))
    return None if to is None else f"#{quote(to, safe='')}"


def _level(level: int, deeper: int) -> str:
    return str(min(level + deeper, 6))
