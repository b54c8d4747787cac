"""Measures Pagefind (extended) and Zensical on the sections of a large collection, beside our search.

Knows how to write each section as a page, and what a query loads and finds. A page is right if all words of the query stand in it
as written. Leaves our own search to `many_reports`.
"""

from __future__ import annotations

import gzip
import statistics
from collections.abc import Sequence
from functools import partial
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from benchmarks.search.engines import ask_zensical, environment, run
from tests.conftest import serving
from tests.plain_scan import folded
from workreport.website.search.sentence_rows import SearchedReport

if TYPE_CHECKING:
    from playwright.sync_api import Page, Request

    from benchmarks.search.many_reports import Asked

SHOWN = 20
"""So many pages of results are judged, as many sentences as we show at first."""

PATIENCE = 10
"""So often Zensical is asked, each time for at least a second and a half, until it shows a page."""


def print_table(
    work: Path, environments: Path, reports: Sequence[SearchedReport], words: Sequence[str], ours: Sequence[Asked]
) -> None:
    """Print what each loads for a query and whether its first pages are right; `ours` are answers to the same queries among others."""
    environments.mkdir(parents=True, exist_ok=True)
    pages = {
        f"{report.slug}-{number}": folded("".join(row.text for row in report.sentences if row.section == number))
        for report in reports
        for number in range(len(report.sections))
    }
    print(
        f"\n| {len(words)} queries, {len(pages)} sections | index, MB | KB a query: median / most | found of those that are there | first {SHOWN} pages right |"
    )
    print("|---|---|---|---|---|")
    _pagefind(work, environments, reports, pages, words)
    _zensical(work, environments, reports, pages, words)
    own = [one for one in ours if one.words in set(words)]
    there = [one for one in own if any(_holds(text, one.words) for text in pages.values())]
    sizes = [one.size / 1000 for one in own]
    hits = sum(one.hits > 0 for one in there)
    print(
        f"| ours (sentences, not pages) | | {statistics.median(sizes):.0f} / {max(sizes):.0f} | {hits} of {len(there)} | |",
        flush=True,
    )


def _holds(text: str, query: str) -> bool:
    return all(folded(word) in text for word in query.split())


def _texts(report: SearchedReport) -> dict[int, str]:
    texts = dict.fromkeys(range(len(report.sections)), "")
    for row in report.sentences:
        texts[row.section] += row.text
    return texts


def _pagefind(
    work: Path, environments: Path, reports: Sequence[SearchedReport], pages: dict[str, str], words: Sequence[str]
) -> None:
    site = work / "pagefind-site"
    site.mkdir()
    for report in reports:
        for number, text in _texts(report).items():
            page = f'<!doctype html><html lang="zh"><meta charset="utf-8"><title>{escape(report.sections[number][1])}</title><body><article><p>{escape(text)}</p></article>'
            (site / f"{report.slug}-{number}.html").write_text(page, encoding="utf-8", errors="replace")
    programs = environment(environments, "pagefind", "pagefind[extended]==1.5.2")
    run([str(programs / "python"), "-m", "pagefind", "--site", str(site)], work)
    (site / "index.html").write_text("<!doctype html><title>a</title>", encoding="utf-8")
    size = sum(path.stat().st_size for path in (site / "pagefind").rglob("*") if path.is_file())
    _measure("Pagefind 1.5.2 extended", site, size, pages, words)


def _zensical(
    work: Path, environments: Path, reports: Sequence[SearchedReport], pages: dict[str, str], words: Sequence[str]
) -> None:
    project = work / "zensical-site"
    (project / "docs").mkdir(parents=True)
    (project / "docs" / "index.md").write_text("# 报告\n", encoding="utf-8")
    for report in reports:
        for number, text in _texts(report).items():
            page = f"# {report.sections[number][1]}\n\n{text}\n"
            (project / "docs" / f"{report.slug}-{number}.md").write_text(page, encoding="utf-8", errors="replace")
    # Without a navigation of all pages on every page, which is no matter of the search.
    settings = "site_name: 报告\nuse_directory_urls: false\nnav:\n  - index.md\ntheme:\n  name: material\n  language: zh\n  font: false\n"
    (project / "mkdocs.yml").write_text(settings, encoding="utf-8")
    programs = environment(environments, "zensical", "zensical==0.0.73")
    run([str(programs / "zensical"), "build"], project)
    index = project / "site" / "search.json"
    size = len(gzip.compress(index.read_bytes(), 9)) if index.is_file() else 0
    _measure("Zensical 0.0.73", project / "site", size, pages, words)


def _measure(name: str, site: Path, size: int, pages: dict[str, str], words: Sequence[str]) -> None:
    from benchmarks.search.many_reports import chromium

    sizes, found, there, right, shown = [], 0, 0, 0, 0
    with serving(site) as base, chromium() as browser:
        for query in words:
            context = browser.new_context()
            page = context.new_page()
            page.set_default_timeout(120_000)
            loaded: list[str] = []
            page.on("request", partial(_note, loaded))
            all_found = _ask(name, page, base, query)
            sizes.append(_loaded(site, base, loaded) / 1000)
            paths = [path.removesuffix(".html") for path in all_found[:SHOWN]]
            good = sum(_holds(pages.get(path, ""), query) for path in paths)
            if any(_holds(text, query) for text in pages.values()):
                there += 1
                found += good > 0
            right += good
            shown += len(paths)
            context.close()
    print(
        f"| {name} | {size / 1e6:.1f} | {statistics.median(sizes):.0f} / {max(sizes):.0f} | {found} of {there} | {right} of {shown} |",
        flush=True,
    )


def _ask(name: str, page: Page, base: str, query: str) -> list[str]:
    if name.startswith("Zensical"):
        ask = ask_zensical(page, base)
        # It reads its whole index first, for several seconds: asked at once, it shows nothing yet.
        for _ in range(PATIENCE):
            if links := ask(page, query):
                return links
        return []
    page.goto(base + "index.html")
    links = page.evaluate(
        """async ([module, words, most]) => {
             const pagefind = await import(module);
             const found = await pagefind.search(words);
             return (await Promise.all(found.results.slice(0, most).map((r) => r.data()))).map((d) => d.raw_url || d.url);
           }""",
        [base + "pagefind/pagefind.js", query, SHOWN],
    )
    return [unquote(urlsplit(link).path).rpartition("/")[2] for link in links]


def _note(loaded: list[str], request: Request) -> None:
    loaded.append(request.url)


def _loaded(site: Path, base: str, urls: Sequence[str]) -> int:
    """Return the bytes of the files of a search that were loaded: Pagefind compresses its own, those of Zensical by gzip -9."""
    size = 0
    for url in urls:
        path = unquote(urlsplit(url.removeprefix(base)).path)
        file = site / path
        if file.is_file() and path.startswith("pagefind/"):
            size += file.stat().st_size
        elif file.is_file() and "search" in path:
            size += len(gzip.compress(file.read_bytes(), 9))
    return size
