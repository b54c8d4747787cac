"""Tests that the parts of a style sheet or script in a folder are joined to the one file that pages load."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import ROOT
from workreport.website.pages import assets


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_asset_file_is_copied_and_parts_in_a_folder_are_joined_in_order_of_names(tmp_path: Path) -> None:
    folder = write(
        tmp_path,
        {
            "alone.js": "alone();\n",
            "look/20-b.css": "b {}\n",
            "look/10-a.css": "a {}\n",
            "find/20-use.js": "globalThis.found = one;\n",
            "find/10-make.js": "const one = 1;\n",
        },
    )
    assert assets.load(folder) == {
        "alone.js": "alone();\n",
        "look.css": "a {}\n\nb {}\n",
        "find.js": '(() => {\n"use strict";\n\nconst one = 1;\n\nglobalThis.found = one;\n})();\n',
    }


def test_asset_folder_with_css_and_js_parts_gives_one_file_of_each(tmp_path: Path) -> None:
    folder = write(tmp_path, {"page/1.css": "a {}\n", "page/1.js": "a();\n"})
    assert sorted(assets.load(folder)) == ["page.css", "page.js"]


def test_asset_file_and_folder_with_the_same_output_name_are_an_error(tmp_path: Path) -> None:
    folder = write(tmp_path, {"find.js": "a();\n", "find/1.js": "b();\n"})
    with pytest.raises(assets.BadAssets, match=r"find/ 都给出 find\.js"):
        assets.load(folder)


def test_no_style_sheet_or_script_is_longer_than_400_lines() -> None:
    files = [path for ending in ("css", "js") for path in (ROOT / "templates").rglob(f"*.{ending}")]
    long = {path.name: lines for path in files if (lines := path.read_text(encoding="utf-8").count("\n")) > 400}
    assert len(files) > 20
    assert long == {}
