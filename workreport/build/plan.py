"""Knows what a build is asked for, and whether anything changed since the last build of the same order.

Leaves the work to `pipeline` and `outputs`. Imports little: a build with nothing to do loads only this and `digests`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from workreport.project import digests, fonts
from workreport.project.paths import PACKAGE, SIGNER, UNDATED, key_file, templates_of, vocabulary_of

STATE = ".workreport/state"
"""The file with the digest of the last build, in a project."""


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


def _roots(order: Order) -> list[Path]:
    root = order.root
    own = [
        root / n
        for n in ("site.toml", "mkdocs.yml", "mkdocs.generated.yml", "reports", "templates", "docs", "site", "archive")
    ]
    return [*own, templates_of(root), vocabulary_of(root), PACKAGE]


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
