"""Knows the structure of a report: its metadata, sections, paragraphs and sentences.

`start` and `end` (exclusive) are offsets into the repaired text. Leaves building the tree to `ingest.outline`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, Protocol, Self, TypeAlias

from workreport.model.kinds import ParagraphRole

Day: TypeAlias = date
"""A day, or a moment (`datetime`); for classes in which `date` is a field."""


@dataclass(frozen=True, slots=True)
class Meta:
    """The metadata of a report; unknown fields are "" or None.

    `slug` is the name of the report's folder and addresses. `date` is the day of delivery, `office` the speaker's
    office (区长, 国务院总理), and `code` the place's code in GB/T 2260. `published` is the day on which the publisher put the
    report online, a `datetime` if he told the time too; it is never read from the text. `guessed` has the names of the fields
    that were read from the text and that the publisher has not confirmed.
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
    code: str = ""
    published: Day | None = None

    @property
    def own_place(self) -> str:
        """The place without the city above it.

        >>> Meta("a", "政府工作报告", "杭州市拱墅区", 2024, None, "", "", "").own_place
        '拱墅区'
        """
        return re.sub(r"^.*[市州盟](?=.{2,}[区县旗]$)", "", self.place)

    @property
    def name(self) -> str:
        """The name of the report in lists: place, year (if known) and title; a place or year in the title stands only there.

        >>> Meta("a", "政府工作报告", "杭州市拱墅区", 2024, None, "", "", "").name
        '杭州市拱墅区2024年政府工作报告'
        >>> Meta("a", "青禾县人民法院工作报告", "青禾县", 2024, None, "", "", "").name
        '2024年青禾县人民法院工作报告'
        """
        place = "" if self.own_place and self.own_place in self.title else self.place
        return f"{place}{f'{self.year}年' if self.year and f'{self.year}年' not in self.title else ''}{self.title}"


class Sentence(NamedTuple):
    """A sentence, or a whole heading (`heading`): `text == body[start:end]`. `section` is an id, "" for front matter.

    `id` is kept for good while the text is unchanged (see `ingest.ids`). `aliases` are the sentence's former ids and the
    ids of all figures it ever had (s1-f1); `gone` are ids of deleted sentences, whose links now point to this one.
    `in_copy`: the sentence is in a passage repeated by mistake. `copy_of` is then the id of the sentence that it repeats,
    or None if the original passage is divided differently.
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


class Paragraph(NamedTuple):
    """A paragraph: its sentences in order. `id`, `aliases` (without figures) and `gone` are as in `Sentence`."""

    id: str
    start: int
    end: int
    sentences: tuple[Sentence, ...]
    role: ParagraphRole = "text"
    aliases: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A part (一、) or a section (（一）): its own paragraphs, and the sections below it as `children`.

    `id` is also the path of its page: "1" for part 一, "1/3" for its section （三）, "s4" for the fourth part if that has
    no number, "a1" for the first appendix, "1-2" for a second part 一. `number` is as printed (一、 or （三）), "" where
    there is none; `title` has no number and no full stop, and is 正文 where there is none. `level` is 1 for a part.
    `heading` is None for a section to which the text gives none: the closing words (title 结束语), a review behind the last
    numbered section (titled by its first words), all of a text without headings. body[start:end] includes the heading and
    the children.
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

    @property
    def anchor(self) -> str:
        """The id of its heading on a page."""
        return heading_anchor(self.id)

    def walk(self) -> Iterator[Section]:
        """Yield this section and all sections below it, in the order of the text."""
        yield self
        for child in self.children:
            yield from child.walk()


def heading_anchor(section: str) -> str:
    """Return the id that the heading of a section has on a page; `section` is the section's id.

    >>> heading_anchor("1/2"), heading_anchor("1-2"), heading_anchor("1-2/3")
    ('h-1-2', 'h-1--2', 'h-1--2-3')
    """
    return "h-" + section.replace("-", "--").replace("/", "-")


def heading(number: str, title: str) -> str:
    """Return number and title on one line; a colon separates them after numbers such as 附件1 and 第一部分.

    >>> heading("（三）", "市场活力加速重振"), heading("附件1", "2026年民生实事")
    ('（三）市场活力加速重振', '附件1：2026年民生实事')
    """
    unmarked = title and number.startswith(("第", "附")) and number[-1].isalnum()
    return f"{number}{'：' if unmarked else ''}{title}"


@dataclass(frozen=True, slots=True)
class Outline:
    """The tree of a report: the front matter (the paragraphs before the first part), then the parts."""

    front: tuple[Paragraph, ...]
    sections: tuple[Section, ...]

    def walk(self) -> Iterator[Section]:
        """Yield every section of every level, in the order of the text."""
        for section in self.sections:
            yield from section.walk()

    def sentences(self) -> Iterator[Sentence]:
        """Yield every sentence, in the order of the text, including headings and front matter."""
        for paragraph in self.front:
            yield from paragraph.sentences
        for section in self.walk():
            if section.heading:
                yield section.heading
            for paragraph in section.paragraphs:
                yield from paragraph.sentences


class _Numbered(Protocol):
    """A `Section`, or the section of a tree that `ingest.outline` is building."""

    @property
    def id(self) -> str: ...
    @property
    def number(self) -> str: ...
    @property
    def children(self) -> Sequence[Self]: ...


def pages_of_sections(parts: Sequence[_Numbered]) -> dict[str, str]:
    """Return, for each section id, the id of the section on whose page the section is shown.

    These have pages of their own: parts, appendices, numbered sections directly below a part (（一）, 第一，, but not 一是),
    and all later sections directly below the same part. The other sections directly below a part or an appendix are on
    its page; deeper sections are on the page of the section that contains them.
    """
    found: dict[str, str] = {}

    def put_on_page(section: _Numbered, page: str) -> None:
        found[section.id] = page
        for child in section.children:
            put_on_page(child, page)

    for part in parts:
        found[part.id] = part.id
        paged = False
        for child in part.children:
            numbered = child.number != "" and not child.number.endswith("是") and not part.id.startswith("a")
            paged = paged or numbered
            put_on_page(child, child.id if paged else part.id)
    return found
