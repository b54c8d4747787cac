"""Faults that a script plants in real reports are found on their line."""

from pathlib import Path

from tests.field_words import VOCABULARY
from tools import plant_faults

LEAST = 0.9
"""The least share of planted faults of each kind that must be found."""
FEWEST = 30
"""The fewest planted faults of a kind that make a share."""


def test_planted_faults_of_every_kind_are_found_on_their_line(shared: Path) -> None:
    paths = sorted(p for p in (shared / "corpus").iterdir() if p.suffix in plant_faults.SUFFIXES)
    counts = plant_faults.recall(paths, 7, VOCABULARY)
    assert len(counts) == len(plant_faults.PLANTERS)
    for kind, (found, planted) in counts.items():
        assert planted >= FEWEST, kind
        assert found >= LEAST * planted, kind
