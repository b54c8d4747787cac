"""The picture cache draws an unchanged picture once and removes unused ones, and drawing is reproducible."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from tests.archive import png
from tests.conftest import ROOT
from workreport.archive import picture_cache, typesetting
from workreport.project import fonts

needs_fonts = pytest.mark.skipif(
    bool(typesetting.missing_tools(fonts.find())), reason="typst or a font of the lock file is not installed"
)
SOURCE = b"""#import "part.typ": size
#set page(width: size, height: 40pt, margin: 4pt, fill: white)
#set text(font: "Noto Sans SC", size: 20pt)
#json("data.json").words"""


@dataclass(frozen=True)
class SmallPicture:
    """A `PictureInput` that is drawn quickly."""

    path: str = "a/long.png"
    template: str = "test.typ"
    source: bytes = SOURCE
    data: dict[str, object] = field(default_factory=lambda: {"words": "地区生产总值"})
    files: tuple[tuple[str, bytes], ...] = (("part.typ", b"#let size = 160pt"),)


def test_picture_cache_is_kept_unchanged_where_fonts_are_missing(tmp_path: Path) -> None:
    (tmp_path / "kept.png").write_bytes(b"x")
    assert list(picture_cache.draw([SmallPicture()], fonts.find([]), tmp_path)) == []
    assert [path.name for path in tmp_path.iterdir()] == ["kept.png"]


@needs_fonts
def test_unchanged_picture_is_drawn_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = fonts.find()
    first = list(picture_cache.draw([SmallPicture()], found, tmp_path))
    assert [name for name, _ in first] == ["a/long.png"]
    assert png.size(first[0][1]) == (160, 40)

    def refuse(*arguments: object, **named: object) -> bytes:
        raise AssertionError("drawn again")

    monkeypatch.setattr(typesetting, "picture", refuse)
    assert list(picture_cache.draw([SmallPicture()], found, tmp_path)) == first
    elsewhere = replace(SmallPicture(), path="b/long.png")
    assert list(picture_cache.draw([elsewhere], found, tmp_path)) == [("b/long.png", first[0][1])]


@needs_fonts
@pytest.mark.parametrize(
    "other",
    [
        replace(SmallPicture(), source=SOURCE + b"\n"),
        replace(SmallPicture(), data={"words": "进出口总额"}),
        replace(SmallPicture(), files=(("part.typ", b"#let size = 161pt"),)),
    ],
)
def test_changed_input_replaces_the_cached_picture(tmp_path: Path, other: SmallPicture) -> None:
    found = fonts.find()
    list(picture_cache.draw([SmallPicture()], found, tmp_path))
    before = {path.name for path in tmp_path.iterdir()}
    list(picture_cache.draw([other], found, tmp_path))
    after = {path.name for path in tmp_path.iterdir()}
    assert len(after) == len(before) == 1
    assert before != after


@needs_fonts
def test_key_of_a_cached_picture_depends_on_fonts_and_typst(monkeypatch: pytest.MonkeyPatch) -> None:
    found = fonts.find()
    own = picture_cache.key(SmallPicture(), found)
    fewer = fonts.FoundFonts(found.faces[:1], ())
    assert picture_cache.key(SmallPicture(), fewer) != own
    monkeypatch.setattr(typesetting, "engine", lambda: "typst 9")
    assert picture_cache.key(SmallPicture(), found) != own


@needs_fonts
@pytest.mark.parametrize("spoilt", [b"", b"\x89PNG\r\n\x1a\n", b"not a picture"])
def test_damaged_cached_picture_is_drawn_again(tmp_path: Path, spoilt: bytes) -> None:
    found = fonts.find()
    first = list(picture_cache.draw([SmallPicture()], found, tmp_path))
    next(tmp_path.iterdir()).write_bytes(spoilt)
    assert list(picture_cache.draw([SmallPicture()], found, tmp_path)) == first


@needs_fonts
@pytest.mark.parametrize("absent", ["\U0001f600", "\u202e", "\U000e0041", "\ue000"])
def test_character_without_a_glyph_is_drawn_as_geta_mark(tmp_path: Path, absent: str) -> None:
    found = fonts.find()
    words = [replace(SmallPicture(), data={"words": f"产值{mark}元"}) for mark in (absent, picture_cache.ABSENT)]
    one, other = (png for _, png in picture_cache.draw(words, found, tmp_path))
    assert one == other


@needs_fonts
def test_template_error_names_the_template(tmp_path: Path) -> None:
    with pytest.raises(typesetting.TypesetError, match=r"templates/typst/test\.typ"):
        list(picture_cache.draw([replace(SmallPicture(), source=b"#unknown()")], fonts.find(), tmp_path))
    with pytest.raises(typesetting.TypesetError, match="2 页"):
        list(picture_cache.draw([replace(SmallPicture(), source=SOURCE + b"\n#pagebreak()x")], fonts.find(), tmp_path))


AGAIN = """
import hashlib, json, sys
from pathlib import Path
from workreport.archive import picture_cache
from workreport.build import report_reader
from workreport.project import fonts
from workreport.model import Publication
from workreport.archive.poster import pictures
from workreport.project.settings import Settings
root, memory = Path(sys.argv[1]), Path(sys.argv[2])
reading = report_reader.read_report(root / "tests/books/linhu-2025/source.md", "linhu-2025", report_reader.load_vocabularies(root / "vocabulary"), name="source.md").reading
wanted = pictures(Publication((reading,)), Settings(address="https://a.example/"), root / "templates")
print(json.dumps({name: hashlib.sha256(png).hexdigest() for name, png in picture_cache.draw(wanted, fonts.find(), memory)}))
"""
"""Prints the SHA-256 of each picture by path; argv[1] is the repository, argv[2] the cache folder."""


@pytest.mark.long
@needs_fonts
def test_pictures_are_reproducible(tmp_path: Path) -> None:
    made = []
    for name, seed, zone in (("one", "1", "Asia/Shanghai"), ("two", "4711", "America/New_York")):
        folder = tmp_path / name
        folder.mkdir()
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(ROOT), "LC_ALL": "C"}
        done = subprocess.run(
            [sys.executable, "-c", AGAIN, str(ROOT), str(folder / "memory")],
            cwd=folder, env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        made.append(json.loads(done.stdout))
        kept = {hashlib.sha256(path.read_bytes()).hexdigest() for path in (folder / "memory").iterdir()}
        assert kept == set(made[-1].values())
    assert len(made[0]) > 4
    assert made[0] == made[1]
