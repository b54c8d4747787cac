"""Knows the type of an archive form's id, and the one form that web pages and settings ask for by its id.

Leaves the forms themselves to the table `archive.forms`, a higher wing.
"""

from __future__ import annotations

from typing import NewType

FormId = NewType("FormId", str)
"""A key of the table [archive] in `site.toml`: FormId("epub")."""
OFFLINE_COPY = FormId("zip")
"""The whole website as a zip (离线版): a page's button names it where it is made."""
