"""Knows how MkDocs makes the pages of one unit of a site, the same bytes as `mkdocs build` makes of all, by its Python interface.

It notes what of the rest of the site the pages depend on. Leaves the units to `units`, and what is kept to `site_pages`.
"""

from __future__ import annotations

import hashlib
import json
from collections import UserDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from types import FunctionType
from typing import TYPE_CHECKING, Any, NamedTuple

from workreport.project import digests, paths
from workreport.website.rendering import mkdocs_run
from workreport.website.rendering.units import SiteUnit, pages_of, see_units_only, units

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File, Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page


@dataclass(frozen=True, slots=True)
class SiteFolder:
    """Where the pages of a site are made: the project, the folder of the site, the date of the newest report, and the folder
    with our changes to the theme (None for the one that `mkdocs.yml` names).
    """

    project: Path
    site: Path
    moment: date
    overrides: Path | None


class AnchorLink(NamedTuple):
    """A link as it is written on the page `page` to the anchor of the page `target`, both files of `docs/`."""

    page: str
    target: str
    anchor: str
    written: str


class AskedEntry(NamedTuple):
    """An entry of a table of `extra:` in the settings of MkDocs, and the digest of its value."""

    table: str
    entry: str
    digest: str


@dataclass(frozen=True, slots=True)
class UnitPages:
    """The pages of a unit: their bytes by path in the site, and what they depend on and show of the rest of the site.

    `anchors`: the ids of each file of `docs/`, each between line ends; `links`: those to anchors of other units; `files`: the
    files of `docs/` and of the theme outside the unit that are linked to; `facts`: what was asked of the tables of `extra:`;
    `warnings`: what MkDocs complains of.
    """

    pages: dict[str, bytes]
    anchors: dict[str, str] = field(default_factory=dict)
    links: tuple[AnchorLink, ...] = ()
    files: frozenset[str] = frozenset()
    facts: frozenset[AskedEntry] = frozenset()
    warnings: tuple[str, ...] = ()


_FILLED, _WHOLE = "\0filled", "\0whole"
"""What is noted where a template asks whether a table has an entry, and where it goes through all of them."""


class _Table(UserDict[str, object]):
    """A table of `extra:` that notes for which of its entries a template asks."""

    def __init__(self, entries: Mapping[str, object]) -> None:
        super().__init__(entries)
        self.asked: set[str] = set()

    def __getitem__(self, entry: str) -> object:
        self.asked.add(entry)
        return self.data[entry]

    def __contains__(self, entry: object) -> bool:
        self.asked.add(str(entry))
        return entry in self.data

    def __iter__(self) -> Iterator[str]:
        self.asked.add(_WHOLE)
        return iter(self.data)

    def __len__(self) -> int:
        self.asked.add(_WHOLE)
        return len(self.data)

    def __bool__(self) -> bool:
        self.asked.add(_FILLED)
        return bool(self.data)

    def digest_of(self, entry: str) -> str:
        """Return the digest of the answer to what was noted."""
        if entry == _WHOLE:
            return _digest(self.data)
        return _digest([bool(self.data)] if entry == _FILLED else self.data.get(entry))


def _digest(value: object) -> str:
    def plain(other: object) -> object:
        if isinstance(other, Mapping):
            return dict(other)
        # `mkdocs.yml` names a function, whose address in memory is of one process.
        return f"{other.__module__}.{other.__qualname__}" if isinstance(other, FunctionType) else repr(other)

    text = json.dumps(value, ensure_ascii=False, sort_keys=True, default=plain)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


# Settings of MkDocs that say where files are. Of the navigation a page sees what its unit has of it.
_OF_NO_PAGE = ("nav", "site_dir", "docs_dir", "config_file_path")


class UnitMaker:
    """MkDocs with the settings of a site, ready to make its pages unit by unit. Setting it up costs as much as ten pages.

    `units` are those of the site; none where they cannot be made one by one: where plugins or hooks of the publisher's may
    look at all pages, or templates ask more than a unit sees. Raises `SiteError` as `mkdocs_run.build` does.
    """

    def __init__(self, folder: SiteFolder) -> None:
        self._folder = folder
        with mkdocs_run.prepared(self._folder.moment) as warnings:
            from mkdocs.structure.files import get_files, set_exclusions

            config = mkdocs_run.configured(folder.project, folder.site, folder.overrides)
            self._config: MkDocsConfig = config
            self._env = config.theme.get_env()
            self._asked: set[str] = set()
            self._files = _noting(get_files(config), self._asked)
            self._files.add_files_from_theme(self._env, config)
            set_exclusions(self._files, config)
            self._tables = {key: _Table(value) for key, value in config.extra.items() if isinstance(value, Mapping)}
            config.extra.update(self._tables)
            pages = [file.src_uri for file in self._files.documentation_pages()]
            custom = config.theme.custom_dir
            alone = not config.plugins and not config.hooks and not config.extra_templates and not warnings
            divided = alone and custom and see_units_only(Path(custom))
            self.units: tuple[SiteUnit, ...] = units(config.nav or (), pages) if divided else ()

    def write_frame(self) -> None:
        """Write what is of no page: files of `docs/` and of the theme, and the pages for errors; no site map."""
        from mkdocs.commands.build import _build_theme_template
        from mkdocs.structure.nav import Navigation

        with mkdocs_run.prepared(self._folder.moment) as warnings:
            self._files.copy_static_files()
            for name in sorted(self._config.theme.static_templates - {"sitemap.xml"}):
                _build_theme_template(name, self._env, self._files, self._config, Navigation([], []))
        mkdocs_run.require_none(warnings)

    def key(self, unit: SiteUnit, *words: str) -> str:
        """Return the digest (hex) of what the pages of a unit are made from, and of `words`; not of what `is_current` asks."""
        total = hashlib.sha256(_digest([self._frame, unit.nav, words]).encode())
        for page in unit.pages:
            total.update(f"\0{page}\0".encode() + hashlib.sha256(self._file(page).content_bytes).digest())
        for page in unit.seen:
            # The front matter ends with the second line of ---.
            total.update(f"\0{page}\0".encode() + self._file(page).content_bytes.partition(b"\n---\n")[0])
        return total.hexdigest()

    @cached_property
    def _frame(self) -> str:
        """The digest of all that every page depends on: program, libraries, templates, settings but for tables of `extra:`."""
        settings = {key: value for key, value in self._config.items() if key not in _OF_NO_PAGE}
        settings["extra"] = {key: None if key in self._tables else value for key, value in self._config.extra.items()}
        folders = [Path(self._config.theme.custom_dir or ""), paths.shipped() / "templates" / "site", paths.PACKAGE]
        return digests.digest(folders, _digest(settings))[0]

    def is_current(self, made: UnitPages) -> bool:
        """Whether what kept pages depend on in the rest of the site is as it was: the files linked to, entries of tables."""
        tables = self._tables
        return self._files.src_uris.keys() >= made.files and all(
            fact.table in tables and tables[fact.table].digest_of(fact.entry) == fact.digest for fact in made.facts
        )

    def pages(self, unit: SiteUnit) -> UnitPages:
        """Make the pages of a unit; none where there is an error in one of them, which stands among the warnings."""
        from mkdocs.structure.files import Files
        from mkdocs.structure.nav import get_navigation

        own = [self._file(page) for page in unit.pages]
        beside = [page for item in unit.nav for page in pages_of(item) if page not in unit.pages]
        named = Files([*own, *(file for page in beside if (file := self._files.src_uris.get(page)))])
        self._asked.clear()
        for table in self._tables.values():
            table.asked.clear()
        with mkdocs_run.prepared(self._folder.moment) as warnings, mkdocs_run.loaded_is_kept():
            self._config.nav = list(unit.nav)
            nav = get_navigation(named, self._config)
            for page in unit.seen:
                _page(self._file(page)).read_source(self._config)
            made = self._make(own, nav, warnings)
        links = tuple(link for file in own for link in _links_out(file))
        anchors = {file.src_uri: _anchors(_page(file)) for file in own}
        for file in named:
            file.page = None
        facts = {
            AskedEntry(key, entry, table.digest_of(entry))
            for key, table in self._tables.items()
            for entry in table.asked
        }
        files = frozenset(self._asked.difference(unit.pages))
        return UnitPages(made, anchors, links, files, frozenset(facts), tuple(warnings))

    def _file(self, page: str) -> File:
        file = self._files.get_file_from_path(page)
        assert file is not None, page
        return file

    def _page(self, page: str) -> Page:
        found = self._file(page).page
        assert found is not None, page
        return found

    def _make(self, own: Sequence[File], nav: Navigation, warnings: list[str]) -> dict[str, bytes]:
        """Return the pages of a unit, none if there is an error in one of them, which is added to `warnings`."""
        from mkdocs.commands.build import get_context
        from mkdocs.exceptions import MkDocsException

        made: dict[str, bytes] = {}
        # As MkDocs does, all pages are read before the first is written: a page shows titles and front matter of others.
        at = ""
        try:
            for file in own:
                at = f"Error reading page '{file.src_uri}'"
                _page(file).read_source(self._config)
                _page(file).render(self._config, self._files)
            for file in own:
                at = f"Error building page '{file.src_uri}'"
                made[file.dest_uri] = self._filled(_page(file), get_context(nav, own, self._config, _page(file)))
        except (MkDocsException, OSError, ValueError) as error:
            warnings.append(f"{at}: {error}")
            return {}
        for file in own:
            _page(file).validate_anchor_links(files=self._files, log_level=self._config.validation.links.anchors)
        return made

    def _filled(self, page: Page, context: Mapping[str, Any]) -> bytes:
        """Return a page that was read, filled into its template."""
        page.active = True
        text: str = self._env.get_template(page.meta.get("template", "main.html")).render(context)
        page.active = False
        return text.encode("utf-8", errors="xmlcharrefreplace")


def _page(file: File) -> Page:
    """Return the page that `get_navigation` has made of a file."""
    assert file.page is not None
    return file.page


def _noting(files: Files, asked: set[str]) -> Files:
    """Return the same files; those that are asked for by their path and are there are added to `asked`."""
    from mkdocs.structure.files import Files

    class NotingFiles(Files):
        def get_file_from_path(self, path: str) -> File | None:
            found = super().get_file_from_path(path)
            if found is not None:
                asked.add(found.src_uri)
            return found

    return NotingFiles(files)


def _links_out(file: File) -> Iterator[AnchorLink]:
    """Yield the links of a page to anchors of pages that were not made with it."""
    for target, links in (_page(file).links_to_anchors or {}).items():
        if target.page is None or target.page.present_anchor_ids is None:
            yield from (AnchorLink(file.src_uri, target.src_uri, anchor, link) for anchor, link in links.items())


def _anchors(page: Page) -> str:
    return "\n".join(["", *sorted(page.present_anchor_ids or ()), ""])


def broken(links: Iterable[AnchorLink], anchors: Mapping[str, str]) -> tuple[str, ...]:
    """Return a line in MkDocs' words for each link to an anchor that its page lacks. `anchors` as in `UnitPages`, of all pages.

    >>> broken([AnchorLink("a.md", "b.md", "x", "b.md#x"), AnchorLink("a.md", "b.md", "y", "b.md#y")], {"b.md": "\\nx\\n"})
    ("Doc file 'a.md' contains a link 'b.md#y', but the doc 'b.md' does not contain an anchor '#y'.",)
    """
    return tuple(
        f"Doc file '{link.page}' contains a link '{link.written}', but the doc '{link.target}' does not contain an anchor"
        f" '#{link.anchor}'."
        for link in links
        if link.target in anchors and f"\n{link.anchor}\n" not in anchors[link.target]
    )
