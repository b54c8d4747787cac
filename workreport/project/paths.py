"""Knows where a project's files are: templates, vocabulary, mkdocs.yml; and which report names are reserved.

Leaves reading and writing them to others. Imports little, so that a build with nothing to do stays fast.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
"""The form of a report's folder name, which is part of the address of its pages."""
RESERVED = frozenset({"archive", "assets", "aux", "con", "data", "index", "nul", "prn", "search", "v", "verify"})
"""Names that a report may not have: other folders of a site, an archive or a served folder, and names Windows reserves."""
UNDATED = date(2000, 1, 1)
"""The date that pages and archives carry where neither a report nor SOURCE_DATE_EPOCH gives one."""
SIGNER = "minisign"
"""The command that signs `SHA256SUMS`."""
PACKAGE = Path(__file__).resolve().parent.parent
"""The folder of the package `workreport`."""
DATA = PACKAGE / "_data"
"""Templates, vocabulary and mkdocs.yml of an installed package; a checkout has them in its root instead."""


def shipped() -> Path:
    """The folder with our `templates/` (including a commented `site.toml`), `vocabulary/` and `mkdocs.yml`."""
    return DATA if DATA.is_dir() else DATA.parent.parent


def vocabulary_of(root: Path) -> Path:
    """The project's `vocabulary/` where it has one, else ours."""
    return root / "vocabulary" if (root / "vocabulary").is_dir() else shipped() / "vocabulary"


def templates_of(root: Path) -> Path:
    """The project's `templates/` where it has `templates/pages/`, else ours."""
    return root / "templates" if (root / "templates" / "pages").is_dir() else shipped() / "templates"


def template_folders(root: Path) -> tuple[Path, ...]:
    """Where to look for templates: the project's folder, then ours. A project may replace some templates only."""
    return tuple(dict.fromkeys((templates_of(root), shipped() / "templates")))


def part_of(root: Path, name: str) -> Path:
    """A file or folder of the templates (`typst`, `data/indicators.schema.json`): the project's where it exists, else ours."""
    return next(folder / name for folder in template_folders(root) if (folder / name).exists())


def overrides_of(root: Path) -> Path | None:
    """Our theme folder, or None where the project has its own."""
    return None if (root / "templates" / "overrides").is_dir() else shipped() / "templates" / "overrides"


def key_file(named: str, root: Path) -> Path:
    """The path of the key file that `site.toml` names; `~` and paths relative to the project `root` are resolved."""
    return (root / Path(named).expanduser()).resolve()
