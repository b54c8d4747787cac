"""Measures our search: its hits against Material, Pagefind, Zensical and two libraries, and the time from key to result.

Knows the sentences that are correct for each query (tests/search), and the limit of time. Leaves the other engines to
`engines`, and a collection to `many_reports`. Needs Node.js with npm. The other engines are installed into environments of their own, in the folder
that --environments names, otherwise for this run only.
"""

from __future__ import annotations

import argparse
import gzip
import json
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from benchmarks.search.engines import REPORT, built_sample, compare, run  # noqa: E402
from tests.conftest import serving  # noqa: E402
from tests.search_queries import named, queries  # noqa: E402
from tools import browser as chromiums  # noqa: E402
from workreport.analysis import vocabulary  # noqa: E402
from workreport.analysis.vocabulary import Unit  # noqa: E402
from workreport.build import report_reader  # noqa: E402
from workreport.model import Publication, Reading  # noqa: E402
from workreport.website import search  # noqa: E402
from workreport.website.pages import assets  # noqa: E402

if TYPE_CHECKING:
    from playwright.sync_api import Browser

HERE = Path(__file__).resolve().parent
ONE_REPORT_MS = 50
"""The limit, in milliseconds, for the 95th percentile from key to result."""


# -- our script and two libraries, compared by sentences -----------------------------------------------------------------


def units() -> tuple[Unit, ...]:
    """Return the units of the vocabulary, which building the search index needs."""
    return vocabulary.load(ROOT / "vocabulary").units


def libraries(work: Path, reading: Reading) -> None:
    """Print a table of MiniSearch, FlexSearch (both with a tokenizer for Chinese) and our script, run in Node.js.

    All three search the same sentences with the same queries. The npm packages are installed below `work`.
    """
    folder = work / "libraries"
    shutil.copytree(HERE / "libraries", folder, ignore=shutil.ignore_patterns("node_modules"))
    run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"], folder)
    texts = {s.id: s.text for s in reading.outline.sentences() if not s.in_copy}
    ((_, index),) = search.index_files(Publication((reading,)), search.readings, search.traditional, units())
    all_queries = [*queries("table"), *queries("own")]
    order = {
        "sentences": list(texts.items()),
        "queries": [
            {"words": q.words, "right": named(q.right, texts), "table": n < 25} for n, q in enumerate(all_queries)
        ],
        "index": index,
        "scripts": [assets.load(ROOT / "templates" / "assets")["search.js"]],
    }
    rows = json.loads(run(["node", "libraries.mjs"], folder, json.dumps(order)))
    size = len("".join(texts.values()).encode())
    print(
        f"\nBy sentences, the 25 queries and {len(all_queries) - 25} of our own (Node.js; index gzip -9 against {size} bytes of text):"
    )
    print(
        "\n| | table: wholly right of 25 | own: wholly right | sentences missed | wrong sentences | p95 a query | index, gzip -9 |"
    )
    print("|---|---|---|---|---|---|---|")
    for row in rows:
        own_index = row["index"] if row["index"] is not None else index
        packed = len(gzip.compress(own_index.encode(), 9))
        print(
            f"| {row['name']} | {row['table']} | {row['own']} | {row['missed']} | {row['wrong']} | {row['p95']:.2f} ms | {packed} ({packed / size:.2f}) |"
        )


# -- time from key to result -----------------------------------------------------------------------------------------------

# Types each query character by character. Returns, for each character, the milliseconds until the first results are laid
# out, and until all results are shown (waiting at most 60 ms).
TYPED = """async (all) => {
  const input = document.getElementById('wr-query'), results = document.getElementById('search-results');
  const first = [], whole = [];
  for (const words of all) {
    for (let n = 1; n <= words.length; n++) {
      input.value = words.slice(0, n);
      const start = performance.now();
      input.dispatchEvent(new Event('input', {bubbles: true}));
      results.getBoundingClientRect();
      first.push(performance.now() - start);
      const wait = performance.now();
      while (results.dataset.state !== 'ready' && performance.now() - wait < 60) await new Promise(done => setTimeout(done));
      whole.push(performance.now() - start);
    }
  }
  return [first, whole];
}"""


def p95(times: Sequence[float]) -> float:
    return statistics.quantiles(times, n=20)[18]


def key_to_result(browser: Browser, site: Path, what: str, limit: int) -> bool:
    """Type every query character by character and print the times from key to laid-out result.

    Returns whether the 95th percentile is at most `limit` milliseconds. `what` names the site in the printed line.
    """
    words = [q.words for q in queries()]
    with serving(site) as base:
        page = browser.new_page()
        page.goto(base + "index.html")
        page.evaluate("performance.now()")
        page.keyboard.press("/")
        page.wait_for_selector('#search-results[data-state="ready"]', state="attached", timeout=120_000)
        opened = page.evaluate(
            "Math.max(...performance.getEntriesByType('resource').filter(e => /search/.test(e.name)).map(e => e.responseEnd)) "
        )
        page.wait_for_timeout(3000)
        first, _ = page.evaluate(TYPED, words)
        page.close()
    worst = p95(first)
    print(
        f"{what}: {len(first)} keys, key to result median {statistics.median(first):.1f} ms, p95 {worst:.1f} ms (at most {limit}), slowest {max(first):.1f} ms; index there {opened:.0f} ms after the page opened"
    )
    return worst <= limit


@contextmanager
def one_core() -> Iterator[Browser]:
    """A running Chromium that may use one processor core only, if the system has `taskset`; otherwise without that limit."""
    from playwright.sync_api import sync_playwright

    path = chromiums.find()
    if path is None:
        sys.exit(chromiums.ADVICE)
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        taskset = shutil.which("taskset")
        if taskset:
            starter = Path(name) / "chromium"
            starter.write_text(f'#!/bin/sh\nexec {taskset} -c 0 {path} "$@"\n', encoding="utf-8")
            starter.chmod(0o755)
            path = str(starter)
        running = playwright.chromium.launch(executable_path=path, headless=True, args=list(chromiums.FLAGS))
        yield running
        running.close()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--environments", type=Path, help="folder to install the other engines in, kept for the next run"
    )
    parser.add_argument("--only", choices=["engines", "libraries", "time"], help="run only one of the three parts")
    options = parser.parse_args()
    done = True
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        environments = (options.environments or work / "environments").resolve()
        environments.mkdir(parents=True, exist_ok=True)
        folder = ROOT / "reports" / REPORT
        reading = report_reader.read_report(
            folder / "source.md", REPORT, report_reader.load_vocabularies(ROOT / "vocabulary"), folder
        ).reading
        ours = built_sample(work)
        if options.only in (None, "engines"):
            from playwright.sync_api import sync_playwright

            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(
                    executable_path=chromiums.find(), headless=True, args=list(chromiums.FLAGS)
                )
                compare(browser, work, environments, ours, reading)
                browser.close()
        if options.only in (None, "libraries"):
            libraries(work, reading)
        if options.only in (None, "time"):
            print()
            with one_core() as browser:
                done = key_to_result(browser, ours, "this report", ONE_REPORT_MS)
    return 0 if done else 1


if __name__ == "__main__":
    sys.exit(main())
