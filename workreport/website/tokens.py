"""Knows the design tokens (colours, fonts, sizes) in `templates/tokens.toml`, and puts them into style sheets.

Leaves the publisher's own colour to `pages.colour`, the choice of a place's colour to `pages.place_colours`, and which token is used where to the style sheets and typst
templates.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from workreport.ingest.plain_files import LARGEST_TOML, read_plain_file
from workreport.project import paths

NAME = "tokens.toml"
ALIKE = (
    ("light", "dark"), ("large.light", "large.dark"), ("verify.light", "verify.dark"), ("place.light", "place.dark"),
)  # fmt: skip
"""Pairs of tables that must have the same names: every token of light pages needs one for dark pages."""

# The use of a token in a style sheet: token(light.paper).
_TOKEN = re.compile(r"token\(([a-z.]+)\)")
_COLOUR = re.compile(r"#[0-9a-f]{6}")
_TYPE = ("type", "pictures")
"""The tables with fonts and sizes; all other tables have colours only."""


class BadTokens(Exception):
    """`tokens.toml` cannot be used, or a style sheet uses a token that is not in it; the message names the token."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens: value by full name ("light.paper" is "#fffdf9").

    `source` is the content of the file, which typst reads.
    """

    values: Mapping[str, str]
    source: bytes

    def value(self, name: str) -> str:
        """Return the value with this full name. Raises BadTokens if there is none."""
        if name not in self.values:
            raise BadTokens(f"templates/{NAME} 里没有 {name}。请补上，或改正用到它的样式。")
        return self.values[name]

    def table(self, name: str) -> dict[str, str]:
        """Return the values of one table by short name, in the order of the file: `table("light")["paper"]`."""
        return {key.removeprefix(f"{name}."): value for key, value in self.values.items() if _table(key) == name}

    def filled(self, style: str) -> str:
        """Return a style sheet with each `token(name)` replaced by its value. Raises BadTokens for an unknown name.

        >>> Tokens({"light.paper": "#fffdf9"}, b"").filled("p { color: token(light.paper) }")
        'p { color: #fffdf9 }'
        """
        return _TOKEN.sub(lambda found: self.value(found[1]), style)


def load(folder: Path) -> Tokens:
    """Return the tokens in `tokens.toml` of a folder of templates; the shipped ones if the folder has no such file.

    Raises BadTokens for a file that is not TOML; a value that is not text, blank, or has one of ; { } < or a line
    break; a colour that is not like #fffdf9; a name that only one of two tables in `ALIKE` has.
    """
    path = folder / NAME if (folder / NAME).is_file() else paths.shipped() / "templates" / NAME
    source = read_plain_file(path, LARGEST_TOML)
    try:
        values = dict(_flat(tomllib.loads(source.decode())))
    except (ValueError, RecursionError) as error:
        raise BadTokens(f"{path}: 不是正确的 TOML（{error}）。请改正。") from error
    for name, value in values.items():
        if not isinstance(value, str) or re.search(r"[;{}<\n]", value) or not value.strip():
            raise BadTokens(f"{path}: {name} = {value!r} 不能作为样式的值，应是一段文字，不含 ; {{ }} < 和换行。")
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
