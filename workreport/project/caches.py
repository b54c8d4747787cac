"""Knows the names of the caches in a project's work folder `.workreport/`. None is needed: a build without them is slower.

Leaves their content, and the key that tells whether it is current, to the modules that write them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workreport.project import writer

if TYPE_CHECKING:
    from pathlib import Path

COMPOSED = "composed.json"
"""What composing the pages gave (`build.compose_cache`)."""
TEMPLATES = "compiled-templates"
"""A folder of compiled templates (`website.template_cache`)."""
OBSOLETE = ("kept.json", "templates")
"""What caches were called in earlier versions."""


def remove_obsolete(project: Path) -> None:
    """Remove the caches that only earlier versions read. Call it while the project is locked."""
    for name in OBSOLETE:
        writer.remove_folder(project / writer.WORK / name)
