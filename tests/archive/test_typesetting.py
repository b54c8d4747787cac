"""Fonts are accepted by digest; typst makes pictures and PDFs from a template and JSON values, reproducibly."""

from __future__ import annotations

import os
import re
import shutil
import struct
import subprocess
import sys
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from tests.conftest import ROOT
from workreport.archive import typesetting
from workreport.project import fonts

PAGE = b"""
#set page(width: 300pt, height: 100pt, margin: 10pt)
#set text(font: "Noto Sans SC", lang: "zh", region: "cn")
#let told = json("data.json")
#set document(title: told.title)
= #told.title
"""
DAY = date(2024, 2, 21)


def size(png: bytes) -> tuple[int, int]:
    """Width and height of a PNG in pixels."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def read(pdf: bytes) -> str:
    """The text of a PDF, as PDFium extracts it."""
    document = pypdfium2.PdfDocument(pdf)
    return "".join(page.get_textpage().get_text_range() for page in document)


def test_font_is_accepted_by_digest_not_by_name(tmp_path: Path) -> None:
    path = next(path for face, path in fonts.find().faces if face is fonts.HEI)
    good, bad = tmp_path / "good", tmp_path / "bad"
    good.mkdir(), bad.mkdir()
    shutil.copyfile(path, good / path.name)
    (bad / path.name).write_bytes(path.read_bytes()[:-1] + b"!")
    assert fonts.find([good]).roles == {"hei"}
    assert fonts.find([bad]).roles == set()
    assert fonts.find([bad, good]).roles == {"hei"}


def test_missing_font_is_reported_with_its_installing_command(tmp_path: Path) -> None:
    found = fonts.find([tmp_path])
    assert not found.enough
    assert typesetting.missing_tools(found) == (fonts.HEI.brought_by,)
    assert typesetting.missing_tools(fonts.find()) == ()


@pytest.mark.parametrize(("module", "wheel"), typesetting.TOOLS)
def test_missing_tool_is_reported_with_its_installing_command(
    module: str, wheel: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = typesetting.importlib.util.find_spec
    monkeypatch.setattr(typesetting.importlib.util, "find_spec", lambda name: None if name == module else real(name))
    assert typesetting.missing_tools(fonts.find()) == (f"pip install {wheel}",)


def test_missing_font_kai_is_not_reported() -> None:
    found = fonts.find()
    without = fonts.FoundFonts(tuple((face, path) for face, path in found.faces if face is not fonts.KAI), (fonts.KAI,))
    assert without.enough
    assert typesetting.missing_tools(without) == ()


def test_picture_has_one_pixel_per_point() -> None:
    assert size(typesetting.picture(PAGE, {"title": "甲"}, fonts.find())) == (300, 100)


def test_picture_of_two_pages_is_refused() -> None:
    with pytest.raises(typesetting.TypesetError, match=r"card\.typ.*2 页"):
        typesetting.picture(PAGE + b"\n#pagebreak()\n2", {"title": "甲"}, fonts.find(), name="card.typ")


def test_typst_never_reads_json_values_as_markup() -> None:
    title = '#panic("x") $ \\ *b* <script> {{ 1 }} `r` @a #let'
    assert title in re.sub(r"\s+", " ", read(typesetting.document(PAGE, {"title": title}, fonts.find(), moment=DAY)))


def test_template_error_names_the_template() -> None:
    with pytest.raises(typesetting.TypesetError, match=r"templates/typst/poster\.typ: unknown variable: absent"):
        typesetting.picture(b"#absent", {}, fonts.find(), name="poster.typ")


def test_system_fonts_are_not_used() -> None:
    pdf = typesetting.document(
        PAGE + b'#text(font: "Noto Sans CJK SC", fallback: true)[\xe7\x94\xb2]',
        {"title": "甲"},
        fonts.find(),
        moment=DAY,
    )
    assert b"+NotoSansSC" in pdf
    assert b"NotoSansCJK" not in pdf


def test_picture_and_pdf_are_reproducible(tmp_path: Path) -> None:
    code = (
        "import sys, datetime; from workreport.archive import typesetting; from workreport.project import fonts; from tests.archive.test_typesetting import PAGE, DAY\n"
        "found = fonts.find()\n"
        "sys.stdout.buffer.write(typesetting.picture(PAGE, {'title': '甲'}, found))\n"
        "sys.stdout.buffer.write(typesetting.document(PAGE, {'title': '甲'}, found, moment=DAY))\n"
    )
    outputs = set()
    for seed, zone in (("1", "UTC"), ("2", "Asia/Shanghai")):
        folder = tmp_path / seed
        folder.mkdir()
        environment = {
            **os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed, "TZ": zone, "TMPDIR": str(folder),
            "HOME": str(folder),
        }  # fmt: skip
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=folder, env=environment, capture_output=True, check=True
        )
        outputs.add(done.stdout)
    assert len(outputs) == 1
