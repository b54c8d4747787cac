"""Knows where a project keeps its things: templates, vocabulary, the names that addresses reserve.

Leaves reading and writing them to others. Imports little, so that a build with nothing to do stays cheap.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
"""How a report's folder is called: it is part of the address of its pages."""
RESERVED = frozenset(
    {"about", "archive", "assets", "aux", "con", "data", "index", "nul", "prn", "search", "v", "verify"}
)
"""What stands beside the reports in a finished site, in an archive or in a served folder, and what Windows keeps."""
UNDATED = date(2000, 1, 1)
SIGNER = "minisign"
"""The tool that signs."""
PACKAGE = Path(__file__).resolve().parent.parent
"""The folder of this program."""
DATA = PACKAGE / "_data"
"""Templates, vocabulary and default settings of an installed workreport; in a checkout they stand at its top."""


def shipped() -> Path:
    """The folder with our own templates/ (a commented site.toml among them), vocabulary/ and mkdocs.yml."""
    return DATA if DATA.is_dir() else DATA.parent.parent


def vocabulary_of(root: Path) -> Path:
    """The project's own vocabulary/ where it has one, else the one we bring."""
    return root / "vocabulary" if (root / "vocabulary").is_dir() else shipped() / "vocabulary"


def templates_of(root: Path) -> Path:
    """The project's own templates/ where it has pages of its own, else ours."""
    return root / "templates" if (root / "templates" / "pages").is_dir() else shipped() / "templates"


def template_folders(root: Path) -> tuple[Path, ...]:
    """Where templates are looked for: the project's own, then ours, for a project may bring its own pages only."""
    return tuple(dict.fromkeys((templates_of(root), shipped() / "templates")))


def part_of(root: Path, name: str) -> Path:
    """A folder or file of templates, `typst` or `data/indicators.schema.json`: the project's own where it has it."""
    return next(folder / name for folder in template_folders(root) if (folder / name).exists())


def overrides_of(root: Path) -> Path | None:
    """The theme folder to use where the project has none of its own; None where it has."""
    return None if (root / "templates" / "overrides").is_dir() else shipped() / "templates" / "overrides"


def key_file(named: str, root: Path) -> Path:
    """The file of the key that `site.toml` names: `~` and paths relative to the project are understood."""
    return (root / Path(named).expanduser()).resolve()
