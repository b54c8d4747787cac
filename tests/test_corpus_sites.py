"""Three long reports as whole sites: links, text and requests hold there as for the first report."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.long

NAMES = ("province-guangdong-2026", "province-hainan-2026", "state-guowuyuan-2024-wikisource")


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "workreport", *arguments], cwd=folder, capture_output=True, text=True, encoding="utf-8",
        check=False, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip


@pytest.mark.browser
@pytest.mark.parametrize("name", NAMES)
def test_a_long_report_becomes_a_sound_site(shared: Path, tmp_path: Path, browser: object, name: str) -> None:
    added = run(tmp_path, "add", str(shared / "corpus" / f"{name}.txt"))
    assert added.returncode == 0, added.stderr
    built = run(tmp_path, "build", "--quiet")
    assert built.returncode == 0, built.stderr
    checked = run(tmp_path, "check")
    assert checked.returncode == 0, checked.stderr

    slug = next(p for p in (tmp_path / "reports").iterdir() if p.is_dir()).name
    text = (tmp_path / "site" / slug / "download" / "text.txt").read_text(encoding="utf-8")
    asked: list[str] = []
    context = browser.new_context()  # type: ignore[attr-defined]
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.goto((tmp_path / "site" / slug / "text" / "index.html").as_uri())
    shown = page.evaluate(
        "() => { document.querySelectorAll('details').forEach(d => d.open = true);"
        " return [...document.querySelectorAll('[data-text]')].map(e => e.innerText).join('') }"
    )
    context.close()
    assert "".join(shown.split()) == "".join(text.split())
    assert all(url.startswith("file:") for url in asked)
