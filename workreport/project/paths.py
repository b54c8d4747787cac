"""Knows where templates, vocabulary, theme and key file of a project are, and which folder names a report may have.

"Ours" below means the files that come with the program. Leaves reading and writing files to the callers. Imports little,
so that a build with nothing to do ends quickly.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
"""Matches (as a whole) the name that a report's folder may have: it is part of the addresses of the report's pages."""
RESERVED = frozenset(
    {"archive", "assets", "aux", "con", "data", "index", "measures", "nul", "places", "prn", "search", "v", "verify"}
)
"""Names that match `SLUG` but that no report may have: other folders of a site, an archive or a served folder, and names
that Windows reserves. The folders of the site's own pages are added by `build.slugs.reserved_slugs`.
"""
UNDATED = date(2000, 1, 1)
"""The date of pages and archive files if neither a report nor SOURCE_DATE_EPOCH gives one."""
OWN_WORDS = "words"
"""The folder of a project with its own word lists."""
SIGNER = "minisign"
"""The name of the command that signs `SHA256SUMS`."""
PACKAGE = Path(__file__).resolve().parent.parent
"""The folder of the package `workreport`."""
DATA = PACKAGE / "_data"
"""Templates, vocabulary and mkdocs.yml of an installed package; a checkout has them in its root instead."""


def shipped() -> Path:
    """Return the folder with our `templates/` (also a commented `site.toml`), `vocabulary/` and `mkdocs.yml`.

    It is `DATA` in an installed package, the root in a checkout.
    """
    return DATA if DATA.is_dir() else DATA.parent.parent


def vocabularies_of(root: Path) -> tuple[Path, ...]:
    """Return the folders of word lists that the project `root` is read with: ours, then its own, which add to ours.

    Its own are `vocabulary/` and `words/`. In a checkout of the program `vocabulary/` is ours, and `words/` alone its own.
    """
    ours = shipped() / "vocabulary"
    own = (root / "vocabulary", root / OWN_WORDS)
    return (ours, *(folder for folder in own if folder.is_dir() and folder.resolve() != ours.resolve()))


def templates_of(root: Path) -> Path:
    """Return the folder `templates/` of the project `root` if it contains `pages/`, else ours."""
    return root / "templates" if (root / "templates" / "pages").is_dir() else shipped() / "templates"


def template_folders(root: Path) -> tuple[Path, ...]:
    """Return the folders to search for templates, in order: the project's, then ours (only ours if it has none of its own).

    A project may thus replace single templates.
    """
    return tuple(dict.fromkeys((templates_of(root), shipped() / "templates")))


def part_of(root: Path, name: str) -> Path:
    """Return the path of a file or folder of the templates, such as `typst` or `data/indicators.schema.json`.

    It is the project's if that exists, else ours; ours must exist.
    """
    return next(folder / name for folder in template_folders(root) if (folder / name).exists())


def overrides_of(root: Path) -> Path | None:
    """Return our theme folder for MkDocs, None if the project has `templates/overrides/`, which its mkdocs.yml then names."""
    return None if (root / "templates" / "overrides").is_dir() else shipped() / "templates" / "overrides"


def key_file(named: str, root: Path) -> Path:
    """Return the absolute path of the key file that `site.toml` names; `~` is expanded, a relative path starts at `root`."""
    return (root / Path(named).expanduser()).resolve()
