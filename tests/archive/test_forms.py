"""A build makes every archive form that is wanted; forms whose tools are missing are left out, with a warning before."""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT
from workreport.archive import signing, typesetting
from workreport.build import outputs, plan
from workreport.project import fonts, paths
from workreport.project.progress import no_progress
from workreport.verify import files, site

SLUG = "qingshan-2025"
ALONE = {f"{SLUG}.html", f"{SLUG}.epub", f"{SLUG}.pdf"}
"""The files of one report."""
SITE = {f"{SLUG}-offline.zip", f"{SLUG}-bag.zip"}
"""The files of all reports."""


@pytest.fixture
def small(project_copy: Callable[[str], Path]) -> Path:
    """A project with one short report."""
    project = project_copy("small")
    shutil.rmtree(project / "reports")
    place = project / "reports" / SLUG
    place.mkdir(parents=True)
    shutil.copyfile(ROOT / "tests/books/qingshan-2025.txt", place / "source.txt")
    return project


def build(project: Path, settings: str = "") -> list[str]:
    """Build the project with this text of site.toml; return the warnings."""
    (project / "site.toml").write_text(settings, encoding="utf-8")
    said: list[str] = []
    outputs.build(plan.BuildOrder(project), no_progress, said.append)
    return said


def made(project: Path) -> set[str]:
    """The names of the archive files; empty where there is no archive."""
    return {path.name for path in (project / "archive").iterdir()} if (project / "archive").is_dir() else set()


def pictures(project: Path) -> list[Path]:
    """The pictures of the report in the built site."""
    return sorted((project / "site" / SLUG / "picture").rglob("*.png"))


def test_build_makes_every_form_and_each_file_is_proven(small: Path) -> None:
    assert build(small) == []
    assert made(small) == ALONE | SITE | {"SHA256SUMS"}
    assert site.check(small) == ()
    for path in sorted((small / "archive").iterdir()):
        verdict = files.prove(path)
        assert verdict.code == 0, (path.name, verdict.problems)
    assert {path.name for path in pictures(small)} >= {"long.png", "poster.png"}


@pytest.mark.long
def test_form_switched_off_is_neither_made_nor_named(small: Path) -> None:
    assert build(small, "[archive]\nepub = false\nbag = false\nhtml = false\n") == []
    assert made(small) == {f"{SLUG}.pdf", f"{SLUG}-offline.zip", "SHA256SUMS"}
    page = (small / "site" / SLUG / "download" / "index.html").read_text(encoding="utf-8")
    assert f"{SLUG}.pdf" in page
    assert ".epub" not in page
    assert "-bag.zip" not in page


def test_site_without_archive_and_pictures_is_sound(small: Path) -> None:
    assert build(small, "[build]\narchive = false\npictures = false\n") == []
    assert made(small) == set()
    assert pictures(small) == []
    assert site.check(small) == ()


@pytest.mark.long
def test_no_archive_is_made_where_every_form_is_switched_off(small: Path) -> None:
    off = "".join(f"{form} = false\n" for form in ("zip", "html", "epub", "pdf", "bag"))
    assert build(small, f"[archive]\n{off}") == []
    assert made(small) == set()


@pytest.mark.long
def test_missing_fonts_leave_out_pictures_and_pdf(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "folders", lambda: ())
    (line,) = build(small)
    assert "图片和公文版式（.pdf）" in line
    assert fonts.HEI.brought_by in line
    assert made(small) == (ALONE - {f"{SLUG}.pdf"}) | SITE | {"SHA256SUMS"}
    assert pictures(small) == []
    assert site.check(small) == ()
    for page in sorted((small / "site").rglob("*.html")):
        text = page.read_text(encoding="utf-8")
        shown = re.findall(r'<(?:img|a|meta)\b[^>]*\b(?:src|href|content)="([^"]*\.png)"', text)
        assert [link for link in shown if "picture" in link] == [], page


@pytest.mark.long
@pytest.mark.parametrize("tool", ["typst", "fontTools", "segno"])
def test_missing_tool_leaves_out_pictures_and_pdf(small: Path, monkeypatch: pytest.MonkeyPatch, tool: str) -> None:
    find = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name, *more: None if name == tool else find(name, *more))
    monkeypatch.setitem(sys.modules, tool, None)  # makes its import fail
    (line,) = build(small, 'address = "https://www.example.gov.cn/gzbg/"\n')
    assert "图片和公文版式（.pdf）" in line
    assert f"pip install {dict(typesetting.TOOLS)[tool]}" in line
    assert made(small) == (ALONE - {f"{SLUG}.pdf"}) | SITE | {"SHA256SUMS"}
    assert site.check(small) == ()


def test_missing_fonts_are_reported_before_reports_are_read(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "folders", lambda: ())
    (small / "reports" / SLUG / "source.txt").write_bytes(b"")
    said: list[str] = []
    with pytest.raises(Exception, match="source"):
        outputs.build(plan.BuildOrder(small), no_progress, said.append)
    assert len(said) == 1


@pytest.mark.long
def test_build_of_pages_alone_needs_no_font(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "folders", lambda: ())
    said: list[str] = []
    outputs.build(plan.BuildOrder(small, only_site=True), no_progress, said.append)
    assert said == []


@pytest.mark.long
def test_pdf_is_made_without_the_kai_font(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = fonts.folders()
    monkeypatch.setattr(fonts, "folders", lambda: tuple(p for p in real if not (p / fonts.KAI.file).exists()))
    (line,) = build(small)
    assert fonts.KAI.brought_by in line
    assert f"{SLUG}.pdf" in made(small)


@pytest.mark.long
@pytest.mark.skipif(shutil.which("minisign") is None, reason="minisign is not installed")
def test_publishers_key_signs_the_sums(small: Path, tmp_path: Path) -> None:
    secret, public = tmp_path / "secret.key", tmp_path / "public.key"
    subprocess.run(["minisign", "-G", "-W", "-f", "-s", secret, "-p", public], check=True, capture_output=True)
    assert build(small, f'[archive]\nminisign_key = "{secret}"\n') == []
    assert "SHA256SUMS.minisig" in made(small)
    assert files.prove(small / "archive" / "SHA256SUMS", public).code == 0
    signature = small / "archive" / "SHA256SUMS.minisig"
    first = signature.read_bytes()
    (small / ".workreport" / "state").unlink()
    build(small, f'[archive]\nminisign_key = "{secret}"\n')
    assert signature.read_bytes() == first
    assert not list(small.rglob("*.key"))


@pytest.mark.parametrize("missing", ["tool", "key", "changed"])
def test_changed_signing_key_or_tool_makes_a_new_build_necessary(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    secret = tmp_path / "secret.key"
    secret.write_text("one", encoding="ascii")
    tools = {paths.SIGNER: f"/usr/bin/{paths.SIGNER}"}
    monkeypatch.setattr(shutil, "which", tools.get)
    order = plan.BuildOrder(small)
    (small / "site.toml").write_text(f'[archive]\nminisign_key = "{secret}"\n', encoding="utf-8")
    (small / ".workreport").mkdir(exist_ok=True)
    (small / plan.STATE).write_text(plan.state(order)[0], encoding="ascii")
    assert plan.unchanged(order)
    pages_alone = plan.state(plan.BuildOrder(small, only_site=True))
    if missing == "tool":
        tools.clear()
    elif missing == "key":
        secret.unlink()
    else:
        secret.write_text("two", encoding="ascii")
    assert plan.unchanged(order) is None
    assert plan.state(plan.BuildOrder(small, only_site=True)) == pages_alone, "a build of pages alone signs nothing"


def test_minisign_is_ignored_where_no_key_is_set(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (small / "site.toml").write_text('[archive]\n# minisign_key = "x"\n', encoding="utf-8")
    before = plan.state(plan.BuildOrder(small))
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert plan.state(plan.BuildOrder(small)) == before


@pytest.mark.long
def test_download_page_promises_no_offline_zip_that_is_not_made(small: Path) -> None:
    build(small)
    page = small / "site" / SLUG / "download" / "index.html"
    assert re.search('<meta name="Description" content="[^"]*的离线版、全文和数据', page.read_text(encoding="utf-8"))
    build(small, "[archive]\nzip = false\nbag = false\nepub = false\npdf = false\n")
    text = page.read_text(encoding="utf-8")
    main = text[text.index('id="download"') : text.index("</article>")]
    (description,) = re.findall('<meta name="[Dd]escription" content="([^"]*)"', text)
    assert "离线版" not in main
    assert "离线版" not in description
    assert "全文和数据" in description
    build(small, "[build]\narchive = false\npictures = false\n")
    text = page.read_text(encoding="utf-8")
    assert "离线版" not in text[text.index('id="download"') : text.index("</article>")]


def test_missing_minisign_key_stops_the_build_before_it_starts(small: Path) -> None:
    if signing.missing_tool():
        pytest.skip("minisign is not installed")
    with pytest.raises(signing.SigningError, match="minisign_key"):
        build(small, '[archive]\nminisign_key = "/no/such.key"\n')
    assert not (small / "site").exists()
