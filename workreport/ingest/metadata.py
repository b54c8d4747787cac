"""Knows how the facts of a report are chosen among all that its head, its front matter and its words state.

Each value is a guess from the text until the publisher confirms it in `report.toml`. Leaves reading the statements to
`facts`, and reading that file to `project.settings`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from workreport.ingest.facts.head import LOOKED_AT, Head, head_of
from workreport.ingest.facts.head_dates import HeadDate, compact, dates_in, without_dates
from workreport.ingest.facts.meetings import Meeting, address_in, meetings_in
from workreport.ingest.facts.places import STATE, place_of
from workreport.ingest.facts.speakers import Speaker, speaker_in, speaker_of
from workreport.ingest.facts.titles import USUAL, Title, dates_of, title_of
from workreport.ingest.front_words import FrontWords
from workreport.model import Day, Meta, Outline, Text

_REPRESENTS = re.compile(
    r"(?:代表|受)(?P<place>[一-鿿]{0,24}?(?:人民政府|政府|行政公署|行署|管委会|管理委员会|法院|检察院|国务院))"
)
"""Matches whom the speaker stands for: 我代表青禾县人民政府, 受青禾县人民政府委托."""
_SIGNED = re.compile(r"(?P<place>[一-鿿]{2,24}(?:人民政府|政府|法院|检察院|管委会|管理委员会|办事处|统计局))")
_PUBLISHED = re.compile(r"https?://|www\.|来源|时间|发布|更新|日期|浏览|[0-9]{1,2}[:：时][0-9]{2}")
"""Matches a line of the web page, whose date is not that of the report."""
_PLANNED = re.compile(r"年?[一-鿿、]{0,14}?(?:安排|任务|目标|重点|打算|思路|部署|要求|建议|预期|计划)")
"""What follows the year of a plan in a heading: 2024年政府工作的总体要求."""
_REVIEWED = re.compile(r"年?[一-鿿、]{0,14}?(?:回顾|总结|情况|成绩|成就|进展)")
"""What follows the year of a review in a heading: 2023年主要工作回顾."""
_PAST = re.compile(r"过去的(?P<year>[12][0-9]{3})年")
"""Matches the year of the review in the first sentences: 刚刚过去的2023年."""
SENTENCES = 3000
"""The characters of the text that may say which year is just past."""
LATE = 11
"""From this month on, a report may be that of the next year, if its plan is for that year."""
FIELDS = ("title", "place", "code", "year", "date", "meeting", "speaker", "office")
"""The metadata that a report states or a publisher confirms (fields of `Meta`)."""


@dataclass(frozen=True, slots=True)
class ConfirmedMeta:
    """The values of `report.toml`; for an empty one the guess is kept.

    `code` is the place's code in GB/T 2260. `published` is the day of publication, or the moment (`datetime`). `source` is the name of the source file in the report's folder. `guessed` has
    the names of fields that `add` filled in and that the publisher has not confirmed yet.
    """

    title: str = ""
    place: str = ""
    code: str = ""
    year: int | None = None
    date: date | None = None
    meeting: str = ""
    speaker: str = ""
    office: str = ""
    published: Day | None = None
    source: str = ""
    guessed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Stated:
    """All that a report states about itself: `head` of the text, `keys` of its front matter, and what they name."""

    head: Head
    keys: Mapping[str, str]
    title: Title | None
    meeting: Meeting | None
    speaker: Speaker

    @property
    def page_title(self) -> str:
        """The title in the front matter, compact; "" without one."""
        return _key(self.keys, "title", "标题")


def guess(slug: str, text: Text, outline: Outline, words: FrontWords, keys: Mapping[str, str] | None = None) -> Meta:
    """Return the metadata that a report states; any other field is "" or None. `keys` are those of its front matter.

    The place is 国务院 for a report to the National People's Congress, and the city is added to a district (宁江市清水区).
    The title is 政府工作报告 unless the text has one of its own (青禾县人民法院工作报告). `Meta.guessed` has all fields that
    were found, and always the title; the code follows the place and is not listed.
    """
    stated = _stated(text.body, words, keys or {})
    titles = [section.title for section in outline.walk() if section.level == 1]
    day = _day(stated)
    year = _year(stated, day, titles, text.body)
    place = place_of(_place_words(stated), text.body, words.no_cities, year)
    meeting = ""
    if stated.meeting:
        printed = stated.meeting.place
        own = "" if place.name == STATE else place.own
        as_printed = place.name != STATE and _is_name(printed) and printed != f"于{own}"
        meeting = (printed if as_printed else own) + stated.meeting.session
    values: dict[str, object] = {
        "place": place.name, "year": year, "date": day.day if day else None, "meeting": meeting,
        "speaker": stated.speaker.name, "office": stated.speaker.office,
    }  # fmt: skip
    guessed = ("title", *(name for name, value in values.items() if value))
    return Meta(
        slug, stated.title.title if stated.title else USUAL, place.name, year, day.day if day else None, meeting,
        stated.speaker.name, stated.speaker.office, guessed, place.code,
    )  # fmt: skip


def confirm(guessed: Meta, confirmed: ConfirmedMeta) -> Meta:
    """Replace the guesses by the publisher's values.

    `guessed` of the result has the fields that are still guesses: those without a value in `confirmed`, and those that
    `confirmed.guessed` lists. A place that the publisher corrected has the code of that place, if only one is called so.
    """
    values = {k: getattr(confirmed, k) or getattr(guessed, k) for k in FIELDS}
    if confirmed.place and confirmed.place != guessed.place and not confirmed.code:
        values["code"] = place_of([confirmed.place], "", (), values["year"]).code
    unconfirmed = tuple(k for k in guessed.guessed if not getattr(confirmed, k, None) or k in confirmed.guessed)
    return Meta(guessed.slug, guessed=unconfirmed, published=confirmed.published, **values)


def _key(keys: Mapping[str, str], *names: str) -> str:
    """Return the value of the first of these keys that a front matter has, compact and cut to LOOKED_AT; "" without any."""
    return next((compact(keys[name][:LOOKED_AT]) for name in names if keys.get(name)), "")


def _stated(body: str, words: FrontWords, keys: Mapping[str, str]) -> _Stated:
    """Collect what the head, the captions and the front matter of a text state."""
    head = head_of(body)
    page_title = _key(keys, "title", "标题")
    lines = [*head.lines, page_title] if page_title else list(head.lines)
    meetings = list(meetings_in(lines)) or list(meetings_in(head.notes))
    # 市第十五届… beside 青禾市第十五届…: the one that names its place is the better.
    meeting = (
        next((m for m in meetings if len(m.place) > 1), None) or next(iter(meetings), None) or address_in(head.opening)
    )
    speaker = speaker_of(head.lines, words)
    for line in (*head.lines, page_title, *head.notes, _key(keys, "speaker", "报告人")):
        other = speaker_in(line, words) if line else Speaker()
        if other.name and not speaker.name:
            office = speaker.office or other.office
            speaker = Speaker(speaker.before or other.before, office, other.name)
        elif other.name == speaker.name and other.office and not speaker.office:
            speaker = Speaker(other.before, other.office, speaker.name)
    return _Stated(head, keys, _title(head.lines, page_title, words), meeting, speaker)


def _title(lines: Sequence[str], page_title: str, words: FrontWords) -> Title | None:
    """Return the title: 政府工作报告 in the head or the front matter, else that of another document in either."""
    usual = FrontWords()
    places = ((lines, usual), ([page_title], usual), (lines, words), ([page_title], words))
    return next((found for part, known in places if (found := title_of(part, known))), None)


def _place_words(stated: _Stated) -> list[str]:
    """Return the words that may name the place, the most reliable first."""
    rows: list[str] = []
    if stated.meeting and "全国" in stated.meeting.session and (not stated.title or stated.title.title == USUAL):
        rows.append(STATE)
    rows += [stated.meeting.place] if stated.meeting else []
    rows += [stated.title.place] if stated.title else []
    rows += [_key(stated.keys, "place", "地方")]
    page = title_of([stated.page_title], FrontWords()) if stated.page_title else None
    rows += [page.place] if page else []
    rows.append(STATE if stated.speaker.office.startswith(STATE) else stated.speaker.before)
    rows += [m["place"] for m in _REPRESENTS.finditer(stated.head.opening)][:1]
    rows += [m.place for m in meetings_in([stated.page_title, *stated.head.notes])]
    rows += [m["place"] for line in stated.head.closing if (m := _SIGNED.fullmatch(line))]
    return [row for row in rows if row]


def _is_name(words: str) -> bool:
    """Whether words name a place and not only its kind (市)."""
    return bool(place_of([words], "", ()).name)


def _day(stated: _Stated) -> HeadDate | None:
    """Return the date of the report: of the meeting's line, else of the head, the front matter, the last lines.

    A line of the web page (来源, 更新时间) counts last; a date without a day counts if there is no other.
    """
    lines = [*stated.head.lines, *stated.head.notes]
    session = stated.meeting.session[:4] if stated.meeting else ""
    told = [line for line in lines if not _PUBLISHED.search(line)]
    rows: Sequence[Sequence[str]] = (
        [line for line in told if session and session in line],
        told,
        [stated.page_title],
        [line for line in stated.head.closing if not without_dates(line)],
        [_key(stated.keys, "date", "日期")],
    )
    found = [d for part in rows for line in part for d in dates_of(line)]
    return next((d for d in found if d.day), None) or next(iter(found), None)


def _year(stated: _Stated, day: HeadDate | None, titles: Sequence[str], body: str) -> int | None:
    """Return the year of the report: that of its title, of its date, or the one that its headings plan for.

    A report of November or December is that of the next year if its headings plan for that year.
    """
    page = title_of([stated.page_title], FrontWords())
    in_title = next((title.year for title in (stated.title, page) if title and title.year), None)
    planned = _planned(titles, body)
    year = in_title or (day.year if day else None)
    if year and planned == year + 1 and day and day.day and day.day.year == year and day.day.month >= LATE:
        return planned
    return year or planned


def _planned(titles: Sequence[str], body: str) -> int | None:
    """Return the year that a report plans for; None if it does not say.

    It is the later of two years in a row in the headings, the year of a heading like 2024年工作安排, the year after one like
    2023年工作回顾, else the year after 刚刚过去的2023年 in the first sentences.

    >>> _planned(["一、2023年工作回顾", "二、2024年工作安排"], ""), _planned(["一、二〇二三年工作回顾"], "")
    (2024, 2024)
    """
    bare = [compact(title) for title in titles]
    years = {d.year for title in bare for d in dates_in(title)}
    if years and max(years) - 1 in years:
        return max(years)
    for pattern, later in ((_PLANNED, 0), (_REVIEWED, 1)):
        for title in bare:
            for d in dates_in(title):
                if d.day is None and pattern.match(title, d.end - 1) and title[: d.start][-1:] not in ("到", "至"):
                    return d.year + later
    past = _PAST.search(compact(body[:SENTENCES]))
    return int(past["year"]) + 1 if past else None
