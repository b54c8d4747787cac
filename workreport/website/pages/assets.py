"""Knows how the styles and scripts of `templates/assets` become the files that a page loads.

Leaves their text to the templates, and which page loads which file to `templates/overrides`.
"""

from __future__ import annotations

from pathlib import Path

JOINED = (".css", ".js")
"""The endings of which a folder may hold parts."""


class BadAssets(Exception):
    """Two sources claim the same output file; the message names both."""


def load(folder: Path) -> dict[str, str]:
    """The files for `docs/assets`, by name, from `templates/assets` or a folder like it.

    A file is taken as it is. A folder holds the parts of one file of its own name, joined in the order of their names:
    `search/10-fold.js` and `search/20-find.js` become `search.js`, `look/*.css` becomes `look.css`. Parts of a script share
    one scope that no other script sees, and strict mode. Raises BadAssets where a file and a folder give the same name.
    """
    made = {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.iterdir()) if path.is_file()}
    for parts in sorted(path for path in folder.iterdir() if path.is_dir()):
        for ending in JOINED:
            texts = [path.read_text(encoding="utf-8") for path in sorted(parts.glob(f"*{ending}"))]
            if not texts:
                continue
            name = f"{parts.name}{ending}"
            if name in made:
                raise BadAssets(f"{folder.name}/{name} 与 {folder.name}/{parts.name}/ 都给出 {name}。请只留一个。")
            made[name] = _script(texts) if ending == ".js" else "\n".join(texts)
    return made


def _script(parts: list[str]) -> str:
    """The parts in one function, so that their names stay their own: pages load plain scripts, not modules."""
    return "(() => {\n" + '"use strict";\n\n' + "\n".join(parts) + "})();\n"
