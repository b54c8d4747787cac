"""Knows how compiled Jinja2 templates are stored between builds.

Stored templates never change the pages, only the time.

Leaves to Jinja2 whether a stored template is current, and writing files to `writer`. Jinja2's `FileSystemBytecodeCache`
is not used: it ignores the version of Jinja2, and raises an error for a damaged file.
"""

from __future__ import annotations

import hashlib
import sys
from importlib.metadata import version
from typing import TYPE_CHECKING

from jinja2 import BytecodeCache

from workreport.project import writer

if TYPE_CHECKING:
    from pathlib import Path

    from jinja2.bccache import Bucket

_DIGEST = hashlib.sha256().digest_size


class TemplateCache(BytecodeCache):
    """Compiled templates in one folder, one file each: the SHA-256 of the bytecode, then the bytecode."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._versions = f"{sys.version}\0{version('jinja2')}"

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket from the folder; leave it empty if its file is missing, damaged or outdated."""
        try:
            stored = self._path(bucket).read_bytes()
        except OSError:
            return
        digest, code = stored[:_DIGEST], stored[_DIGEST:]
        if hashlib.sha256(code).digest() == digest:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Write a template that was just compiled into the folder."""
        code = bucket.bytecode_to_string()
        writer.write_bytes(self._path(bucket), hashlib.sha256(code).digest() + code, durable=False)

    def _path(self, bucket: Bucket) -> Path:
        # Jinja2's key covers the name and the file of a template, its checksum the source. Neither covers the versions
        # of Python and Jinja2, so they are part of the file name.
        key = hashlib.sha256(f"{self._versions}\0{bucket.key}".encode()).hexdigest()
        return self._folder / f"{key}.jinja2"
