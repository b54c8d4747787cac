"""Knows the project's vocabulary, loaded once for all tests that use it. Leaves loading and checking to `vocabulary`."""

from __future__ import annotations

from tests.conftest import ROOT
from workreport.analysis import vocabulary

VOCABULARY = vocabulary.load(ROOT / "vocabulary")
FRONT = VOCABULARY.front
