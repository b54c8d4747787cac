"""Knows the names of two caches in a project's work folder `.workreport/`, and those of earlier versions, to remove them.

Any cache may be deleted: the next build is slower, but gives the same. Leaves the content of a cache, and the key that
shows whether it is current, to the module that writes it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workreport.project import writer

if TYPE_CHECKING:
    from pathlib import Path

COMPOSED = "composed"
"""The file with the result of composing the pages (`build.compose_cache`)."""
TEMPLATES = "compiled-templates"
"""The folder of compiled templates (`website.template_cache`)."""
OBSOLETE = ("kept.json", "composed.json", "templates")
"""The names that these two caches had in earlier versions."""


def remove_obsolete(project: Path) -> None:
    """Remove the caches named in `OBSOLETE`. Call it while the project is locked."""
    for name in OBSOLETE:
        writer.remove_folder(project / writer.WORK / name)
