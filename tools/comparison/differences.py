"""Compares two sides file by file and states for each difference where it begins.

Knows how a typst input and a search index are compared part by part, and how the allow-list is read. Leaves what counts
in a file to `rules`.
"""

from __future__ import annotations

import fnmatch
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tools.comparison import rules
from tools.comparison.contents import Items, is_container

CONTEXT = 60
"""How many characters of a differing place are shown."""
DESIGN = (".typ", "tokens.toml")
"""Endings of the files in a typst input that define its design, not its content."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One differing file: its kind, its path and a text on where it differs. Files with the same change have equal `key`s."""

    kind: str
    path: str
    place: str
    key: str = ""


@dataclass
class Outcome:
    """The result of a comparison: `compared` counts the files of each kind, `found` holds the differences.

    `units` holds search indexes that differ only in units of figures; these do not count as differences.
    """

    compared: Counter[str] = field(default_factory=Counter)
    found: list[Difference] = field(default_factory=list)
    units: list[Difference] = field(default_factory=list)

    def add(self, other: Outcome) -> None:
        """Add the counts and differences of another outcome to this one."""
        self.compared += other.compared
        self.found += other.found
        self.units += other.units


@dataclass(frozen=True, slots=True)
class Allowed:
    """An intended difference: a glob that is matched against `KIND: PATH`, and the reason."""

    glob: str
    reason: str

    def fits(self, difference: Difference) -> bool:
        return fnmatch.fnmatchcase(f"{difference.kind}: {difference.path}", self.glob)


def allowed(text: str) -> tuple[Allowed, ...]:
    """Parse an allow-list with lines `KIND: PATH | REASON`, where kind and path are a glob. A line with "#" is a comment.

    ValueError for a line without a reason.

    >>> allowed("pages (HTML): all/site/404.html | the title was wrong")[0].reason
    'the title was wrong'
    """
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        glob, bar, reason = (part.strip() for part in line.rpartition("|"))
        if not bar or not glob or not reason:
            raise ValueError(f"line {number} of the allow-list: no reason after '|': {line.strip()!r}")
        found.append(Allowed(glob, reason))
    return tuple(found)


def compare(name: str, before: Items, after: Items, versions: tuple[str, str]) -> Outcome:
    """Compare two builds of one project, or two outputs of `inspect`, given as dicts from path to bytes.

    `name` is put before each path in the result; `versions` are the program versions of the two sides.
    """
    outcome = Outcome()
    sides = rules.known(before, versions[0]), rules.known(after, versions[1])
    for path in sorted(before.keys() | after.keys()):
        if path not in before or path not in after:
            words = "only before" if path in before else "only after"
            _put(outcome, rules.NAMES, f"{name}{path}", words)
        elif not is_container(path) and rules.kind(path) != rules.INDEX:
            _one(outcome, name, path, (before[path], after[path]), sides)
    outcome.compared[rules.NAMES] += len(before.keys() | after.keys())
    former = {(kind, path): data for kind, path, data in rules.derived(before)}
    latter = {(kind, path): data for kind, path, data in rules.derived(after)}
    for kind, path in sorted(former.keys() & latter.keys()):
        outcome.compared[kind] += 1
        one, other = former[kind, path], latter[kind, path]
        if one != other and kind == rules.INDEX:
            _index(outcome, f"{name}{path}", one, other)
        elif one != other:
            _put(outcome, kind, f"{name}{path}", first_place(one, other), one, other)
    return outcome


def _one(
    outcome: Outcome, name: str, path: str, pair: tuple[bytes, bytes], sides: tuple[rules.Known, rules.Known]
) -> None:
    kind = rules.kind(path)
    outcome.compared[kind] += 1
    if kind == rules.TYPST:
        _typst(outcome, f"{name}{path}", *pair)
        return
    # Pages with equal bytes may contain a digest that belongs to different files in the two sides, so both are reduced.
    if pair[0] == pair[1] and kind not in (rules.PAGES, rules.OTHER):
        return
    one, other = (rules.cut(path, data, side) for data, side in zip(pair, sides, strict=True))
    if one != other:
        _put(outcome, kind, f"{name}{path}", first_place(one, other), one, other)


def _typst(outcome: Outcome, path: str, before: bytes, after: bytes) -> None:
    """Options and data must be equal. Templates and tokens may differ, because pictures and PDF are compared as well."""
    one, other = json.loads(before), json.loads(after)
    for part in ("options", "files"):
        former, latter = ({n: v for n, v in side[part].items() if not n.endswith(DESIGN)} for side in (one, other))
        if former != latter:
            texts = [json.dumps(side, ensure_ascii=False, indent=1).encode() for side in (former, latter)]
            _put(outcome, rules.TYPST, path, f"{part}: {first_place(*texts)}", *texts)
    templates = [{n: v for n, v in side["files"].items() if n.endswith(DESIGN)} for side in (one, other)]
    outcome.compared[rules.TEMPLATES] += 1
    if templates[0] != templates[1]:
        texts = [json.dumps(side, ensure_ascii=False, indent=1).encode() for side in templates]
        _put(outcome, rules.TEMPLATES, path, first_place(*texts), *texts)


def _index(outcome: Outcome, path: str, before: bytes, after: bytes) -> None:
    places = list(unequal(json.loads(before), json.loads(after)))
    outside = [place for place in places if not in_units(place[0])]
    shown = "; ".join(f"{'.'.join(map(str, at))}: {one} -> {other}" for at, one, other in (outside or places)[:3])
    words = f"{len(outside or places)} places, first {shown}"
    difference = Difference(rules.INDEX, path, words, words)
    (outcome.found if outside else outcome.units).append(difference)


At = tuple[str | int, ...]


def unequal(one: object, other: object, at: At = ()) -> Iterator[tuple[At, str, str]]:
    """Yield (place, old value, new value) for every difference between two JSON values.

    A place is a tuple of keys and indexes. A value is given as JSON, at most CONTEXT characters, or "(none)" if missing.

    >>> list(unequal({"a": [1, 2]}, {"a": [1, 3], "b": 0}))
    [(('a', 1), '2', '3'), (('b',), '(none)', '0')]
    """
    if isinstance(one, dict) and isinstance(other, dict):
        for key in dict.fromkeys([*one, *other]):
            yield from unequal(one.get(key, _NONE), other.get(key, _NONE), (*at, key))
    elif isinstance(one, list) and isinstance(other, list):
        for number in range(max(len(one), len(other))):
            pair = [side[number] if number < len(side) else _NONE for side in (one, other)]
            yield from unequal(pair[0], pair[1], (*at, number))
    elif one != other:
        yield at, _short(one), _short(other)


class _Nothing:
    pass


_NONE = _Nothing()


def _short(value: object) -> str:
    return "(none)" if value is _NONE else json.dumps(value, ensure_ascii=False)[:CONTEXT]


def in_units(at: At) -> bool:
    """Return whether a place in the search index holds units: a table with "unit" in its name, or a figure's unit fields.

    The unit fields of a figure are its number, unit and upper bound as the search compares them.

    >>> in_units(("units", "亩", 0)), in_units(("data", 0, "sentences", 4, 5, 0, 8)), in_units(("data", 0, "name"))
    (True, True, False)
    """
    if at and isinstance(at[0], str) and "unit" in at[0].lower():
        return True
    return len(at) >= 7 and at[2] == "sentences" and at[4] == 5 and at[6] in (7, 8, 9)


def _put(outcome: Outcome, kind: str, path: str, place: str, *pair: bytes) -> None:
    key = hashlib.sha256(b"\0".join(pair) or place.encode()).hexdigest()
    outcome.found.append(Difference(kind, path, place, key))


def first_place(one: bytes, other: bytes) -> str:
    """Return where two contents begin to differ: line, column and both texts, or the byte position if one is not UTF-8.

    >>> first_place("a\\n甲乙".encode(), "a\\n甲丙".encode())
    "line 2, column 2: '甲乙' -> '甲丙'"
    >>> first_place(bytes([255, 1]), bytes([255]))
    'byte 1 of 2 and 1'
    """
    try:
        texts = one.decode(), other.decode()
    except UnicodeDecodeError:
        at = _common(one, other)
        return f"byte {at} of {len(one)} and {len(other)}"
    at = _common(*texts)
    before = texts[0][:at]
    start = before.rfind("\n") + 1
    from_ = max(start, at - CONTEXT // 2)
    former, latter = (text[from_ : at + CONTEXT] for text in texts)
    return f"line {before.count(chr(10)) + 1}, column {at - start + 1}: {former!r} -> {latter!r}"


def _common(one: bytes | str, other: bytes | str) -> int:
    """Return the length of the common prefix, found by binary search."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def inspections(folder: Path) -> Items:
    """Return the outputs of `inspect` of a side, as a dict from `inspect/FILE` to bytes."""
    return {f"inspect/{path.name}": path.read_bytes() for path in sorted(folder.glob("inspect-*.json"))}


def recordings(folder: Path) -> Items:
    """Return the recorded inputs of typst for one project, as a dict from `typst/NUMBER.json` to bytes."""
    return {f"typst/{path.name}": path.read_bytes() for path in sorted(folder.glob("*.json"))}


def grouped(found: Iterable[Difference]) -> Iterator[tuple[Difference, int]]:
    """Yield each change once: its first difference, and the number of further files with the same change."""
    counts: Counter[tuple[str, str]] = Counter()
    first: dict[tuple[str, str], Difference] = {}
    for one in found:
        counts[one.kind, one.key] += 1
        first.setdefault((one.kind, one.key), one)
    for key, one in first.items():
        yield one, counts[key] - 1
