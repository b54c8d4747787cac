"""Knows the checks of a project's finished website and archive, both as they are on the disk.

Uses another HTML parser than the code that wrote the pages, and writes nothing. Leaves the check of each archive file
to `checks`.
"""

from __future__ import annotations

import base64
import hashlib
import posixpath
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from workreport import archive
from workreport.archive import offline, sums
from workreport.project import plain_tree
from workreport.project.form_ids import OFFLINE_COPY
from workreport.verify import checks, container

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOT_RELATIVE = "404.html"
"""The error page. A server shows it for any address, so its links are absolute and cannot be checked in a folder."""

_FETCHED = {  # by element: the attributes whose address a browser loads or sends data to
    "script": ("src",),
    "img": ("src", "srcset"),
    "source": ("src", "srcset"),
    "video": ("src", "poster"),
    "audio": ("src",),
    "track": ("src",),
    "iframe": ("src",),
    "embed": ("src",),
    "object": ("data",),
    "input": ("src", "formaction"),
    "button": ("formaction",),
    "form": ("action",),
    "use": ("href", "xlink:href"),
    "image": ("href", "xlink:href"),
    "feimage": ("href", "xlink:href"),
    "body": ("background",),
}
_FOLLOWED = {"a": ("href",), "area": ("href",)}
"""By element: the attributes whose address is opened only by a click."""
_RELATIONS_NOT_FETCHED = {"canonical", "alternate", "author", "license", "prev", "next", "help", "bookmark", "me"}
"""Values of `rel` for which a browser does not load the address of a `link` element."""
_CSS_COMMENT = re.compile(r"/\*[\s\S]*?\*/")
_CSS_LINK = re.compile(
    r"""(?i:url)\([ \t\n\r\f]*+(?:"([^"]*+)"|'([^']*+)'|([^"'()\s][^()\s]*+))"""
    r"""|@(?i:import)[ \t\n\r\f]*+(?:"([^"]*+)"|'([^']*+)')"""
)
_REFRESH = re.compile(r"[\s\d.;,]*+(?:url[ \t]*+=[ \t]*+)?(\S.*)", re.IGNORECASE | re.DOTALL)
_LONGEST_LIST = 100_000
"""The most bytes by which a page may differ in size from its copy in the offline zip, because of the download lists."""
_INERT = {"mailto", "tel", "sms", "data", "blob"}
"""URL schemes that need no request to a server."""
_JAVASCRIPT = re.compile(r"(?:|module|importmap|.*(?:java|ecma|j|live)script.*)", re.IGNORECASE)
"""Types of `script` elements that a browser runs."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault: file (relative to the project), line (from 1; 0 for the whole file), what is wrong and what to do."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}{f':{self.line}' if self.line else ''}: {self.message}"


@dataclass(frozen=True, slots=True)
class _Link:
    """A link as it is written, its line, and whether a browser loads it without a click."""

    value: str
    line: int
    fetched: bool


@dataclass(slots=True)
class _PageContent:
    """What is checked of one page; filled while the page is parsed.

    `ids` has the line of each id, `names` the old-style anchors (`a name`), `scripts` line and text of each inline
    script, `policy` the content security policy (None for none). `language` says that the page states its language.
    """

    ids: dict[str, int] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    links: list[_Link] = field(default_factory=list)
    problems: list[tuple[int, str]] = field(default_factory=list)
    scripts: list[tuple[int, str]] = field(default_factory=list)
    policy: str | None = None
    language: bool = False


class _Page(HTMLParser):
    """Parses one page and collects its content in `seen`."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.seen = _PageContent()
        self._inside = ""
        self._text: list[str] = []
        self._from = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        line = self.getpos()[0]
        values: dict[str, str] = {}
        for name, value in attrs:
            values.setdefault(name, value or "")
        self._identify(tag, values, line)
        self._anywhere(values, line)
        for name in _FETCHED.get(tag, ()):
            if name in values:
                self._fetched(name, values[name], line)
        for name in _FOLLOWED.get(tag, ()):
            if name in values:
                self._link(values[name], line, fetched=False)
        if tag == "link":
            fetched = not set(values.get("rel", "").lower().split()) <= _RELATIONS_NOT_FETCHED
            self._link(values.get("href", ""), line, fetched=fetched)
        elif tag == "meta":
            self._meta(values, line)
        elif tag == "html":
            self.seen.language = bool(values.get("lang"))
        inline = tag == "script" and "src" not in values and _JAVASCRIPT.fullmatch(values.get("type", ""))
        if inline or tag == "style":
            self._inside, self._text, self._from = tag, [], line

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag != self._inside:
            return
        text = "".join(self._text)
        if tag == "script":
            self.seen.scripts.append((self._from, text))
        else:
            self._css(text, self._from)
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside:
            self._text.append(data)

    def _anywhere(self, values: dict[str, str], line: int) -> None:
        for name, value in values.items():
            if name.startswith("on"):
                self.seen.problems.append((line, f"属性 {name} 里的脚本会被安全策略挡住，请移到脚本文件。"))
            elif name == "ping":
                self._link(value, line, fetched=True)
            elif name == "style":
                self._css(value, line)

    def _identify(self, tag: str, values: dict[str, str], line: int) -> None:
        key = values.get("id")
        if key is not None:
            if key in self.seen.ids:
                self.seen.problems.append((line, f"id {key!r} 已用于第 {self.seen.ids[key]} 行，一页之内不能重复。"))
            self.seen.ids.setdefault(key, line)
        if tag == "a" and values.get("name"):
            self.seen.names.add(values["name"])

    def _meta(self, values: dict[str, str], line: int) -> None:
        kind = values.get("http-equiv", "").lower()
        if kind == "content-security-policy":
            self.seen.policy = values.get("content", "")
        elif kind == "refresh" and (found := _REFRESH.fullmatch(values.get("content", ""))):
            self._link(found[1].strip("\"' "), line, fetched=True)

    def _fetched(self, name: str, value: str, line: int) -> None:
        if name == "srcset" and not value.lstrip().startswith("data:"):
            for candidate in value.split(","):
                if words := candidate.split():
                    self._link(words[0], line, fetched=True)
        else:
            self._link(value, line, fetched=True)

    def _css(self, text: str, line: int) -> None:
        for link, below in _css_links(text):
            self._link(link, line + below, fetched=True)

    def _link(self, value: str, line: int, *, fetched: bool) -> None:
        self.seen.links.append(_Link(value.strip(), line, fetched))


def _css_links(text: str) -> Iterator[tuple[str, int]]:
    """Each address in a style sheet with its line, from 0. Comments are ignored."""
    plain = _CSS_COMMENT.sub(lambda found: "\n" * found[0].count("\n"), text)
    line, at = 0, 0
    for found in _CSS_LINK.finditer(plain):
        line += plain.count("\n", at, found.start())
        at = found.start()
        yield next((group for group in found.groups() if group is not None), ""), line


def check(project: Path) -> tuple[Problem, ...]:
    """Every fault of `project/site` and `project/archive`, sorted; empty for a sound project.

    A missing archive is no fault where the website offers no downloads, as after `--only site`.
    """
    site, packed = project / "site", project / "archive"
    if not (site / "index.html").is_file():
        return (Problem("site", 0, "没有生成的网站。请先运行 python build.py。"),)
    if problems := [
        Problem(path.relative_to(project).as_posix(), 0, f"{what}，不是网站或归档的文件。请移走它，再重新构建。")
        for folder in plain_tree.OUTPUTS
        for path, what in plain_tree.other_than_plain(project / folder)
    ]:
        return tuple(problems)  # nothing is read: a pipe would wait for ever
    problems = list(check_site(site))
    if packed.is_dir():
        problems += check_archive(packed, site)
    elif (site / archive.COPIES).is_dir():
        problems.append(Problem("archive", 0, "网站提供下载，但没有这个文件夹。请重新构建。"))
    return tuple(sorted(problems))


def check_site(site: Path) -> Iterator[Problem]:
    """Faults of a folder of finished pages: links, anchors, ids, other hosts, policies, as pages opened from a disk."""
    files = frozenset(archive.names_in(site))
    folders = frozenset(parent for name in files for parent in _parents(name))
    pages: dict[str, _PageContent] = {}
    for name in sorted(files):
        if name.endswith((".html", ".svg")):
            page = _Page()
            try:
                page.feed((site / name).read_bytes().decode())
            except UnicodeDecodeError:
                yield Problem(f"site/{name}", 0, "不是 UTF-8 编码，文件已损坏。请重新构建。")
                continue
            page.close()
            pages[name] = page.seen
        elif name.endswith(".css"):
            text = (site / name).read_bytes().decode(errors="replace")
            pages[name] = _PageContent(links=[_Link(link, line + 1, fetched=True) for link, line in _css_links(text)])
    for name, seen in pages.items():
        yield from (Problem(f"site/{name}", line, message) for line, message in seen.problems)
        if name.endswith(".html"):
            yield from (Problem(f"site/{name}", line, message) for line, message in _page_problems(seen))
        for link in seen.links:
            if message := _link_problem(name, link, files, folders, pages):
                yield Problem(f"site/{name}", link.line, message)


def _parents(name: str) -> Iterator[str]:
    """The folders above a file, as relative paths; "." is the top."""
    yield "."
    while name := posixpath.dirname(name):
        yield name


def _page_problems(seen: _PageContent) -> Iterator[tuple[int, str]]:
    """Line and message of faults of a page itself: language, content security policy, inline scripts."""
    if not seen.language:
        yield 0, "<html> 没有写明语言（lang）。请检查 templates/overrides/。"
    if seen.policy is None:
        yield 0, "没有内容安全策略（CSP）。请用 build.py 构建，不要只运行 mkdocs build。"
        return
    for line, text in seen.scripts:
        value = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        if f"'sha256-{value}'" not in seen.policy:
            yield line, "内嵌脚本不在安全策略之内，不会运行。请移到脚本文件，再重新构建。"


def _link_problem(
    name: str, link: _Link, files: frozenset[str], folders: frozenset[str], pages: dict[str, _PageContent]
) -> str | None:
    """What is wrong with a link on the page `name`, None for nothing. `files`, `folders`, `pages`: the website's."""
    shown = link.value if len(link.value) <= 80 else f"{link.value[:77]}..."
    try:
        parts = urlsplit(link.value)
    except ValueError:
        return f"链接 {shown!r} 不是合格的地址。"
    scheme = parts.scheme.lower()
    if scheme in ("javascript", "vbscript"):
        return f"链接 {shown!r} 是脚本，请改为普通链接。"
    if scheme in _INERT:
        return None
    if scheme or parts.netloc:
        return f"从别的网站取用 {shown!r}。请把它放进 docs/assets/。" if link.fetched else None
    if name == NOT_RELATIVE:
        return None
    return _path_problem(name, unquote(parts.path), unquote(parts.fragment), shown, files, folders, pages)


def _path_problem(
    name: str,
    path: str,
    anchor: str,
    shown: str,
    files: frozenset[str],
    folders: frozenset[str],
    pages: dict[str, _PageContent],
) -> str | None:
    """What is wrong with a link within the website, None for nothing; `shown` is the link for the message."""
    if path.startswith("/") or "\\" in path:
        return f"链接 {shown!r} 不是相对路径，换个地址或离线就会断。"
    target = posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) if path else name
    if target.startswith("../") or target == "..":
        return f"链接 {shown!r} 指到网站之外。"
    if target in folders:
        return f"链接 {shown!r} 指向文件夹，离线打不开，应写明 index.html。"
    if target not in files or path.endswith("/"):
        return f"链接 {shown!r} 所指的文件不存在。"
    anchor = anchor.partition(":~:")[0]
    if anchor and anchor != "top" and target in pages:
        seen = pages[target]
        if anchor not in seen.ids and anchor not in seen.names:
            return f"链接 {shown!r} 所指的位置不存在：{target} 里没有 id {anchor!r}。"
    return None


def check_archive(packed: Path, site: Path) -> Iterator[Problem]:
    """Faults of the archive folder `packed`: against its `SHA256SUMS`, by the check of each form, against the website.

    A website built with `--only site` offers no copies of the archive files. Then the archive may be of an earlier
    build, and is not compared with the website.
    """
    offered = (site / archive.COPIES).is_dir()
    try:
        listed = sums.read_file(packed / archive.SUMS)
    except FileNotFoundError:
        listed = sums.Listing({}, {}, ((0, "没有这个文件，无法证明归档未被改动。"),))
    for line, message in listed.problems:
        yield Problem(f"archive/{archive.SUMS}", line, f"{message}请重新构建。")
    names = [name for name in archive.names_in(packed) if name not in (archive.SUMS, archive.SIGNATURE)]
    for name in names:
        if listed.unread:
            pass  # said above, of the list
        elif name not in listed.lines:
            yield Problem(f"archive/{name}", 0, f"不在 {archive.SUMS} 之列。请移走，或重新构建。")
        elif name in listed.sums and archive.digest(packed / name) != listed.sums[name]:
            yield Problem(f"archive/{name}", 0, f"内容与 {archive.SUMS} 所记不符，文件已被改动或损坏。请重新构建。")
        problems = list(checks.examine(packed / name).problems)
        form = archive.form_of(name)
        if offered and not problems and form and form.id == OFFLINE_COPY:
            problems += _differences(container.open_zip(packed / name), name.removesuffix(".zip"), site)
        yield from (Problem(f"archive/{name}", 0, f"{message}请重新构建。") for message in problems)
    for name in sorted(listed.lines.keys() - set(names)):
        yield Problem(f"archive/{name}", 0, f"{archive.SUMS} 列有此文件，但它不存在。请重新构建。")
    copies = site / archive.COPIES
    for name in archive.names_in(copies):
        original = packed / name
        if not original.is_file() or original.read_bytes() != (copies / name).read_bytes():
            yield Problem(f"site/{archive.COPIES}/{name}", 0, "与 archive/ 中的同名文件不同。请重新构建。")


def _differences(bundle: container.Container, folder: str, site: Path) -> Iterator[str]:
    """Differences between the offline zip and the website, except in the files that the zip adds (`offline.OWN`)."""
    names = archive.site_files(site)
    expected = {f"{folder}/{name}": name for name in names}
    own = {f"{folder}/{name}" for name in offline.OWN}
    found = {entry.name: entry for entry in bundle.entries}
    for name in sorted(found.keys() - expected.keys() - own):
        yield f"压缩包里多出 {name}。"
    for name in sorted((expected.keys() | own) - found.keys()):
        yield f"压缩包里缺少 {name}。"
    for name in sorted(found.keys() & expected.keys()):
        here = (site / expected[name]).read_bytes()
        # A file of another size is not unpacked. A page with the list of archive files may differ in that list alone.
        leeway = _LONGEST_LIST if archive.PLACE.encode() in here else 0
        fits = abs(found[name].size - len(here)) <= leeway
        if not fits or not archive.same_page(here, bundle.read(name)):
            yield f"压缩包里的 {name} 与网站不同。"
