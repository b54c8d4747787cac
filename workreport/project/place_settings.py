"""Knows the publisher's TOML file beside a place, `places/<address of its page>/series.toml`: which keys it may have.

Leaves reading TOML to `toml_files`, and what the values mean to `comparison.place_edits`.
"""

from __future__ import annotations

from pathlib import Path

from workreport.comparison.place_edits import PlaceRules
from workreport.project.plain_tree import PLACES
from workreport.project.toml_files import load

FILE = "series.toml"
"""The name of the file."""


def place_rules(root: Path, place: str) -> PlaceRules:
    """Read the rules of a place, by the folder of its page; no rules where the file is missing. Raises `BadSettings`."""
    return load(root / PLACES / place / FILE, PlaceRules, place_file(place))


def place_file(place: str) -> str:
    """Return the path of the file of a place in the project.

    >>> place_file("hangzhou")
    'places/hangzhou/series.toml'
    """
    return f"{PLACES}/{place}/{FILE}"
