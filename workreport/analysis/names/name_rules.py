"""Knows what a publisher can set in `names.toml`. Leaves reading that file to `settings`."""

from __future__ import annotations

from dataclasses import dataclass

from workreport.model import TermKind


@dataclass(frozen=True, slots=True)
class AddedName:
    """A name added by the publisher; `also` are its other spellings, `kind` is the kind of thing it names."""

    name: str
    kind: TermKind = "name"
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class JoinedName:
    """Spellings that the publisher declares to be one name, `name`."""

    name: str
    spellings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NameRules:
    """The publisher's `names.toml`: names to add, join and forbid.

    `forbid` are names and spellings that are never found; `forbid_links` are pairs of section ids that are never linked.
    """

    add: tuple[AddedName, ...] = ()
    join: tuple[JoinedName, ...] = ()
    forbid: tuple[str, ...] = ()
    forbid_links: tuple[tuple[str, str], ...] = ()
