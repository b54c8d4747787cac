"""Tests in Firefox that a chip chooses a theme in the list of promises, from a server and from a folder.

Leaves the list itself to tests/browser/test_promises_page.py.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.planned_report import PROMISES

pytestmark = [pytest.mark.long, pytest.mark.browser]


@pytest.mark.parametrize("served", [True, False], ids=["http", "file"])
def test_chip_chooses_a_theme(
    in_firefox: Callable[..., Any], planned_site: Path, site_http: Callable[..., str], served: bool
) -> None:
    base = site_http(planned_site) if served else planned_site.resolve().as_uri() + "/"
    found = in_firefox("promises.mjs", {"address": base + PROMISES, "chip": "住房"})
    assert len(found["before"]) == 7
    assert [words.split("\n")[-1] for words in found["after"]] == ["改造老旧小区8个，惠及4000户"]
    assert found["address"].endswith("#theme=housing")
