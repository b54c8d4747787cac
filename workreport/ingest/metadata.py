"""Knows how a report states its metadata: place, year, date, meeting, speaker, office.

Each value is a guess from the text until the publisher confirms it in `report.toml`. Leaves reading that file to
`project.settings`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from workreport.ingest.front_words import FrontWords
from workreport.ingest.headings import number_of
from workreport.model import Meta, Outline, Text

NUMERALS = "〇○零０一二三四五六七八九十"
"""The characters of Chinese numerals in dates and sessions; ○ and ０ are common spellings of 〇."""
_DATE = re.compile(
    rf"(?P<y>[12][0-9]{{3}}|[１２][０-９]{{3}}|[{NUMERALS}]{{4}})[ 　]*年[ 　]*(?P<m>[0-9]{{1,2}}|[０-９]{{1,2}}|[{NUMERALS}]{{1,3}})[ 　]*月[ 　]*(?P<d>[0-9]{{1,2}}|[０-９]{{1,2}}|[{NUMERALS}]{{1,3}})[ 　]*日"
)
"""Matches a date: groups `y`, `m` and `d`, each in digits or Chinese numerals."""
_MEETING = re.compile(
    rf"在?(?P<body>[^，。；（(年月日在 　—]{{0,16}}?)(?P<session>第?[{NUMERALS}百]{{1,4}}届(?:全国)?[^，。；]{{0,4}}(?:人民代表大会|人大)[^，。；上）)]{{0,6}}?第?[{NUMERALS}]{{1,3}}次会议)"
)
"""Matches a session of a people's congress without white space: groups `body` (清水区) and `session` (第三届…第五次会议)."""
_YEAR_IN_TITLE = re.compile(r"([12][0-9]{3})年")
_CITY = re.compile(r"([一-鿿]{2})市")


@dataclass(frozen=True, slots=True)
class ConfirmedMeta:
    """The values of `report.toml`; for an empty one the guess is kept.

    `source` is the name of the source file in the report's folder. `guessed` has the names of fields that `add` filled in
    and that the publisher has not confirmed yet.
    """

    title: str = ""
    place: str = ""
    year: int | None = None
    date: date | None = None
    meeting: str = ""
    speaker: str = ""
    office: str = ""
    source: str = ""
    guessed: tuple[str, ...] = ()


def _year(text: str) -> int:
    """Return a year in digits or Chinese digits (二〇二六); 0 for any other text."""
    if text.isdecimal():
        return int(text)
    digits = "".join(
        str("零一二三四五六七八九".find(c.replace("〇", "零").replace("○", "零").replace("０", "零"))) for c in text
    )
    return int(digits) if digits.isdecimal() else 0


def date_in(text: str) -> date | None:
    """Return the first valid date in a text, in digits or Chinese numerals; None if there is none.

    >>> date_in("(2024年2月21日在某区人民代表大会上)"), date_in("二〇二六年一月二十七日")
    (datetime.date(2024, 2, 21), datetime.date(2026, 1, 27))
    """
    for found in _DATE.finditer(text):
        try:
            return date(_year(found["y"]), number_of(found["m"]), number_of(found["d"]))
        except ValueError:
            continue
    return None


def cities_in(body: str, no_cities: Collection[str]) -> Iterator[str]:
    """Yield the names of cities in a text, once for each occurrence: the two characters before 市.

    `no_cities` are words that end with 市 but name no city (全市); they are skipped.

    >>> list(cities_in("宁江市和全市，宁江市", {"全市"}))
    ['宁江', '宁江']
    """
    for found in _CITY.finditer(body):
        if found[0][1:] not in no_cities and found[1] not in no_cities:
            yield found[1]


def _city_of(place: str, body: str, no_cities: Collection[str]) -> str:
    """Guess the city (with 市) that a district or county (`place`) belongs to; "" if no name qualifies.

    It is the most frequent name that occurs at least twice with 市 and as often without it (宁江市体育局, 宁江中心).
    """
    counts = Counter(name for name in cities_in(body, no_cities) if f"{name}市" not in place)
    best = ""
    for name, n in sorted(counts.items(), key=lambda kv: (-kv[1] * body.count(kv[0]), kv[0])):
        if n >= 2 and body.count(name) >= 2 * n and not re.search("[城都省全我各等和在为向对的]", name):
            best = f"{name}市"
            break
    return best


def guess(slug: str, text: Text, outline: Outline, words: FrontWords) -> Meta:
    """Return the metadata that the front matter states; any other field is "" or None.

    The place is 国务院 for a report to the National People's Congress, and the city is added to a district (宁江市清水区).
    The title is always 政府工作报告. `Meta.guessed` has all fields that were found.
    """
    front = [(p.role, text.body[p.start : p.end]) for p in outline.front]
    head = "\n".join(line for role, line in front if role != "salutation") or text.body[:600]
    title_line = next((w for r, w in front if r == "title"), "")
    # A line with the meeting also has its date. Lines above it may have the date of the web page instead.
    meeting_lines = (row for row in head.splitlines() if _MEETING.search(re.sub(r"\s+", "", row)))
    day = next(filter(None, map(date_in, meeting_lines)), None) or date_in(head)
    body = session = ""
    found = _MEETING.search(re.sub(r"\s+", "", head))
    if found:
        body, session = found["body"], found["session"]
    office = name = before = ""
    for role, line in front:
        matched = words.office.match(line)
        if matched and role in ("speaker", "text", "meeting"):
            office, before = matched["office"], matched["before"]
            name = re.sub(r"[ 　]", "", matched["name"])
            break
    place = re.sub(r"^(?:在|——)+", "", body)
    if not place:
        place = re.sub(r"(?:人民政府|政府)$", "", before.strip(" 　—"))
    if "全国人民代表大会" in session or "国务院" in before + office + title_line:
        place = "国务院"
    elif place.endswith(("区", "县", "旗")) and not place.endswith("自治区") and "市" not in place[:-1]:
        place = _city_of(place, text.body, words.no_cities) + place
    in_title = _YEAR_IN_TITLE.search(title_line)
    year = int(in_title[1]) if in_title else day.year if day else None
    guessed = tuple(
        k
        for k, v in (
            ("place", place),
            ("year", year),
            ("date", day),
            ("meeting", session),
            ("speaker", name),
            ("office", office),
        )
        if v
    )
    return Meta(
        slug, "政府工作报告", place, year, day, (body if place != "国务院" else "") + session, name, office, guessed
    )


def confirm(guessed: Meta, confirmed: ConfirmedMeta) -> Meta:
    """Replace the guesses by the publisher's values.

    `guessed` of the result has the fields that are still guesses: those without a value in `confirmed`, and those that
    `confirmed.guessed` lists.
    """
    values = {
        k: getattr(confirmed, k) or getattr(guessed, k)
        for k in ("title", "place", "year", "date", "meeting", "speaker", "office")
    }
    unconfirmed = tuple(k for k in guessed.guessed if not getattr(confirmed, k, None) or k in confirmed.guessed)
    return Meta(guessed.slug, guessed=unconfirmed, **values)
