"""Knows how the finished pages of a site come to be: unit by unit in worker processes, or taken over from the last build.

A unit is a report or a folder of the collection's own pages. Where the site cannot be divided, its pages are made all at once.
Leaves making pages to `rendering`, changing them to `finishing`, and where they are kept to `kept_files`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from workreport.project import writer
from workreport.project.kept_files import KeptFiles
from workreport.website import finishing, rendering

MODULES = ("mkdocs.commands.build", "mkdocs.config", __name__)
"""The modules that a worker process needs for making pages."""


@dataclass(frozen=True, slots=True)
class _Unit:
    """The finished pages of a unit by path in the site, as they are kept between builds.

    `made` says what they depend on, without pages; `files`: for each file by which a page was decided, whether it was in the
    site; `named` and `addresses` as `finishing.end` takes them.
    """

    pages: dict[str, bytes]
    made: rendering.UnitPages
    files: dict[str, bool]
    named: frozenset[str]
    addresses: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Task:
    """A unit to make, with the JSON-LD of its pages, and the name under which it is kept."""

    folder: rendering.SiteFolder
    unit: rendering.SiteUnit
    rules: finishing.PageRules
    graphs: dict[str, str]
    kept: KeptFiles
    name: str


class SitePages:
    """The pages of a site that is being made: `SitePages(…)` first, then all files that are no pages, then `finish`.

    The first writes into the folder `folder.site` what is of no page. Raises `SiteError` as `rendering.build` does.
    """

    def __init__(self, folder: rendering.SiteFolder) -> None:
        self._folder = folder
        _maker.cache_clear()
        maker = _maker(folder)
        if maker.units:
            maker.write_frame()
        else:
            rendering.build(folder.project, folder.site, moment=folder.moment, overrides=folder.overrides)

    def finish(
        self,
        *,
        address: str,
        dates: Mapping[str, date],
        graphs: Mapping[str, str],
        kept: KeptFiles,
        jobs: int | None = 1,
    ) -> None:
        """Make the finished pages; arguments as of `finishing.finish`, `jobs` as of `Workers`.

        Pages of a unit that are `kept` and current are taken over. What is made is kept at once: a build that is interrupted
        has not worked in vain. Raises `SiteError` for all that MkDocs complains of, and as `finishing.finished` does.
        """
        site, maker = self._folder.site, _maker(self._folder)
        if not maker.units:
            finishing.finish(site, address=address, dates=dates, graphs=graphs)
            return
        # Imported here: a site of one report needs none.
        from workreport.project.workers import Workers

        rules = finishing.begin(site, address=address, dates=dates)
        done = [_finish_frame(site, rules)]
        anew: list[_Task] = []
        names: set[str] = set()
        for unit in maker.units:
            task = _task(maker, _Task(self._folder, unit, rules, _graphs_of(unit, graphs), kept, ""))
            names.add(task.name)
            there = _current(task, maker)
            if there is None:
                anew.append(task)
            else:
                done.append(_written(site, there))
        with Workers(jobs, MODULES) as workers:
            done += workers.results(_made, anew)
        _maker.cache_clear()  # the desk goes on running
        anchors = {page: ids for one in done for page, ids in one.made.anchors.items()}
        links = (link for one in done for link in one.made.links)
        rendering.require_none(
            [*(line for one in done for line in one.made.warnings), *rendering.broken(links, anchors)]
        )
        kept.keep_only(names)
        addresses = {page: found for one in done for page, found in one.addresses.items()}
        finishing.end(site, rules, {name for one in done for name in one.named}, addresses)


@lru_cache(1)
def _maker(folder: rendering.SiteFolder) -> rendering.UnitMaker:
    """Return MkDocs set up for a site: once in each process, which serves one build only or empties this cache."""
    return rendering.UnitMaker(folder)


def _graphs_of(unit: rendering.SiteUnit, graphs: Mapping[str, str]) -> dict[str, str]:
    pages = (f"{page.removesuffix('.md')}.html" for page in unit.pages)
    return {page: graphs[page] for page in pages if page in graphs}


def _task(maker: rendering.UnitMaker, task: _Task) -> _Task:
    """Return the task with the name under which its unit is kept: the digest of all that is known before it is made."""
    rules = task.rules
    day = rules.day if "index.md" in task.unit.pages else ""
    told = json.dumps([rules.address, day, sorted(rules.scripts), rules.theme, task.graphs], sort_keys=True)
    return replace(task, name=maker.key(task.unit, told))


def _current(task: _Task, maker: rendering.UnitMaker) -> _Unit | None:
    """Return the kept pages of a unit, None if there are none, or if the rest of the site shows that they are not current."""
    unit = task.kept.get_value(task.name)
    if not isinstance(unit, _Unit) or not maker.is_current(unit.made):
        return None
    return unit if all((task.folder.site / f).is_file() == there for f, there in unit.files.items()) else None


def _made(task: _Task) -> _Unit:
    """Make the pages of a unit, keep them and write them into the site; return what is to know of them, without the pages."""
    made = _maker(task.folder).pages(task.unit)
    unit = _finished(task.folder.site, made, task.rules, task.graphs)
    if not made.warnings:
        task.kept.put_value(task.name, unit)
    return _written(task.folder.site, unit)


def _finished(site: Path, made: rendering.UnitPages, rules: finishing.PageRules, graphs: Mapping[str, str]) -> _Unit:
    done = {
        name: finishing.finished(site, name, data, rules, graphs.get(name, "")) for name, data in made.pages.items()
    }
    return _Unit(
        {name: page.data for name, page in done.items()},
        replace(made, pages={}),
        {file: there for page in done.values() for file, there in page.files.items()},
        frozenset(name for page in done.values() for name in page.named),
        {name: page.address for name, page in done.items()},
    )


def _finish_frame(site: Path, rules: finishing.PageRules) -> _Unit:
    """Finish the pages that are in the site already and of no unit: those for errors."""
    there = {path.relative_to(site).as_posix(): path.read_bytes() for path in sorted(site.rglob("*.html"))}
    return _written(site, _finished(site, rendering.UnitPages(there), rules, {}))


def _written(site: Path, unit: _Unit) -> _Unit:
    """Write the pages of a unit into the site and return the unit without them."""
    for name, data in unit.pages.items():
        writer.write_bytes(site / name, data, durable=False)
    return replace(unit, pages={})
