"""Knows the free Chinese fonts for pictures and the PDF, and finds them on this machine.

A font file is accepted only if its SHA-256 is the one listed here, so that pictures are the same everywhere. Hei (黑体)
and Song (宋体) come with a wheel that the lock file lists, Kai (楷体) with a Debian package. Leaves typesetting to `archive`.
"""

from __future__ import annotations

import hashlib
import importlib.util
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

WHEEL = "pylopdf_fonts_zh_cn"
"""The Python package whose folder contains Hei and Song."""
SYSTEM = (Path("/usr/share/fonts/truetype/lxgw-wenkai"), Path("/usr/local/share/fonts"))
"""Font folders of Debian and its derivatives, searched after the wheel; one that does not exist is skipped."""


@dataclass(frozen=True, slots=True)
class Face:
    """A font that may be used: role, family name in typst, file name, SHA-256 (hex), and the command that installs it."""

    role: str
    family: str
    file: str
    sha256: str
    brought_by: str


HEI = Face(
    "hei", "Noto Sans SC", "NotoSansSC-Regular.otf",
    "faa6c9df652116dde789d351359f3d7e5d2285a2b2a1f04a2d7244df706d5ea9", "pip install pylopdf-fonts-zh-cn==0.1.1",
)  # fmt: skip
SONG = Face(
    "song", "Noto Serif SC", "NotoSerifSC-Regular.otf",
    "e8f396decc1f0963a016a989c3d8852e863d1350996f573860a80767c83a1cd3", "pip install pylopdf-fonts-zh-cn==0.1.1",
)  # fmt: skip
KAI = Face(
    "kai", "LXGW WenKai", "LXGWWenKai-Regular.ttf",
    "bbf534b0ca093928f94d1782855e65a19a32cde82b075d495d072025521953c8", "apt install fonts-lxgw-wenkai（1.250）",
)  # fmt: skip
FACES = (HEI, SONG, KAI)
"""All fonts that may be used. Their licence, the SIL Open Font License 1.1, allows embedding them in documents."""
NEEDED = (HEI, SONG)
"""The fonts without which no picture or PDF is made. Without Kai, the headings that use it are set in Song."""


@dataclass(frozen=True, slots=True)
class FoundFonts:
    """The fonts of `FACES` that were found, each with its file, and the missing ones; both in the order of `FACES`."""

    faces: tuple[tuple[Face, Path], ...]
    missing: tuple[Face, ...]

    @property
    def enough(self) -> bool:
        """Whether pictures and a PDF can be made."""
        return not any(face in self.missing for face in NEEDED)

    @property
    def roles(self) -> frozenset[str]:
        """The roles of the fonts found: "hei", "song", "kai"."""
        return frozenset(face.role for face, _ in self.faces)

    @property
    def digests(self) -> tuple[str, ...]:
        """The SHA-256 (hex) of each font found, in the order of `FACES`; part of the key of a cached picture."""
        return tuple(face.sha256 for face, _ in self.faces)


def folders() -> tuple[Path, ...]:
    """The folders to search: that of the wheel if it is installed, then those of the system, existing or not."""
    spec = importlib.util.find_spec(WHEEL)
    carried = (spec.submodule_search_locations or ()) if spec else ()
    return (*(Path(place) for place in carried), *SYSTEM)


def installed_files() -> str:
    """Return path and size (bytes) of each font file found, one a line, whatever its SHA-256.

    Two such texts differ if a font was added, removed or replaced by one of another size; no file has to be read.

    >>> installed_files() == installed_files()
    True
    """
    rows = []
    for place in folders():
        for face in FACES:
            try:
                rows.append(f"{place / face.file} {(place / face.file).stat().st_size}")
            except OSError:
                continue
    return "\n".join(rows)


def find(places: Iterable[Path] | None = None) -> FoundFonts:
    """Find the fonts in these folders (default: `folders()`); the first file with the right name and SHA-256 is used.

    The result is remembered until the program ends.

    >>> find([]).enough, [face.role for face in find([]).missing]
    (False, ['hei', 'song', 'kai'])
    """
    return _find(tuple(folders() if places is None else places))


@cache
def _find(places: tuple[Path, ...]) -> FoundFonts:
    found = []
    for face in FACES:
        path = next((p for place in places if _is_font((p := place / face.file), face)), None)
        if path:
            found.append((face, path))
    there = {face for face, _ in found}
    return FoundFonts(tuple(found), tuple(face for face in FACES if face not in there))


def _is_font(path: Path, face: Face) -> bool:
    """Whether the file exists and has the SHA-256 of the font."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == face.sha256
    except OSError:
        return False
