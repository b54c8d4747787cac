"""Knows how the result of composing is cached, so that a build of the pages only need not read unchanged reports again.

The cache is valid for exactly the same input files, program and `docs/`. Leaves composing to `compose`.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from workreport.build import plan
from workreport.project import caches, digests, paths, writer
from workreport.project.kept_files import KeptFiles
from workreport.project.own_key import own_key


@dataclass(frozen=True, slots=True)
class SiteInputs:
    """The result of composing that later steps need once `docs/` is written; cached, so that nothing is read again.

    The fields are those of `compose.ComposedSite`.
    """

    slugs: tuple[str, ...]
    name: str
    moment: date
    dates: dict[str, date]
    graphs: dict[str, str]
    site_files: dict[str, str]


def _key(root: Path, order: plan.BuildOrder) -> str:
    """Return the digest of all that the cached result depends on."""
    own = [root / name for name in ("site.toml", "mkdocs.yml", "mkdocs.generated.yml", "reports", "docs")]
    return digests.digest(
        [*own, paths.templates_of(root), *paths.vocabularies_of(root), paths.PACKAGE],
        order.report or "",
        order.fallback_date.isoformat(),
    )[0]


def save(root: Path, order: plan.BuildOrder, inputs: SiteInputs) -> None:
    """Write the cache. Call it after `docs/` is written, whose files are part of the key."""
    row = {
        "key": _key(root, order),
        "slugs": inputs.slugs,
        "name": inputs.name,
        "moment": inputs.moment.isoformat(),
        "dates": {slug: day.isoformat() for slug, day in inputs.dates.items()},
        "graphs": inputs.graphs,
        "site_files": inputs.site_files,
    }
    text = json.dumps(row, ensure_ascii=False, sort_keys=True)
    _kept(root).put(caches.COMPOSED, text.encode())


def _kept(root: Path) -> KeptFiles:
    """The files of this user alone: among them are scripts of the site, which must not come with a project from somebody else."""
    return KeptFiles(root / writer.WORK, own_key(os.environ))


def load(root: Path, order: plan.BuildOrder) -> SiteInputs | None:
    """Read the cache; None if it is missing, damaged, or was made from other files, by another program or for another order."""
    try:
        row = json.loads(_kept(root).get(caches.COMPOSED) or b"")
        if row["key"] != _key(root, order):
            return None
        return SiteInputs(
            tuple(row["slugs"]), row["name"], date.fromisoformat(row["moment"]),
            {slug: date.fromisoformat(day) for slug, day in row["dates"].items()},
            row["graphs"], row["site_files"],
        )  # fmt: skip
    except (ValueError, KeyError, TypeError):
        return None
