"""Measures the search over a large collection in Chromium: what a query loads, its processor time, and long tasks.

Knows how to write the index of many reports beside the pages of the sample, without building their pages. Leaves the
reports to `large_collection`, what is right to `tests.plain_scan`, and Pagefind and Zensical to `collection_comparison`.
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
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from benchmarks.search import collection_comparison, large_collection  # noqa: E402
from benchmarks.search.engines import built_sample  # noqa: E402
from tests import plain_scan  # noqa: E402
from tests.conftest import serving  # noqa: E402
from tools import browser as chromiums  # noqa: E402
from workreport.website import addresses, search  # noqa: E402
from workreport.website.search.collection_index import collection_scripts  # noqa: E402
from workreport.website.search.sentence_rows import SearchedReport  # noqa: E402

if TYPE_CHECKING:
    from playwright.sync_api import Browser

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
    """What one query took on a newly opened page.

    `size`: compressed bytes up to the first page of results, in `scripts` scripts. `again`: processor time in ms of the same query
    when its files are there. `longest`: the longest task in ms as PerformanceObserver tells it (0: none of 50 ms); `worked`: the
    most processor time of one task.
    """

    words: str
    size: int
    scripts: int
    hits: int
    told: str
    again: float
    longest: float
    worked: float


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
    browser.start_tracing(page=page, categories=["toplevel", "devtools.timeline"])
    page.goto(f"{base}index.html?q={quote(words)}")
    page.wait_for_selector(READY, state="attached", timeout=120_000)
    scripts = [url for url in loaded if "/search" in urlsplit(url).path]
    worked = longest_work(browser.stop_tracing())
    hits = page.locator("#search-results [data-sentence]").count()
    told = page.inner_text(".wr-search-count")
    longest = page.evaluate("Math.max(0, ...globalThis.longTasks)")
    session = context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def spent() -> float:
        metrics = session.send("Performance.getMetrics")["metrics"]
        return float(next(m["value"] for m in metrics if m["name"] == "TaskDuration"))

    def typed(text: str) -> None:
        page.fill("#wr-query", text)
        page.wait_for_selector(READY, state="attached")

    typed(words[:1])
    typed(words)
    typed("")
    before = spent()
    typed(words)
    again = (spent() - before) * 1000
    context.close()
    return Asked(words, sum(sizes.of(url, base) for url in scripts), len(scripts), hits, told, again, longest, worked)


def longest_work(trace: bytes) -> float:
    """Return the most processor time that a task of a page's main thread took, in ms."""
    events = json.loads(trace)["traceEvents"]
    main = {
        (e["pid"], e["tid"]) for e in events if e.get("name") == "thread_name" and e["args"]["name"] == "CrRendererMain"
    }
    names = ("RunTask", "ThreadControllerImpl::RunTask")
    tasks = [e for e in events if e.get("name") in names and (e["pid"], e["tid"]) in main]
    return max((e.get("tdur", 0) / 1000 for e in tasks), default=0)


def p95(values: Sequence[float]) -> float:
    return statistics.quantiles(values, n=20)[18] if len(values) > 1 else values[0]


def report_line(name: str, found: Sequence[Asked]) -> None:
    """Print a row of the table."""
    sizes = [one.size / 1000 for one in found]
    times = [one.again for one in found]
    print(
        f"| {name} | {statistics.median(sizes):.0f} / {p95(sizes):.0f} / {max(sizes):.0f} | {p95([one.scripts for one in found]):.0f} "
        f"| {statistics.median(times):.0f} / {p95(times):.0f} | {max(one.worked for one in found):.0f} | {max(one.longest for one in found):.0f} |",
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
    also = large_collection.other_names()
    files = collection_scripts(reports, search.readings, search.traditional, large_collection.units(), also)
    size = 0
    (site / addresses.SEARCH_PARTS).mkdir(exist_ok=True)
    for path, script in files:
        (site / path).write_text(script, encoding="utf-8")
        size += len(gzip.compress(script.encode(), 9))
    print(
        f"{len(reports)} reports, {sum(len(r.sentences) for r in reports)} sentences, {sum(len(row.text) for r in reports for row in r.sentences)} characters: "
        f"{len(files)} scripts, gzip -9 {size} bytes, {size / text:.2f} of the text"
    )


# Reads until all is found; the sentences as number of the report and id, and how many the search says at its first page and at last.
EVERY = """async (words) => {
  const engine = globalThis.workreportSearch;
  const state = await engine.ask(words, null);
  await engine.more(state, 20);
  const early = engine.countedHits(state);
  while (!state.done) await engine.more(state, 1e6);
  return { found: state.hits.map(({ row }) => [row.part.report.number, row.id]), early, last: engine.countedHits(state) };
}"""


def exact(site: Path, reports: Sequence[SearchedReport]) -> None:
    """Ask the 40 queries of tests/search_collection and print which find exactly what a plain scan of all sentences finds."""
    named = [re.sub("[省市区县州盟旗]$", "", report.place) for report in reports if len(report.place) == 3]
    a, b, c = list(dict.fromkeys(named))[:3]
    asks = plain_scan.queries({"a": a, "b": b, "c": c})
    scan = plain_scan.Scan(reports)
    good = counted = 0
    with chromium() as browser, serving(site) as base:
        page = browser.new_page()
        page.set_default_timeout(300_000)
        page.goto(base + "index.html?q=")
        page.wait_for_selector(READY, state="attached")
        for query in asks:
            right = scan.right(query)
            answer = page.evaluate(EVERY, query.words)
            found = {(number, name) for number, name in answer["found"]}
            good += found == right
            early = answer["early"]
            counted += answer["last"] == {"count": len(right), "sure": True} and (
                not early["sure"] or early["count"] == len(right)
            )
            if found != right:
                print(f"{query.words}: {len(found - right)} too many, {len(right - found)} missing of {len(right)}")
    print(
        f"\n{good} of {len(asks)} queries over several reports find exactly what a plain scan finds, {counted} say how many"
    )


def measure(site: Path, words: dict[str, Sequence[str]], from_disk: dict[str, Sequence[str]]) -> list[Asked]:
    """Print the table, and return all answers."""
    sizes = Sizes(site)
    every = []
    print(
        "\n| | KB, gzip -9: median / p95 / most | scripts, p95 | processor time again, ms: median / p95 | most of one task | longest task by the clock |"
    )
    print("|---|---|---|---|---|---|")
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
    parser.add_argument(
        "--sizes", action="store_true", help="only what queries load: 3,000 reports take a quarter of an hour"
    )
    parser.add_argument("--others", type=Path, help="measure Pagefind and Zensical too, installed into this folder")
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
        if not options.sizes:
            exact(site, reports)
        if options.others:
            collection_comparison.print_table(
                work, options.others.resolve(), reports, [*RARE, *COMMON, *random_queries[:20]], found
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
