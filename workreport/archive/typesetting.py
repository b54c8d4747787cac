"""Knows how typst makes a picture (PNG) or a document (PDF) from a template and JSON values, in accepted fonts alone.

Leaves the values to `poster` and `pdf`, and the fonts to `project.fonts`. A report's words are data, never markup; a
template can reach no file, system font, package or clock.
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

from workreport.project.fonts import NEEDED, FoundFonts

if TYPE_CHECKING:
    import typst

Standard = Literal["a-2a", "ua-1"]
ARCHIVAL: tuple[Standard, ...] = ("a-2a", "ua-1")
"""PDF/A-2a (ISO 19005-2) for preservation and PDF/UA-1 (ISO 14289-1) for accessibility."""
TOOLS = (("typst", "typst"), ("fontTools", "fonttools"), ("segno", "segno"))
"""The modules that make pictures and the PDF, and the packages to install for them."""
MAIN, DATA = "main.typ", "data.json"


class TypesetError(Exception):
    """typst could not set a template; the message names the template and quotes typst."""


def missing_tools(found: FoundFonts) -> tuple[str, ...]:
    """The tools and needed fonts that this machine lacks, each as the command that installs it; empty for none."""
    tools = [f"pip install {wheel}" for module, wheel in TOOLS if not importlib.util.find_spec(module)]
    return (*tools, *sorted({face.brought_by for face in found.missing if face in NEEDED}))


def engine() -> str:
    """Name and version of typst, on which a cached picture depends too."""
    return f"typst {version('typst')}"


def picture(
    source: bytes, data: object, found: FoundFonts, *, files: Mapping[str, bytes] | None = None, name: str = MAIN
) -> bytes:
    """A PNG of the template's one page, one pixel a point. The template reads `data`, JSON values, as `json("data.json")`.

    `files` are further files that the template may read ("qr.svg"). Raises TypesetError, also for more than one page.
    """
    with _typst_errors(name):
        made = _press(source, data, found, files or {}).compile(format="png", ppi=72.0)
    if isinstance(made, list):
        raise TypesetError(f"templates/typst/{name}: 一张图排成了 {len(made)} 页。请检查模板的页面尺寸。")
    assert made is not None
    return made


def document(
    source: bytes,
    data: object,
    found: FoundFonts,
    *,
    moment: date,
    standards: Sequence[Standard] = ARCHIVAL,
    files: Mapping[str, bytes] | None = None,
    name: str = MAIN,
) -> bytes:
    """A tagged PDF, dated `moment`. Raises TypesetError, also where the result would break one of the standards."""
    stamp = datetime(moment.year, moment.month, moment.day, tzinfo=UTC)
    with _typst_errors(name):
        press = _press(source, data, found, files or {})
        made = press.compile(format="pdf", pdf_standards=list(standards), timestamp=stamp)
    assert isinstance(made, bytes)
    return made


def _press(source: bytes, data: object, found: FoundFonts, files: Mapping[str, bytes]) -> typst.Compiler:
    import typst

    values = json.dumps(data, ensure_ascii=False, sort_keys=True).encode()
    there: dict[str, bytes] = {MAIN: source, DATA: values, **files}
    # typst's type stubs lack what its documentation offers: files in memory.
    return typst.Compiler(there, font_paths=_library(tuple(path for _, path in found.faces))[1])  # type: ignore[type-var]


@contextmanager
def _typst_errors(name: str) -> Iterator[None]:
    import typst

    try:
        yield
    except typst.TypstError as error:
        hints = "；".join(error.hints)
        raise TypesetError(f"templates/typst/{name}: {error.message}{f'（{hints}）' if hints else ''}") from error


@cache
def _library(paths: tuple[Path, ...]) -> tuple[tempfile.TemporaryDirectory[str], typst.Fonts]:
    # typst takes folders of fonts, not files. A folder with the accepted files alone keeps out what lies beside them (a
    # bold of another version, a variable font); it is removed when the process ends.
    import typst

    shelf = tempfile.TemporaryDirectory(prefix="workreport-fonts-")
    for path in paths:
        place = Path(shelf.name) / path.name
        try:
            place.symlink_to(path)
        except OSError:  # Windows, without the right to make links
            shutil.copyfile(path, place)
    return shelf, typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[shelf.name])
