"""Knows what slow libraries said of a text (its pinyin, its traditional form), so that the next build need not load them.

Leaves the answers to those libraries. A cache made by other code of ours is thrown away.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from workreport.analysis import pinyin
from workreport.project import digests, writer
from workreport.website import search


class TextCache:
    """A function from text to text whose answers are stored in a JSON file between builds."""

    def __init__(self, path: Path, function: Callable[[str], str]) -> None:
        self._path = path
        self._function = function
        self._key = digests.digest((Path(pinyin.__file__), Path(search.__file__)))[0]
        self._answers: dict[str, str] = {}
        self._changed = False
        try:
            stored = json.loads(path.read_text(encoding="utf-8"))
            if isinstance(stored, dict) and stored.get("") == self._key:
                self._answers = {str(text): str(answer) for text, answer in stored.items()}
        except (OSError, ValueError):
            pass

    def __call__(self, text: str) -> str:
        """The function's answer, from the cache where it has it."""
        if text not in self._answers:
            self._answers[text] = self._function(text)
            self._changed = True
        return self._answers[text]

    def save(self) -> None:
        """Write the file, if any answer is new."""
        if self._changed:
            stored = {**self._answers, "": self._key}
            writer.write_text(self._path, json.dumps(stored, ensure_ascii=False, sort_keys=True))
