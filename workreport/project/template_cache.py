"""Knows how compiled templates are kept between builds, in `.workreport/templates`: they change no byte of what is made.

Leaves the templates to `pages` and to the theme. Named by the digest of all that its code depends on, a stale one is
never taken; does the work of jinja2's own cache of files, but writes through `writer` and does not import jinja2.
"""

from __future__ import annotations

import hashlib
import marshal
import sys
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING

from workreport.project import writer

if TYPE_CHECKING:
    from pathlib import Path
    from types import CodeType

FOLDER = "templates"
"""Below `.workreport`."""


@dataclass(slots=True)
class _Bucket:
    path: Path
    code: CodeType | None


class Compiled:
    """What jinja2 asks of a bytecode cache, over one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._engine = f"{sys.version}\0{version('jinja2')}"

    def get_bucket(self, environment: object, name: str, filename: str | None, source: str) -> _Bucket:  # noqa: ARG002
        """The kept code of a template, or an empty place for it."""
        key = hashlib.sha256("\0".join((self._engine, name, filename or "", source)).encode()).hexdigest()
        path = self._folder / f"{key}.code"
        try:
            kept = path.read_bytes()
        except OSError:
            kept = b""
        # Only what was written here is read as code; anything else is compiled again.
        whole = kept[:32] == hashlib.sha256(kept[32:]).digest()
        return _Bucket(path, marshal.loads(kept[32:]) if whole else None)

    def set_bucket(self, bucket: _Bucket) -> None:
        """Keep what was compiled."""
        code = marshal.dumps(bucket.code)
        writer.write_bytes(bucket.path, hashlib.sha256(code).digest() + code, durable=False)
