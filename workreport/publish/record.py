"""Knows what a served folder says of its own versions: `version.json` in each, `v/versions.json` over all of them.

Leaves what changed to `changes`, how a version comes to its place to `publish` itself, and every byte to `writer`.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING

from workreport import archive
from workreport.publish.differences import KINDS, Change
from workreport.website import markup
from workreport.website.rendering import DAY

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

VERSIONS = "v"
"""The folder of the served folder that holds the versions side by side."""
FACTS = "version.json"
LEDGER = "versions.json"
NAME = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})\.([1-9][0-9]*)")


class RecordError(Exception):
    """A record cannot be read; the message names the file and what to do."""


@dataclass(frozen=True, slots=True)
class Version:
    """One version: its name, the one before ("" for the first), the digest of the site, and what changed since then.

    `reports` are titles by slug; `came` and `went` are those that only one of the two versions has, `renamed` the slugs
    that both have under another one, old to new. `files` are the SHA-256 of the files of the site as it was built.
    """

    name: str
    before: str
    digest: str
    reports: dict[str, str]
    came: dict[str, str]
    went: dict[str, str]
    renamed: dict[str, str]
    changes: tuple[Change, ...]
    files: dict[str, str]

    def counts(self) -> dict[str, int]:
        """How many sentences of each kind of change."""
        return {kind: sum(1 for c in self.changes if c.kind == kind) for kind in KINDS}

    def slug_before(self, slug: str) -> str:
        """The slug that a report of this version had in the one before."""
        return next((old for old, new in self.renamed.items() if new == slug), slug)


@dataclass(frozen=True, slots=True)
class Ledger:
    """The versions of a served folder, oldest first, with the digest of each; how the newest is pointed at.

    `kept` are addresses that the newest version no longer has, with the version that last had each.
    """

    how: str
    versions: tuple[tuple[str, str], ...]
    kept: dict[str, str]

    def newest(self) -> str:
        """The version that the stable address leads to."""
        return self.versions[-1][0]


def day_of(site: Path) -> date | None:
    """The date of the newest report of a finished site; None where no report has one."""
    page = (site / "index.html").read_text(encoding="utf-8")
    for tag in markup.tags(page, ["meta"]):
        name, content = tag.get("name"), tag.get("content")
        if name and content and name.value == DAY:
            try:
                return date.fromisoformat(content.value)
            except ValueError:
                return None
    return None


def digests_of(site: Path) -> dict[str, str]:
    """The SHA-256 of every file of a finished site, by path."""
    return {name: archive.digest(site / name) for name in archive.names_in(site)}


def digest_of(files: Mapping[str, str]) -> str:
    """One SHA-256 over the names and digests of all files, as `sha256sum` would list them."""
    return hashlib.sha256("".join(f"{files[name]}  {name}\n" for name in sorted(files)).encode()).hexdigest()


def facts_text(version: Version) -> str:
    """The text of `version.json`."""
    return json.dumps({"version": version.name, **_without_name(version)}, ensure_ascii=False, indent=1) + "\n"


def _without_name(version: Version) -> dict[str, object]:
    facts = asdict(version)
    del facts["name"]
    return facts


def read_facts(path: Path) -> Version | None:
    """A version from its `version.json`; None where it is not there (taken away by the publisher)."""
    try:
        facts = json.loads(path.read_text(encoding="utf-8"))
        return Version(
            facts["version"], facts["before"], facts["digest"], dict(facts["reports"]), dict(facts["came"]),
            dict(facts["went"]), dict(facts.get("renamed", {})), tuple(Change(**change) for change in facts["changes"]),
            dict(facts["files"]),
        )  # fmt: skip
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RecordError(f"{path}：无法读取（{error}）。请从备份恢复，或删去这一版的文件夹。") from error


def ledger_text(ledger: Ledger) -> str:
    """The text of `v/versions.json`, newest first."""
    rows = [
        {"version": name, "date": name.rpartition(".")[0], "address": f"{name}/index.html", "digest": digest}
        for name, digest in reversed(ledger.versions)
    ]
    facts = {"newest": ledger.newest(), "how": ledger.how, "versions": rows, "kept": dict(sorted(ledger.kept.items()))}
    return json.dumps(facts, ensure_ascii=False, indent=1) + "\n"


def read_ledger(path: Path, newest: str | None = None) -> Ledger | None:
    """The ledger, up to the version that is pointed at (`newest`, or what it says itself); None where there is none."""
    try:
        facts = json.loads(path.read_text(encoding="utf-8"))
        versions = tuple((row["version"], row["digest"]) for row in reversed(facts["versions"]))
        until = [_named(name) for name, _ in versions].index(newest or facts["newest"]) + 1
        return Ledger(facts["how"], versions[:until], dict(facts["kept"]))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RecordError(f"{path}：无法读取（{error}）。请从备份恢复该文件。") from error


def _named(name: str) -> str:
    if not NAME.fullmatch(name):
        raise ValueError(name)
    return name
