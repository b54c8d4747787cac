"""What tests share: the reference folder, a built site, a browser, small servers, and the rule on skipped tests.

Knows how to set a scene; leaves every claim about the program to the tests.
"""

from __future__ import annotations

import fnmatch
import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from filelock import FileLock

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parent.parent
ALLOWED_SKIPS = Path(__file__).resolve().parent / "allowed-skips.txt"
SUBPATH = "/any/sub/path/"
collect_ignore_glob = ["files/*", "books/*"]  # what tests read, and the scripts that made it
LEFT_OUT = {
    ".git",
    ".venv",
    ".venv-zensical",
    ".venv-validators",
    ".venv-recognizers",
    ".workreport",
    "site",
    "archive",
    "dist",
    "build",
}


# -- where CI=true, a skipped test is a failure, except those listed with a reason ----------------------------------


def allowed_skips(text: str) -> dict[str, str]:
    """Node id pattern to reason; a line without a reason is an error.

    >>> allowed_skips("# a note\\ntests/test_a.py::test_b | no such device here\\n")
    {'tests/test_a.py::test_b': 'no such device here'}
    """
    allowed: dict[str, str] = {}
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        pattern, _, reason = (part.strip() for part in line.partition(" | "))
        if not reason:
            raise pytest.UsageError(f"tests/allowed-skips.txt: no reason stands behind {pattern!r}")
        allowed[pattern] = reason
    return allowed


class Skips:
    """Keeps what was skipped, and lets the run fail for what may not be."""

    def __init__(self, allowed: dict[str, str]) -> None:
        self.allowed = allowed
        self.refused: list[tuple[str, str]] = []

    def keep(self, report: pytest.TestReport | pytest.CollectReport) -> None:
        if not report.skipped or hasattr(report, "wasxfail"):
            return
        if any(fnmatch.fnmatchcase(report.nodeid, pattern) for pattern in self.allowed):
            return
        why = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        self.refused.append((report.nodeid, why))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.keep(report)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        self.keep(report)

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if self.refused and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if self.refused:
            terminalreporter.section("skipped, and in CI that is a failure (tests/allowed-skips.txt)", red=True)
            for nodeid, why in self.refused:
                terminalreporter.write_line(f"{nodeid}: {why}")


def pytest_configure(config: pytest.Config) -> None:
    if os.environ.get("CI") == "true" and not hasattr(
        config, "workerinput"
    ):  # xdist's workers tell the one that counts
        allowed = allowed_skips(ALLOWED_SKIPS.read_text(encoding="utf-8")) if ALLOWED_SKIPS.is_file() else {}
        config.pluginmanager.register(Skips(allowed), "workreport-skips")


# -- three tiers: make quick, make test, make test-all --------------------------------------------------------------

NEEDS = {
    "browser": {"browser", "chromium", "in_firefox"},
    "site": {"built_project", "built_site", "project_copy"},
    "long": {"shared", "npm", "in_firefox"},
}
"""Marks that a test has by itself, for the fixtures that it asks for."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a browser or a built site, and put its modules first, so that no worker has them alone at the end."""
    heavy: set[Path] = set()
    for item in items:
        for mark, fixtures in NEEDS.items():
            if fixtures & set(getattr(item, "fixturenames", ())):
                item.add_marker(mark)
        if any(item.get_closest_marker(mark) for mark in NEEDS):
            heavy.add(item.path)
    items.sort(key=lambda item: item.path not in heavy)


def sampled(values: Iterable[Any], every: int) -> list[Any]:
    """Parameters of a test: each nth of them for `make test`, the others for `make test-all` only.

    >>> [bool(parameter.marks) for parameter in sampled("abcd", 3)]
    [False, True, True, False]
    """
    return [pytest.param(v, marks=[pytest.mark.long] if k % every else []) for k, v in enumerate(values)]


# -- folders --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real reports and labels, which the project itself never needs."""
    named = os.environ.get("WORKREPORT_SHARED")
    if not named:
        pytest.skip("WORKREPORT_SHARED is not set")
    folder = Path(named).resolve()
    if not folder.is_dir():
        pytest.fail(f"WORKREPORT_SHARED names no folder: {named}")
    return folder


def copy_project(target: Path) -> Path:
    """A copy of the project without outputs, environments and caches."""

    def left_out(folder: str, names: list[str]) -> set[str]:
        cached = {name for name in names if name == "__pycache__" or (name.startswith(".") and "cache" in name)}
        return cached | (LEFT_OUT if Path(folder) == ROOT else set())

    shutil.copytree(ROOT, target, ignore=left_out, symlinks=True)
    return target


def run_build(project: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """`python build.py …` in that folder, with what it says on stdout and stderr; it may fail."""
    return subprocess.run(
        [sys.executable, "build.py", *arguments],
        cwd=project,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=600,
        check=False,
    )


def must_build(project: Path, *arguments: str, **environment: str) -> Path:
    """As `run_build`, and a failure fails the test with what the build said. Gives the finished site."""
    done = run_build(project, *arguments, **environment)
    assert done.returncode == 0, f"build.py {' '.join(arguments)}: exit {done.returncode}\n{done.stdout}\n{done.stderr}"
    return project / "site"


@pytest.fixture(scope="session")
def project_copy(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Gives fresh copies of the project, each in a folder of that name."""

    def copy(name: str) -> Path:
        return copy_project(tmp_path_factory.mktemp(name) / "project")

    return copy


def once_a_run(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """The folder that `make` fills, made by the first worker that asks for it and shared by all. Not to be changed."""
    base = factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / f"shared-{name}"
    done = folder.with_suffix(".done")
    with FileLock(folder.with_suffix(".lock")):
        if not done.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)
            done.touch()
    return folder


@pytest.fixture(scope="session")
def built_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project with everything built, once a run: docs/, site/ and archive/. Not to be changed."""

    def make(folder: Path) -> None:
        must_build(copy_project(folder / "project"), "--quiet")

    return once_a_run(tmp_path_factory, "built", make) / "project"


@pytest.fixture(scope="session")
def built_site(built_project: Path) -> Path:
    """The finished site of the project's own reports. Not to be changed."""
    return built_project / "site"


# -- servers --------------------------------------------------------------------------------------------------------


class Handler(SimpleHTTPRequestHandler):
    """Serves a folder under a prefix and nothing beside it, as a host under a subpath does."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *arguments: object, prefix: str, directory: str) -> None:
        self.prefix = prefix
        super().__init__(*arguments, directory=directory)  # type: ignore[arg-type]

    def translate_path(self, path: str) -> str:
        if not path.startswith(self.prefix):
            return os.path.join(self.directory, "no such page")  # noqa: PTH118
        return super().translate_path("/" + path.removeprefix(self.prefix))

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002
        """Say nothing: the tests' own words are enough."""


@contextmanager
def serving(folder: Path, prefix: str = "/") -> Iterator[str]:
    """The address under which that folder is served on this machine, e.g. http://127.0.0.1:40123/any/sub/path/."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, prefix=prefix, directory=str(folder)))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{prefix}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture(scope="session")
def site_http() -> Iterator[Callable[..., str]]:
    """Serves folders until the run ends: `site_http(folder)`, `site_http(folder, SUBPATH)` give the address."""
    with ExitStack() as stack:

        def serve(folder: Path, prefix: str = "/") -> str:
            return stack.enter_context(serving(folder, prefix))

        yield serve


# -- browser --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium."""
    from tools.browser import ADVICE, find

    path = find()
    if path is None:
        pytest.skip(ADVICE)
    return path


@pytest.fixture(scope="session")
def browser(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A running Chromium (Playwright's own flags and profile, and ours); make contexts of your own from it."""
    from playwright.sync_api import sync_playwright

    from tools.browser import FLAGS

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, headless=True, args=list(FLAGS))
        yield running
        running.close()


# -- what comes from npm, installed for the run only ----------------------------------------------------------------


def npm_install(lock: Path, folder: Path) -> Path:
    """node_modules of the `package-lock.json` in the folder `lock`, installed into `folder`; no script of a package runs."""
    if not (shutil.which("node") and shutil.which("npm")):
        pytest.skip("no Node.js with npm: install it (Debian: apt install nodejs npm)")
    for name in ("package.json", "package-lock.json"):
        shutil.copy(lock / name, folder / name)
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=600)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "node_modules"


@pytest.fixture(scope="session")
def npm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the checks of finished pages ask of npm (tests/npm)."""
    made = once_a_run(tmp_path_factory, "npm", lambda folder: npm_install(ROOT / "tests" / "npm", folder))
    return made / "node_modules"


@pytest.fixture(scope="session")
def in_firefox(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Any]:
    """Runs a script of tests/firefox in Firefox with a new profile: `in_firefox("search.mjs", order)` is what it tells."""
    path = shutil.which("firefox-esr") or shutil.which("firefox")
    if path is None:
        pytest.skip("no Firefox: install one (Debian: apt install firefox-esr)")

    def make(folder: Path) -> None:
        npm_install(ROOT / "tests" / "firefox", folder)
        for script in sorted((ROOT / "tests" / "firefox").glob("*.mjs")):
            shutil.copy(script, folder / script.name)

    folder = once_a_run(tmp_path_factory, "firefox", make)

    def run(script: str, order: Mapping[str, object], seconds: int = 500) -> Any:
        told = json.dumps({"firefox": path, "profile": str(tmp_path_factory.mktemp("profile")), **order})
        done = subprocess.run(
            ["node", script], cwd=folder, input=told, capture_output=True, text=True, check=False, timeout=seconds
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return run
