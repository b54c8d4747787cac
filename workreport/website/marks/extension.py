"""Knows how Python-Markdown is told of our marks: it takes pages without HTML from it, and gives it what it must see of them.

That is headings, addresses and ids. They come after Python-Markdown's own work on words, so that nothing in a report can be
taken for its marks, and before it makes the table of contents, and MkDocs and Zensical prove links and ids. A page with HTML
is left to it.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import PurePath
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor, UnescapeTreeprocessor

from workreport.website.marks.mark_error import MarkError
from workreport.website.marks.markdown_blocks import page_blocks
from workreport.website.marks.page import append_page
from workreport.website.marks.serializer import WrittenPage, serialized

_FIRST, _LATE = 29, 6
"""Right after line ends are made equal (30); after words are read (20) and attributes taken (8), before `toc` (5)."""


class MarksExtension(Extension):
    """The extension `workreport.website.marks` of Python-Markdown. Its option `contact` is the publisher's address."""

    def __init__(self, **options: object) -> None:
        self.config = {"contact": ["", "where corrections of a sentence are sent: a mail address or a URL"]}
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        """Add the two steps."""
        taken = _Taken(md)
        md.preprocessors.register(taken, "workreport_lines", _FIRST)
        made = _Made(md, taken, str(self.getConfig("contact")))
        md.treeprocessors.register(made, "workreport_elements", _LATE)
        md.treeprocessors.register(_Unescape(md, made), "unescape", 0)


class _Taken(Preprocessor):
    """Keeps the lines of a page of ours, and leaves none of them."""

    lines: list[str] | None = None

    def run(self, lines: list[str]) -> list[str]:
        self.lines = None
        if any(line.startswith(("<", "```")) for line in lines):
            return lines
        self.lines = lines
        return []


class _Made(Treeprocessor):
    """Puts the elements of the kept lines into the page. Raises `MarkError` with file and line for marks it cannot read."""

    def __init__(self, md: Markdown, taken: _Taken, contact: str) -> None:
        super().__init__(md)
        self._taken = taken
        self._contact = contact
        self._theirs: Callable[[Element], str] | None = None
        self.ours = False

    def run(self, root: Element) -> None:
        self._theirs = self._theirs or self.md.serializer
        lines, self._taken.lines = self._taken.lines, None
        self.ours = lines is not None
        self.md.serializer = serialized if self.ours else self._theirs
        if lines is not None:
            try:
                with _without_collection():
                    root.append(_written(lines, self._contact))
            except MarkError as error:
                file, before = _file(self.md, lines)
                raise error.at(file, before + error.line) from error


def _written(lines: Sequence[str], contact: str) -> WrittenPage:
    page = Element("div")
    append_page(page, page_blocks(lines), contact)
    return WrittenPage(page)


@contextmanager
def _without_collection() -> Iterator[None]:
    """Keep the garbage collector from looking again and again for cycles among the elements of a page, which has none."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def _file(md: Markdown, lines: Sequence[str]) -> tuple[str, int]:
    """Return the name of the page that MkDocs reads, "" with another generator, and how many lines its front matter has."""
    file = getattr(md.treeprocessors["relpath"], "file", None) if "relpath" in md.treeprocessors else None
    if file is None:
        return "", 0
    text: str = file.content_string
    own, whole = ("\n".join(lines).rstrip(), text.replace("\r\n", "\n").rstrip())
    return f"{PurePath(file.src_dir or '').name}/{file.src_uri}", whole.count("\n") - own.count("\n")


class _Unescape(UnescapeTreeprocessor):
    """Takes the place of Python-Markdown's own step, which on a page of ours has nothing to do but goes through all of it."""

    def __init__(self, md: Markdown, made: _Made) -> None:
        super().__init__(md)
        self._made = made

    def run(self, root: Element) -> Element | None:
        return None if self._made.ours else super().run(root)


def makeExtension(**options: object) -> MarksExtension:  # noqa: N802 - the library's name
    """Return the extension, as Python-Markdown asks for it."""
    return MarksExtension(**options)
