"""Knows which parts of a report's finished pages the single HTML file takes: text, first screen, lists, search box.

Leaves ids and links to `html_links`. Raises OneFileError for a page that lacks the markup of our templates.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from workreport.archive.html_elements import OneFileError, elements, has_attribute, has_class, without
from workreport.website import markup

_TITLE = re.compile(r"<title>([^<]*)</title>")
_ELSEWHERE = frozenset({"crumbs", "tools", "holds", "turn", "side", "files", "offline", "archives", "readers", "other-reports", "across"})
"""Classes of elements that only link to other pages or files, or whose content the single file has already."""
_NEEDS = ("data-needs", "data-archives")
"""Attributes of elements that need other files."""


def article(path: str, page: str) -> str:
    """The content of a page's `article` element. Raises OneFileError where there is none."""
    for tag in markup.tags(page, ("article",)):
        return page[tag.end : page.rindex("</article>")]
    raise OneFileError(f"{path}：页面里没有正文（article）。请检查 templates/overrides/。")


def hue(page: str) -> str:
    """The name of the colour that the bar of a page names; "" for the colour of the whole site.

    >>> hue('<header class="wr-header" data-hue="teal">'), hue('<header class="wr-header">')
    ('teal', '')
    """
    named = next((tag.get("data-hue") for tag in markup.tags(page, ("header",))), None)
    return named.value if named else ""


def front(page: str) -> tuple[str, str]:
    """Two pieces of the front page: the first screen with figures and lists; the report's opening words.

    The explanations of terms follow the opening words. Raises OneFileError for a page without an `article`.
    """
    content = article("index.html", page)
    opening = ""
    cut: list[tuple[int, int, str]] = []
    for start, inner, close, end in elements(
        content, lambda tag: tag.name == "div" and has_class(tag, "text")
    ):
        opening += content[inner:close]
        cut.append((start, end, ""))
    # The chapter with the indicators has the picture of the changes too.
    cut += [(start, end, "") for start, _, _, end in elements(content, lambda tag: has_class(tag, "picture"))]
    cut += [(*found.span(), "") for found in re.finditer(r'<h2 id="(?:opening|changes)">[^<]*</h2>', content)]
    content = markup.edited(content, cut)
    explained = [content[a:b] for a, _, _, b in elements(content, lambda tag: has_class(tag, "explanations"))]
    hero = without(content, lambda tag: is_left_out(tag) or has_class(tag, "buttons", "explanations"))
    return hero, without(opening, is_left_out) + "".join(explained)


def section(path: str, page: str) -> Iterator[str]:
    """Yield the text of a section's page, then the explanations of terms in it.

    Raises OneFileError for a page without text.
    """
    content = article(path, page)
    taken = False
    for _, inner, close, _ in elements(content, lambda tag: tag.name == "div" and has_class(tag, "text")):
        taken = True
        yield without(content[inner:close], lambda tag: is_left_out(tag) or has_class(tag, "toc-list"))
    if not taken:
        raise OneFileError(f"{path}：页面里没有正文（div.text）。请检查 templates/pages/section.md.j2。")
    for start, _, _, end in elements(content, lambda tag: has_class(tag, "explanations")):
        yield content[start:end]


def one_element(path: str, page: str, name: str, kind: str) -> str:
    """The first element of a page with the tag `name` and the class `kind`, as markup. Raises OneFileError for none."""
    content = article(path, page)
    for start, _, _, end in elements(content, lambda tag: tag.name == name and has_class(tag, kind)):
        return content[start:end]
    raise OneFileError(f"{path}：页面里没有 {name}.{kind}。请检查 templates/pages/。")


def search_box(page: str) -> str:
    """The search box of a page without the addresses of index and scripts, which the single file has inside.

    Raises OneFileError for a page without a search box.
    """
    for start, _, _, end in elements(page, lambda tag: tag.name == "div" and has_attribute(tag, "id", "wr-search")):
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


def toolbar(page: str) -> str:
    """The buttons above the text, without that for citing, and without the address of the script that reads aloud; "" for a page without buttons."""
    for start, _, _, end in elements(page, lambda tag: tag.name == "p" and has_class(tag, "tools")):
        buttons = re.sub(r"<button[^>]* data-cite=[^>]*>[^<]*</button>", "", page[start:end])
        return re.sub(r'data-aloud="[^"]*"', "data-aloud", buttons)
    return ""


def is_left_out(tag: markup.Tag) -> bool:
    """Whether the single file leaves an element out: it only links to other pages or files, or needs other files."""
    return has_class(tag, *_ELSEWHERE) or any(tag.get(name) is not None for name in _NEEDS)


def heading(page: str) -> str:
    """The text of a page's first `h1` up to the first tag in it, as escaped markup; "" for a page without one."""
    found = re.search(r"<h1[^>]*>([^<]*)", page)
    return found[1].strip() if found else ""


def heading_id(path: str, page: str) -> str:
    """The first id of an `h1` in a page's article. Raises OneFileError where there is none."""
    for tag in markup.tags(article(path, page), ("h1",)):
        given = tag.get("id")
        if given is not None:
            return given.value
    raise OneFileError(f"{path}：页面的标题没有 id。请检查 templates/pages/。")


def title(path: str, page: str) -> str:
    """The text of a page's `title` element, as escaped markup. Raises OneFileError for a page without one."""
    found = _TITLE.search(page)
    if not found:
        raise OneFileError(f"{path}：页面没有标题（title）。请检查 templates/overrides/main.html。")
    return found[1].strip()
