"""Knows how files are kept between builds so that only files which this user's builds wrote are read back.

Each file begins with an HMAC under the user's own key over its name and its bytes: one that came with a project from somebody
else, or that was damaged, is as one that is not there. Leaves the key to `own_key`, what is kept to the callers.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import pickle
import time
import zlib
from collections.abc import Collection
from pathlib import Path

from workreport.project import writer
from workreport.project.own_key import own_key

_MAC = hashlib.sha256().digest_size
_PART = ".part"
_LONGEST = 24 * 60 * 60
"""Seconds after which a half-written file is left by a killed build."""


class KeptFiles:
    """Files in one folder, each under a name: a digest (hex) of all that its content depends on.

    Without a key (None) nothing is kept, and nothing is found. Several processes may use one folder at once.

    >>> import tempfile
    >>> kept = KeptFiles(Path(tempfile.mkdtemp()), b"k" * 32)
    >>> kept.put("a1", b"content"), kept.get("a1"), kept.get("b2")
    (None, b'content', None)
    """

    def __init__(self, folder: Path, key: bytes | None) -> None:
        self._folder = folder
        self._key = key

    def get(self, name: str) -> bytes | None:
        """Return the bytes that were kept under a name; None if there are none of our own."""
        if self._key is None:
            return None
        try:
            stored = (self._folder / name).read_bytes()
        except OSError:
            return None
        packed = stored[_MAC:]
        if not hmac.compare_digest(stored[:_MAC], self._mac(self._key, name, packed)):
            return None
        return zlib.decompress(packed)

    def put(self, name: str, data: bytes) -> None:
        """Keep bytes under a name. Raises `WriteError`."""
        if self._key is None:
            return
        packed = zlib.compress(data, 1)
        # Two builds may keep the same step at once.
        part = self._folder / f"{name}.{os.getpid()}{_PART}"
        writer.write_bytes(part, self._mac(self._key, name, packed) + packed, durable=False)
        writer.move_file(part, self._folder / name)

    def has(self, name: str) -> bool:
        """Whether a file of our own is kept under a name."""
        return self.get(name) is not None

    def get_value(self, name: str) -> object:
        """Return the value that was kept under a name; None if there is none of our own.

        Values are pickled, so a name must cover the program and the versions of Python and the libraries.
        """
        data = self.get(name)
        # This can run code: the HMAC shows that it is ours.
        return None if data is None else pickle.loads(data)

    def put_value(self, name: str, value: object) -> None:
        """Keep a value of our own types under a name. Raises `WriteError`."""
        self.put(name, pickle.dumps(value, 5))

    def keep_only(self, names: Collection[str]) -> None:
        """Remove all files but those under these names. Raises `WriteError`."""
        try:
            there = {path.name for path in self._folder.iterdir()}
        except OSError:
            return
        for name in there.difference(names):
            if not name.endswith(_PART) or self._is_left(name):
                writer.remove_folder(self._folder / name)

    def _is_left(self, name: str) -> bool:
        """Whether a killed build left a half-written file: no running one writes so long."""
        try:
            return time.time() - (self._folder / name).lstat().st_mtime > _LONGEST
        except OSError:
            return False

    def _mac(self, key: bytes, name: str, packed: bytes) -> bytes:
        return hmac.digest(key, f"{self._folder.name}/{name}\0".encode() + packed, "sha256")


def kept_in(project: Path, kind: str) -> KeptFiles:
    """Return the files of a kind of step (`read`, `compose` …) that builds of a project keep."""
    return KeptFiles(project / writer.WORK / STEPS / kind, own_key(os.environ))


STEPS = "steps"
"""The folder in `.workreport/` with a folder for each kind of step."""
