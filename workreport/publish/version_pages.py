"""Knows the HTML of the pages that publishing adds: the list of versions, and pages for removed addresses.

They take their frame (header, footer, styles) from a page of the newest version, their text from `templates/publish/`. Leaves
finding what changed to `differences`, and redirects to `redirects`.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from datetime import date
from html import escape, unescape
from string import Template as TextTemplate
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit

from workreport.publish import differences
from workreport.publish.publish_result import CHANGE_WORDS
from workreport.publish.record import VERSIONS, Version
from workreport.website import addresses, markup
from workreport.website.template_loader import html_part

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LINE_PLACE = "data-versions"
"""The attribute of the `<p hidden>` that publishing fills with the line on versions and makes visible.

That line links to the list of versions and, in the folder of a version, to the same page of the newest version.
"""
FRAME = addresses.site_page(addresses.ABOUT)
"""The path of the page of a site whose header, footer and styles the pages about versions take."""
REDIRECT_MARK = "data-stub"
"""The attribute of `<html>` in redirect pages: a page with it was written by publishing and may be overwritten."""
LIST_PAGE = f"{VERSIONS}/index.html"
"""The path of the list of versions in the served folder."""
LIST_TITLE = "历次版本与改动"
"""The title of the list of versions."""

_LINKED = frozenset({"href", "src", "action"})
"""Attributes that contain a link."""
_FRAMED = ("a", "link", "script", "form", "img", "source", "div", "button", "meta", "title", "article", "p")
"""The elements of a page that may need an edit when its frame is taken; the content of `article` is replaced."""
_TOLD = frozenset({"description", "og:title", "og:description"})
"""Names of `<meta>` that tell what a page is about."""
_OF_ONE_PAGE = frozenset({"canonical", "prev", "next", "alternate"})
"""Values of `rel` that apply only to the page that the frame is taken from: such a `<link>` is removed."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A finished page to take the frame from: its HTML, and its path (`at`) in the served folder."""

    page: str
    at: str


@dataclass(frozen=True, slots=True)
class ShownDay:
    """A day for people and for programs."""

    iso: str
    words: str


@dataclass(frozen=True, slots=True)
class Dated:
    """A version with the day of its publication (ISO date), "" where that is not known.

    >>> Dated("2024-02-21.1", "2024-03-05").shown
    ShownDay(iso='2024-03-05', words='2024年3月5日')
    """

    version: str
    day: str = ""

    @property
    def shown(self) -> ShownDay | None:
        """The day as a page shows it."""
        return ShownDay(self.day, _words_of(date.fromisoformat(self.day))) if self.day else None


def _words_of(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


@dataclass(frozen=True, slots=True)
class NewLocation:
    """Path and title of the page of the newest version to read instead of a removed page.

    It has most sentences of that page. If the report got a new slug (`renamed`) and no page has most of them, it is the
    report's front page, or the page of the same name if the removed page had no sentences.
    """

    path: str
    title: str
    renamed: bool = False


def relative(origin: str, target: str) -> str:
    """Return the relative link from the page `origin` to `target`; both are paths in the served folder.

    >>> relative("v/index.html", "v/2024-02-21.1/index.html")
    '2024-02-21.1/index.html'
    """
    return quote(posixpath.relpath(target, posixpath.dirname(origin) or "."), safe="/.")


def fill_version_line(page: str, words: str, head: str = "") -> str:
    """Return the page with `words` (HTML) as its line on versions, and `head` (HTML) at the end of its head.

    A page without a place for that line is unchanged.
    """
    if LINE_PLACE not in page:
        return page
    edits = []
    if head:
        end = page.index("</head>")
        edits.append((end, end, head))
    for tag in markup.tags(page, ["p"]):
        hidden = tag.get("hidden")
        if tag.get(LINE_PLACE) and hidden:
            edits += [(hidden.start - 1, hidden.end, ""), (tag.end, tag.end, words)]
    return markup.edited(page, edits)


def line_of_version(name: str, version: Dated, since: Dated | None = None) -> str:
    """Return the line on versions (HTML) of the page `name` in the folder of `version`, which last changed in `since`."""
    here = f"{VERSIONS}/{version.version}/{name}"
    return _line(here, version, since if since and since.version != version.version else None, relative(here, name))


def line_of_newest(name: str, version: Dated | None = None, since: Dated | None = None) -> str:
    """Return the line on versions (HTML) of the page `name` at its stable address, which is outside `v/`.

    It names `version`, the newest, and `since`, in which the page last changed, if they are given.
    """
    return _line(name, version, since, "")


def _line(here: str, version: Dated | None, since: Dated | None, newest: str) -> str:
    return html_part(
        "publish/line",
        version=version.version if version else "",
        day=version.shown if version else None,
        since=since.version if since else "",
        changed=since.shown if since else None,
        list=relative(here, LIST_PAGE),
        newest=newest,
    )


def framed(frame: Frame, at: str, title: str, article: str, own: Sequence[str], address: str = "") -> str:
    """Return a page at the path `at`: the frame of a finished page with its links adapted, around `article` (HTML).

    `own`: paths of further styles (.css) and scripts (.js) in the served folder. `address`: the full address that the page
    gives as its canonical one, "" for none.
    """
    edits: list[tuple[int, int, str]] = []
    first, last = frame.page.index("<article"), frame.page.rindex("</article")
    for tag in markup.tags(frame.page, _FRAMED):
        if tag.start == first:
            edits.append((tag.end, last, f"\n{article}\n"))
        elif not first < tag.start < last:
            edits += _edits(tag, frame, at, title)
    head = frame.page.index("</head>")
    if address:
        edits.append((head, head, html_part("publish/address", address=address)))
    for path in own:
        element = html_part("publish/own_file", link=relative(at, path), script=path.endswith(".js"))
        edits.append((head, head, element))
    return markup.edited(frame.page, edits)


def _edits(tag: markup.Tag, frame: Frame, at: str, title: str) -> Iterator[tuple[int, int, str]]:
    """Yield the edits (start, end, text) that fit a tag of the frame to a page at `at` with this title."""
    relation, kind = tag.get("rel"), tag.get("class")
    if tag.name == "link" and relation and set(relation.value.lower().split()) & _OF_ONE_PAGE:
        yield tag.start, tag.end, ""
    elif tag.name == "script" and (kind_of := tag.get("type")) and kind_of.value == "application/ld+json":
        yield tag.start, frame.page.index(">", frame.page.index("</script", tag.end)) + 1, ""
    elif tag.name == "title":
        yield tag.end, tag.inner, escape(title)
    elif tag.name == "meta":
        yield from _edits_of_meta(tag, frame, at, title)
    elif tag.name == "a" and kind and "md-skip" in kind.value.split():
        if link := tag.get("href"):
            yield link.start, link.end, 'href="#versions"'
    else:
        for attribute in tag.attributes():
            if attribute.name in _LINKED or (attribute.name.startswith("data-") and "/" in attribute.value):
                moved = " ".join(_relinked(link, frame.at, at) for link in attribute.value.split())
                if moved != attribute.value:
                    yield attribute.start, attribute.end, f"{attribute.name}={markup.quoted(moved)}"


def _edits_of_meta(tag: markup.Tag, frame: Frame, at: str, title: str) -> Iterator[tuple[int, int, str]]:
    name, content = tag.get("name") or tag.get("property"), tag.get("content")
    if not (name and content):
        return
    if name.value.lower() in _TOLD:
        yield content.start, content.end, f"content={markup.quoted(title)}"
    elif name.value == "og:url":
        yield tag.start, tag.end, ""
    elif name.value == "wr-manifest":
        yield content.start, content.end, f"content={markup.quoted(_relinked(content.value, frame.at, at))}"


def _relinked(link: str, origin: str, at: str) -> str:
    """Return a link of the page `origin` as it must be on the page `at`; only relative links to files change."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/"):
        return link
    path = posixpath.normpath(posixpath.join(posixpath.dirname(origin), unquote(parts.path)))
    return relative(at, path) + link[len(parts.path) :]


def versions_page(
    frame: Frame, template: str, versions: Sequence[Version | str], *, feeds: bool, address: str, graph: str
) -> str:
    """Return the HTML of `v/index.html`: all versions with the changes of each. `versions` come newest first.

    A version given as a name (str) was deleted by the publisher. `feeds`: there are feeds to link to. `address` is the site's,
    "" for none; `graph` is the page's JSON-LD.
    """
    digests = {version.name: version.digest for version in versions if not isinstance(version, str)}
    shown = [
        _version_html(
            version,
            newest=k == 0,
            oldest=k == len(versions) - 1,
            same=not isinstance(version, str) and digests.get(version.before) == version.digest,
        )
        for k, version in enumerate(versions)
    ]
    if feeds:
        shown.append(html_part("publish/feeds"))
    article = TextTemplate(template).substitute(count=len(versions), versions="\n".join(shown))
    stable = addresses.canonical(address, LIST_PAGE)
    page = framed(frame, LIST_PAGE, LIST_TITLE, article, [f"{VERSIONS}/publish.css"], stable)
    head = page.index("</head>")
    return markup.edited(page, [(head, head, html_part("site/graph", graph=graph) + "\n")])


def _version_html(version: Version | str, *, newest: bool, oldest: bool, same: bool) -> str:
    """Return the HTML of one version in the list; `same`: its site equals that of the version `before`."""
    if isinstance(version, str):
        return html_part("publish/version", name=version, deleted=True)
    several = len(version.reports) > 1
    reports = [
        (
            version.reports.get(slug, slug) if several else "",
            [_row(change, version) for change in version.changes if change.report == slug],
        )
        for slug in dict.fromkeys(change.report for change in version.changes)
    ]
    told = list(sentences_about(version, oldest=oldest, same=same))
    return html_part(
        "publish/version",
        name=version.name,
        deleted=False,
        newest=newest,
        told=told,
        count=len(version.changes),
        reports=reports,
    )


def sentences_about(version: Version, *, oldest: bool, same: bool) -> Iterator[str]:
    """Yield Chinese sentences about a version; `same`: it is the site of the version before, published again."""
    day, _, number = version.name.rpartition(".")
    dated = f"报告日期 {_words_of(date.fromisoformat(day))}，这一日期的第 {number} 次发布。"
    if shown := Dated(version.name, version.day).shown:
        yield f"{shown.words}发布。"
    if not version.before:
        titles = "、".join(title for title in version.reports.values())
        yield f"{dated}首次发布：{titles}。" if oldest else f"{dated}此前各版都已撤下，无从比较。"
        return
    yield dated
    before = version.before
    for reports, words in ((version.came, "新增报告"), (version.went, "不再有报告")):
        if reports:
            yield f"{words}：{'、'.join(title for title in reports.values())}。"
    if version.renamed:
        renamed = (f"{version.reports.get(new, new)}（{old}/ → {new}/）" for old, new in version.renamed.items())
        yield f"改了网址：{'、'.join(renamed)}。"
    counts = version.counts()
    if version.changes:
        parts = "，".join(f"{CHANGE_WORDS[kind]} {number} 句" for kind, number in counts.items() if number)
        changed = sum(1 for c in version.changes if c.kind == "changed" and differences.changed_figures(c.old, c.new))
        yield f"与 {before} 相比：{parts}。{f'其中 {changed} 句有数字改动。' if changed else ''}"
    elif not version.came and not version.went:
        only = "报告文字没有改动" if version.renamed else "报告文字没有改动，网页的其他内容有更新"
        yield f"与 {before} 相比：{'没有任何改动' if same else only}。"


@dataclass(frozen=True, slots=True)
class _ChangeRow:
    """A change as the list shows it. `old` and `new` are texts, each with del, ins or "" for how it is marked."""

    kind: str
    word: str
    under: str
    old: tuple[tuple[str, str], ...]
    new: tuple[tuple[str, str], ...]
    told: str
    old_link: str
    new_link: str
    before: str
    now: str
    figures: tuple[tuple[str, str], ...]


def _row(change: differences.SentenceChange, version: Version) -> _ChangeRow:
    """Return a change: old and new sentence with links to both, and the figures that differ."""
    old: list[tuple[str, str]] = []
    new: list[tuple[str, str]] = []
    told = ""
    if change.kind == "changed":
        for was, now in differences.word_diff(change.old, change.new):
            old.append((was, "" if was == now else "del"))
            new.append((now, "" if was == now else "ins"))
    elif change.kind == "removed":
        old.append((change.old, "del"))
    elif change.kind == "added":
        new.append((change.new, "ins"))
    else:
        new.append((change.new, ""))
        told = "（位置变动，文字未改）"
    return _ChangeRow(
        change.kind,
        CHANGE_WORDS[change.kind],
        # For a heading, `under` is that heading itself: it is not printed twice.
        change.under if change.under not in ("", change.old, change.new) else "",
        tuple(part for part in old if part[0]),
        tuple(part for part in new if part[0]),
        told,
        _sentence_link(version.before, version.slug_before(change.report), change.old_id),
        _sentence_link(version.name, change.report, change.new_id),
        version.before,
        version.name,
        tuple(differences.changed_figures(change.old, change.new)) if change.kind == "changed" else (),
    )


def _sentence_link(version: str, report: str, sentence: str) -> str:
    """Return the link from the list of versions to a sentence (its id) in a version."""
    return f"{quote(version)}/{quote(report)}/{differences.FULL_TEXT}#{quote(sentence)}"


def removed_page(frame: Frame, template: str, at: str, version: str, now: NewLocation | None) -> str:
    """Return the page for an address `at` that the newest version lacks.

    It links to the same page in `version`, the last that had it, and to the page `now` to read instead, if there is one.
    """
    place = ""
    if now:
        words = "这份报告改了网址，现在请看" if now.renamed else "其中的句子现在多数在这一页"
        place = html_part("publish/instead", words=words, link=relative(at, now.path), title=now.title)
    article = TextTemplate(template).substitute(
        version=escape(version), old=relative(at, f"{VERSIONS}/{version}/{at}"), now=place, list=relative(at, LIST_PAGE)
    )
    return framed(frame, at, "这一页在最新的一版里没有了", article, [f"{VERSIONS}/kept.js"])


def title_of(page: str) -> str:
    """Return the `<title>` of a page as plain text, "" if it has none."""
    found = re.search(r"<title>([^<]*)</title>", page)
    return unescape(found[1]).strip() if found else ""
