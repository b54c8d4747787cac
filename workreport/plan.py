"""Knows what a build is asked for and where a project keeps its things; says when there is nothing to do.

Leaves the doing to `pipeline`. Imports little, since a build with nothing to do is only this and `digests`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from workreport import digests

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
"""How a report's folder is called: it is part of the address of its pages."""
STATE = ".workreport/state"
DATA = Path(__file__).resolve().parent / "_data"
"""Templates, vocabulary and default settings of an installed workreport; in a checkout they stand at its top."""


@dataclass(frozen=True, slots=True)
class Order:
    """One build: the project's folder, one report only (or None for all), pages only or everything."""

    root: Path
    report: str | None = None
    only_site: bool = False


def shipped() -> Path:
    """The folder with our own templates/ (a commented site.toml among them), vocabulary/ and mkdocs.yml."""
    return DATA if DATA.is_dir() else DATA.parent.parent


def vocabulary_of(root: Path) -> Path:
    """The project's own vocabulary/ where it has one, else the one we bring."""
    return root / "vocabulary" if (root / "vocabulary").is_dir() else shipped() / "vocabulary"


def templates_of(root: Path) -> Path:
    """The project's own templates/ where it has pages of its own, else ours."""
    return root / "templates" if (root / "templates" / "pages").is_dir() else shipped() / "templates"


def overrides_of(root: Path) -> Path | None:
    """The theme folder to use where the project has none of its own; None where it has."""
    return None if (root / "templates" / "overrides").is_dir() else shipped() / "templates" / "overrides"


def _roots(order: Order) -> list[Path]:
    root = order.root
    own = [
        root / n
        for n in ("site.toml", "mkdocs.yml", "mkdocs.generated.yml", "reports", "templates", "docs", "site", "archive")
    ]
    return [*own, templates_of(root), vocabulary_of(root), Path(__file__).resolve().parent]


def state(order: Order) -> tuple[str, int]:
    """The digest of everything this build reads and has written, and how many files that is."""
    return digests.digest(_roots(order), order.report or "", "site" if order.only_site else "all")


def unchanged(order: Order) -> int | None:
    """The number of files looked at when nothing differs from the last build of the same order, else None."""
    try:
        kept = (order.root / STATE).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return None
    now, count = state(order)
    return count if now == kept else None
