"""Knows how text is escaped for Markdown and HTML.

Leaves to `render` that every value a template prints is escaped, except values of the type `Markup`.
"""

from __future__ import annotations

import html
import json
import re

from markupsafe import Markup

# All ASCII characters with a meaning in HTML, in Python-Markdown and its usual extensions, or in a template language. A
# full stop between two digits does not match, so that 2091.5 is readable in the Markdown.
MARKS = re.compile(r"(?<![0-9])\.|\.(?![0-9])|[\\`*_{}\[\]()#+\-!|<>&\"'~:^=@$]")
# Characters that XML and YAML forbid, and lone surrogates, which UTF-8 cannot encode.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
WHITE = re.compile(r"\s+")
# The white-space characters that break a line.
BREAKS = frozenset("\r\n\v\f\x1c\x1d\x1e\x1f\x85\u2028\u2029")
# Chinese characters and punctuation, roughly: everything above U+2E7F.
HAN = re.compile(r"[^\x00-\u2e7f]")


def escape(text: str) -> Markup:
    """Return the text with every character of `MARKS` replaced by its character reference.

    White space with a line break becomes one space, or nothing between two Chinese characters. Control characters and
    lone surrogates become U+FFFD.

    >>> str(escape("**(一) {{ x }}** 2091.5亿元"))
    '&#42;&#42;&#40;一&#41; &#123;&#123; x &#125;&#125;&#42;&#42; 2091.5亿元'
    """
    return Markup(MARKS.sub(lambda mark: f"&#{ord(mark[0])};", one_line(text)))


def one_line(text: str) -> str:
    """Return the text with line breaks and control characters replaced as in `escape`, and nothing else escaped."""
    return FORBIDDEN.sub("\ufffd", WHITE.sub(_gap, text))


def front_matter(fields: dict[str, str]) -> Markup:
    """Return the YAML front matter of a page, without its --- lines: one line for each field.

    Values are HTML-escaped, because themes print titles unescaped.

    >>> print(front_matter({"title": 'a "b" <c>'}))
    title: "a &quot;b&quot; &lt;c&gt;"
    """
    return Markup("\n".join(f"{key}: {json.dumps(_html(value), ensure_ascii=False)}" for key, value in fields.items()))


def data_line(value: object) -> Markup:
    """Return a value of lists and texts as one line of JSON for the front matter, in which < and {{ cannot occur.

    >>> print(data_line([["../index.html", "<b>{{ x }}"]]))
    [["../index.html", "\\u003cb>\\u007b\\u007b x }}"]]
    """
    line = json.dumps(_one_line_each(value), ensure_ascii=False)
    return Markup(line.replace("<", "\\u003c").replace("{", "\\u007b"))


def _one_line_each(value: object) -> object:
    if isinstance(value, str):
        return one_line(value)
    return [_one_line_each(item) for item in value] if isinstance(value, list | tuple) else value


def _html(text: str) -> str:
    return html.escape(one_line(text)).replace("{", "&#123;").replace("}", "&#125;")


def _gap(found: re.Match[str]) -> str:
    if BREAKS.isdisjoint(found[0]):
        return found[0]
    before, after = found.string[found.start() - 1 : found.start()], found.string[found.end() : found.end() + 1]
    return "" if HAN.match(before) and HAN.match(after) else " "
