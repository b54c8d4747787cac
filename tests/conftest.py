"""Fixtures and helpers for all tests, and the rule that in CI a skipped test fails the run.

Knows how to copy and build the project, serve a folder, start a browser and install npm packages. Leaves every assertion
about the program to the tests.
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

from tests import planned_report, planned_years

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parent.parent
ALLOWED_SKIPS = Path(__file__).resolve().parent / "allowed-skips.txt"
SUBPATH = "/any/sub/path/"
collect_ignore_glob = ["files/*", "books/*"]  # test data and the scripts that generated it hold no tests
LEFT_OUT = {
    ".git", ".venv", ".venv-zensical", ".venv-validators", ".venv-citations", ".venv-recognizers", ".workreport",
    "site", "archive", "dist", "build", "wheelhouse",
}  # fmt: skip
"""Folders in the project's root that `copy_project` does not copy: outputs, caches and environments."""


# -- with CI=true a skipped test fails the run, unless tests/allowed-skips.txt lists it with a reason ---------------


def allowed_skips(text: str) -> dict[str, str]:
    """Parse tests/allowed-skips.txt: return a dict from node id pattern to reason. A line without a reason is an error.

    >>> allowed_skips("# a note\\ntests/test_a.py::test_b | no such device here\\n")
    {'tests/test_a.py::test_b': 'no such device here'}
    """
    allowed: dict[str, str] = {}
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        pattern, _, reason = (part.strip() for part in line.partition(" | "))
        if not reason:
            raise pytest.UsageError(f"tests/allowed-skips.txt: the line of {pattern!r} gives no reason after ' | '")
        allowed[pattern] = reason
    return allowed


class Skips:
    """A pytest plugin: collects skipped tests that no pattern in `allowed` matches, and fails the run if there are any."""

    def __init__(self, allowed: dict[str, str]) -> None:
        self.allowed = allowed
        self.refused: list[tuple[str, str]] = []

    def keep(self, report: pytest.TestReport | pytest.CollectReport) -> None:
        """Add a skipped test or module to `refused`, unless `allowed` matches it. Expected failures (xfail) do not count."""
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
            terminalreporter.section(
                "skipped tests fail a run in CI unless tests/allowed-skips.txt lists them", red=True
            )
            for nodeid, why in self.refused:
                terminalreporter.write_line(f"{nodeid}: {why}")


def pytest_configure(config: pytest.Config) -> None:
    os.environ["LC_ALL"] = "C.UTF-8"  # messages are in Chinese unless the locale is English
    # Workers of pytest-xdist (they have `workerinput`) forward their reports to the main process, which counts them.
    if os.environ.get("CI") == "true" and not hasattr(config, "workerinput"):
        allowed = allowed_skips(ALLOWED_SKIPS.read_text(encoding="utf-8")) if ALLOWED_SKIPS.is_file() else {}
        config.pluginmanager.register(Skips(allowed), "workreport-skips")


# -- marks that decide whether `make quick`, `make test` or `make test-all` runs a test -----------------------------

NEEDS = {
    "browser": {"browser", "chromium", "in_firefox"},
    "site": {"built_project", "built_site", "planned_site", "project_copy", "years_site"},
    "long": {"shared", "npm", "in_firefox"},
}
"""Mark to fixtures: a test that uses one of these fixtures gets the mark automatically."""


RERUN = pytest.mark.flaky(reruns=2)
"""A browser is a process of its own, and a busy machine can starve it: a test in one has three tries, as Playwright's own
runner gives it in CI. A try that failed is counted as `rerun` in the last line of the run; no other test has a second try."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Add the marks in `NEEDS` to the tests, and move modules with such tests to the front.

    These modules are slow: run last, they would keep one worker busy while the others are idle.
    """
    heavy: set[Path] = set()
    for item in items:
        for mark, fixtures in NEEDS.items():
            if fixtures & set(getattr(item, "fixturenames", ())):
                item.add_marker(mark)
        if item.get_closest_marker("browser"):
            item.add_marker(RERUN)
        if any(item.get_closest_marker(mark) for mark in NEEDS):
            heavy.add(item.path)
    items.sort(key=lambda item: item.path not in heavy)


def sampled(values: Iterable[Any], every: int) -> list[Any]:
    """Return test parameters: the 1st, (1 + `every`)th, … unmarked for `make test`, the rest marked `long` for `make test-all`.

    >>> [bool(parameter.marks) for parameter in sampled("abcd", 3)]
    [False, True, True, False]
    """
    rows = (value if isinstance(value, tuple) else (value,) for value in values)
    return [pytest.param(*row, marks=[pytest.mark.long] if k % every else []) for k, row in enumerate(rows)]


# -- folders --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real reports and their labels, named by WORKREPORT_SHARED; without the variable the test is skipped."""
    named = os.environ.get("WORKREPORT_SHARED")
    if not named:
        pytest.skip("WORKREPORT_SHARED is not set")
    folder = Path(named).resolve()
    if not folder.is_dir():
        pytest.fail(f"WORKREPORT_SHARED is not a folder: {named}")
    return folder


def copy_project(target: Path) -> Path:
    """Copy the project to `target`, without outputs, environments and caches; return `target`."""

    def left_out(folder: str, names: list[str]) -> set[str]:
        cached = {name for name in names if name == "__pycache__" or (name.startswith(".") and "cache" in name)}
        return cached | (LEFT_OUT if Path(folder) == ROOT else set())

    shutil.copytree(ROOT, target, ignore=left_out, symlinks=True)
    return target


def run_build(project: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `python build.py …` in the folder `project` and return the process with stdout and stderr. A failure is no error."""
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
    """Run `build.py` like `run_build` and return the site folder. If the build fails, the test fails with its output."""
    done = run_build(project, *arguments, **environment)
    assert done.returncode == 0, f"build.py {' '.join(arguments)}: exit {done.returncode}\n{done.stdout}\n{done.stderr}"
    return project / "site"


@pytest.fixture(scope="session")
def project_copy(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """A function that makes a fresh copy of the project in a temporary folder; its argument becomes part of that folder's name."""

    def copy(name: str) -> Path:
        return copy_project(tmp_path_factory.mktemp(name) / "project")

    return copy


def once_a_run(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """Return the folder that `make` filled once in this test run.

    The first worker that needs the folder calls `make`; the others wait and then use the same folder. No test may change it.
    """
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
    """A copy of the project with docs/, site/ and archive/ built, once per test run. No test may change it."""

    def make(folder: Path) -> None:
        must_build(copy_project(folder / "project"), "--quiet")

    return once_a_run(tmp_path_factory, "built", make) / "project"


@pytest.fixture(scope="session")
def built_site(built_project: Path) -> Path:
    """The finished site of the project's own reports. No test may change it."""
    return built_project / "site"


@pytest.fixture(scope="session")
def planned_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The finished site of the invented report of `planned_report`, which has a list of promises. No test may change it."""

    def make(folder: Path) -> None:
        project = copy_project(folder / "project")
        planned_report.put_alone(project)
        site = must_build(project, "--only", "site", "--quiet")
        (site / "favicon.ico").touch()  # Chromium asks the host for one where a site has no pictures

    return once_a_run(tmp_path_factory, "planned", make) / "project" / "site"


@pytest.fixture(scope="session")
def years_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The finished site of the invented reports of `planned_years`, with verdicts, and its data. No test may change it."""

    def make(folder: Path) -> None:
        planned_years.put_alone(project := copy_project(folder / "project"), "verdicts = true\n")
        (must_build(project, "--only", "site", "--quiet") / "favicon.ico").touch()

    return once_a_run(tmp_path_factory, "years", make) / "project" / "site"


# -- servers --------------------------------------------------------------------------------------------------------


class Handler(SimpleHTTPRequestHandler):
    """Serves a folder under a URL prefix, like a website in a subpath; any address outside the prefix is a 404."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *arguments: object, prefix: str, directory: str) -> None:
        self.prefix = prefix
        super().__init__(*arguments, directory=directory)  # type: ignore[arg-type]

    def translate_path(self, path: str) -> str:
        if not path.startswith(self.prefix):
            return os.path.join(self.directory, "no such page")  # noqa: PTH118
        return super().translate_path("/" + path.removeprefix(self.prefix))

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002
        """Log nothing, to keep the output of the tests readable."""


@contextmanager
def serving(folder: Path, prefix: str = "/") -> Iterator[str]:
    """Serve a folder on this machine inside a `with` block; gives its address, e.g. http://127.0.0.1:40123/any/sub/path/."""
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
    """A function that serves a folder until the test run ends: `site_http(folder)` or `site_http(folder, SUBPATH)` returns the URL."""
    with ExitStack() as stack:

        def serve(folder: Path, prefix: str = "/") -> str:
            return stack.enter_context(serving(folder, prefix))

        yield serve


# -- browser --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of an installed Chromium; without one the test is skipped."""
    from tools.browser import ADVICE, find

    path = find()
    if path is None:
        pytest.skip(ADVICE)
    return path


@pytest.fixture(scope="session")
def browser(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A running headless Chromium, shared by all tests of a worker, so each test should open its own context.

    Playwright's flags and ours (`tools.browser.FLAGS`) are set.
    """
    from playwright.sync_api import sync_playwright

    from tools.browser import FLAGS

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, headless=True, args=list(FLAGS))
        yield running
        running.close()


# -- npm packages, installed into a temporary folder for one test run -----------------------------------------------


def npm_install(lock: Path, folder: Path) -> Path:
    """Install the `package-lock.json` of the folder `lock` into `folder` and return its node_modules.

    Install scripts of packages do not run. Without Node.js and npm the test is skipped.
    """
    if not (shutil.which("node") and shutil.which("npm")):
        pytest.skip("Node.js and npm are not installed (Debian: apt install nodejs npm)")
    for name in ("package.json", "package-lock.json"):
        shutil.copy(lock / name, folder / name)
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=600)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "node_modules"


@pytest.fixture(scope="session")
def npm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The node_modules folder with the packages of tests/npm, which check finished pages."""
    made = once_a_run(tmp_path_factory, "npm", lambda folder: npm_install(ROOT / "tests" / "npm", folder))
    return made / "node_modules"


@pytest.fixture(scope="session")
def in_firefox(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Any]:
    """A function that runs a Node.js script of tests/firefox, which drives Firefox with a new profile.

    `in_firefox("search.mjs", order)` passes `order` to the script as JSON and returns the JSON that the script prints.
    Without Firefox the test is skipped.
    """
    path = shutil.which("firefox-esr") or shutil.which("firefox")
    if path is None:
        pytest.skip("Firefox is not installed (Debian: apt install firefox-esr)")

    def make(folder: Path) -> None:
        npm_install(ROOT / "tests" / "firefox", folder)
        for script in sorted((ROOT / "tests" / "firefox").glob("*.mjs")):
            shutil.copy(script, folder / script.name)

    folder = once_a_run(tmp_path_factory, "firefox", make)

    def run(script: str, order: Mapping[str, object], seconds: int = 500) -> Any:
        given = json.dumps({"firefox": path, "profile": str(tmp_path_factory.mktemp("profile")), **order})
        done = subprocess.run(
            ["node", script], cwd=folder, input=given, capture_output=True, text=True, check=False, timeout=seconds
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return run
