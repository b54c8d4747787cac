"""Knows what a build is asked for and where a project keeps its things; says when there is nothing to do.

Leaves the doing to `pipeline`. Imports little, since a build with nothing to do is only this and `digests`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from workreport import digests, fonts

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
"""How a report's folder is called: it is part of the address of its pages."""
RESERVED = frozenset(
    {"about", "archive", "assets", "aux", "con", "data", "index", "nul", "prn", "search", "v", "verify"}
)
"""What stands beside the reports in a finished site, in an archive or in a served folder, and what Windows keeps."""
STATE = ".workreport/state"
UNDATED = date(2000, 1, 1)
SIGNER = "minisign"
"""The tool that signs."""
DATA = Path(__file__).resolve().parent / "_data"
"""Templates, vocabulary and default settings of an installed workreport; in a checkout they stand at its top."""


@dataclass(frozen=True, slots=True)
class Order:
    """One build: the project's folder, one report only (or None for all), pages only or everything."""

    root: Path
    report: str | None = None
    only_site: bool = False
    stand_in: date = UNDATED
    """The day for what a report without a date would be dated by."""


class BadEpoch(Exception):
    """SOURCE_DATE_EPOCH is no number of seconds."""


def stand_in(environment: Mapping[str, str]) -> date:
    """The day for a report that names none: SOURCE_DATE_EPOCH (seconds since 1970, UTC), else a fixed one; never today.

    The variable is that of reproducible-builds.org. Raises BadEpoch.

    >>> stand_in({"SOURCE_DATE_EPOCH": "1708473600"}).isoformat(), stand_in({}).isoformat()
    ('2024-02-21', '2000-01-01')
    """
    told = environment.get("SOURCE_DATE_EPOCH", "")
    if not told:
        return UNDATED
    try:
        return datetime.fromtimestamp(int(told), UTC).date()
    except (ValueError, OverflowError, OSError) as error:
        raise BadEpoch(f"SOURCE_DATE_EPOCH 应是 1970 年以来的秒数，现在是 {told!r}。请改正或去掉它。") from error


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


def _roots(order: Order) -> list[Path]:
    root = order.root
    own = [
        root / n
        for n in ("site.toml", "mkdocs.yml", "mkdocs.generated.yml", "reports", "templates", "docs", "site", "archive")
    ]
    return [*own, templates_of(root), vocabulary_of(root), Path(__file__).resolve().parent]


def key_file(named: str, root: Path) -> Path:
    """The file of the key that `site.toml` names: `~` and paths relative to the project are understood."""
    return (root / Path(named).expanduser()).resolve()


def _key(order: Order) -> str:
    """The key that `site.toml` names for what this order makes, or ""; a file that is wrong is told where it is read."""
    if order.only_site:
        return ""
    # Not read by `settings`, which loads half the program; pages alone ask for neither.
    import tomllib

    try:
        said = tomllib.loads((order.root / "site.toml").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ""
    wanted, build = said.get("archive", {}), said.get("build", {})
    if not isinstance(wanted, dict) or not isinstance(build, dict) or build.get("archive") is False:
        return ""
    named = wanted.get("minisign_key", "")
    return named if isinstance(named, str) else ""


def _signing(order: Order) -> tuple[list[Path], str]:
    """What a signature depends on, where one is wanted: the file of the key, and whether the tool is there."""
    named = _key(order)
    if not named:
        return [], ""
    import shutil

    try:
        key = key_file(named, order.root)
    except (OSError, ValueError, RuntimeError):
        return [], ""
    # A folder would be read through, and is no key.
    return ([key] if key.is_file() else []), SIGNER if shutil.which(SIGNER) else f"no {SIGNER}"


def state(order: Order) -> tuple[str, int]:
    """The digest of everything this build reads and has written, and how many files that is."""
    key, signing = _signing(order)
    words = (order.report or "", "site" if order.only_site else "all", order.stand_in.isoformat(), fonts.standing())
    return digests.digest([*_roots(order), *key], *words, signing)


def unchanged(order: Order) -> int | None:
    """The number of files looked at when nothing differs from the last build of the same order, else None."""
    try:
        kept = (order.root / STATE).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return None
    now, count = state(order)
    return count if now == kept else None
