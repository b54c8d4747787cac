"""Knows the pages that a served folder has beside its versions: the list of versions, and what stands where a page was.

They take their frame from a page of the newest version, their words from `templates/publish/`. Leaves what changed to
`changes`; prints it and works nothing out.
"""

from __future__ import annotations

import json
import posixpath
import re
from dataclasses import dataclass
from html import escape, unescape
from string import Template
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit

from workreport.publish import differences
from workreport.publish.record import VERSIONS, Version
from workreport.website import markup

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

PLACE = "data-versions"
"""A `<p hidden>` with this attribute becomes the line on versions; where nothing was published it stays hidden."""
FRAME = "about/index.html"
"""The page of a site whose bar, foot and styles the pages of the served folder take."""
STUB = "data-stub"
LIST = f"{VERSIONS}/index.html"

_LINKED = frozenset({"href", "src", "action"})
_FRAMED = ("a", "link", "script", "form", "img", "source", "div", "button", "meta", "title", "article", "p")
_OF_ONE_PAGE = frozenset({"canonical", "prev", "next", "alternate"})
_WORDS = {"changed": "改", "added": "增", "removed": "删", "moved": "移"}


@dataclass(frozen=True, slots=True)
class Frame:
    """A finished page to take the frame from, and where it stands in the served folder."""

    page: str
    at: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where the newest version has what a page held that it no longer has: the path and title of a page.

    Most of the sentences stand there; where the report is `renamed`, it is the place of that page in it, or its front.
    """

    path: str
    title: str
    renamed: bool = False


def relative(origin: str, target: str) -> str:
    """How a page at `origin` links to `target`; both count from the served folder.

    >>> relative("v/index.html", "v/2024-02-21.1/index.html")
    '2024-02-21.1/index.html'
    """
    return quote(posixpath.relpath(target, posixpath.dirname(origin) or "."), safe="/.")


def filled(page: str, words: str) -> str:
    """The page with its place for the line on versions filled; a page without one as it is."""
    if PLACE not in page:
        return page
    edits = []
    for tag in markup.tags(page, ["p"]):
        hidden = tag.get("hidden")
        if tag.get(PLACE) and hidden:
            edits += [(hidden.start - 1, hidden.end, ""), (tag.end, tag.end, words)]
    return markup.edited(page, edits)


def line_of_version(name: str, version: str) -> str:
    """What a page of a version says of itself."""
    here = f"{VERSIONS}/{version}/{name}"
    return (
        f'本页属于 {escape(version)} 版，网址固定，内容不再改动。<a href="{relative(here, LIST)}">历次版本与改动</a>'
        f'　<a href="{relative(here, name)}">本页最新版</a>'
    )


def line_of_newest(name: str) -> str:
    """What a page at the stable address says."""
    return f'<a href="{relative(name, LIST)}">历次版本与改动</a>'


def framed(frame: Frame, at: str, title: str, article: str, own: Sequence[str]) -> str:
    """A page at `at` with the frame of a finished one; `own` are its styles and scripts (paths in the served folder)."""
    edits: list[tuple[int, int, str]] = []
    first, last = frame.page.index("<article"), frame.page.rindex("</article")
    for tag in markup.tags(frame.page, _FRAMED):
        if tag.start == first:
            edits.append((tag.end, last, f"\n{article}\n"))
        elif not first < tag.start < last:
            edits += _edits(tag, frame, at, title)
    head = frame.page.index("</head>")
    for path in own:
        link = relative(at, path)
        edits.append((head, head, f'<script src="{link}" defer></script>\n' if path.endswith(".js") else f'<link rel="stylesheet" href="{link}">\n'))  # fmt: skip
    return markup.edited(frame.page, edits)


def _edits(tag: markup.Tag, frame: Frame, at: str, title: str) -> Iterator[tuple[int, int, str]]:
    relation, kind, content = tag.get("rel"), tag.get("class"), tag.get("content")
    if tag.name == "link" and relation and set(relation.value.lower().split()) & _OF_ONE_PAGE:
        yield tag.start, tag.end, ""
    elif tag.name == "title":
        yield tag.end, tag.inner, escape(title)
    elif tag.name == "meta":
        name = tag.get("name")
        if name and content and name.value == "description":
            yield content.start, content.end, f"content={markup.quoted(title)}"
    elif tag.name == "a" and kind and "md-skip" in kind.value.split():
        if link := tag.get("href"):
            yield link.start, link.end, 'href="#versions"'
    else:
        for attribute in tag.attributes():
            if attribute.name in _LINKED or (attribute.name.startswith("data-") and "/" in attribute.value):
                moved = " ".join(_moved(link, frame.at, at) for link in attribute.value.split())
                if moved != attribute.value:
                    yield attribute.start, attribute.end, f"{attribute.name}={markup.quoted(moved)}"


def _moved(link: str, origin: str, at: str) -> str:
    parts = urlsplit(link)
    if parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/"):
        return link
    path = posixpath.normpath(posixpath.join(posixpath.dirname(origin), unquote(parts.path)))
    return relative(at, path) + link[len(parts.path) :]


def versions_page(frame: Frame, template: str, versions: Sequence[Version | str]) -> str:
    """`v/index.html`: all versions, newest first, with what each changed; a name alone is one that was taken away."""
    digests = {version.name: version.digest for version in versions if not isinstance(version, str)}
    shown = [
        _version(
            version,
            newest=k == 0,
            oldest=k == len(versions) - 1,
            same=not isinstance(version, str) and digests.get(version.before) == version.digest,
        )
        for k, version in enumerate(versions)
    ]
    article = Template(template).substitute(count=len(versions), versions="\n".join(shown))
    return framed(frame, LIST, "历次版本与改动", article, [f"{VERSIONS}/publish.css"])


def _version(version: Version | str, *, newest: bool, oldest: bool, same: bool) -> str:
    name = escape(version if isinstance(version, str) else version.name)
    if isinstance(version, str):
        return f'<section class="version" id="v-{name}">\n<h2>{name}</h2>\n<p>这一版已由发布者撤下。</p>\n</section>'
    mark = ' <span class="where">最新</span>' if newest else ""
    lines = [
        f'<section class="version" id="v-{name}">',
        f'<h2><a href="{name}/index.html">{name}</a>{mark}</h2>',
        *(f"<p>{words}</p>" for words in _told(version, oldest=oldest, same=same)),
    ]
    if version.changes:
        lines += [
            f"<details{' open' if newest else ''}>",
            f"<summary>逐句看改动（{len(version.changes)} 处）</summary>",
        ]
        for slug in dict.fromkeys(change.report for change in version.changes):
            if len(version.reports) > 1:
                lines.append(f"<h3>{escape(version.reports.get(slug, slug))}</h3>")
            rows = "\n".join(_change(change, version) for change in version.changes if change.report == slug)
            lines.append(f'<ol class="changes">\n{rows}\n</ol>')
        lines.append("</details>")
    return "\n".join([*lines, "</section>"])


def _told(version: Version, *, oldest: bool, same: bool) -> Iterator[str]:
    """What is said of a version; `same` where it is the site of the version before, published again."""
    year, month, day = version.name.rpartition(".")[0].split("-")
    told = f"报告日期 {int(year)}年{int(month)}月{int(day)}日，这一日期的第 {version.name.rpartition('.')[2]} 次发布。"
    if not version.before:
        titles = "、".join(escape(title) for title in version.reports.values())
        yield f"{told}首次发布：{titles}。" if oldest else f"{told}此前各版都已撤下，无从比较。"
        return
    yield told
    before = escape(version.before)
    for reports, words in ((version.came, "新增报告"), (version.went, "不再有报告")):
        if reports:
            yield f"{words}：{'、'.join(escape(title) for title in reports.values())}。"
    if version.renamed:
        renamed = (
            f"{escape(version.reports.get(new, new))}（{escape(old)}/ → {escape(new)}/）"
            for old, new in version.renamed.items()
        )
        yield f"改了网址：{'、'.join(renamed)}。"
    counts = version.counts()
    if version.changes:
        told = "，".join(f"{_WORDS[kind]} {number} 句" for kind, number in counts.items() if number)
        changed = sum(1 for c in version.changes if c.kind == "changed" and differences.figures(c.old, c.new))
        yield f"与 {before} 相比：{told}。{f'其中 {changed} 句有数字改动。' if changed else ''}"
    elif not version.came and not version.went:
        only = "报告文字没有改动" if version.renamed else "报告文字没有改动，网页的其他内容有更新"
        yield f"与 {before} 相比：{'没有任何改动' if same else only}。"


def _change(change: differences.Change, version: Version) -> str:
    rows = [f'<li class="change {change.kind}">']
    # A heading stands under itself, which tells nobody anything.
    under = f"　{escape(change.under)}" if change.under not in ("", change.old, change.new) else ""
    rows.append(f'<p class="where"><b class="kind">{_WORDS[change.kind]}</b>{under}</p>')
    old, new = "", ""
    if change.kind == "changed":
        for was, now in differences.pieces(change.old, change.new):
            old += escape(was) if was == now else f"<del>{escape(was)}</del>" if was else ""
            new += escape(now) if was == now else f"<ins>{escape(now)}</ins>" if now else ""
    elif change.kind == "removed":
        old = f"<del>{escape(change.old)}</del>"
    elif change.kind == "added":
        new = f"<ins>{escape(change.new)}</ins>"
    else:
        new = f"{escape(change.new)}（位置变动，文字未改）"
    rows.append('<div class="pair">')
    if old:
        rows.append(_side("原", old, version.before, version.slug_before(change.report), change.old_id))
    if new:
        rows.append(_side("现", new, version.name, change.report, change.new_id))
    rows.append("</div>")
    figures = differences.figures(change.old, change.new) if change.kind == "changed" else ()
    if figures:
        told = "；".join(f"{escape(was) or '（无）'} → {escape(now) or '（无）'}" for was, now in figures)
        rows.append(f'<p class="figures">数字：{told}</p>')
    return "\n".join([*rows, "</li>"])


def _side(label: str, words: str, version: str, report: str, sentence: str) -> str:
    link = f"{quote(version)}/{quote(report)}/{differences.FULL_TEXT}#{quote(sentence)}"
    return f'<div class="side"><p><b>{label}</b> {words}</p><p class="where"><a href="{link}">在 {escape(version)} 版里看这一句</a></p></div>'


def kept_page(frame: Frame, template: str, at: str, version: str, now: Place | None) -> str:
    """What stands where the newest version no longer has a page: the version that last had it, and where its text is now."""
    place = ""
    if now:
        words = "这份报告改了网址，现在请看" if now.renamed else "其中的句子现在多数在这一页"
        place = f'<p>{words}：<a href="{relative(at, now.path)}" data-carry>{escape(now.title)}</a>。</p>'
    article = Template(template).substitute(
        version=escape(version), old=relative(at, f"{VERSIONS}/{version}/{at}"), now=place, list=relative(at, LIST)
    )
    return framed(frame, at, "这一页在最新的一版里没有了", article, [f"{VERSIONS}/kept.js"])


def stub_page(template: str, at: str) -> str:
    """A page at the stable address of a place without links: leads to the newest version, whichever that is."""
    up = "../" * at.count("/")
    return Template(template).substitute(path=escape(at), up=up, list=relative(at, LIST))


def title_of(page: str) -> str:
    """The title of a page."""
    found = re.search(r"<title>([^<]*)</title>", page)
    return unescape(found[1]).strip() if found else ""


def pointer_text(version: str, kept: Mapping[str, str], places: Mapping[str, Place]) -> str:
    """`current.js`: the newest version; pages it no longer has, with the version that had them and where they are now."""
    facts = {"version": version, "kept": {name: _lead(kept[name], places.get(name)) for name in sorted(kept)}}
    return f"globalThis.workreportCurrent={json.dumps(facts, ensure_ascii=True)};\n"


def _lead(version: str, now: Place | None) -> dict[str, str | bool]:
    lead: dict[str, str | bool] = {"version": version, "now": now.path if now else ""}
    return lead | {"renamed": True} if now and now.renamed else lead
