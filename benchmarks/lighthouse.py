"""What Lighthouse says of the pages on a phone and on a desk, beside a plain Material site of the same texts; one run.

Knows how to serve a folder as a host does (compressed, kept by the browser) and how to ask Lighthouse several times
in turns. Leaves the limits to the issue that set them, and what the pages are to the build. Needs Node.js with npm and
a Chromium; Lighthouse itself is installed for this run only, and asks no host but this machine.
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
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tools import browser as chromiums  # noqa: E402

LOCK = ROOT / "tests" / "lighthouse"
REPORT = "gongshu-2024"
PAGES = {
    "front": "index.html",
    "section": f"{REPORT}/1/8/index.html",
    "indicators": f"{REPORT}/indicators/index.html",
}
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


# -- a folder, served as a host does -------------------------------------------------------------------------------------


class Compressed(BaseHTTPRequestHandler):
    """Serves a folder: texts compressed, every answer told how long it may be kept."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *arguments: object, folder: Path) -> None:
        self.folder = folder
        super().__init__(*arguments)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        asked = (self.folder / unquote(urlsplit(self.path).path).lstrip("/")).resolve()
        file = asked / "index.html" if asked.is_dir() else asked
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
        """Say nothing: the table is enough."""


class Host(ThreadingHTTPServer):
    """Serves each request in a thread of its own."""

    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a browser that hung up; all else is told as ever."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


@contextmanager
def compressed(folder: Path) -> Iterator[str]:
    """The address under which that folder is served on this machine, e.g. http://127.0.0.1:40123/."""
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
    """One run: a score of 0 to 100 for each of CATEGORIES, milliseconds for each of TIMES, the audits below full marks."""

    scores: dict[str, int]
    times: dict[str, float]
    failed: tuple[str, ...]


def missing() -> str:
    """What stands in the way of a run; "" where nothing does."""
    if not (shutil.which("node") and shutil.which("npm")):
        return "no Node.js with npm: install it (Debian: apt install nodejs npm)"
    return "" if chromiums.find() else chromiums.ADVICE


def install(folder: Path) -> Path:
    """Lighthouse as the lock file names it, put into that folder; gives the script to run.

    Raises `subprocess.CalledProcessError` where npm cannot.
    """
    for name in ("package.json", "package-lock.json"):
        shutil.copy(LOCK / name, folder / name)
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
    subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True, timeout=600)
    return folder / "node_modules" / "lighthouse" / "cli" / "index.js"


def ask(script: Path, address: str, form: str) -> Verdict:
    """One run of Lighthouse on the page at that address, as a phone or a desk.

    Raises `subprocess.CalledProcessError` where Lighthouse itself fails.
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
    told = json.loads(done.stdout)
    audits, categories = told["audits"], told["categories"]
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
    """The median of each score and of each time.

    >>> one, two = (Verdict({"seo": n}, {"first-contentful-paint": n * 10.0}, ()) for n in (98, 100))
    >>> medians([one, two, two])
    ({'seo': 100}, {'first-contentful-paint': 1000.0})
    """
    scores = {name: round(statistics.median(v.scores[name] for v in verdicts)) for name in verdicts[0].scores}
    return scores, {name: statistics.median(v.times[name] for v in verdicts) for name in verdicts[0].times}


# -- the two sites ---------------------------------------------------------------------------------------------------------


def run(command: Sequence[str], folder: Path) -> None:
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env=environment)
    if done.returncode:
        sys.exit(f"{' '.join(command)}\n{done.stdout}{done.stderr}")


def sites(folder: Path) -> dict[str, Path]:
    """Our site, built in a copy of the project, and what Material alone makes of the same pages."""
    project = folder / "project"
    for part in TAKEN:
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, project / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / part, project / part)
    run([sys.executable, "build.py", "--quiet"], project)
    plain = folder / "plain"
    shutil.copytree(project / "docs", plain / "docs", ignore=shutil.ignore_patterns("*.js", "*.css"))
    (plain / "mkdocs.yml").write_text(PLAIN, encoding="utf-8")
    run([sys.executable, "-m", "mkdocs", "build", "--quiet"], plain)
    return {"workreport": project / "site", "plain Material": plain / "site"}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="how often each page is asked (default 5)")
    parser.add_argument("--only", choices=["workreport"], help="leave the plain site out")
    arguments = parser.parse_args()
    if lacking := missing():
        sys.exit(lacking)
    held = True
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "npm").mkdir()
        script = install(folder / "npm")
        made = sites(folder)
        print("| page | form | site | performance | accessibility | best practices | SEO | FCP | LCP | TBT |")
        print("|---|---|---|---|---|---|---|---|---|---|")
        with compressed(made["workreport"]) as ours, compressed(made["plain Material"]) as plain:
            bases = {"workreport": ours} if arguments.only else {"workreport": ours, "plain Material": plain}
            for page, path in PAGES.items():
                for form in FORMS:
                    heard: dict[str, list[Verdict]] = {site: [] for site in bases}
                    for _ in range(arguments.rounds):
                        for site, base in bases.items():
                            heard[site].append(ask(script, base + path, form))
                    for site, verdicts in heard.items():
                        scores, times = medians(verdicts)
                        told = " | ".join(str(scores[category]) for category in CATEGORIES)
                        took = " | ".join(f"{times[time]:.0f} ms" for time in TIMES)
                        print(f"| {page} | {form} | {site} | {told} | {took} |", flush=True)
                        for failed in sorted({f for v in verdicts for f in v.failed}):
                            print(f"  {site}, {page}, {form}: {failed}", file=sys.stderr)
                        if site == "workreport" and any(scores[key] < least for key, least in LEAST.items()):
                            held = False
    print(f"median of {arguments.rounds}; at least {LEAST}: {'held' if held else 'NOT HELD'}")
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
