"""Knows the structure of a report: its metadata, sections, paragraphs and sentences.

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
    """The metadata of a report. `date` is the day it was delivered, `office` the speaker's (区长, 省长, 国务院总理).

    `guessed` names the fields that come from the text and that the publisher has not confirmed.
    """

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
        """The name of the report in a list.

        >>> Meta("a", "政府工作报告", "杭州市拱墅区", 2024, None, "", "", "").name
        '杭州市拱墅区2024年政府工作报告'
        """
        return f"{self.place}{f'{self.year}年' if self.year else ''}{self.title}"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, or the words of a heading. `start` and `end` count the repaired text, `text == body[start:end]`.

    `id` stays through edits (see `ingest.ids`). `aliases` are its former ids and those of all figures it ever had; `gone`
    are ids of deleted sentences whose links now lead here. `in_copy` says that it stands in a passage repeated by
    mistake; `copy_of` is then the id of the sentence that it repeats, if there is one with the same span.
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
    """A paragraph: its sentences in order. `id`, `aliases` and `gone` are as for sentences."""

    id: str
    start: int
    end: int
    sentences: tuple[Sentence, ...]
    role: ParagraphRole = "text"
    aliases: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A part (一、) or a section (（一）) with its own paragraphs and the sections below it.

    `id` is the path of its page: "1" for part 一, "1/3" for its section （三）, "s4" for one without a number, "a1" for an
    appendix. `number` is as printed (一、 or （三）), "" where there is none; `title` has no number and no full stop.
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
    """Number and title on one line, with a colon after a number that has no punctuation of its own.

    >>> heading("（三）", "市场活力加速重振"), heading("附件1", "2026年民生实事")
    ('（三）市场活力加速重振', '附件1：2026年民生实事')
    """
    unmarked = title and number.startswith(("第", "附")) and number[-1].isalnum()
    return f"{number}{'：' if unmarked else ''}{title}"


@dataclass(frozen=True, slots=True)
class Outline:
    """The tree of a report: the front matter (what stands before the first part), then the parts."""

    front: tuple[Paragraph, ...]
    sections: tuple[Section, ...]

    def walk(self) -> Iterator[Section]:
        """Every section, in the order of the text."""
        for section in self.sections:
            yield from section.walk()

    def sentences(self) -> Iterator[Sentence]:
        """Every sentence, in the order of the text, including headings."""
        for paragraph in self.front:
            yield from paragraph.sentences
        for section in self.walk():
            if section.heading:
                yield section.heading
            for paragraph in section.paragraphs:
                yield from paragraph.sentences


class _Numbered(Protocol):
    """A section, or one that is still being built."""

    @property
    def id(self) -> str: ...
    @property
    def number(self) -> str: ...
    @property
    def children(self) -> Sequence[Self]: ...


def pages_of_sections(parts: Sequence[_Numbered]) -> dict[str, str]:
    """The id of the section on whose page each section stands, by section id.

    Parts, appendices and numbered sections right below a part (（一）, 第一，) have pages of their own. Other sections
    (deeper ones, sentences as headings (一是…。), sections of an appendix) stand on the page of the section above, or of
    the last section before them that has a page, so that pages keep the order of the text.
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
