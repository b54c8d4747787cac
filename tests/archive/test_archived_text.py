"""The text in archive files, read with the standard library, is the source with its listed repairs."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from tests.archive.html.html_reader import SLUG, SOURCE, index_of_one, read
from tests.inspection import Inspected, inspect
from tests.site_pages import squeezed


@pytest.fixture(scope="module")
def report(built_project: Path) -> Inspected:
    """The committed report as `build.py inspect` prints it."""
    return inspect(built_project, SOURCE)


@pytest.fixture(scope="module")
def offline(built_project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The website unpacked from the offline zip."""
    folder = tmp_path_factory.mktemp("stick")
    with zipfile.ZipFile(built_project / "archive" / f"{SLUG}-offline.zip") as bundle:
        bundle.extractall(folder)
    (top,) = folder.iterdir()
    return top


def test_full_text_page_of_the_offline_zip_has_every_character_once(offline: Path, report: Inspected) -> None:
    assert squeezed(read(offline / SLUG / "text" / "index.html").marked) == squeezed(report.repaired())


def test_front_and_section_pages_of_the_offline_zip_have_every_character_once(offline: Path, report: Inspected) -> None:
    pages = [f"{SLUG}/index.html", *index_of_one(offline, SLUG)[0]]
    assert squeezed("".join(read(offline / page).marked for page in pages)) == squeezed(report.repaired())


@pytest.mark.parametrize("form", ["offline.zip", "bag.zip", "epub"])
def test_source_and_plain_text_are_in_the_archive_file(form: str, built_project: Path, report: Inspected) -> None:
    archive = built_project / "archive" / (f"{SLUG}.{form}" if form == "epub" else f"{SLUG}-{form}")
    with zipfile.ZipFile(archive) as bundle:
        inside = {bundle.read(name) for name in bundle.namelist()}
    assert report.text.encode() in inside
    assert any(squeezed(data.decode()) == squeezed(report.repaired()) for data in inside if _is_plain(data))


def _is_plain(data: bytes) -> bool:
    """Whether a file is text in UTF-8, but no markup, JSON or PDF."""
    try:
        return not data.decode().lstrip("\ufeff").startswith(("<", "{", "%PDF"))
    except UnicodeDecodeError:
        return False
