"""Knows how results of slow libraries (pinyin, traditional characters) are cached, so that a build need not load them again.

Leaves computing the results to `analysis.pinyin` and `website.search`. A cache that other versions of those two modules
made is ignored.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from workreport.analysis import pinyin
from workreport.project import digests, writer
from workreport.website import search


class TextCache:
    """Wraps a function from text to text and stores its results in the JSON file `path` between builds."""

    def __init__(self, path: Path, function: Callable[[str], str]) -> None:
        self._path = path
        self._function = function
        self._key = digests.digest((Path(pinyin.__file__), Path(search.__file__)))[0]
        self._results: dict[str, str] = {}
        self._changed = False
        try:
            stored = json.loads(path.read_text(encoding="utf-8"))
            if isinstance(stored, dict) and stored.get("") == self._key:
                self._results = {str(text): str(result) for text, result in stored.items()}
        except (OSError, ValueError):
            pass

    def __call__(self, text: str) -> str:
        """Return the function's result for a text, from the cache if it is there."""
        if text not in self._results:
            self._results[text] = self._function(text)
            self._changed = True
        return self._results[text]

    def save(self) -> None:
        """Write the file, if any result is new."""
        if self._changed:
            stored = {**self._results, "": self._key}
            writer.write_text(self._path, json.dumps(stored, ensure_ascii=False, sort_keys=True))
