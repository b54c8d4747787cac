"""Knows what a build is to make (`BuildOrder`), and whether anything changed since the last build of the same order.

Leaves the work to `outputs`. Imports little, so that a build with nothing to do ends quickly.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from workreport.project import digests, fonts, plain_tree
from workreport.project.paths import PACKAGE, SIGNER, UNDATED, key_file, templates_of, vocabularies_of

STATE = ".workreport/state"
"""The file in a project with the digest of the last build (see `state`), and what was ordered (see `LastBuild`)."""
PREVIEW = ".workreport/preview"
"""The folder in a project with the pages of the live preview, so that `site/` stays what was built and checked."""


@dataclass(frozen=True, slots=True)
class BuildOrder:
    """What to build: the project folder, the slug of the only report to build (None for all), pages only or everything.

    `preview`: the pages go to the folder `PREVIEW`, and `site/` stays as it is.
    """

    root: Path
    report: str | None = None
    only_site: bool = False
    fallback_date: date = UNDATED
    """The date of pages and archive files if no report has a date."""
    preview: bool = False
    jobs: int | None = None
    """How many processes work at once; None for as many as there are processors and work for them."""

    @property
    def site(self) -> str:
        """The folder that this build replaces by the new pages, relative to the project."""
        return PREVIEW if self.preview else "site"


@dataclass(frozen=True, slots=True)
class LastBuild:
    """What the last build of a project made: its order, whether nothing has changed since, and the reports left out.

    `broken` has the slugs of reports whose own files were broken; such a build is never current.
    """

    order: BuildOrder
    current: bool
    broken: tuple[str, ...] = ()

    @property
    def partial(self) -> bool:
        """Whether it made less than the whole site: one report of several, or pages only."""
        return self.order.only_site or self.order.report is not None


class BadEpoch(Exception):
    """The environment variable SOURCE_DATE_EPOCH is not a usable number of seconds."""


def fallback_date(environment: Mapping[str, str]) -> date:
    """Return the date for a site whose reports have none: SOURCE_DATE_EPOCH (seconds since 1970, UTC), else 2000-01-01.

    Never today's date: the same input must give the same bytes. The variable is the one of reproducible-builds.org.
    Raises `BadEpoch`.

    >>> fallback_date({"SOURCE_DATE_EPOCH": "1708473600"}).isoformat(), fallback_date({}).isoformat()
    ('2024-02-21', '2000-01-01')
    """
    seconds = environment.get("SOURCE_DATE_EPOCH", "")
    if not seconds:
        return UNDATED
    try:
        return datetime.fromtimestamp(int(seconds), UTC).date()
    except (ValueError, OverflowError, OSError) as error:
        raise BadEpoch(f"SOURCE_DATE_EPOCH 应是 1970 年以来的秒数，现在是 {seconds!r}。请改正或去掉它。") from error


def _inputs_and_outputs(order: BuildOrder) -> list[Path]:
    """Return the files and folders that a build reads or writes: a change in any of them makes a new build necessary."""
    root = order.root
    own = [root / name for name in (*plain_tree.INPUTS, *plain_tree.OUTPUTS)]
    return [*own, templates_of(root), *vocabularies_of(root), PACKAGE]


def _signing_key(order: BuildOrder) -> str:
    """Return the path of the signing key as `site.toml` writes it, "" if this order signs nothing or the file is wrong.

    A wrong file is reported later, by `settings`.
    """
    if order.only_site:
        return ""
    # Not read by `settings`, which imports half the program.
    import tomllib

    from workreport.ingest.plain_files import LARGEST_TOML, read_plain_file

    try:
        table = tomllib.loads(read_plain_file(order.root / "site.toml", LARGEST_TOML).decode())
    except (OSError, ValueError):
        return ""
    wanted, build = table.get("archive", {}), table.get("build", {})
    if not isinstance(wanted, dict) or not isinstance(build, dict) or build.get("archive") is False:
        return ""
    named = wanted.get("minisign_key", "")
    return named if isinstance(named, str) else ""


def _signing(order: BuildOrder) -> tuple[list[Path], str]:
    """Return what a signature depends on: the key file, and a text that says whether the signing tool is installed."""
    named = _signing_key(order)
    if not named:
        return [], ""
    import shutil

    try:
        key = key_file(named, order.root)
    except (OSError, ValueError, RuntimeError):
        return [], ""
    # A folder is no signing key, and its digest would read every file in it.
    return ([key] if key.is_file() else []), SIGNER if shutil.which(SIGNER) else f"no {SIGNER}"


def state(order: BuildOrder) -> tuple[str, int]:
    """Return a digest (hex) of the order and of all files that this build reads or has written, and the number of files."""
    key, signing = _signing(order)
    words = (
        order.report or "",
        "site" if order.only_site else "all",
        order.fallback_date.isoformat(),
        fonts.installed_files(),
    )
    return digests.digest([*_inputs_and_outputs(order), *key], *words, signing)


def state_text(order: BuildOrder, broken: Iterable[str] = ()) -> str:
    """Return the text of the file `STATE` after a build: the digest, and a line of JSON with what was ordered.

    `broken` are the slugs of the reports that it left out.
    """
    row = {"report": order.report, "only_site": order.only_site, "broken": sorted(broken)}
    return f"{state(order)[0]}\n{json.dumps(row)}\n"


def _read_state(root: Path) -> list[str]:
    """Return the lines of the file `STATE`; none if it is missing or unreadable."""
    try:
        return (root / STATE).read_text(encoding="ascii").splitlines()
    except (OSError, UnicodeDecodeError):
        return []


def unchanged(order: BuildOrder) -> int | None:
    """Return the number of files compared if nothing differs from the last build and its order, otherwise None.

    After a build that left out a report it is None too: the faults are to be told again.
    """
    last = _read_state(order.root)
    if not last or left_out(order.root):
        return None
    now, count = state(order)
    return count if now == last[0] else None


def left_out(root: Path) -> tuple[str, ...]:
    """Return the slugs of the reports that the last build left out, since their own files were broken."""
    try:
        return tuple(str(slug) for slug in json.loads(_read_state(root)[1]).get("broken", ()))
    except (IndexError, ValueError, AttributeError, TypeError):
        return ()


def last_build(root: Path, fallback_date: date) -> LastBuild | None:
    """Return what the last build made of the project `root`; None if that is not known, as after `clean`."""
    try:
        row = json.loads(_read_state(root)[1])
        order = BuildOrder(root, row["report"], bool(row["only_site"]), fallback_date)
    except (IndexError, ValueError, KeyError, TypeError):
        return None
    return LastBuild(order, unchanged(order) is not None, left_out(root))
