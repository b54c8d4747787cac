"""Knows how any text becomes harmless inside Markdown and HTML: one function, used for every value a template prints.

Leaves to the templates what is markup on purpose; that travels as `Markup`.
"""

from __future__ import annotations

import html
import json
import re

from markupsafe import Markup

# Every ASCII mark that HTML, Python-Markdown, its usual extensions or a template language gives a meaning to. A full
# stop between two digits stays, so that 2091.5 can be read in the Markdown and searched there.
MARKS = re.compile(r"(?<![0-9])\.|\.(?![0-9])|[\\`*_{}\[\]()#+\-!|<>&\"'~:^=@$]")
# What XML and YAML do not allow in a text at all; half of a surrogate pair cannot even be written to a file.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
WHITE = re.compile(r"\s+")
BREAKS = frozenset("\r\n\v\f\x1c\x1d\x1e\x1f\x85\u2028\u2029")
HAN = re.compile(r"[^\x00-\u2e7f]")


def escape(text: str) -> Markup:
    """The text with every mark that could mean something replaced by its character reference.

    Line breaks become a space (nothing between two Chinese characters); control characters become U+FFFD.

    >>> str(escape("**(一) {{ x }}** 2091.5亿元"))
    '&#42;&#42;&#40;一&#41; &#123;&#123; x &#125;&#125;&#42;&#42; 2091.5亿元'
    """
    return Markup(MARKS.sub(lambda mark: f"&#{ord(mark[0])};", one_line(text)))


def one_line(text: str) -> str:
    """The text without line breaks and control characters."""
    return FORBIDDEN.sub("\ufffd", WHITE.sub(_gap, text))


def front_matter(fields: dict[str, str]) -> Markup:
    """YAML for the head of a page: each value one line, HTML-escaped, as themes print titles without escaping them.

    >>> print(front_matter({"title": 'a "b" <c>'}))
    title: "a &quot;b&quot; &lt;c&gt;"
    """
    return Markup("\n".join(f"{key}: {json.dumps(_html(value), ensure_ascii=False)}" for key, value in fields.items()))


def _html(text: str) -> str:
    return html.escape(one_line(text)).replace("{", "&#123;").replace("}", "&#125;")


def _gap(found: re.Match[str]) -> str:
    if BREAKS.isdisjoint(found[0]):
        return found[0]
    before, after = found.string[found.start() - 1 : found.start()], found.string[found.end() : found.end() + 1]
    return "" if HAN.match(before) and HAN.match(after) else " "
