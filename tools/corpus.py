"""Reads every report in a folder and prints a table with one line of counts per file: `make corpus CORPUS=FOLDER`.

With `--sites DIR NAME…` it also builds a site from each named report, in DIR, and checks the site.
Knows what to count and how to check a site in a browser. Leaves reading and building to `workreport`.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from workreport.build import add, outputs, plan, report_folder, report_reader
from workreport.commands import is_ours
from workreport.project.paths import vocabularies_of
from workreport.project.progress import no_progress
from workreport.verify.site import check
from workreport.website import addresses

if TYPE_CHECKING:
    from playwright.sync_api import Browser

COLUMNS = ("字数", "章节", "指标", "修复", "疑点", "未认领", "秒")


def row(path: Path, known: report_reader.Vocabularies) -> tuple[str, ...]:
    """Return the file's name and its counts, in the order of COLUMNS; or the name and the error if it cannot be read."""
    start = time.perf_counter()
    try:
        r = report_reader.read_report(path, "corpus", known, pronounce=str).reading
    except Exception as error:
        if not is_ours(error):
            raise
        return (path.name, str(error))
    counts = (
        len(r.text.body), sum(1 for _ in r.outline.walk()), len(r.indicators), len(r.repairs), len(r.faults),
        len(r.found.unclaimed),
    )  # fmt: skip
    return (path.name, *map(str, counts), f"{time.perf_counter() - start:.2f}")


def site(path: Path, folder: Path) -> list[str]:
    """Build a site from the report `path` as a project in `folder`, which is emptied first; return the problems of `check`."""
    folder = folder.resolve()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    add.add_report(folder, path)
    outputs.build(plan.BuildOrder(folder), no_progress, print)
    return [str(problem) for problem in check(folder)]


TEXT = """() => { document.querySelectorAll('details').forEach(d => d.open = true);
return [...document.querySelectorAll('[data-text]')].map(e => e.innerText).join('') }"""


def examined(project: Path, browser: Browser) -> list[str]:
    """Open a built site in a browser and return its problems: text that differs from the report's, requests to a host.

    The text is compared twice: on the front page with all section pages together, and on the full-text page.
    """
    site_ = project / "site"
    slug = next(p.name for p in sorted((project / "reports").iterdir()) if p.is_dir())
    expected = "".join((site_ / slug / "download" / "text.txt").read_text(encoding="utf-8").split())
    folder = next(p for p in sorted((project / "reports").iterdir()) if p.is_dir())
    reading = report_reader.read_report(
        report_folder.source_file(folder), slug, report_reader.load_vocabularies(*vocabularies_of(project)), folder
    ).reading
    parts = [addresses.report(reading), *(addresses.report(reading, section.id) for section in reading.paged)]
    asked: list[str] = []
    problems = []
    page = browser.new_page()
    page.on("request", lambda request: asked.append(request.url))
    for name, paths in (("各页", parts), ("全文页", [addresses.report(reading, "text")])):
        shown = ""
        for path in paths:
            page.goto((site_ / path).as_uri())
            shown += page.evaluate(TEXT)
        if "".join(shown.split()) != expected:
            problems.append(f"{name}的文字与来源加修复不符")
    page.close()
    problems += [f"向外请求 {url}" for url in asked if not url.startswith("file:")]
    return problems


def main() -> int:
    """Print the table and build the named sites; return 1 if a site has problems or no browser is found, else 0."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument(
        "--sites",
        nargs="+",
        metavar="NAME",
        default=[],
        help="the folder for the sites, then the names of the reports, without endings",
    )
    options = parser.parse_args()
    known = report_reader.read_vocabularies(*vocabularies_of(Path.cwd()))
    print("\t".join(("文件", *COLUMNS)))
    for path in sorted(p for p in options.folder.iterdir() if p.is_file()):
        print("\t".join(row(path, known)), flush=True)
    if not options.sites[1:]:
        return 0
    from playwright.sync_api import sync_playwright

    from tools.browser import ADVICE, FLAGS, find

    found = find()
    if found is None:
        print(ADVICE, file=sys.stderr)
        return 1
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(found), args=list(FLAGS))
        failed = _sites(options.folder, Path(options.sites[0]), options.sites[1:], browser)
        browser.close()
    return min(failed, 1)


def _sites(corpus: Path, target: Path, names: Sequence[str], browser: Browser) -> int:
    failed = 0
    for name in names:
        (path,) = corpus.glob(f"{name}.*")
        problems = site(path, target / name)
        problems = problems or examined((target / name).resolve(), browser)
        failed += bool(problems)
        print(f"{name}: {'；'.join(problems) or '链接、文字、请求核对无误'}", flush=True)
    return failed


if __name__ == "__main__":
    sys.exit(main())
