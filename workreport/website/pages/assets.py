"""Knows how the style sheets and scripts in `templates/assets` become the files that pages load.

Leaves their content to `templates/assets`, and which page loads which file to `templates/overrides`.
"""

from __future__ import annotations

from pathlib import Path

JOINED = (".css", ".js")
"""The endings of files that are joined if they are in a folder; a folder's other files are ignored."""


class BadAssets(Exception):
    """A file and a folder give an output file of the same name; the message names both."""


def load(folder: Path) -> dict[str, str]:
    """Return the files for `docs/assets` as text by name; `folder` is `templates/assets` or a folder like it.

    A file directly in the folder is taken as it is. The files in a subfolder are joined in the order of their names to
    one file with the name of the subfolder: `search/10-fold.js` and `search/20-find.js` become `search.js`,
    `look/*.css` becomes `look.css`. The parts of a script share strict mode and one scope, which other scripts cannot
    see. Raises BadAssets if a file and a subfolder give the same name.
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
    """Return the parts joined within one function, which keeps their names local: pages load plain scripts, not
    modules.
    """
    return "(() => {\n" + '"use strict";\n\n' + "\n".join(parts) + "})();\n"
