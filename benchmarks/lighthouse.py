"""Measures our pages with Lighthouse, on a phone and on a desktop, against a plain Material site of the same texts.

Knows how to serve a folder as a web host does (gzip, cache headers), how to run Lighthouse, and the least scores. Leaves
making the pages to the build. Needs Node.js with npm and a Chromium. Lighthouse is installed for one run only, and its
browser reaches no host except this machine.
"""

from __future__ import annotations

import argparse
import gzip
import json
import mimetypes
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests import planned_report  # noqa: E402
from tools import browser as chromiums  # noqa: E402

LOCK = ROOT / "tests" / "lighthouse"
REPORT = "gongshu-2024"
PAGES = {
    "front": "index.html",
    "section": f"{REPORT}/1/8/index.html",
    "indicators": f"{REPORT}/indicators/index.html",
}
PLANNED = {"promises": planned_report.PROMISES, "for readers": planned_report.ELDERLY}
"""Pages of the invented report, since the source of the first report has no plan; the others are its own."""
FORMS: dict[str, tuple[str, ...]] = {"phone": (), "desk": ("--preset=desktop",)}
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
LEAST = {"performance": 99, "accessibility": 100, "best-practices": 100, "seo": 100}
TIMES = ("first-contentful-paint", "largest-contentful-paint", "total-blocking-time")
LOOPBACK = '--host-resolver-rules="MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"'
TAKEN = ("workreport", "reports", "templates", "vocabulary", "build.py", "site.toml", "mkdocs.yml")
PLAIN = """\
site_name: 政府工作报告
use_directory_urls: true
theme:
  name: material
  language: zh
  font: false
plugins: [search]
markdown_extensions: [attr_list, md_in_html, tables]
"""


# -- serving a folder as a web host does ---------------------------------------------------------------------------------


class Compressed(BaseHTTPRequestHandler):
    """Serves a folder: text files are sent gzipped, and every response states how long it may be cached."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *arguments: object, folder: Path) -> None:
        self.folder = folder
        super().__init__(*arguments)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        path = (self.folder / unquote(urlsplit(self.path).path).lstrip("/")).resolve()
        file = path / "index.html" if path.is_dir() else path
        known = file.is_file() and file.is_relative_to(self.folder)
        body = file.read_bytes() if known else b""
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        self.send_response(200 if known else 404)
        if kind.startswith("text/") or kind.endswith(("javascript", "json", "xml")):
            body = gzip.compress(body, 9, mtime=0)
            self.send_header("Content-Encoding", "gzip")
            kind += "; charset=utf-8"
        self.send_header("Content-Type", kind)
        self.send_header("Cache-Control", f"max-age={600 if file.suffix == '.html' else 31_536_000}")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002
        """Log nothing, to keep the printed table readable."""


class Host(ThreadingHTTPServer):
    """A server that handles each request in its own thread."""

    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Ignore connections that the browser closed early; report other errors as usual."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


@contextmanager
def compressed(folder: Path) -> Iterator[str]:
    """Serve a folder on this machine inside a `with` block; gives its address, e.g. http://127.0.0.1:40123/."""
    server = Host(("127.0.0.1", 0), partial(Compressed, folder=folder.resolve()))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


# -- Lighthouse ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Verdict:
    """The result of one Lighthouse run.

    `scores` has 0 to 100 for each of CATEGORIES, `times` milliseconds for each of TIMES, and `failed` the titles of audits
    below full score (without those of performance).
    """

    scores: dict[str, int]
    times: dict[str, float]
    failed: tuple[str, ...]


def missing() -> str:
    """Return a message on what must be installed before Lighthouse can run, or "" if nothing is missing."""
    if not (shutil.which("node") and shutil.which("npm")):
        return "Node.js and npm are not installed (Debian: apt install nodejs npm)"
    return "" if chromiums.find() else chromiums.ADVICE


def install(folder: Path) -> Path:
    """Install Lighthouse, in the version of the lock file, into a folder; return the path of the script to run.

    `subprocess.CalledProcessError` if npm fails.
    """
    for name in ("package.json", "package-lock.json"):
        shutil.copy(LOCK / name, folder / name)
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
    subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True, timeout=600)
    return folder / "node_modules" / "lighthouse" / "cli" / "index.js"


def ask(script: Path, address: str, form: str) -> Verdict:
    """Run Lighthouse once on the page at `address`; `form` is "phone" or "desk".

    `subprocess.CalledProcessError` if Lighthouse fails.
    """
    chromium = chromiums.find() or ""
    flags = " ".join(["--headless=new", *chromiums.FLAGS, LOOPBACK])
    command = ["node", str(script), address, "--output=json", "--output-path=stdout", "--quiet"]
    command += [f"--only-categories={','.join(CATEGORIES)}", "--no-enable-error-reporting", *FORMS[form]]
    done = subprocess.run(
        [*command, f"--chrome-flags={flags}"],
        cwd=script.parent,
        env={**os.environ, "CHROME_PATH": chromium, "CI": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        timeout=300,
    )
    result = json.loads(done.stdout)
    audits, categories = result["audits"], result["categories"]
    failed = {
        f"{audit}: {audits[audit]['title']}"
        for name in CATEGORIES[1:]
        for audit in (reference["id"] for reference in categories[name]["auditRefs"] if reference["weight"])
        if audits[audit]["score"] is not None and audits[audit]["score"] < 1
    }
    return Verdict(
        {name: round(100 * (categories[name]["score"] or 0)) for name in CATEGORIES},
        {name: float(audits[name].get("numericValue", 0)) for name in TIMES},
        tuple(sorted(failed)),
    )


def medians(verdicts: Sequence[Verdict]) -> tuple[dict[str, int], dict[str, float]]:
    """Return the median of each score and of each time over several runs.

    >>> one, two = (Verdict({"seo": n}, {"first-contentful-paint": n * 10.0}, ()) for n in (98, 100))
    >>> medians([one, two, two])
    ({'seo': 100}, {'first-contentful-paint': 1000.0})
    """
    scores = {name: round(statistics.median(v.scores[name] for v in verdicts)) for name in verdicts[0].scores}
    return scores, {name: statistics.median(v.times[name] for v in verdicts) for name in verdicts[0].times}


# -- the two sites to compare ----------------------------------------------------------------------------------------------


def run(command: Sequence[str], folder: Path) -> None:
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env=environment)
    if done.returncode:
        sys.exit(f"{' '.join(command)}\n{done.stdout}{done.stderr}")


def sites(folder: Path, *, planned: bool) -> dict[str, Path]:
    """Build our site in a copy of the project, and the same pages with MkDocs Material alone; return both site folders.

    The report is the invented one if `planned`, else the project's own.
    """
    project = folder / "project"
    for part in TAKEN:
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, project / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / part, project / part)
    if planned:
        planned_report.put_alone(project)
    run([sys.executable, "build.py", "--quiet"], project)
    plain = folder / "plain"
    shutil.copytree(project / "docs", plain / "docs", ignore=shutil.ignore_patterns("*.js", "*.css"))
    (plain / "mkdocs.yml").write_text(PLAIN, encoding="utf-8")
    run([sys.executable, "-m", "mkdocs", "build", "--quiet"], plain)
    return {"workreport": project / "site", "plain Material": plain / "site"}


def measure(script: Path, pages: Mapping[str, str], bases: Mapping[str, str], rounds: int) -> bool:
    """Print the medians of each page (paths by name) on each site (addresses by name), and whether ours reach `LEAST`."""
    held = True
    for page, path in pages.items():
        for form in FORMS:
            runs: dict[str, list[Verdict]] = {site: [] for site in bases}
            for _ in range(rounds):
                for site, base in bases.items():
                    runs[site].append(ask(script, base + path, form))
            for site, verdicts in runs.items():
                scores, times = medians(verdicts)
                points = " | ".join(str(scores[category]) for category in CATEGORIES)
                took = " | ".join(f"{times[time]:.0f} ms" for time in TIMES)
                print(f"| {page} | {form} | {site} | {points} | {took} |", flush=True)
                for failed in sorted({f for v in verdicts for f in v.failed}):
                    print(f"  {site}, {page}, {form}: {failed}", file=sys.stderr)
                if site == "workreport" and any(scores[key] < least for key, least in LEAST.items()):
                    held = False
    return held


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="how often each page is measured (default: 5)")
    parser.add_argument("--only", choices=["workreport"], help="do not measure the plain Material site")
    arguments = parser.parse_args()
    if lacking := missing():
        sys.exit(lacking)
    held = True
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "npm").mkdir()
        script = install(folder / "npm")
        print("| page | form | site | performance | accessibility | best practices | SEO | FCP | LCP | TBT |")
        print("|---|---|---|---|---|---|---|---|---|---|")
        for pages, planned in ((PAGES, False), (PLANNED, True)):
            made = sites(folder / ("planned" if planned else "own"), planned=planned)
            with compressed(made["workreport"]) as ours, compressed(made["plain Material"]) as plain:
                bases = {"workreport": ours} if arguments.only else {"workreport": ours, "plain Material": plain}
                held &= measure(script, pages, bases, arguments.rounds)
    print(f"median of {arguments.rounds}; at least {LEAST}: {'held' if held else 'NOT HELD'}")
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
