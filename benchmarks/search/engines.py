"""Runs our search and the searches of Material, Pagefind and Zensical in Chromium on the same report, and compares the hits.

Knows how to build a site for each engine, how to type a query into it, and how to score the pages that it shows. Leaves the
command line, libraries and times to `search`.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit

from tests.conftest import ROOT, serving
from tests.search_queries import Query, named, queries
from workreport.model import Reading
from workreport.website import search

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

REPORT = "gongshu-2024"
MATERIAL = "mkdocs-material==9.8.1"
ONE_CHARACTER = r"[\s]+|(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])"
"""Material's `separator` setting that makes every Chinese character a token of its own."""

Ask = Callable[["Page", str], list[str]]
"""A function from an open page with a search engine, and a query, to the names of the pages shown, best first."""


@dataclass(slots=True)
class Tally:
    """The score of one engine over all queries.

    `found`: queries with a correct page among the results; `first`: queries with a correct page first; `right` and
    `wrong`: correct and wrong pages shown, over all queries; `missed`: queries without any correct page.
    """

    found: int = 0
    first: int = 0
    right: int = 0
    wrong: int = 0
    missed: list[str] = field(default_factory=list)


def judge(query: Query, right: set[str], shown: Sequence[str], tally: Tally) -> None:
    """Add the answer to one query to the tally. `right` and `shown` are names of pages, correct and shown ones."""
    good = [path for path in shown if path in right]
    tally.found += bool(good)
    tally.first += bool(shown) and shown[0] in right
    tally.right += len(good)
    tally.wrong += len(shown) - len(good)
    if not good and right:
        tally.missed.append(query.words)


# -- the pages that every engine indexes -------------------------------------------------------------------------------


def page_name(section: str) -> str:
    return section.replace("/", "-") or "index"


def plain_pages(reading: Reading, folder: Path) -> None:
    """Write the report as plain Markdown pages, one per section, without the repeated passage of the text."""
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
    """Return the bin folder of a virtual environment with these packages; create the environment if it does not exist."""
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


def built_sample(work: Path) -> Path:
    """Return the site of the sample, built without archive."""
    project = work / "project"
    project.mkdir()
    for part in ("workreport", "reports", "docs", "templates", "vocabulary", "build.py", "site.toml", "mkdocs.yml"):
        source = ROOT / part
        (shutil.copytree if source.is_dir() else shutil.copy)(source, project / part)
    run([sys.executable, "build.py", "--quiet", "--only", "site"], project)
    return project / "site"


# -- the engines -------------------------------------------------------------------------------------------------------


def paths(links: Sequence[str], base: str) -> list[str]:
    """Return the names of the pages that links below `base` point to, such as "1-3" or "index", each once."""
    home = urlsplit(base).path
    found: dict[str, None] = {}
    for link in links:
        path = unquote(urlsplit(link).path).removeprefix(home).removesuffix("index.html").strip("/")
        found[path or "index"] = None
    return list(found)


# Waits until the result links have not changed for 400 ms (at least `least`, at most `most` ms); returns their addresses.
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
    """A search engine under test: its name, its finished site, and `ask`, which opens the site and returns an `Ask`."""

    name: str
    site: Path
    ask: Callable[[Page, str], Ask]


def engines(work: Path, environments: Path, ours: Path, reading: Reading) -> Iterator[Engine]:
    """Build a site with each engine from the same pages, and yield the engines; the last one is ours."""
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
    """Return whether the engine finds 武林广场 when its site is opened from the folder, without a server."""
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
    """Print the table of all engines: what each finds for the 25 queries of tests/search/table.toml."""
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
