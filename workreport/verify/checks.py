"""Knows the checks of the archive forms: how the check for a file is chosen and run.

`archive.forms.Form.check` is the key of a form's check in `CHECKS`. Leaves the rules for each form to `packages` and
`documents`, and comparing a file with `SHA256SUMS` to `files`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from workreport.archive import forms
from workreport.archive.forms import CheckId
from workreport.verify import container, documents, packages
from workreport.verify.container import BrokenError, Examined

if TYPE_CHECKING:
    from workreport.verify.container import Container

_START = 64
"""How many bytes at the start of a file `Check.recognise` is given."""


@dataclass(frozen=True, slots=True)
class Check:
    """How files of one form are checked.

    `examine` reads the file and may raise BrokenError. `recognise` is used for a file whose name ends like no form: it
    takes the first 64 bytes and the path, and returns whether the file is of this form. `proves_content` says that
    lists inside the file cover all its content, as in a bag; then `SHA256SUMS` adds only a proof of the zip around it.
    """

    examine: Callable[[Path], Examined]
    recognise: Callable[[bytes, Path], bool]
    proves_content: bool = False


def _zip(examine: Callable[[Container], Examined]) -> Callable[[Path], Examined]:
    """The check `examine` of an opened zip as a check of a path."""
    return lambda path: examine(container.open_zip(path))


def _zip_with(holds: Callable[[tuple[str, ...]], bool]) -> Callable[[bytes, Path], bool]:
    """A `Check.recognise` that is true for a sound zip for whose file names `holds` is true."""

    def recognise(start: bytes, path: Path) -> bool:
        if not start.startswith(b"PK\x03\x04"):
            return False
        try:
            return holds(container.open_zip(path).names)
        except BrokenError:
            return False

    return recognise


def _starts_with(marker: bytes) -> Callable[[bytes, Path], bool]:
    """A `Check.recognise` that is true for a file that starts with `marker` (lower case; letter case is ignored)."""
    return lambda start, _: start.lower().startswith(marker)


CHECKS: Mapping[CheckId, Check] = {
    CheckId("pdf"): Check(documents.pdf, _starts_with(b"%pdf-")),
    CheckId("html"): Check(documents.webpage, _starts_with(b"<!doctype html")),
    CheckId("epub"): Check(_zip(packages.epub), _zip_with(lambda names: names[0] == "mimetype")),
    CheckId("bagit"): Check(
        _zip(packages.bag),
        _zip_with(lambda names: any(name.endswith("/bagit.txt") for name in names)),
        proves_content=True,
    ),
    CheckId("site-zip"): Check(_zip(packages.offline), _starts_with(b"pk\x03\x04")),
}
"""Every check by its id.

`recognise` is tried in this order, so any zip that is no EPUB or bag counts as an offline zip.
"""


def check_of(path: Path) -> Check | None:
    """The check for a file, chosen by how its name ends or else by its content; None for a file of no form.

    Raises OSError for a file that cannot be read.
    """
    form = forms.form_of(path.name)
    if form:
        return CHECKS[form.check]
    with path.open("rb") as source:
        start = source.read(_START)
    return next((check for check in CHECKS.values() if check.recognise(start, path)), None)


def examine(path: Path) -> Examined:
    """What a file is and what is wrong with it, judged by the file alone, without `SHA256SUMS`. Raises OSError."""
    check = check_of(path)
    if check is None:
        known = "、".join(form.title for form in forms.FORMS)
        return Examined("不认识的文件", (f"不是归档的任何一种（{known}、SHA256SUMS）。",))
    try:
        return check.examine(path)
    except BrokenError as error:
        return Examined("已损坏", (str(error),))
