"""Knows what reading gave the last time, so that unchanged reports and templates need not be read again for the pages.

Keyed by the digest of all that reading and page-making take in; worth nothing once `docs/` is not as it was written.
Leaves making it to `pipeline`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from workreport.build import plan
from workreport.project import digests, paths, writer

FILE = "kept.json"


@dataclass(frozen=True, slots=True)
class Known:
    """What the steps after docs/ need: slugs, the archive's name, the day for the clock, the files for the site."""

    slugs: tuple[str, ...]
    name: str
    moment: date
    dates: dict[str, date]
    into_site: dict[str, str]


def _key(root: Path, order: plan.Order) -> str:
    own = [root / name for name in ("site.toml", "mkdocs.yml", "mkdocs.generated.yml", "reports", "docs")]
    return digests.digest(
        [*own, paths.templates_of(root), paths.vocabulary_of(root), paths.PACKAGE],
        order.report or "",
        order.stand_in.isoformat(),
    )[0]


def keep(root: Path, order: plan.Order, known: Known) -> None:
    """Remember what was just made; call it when docs/ is written."""
    facts = {
        "key": _key(root, order),
        "slugs": known.slugs,
        "name": known.name,
        "moment": known.moment.isoformat(),
        "dates": {slug: day.isoformat() for slug, day in known.dates.items()},
        "into_site": known.into_site,
    }
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True)
    writer.write_bytes(root / writer.WORK / FILE, text.encode(), durable=False)


def recall(root: Path, order: plan.Order) -> Known | None:
    """What was made from exactly these files, or None."""
    try:
        facts = json.loads((root / writer.WORK / FILE).read_bytes())
        if facts["key"] != _key(root, order):
            return None
        return Known(
            tuple(facts["slugs"]), facts["name"], date.fromisoformat(facts["moment"]),
            {slug: date.fromisoformat(day) for slug, day in facts["dates"].items()}, facts["into_site"],
        )  # fmt: skip
    except (OSError, ValueError, KeyError, TypeError):
        return None
