"""Tests of the test setup itself: the rule on skipped tests in conftest.py, the test server and the browser.

Knows how to run pytest with conftest.py on a small suite. Leaves the program to the other tests.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest

CONFTEST = Path(__file__).parents[1] / "conftest.py"

SUITE = """
import pytest

def test_runs(): pass

@pytest.mark.skip(reason="no moon tonight")
def test_skipped(): pass

@pytest.mark.xfail(reason="known")
def test_known(): assert False
"""
MODULE = 'import pytest\npytest.skip("no sun today", allow_module_level=True)\n'


def run_suite(folder: Path, ci: str, allowed: str, *options: str, **files: str) -> subprocess.CompletedProcess[str]:
    """Run pytest with this project's conftest.py on a small suite in `folder`.

    `ci` is the value of the variable CI, `allowed` the text of allowed-skips.txt, `files` module names with their source.
    """
    (folder / "tests").mkdir()
    shutil.copy(CONFTEST, folder / "tests")
    (folder / "tests" / "allowed-skips.txt").write_text(allowed, encoding="utf-8")
    for name, text in files.items():
        (folder / "tests" / f"{name}.py").write_text(text, encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--rootdir", str(folder), *options, "tests"],
        cwd=folder,
        env={**os.environ, "CI": ci},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.long
def test_skipped_test_fails_the_run_in_ci_and_is_listed_with_its_reason(tmp_path: Path) -> None:
    done = run_suite(tmp_path, "true", "", test_a=SUITE)
    assert done.returncode == 1, done.stdout
    assert "test_skipped: " in done.stdout
    assert "no moon tonight" in done.stdout
    assert "1 passed, 1 skipped, 1 xfailed" in done.stdout.splitlines()[-1]


@pytest.mark.long
def test_module_skipped_at_import_fails_the_run_in_ci(tmp_path: Path) -> None:
    done = run_suite(tmp_path, "true", "tests/test_a.py::test_skipped | allowed here\n", test_a=SUITE, test_b=MODULE)
    assert done.returncode == 1, done.stdout
    assert "no sun today" in done.stdout
    assert "test_skipped: " not in done.stdout


@pytest.mark.long
def test_run_with_two_workers_reports_skips_and_failures_of_both(tmp_path: Path) -> None:
    broken = "def test_broken(): assert 1 == 2\n"
    skips = run_suite(tmp_path, "true", "", "-n", "2", test_a=SUITE, test_b=MODULE)
    assert skips.returncode == 1, skips.stdout
    assert "test_skipped: " in skips.stdout
    assert "no sun today" in skips.stdout
    shutil.rmtree(tmp_path / "tests")
    failure = run_suite(tmp_path, "", "", "-n", "2", test_a=SUITE, test_b=broken)
    assert failure.returncode == 1, failure.stdout
    assert "test_b.py::test_broken" in failure.stdout
    shutil.rmtree(tmp_path / "tests")
    allowed = "tests/test_a.py::test_sk* | the moon is not ours to order\n"
    assert run_suite(tmp_path, "true", allowed, "-n", "2", test_a=SUITE).returncode == 0


@pytest.mark.long
def test_skip_listed_in_allowed_skips_does_not_fail_the_run_in_ci(tmp_path: Path) -> None:
    allowed = "# moons\ntests/test_a.py::test_sk* | the moon is not ours to order\n"
    done = run_suite(tmp_path, "true", allowed, test_a=SUITE)
    assert done.returncode == 0, done.stdout


@pytest.mark.long
def test_skipped_test_does_not_fail_the_run_outside_ci(tmp_path: Path) -> None:
    assert run_suite(tmp_path, "", "", test_a=SUITE).returncode == 0


@pytest.mark.long
def test_line_of_allowed_skips_without_a_reason_is_a_usage_error(tmp_path: Path) -> None:
    done = run_suite(tmp_path, "true", "tests/test_a.py::test_skipped\n", test_a=SUITE)
    assert done.returncode == 4
    assert "gives no reason" in done.stdout + done.stderr


def test_site_server_serves_its_subpath_and_answers_404_elsewhere(tmp_path: Path, site_http) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "page.html").write_text("here", encoding="utf-8")
    address = site_http(tmp_path, "/any/sub/path/")
    with urllib.request.urlopen(address + "page.html") as answer:
        assert answer.read() == b"here"
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(address.replace("/any/sub/path/", "/page.html"))


def test_browser_tool_without_chromium_fails_with_one_line_naming_the_package() -> None:
    done = subprocess.run(
        [sys.executable, "tools/browser.py"],
        cwd=CONFTEST.parent.parent,
        env={**os.environ, "WORKREPORT_CHROMIUM": "no such browser"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert "apt install chromium" in done.stderr


@pytest.mark.browser
def test_chromium_starts_and_a_page_keeps_its_chinese_text(browser) -> None:  # type: ignore[no-untyped-def]
    page = browser.new_page()
    page.set_content("<p>政府工作报告</p>")
    assert page.inner_text("p") == "政府工作报告"
    page.close()
