"""The vocabulary of the project, loaded once for all tests that read with it."""

from __future__ import annotations

from tests.conftest import ROOT
from workreport.analysis import vocabulary

VOCABULARY = vocabulary.load(ROOT / "vocabulary")
FRONT = VOCABULARY.front
