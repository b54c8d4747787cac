"""Makes the HTML of one page of `docs/` as MkDocs does, without MkDocs: our marks, and our theme's template for its kind.

The frame around the article is left out, and links stay links between Markdown files.
"""

from __future__ import annotations

import markdown
import yaml
from jinja2 import ChoiceLoader, DictLoader, Environment, FileSystemLoader, StrictUndefined

from tests.conftest import ROOT

EXTENSIONS = ["attr_list", "md_in_html", "tables", "toc", "workreport.website.marks"]
FRAME = "{% block content %}{{ page.content }}{% endblock %}"


def page_html(text: str) -> str:
    """Return the article of a page with front matter."""
    head, body = text.removeprefix("---\n").split("\n---\n", 1)
    meta = yaml.safe_load(head)
    overrides = FileSystemLoader(ROOT / "templates" / "overrides")
    theme = Environment(loader=ChoiceLoader([DictLoader({"main.html": FRAME}), overrides]), undefined=StrictUndefined)
    theme.filters["url"] = lambda path: path
    page = {
        "url": "",
        "meta": {"qr_code": None, "link_to_all_chapters": None, "data_files": None} | meta,
        "content": markdown.markdown(body, extensions=EXTENSIONS),
    }
    return theme.get_template(meta.get("template", "main.html")).render(page=page)
