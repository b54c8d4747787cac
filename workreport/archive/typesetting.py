"""Knows how a template and plain values become a picture (PNG) or a document (PDF): by typst, in accepted fonts alone.

Leaves what is set to `pages` and `templates/typst/`, and the fonts to `fonts`. A report's words come in as data, never as
markup; a template reaches no file, no system font, no package and no clock.
"""

from __future__ import annotations

import importlib.util
import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from workreport.project.fonts import NEEDED, Found

if TYPE_CHECKING:
    import typst

Standard = Literal["a-2a", "ua-1"]
ARCHIVAL: tuple[Standard, ...] = ("a-2a", "ua-1")
"""PDF/A-2a (ISO 19005-2), to be kept; PDF/UA-1 (ISO 14289-1), to be read by everybody."""
TOOLS = (("typst", "typst"), ("fontTools", "fonttools"), ("segno", "segno"))
"""What pictures and the PDF are made with, as modules and the wheels that bring them."""
MAIN, DATA = "main.typ", "data.json"


class TypesetError(Exception):
    """Something could not be set; the message names the template and what typst says."""


def lacking(found: Found) -> tuple[str, ...]:
    """What this machine lacks to set anything at all, each as the command that brings it; empty where all is there."""
    tools = [f"pip install {wheel}" for module, wheel in TOOLS if not importlib.util.find_spec(module)]
    return (*tools, *sorted({face.brought_by for face in found.missing if face in NEEDED}))


def engine() -> str:
    """Which typst sets: what a kept picture depends on besides its template, values and fonts."""
    return f"typst {version('typst')}"


def picture(
    source: bytes, data: object, found: Found, *, files: Mapping[str, bytes] | None = None, name: str = MAIN
) -> bytes:
    """A PNG of the template's one page, a point a pixel. `data` is plain values (JSON), read by `json("data.json")`.

    `files` are further files the template may name ("qr.svg"). Raises TypesetError, and for more than one page.
    """
    with _told(name):
        made = _press(source, data, found, files or {}).compile(format="png", ppi=72.0)
    if isinstance(made, list):
        raise TypesetError(f"templates/typst/{name}: 一张图排成了 {len(made)} 页。请检查模板的页面尺寸。")
    assert made is not None
    return made


def document(
    source: bytes,
    data: object,
    found: Found,
    *,
    moment: date,
    standards: Sequence[Standard] = ARCHIVAL,
    files: Mapping[str, bytes] | None = None,
    name: str = MAIN,
) -> bytes:
    """A tagged PDF, dated `moment`. Raises TypesetError where a standard cannot be kept."""
    stamp = datetime(moment.year, moment.month, moment.day, tzinfo=UTC)
    with _told(name):
        press = _press(source, data, found, files or {})
        made = press.compile(format="pdf", pdf_standards=list(standards), timestamp=stamp)
    assert isinstance(made, bytes)
    return made


def _press(source: bytes, data: object, found: Found, files: Mapping[str, bytes]) -> typst.Compiler:
    import typst

    told = json.dumps(data, ensure_ascii=False, sort_keys=True).encode()
    there: dict[str, bytes] = {MAIN: source, DATA: told, **files}
    # The stubs do not name what the documentation offers: files in memory.
    return typst.Compiler(there, font_paths=_library(tuple(path for _, path in found.faces))[1])  # type: ignore[type-var]


@contextmanager
def _told(name: str) -> Iterator[None]:
    import typst

    try:
        yield
    except typst.TypstError as error:
        hints = "；".join(error.hints)
        raise TypesetError(f"templates/typst/{name}: {error.message}{f'（{hints}）' if hints else ''}") from error


@cache
def _library(paths: tuple[Path, ...]) -> tuple[tempfile.TemporaryDirectory[str], typst.Fonts]:
    # typst takes folders, not files. A folder of nothing but the accepted files keeps their neighbours out (a bold of
    # another version, a variable font); it goes when the process ends.
    import typst

    shelf = tempfile.TemporaryDirectory(prefix="workreport-fonts-")
    for path in paths:
        place = Path(shelf.name) / path.name
        try:
            place.symlink_to(path)
        except OSError:  # Windows, without the right to make links
            shutil.copyfile(path, place)
    return shelf, typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[shelf.name])
