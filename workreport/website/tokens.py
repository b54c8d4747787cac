"""Knows the colours and type of everything that is made: reads `templates/tokens.toml` and puts its values into styles.

Leaves the publisher's own colour to `colour`, and where a value is used to the styles and the typst templates.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from workreport.project import paths

NAME = "tokens.toml"
ALIKE = (("light", "dark"), ("large.light", "large.dark"), ("verify.light", "verify.dark"))
"""Tables that must have the same names: what is set for light pages is set for dark ones."""

_ASKED = re.compile(r"token\(([a-z.]+)\)")
_COLOUR = re.compile(r"#[0-9a-f]{6}")
_TYPE = ("type", "pictures")
"""Tables of type; all others hold colours."""


class BadTokens(Exception):
    """`tokens.toml` cannot be used, or a style asks for a value that is not in it; the message names the value."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """Every value by its full name: "light.paper" is "#fffdf9". `source` is the file itself, which typst reads."""

    values: Mapping[str, str]
    source: bytes

    def value(self, name: str) -> str:
        """The value of that full name. Raises BadTokens where there is none."""
        if name not in self.values:
            raise BadTokens(f"templates/{NAME} 里没有 {name}。请补上，或改正用到它的样式。")
        return self.values[name]

    def table(self, name: str) -> dict[str, str]:
        """The values of one table by their short names, in the order of the file: `table("light")["paper"]`."""
        return {key.removeprefix(f"{name}."): value for key, value in self.values.items() if _table(key) == name}

    def filled(self, style: str) -> str:
        """A style with each `token(name)` replaced by its value. Raises BadTokens for an unknown name.

        >>> Tokens({"light.paper": "#fffdf9"}, b"").filled("p { color: token(light.paper) }")
        'p { color: #fffdf9 }'
        """
        return _ASKED.sub(lambda found: self.value(found[1]), style)


def load(folder: Path) -> Tokens:
    """The tokens of a folder of templates; ours where it has none, since a project may bring other templates only.

    Raises BadTokens for a value that is not text, a colour that is not like #fffdf9, a light name without its dark one.
    """
    path = folder / NAME if (folder / NAME).is_file() else paths.shipped() / "templates" / NAME
    source = path.read_bytes()
    try:
        values = dict(_flat(tomllib.loads(source.decode())))
    except (ValueError, RecursionError) as error:
        raise BadTokens(f"{path}: 不是正确的 TOML（{error}）。") from error
    for name, value in values.items():
        if not isinstance(value, str) or re.search(r"[;{}<\n]", value) or not value.strip():
            raise BadTokens(f"{path}: {name} = {value!r} 不能作为样式的值，应是一段文字。")
        if _table(name) not in _TYPE and not _COLOUR.fullmatch(value):
            raise BadTokens(f"{path}: {name} = {value!r} 应是小写的六位颜色，如 #fffdf9。")
    made = Tokens({name: str(value) for name, value in values.items()}, source)
    for one, other in ALIKE:
        if lone := set(made.table(one)) ^ set(made.table(other)):
            raise BadTokens(f"{path}: [{one}] 与 [{other}] 的名称应相同，{min(lone)} 只在其中一处。")
    return made


def _table(name: str) -> str:
    return name.rpartition(".")[0]


def _flat(tables: Mapping[str, object], above: str = "") -> Iterator[tuple[str, object]]:
    for key, value in tables.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{above}{key}.")
        else:
            yield above + key, value
