"""Knows the records of a served folder: `version.json` in each version's folder, and `v/versions.json`, the list of all.

Leaves what changed to `differences`, and writing to `version_folder`.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING

from workreport.publish.differences import KINDS, SentenceChange
from workreport.website import markup
from workreport.website.finishing import DAY

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

VERSIONS = "v"
"""The folder in the served folder with one folder for each version."""
VERSION_FILE = "version.json"
"""The record in the folder of each version (`Version`)."""
VERSION_LIST = "versions.json"
"""The list of all versions in `v/` (`VersionList`)."""
NAME = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})\.([1-9][0-9]*)")
"""Matches the name of a version: the date of its newest report, and a number that counts from 1 for each date."""


class RecordError(Exception):
    """A record cannot be read; the message names the file and says what to do."""


@dataclass(frozen=True, slots=True)
class Version:
    """One version: its name, the version it was compared with (`before`, "" if there was none), and what changed.

    `day`: the day of its publication (ISO date; "" for a record of an earlier program), written once and never changed;
    `digest`: SHA-256 of the whole site; `files`: SHA-256 of each file of the site as it was built, by path; `since`: the
    name of the version from which on each file is as it is now, by path. `reports`: titles by slug; `came` and `went`: titles
    by slug of the reports that only this or only the other version has (without `before`, all came); `renamed`: old slug to
    new slug of reports that both have.
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
    since: dict[str, str]
    day: str = ""

    def counts(self) -> dict[str, int]:
        """Return the number of changed sentences of each kind in `KINDS`, also if it is 0."""
        return {kind: sum(1 for c in self.changes if c.kind == kind) for kind in KINDS}

    def slug_before(self, slug: str) -> str:
        """Return the slug that a report of this version had in the version `before`: the same one if it was not renamed."""
        return next((old for old, new in self.renamed.items() if new == slug), slug)


@dataclass(frozen=True, slots=True)
class VersionList:
    """All versions of a served folder.

    `versions`: (name, SHA-256 of the whole site) of each, oldest first; `how`: how readers are switched to the newest,
    "links" or "pointer"; `kept`: addresses that the newest version lacks, with the version that last had each.
    """

    how: str
    versions: tuple[tuple[str, str], ...]
    kept: dict[str, str]

    def newest(self) -> str:
        """Return the name of the newest version, which the addresses outside `v/` show."""
        return self.versions[-1][0]


def day_of(site: Path) -> date | None:
    """Return the date of a finished site's newest report, read from its front page; None if the page has no valid date."""
    page = (site / "index.html").read_text(encoding="utf-8")
    for tag in markup.tags(page, ["meta"]):
        name, content = tag.get("name"), tag.get("content")
        if name and content and name.value == DAY:
            try:
                return date.fromisoformat(content.value)
            except ValueError:
                return None
    return None


def unchanged_since(name: str, files: Mapping[str, str], before: Version | None) -> dict[str, str]:
    """Return for each file the name of the version from which on it is as it is in the new version `name`.

    `files`: SHA-256 of each file of the new version by path; `before`: the version before it. A version whose record is of an
    earlier program, which did not note this, counts as the one that changed all of its files.
    """
    had, since = (before.files, before.since) if before else ({}, {})
    return {
        path: since.get(path, before.name) if before and had.get(path) == digest else name
        for path, digest in files.items()
    }


def digest_of(files: Mapping[str, str]) -> str:
    """Return one SHA-256 (hex) for the whole site: that of what `sha256sum` prints for its files, sorted by path.

    `files`: SHA-256 (hex) of each file by path.
    """
    return hashlib.sha256("".join(f"{files[name]}  {name}\n" for name in sorted(files)).encode()).hexdigest()


def version_text(version: Version) -> str:
    """Return the text of `version.json`."""
    return json.dumps({"version": version.name, **_without_name(version)}, ensure_ascii=False, indent=1) + "\n"


def _without_name(version: Version) -> dict[str, object]:
    """Return all fields but `name`, which `version.json` has first, as "version"."""
    row = asdict(version)
    del row["name"]
    return row


def read_version(path: Path) -> Version | None:
    """Read a `version.json`; None if it does not exist, as the publisher deleted the version. Raises `RecordError`."""
    try:
        row = json.loads(path.read_text(encoding="utf-8"))
        day, before = _text(row.get("day", "")), _text(row["before"])
        return Version(
            _checked(row["version"]), before and _checked(before), _text(row["digest"]), _texts(row["reports"]),
            _texts(row["came"]), _texts(row["went"]), _texts(row.get("renamed", {})),
            tuple(SentenceChange(**_texts(change)) for change in row["changes"]), _by_path(row["files"]),
            _by_path(row.get("since", {})), day and date.fromisoformat(day).isoformat(),
        )  # fmt: skip
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise RecordError(f"{path}：无法读取（{error}）。请从备份恢复，或删去这一版的文件夹。") from error


def version_list_text(versions: VersionList) -> str:
    """Return the text of `v/versions.json`, with the newest version first."""
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
    """Read `v/versions.json` without the versions after `newest` (None: after the one that the file calls newest).

    Return None if there is no such file. Raises `RecordError`, also if `newest` is not listed.
    """
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        versions = tuple((_checked(row["version"]), _text(row["digest"])) for row in reversed(document["versions"]))
        until = [name for name, _ in versions].index(newest or document["newest"]) + 1
        kept = {path: _checked(name) for path, name in _by_path(document["kept"]).items()}
        return VersionList(_text(document["how"]), versions[:until], kept)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise RecordError(f"{path}：无法读取（{error}）。请从备份恢复该文件。") from error


def _text(value: object) -> str:
    """Return a value that is a text. Raises TypeError for any other."""
    if not isinstance(value, str):
        raise TypeError(f"{value!r:.40} is no text")
    return value


def _texts(rows: Mapping[str, object]) -> dict[str, str]:
    """Return a table of texts. Raises TypeError or AttributeError for anything else."""
    return {_text(key): _text(value) for key, value in rows.items()}


def _by_path(rows: Mapping[str, object]) -> dict[str, str]:
    """Return a table of texts by path. Raises ValueError for a path that leads out of a folder: files are written there."""
    found = _texts(rows)
    for path in found:
        if not path or path.startswith("/") or "\\" in path or "\0" in path or {"", ".", ".."} & set(path.split("/")):
            raise ValueError(path)
    return found


def _checked(name: str) -> str:
    """Return the name of a version. Raises ValueError if it is not of the form `NAME`."""
    if not NAME.fullmatch(name):
        raise ValueError(name)
    return name
