"""Knows how typst makes a picture (PNG) or a document (PDF) from a template and JSON values, with accepted fonts only.

The text of a report is data for typst, never markup; a template cannot use files that are not passed to it, system
fonts, packages or the clock. Leaves the values to `poster` and `pdf`, and finding the fonts to `project.fonts`.
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
"""Pairs for everything that makes pictures and the PDF: the Python module, the package to install for it."""
MAIN, DATA = "main.typ", "data.json"
"""The names under which typst sees the template and the JSON values."""


class TypesetError(Exception):
    """A picture or document cannot be made.

    The message names what is missing (Chinese), or the template and the error that typst reports (English).
    """


def missing_tools(found: FoundFonts) -> tuple[str, ...]:
    """The commands that install the tools and needed fonts which this machine lacks; empty where nothing is missing."""
    tools = [f"pip install {wheel}" for module, wheel in TOOLS if not importlib.util.find_spec(module)]
    return (*tools, *sorted({face.brought_by for face in found.missing if face in NEEDED}))


def engine() -> str:
    """Name and version of typst, such as "typst 0.13.1"."""
    return f"typst {version('typst')}"


def picture(
    source: bytes, data: object, found: FoundFonts, *, files: Mapping[str, bytes] | None = None, name: str = MAIN
) -> bytes:
    """The one page of a template as PNG, with one pixel per point.

    `source` is the template; it reads the JSON values `data` by `json("data.json")`. `files` are further files for it,
    by name ("qr.svg"). `name` is its file name for error messages. Raises TypesetError, also for more than one page.
    """
    with _typst_errors(name):
        made = _compiler(source, data, found, files or {}).compile(format="png", ppi=72.0)
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
    """A tagged PDF, dated `moment` (midnight UTC); the other parameters are those of `picture`.

    Raises TypesetError, also where the result would violate one of the `standards`.
    """
    stamp = datetime(moment.year, moment.month, moment.day, tzinfo=UTC)
    with _typst_errors(name):
        compiler = _compiler(source, data, found, files or {})
        made = compiler.compile(format="pdf", pdf_standards=list(standards), timestamp=stamp)
    assert isinstance(made, bytes)
    return made


def _compiler(source: bytes, data: object, found: FoundFonts, files: Mapping[str, bytes]) -> typst.Compiler:
    """A typst compiler for the template, the values and `files`, all in memory, and the `found` fonts alone."""
    import typst

    values = json.dumps(data, ensure_ascii=False, sort_keys=True).encode()
    there: dict[str, bytes] = {MAIN: source, DATA: values, **files}
    # typst accepts files in memory, as its documentation says, but its type stubs do not allow them.
    return typst.Compiler(there, font_paths=_library(tuple(path for _, path in found.faces))[1])  # type: ignore[type-var]


@contextmanager
def _typst_errors(name: str) -> Iterator[None]:
    """Turn an error of typst into a TypesetError that names the template `name`."""
    import typst

    try:
        yield
    except typst.TypstError as error:
        hints = "；".join(error.hints)
        raise TypesetError(f"templates/typst/{name}: {error.message}{f'（{hints}）' if hints else ''}") from error


@cache
def _library(paths: tuple[Path, ...]) -> tuple[tempfile.TemporaryDirectory[str], typst.Fonts]:
    # typst takes folders of fonts, not files. A temporary folder with the accepted files alone keeps out other fonts of
    # the same folder (a bold of another version, a variable font). It is removed when the process ends.
    import typst

    shelf = tempfile.TemporaryDirectory(prefix="workreport-fonts-")
    for path in paths:
        place = Path(shelf.name) / path.name
        try:
            place.symlink_to(path)
        except OSError:  # Windows, where making links needs a permission
            shutil.copyfile(path, place)
    return shelf, typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[shelf.name])
