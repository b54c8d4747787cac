"""Knows the type of an archive format's id, and the one id that web pages and settings have to name.

Leaves the formats themselves to the table `archive.forms`, which this package must not import.
"""

from __future__ import annotations

from typing import NewType

FormId = NewType("FormId", str)
"""The id of an archive format, which is also its key in the table [archive] of `site.toml`: FormId("epub")."""
OFFLINE_COPY = FormId("zip")
"""The id of 离线版, the whole website as a zip; texts about the downloads mention this format if it is made."""
