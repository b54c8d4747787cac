"""Knows what is changed in the site that MkDocs made: links, language, security policy, site map, unused files.

Leaves running MkDocs to `rendering`, the Markdown to `pages`, and putting the finished folder in its place to `writer`.
"""

from __future__ import annotations

import base64
import hashlib
import json
import posixpath
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from workreport.project import writer
from workreport.website import markup, site_map
from workreport.website.site_error import SiteError
from workreport.website.template_loader import html_part

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

LANGUAGE = "zh-Hans"
NEEDS = "data-needs"
"""The attribute of an element that is useless without a certain file; its value is the path of the file, from the page.

Templates give such an element the attribute `hidden`. If the file exists, `finish` removes `hidden`; otherwise it
removes the content of the element. A <meta> or <link> cannot be hidden: it is removed if the file does not exist.
"""
NEEDS_NO = "data-needs-no"
"""The same of an element that is only right without a certain file: what is said where no picture was made."""
DAY = "dcterms.date"
"""The name of the `<meta>` on the front page of the site with the date of the newest report."""
NOT_RELATIVE = "404.html"
"""The page that a server sends for an unknown address of any depth; its links therefore start from the root of the
site.
"""

# The files of the theme's own search, which the site does not use.
_THEME_SEARCH = ("assets/javascripts/lunr", "assets/javascripts/workers")
_THEME = ("assets/javascripts", "assets/stylesheets")
# The icon of a page. It is the theme's own where the build has not put the site's mark beside it.
_ICON, _MARK = "assets/images/favicon.png", "assets/icons/mark-48.png"
# The elements that may have `NEEDS`, and the tags that `_corrected` changes or checks.
_NEEDS_TAGS = ("meta", "link", "p", "ul")
_CHANGED_TAGS = ("html", "meta", "link", "a", "area", "form", "input", "script")
# The values of <script type> that browsers run.
_JAVASCRIPT = re.compile(
    r"(?:|module|importmap|text/(?:jscript|livescript|javascript1\.[0-5])|(?:text|application)/(?:x-)?(?:java|ecma)script)",
    re.IGNORECASE,
)
# A relative link whose path is empty or ends in a folder (/, . or ..), and its query and anchor.
_DIRECTORY = re.compile(
    r"(?P<path>(?:(?![a-zA-Z][a-zA-Z0-9+.-]*:|//)[^?#]*/)?(?:\.{1,2})?)(?P<rest>[?#].*)?", re.DOTALL
)
# The path to the root of the site in an inline script of the theme: the part that differs between pages.
_PATH_TO_ROOT = re.compile(r"""(?<=new URL\(")[^"\\]*+(?=",location\))""")
# The content security policy: one rule an item; `_corrected` adds the hashes of inline scripts to script-src.
_POLICY = (
    "default-src 'self'",  # not 'none': Firefox preloads rel=next links, which no other rule covers
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "media-src 'self'",
    "frame-src 'self'",
    "form-action 'self'",
    "object-src 'none'",
    "base-uri 'none'",
)


@dataclass(frozen=True, slots=True)
class PageRules:
    """What finishing a page asks of the whole site.

    `address`: that of the site, "" for none; `day`: the ISO date of the newest report, "" for none; `scripts`: the inline scripts
    that a page may have; `theme`: the names of the theme's files that are removed where no page names them.
    """

    address: str
    day: str
    scripts: frozenset[str]
    theme: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FinishedPage:
    """A finished page, and what of the site it depends on and tells.

    `files`: for each file by which the page was decided, its path in the site and whether it is there; `named`: the names of the
    theme's files in the page; `address`: its canonical address, "" for none.
    """

    data: bytes
    files: dict[str, bool]
    named: frozenset[str]
    address: str


def finish(site: Path, *, address: str, dates: Mapping[str, date], graphs: Mapping[str, str] | None = None) -> None:
    """Change all pages that MkDocs wrote into the folder `site` by `finished` so that they work on a web server and from a disk.

    `dates` are those of the reports, `graphs` the JSON-LD of each page, by its path. Raises `SiteError` as `finished` does.
    """
    rules = begin(site, address=address, dates=dates)
    named: set[str] = set()
    addresses: dict[str, str] = {}
    for path in sorted(site.rglob("*.html")):
        name = path.relative_to(site).as_posix()
        done = finished(site, name, path.read_bytes(), rules, (graphs or {}).get(name, ""))
        writer.write_bytes(path, done.data, durable=False)
        named |= done.named
        addresses[name] = done.address
    end(site, rules, named, addresses)


def begin(site: Path, *, address: str, dates: Mapping[str, date]) -> PageRules:
    """Remove what of the theme no page uses from the folder of a site, and return what its pages are finished by.

    Besides the pages all files must be there, and the page `NOT_RELATIVE`, which shows the theme's scripts.
    """
    for name in _THEME_SEARCH:
        writer.remove_folder(site / name)
    for spare in sorted(site.glob("assets/**/*.map")):
        writer.remove_folder(spare)
    day = max(dates.values()).isoformat() if dates else ""
    return PageRules(address, day, _theme_scripts(site), tuple(_theme_files(site)))


def end(site: Path, rules: PageRules, named: Collection[str], addresses: Mapping[str, str]) -> None:
    """Remove the theme's files that no page has `named`, and write the site map; `addresses` are the canonical ones by page.

    The site map of MkDocs, which gives every page the day of the build, is replaced by one without days, or removed where the
    site has no address.
    """
    for name, path in _theme_files(site).items():
        if name not in named:
            writer.remove_folder(path)
    for folder in (*_THEME, str(Path(_ICON).parent)):
        if (site / folder).is_dir() and not any((site / folder).iterdir()):
            writer.remove_folder(site / folder)
    writer.remove_folder(site / f"{site_map.SITE_MAP}.gz")
    writer.remove_folder(site / site_map.SITE_MAP)
    if rules.address:
        mapped = sorted(address for page, address in addresses.items() if address and page != NOT_RELATIVE)
        writer.write_text(site / site_map.SITE_MAP, site_map.site_map(map(site_map.MappedPage, mapped)))


def finished(site: Path, name: str, data: bytes, rules: PageRules, graph: str = "") -> FinishedPage:
    """Return the page `name` (its path in the folder `site`) as it is published.

    - Links to a folder name its `index.html`, except on `404.html`.
    - It gets its language and a content security policy with the hashes of the theme's inline scripts.
    - Elements that need a file (`NEEDS`) are shown or emptied.
    - The front page gets the date of the newest report (`DAY`), and each page its JSON-LD (`graph`), in which < cannot occur.
    - Errors in the theme's HTML are corrected.

    Raises `SiteError` for an inline script that is not the theme's, since it can only come from a report, and for a page
    without <meta charset>.
    """
    files: dict[str, bool] = {}

    def there(file: str) -> bool:
        files[file] = (site / file).is_file()
        return files[file]

    page = _corrected(name, _with_files(data.decode(), posixpath.dirname(name), there), rules.scripts)
    if name == "index.html" and rules.day:
        page = _in_head(page, html_part("site/day", name=DAY, day=rules.day))
    if graph:
        page = _in_head(page, html_part("site/graph", graph=_with_offered(graph, there, rules.address)))
    named = frozenset(file for file in rules.theme if file in page)
    return FinishedPage(page.encode(), files, named, site_map.canonical(page) if rules.address else "")


def _theme_files(site: Path) -> dict[str, Path]:
    """Return the theme's files in a site that are of use only where a page names them, by their names."""
    found = {path.name: path for folder in _THEME for path in sorted((site / folder).rglob("*")) if path.is_file()}
    if (site / _ICON).is_file() and not (site / _MARK).is_file():
        found[Path(_ICON).name] = site / _ICON
    return found


def _in_head(page: str, element: str) -> str:
    """Return the page with an element added at the end of its head."""
    head = page.index("</head>")
    return markup.edited(page, [(head, head, f"{element}\n  ")])


def _with_offered(graph: str, there: Callable[[str], bool], address: str) -> str:
    """Return the JSON-LD of a page without the downloads whose file is not `there`, as after a build of the pages alone."""
    if not address or '"distribution"' not in graph:
        return graph
    document = json.loads(graph)
    changed = False
    for node in document["@graph"]:
        offered = node.get("distribution", [])
        left = [row for row in offered if there(unquote(row["contentUrl"].removeprefix(address)))]
        if len(left) < len(offered):
            changed = True
            node["distribution"] = left
            if not left:
                del node["distribution"]
    return json.dumps(document, ensure_ascii=False).replace("<", "\\u003c") if changed else graph


def _with_files(page: str, folder: str, there: Callable[[str], bool]) -> str:
    """Return the page with its elements that have `NEEDS` shown if their file is `there`, and emptied or removed otherwise.

    Those that have `NEEDS_NO` are shown if it is not, and emptied otherwise.

    The paths of the files are relative to `folder`, the folder of the page in the site.
    """
    if NEEDS not in page:
        return page
    edits = []
    at = page.find(NEEDS)
    for tag in markup.tags(page, _NEEDS_TAGS):
        if at < 0:
            break
        if tag.end <= at:
            continue
        at = page.find(NEEDS, tag.end)
        needs = tag.get(NEEDS) or tag.get(NEEDS_NO)
        hidden = tag.get("hidden") if needs else None
        if not needs or not (hidden or tag.name in ("meta", "link")):
            continue
        found = there(posixpath.normpath(posixpath.join(folder, unquote(needs.value)))) != bool(tag.get(NEEDS_NO))
        if not hidden:
            edits.append((needs.start - 1, needs.end, "") if found else (tag.start, tag.end, ""))
        elif found:
            edits.append((hidden.start - 1, hidden.end, ""))
        else:
            edits.append((tag.end, page.index(f"</{tag.name}", tag.end), ""))
    return markup.edited(page, edits)


@lru_cache(4096)
def directory_link(link: str) -> str:
    """Return a relative link to a folder with `index.html` added.

    Any other link is returned unchanged: to a file, with a scheme or host, or beginning with /.

    >>> [directory_link(x) for x in (".", "../1/3/#s1", "?q=1", "a.html", "https://a.b/", "#p", "/x/")]
    ['index.html', '../1/3/index.html#s1', '?q=1', 'a.html', 'https://a.b/', '#p', '/x/']
    """
    found = _DIRECTORY.fullmatch(link)
    if not found or not found["path"] or link.startswith("/"):
        return link
    path = found["path"]
    if path == ".":
        path = ""
    elif not path.endswith("/"):
        path += "/"
    return f"{path}index.html{found['rest'] or ''}"


def _theme_scripts(site: Path) -> frozenset[str]:
    """Return the inline scripts of the theme, without the part that differs between pages.

    They are read from the 404 page, which has no text of a report; without that page there are none.
    """
    try:
        page = (site / NOT_RELATIVE).read_bytes().decode()
    except FileNotFoundError:
        return frozenset()
    return frozenset(_PATH_TO_ROOT.sub("", text) for _, text in _inline_scripts(page, markup.tags(page, ["script"])))


def _inline_scripts(page: str, tags: Iterator[markup.Tag]) -> Iterator[tuple[markup.Tag, str]]:
    """Yield the <script> tags of a page that contain JavaScript, each with its text."""
    for tag in tags:
        if tag.name != "script":
            continue
        kind = tag.get("type")
        if not tag.get("src") and _JAVASCRIPT.fullmatch(kind.value if kind else ""):
            yield tag, page[tag.end : tag.inner]


def _corrected(name: str, page: str, known: frozenset[str]) -> str:
    """Return the page `name` with its security policy and corrected tags. See `finished` for the errors.

    `known` are the inline scripts that it may have.
    """
    found = list(markup.tags(page, _CHANGED_TAGS))
    edits: list[tuple[int, int, str]] = []
    hashes: dict[str, None] = {}
    for _, text in _inline_scripts(page, iter(found)):
        if _PATH_TO_ROOT.sub("", text) not in known:
            raise SiteError(f"{name}：页面里有不属于主题的脚本（{text.strip()[:40]!r}），已停止。请检查模板是否转义。")
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        hashes[f"'sha256-{digest}'"] = None
    for tag in found:
        edits += _tag_edits(tag, relative=name != NOT_RELATIVE)
    charset = next((t for t in found if t.name == "meta" and t.get("charset")), None)
    if charset is None:
        raise SiteError(f"{name}：页面没有 <meta charset>，安全策略无处可放。请检查 templates/overrides/。")
    edits.append((charset.end, charset.end, f"\n      {_policy(tuple(hashes))}"))
    return markup.edited(page, edits)


@lru_cache
def _policy(hashes: tuple[str, ...]) -> str:
    """Return the element with the security policy of a page whose inline scripts have these hashes."""
    policy = "; ".join(" ".join([rule, *hashes]) if rule.startswith("script-src") else rule for rule in _POLICY)
    return html_part("site/policy", policy=policy)


def _tag_edits(tag: markup.Tag, *, relative: bool) -> Iterator[tuple[int, int, str]]:
    """Yield the changes to one tag as (start, end, new text); with `relative`, links to folders are changed too."""
    if tag.name == "html":
        if lang := tag.get("lang"):
            yield lang.start, lang.end, f'lang="{LANGUAGE}"'
        else:
            yield tag.start + 5, tag.start + 5, f' lang="{LANGUAGE}"'
    elif tag.name == "meta":
        name, content = tag.get("name"), tag.get("content")
        if name and content and name.value == "generator":
            # No version numbers: an update of the theme alone must not change a page.
            yield content.start, content.end, f"content={markup.quoted(re.sub(r'-[0-9][^, ]*', '', content.value))}"
    elif tag.name == "input":
        kind, complete = tag.get("type"), tag.get("autocomplete")
        if kind and complete and kind.value.lower() in ("checkbox", "radio"):
            # HTML does not allow autocomplete on checkboxes and radio buttons. The space before the attribute is removed too.
            yield complete.start - tag.page[complete.start - 1].isspace(), complete.end, ""
    elif relative and tag.name != "script":
        link = tag.get("action" if tag.name == "form" else "href")
        if link and (named := directory_link(link.value)) != link.value:
            yield link.start, link.end, f"{link.name}={markup.quoted(named)}"
