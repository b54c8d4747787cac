"""Tests what a build of unchanged reports imports: modules that read reports take longer to import than its pages to make."""

from __future__ import annotations

import subprocess
import sys

from tests.conftest import ROOT

READERS = ("workreport.analysis", "workreport.ingest", "workreport.website.pages", "workreport.build.compose")
LIGHT = {
    "workreport.analysis",
    "workreport.analysis.toml_slips",  # slips in site.toml
    "workreport.ingest",
    "workreport.ingest.plain_files",
    "workreport.build.compose_cache",
}
"""What is imported all the same: packages without code of their own, and modules that any command needs."""


def test_order_of_a_build_is_imported_without_the_modules_that_read_reports_and_write_pages() -> None:
    code = "import sys, workreport.build.outputs; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    imported = {name for name in done.stdout.split() if name.startswith(READERS)}
    assert imported <= LIGHT, imported - LIGHT
    assert "workreport.website.finishing" in done.stdout.split()
