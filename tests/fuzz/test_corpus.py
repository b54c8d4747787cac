"""Every file of the fuzzing corpus, also each that once failed, is read as it must be."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz.targets import CORPUS, TARGETS
from tools import fuzz

FILES = [path for name in TARGETS for path in sorted((CORPUS / name).iterdir())]


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_file_of_the_corpus_is_read_as_it_must_be(path: Path) -> None:
    TARGETS[path.parent.name](path.read_bytes())


def test_every_target_has_a_corpus() -> None:
    assert {path.name for path in CORPUS.iterdir()} == set(TARGETS)


def test_files_that_reach_a_limit_are_not_damaged_further(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [0.0]
    monkeypatch.setattr(fuzz.time, "monotonic", lambda: clock[0])

    def target(data: bytes) -> None:
        clock[0] += len(data)
        if data == b"bad":
            raise ValueError

    assert fuzz.quick_seeds(target, [b"12", b"endless", b"bad", b"123456789"]) == [b"12", b"endless", b"bad"]
