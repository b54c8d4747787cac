"""Knows the one error of marks that cannot be read, and its words: file, line, what is wrong, what to do.

Leaves finding such marks to the modules that read them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

Value = TypeVar("Value")

LONGEST = 30
"""The most characters of a line that an error quotes."""


class MarkError(ValueError):
    """Marks in a page of `docs/` cannot be read.

    `file` is the page, "" if it is not known; `line` is where the block begins, counted from 1 in that file, or in the text
    below its front matter if the file is not known; 0 before it is known.
    """

    def __init__(self, problem: str, words: str = "") -> None:
        super().__init__(problem)
        self.problem = problem
        self.words = words if len(words) <= LONGEST else f"{words[:LONGEST]}…"
        self.file, self.line = "", 0

    def at(self, file: str, line: int) -> MarkError:
        """Return the error with its place."""
        self.file, self.line = file, line
        return self

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}：" if self.file else f"正文第 {self.line} 行起："
        quoted = f"（“{self.words}”）" if self.words else ""
        return f"{place}{self.problem}{quoted}。docs/ 由程序写出：请照 MARKS.md 改正，或运行 build.py 重新写出。"


def no_link(words: str) -> MarkError:
    """Return the error for a row of a list or table that has no link."""
    return MarkError("这一行应有一个链接", words)


def no_first_link(words: str) -> MarkError:
    """Return the error for an indicator whose row does not begin with a link."""
    return MarkError("指标的一行应以链接开头", words)


def no_fact(words: str) -> MarkError:
    """Return the error for a fact of a source without its label."""
    return MarkError("这一行应写成 **名目** 内容", words)


def no_part(words: str) -> MarkError:
    """Return the error for a rule that does not say which part of the page begins or ends there, or what is inserted."""
    return MarkError("分隔线 --- 下面一行应写成 {begins=名字}、{ends=名字} 或 {inserts=名字}", words)


def too_deep() -> MarkError:
    """Return the error for blocks or brackets within one another, too many to read."""
    return MarkError("一层套一层的方括号、引文或列表太多")


def no_passage(words: str) -> MarkError:
    """Return the error for a repeated passage without the lines before it."""
    return MarkError("重复段落的引文应先有说明和“看先出现的一处”两段", words)


def required(values: Mapping[str, str], name: str, words: str) -> str:
    """Return an attribute. Raises `MarkError` if the marks of these words have none of this name."""
    if not (value := values.get(name, "")):
        raise MarkError(f"缺少 {name}（写在花括号里：id 写成 #名字，其他写成 {name}=值）", words)
    return value


def exactly(count: int, cells: Sequence[Value], words: str) -> Sequence[Value]:
    """Return the cells of a row of a table. Raises `MarkError` if there are more or less than `count`."""
    if len(cells) != count:
        raise MarkError(f"表格的这一行应有 {count} 格，现有 {len(cells)} 格", words)
    return cells
