"""Knows the records of a served folder: `version.json` in each version, `v/versions.json` over all of them.

Leaves what changed to `differences`, and writing to `writer`.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING

from workreport import archive
from workreport.publish.differences import KINDS, SentenceChange
from workreport.website import markup
from workreport.website.finishing import DAY

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

VERSIONS = "v"
"""Where in the served folder the versions stand side by side."""
VERSION_FILE = "version.json"
VERSION_LIST = "versions.json"
NAME = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})\.([1-9][0-9]*)")
"""The name of a version: the date of its newest report, and a number that counts from 1 on each date."""


class RecordError(Exception):
    """A record cannot be read; the message names the file and what to do."""


@dataclass(frozen=True, slots=True)
class Version:
    """One version: its name, the version it was compared with (`before`, "" for the first), and what changed.

    `digest`: SHA-256 of the whole site; `files`: SHA-256 of each file of the site as it was built, by path.
    `reports`: titles by slug; `came` and `went`: those that only the new or only the old version has; `renamed`: old
    slug to new slug of reports that both have.
    """

    name: str
    before: str
    digest: str
    reports: dict[str, str]
    came: dict[str, str]
    went: dict[str, str]
    renamed: dict[str, str]
    changes: tuple[SentenceChange, ...]
    files: dict[str, str]

    def counts(self) -> dict[str, int]:
        """The number of sentences of each kind of change, all kinds of `KINDS` included."""
        return {kind: sum(1 for c in self.changes if c.kind == kind) for kind in KINDS}

    def slug_before(self, slug: str) -> str:
        """The slug that a report of this version had in the version before."""
        return next((old for old, new in self.renamed.items() if new == slug), slug)


@dataclass(frozen=True, slots=True)
class VersionList:
    """All versions of a served folder: name and digest, oldest first; `how` readers are led to the newest.

    `kept`: addresses that the newest version lacks, with the version that last had each.
    """

    how: str
    versions: tuple[tuple[str, str], ...]
    kept: dict[str, str]

    def newest(self) -> str:
        """The name of the version that the stable addresses show."""
        return self.versions[-1][0]


def day_of(site: Path) -> date | None:
    """The date of the newest report of a finished site, read from its front page; None where no report has a date."""
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
    """SHA-256 of every file of a finished site, by relative path."""
    return {name: archive.digest(site / name) for name in archive.names_in(site)}


def digest_of(files: Mapping[str, str]) -> str:
    """One SHA-256 for the whole site, over the lines `digest  path` that `sha256sum` prints, sorted by path."""
    return hashlib.sha256("".join(f"{files[name]}  {name}\n" for name in sorted(files)).encode()).hexdigest()


def version_text(version: Version) -> str:
    """The text of `version.json`."""
    return json.dumps({"version": version.name, **_without_name(version)}, ensure_ascii=False, indent=1) + "\n"


def _without_name(version: Version) -> dict[str, object]:
    row = asdict(version)
    del row["name"]
    return row


def read_version(path: Path) -> Version | None:
    """Read a `version.json`; None where it does not exist (the publisher deleted the version). Raises `RecordError`."""
    try:
        row = json.loads(path.read_text(encoding="utf-8"))
        return Version(
            row["version"], row["before"], row["digest"], dict(row["reports"]), dict(row["came"]),
            dict(row["went"]), dict(row.get("renamed", {})), tuple(SentenceChange(**change) for change in row["changes"]),
            dict(row["files"]),
        )  # fmt: skip
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RecordError(f"{path}：无法读取（{error}）。请从备份恢复，或删去这一版的文件夹。") from error


def version_list_text(versions: VersionList) -> str:
    """The text of `v/versions.json`, newest first."""
    rows = [
        {"version": name, "date": name.rpartition(".")[0], "address": f"{name}/index.html", "digest": digest}
        for name, digest in reversed(versions.versions)
    ]
    document = {
        "newest": versions.newest(),
        "how": versions.how,
        "versions": rows,
        "kept": dict(sorted(versions.kept.items())),
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def read_version_list(path: Path, newest: str | None = None) -> VersionList | None:
    """Read `v/versions.json` up to version `newest` (default: the one the file names); None where there is no file.

    Raises `RecordError`.
    """
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        versions = tuple((row["version"], row["digest"]) for row in reversed(document["versions"]))
        until = [_checked(name) for name, _ in versions].index(newest or document["newest"]) + 1
        return VersionList(document["how"], versions[:until], dict(document["kept"]))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RecordError(f"{path}：无法读取（{error}）。请从备份恢复该文件。") from error


def _checked(name: str) -> str:
    if not NAME.fullmatch(name):
        raise ValueError(name)
    return name
