"""Knows how generated Markdown becomes finished pages: the configuration, the MkDocs run, the pass over all pages.

Leaves the Markdown to `pages`, the archive to `archive`, and putting the finished folder in its place to `writer`.
"""

from __future__ import annotations

import base64
import hashlib
import json
import logging
import os
import re
from collections.abc import Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import unquote
from xml.sax.saxutils import escape as xml_escape
from xml.sax.saxutils import unescape as xml_unescape

from workreport.project import caches, writer
from workreport.website import markup
from workreport.website.template_cache import TemplateCache

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mkdocs.theme import Theme as MkDocsTheme

Extra: TypeAlias = "str | bool | int | Sequence[Extra] | Mapping[str, Extra]"
"""A value of `extra:` in the MkDocs configuration."""

CONFIG = "mkdocs.yml"
GENERATED = "mkdocs.generated.yml"
LANGUAGE = "zh-Hans"
NEEDS = "data-needs"
"""An element with this attribute is there only where the file is that it names (from its page); it starts out hidden.

A <meta> has nothing to hide: where the file is not, it goes."""
DAY = "dcterms.date"
"""The `<meta>` of the front page that names the date of the newest report."""
NOT_RELATIVE = "404.html"
"""The one page that is served at any depth, so that its links start from the address of the site."""

_HEAD = """\
# 由 build.py 按 site.toml 和 reports/ 生成，请勿手改；主题和扩展写在 mkdocs.yml。
"""
_UNUSED = ("assets/javascripts/lunr", "assets/javascripts/workers")
_THEME = ("assets/javascripts", "assets/stylesheets")
_OFFERS = ("meta", "p", "ul")
_READ = ("html", "meta", "link", "a", "area", "form", "input", "script")
_JAVASCRIPT = re.compile(
    r"(?:|module|importmap|text/(?:jscript|livescript|javascript1\.[0-5])|(?:text|application)/(?:x-)?(?:java|ecma)script)",
    re.IGNORECASE,
)
_DIRECTORY = re.compile(
    r"(?P<path>(?:(?![a-zA-Z][a-zA-Z0-9+.-]*:|//)[^?#]*/)?(?:\.{1,2})?)(?P<rest>[?#].*)?", re.DOTALL
)
_DEPTH = re.compile(r"""(?<=new URL\(")[^"\\]*+(?=",location\))""")
_POLICY = (
    "default-src 'self'",  # not 'none': Firefox fetches rel=next ahead, which no other rule covers
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


class SiteError(Exception):
    """The pages could not be made; the message names the page or setting and what to do."""


@dataclass(frozen=True, slots=True)
class NavItem:
    """One line of the navigation: a page of `docs/` ("gongshu-2024/1/index.md"), or a heading with lines below it."""

    title: str
    page: str = ""
    children: tuple[NavItem, ...] = ()


def generated_config(
    *,
    name: str,
    address: str,
    description: str,
    nav: Sequence[NavItem],
    extra: Mapping[str, Extra] | None = None,
) -> str:
    """The text of `mkdocs.generated.yml`, which `mkdocs.yml` inherits.

    `address` is "" where none is set. Name, description and titles are escaped here, since the theme prints them as
    they are; `extra` is not: a template that prints a value of it says `| e`.

    >>> print(generated_config(name="报告", address="", description="", nav=[NavItem("首页", "index.md")]))
    # 由 build.py 按 site.toml 和 reports/ 生成，请勿手改；主题和扩展写在 mkdocs.yml。
    "site_name": "报告"
    "nav":
      - "首页": "index.md"
    <BLANKLINE>
    """
    lines = [f'"site_name": {_scalar(escape(name))}']
    if address:
        lines.append(f'"site_url": {_scalar(address)}')
    if description:
        lines.append(f'"site_description": {_scalar(escape(description))}')
    if extra:
        lines.append('"extra":')
        lines += [f"  {_scalar(key)}: {_json(value)}" for key, value in sorted(extra.items())]
    lines += ['"nav":', *_nav(nav, 1)]
    return _HEAD + "\n".join(lines) + "\n"


def _nav(items: Sequence[NavItem], depth: int) -> Iterator[str]:
    for item in items:
        start = f"{'  ' * depth}- {_scalar(escape(item.title))}:"
        if item.children:
            yield start
            yield from _nav(item.children, depth + 1)
        else:
            yield f"{start} {_scalar(item.page)}"


def _scalar(text: str) -> str:
    # JSON is YAML, but for a few characters that YAML wants escaped.
    return re.sub(
        "[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]|[\ud800-\udfff]",
        lambda found: f"\\u{ord(found[0]):04x}",
        json.dumps(text, ensure_ascii=False),
    )


def _json(value: Extra) -> str:
    if isinstance(value, str):
        return _scalar(value)
    if isinstance(value, bool | int):
        return json.dumps(value)
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{_scalar(key)}: {_json(item)}' for key, item in value.items())}}}"
    return f"[{', '.join(_json(item) for item in value)}]"


def build(project: Path, target: Path, *, moment: date, overrides: Path | None = None) -> None:
    """Run MkDocs on `project/docs` with `project/mkdocs.yml` and write the site to the folder `target`.

    `moment` (the date of the newest report) stands for the clock. `overrides` takes the place of the theme folder
    that `mkdocs.yml` names, for a project that has none of its own. Raises `SiteError` for whatever MkDocs warns of.
    """
    config_file = project / CONFIG
    if not config_file.is_file():
        raise SiteError(f"{config_file}：没有这个文件。请从版本库恢复，或用 build.py add 新建项目。")
    # A gzip header, which MkDocs writes with it, counts from 1970: an older report is dated there.
    seconds = max(int(datetime(moment.year, moment.month, moment.day, tzinfo=UTC).timestamp()), 0)
    with _environment(SOURCE_DATE_EPOCH=str(seconds), NO_MKDOCS_2_WARNING="1"), _warnings() as warnings:
        # Only here: these two cost more to import than everything else in the house.
        from mkdocs.commands.build import build as run
        from mkdocs.config import load_config
        from mkdocs.exceptions import MkDocsException

        try:
            theme = _theme(config_file, overrides) if overrides else None
            config = load_config(str(config_file), site_dir=str(target), theme=theme)
            _cache_templates(config.theme, project / writer.WORK / caches.TEMPLATES)
            run(config)
        except (MkDocsException, OSError, ValueError) as error:
            raise SiteError(_complaint(warnings, str(error))) from error
        if warnings:
            raise SiteError(_complaint(warnings, ""))


def _cache_templates(theme: MkDocsTheme, folder: Path) -> None:
    """Let the theme's templates be compiled once, not in every build: this saves a tenth of a build."""
    env = theme.get_env()
    env.bytecode_cache = TemplateCache(folder)
    theme.get_env = lambda: env  # type: ignore[method-assign]  # MkDocs asks for its environment by this method only


def _theme(config_file: Path, overrides: Path) -> dict[str, object]:
    from mkdocs.utils.yaml import yaml_load

    with config_file.open("rb") as source:
        theme = yaml_load(source).get("theme")
    if isinstance(theme, str):
        theme = {"name": theme}
    return {**(theme or {}), "custom_dir": str(overrides.resolve())}


@contextmanager
def _environment(**values: str) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


@contextmanager
def _warnings() -> Iterator[list[str]]:
    logger = logging.getLogger("mkdocs")
    collector = _Collector()
    level, propagate = logger.level, logger.propagate
    logger.addHandler(collector)
    logger.setLevel(logging.WARNING)
    logger.propagate = False
    try:
        yield collector.lines
    finally:
        logger.removeHandler(collector)
        logger.setLevel(level)
        logger.propagate = propagate


def _complaint(warnings: Sequence[str], error: str) -> str:
    lines = list(dict.fromkeys([*warnings, *([error] if error and not warnings else [])]))
    shown = "".join(f"\n  {line}" for line in lines[:10])
    more = f"\n  ……另有 {len(lines) - 10} 条" if len(lines) > 10 else ""
    return f"MkDocs 生成页面时报告 {len(lines)} 处问题，网站未更新：{shown}{more}"


def finish(site: Path, *, address: str, dates: Mapping[str, date]) -> None:
    """The pass over the finished pages of a folder that MkDocs wrote; what it does not name keeps its bytes.

    Links name `index.html`, so that the same bytes work on any path and from a disk; the page says its language and
    its policy (CSP, with the hash of each of the theme's own inline scripts); faults of the theme are mended; the site
    map takes the date of each report (`dates`, by slug) and not of the day; what nothing loads is left out; what offers
    a file (`NEEDS`) that was not made is emptied, so that the files must be there before.

    Raises `SiteError` for an inline script that is not the theme's: it can only have come from a report.
    """
    for name in _UNUSED:
        writer.remove_folder(site / name)
    for spare in sorted(site.glob("assets/**/*.map")):
        writer.remove_folder(spare)
    _site_map(site, address, dates)
    known = _own_scripts(site)
    unnamed = {path.name: path for folder in _THEME for path in sorted((site / folder).rglob("*")) if path.is_file()}
    for path in sorted(site.rglob("*.html")):
        name = path.relative_to(site).as_posix()
        page = _finished(name, _with_files(path.read_bytes().decode(), path.parent), known)
        if name == "index.html" and dates:
            page = _dated(page, max(dates.values()))
        writer.write_bytes(path, page.encode(), durable=False)
        for named in [file for file in unnamed if file in page]:
            del unnamed[named]
    for path in unnamed.values():
        writer.remove_folder(path)
    for folder in _THEME:
        if (site / folder).is_dir() and not any((site / folder).iterdir()):
            writer.remove_folder(site / folder)


def _dated(page: str, day: date) -> str:
    """The front page says the date of its newest report to programs (`publish` names a version by it)."""
    head = page.index("</head>")
    return markup.edited(page, [(head, head, f'<meta name="{DAY}" content="{day.isoformat()}">\n  ')])


def _with_files(page: str, folder: Path) -> str:
    """What needs a file shows itself where the file is, and is emptied where it is not."""
    if NEEDS not in page:
        return page
    edits = []
    for tag in markup.tags(page, _OFFERS):
        needs, hidden = tag.get(NEEDS), tag.get("hidden")
        if not needs or not (hidden or tag.name == "meta"):
            continue
        there = (folder / unquote(needs.value)).is_file()
        if not hidden:
            edits.append((needs.start - 1, needs.end, "") if there else (tag.start, tag.end, ""))
        elif there:
            edits.append((hidden.start - 1, hidden.end, ""))
        else:
            edits.append((tag.end, page.index(f"</{tag.name}", tag.end), ""))
    return markup.edited(page, edits)


def directory_link(link: str) -> str:
    """A link to a directory, made to name its `index.html`; any other link as it is.

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


def _own_scripts(site: Path) -> frozenset[str]:
    # The page for lost readers is made by the theme alone: no word of a report stands in it.
    try:
        page = (site / NOT_RELATIVE).read_bytes().decode()
    except FileNotFoundError:
        return frozenset()
    return frozenset(_DEPTH.sub("", text) for _, text in _inline_scripts(page, markup.tags(page, ["script"])))


def _inline_scripts(page: str, tags: Iterator[markup.Tag]) -> Iterator[tuple[markup.Tag, str]]:
    for tag in tags:
        kind = tag.get("type")
        if tag.name == "script" and not tag.get("src") and _JAVASCRIPT.fullmatch(kind.value if kind else ""):
            yield tag, page[tag.end : tag.inner]


def _finished(name: str, page: str, known: frozenset[str]) -> str:
    found = list(markup.tags(page, _READ))
    edits: list[tuple[int, int, str]] = []
    hashes: dict[str, None] = {}
    for _, text in _inline_scripts(page, iter(found)):
        if _DEPTH.sub("", text) not in known:
            raise SiteError(f"{name}：页面里有不属于主题的脚本（{text.strip()[:40]!r}），已停止。请检查模板是否转义。")
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        hashes[f"'sha256-{digest}'"] = None
    for tag in found:
        edits += _tag_edits(tag, relative=name != NOT_RELATIVE)
    charset = next((t for t in found if t.name == "meta" and t.get("charset")), None)
    if charset is None:
        raise SiteError(f"{name}：页面没有 <meta charset>，安全策略无处可放。请检查 templates/overrides/。")
    policy = "; ".join(" ".join([rule, *hashes]) if rule.startswith("script-src") else rule for rule in _POLICY)
    header = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    edits.append((charset.end, charset.end, f"\n      {header}"))
    return markup.edited(page, edits)


def _tag_edits(tag: markup.Tag, *, relative: bool) -> Iterator[tuple[int, int, str]]:
    if tag.name == "html":
        if lang := tag.get("lang"):
            yield lang.start, lang.end, f'lang="{LANGUAGE}"'
        else:
            yield tag.start + 5, tag.start + 5, f' lang="{LANGUAGE}"'
    elif tag.name == "meta":
        name, content = tag.get("name"), tag.get("content")
        if name and content and name.value == "generator":
            # Without versions: a page changes when its words do.
            yield content.start, content.end, f"content={markup.quoted(re.sub(r'-[0-9][^, ]*', '', content.value))}"
    elif tag.name == "input":
        kind, complete = tag.get("type"), tag.get("autocomplete")
        if kind and complete and kind.value.lower() in ("checkbox", "radio"):
            # HTML allows it on boxes for text only. One space goes with it.
            yield complete.start - tag.page[complete.start - 1].isspace(), complete.end, ""
    elif relative and tag.name != "script":
        link = tag.get("action" if tag.name == "form" else "href")
        if link and (named := directory_link(link.value)) != link.value:
            yield link.start, link.end, f"{link.name}={markup.quoted(named)}"


def _site_map(site: Path, address: str, dates: Mapping[str, date]) -> None:
    writer.remove_folder(site / "sitemap.xml.gz")
    path = site / "sitemap.xml"
    if not address or not path.is_file():
        writer.remove_folder(path)
        return
    rows = []
    for loc in re.findall(r"<loc>([^<]*)</loc>", path.read_text(encoding="utf-8")):
        slug = xml_unescape(loc).removeprefix(address).partition("/")[0]
        day = dates.get(slug) or max(dates.values(), default=None)
        last = f"\n    <lastmod>{day.isoformat()}</lastmod>" if day else ""
        rows.append(f"  <url>\n    <loc>{xml_escape(xml_unescape(loc))}</loc>{last}\n  </url>\n")
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    writer.write_text(path, f"{head}{''.join(rows)}</urlset>\n")
