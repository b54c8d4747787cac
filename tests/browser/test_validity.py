"""Tests of valid HTML and JavaScript: vnu and html-validate on every page, acorn on every script, nothing newer than Chrome 90.

Knows which JavaScript is too new. Leaves accessibility to `test_access`.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.site_pages import page_files
from workreport.website.pages import assets

SCRIPTS = {name: text for name, text in assets.load(ROOT / "templates" / "assets").items() if name.endswith(".js")}
# JavaScript that Chrome 90 does not know. The browsers of WeChat, 360 and UOS are as old as that.
NEWER = re.compile(
    r"\.(?:at|findLast|findLastIndex|toSorted|toReversed|toSpliced|with|groupBy|replaceChildren\w+)\("
    r"|Object\.(?:hasOwn|groupBy)\(|structuredClone\(|Array\.fromAsync|\.showPopover\(|startViewTransition|\|\|=|&&=|\?\?="
)


@pytest.mark.parametrize("script", SCRIPTS)
def test_page_script_uses_no_javascript_newer_than_chrome_90(script: str) -> None:
    assert NEWER.findall(SCRIPTS[script]) == []


def test_javascript_newer_than_chrome_90_is_recognized() -> None:
    for line in ("a.at(-1)", "x ??= 1", "Object.hasOwn(a, b)", "list.findLast(f)"):
        assert NEWER.search(line), line


def test_npm_lock_file_has_hashes_and_no_registry_address() -> None:
    text = (ROOT / "tests" / "npm" / "package-lock.json").read_text(encoding="utf-8")
    packages = json.loads(text)["packages"]
    assert '"resolved"' not in text
    assert "://" not in text
    assert all(known.get("integrity") for name, known in packages.items() if name)


@pytest.mark.long
def test_vnu_and_html_validate_find_no_error_in_any_page(built_site: Path, planned_site: Path, npm: Path) -> None:
    """The project's own report has no list of promises; the planned one has."""
    promises = [path for path in page_files(planned_site) if path.parent.name == "promises"]
    assert promises
    pages = sorted(map(str, [*page_files(built_site), *promises]))
    assert len(pages) > 15
    java = shutil.which("java")
    if java is None:
        pytest.skip("Java is not installed; on Debian: apt install default-jre-headless")
    jar = npm / "vnu-jar" / "build" / "dist" / "vnu.jar"
    vnu = subprocess.run([java, "-jar", str(jar), "--errors-only", *pages], capture_output=True, text=True, check=False)
    assert (vnu.returncode, vnu.stderr) == (0, "")
    (npm.parent / ".htmlvalidate.json").write_text('{"root": true, "extends": ["html-validate:standard"]}', encoding="utf-8")  # fmt: skip
    validate = npm / ".bin" / "html-validate"
    bad = npm.parent / "bad.html"
    bad.write_text("<!doctype html><html><body><p><div></p></body></html>", encoding="utf-8")
    assert (
        subprocess.run(
            [validate, "--config", ".htmlvalidate.json", bad], cwd=npm.parent, capture_output=True, check=False
        ).returncode
        == 1
    )
    done = subprocess.run(
        [validate, "--config", ".htmlvalidate.json", *pages],
        cwd=npm.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:]


@pytest.mark.long
@pytest.mark.parametrize("script", SCRIPTS)
def test_page_script_parses_as_es2020(script: str, npm: Path, tmp_path: Path) -> None:
    (tmp_path / script).write_text(SCRIPTS[script], encoding="utf-8")
    done = subprocess.run(
        [npm / ".bin" / "acorn", "--ecma2020", "--silent", tmp_path / script],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
