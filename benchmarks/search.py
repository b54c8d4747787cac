"""What our search finds and costs, beside Material's, Pagefind's and Zensical's; all tables in one run.

Knows how to drive each engine as a reader meets it, in a real Chromium, and how to judge it by the true answers of
tests/search. Leaves the limits of time to the issue that set them. Needs Node.js with npm; the other engines are
installed into environments of their own, kept in the folder that --environments names, else only for this run.
"""

from __future__ import annotations

import argparse
import gzip
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.conftest import serving  # noqa: E402
from tests.search_queries import Query, named, queries  # noqa: E402
from tools import browser as chromiums  # noqa: E402
from workreport.analysis import vocabulary  # noqa: E402
from workreport.analysis.vocabulary import Unit  # noqa: E402
from workreport.build import report_reader  # noqa: E402
from workreport.model import Publication, Reading  # noqa: E402
from workreport.website import search  # noqa: E402
from workreport.website.pages import assets  # noqa: E402

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

HERE = Path(__file__).resolve().parent
REPORT = "gongshu-2024"
MATERIAL = "mkdocs-material==9.8.1"
PAGES = 1600
ONE_REPORT_MS, COLLECTION_MS = 50, 150
ONE_CHARACTER = r"[\s]+|(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])"

Ask = Callable[["Page", str], list[str]]
"""A page on which an engine stands, and a query, to the paths of the pages shown, best first."""


@dataclass(slots=True)
class Tally:
    """How an engine did on the table's queries."""

    found: int = 0
    first: int = 0
    right: int = 0
    wrong: int = 0
    missed: list[str] = field(default_factory=list)


def judge(query: Query, right: set[str], shown: Sequence[str], tally: Tally) -> None:
    """Add one answer: `right` and `shown` are paths of pages."""
    good = [path for path in shown if path in right]
    tally.found += bool(good)
    tally.first += bool(shown) and shown[0] in right
    tally.right += len(good)
    tally.wrong += len(shown) - len(good)
    if not good and right:
        tally.missed.append(query.words)


# -- the pages that every engine gets ----------------------------------------------------------------------------------


def page_name(section: str) -> str:
    return section.replace("/", "-") or "index"


def plain_pages(reading: Reading, folder: Path) -> None:
    """The report as ten bare Markdown pages, without the repeated passage, for the engines that index pages."""
    folder.mkdir(parents=True)
    for section in [None, *reading.outline.walk()]:
        paragraphs = section.paragraphs if section else reading.outline.front
        words = ["".join(s.text for s in p.sentences if not s.in_copy) for p in paragraphs]
        title = search.label(section) if section else reading.meta.title
        text = f"# {title}\n\n" + "\n\n".join(words) + "\n"
        (folder / f"{page_name(section.id if section else '')}.md").write_text(text, encoding="utf-8")


def configuration(folder: Path, name: str, *settings: str) -> Path:
    lines = ["site_name: 报告", "theme:", "  name: material", "  language: zh", "  font: false", "plugins:"]
    lines += ["  - search:", *(f"      {line}" for line in settings)] if settings else ["  - search"]
    (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder / name


def environment(folder: Path, name: str, *packages: str) -> Path:
    """The programs of an environment with these packages, made where it is not there yet."""
    home = folder / name
    if not (home / "ready").is_file():
        shutil.rmtree(home, ignore_errors=True)
        run([sys.executable, "-m", "venv", str(home)], folder)
        run(
            [str(home / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *packages],
            folder,
        )
        (home / "ready").touch()
    return home / "bin"


def run(command: Sequence[str], folder: Path, text: str | None = None) -> str:
    done = subprocess.run(command, cwd=folder, input=text, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)}\n{done.stdout}{done.stderr}")
    return done.stdout


# -- the engines -------------------------------------------------------------------------------------------------------


def paths(links: Sequence[str], base: str) -> list[str]:
    """The pages that links lead to, each once, by name: "1-3", "index"."""
    home = urlsplit(base).path
    found: dict[str, None] = {}
    for link in links:
        path = unquote(urlsplit(link).path).removeprefix(home).removesuffix("index.html").strip("/")
        found[path or "index"] = None
    return list(found)


SETTLED = """async ([links, least, most]) => {
  const all = root => Array.from(root.querySelectorAll('*')).flatMap(e => e.shadowRoot ? all(e.shadowRoot) : []).concat(Array.from(root.querySelectorAll(links)));
  const sleep = ms => new Promise(done => setTimeout(done, ms));
  let before = '', since = performance.now();
  const start = since;
  while (performance.now() - start < most) {
    const now = all(document).map(e => e.href).join(' ');
    if (now !== before) { before = now; since = performance.now(); }
    if (performance.now() - start > least && performance.now() - since > 400) break;
    await sleep(50);
  }
  return all(document).map(e => e.href);
}"""


def ask_material(page: Page, base: str) -> Ask:
    page.goto(f"{base}index.html")

    def ask(page: Page, words: str) -> list[str]:
        page.goto(f"{base}index.html?q={quote(words)}")
        answered = (
            "() => !/初始化|键入以/.test(document.querySelector('.md-search-result__meta')?.textContent || '键入以')"
        )
        page.wait_for_function(answered)
        return paths(page.evaluate(SETTLED, [".md-search-result__link", 0, 5000]), base)

    return ask


def ask_zensical(page: Page, base: str) -> Ask:
    page.goto(base + "index.html")
    page.wait_for_timeout(1000)
    page.keyboard.press("/")
    box = page.locator("input[aria-controls$=results]")
    box.wait_for()

    def ask(page: Page, words: str) -> list[str]:
        box.fill("")
        page.wait_for_timeout(150)
        box.fill(words)
        links = page.evaluate(SETTLED, ["ol[role=listbox] a[role=option]", 1000, 5000])
        return paths(links, base)

    return ask


def ask_pagefind(page: Page, base: str) -> Ask:
    page.goto(base + "index.html")

    def ask(page: Page, words: str) -> list[str]:
        links = page.evaluate(
            """async ([module, words]) => {
                 const pagefind = await import(module);
                 const found = await pagefind.search(words);
                 return (await Promise.all(found.results.map(r => r.data()))).map(d => new URL(d.raw_url || d.url, location.href).href);
               }""",
            [base + "pagefind/pagefind.js", words],
        )
        return paths(links, base)

    return ask


def ask_ours(page: Page, base: str) -> Ask:
    page.goto(base + "index.html?q=")
    page.wait_for_selector('#search-results[data-state="ready"]', state="attached")

    def ask(page: Page, words: str) -> list[str]:
        page.fill("#wr-query", words)
        page.wait_for_selector('#search-results[data-state="ready"]', state="attached")
        links = page.eval_on_selector_all("#search-results [data-sentence]", "all => all.map(e => e.href)")
        found = [p.removeprefix(REPORT).strip("/").replace("/", "-") for p in paths(links, base)]
        return list(dict.fromkeys(path or "index" for path in found))

    return ask


@dataclass(frozen=True, slots=True)
class Engine:
    """An engine under test: its name, its finished site, and how it is asked."""

    name: str
    site: Path
    ask: Callable[[Page, str], Ask]


def engines(work: Path, environments: Path, ours: Path, reading: Reading) -> Iterator[Engine]:
    """Every engine with a site built from the same ten pages."""
    project = work / "plain"
    plain_pages(reading, project / "docs")
    plain = configuration(project, "mkdocs.yml")
    chinese = configuration(project, "zh.yml", "lang: zh")
    single = configuration(project, "one.yml", "lang: zh", f"separator: '{ONE_CHARACTER}'")

    def mkdocs(programs: Path, file: Path, name: str) -> Path:
        run(
            [str(programs / "mkdocs"), "build", "--quiet", "--config-file", str(file), "--site-dir", str(work / name)],
            project,
        )
        return work / name

    bare = environment(environments, "material", MATERIAL)
    yield Engine("Material 9.8.1 without jieba", mkdocs(bare, plain, "bare"), ask_material)
    jieba = environment(environments, "jieba", MATERIAL, "jieba")
    yield Engine("Material with jieba", mkdocs(jieba, chinese, "jieba"), ask_material)
    yield Engine("one character a token", mkdocs(bare, single, "one"), ask_material)
    pagefind = environment(environments, "pagefind", "pagefind[extended]==1.5.2")
    shutil.copytree(work / "bare", work / "found", ignore=shutil.ignore_patterns("404.html"))
    run([str(pagefind / "python"), "-m", "pagefind", "--site", str(work / "found"), "--root-selector", "article"], work)
    yield Engine("Pagefind 1.5.2 extended", work / "found", ask_pagefind)
    zensical = environment(environments, "zensical", "zensical==0.0.73")
    run([str(zensical / "zensical"), "build"], project)
    yield Engine("Zensical 0.0.73", project / "site", ask_zensical)
    yield Engine("ours", ours, ask_ours)


def works_from_disk(browser: Browser, engine: Engine) -> bool:
    """Whether 武林广场 is found when the site is opened from a folder, as it was built."""
    from playwright.sync_api import Error

    page = browser.new_page()
    page.set_default_timeout(5000)
    try:
        base = engine.site.resolve().as_uri() + "/"
        return bool(engine.ask(page, base)(page, "武林广场"))
    except Error:
        return False
    finally:
        page.close()


def compare(browser: Browser, work: Path, environments: Path, ours: Path, reading: Reading) -> None:
    sentences = {s.id: s for s in reading.outline.sentences() if not s.in_copy}
    texts = {name: s.text for name, s in sentences.items()}
    table = queries("table")
    right = {q.words: {page_name(sentences[i].section) for i in named(q.right, texts)} for q in table}
    total = sum(map(len, right.values()))
    print(
        f"\n| | found of {len(table)} | right page first | right pages shown of {total} | wrong pages shown | from file:// | missed |"
    )
    print("|---|---|---|---|---|---|---|")
    for engine in engines(work, environments, ours, reading):
        tally = Tally()
        with serving(engine.site) as base:
            page = browser.new_page()
            ask = engine.ask(page, base)
            for query in table:
                judge(query, right[query.words], ask(page, query.words), tally)
            page.close()
        disk = "yes" if works_from_disk(browser, engine) else "no"
        print(
            f"| {engine.name} | {tally.found} | {tally.first} | {tally.right} | {tally.wrong} | {disk} | {'、'.join(tally.missed)} |",
            flush=True,
        )


# -- libraries: by sentences ---------------------------------------------------------------------------------------------


def units() -> tuple[Unit, ...]:
    """The units of the vocabulary, as the index needs them."""
    return vocabulary.load(ROOT / "vocabulary").units


def libraries(work: Path, reading: Reading) -> None:
    """MiniSearch and FlexSearch with tokenizers for Chinese, and our script, on the same sentences in Node.js."""
    folder = work / "libraries"
    shutil.copytree(HERE / "search_libraries", folder, ignore=shutil.ignore_patterns("node_modules"))
    run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"], folder)
    texts = {s.id: s.text for s in reading.outline.sentences() if not s.in_copy}
    ((_, index),) = search.index_files(Publication((reading,)), search.readings, search.traditional, units())
    asked = [*queries("table"), *queries("own")]
    order = {
        "sentences": list(texts.items()),
        "queries": [{"words": q.words, "right": named(q.right, texts), "table": n < 25} for n, q in enumerate(asked)],
        "index": index,
        "scripts": [assets.load(ROOT / "templates" / "assets")["search.js"]],
    }
    rows = json.loads(run(["node", "libraries.mjs"], folder, json.dumps(order)))
    size = len("".join(texts.values()).encode())
    print(
        f"\nBy sentences, the 25 queries and {len(asked) - 25} of our own (Node.js; index gzip -9 against {size} bytes of text):"
    )
    print(
        "\n| | table: wholly right of 25 | own: wholly right | sentences missed | wrong sentences | p95 a query | index, gzip -9 |"
    )
    print("|---|---|---|---|---|---|---|")
    for row in rows:
        kept = row["index"] if row["index"] is not None else index
        packed = len(gzip.compress(kept.encode(), 9))
        print(
            f"| {row['name']} | {row['table']} | {row['own']} | {row['missed']} | {row['wrong']} | {row['p95']:.2f} ms | {packed} ({packed / size:.2f}) |"
        )


# -- time ------------------------------------------------------------------------------------------------------------------

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
    """Type every query letter by letter; from the key to the results drawn and laid out."""
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


def collection(ours: Path, reading: Reading, target: Path) -> int:
    """The site with the index of a collection of about PAGES pages: the report again and again under other names."""
    shutil.copytree(ours, target)
    own = 1 + sum(1 for _ in reading.outline.walk())
    many = tuple(
        replace(reading, meta=replace(reading.meta, slug=f"report-{n}", place=f"第{n}区")) for n in range(PAGES // own)
    )
    size = 0
    for path, text in search.index_files(Publication(many), cache(search.readings), search.traditional, units()):
        (target / path).write_text(text, encoding="utf-8")
        size += len(gzip.compress(text.encode(), 9))
    said = sum(len(s.text.encode()) for s in reading.outline.sentences() if not s.in_copy) * len(many)
    print(
        f"a collection of {len(many)} reports, {len(many) * own} pages: index gzip -9 {size} bytes, {size / said:.2f} of its text"
    )
    return len(many) * own


@contextmanager
def one_core() -> Iterator[Browser]:
    """A Chromium that may use one core only, where the system can say so."""
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
    parser.add_argument("--environments", type=Path, help="where the other engines are installed and kept")
    parser.add_argument("--only", choices=["engines", "libraries", "time"], help="one of the three parts")
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
        project = work / "project"
        project.mkdir()
        for part in ("workreport", "reports", "docs", "templates", "vocabulary", "build.py", "site.toml", "mkdocs.yml"):
            source = ROOT / part
            (shutil.copytree if source.is_dir() else shutil.copy)(source, project / part)
        run([sys.executable, "build.py", "--quiet", "--only", "site"], project)
        ours = project / "site"
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
                pages = collection(ours, reading, work / "collection")
                done = (
                    key_to_result(browser, work / "collection", f"a collection of {pages} pages", COLLECTION_MS)
                    and done
                )
    return 0 if done else 1


if __name__ == "__main__":
    sys.exit(main())
