"""Fonts by digest, and what typst makes of a template and plain values."""

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
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def read(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return "".join(page.get_textpage().get_text_range() for page in document)


def test_a_font_is_taken_by_its_digest_not_its_name(tmp_path: Path) -> None:
    path = next(path for face, path in fonts.find().faces if face is fonts.HEI)
    good, bad = tmp_path / "good", tmp_path / "bad"
    good.mkdir(), bad.mkdir()
    shutil.copyfile(path, good / path.name)
    (bad / path.name).write_bytes(path.read_bytes()[:-1] + b"!")
    assert fonts.find([good]).roles == {"hei"}
    assert fonts.find([bad]).roles == set()
    assert fonts.find([bad, good]).roles == {"hei"}


def test_what_is_lacking_is_said_with_what_brings_it(tmp_path: Path) -> None:
    found = fonts.find([tmp_path])
    assert not found.enough
    assert typesetting.lacking(found) == (fonts.HEI.brought_by,)
    assert typesetting.lacking(fonts.find()) == ()


@pytest.mark.parametrize(("module", "wheel"), typesetting.TOOLS)
def test_a_tool_that_is_not_installed_is_said(module: str, wheel: str, monkeypatch: pytest.MonkeyPatch) -> None:
    real = typesetting.importlib.util.find_spec
    monkeypatch.setattr(typesetting.importlib.util, "find_spec", lambda name: None if name == module else real(name))
    assert typesetting.lacking(fonts.find()) == (f"pip install {wheel}",)


def test_kai_is_wished_for_not_needed() -> None:
    found = fonts.find()
    without = fonts.Found(tuple((face, path) for face, path in found.faces if face is not fonts.KAI), (fonts.KAI,))
    assert without.enough
    assert typesetting.lacking(without) == ()


def test_a_picture_is_a_pixel_a_point() -> None:
    assert size(typesetting.picture(PAGE, {"title": "甲"}, fonts.find())) == (300, 100)


def test_two_pages_are_no_picture() -> None:
    with pytest.raises(typesetting.TypesetError, match=r"card\.typ.*2 页"):
        typesetting.picture(PAGE + b"\n#pagebreak()\n2", {"title": "甲"}, fonts.find(), name="card.typ")


def test_words_of_a_report_are_never_markup() -> None:
    title = '#panic("x") $ \\ *b* <script> {{ 1 }} `r` @a #let'
    assert title in re.sub(r"\s+", " ", read(typesetting.document(PAGE, {"title": title}, fonts.find(), moment=DAY)))


def test_a_broken_template_is_named() -> None:
    with pytest.raises(typesetting.TypesetError, match=r"templates/typst/poster\.typ: unknown variable: absent"):
        typesetting.picture(b"#absent", {}, fonts.find(), name="poster.typ")


def test_no_font_of_the_system_gets_in() -> None:
    pdf = typesetting.document(
        PAGE + b'#text(font: "Noto Sans CJK SC", fallback: true)[\xe7\x94\xb2]',
        {"title": "甲"},
        fonts.find(),
        moment=DAY,
    )
    assert b"+NotoSansSC" in pdf
    assert b"NotoSansCJK" not in pdf


def test_same_bytes_in_another_process_place_and_time(tmp_path: Path) -> None:
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
