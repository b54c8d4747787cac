"""Knows the checks of the archive forms: which one a file takes, and what it finds.

A form's row names its check (`archive.forms.Form.check`). Leaves what must hold to `packages` and `documents`, and lists
of digests from outside to `files`.
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
    """How files of one form are examined.

    `examine` reads the file and may raise BrokenError. `recognise` says from the first 64 bytes and the path whether a
    file is of this kind, where its name does not tell. `proves_content` says that the file's own lists cover all its
    content, as those of a bag do: without `SHA256SUMS` only the zip around it is unproven.
    """

    examine: Callable[[Path], Examined]
    recognise: Callable[[bytes, Path], bool]
    proves_content: bool = False


def _zip(examine: Callable[[Container], Examined]) -> Callable[[Path], Examined]:
    return lambda path: examine(container.open_zip(path))


def _zip_with(holds: Callable[[tuple[str, ...]], bool]) -> Callable[[bytes, Path], bool]:
    """A test that is true for a zip whose names fulfil `holds`, and false for a damaged one."""

    def recognise(start: bytes, path: Path) -> bool:
        if not start.startswith(b"PK\x03\x04"):
            return False
        try:
            return holds(container.open_zip(path).names)
        except BrokenError:
            return False

    return recognise


def _starts_with(marker: bytes) -> Callable[[bytes, Path], bool]:
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
"""In the order in which `recognise` is asked: any other zip is taken for a website's."""


def check_of(path: Path) -> Check | None:
    """The check of a file: by its name, and where that tells nothing by its content; None for a file of no form.

    Raises OSError.
    """
    form = forms.form_of(path.name)
    if form:
        return CHECKS[form.check]
    with path.open("rb") as source:
        start = source.read(_START)
    return next((check for check in CHECKS.values() if check.recognise(start, path)), None)


def examine(path: Path) -> Examined:
    """What a file is and what is wrong with it, without any list from outside. Raises OSError."""
    check = check_of(path)
    if check is None:
        known = "、".join(form.title for form in forms.FORMS)
        return Examined("不认识的文件", (f"不是归档的任何一种（{known}、SHA256SUMS）。",))
    try:
        return check.examine(path)
    except BrokenError as error:
        return Examined("已损坏", (str(error),))
