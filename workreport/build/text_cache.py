"""Knows how results of slow libraries (pinyin, traditional characters) are cached, so that a build need not load them again.

Leaves computing the results to `analysis.pinyin` and `website.search`. A cache that other versions of those two modules
made is ignored.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
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
        self._new: dict[str, str] = {}
        try:
            stored = json.loads(path.read_text(encoding="utf-8"))
            if isinstance(stored, dict) and stored.get("") == self._key:
                self._results = {str(text): str(result) for text, result in stored.items()}
        except (OSError, ValueError):
            pass

    def __call__(self, text: str) -> str:
        """Return the function's result for a text, from the cache if it is there."""
        if text not in self._results:
            self._new[text] = self._results[text] = self._function(text)
        return self._results[text]

    @property
    def new(self) -> dict[str, str]:
        """The results that the file does not have yet, by text."""
        return dict(self._new)

    def add(self, results: Mapping[str, str]) -> None:
        """Take over results that another process computed by the same function."""
        self._new.update((text, result) for text, result in results.items() if text not in self._results)
        self._results.update(results)

    def save(self) -> None:
        """Write the file, if any result is new."""
        if self._new:
            stored = {**self._results, "": self._key}
            writer.write_text(self._path, json.dumps(stored, ensure_ascii=False, sort_keys=True))
