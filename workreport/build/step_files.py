"""Knows where the results of the steps of a build lie, for its next step, for its worker processes, and for the next build.

Leaves how files are kept to `project.kept_files`. Where this user has no key they lie in a folder of this build alone.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from workreport.project import writer
from workreport.project.kept_files import STEPS, KeptFiles
from workreport.project.own_key import LENGTH, own_key


class LostStepError(Exception):
    """The result of an earlier step of this build is gone. The message says what to do."""


@dataclass(frozen=True, slots=True)
class StepFiles:
    """The folder with the results of all steps, by kind and name (see `name_of`), and the key under which they are written."""

    folder: Path
    key: bytes

    def of(self, kind: str) -> KeptFiles:
        """Return the results of a kind of step."""
        return KeptFiles(self.folder / kind, self.key)

    def needed(self, kind: str, name: str) -> object:
        """Return the result of an earlier step of this build. Raises `LostStepError`."""
        found = self.of(kind).get_value(name)
        if found is None:
            raise LostStepError(f"{self.folder}：这次构建的中间文件被删去了。请不要同时运行 clean，再构建一次。")
        return found


@contextmanager
def step_files(root: Path) -> Iterator[StepFiles]:
    """Yield the results of the steps of builds of a project."""
    key = own_key(os.environ)
    if key:
        yield StepFiles(root / writer.WORK / STEPS, key)
        return
    with tempfile.TemporaryDirectory(prefix="workreport-") as folder:
        yield StepFiles(Path(folder), secrets.token_bytes(LENGTH))


def name_of(*facts: object) -> str:
    """Return the name of a step's result: the digest of all that it depends on, by the `repr` of frozen values.

    Sets have no order, so they must come sorted.

    >>> name_of("a", (1, None)) == name_of("a", (1, None)), len(name_of())
    (True, 64)
    """
    return hashlib.sha256("\0".join(map(repr, facts)).encode("utf-8", "surrogatepass")).hexdigest()
