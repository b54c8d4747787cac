"""Knows how compiled Jinja2 templates are stored between builds.

Stored templates never change the pages, only the time. They are code, so `kept_files` gives back only those of this user.

Leaves to Jinja2 whether a stored template is current. Jinja2's `FileSystemBytecodeCache` is not used: it ignores the version
of Jinja2, raises an error for a damaged file, and runs what anybody put there.
"""

from __future__ import annotations

import hashlib
import os
import sys
from importlib.metadata import version
from typing import TYPE_CHECKING

from jinja2 import BytecodeCache

from workreport.project.kept_files import KeptFiles
from workreport.project.own_key import own_key

if TYPE_CHECKING:
    from pathlib import Path

    from jinja2.bccache import Bucket


class TemplateCache(BytecodeCache):
    """Compiled templates in one folder, one file each."""

    def __init__(self, folder: Path) -> None:
        self._kept = KeptFiles(folder, own_key(os.environ))
        self._versions = f"{sys.version}\0{version('jinja2')}"

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket from the folder; leave it empty if its file is missing, damaged, outdated or not our own."""
        code = self._kept.get(self._name(bucket))
        if code is not None:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Write a template that was just compiled into the folder."""
        self._kept.put(self._name(bucket), bucket.bytecode_to_string())

    def _name(self, bucket: Bucket) -> str:
        # Jinja2's key covers the name and the file of a template, its checksum the source. Neither covers the versions
        # of Python and Jinja2, so they are part of the file name.
        return hashlib.sha256(f"{self._versions}\0{bucket.key}".encode()).hexdigest() + ".jinja2"
