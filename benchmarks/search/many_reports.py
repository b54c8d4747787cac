"""Measures the search over a large collection in Chromium: what a query loads, its processor time, and long tasks.

Knows how to write the index of many reports beside the pages of the sample, without building their pages. Leaves the
reports to `large_collection`, and finding the right sentences to the tests. Prints Pagefind beside it if asked.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import re
import statistics
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from benchmarks.search import large_collection  # noqa: E402
from benchmarks.search.engines import built_sample, environment, run  # noqa: E402
from tests.conftest import serving  # noqa: E402
from tools import browser as chromiums  # noqa: E402
from workreport.website import addresses, search  # noqa: E402
from workreport.website.search.collection_index import collection_scripts  # noqa: E402
from workreport.website.search.sentence_rows import SearchedReport  # noqa: E402

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Request

READY = '#search-results[data-state="ready"]'
SHARED = Path(os.environ.get("WORKREPORT_SHARED", ROOT))
RARE = ("湘西", "音乐节", "纱锭", "垃圾焚烧", "龙舟")
COMMON = ("发展", "经济", "高质量发展", "生产总值", "建设")
LONG_TASKS = """() => {
  globalThis.longTasks = [];
  new PerformanceObserver((list) => list.getEntries().forEach((e) => globalThis.longTasks.push(e.duration))).observe({ type: "longtask", buffered: true });
}"""


@dataclass(frozen=True, slots=True)
class Asked:
    """What one query took on a newly opened page: compressed bytes, scripts, hits, processor time of a second time in ms."""

    words: str
    size: int
    scripts: int
    hits: int
    told: str
    again: float
    longest: float


def several_words(reports: Sequence[SearchedReport], count: int) -> list[str]:
    """Return queries of two or three words of two to four characters, half of them all from one sentence."""
    chance = random.Random(5)
    runs = [run for report in reports[::7] for row in report.sentences for run in re.findall("[一-鿿]{4,}", row.text)]

    def word(run: str) -> str:
        length = chance.randint(2, 4)
        at = chance.randint(0, len(run) - length)
        return run[at : at + length]

    made = []
    for number in range(count):
        words = chance.choice([2, 2, 3])
        run = chance.choice([run for run in chance.sample(runs, 50) if len(run) > 7] or runs)
        made.append(" ".join(word(run if number % 2 else chance.choice(runs)) for _ in range(words)))
    return made


class Sizes:
    """Sizes of the files of a site by gzip -9, each computed once."""

    def __init__(self, site: Path) -> None:
        self._site = site
        self._known: dict[str, int] = {}

    def of(self, url: str, base: str) -> int:
        """Return the size of the file at `url`."""
        path = unquote(urlsplit(url.removeprefix(base)).path)
        if path not in self._known:
            file = self._site / path
            self._known[path] = len(gzip.compress(file.read_bytes(), 9)) if file.is_file() else 0
        return self._known[path]


def asked(browser: Browser, base: str, sizes: Sizes, words: str) -> Asked:
    """Open the front page, ask one query in the search, and ask it again when all files are there."""
    context = browser.new_context()
    loaded: list[str] = []
    page = context.new_page()
    page.add_init_script(f"({LONG_TASKS})()")
    page.goto(base + "index.html")
    page.on("request", lambda request: loaded.append(request.url))
    page.goto(f"{base}index.html?q={quote(words)}")
    page.wait_for_selector(READY, state="attached", timeout=60_000)
    hits = page.locator("#search-results [data-sentence]").count()
    told = page.inner_text(".wr-search-count")
    longest = page.evaluate("Math.max(0, ...globalThis.longTasks)")
    session = context.new_cdp_session(page)
    session.send("Performance.enable")

    def spent() -> float:
        metrics = session.send("Performance.getMetrics")["metrics"]
        return float(next(m["value"] for m in metrics if m["name"] == "TaskDuration"))

    page.fill("#wr-query", "")
    page.wait_for_selector(READY, state="attached")
    before = spent()
    page.fill("#wr-query", words)
    page.wait_for_selector(READY, state="attached")
    again = (spent() - before) * 1000
    scripts = [url for url in loaded if "/search" in urlsplit(url).path]
    context.close()
    return Asked(words, sum(sizes.of(url, base) for url in scripts), len(scripts), hits, told, again, longest)


def note_request(loaded: list[str], request: Request) -> None:
    loaded.append(request.url)


def p95(values: Sequence[float]) -> float:
    return statistics.quantiles(values, n=20)[18] if len(values) > 1 else values[0]


def report_line(name: str, found: Sequence[Asked]) -> None:
    """Print a row of the table."""
    sizes = [one.size / 1000 for one in found]
    times = [one.again for one in found]
    print(
        f"| {name} | {statistics.median(sizes):.0f} / {p95(sizes):.0f} / {max(sizes):.0f} | {p95([one.scripts for one in found]):.0f} "
        f"| {statistics.median(times):.0f} / {p95(times):.0f} | {max(one.longest for one in found):.0f} |",
        flush=True,
    )


@contextmanager
def chromium() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=chromiums.find(), headless=True, args=list(chromiums.FLAGS)
        )
        yield running
        running.close()


def write_index(site: Path, reports: Sequence[SearchedReport]) -> None:
    """Write the index of these reports into a built site, and print its size."""
    text = sum(len(row.text.encode("utf-8", "surrogatepass")) for report in reports for row in report.sentences)
    files = collection_scripts(reports, search.readings, search.traditional, large_collection.units())
    size = 0
    (site / addresses.SEARCH_PARTS).mkdir(exist_ok=True)
    for path, script in files:
        (site / path).write_text(script, encoding="utf-8")
        size += len(gzip.compress(script.encode(), 9))
    print(
        f"{len(reports)} reports, {sum(len(r.sentences) for r in reports)} sentences, {sum(len(row.text) for r in reports for row in r.sentences)} characters: "
        f"{len(files)} scripts, gzip -9 {size} bytes, {size / text:.2f} of the text"
    )


def pagefind(work: Path, environments: Path, reports: Sequence[SearchedReport], words: Sequence[str]) -> None:
    """Print what Pagefind loads for a query up to the data of 20 results; each section is one page."""
    site = work / "pagefind-site"
    for report in reports:
        texts: dict[int, list[str]] = {}
        for row in report.sentences:
            texts.setdefault(row.section, []).append(row.text)
        for number, (path, label) in enumerate(report.sections):
            file = site / path if number == 0 else site / path.replace("index.html", f"{number}.html")
            file.parent.mkdir(parents=True, exist_ok=True)
            body = escape("".join(texts.get(number, ())))
            file.write_text(
                f'<!doctype html><html lang="zh"><meta charset="utf-8"><title>{escape(label)}</title><body><article><p>{body}</p></article>',
                encoding="utf-8", errors="replace",
            )  # fmt: skip
    environments.mkdir(parents=True, exist_ok=True)
    programs = environment(environments, "pagefind", "pagefind[extended]==1.5.2")
    run([str(programs / "python"), "-m", "pagefind", "--site", str(site)], work)
    (site / "index.html").write_text("<!doctype html><title>a</title>", encoding="utf-8")
    files = [path for path in (site / "pagefind").rglob("*") if path.is_file()]
    print(
        f"Pagefind 1.5.2 extended: {len(files)} files, {sum(path.stat().st_size for path in files)} bytes (compressed by itself)"
    )
    sizes = []
    with serving(site) as base, chromium() as browser:
        for query in words:
            context = browser.new_context()
            page = context.new_page()
            page.goto(base + "index.html")
            loaded: list[str] = []
            page.on("request", partial(note_request, loaded))
            page.evaluate(
                """async ([module, words]) => {
                     const pagefind = await import(module);
                     const found = await pagefind.search(words);
                     await Promise.all(found.results.slice(0, 20).map((r) => r.data()));
                   }""",
                [base + "pagefind/pagefind.js", query],
            )
            paths = [site / unquote(urlsplit(url.removeprefix(base)).path) for url in loaded]
            sizes.append(sum(path.stat().st_size for path in paths if path.is_file()) / 1000)
            context.close()
    print(
        f"| Pagefind, {len(words)} queries | {statistics.median(sizes):.0f} / {p95(sizes):.0f} / {max(sizes):.0f} | | | |"
    )


def measure(site: Path, words: dict[str, Sequence[str]], from_disk: dict[str, Sequence[str]]) -> list[Asked]:
    """Print the table, and return all answers."""
    sizes = Sizes(site)
    every = []
    print(
        "\n| | KB, gzip -9: median / p95 / most | scripts, p95 | processor time again, ms: median / p95 | longest task, ms |"
    )
    print("|---|---|---|---|---|")
    with chromium() as browser:
        ways: list[tuple[str, str, dict[str, Sequence[str]]]] = [("file://", site.resolve().as_uri() + "/", from_disk)]
        with serving(site) as base:
            for way, address, groups in [("http", base, words), *ways]:
                for name, asks in groups.items():
                    found = [asked(browser, address, sizes, one) for one in asks]
                    report_line(f"{name}, {len(asks)} queries, {way}", found)
                    every += found
    return every


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "texts", nargs="*", type=Path, help="folders of texts (default: corpus and local of WORKREPORT_SHARED)"
    )
    parser.add_argument("--reports", type=int, default=600)
    parser.add_argument("--queries", type=int, default=200, help="random queries of several words")
    parser.add_argument("--pagefind", type=Path, help="measure Pagefind too, installed into this folder")
    parser.add_argument("--answers", type=Path, help="write every answer into this JSON file")
    options = parser.parse_args()
    folders = options.texts or [SHARED / "corpus", SHARED / "local"]
    paths = large_collection.texts(*(folder for folder in folders if folder.is_dir()))
    if not paths:
        sys.exit("no texts: name folders with reports")
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        reports = large_collection.collection(list(large_collection.read(paths)), options.reports)
        site = built_sample(work)
        write_index(site, reports)
        random_queries = several_words(reports, options.queries)
        one = {"one rare word": RARE, "one common word": COMMON}
        found = measure(site, {**one, "several words": random_queries}, {**one, "several words": random_queries[:20]})
        if options.answers:
            options.answers.write_text(
                json.dumps(
                    [[a.words, a.size, a.scripts, a.hits, a.told, a.again, a.longest] for a in found],
                    ensure_ascii=False,
                    indent=1,
                ),
                encoding="utf-8",
            )
        if options.pagefind:
            pagefind(work, options.pagefind.resolve(), reports, [*RARE, *COMMON, *random_queries[:20]])
    return 0


if __name__ == "__main__":
    sys.exit(main())
