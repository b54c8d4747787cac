"""Knows the marks in the Markdown of `docs/`, as an extension of Python-Markdown: sentences with ids, figures, cards.

It needs the standard library and `markdown` alone, so that MkDocs and Zensical can load it from a clone. MARKS.md tells
what each mark means. Leaves writing the Markdown to `pages`, and the frame of a page to the theme's templates.
"""

from workreport.website.marks.extension import makeExtension

__all__ = ["makeExtension"]
