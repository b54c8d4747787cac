"""Writes the table of rooms into ARCHITECTURE.md from the opening words of each module of workreport/.

Knows where the table stands; leaves all other words there to people.
"""

from __future__ import annotations

import argparse
import ast
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = "workreport"
PAGE = "ARCHITECTURE.md"
BEGIN = "<!-- rooms: made by tools/architecture.py from the modules' opening words; do not edit by hand -->"
END = "<!-- /rooms -->"


def rooms(package: Path) -> list[Path]:
    """The modules that are rooms: the files of the package, and its folders by their `__init__.py`."""
    files = [path for path in package.glob("*.py") if path.name != "__init__.py"]
    folders = [path for path in package.glob("*/__init__.py") if not path.parent.name.startswith("_")]
    return sorted(files + folders, key=name)


def name(path: Path) -> str:
    """How a room is called: `read.py`, `indicators/`."""
    return f"{path.parent.name}/" if path.name == "__init__.py" else path.name


def opening(path: Path) -> str:
    """The first two paragraphs of the module's docstring on one line; a module without one is an error.

    Raises ValueError with the file's name.
    """
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    if not docstring:
        raise ValueError(f"{path.name} does not say what it knows: give it an opening docstring")
    return " ".join(" ".join(docstring.split("\n\n")[:2]).split())


def imports(path: Path, package: str = PACKAGE) -> list[str]:
    """The rooms that a room imports, in order; of a folder, those that any of its files imports."""
    files = sorted(path.parent.rglob("*.py")) if path.name == "__init__.py" else [path]
    found: set[str] = set()
    for file in files:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                if node.module == package:
                    found |= {alias.name for alias in node.names}
                elif node.module.startswith(f"{package}."):
                    found.add(node.module.split(".")[1])
            elif isinstance(node, ast.Import):
                found |= {a.name.split(".")[1] for a in node.names if a.name.startswith(f"{package}.")}
    own = {name(path).rstrip("/").removesuffix(".py")}
    known = {name(room).rstrip("/").removesuffix(".py") for room in rooms(package_of(path))}
    return sorted((found & known) - own)


def package_of(path: Path) -> Path:
    return path.parent.parent if path.name == "__init__.py" else path.parent


def table(package: Path) -> str:
    """The table in Markdown: room, what it knows and leaves to others, what it imports."""
    rows = ["| room | what it knows, and what it leaves to whom | imports |", "|---|---|---|"]
    for path in rooms(package):
        names = ", ".join(f"`{room}`" for room in imports(path)) or "–"
        rows.append(f"| `{name(path)}` | {opening(path).replace('|', '&#124;')} | {names} |")
    return "\n".join(rows)


def renewed(page: str, rows: str) -> str:
    """The page with that table between its marks. Raises ValueError where the marks are missing."""
    before, mark, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not mark or not end:
        raise ValueError(f"{PAGE} has lost the marks of its table: {BEGIN} … {END}")
    return f"{before}{BEGIN}\n\n{rows}\n\n{END}{after}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where the page is not current")
    check = parser.parse_args().check
    page = ROOT / PAGE
    try:
        old = page.read_text(encoding="utf-8")
        new = renewed(old, table(ROOT / PACKAGE))
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    if new == old:
        return 0
    if check:
        print(f"{PAGE} is not current: run python tools/architecture.py", file=sys.stderr)
        return 1
    page.write_text(new, encoding="utf-8")
    print(f"{PAGE}: table of rooms renewed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
