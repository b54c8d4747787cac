"""Knows the structure of a report: what is known of it (`Meta`), its sections, paragraphs and sentences.

Positions count the repaired text. Leaves building the tree to `ingest.outline`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, Self

from workreport.model.kinds import ParagraphRole


@dataclass(frozen=True, slots=True)
class Meta:
    """Who said it, where and when. `date` is the day it was delivered; `office` is 区长, 省长, 国务院总理."""

    slug: str
    title: str
    place: str
    year: int | None
    date: date | None
    meeting: str
    speaker: str
    office: str
    guessed: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """How the report is called in a list: 杭州市拱墅区2024年政府工作报告.

        >>> Meta("a", "政府工作报告", "杭州市拱墅区", 2024, None, "", "", "").name
        '杭州市拱墅区2024年政府工作报告'
        """
        return f"{self.place}{f'{self.year}年' if self.year else ''}{self.title}"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and its lasting id; `start`, `end` count the repaired text, `text == body[start:end]`.

    `copy_of` is the id of the first one where this stands in a passage repeated by mistake;
    `aliases` are the ids it had before an edit, and those of all figures it ever had (an id that a figure still has
    is that figure's); `gone` are ids of deleted sentences anchored here.
    `heading` is true for the words of a heading.
    """

    id: str
    text: str
    start: int
    end: int
    section: str
    heading: bool = False
    in_copy: bool = False
    copy_of: str | None = None
    aliases: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: sentences in order. `role` is "title", "meeting", "speaker", "salutation" or "text"."""

    id: str
    start: int
    end: int
    sentences: tuple[Sentence, ...]
    role: ParagraphRole = "text"
    aliases: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A part (一、) or a section (（一）) with its own paragraphs and those below it.

    `id` is its address: "1" for part 一, "1/3" for its section （三）, "s4" unnumbered, "a1" an appendix.
    `number` is as printed (一、 or （三）), "" where none; `title` stands without number and end mark.
    `level` counts from 1.
    """

    id: str
    number: str
    title: str
    level: int
    start: int
    end: int
    heading: Sentence | None
    paragraphs: tuple[Paragraph, ...]
    children: tuple[Section, ...] = ()

    def walk(self) -> Iterator[Section]:
        """This section and all below it, in the order of the text."""
        yield self
        for child in self.children:
            yield from child.walk()


def heading(number: str, title: str) -> str:
    """A heading on one line; a number without a mark of its own must not run into a title that begins with figures.

    >>> heading("（三）", "市场活力加速重振"), heading("附件1", "2026年民生实事")
    ('（三）市场活力加速重振', '附件1：2026年民生实事')
    """
    unmarked = title and number.startswith(("第", "附")) and number[-1].isalnum()
    return f"{number}{'：' if unmarked else ''}{title}"


@dataclass(frozen=True, slots=True)
class Outline:
    """The tree of a report: what stands before the first part, then the parts."""

    front: tuple[Paragraph, ...]
    sections: tuple[Section, ...]

    def walk(self) -> Iterator[Section]:
        for section in self.sections:
            yield from section.walk()

    def sentences(self) -> Iterator[Sentence]:
        """Every sentence in the order of the text, headings among them."""
        for paragraph in self.front:
            yield from paragraph.sentences
        for section in self.walk():
            if section.heading:
                yield section.heading
            for paragraph in section.paragraphs:
                yield from paragraph.sentences


class _Numbered(Protocol):
    """A section, or one that is still being put together."""

    @property
    def id(self) -> str: ...
    @property
    def number(self) -> str: ...
    @property
    def children(self) -> Sequence[Self]: ...


def homes(parts: Sequence[_Numbered]) -> dict[str, str]:
    """Of each section's id the id of the section on whose page it stands.

    A page of its own has every part and appendix, and a numbered section right below a part (（一）, 第一，).
    What stands deeper, heads a paragraph (一是…。) or belongs to an appendix is read within the page above it,
    unless a section with a page stands before it: the pages keep the order of the text.
    """
    found: dict[str, str] = {}

    def stand(section: _Numbered, page: str) -> None:
        found[section.id] = page
        for child in section.children:
            stand(child, page)

    for part in parts:
        found[part.id] = part.id
        paged = False
        for child in part.children:
            numbered = child.number != "" and not child.number.endswith("是") and not part.id.startswith("a")
            paged = paged or numbered
            stand(child, child.id if paged else part.id)
    return found
