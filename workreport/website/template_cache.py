"""Knows how compiled Jinja2 templates are stored between builds; they change no byte of what is made.

Jinja2's `BytecodeCache` decides whether a stored template is current. Its `FileSystemBytecodeCache` is not used: it
does not know its own version, and raises an error for a damaged file. Leaves writing to `writer`.
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
    """Compiled templates in one folder, a file each: the SHA-256 of the rest, then Jinja2's bytes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._versions = f"{sys.version}\0{version('jinja2')}"

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket from the folder; leave it empty where there is no file, or a damaged or outdated one."""
        try:
            stored = self._path(bucket).read_bytes()
        except OSError:
            return
        digest, code = stored[:_DIGEST], stored[_DIGEST:]
        if hashlib.sha256(code).digest() == digest:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Store a template that was just compiled."""
        code = bucket.bytecode_to_string()
        writer.write_bytes(self._path(bucket), hashlib.sha256(code).digest() + code, durable=False)

    def _path(self, bucket: Bucket) -> Path:
        # Jinja2's key covers the template's name and file, its checksum the source; neither covers the versions.
        key = hashlib.sha256(f"{self._versions}\0{bucket.key}".encode()).hexdigest()
        return self._folder / f"{key}.jinja2"
