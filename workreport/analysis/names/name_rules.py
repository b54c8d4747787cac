"""Knows what a publisher can set in `names.toml`. Leaves reading that file to `settings`."""

from __future__ import annotations

from dataclasses import dataclass, field

from workreport.model import TermKind


@dataclass(frozen=True, slots=True)
class AddedName:
    """A name added by the publisher; `also` are its other spellings, `kind` is the kind of thing it names.

    `line` is the line of the row in its file, 0 if it has none.
    """

    name: str
    kind: TermKind = "name"
    also: tuple[str, ...] = ()
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class JoinedName:
    """Spellings that the publisher declares to be one name, `name`; `line` is that of the row in its file."""

    name: str
    spellings: tuple[str, ...]
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class NameRules:
    """The publisher's `names.toml`: names to add, join and forbid.

    `forbid` are names and spellings that are never found; `forbid_links` are pairs of section ids that are never linked.
    """

    add: tuple[AddedName, ...] = ()
    join: tuple[JoinedName, ...] = ()
    forbid: tuple[str, ...] = ()
    forbid_links: tuple[tuple[str, str], ...] = ()
