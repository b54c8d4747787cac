"""Tests that the tags of HTML pages are found as browsers find them, and in linear time."""

from __future__ import annotations

import time

import pytest

from workreport.website import markup


def links(text: str) -> list[str]:
    return [a.value for t in markup.tags(text, ["a"]) if (a := t.get("href"))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("<a href=1><A HREF='2'><a\nhref = \"3\">", ["1", "2", "3"]),
        ("<a href=x/>", ["x/"]),
        ("<a/href=1>", ["1"]),
        ("<abbr href=1><a->", []),
        ('<a title="a>b" href="1">', ["1"]),
        ('<p title="<a href=1>">', []),
        ("<!-- <a href=1> --><a href=2>", ["2"]),
        ("<!--><a href=1>", ["1"]),
        ("<!-- --!><a href=1>", ["1"]),
        ("<!x <a href=1><a href=2>", ["2"]),
        ("<?x <a href=1><a href=2>", ["2"]),
        ("</ <a href=1><a href=2>", ["2"]),
        ('</p title="<a href=1>"><a href=2>', ["2"]),
        ("1 < 2 <a href=1>", ["1"]),
        ("<script>'<a href=1>'</script><a href=2>", ["2"]),
        ("<title><a href=1></title ><a href=2>", ["2"]),
        ("<style><a href=1></styles><a href=2></style><a href=3>", ["3"]),
        ("<a href=1 href=2>", ["1"]),
        ("<a href>", [""]),
        ("<a href=>", [""]),
        ('<a x="1"href="2">', ["2"]),
        ('<a x"y" href="2">', ["2"]),
        ('<a href="a&amp;b&lt;">', ["a&b<"]),
        ("<a href=\u3000x>", ["\u3000x"]),
        ('<a href="1', []),
        ('<a href="1><a href=2>', []),
        ("<a href=1", []),
        ("<!-- <a href=1>", []),
    ],
)
def test_tags_are_parsed_as_in_browsers(text: str, found: list[str]) -> None:
    assert links(text) == found


@pytest.mark.parametrize(
    "piece", ['<a "', "<a ", '<a href="', "<!--", "<", "</", "<title>", "<script>", "<a =", "<p x='"]
)
def test_parsing_two_megabytes_of_broken_tags_takes_less_than_five_seconds(piece: str) -> None:
    begin = time.process_time()
    list(markup.tags(piece * (2_000_000 // len(piece)), ["a"]))
    assert time.process_time() - begin < 5
