"""A small report with its settings, hostile texts, and a parser for the text that a browser shows of a page."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import markdown

from tests.conftest import ROOT
from workreport.project.settings import Settings

BOOK = Path(__file__).parents[1] / "books" / "linhu-2025"


TEMPLATES = ROOT / "templates"


SITE = Settings(publisher="临湖县人民政府办公室", colour="#0f6b6b")


# More extensions than the site uses: none of them may change the text of a report.
EXTENSIONS = ["attr_list", "md_in_html", "tables", "toc", "abbr", "admonition", "def_list", "footnotes", "sane_lists", "smarty", "fenced_code", "wikilinks", "meta", "workreport.website.marks"]  # fmt: skip


HOSTILE = [
    "<script>alert(1)</script>",
    "{{ 7 * 7 }} {% include 'x' %} {# note #}",
    "[a](javascript:alert(1)) ![x](y) <img src=x onerror=alert(1)>",
    "**加粗** __x__ _y_ `z` ~~w~~ ==v== ^^u^^ ++t++ --s--",
    "# 标题 {: #id .class onclick=x }",
    "{: #id } {#id} { .c }",
    "| a | b |\n|---|---|\n| c | d |",
    "1. 一\n2. 二\n\n- 三\n+ 四\n* 五\n> 六\n: 七",
    "[^1] [[链接]] [x]: http://a.b *[HTML]: x",
    "http://example.com www.example.com a@example.com @someone #1",
    "&amp; &lt;b&gt; &#42; &copy; &",
    "\\* \\_ \\` \\\\ \\[",
    "---\ntitle: x\n---",
    "```\ncode\n```\n    indented",
    "../../etc/passwd \" ' = $x$ $$y$$",
    "</span></div></article><b onmouseover=alert(1)>",
    "<!-- x --> <?php ?> <![CDATA[ y ]]>",
    ":smile: :material-home: (c) (tm) +/- ... -- ---",
    "“引号”——破折号……省略号，10.78亿元、5%、2.27:1",
]


VOID = {"input", "br", "hr", "img", "meta", "link"}


class Text(HTMLParser):
    """Collects the text (`words`), the elements, the names of attributes, the ids and the links of HTML.

    `marked` is the text in elements with data-text, which holds the text of the report. Wrongly nested tags are an
    AssertionError.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words = ""
        self.tags: list[str] = []
        self.names: set[str] = set()
        self.marked = ""
        self.ids: list[str] = []
        self.links: list[str] = []
        self._depth = 0
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        values = dict(attrs)
        self.names |= set(values)
        if "id" in values:
            self.ids.append(values["id"] or "")
        if values.get("href"):
            self.links.append(values["href"] or "")
        if tag in VOID:
            return
        self._open.append(tag)
        if self._depth or "data-text" in values:
            assert not (self._depth and "data-text" in values), "an element with data-text is in another one"
            self._depth += 1

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        assert self._open, f"</{tag}> closes nothing"
        assert self._open.pop() == tag, f"</{tag}> closes another element"
        if self._depth:
            self._depth -= 1

    def handle_data(self, data: str) -> None:
        self.words += data
        if self._depth:
            self.marked += data


def converted(text: str) -> str:
    """Return the HTML of Markdown, made with `EXTENSIONS`."""
    return markdown.markdown(text, extensions=EXTENSIONS)


def shown(text: str) -> Text:
    """Return the parsed HTML of Markdown, made with `EXTENSIONS`."""
    parser = Text()
    parser.feed(converted(text))
    parser.close()
    assert parser._open == []
    return parser


def body(page: str) -> str:
    """Return a Markdown page without its front matter."""
    return page.split("\n---\n", 1)[1]


def squeezed(text: str) -> str:
    """Return the text without white space."""
    return "".join(text.split())
