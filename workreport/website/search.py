"""Knows the search index: sentences with their figures, notes and names, pinyin, and traditional characters.

Leaves matching to the script in `templates/assets/search/`, and the pages to `pages`. The index consists of script
files, because a page opened from a disk cannot load data files.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal

from workreport.analysis import pinyin
from workreport.analysis.vocabulary import Unit
from workreport.model import Indicator, Publication, Reading, Section, Sentence, UnitName, heading
from workreport.website import addresses
from workreport.website.template_loader import html_part

NAME = "workreportIndex"
"""The global JavaScript variable that the index sets."""

PART = 256 * 1024
"""The size of a part of the index in bytes. A report is never cut, so a part with a single report may be larger."""

HEADING, NOTED, NAMED = 1, 2, 4
"""Flags in the row of a sentence: it is a heading, has an editorial note, mentions a name of the index of names."""

Spell = Callable[[str], str]
"""A function that takes a text and returns the pinyin of each character, separated by spaces. See `readings`."""

Forms = Callable[[str], str]
"""A function that takes characters and returns pairs of their traditional and simplified form. See `traditional`."""

Bases = Mapping[UnitName, tuple[UnitName, int]]
"""(base unit, exponent) by unit, for units that are a power of ten of a base unit. See `base_units`."""

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff〇]+")
# Multipliers at the beginning of a unit (万元), as powers of ten.
_POWERS = {"万亿": 12, "亿": 8, "万": 4, "千": 3, "百": 2}
# Units whose first character is no such multiplier.
_WHOLE_UNITS = re.compile("千(?:米|瓦|克|卡|伏|赫|字|分)|百(?:分|帕)")
_MORE_FORMS = {"著": "着", "瞭": "了", "峯": "峰", "甯": "宁"}
"""Variant characters and their simplified form, which OpenCC leaves unchanged if it converts single characters."""


def index_files(
    publication: Publication, spell: Spell, forms: Forms, units: Iterable[Unit]
) -> tuple[tuple[str, str], ...]:
    """Return the scripts of the index as (path from the root of the site, text), in the order of loading.

    The first sets the global `NAME` to an object: `readings` ("ya亚压 yun运云": each syllable with the characters that are
    mostly read so), `forms` ("運运": pairs as of `traditional`), `units` (see `unit_rows`), `parts` (the paths of the
    other scripts) and `data` (lists of reports, see `_part`). Reports that fit into one part are in the first script;
    otherwise each other script adds one list to `data`. Passages repeated by mistake are not searched.
    """
    units = tuple(units)
    bases = base_units(units)
    several = len(publication.readings) > 1
    syllables_of = {s.text: spell(s.text).split() for r in publication.readings for s in _searched(r)}
    usual = _most_frequent(syllables_of)
    parts = list(_packed([_part(r, syllables_of, usual, bases, several=several) for r in publication.readings]))
    alone = len(parts) == 1
    head = {
        "readings": _readings(usual),
        "forms": forms("".join(sorted({c for text in syllables_of for c in text}))),
        "units": unit_rows(units),
        "parts": [] if alone else [_part_path(n) for n in range(len(parts))],
    }
    data = f"[[{parts[0]}]]" if alone else "[]"
    texts = [
        (addresses.SEARCH_INDEX, f'globalThis.{NAME}={_script_safe(_json(head)[:-1])},"data":{_script_safe(data)}}};\n')
    ]
    if not alone:
        texts += [
            (_part_path(n), f"globalThis.{NAME}.data[{n}]=[{_script_safe(part)}];\n") for n, part in enumerate(parts)
        ]
    return tuple(texts)


def _part_path(number: int) -> str:
    return f"{addresses.SEARCH_INDEX.removesuffix('.js')}-{number + 1}.js"


def _packed(reports: Iterable[str]) -> Iterator[str]:
    """Join the reports with commas to parts of at most `PART` bytes; a longer report is a part alone."""
    part: list[str] = []
    size = 0
    for report in reports:
        length = len(report.encode("utf-8", "surrogatepass"))
        if part and size + length > PART:
            yield ",".join(part)
            part, size = [], 0
        part.append(report)
        size += length
    yield ",".join(part)


def _searched(reading: Reading) -> Iterator[Sentence]:
    return (s for s in reading.outline.sentences() if not s.in_copy)


def _part(
    reading: Reading, syllables_of: dict[str, list[str]], usual: dict[str, str], bases: Bases, *, several: bool
) -> str:
    """Return a report as JSON.

    `name`: of the report, "" without `several` reports. `sections`: [path of the page, label]. `names`: [name, number
    of mentions]. `sentences`: [id, index in `sections`, text, flags, unusual readings, figures] without empty items at
    the end, where unusual readings are position, syllable, position, syllable …
    """
    places: dict[str, int] = {}
    sections: list[list[str]] = []
    for section in [None, *reading.outline.walk()]:
        places[section.id if section else ""] = len(sections)
        sections.append([addresses.report(reading, section.id if section else ""), label(section)])
    figures: dict[str, list[Indicator]] = defaultdict(list)
    for indicator in reading.indicators:
        figures[indicator.sentence].append(indicator)
    noted, named = (
        _noted_sentences(reading),
        {m.sentence for term in reading.terms if term.recurs for m in term.mentions},
    )
    rows = []
    for sentence in _searched(reading):
        flags = HEADING * sentence.heading + NOTED * (sentence.id in noted) + NAMED * (sentence.id in named)
        unusual = [
            fact
            for at, (character, syllable) in enumerate(zip(sentence.text, syllables_of[sentence.text], strict=False))
            if syllable != usual.get(character, "-")
            for fact in (_utf16_offset(sentence.text, at), syllable)
        ]
        found = [_figure(sentence, indicator, bases) for indicator in figures[sentence.id]]
        row: list[object] = [sentence.id, places.get(sentence.section, 0), sentence.text, flags, unusual, found]
        while row[-1] in ([], 0) and len(row) > 3:
            row.pop()
        rows.append(row)
    names = [[term.name, len(term.mentions)] for term in reading.terms]
    return _json(
        {"name": reading.meta.name if several else "", "sections": sections, "names": names, "sentences": rows}
    )


def label(section: Section | None) -> str:
    """Return the label of a section in search results, （三）市场活力加速重振; 开篇 for None, the text before the first part."""
    return heading(section.number, section.title) if section else "开篇"


# -- figures ---------------------------------------------------------------------------------------------------------


def base_units(units: Iterable[Unit]) -> Bases:
    """Return (base unit, exponent) by unit, for the units that are a power of ten of a base unit.

    >>> base_units([Unit("公里", "level", (), base="米", exponent=3), Unit("米", "level", ())])
    {'公里': ('米', 3)}
    """
    return {unit.word: (unit.base, unit.exponent) for unit in units if unit.base}


def unit_rows(units: Iterable[Unit]) -> list[list[object]]:
    """Return the units for the search script, sorted: [unit, characters that must not follow it, base unit, exponent].

    Empty items at the end are left out. Each spelling in `also` has a row too; its base unit is that of the unit, or
    the unit itself.

    >>> unit_rows([Unit("平方米", "level", (), also=("m2",)), Unit("元", "level", (), not_before="旦")])
    [['m2', '', '平方米'], ['元', '旦'], ['平方米']]
    """
    rows: list[list[object]] = []
    for unit in units:
        rows.append([unit.word, unit.not_before, unit.base, unit.exponent])
        rows += [[word, "", unit.base or unit.word, unit.exponent] for word in unit.also]
    for row in rows:
        while row[-1] in ("", 0):
            row.pop()
    return sorted(rows, key=lambda row: str(row[0]))


def base(number: Decimal, unit: UnitName, bases: Bases) -> tuple[str, UnitName]:
    """Return an amount in its base unit as (number, unit), the number as plain digits without trailing zeros.

    Multipliers are removed from the unit first: 亿元 becomes 元.

    >>> base(Decimal("10.78"), "亿元", {}), base(Decimal("107800"), "万元", {})
    (('1078000000', '元'), ('1078000000', '元'))
    >>> base(Decimal("42.6"), "千米", {"千米": ("米", 3)}), base(Decimal("5.10"), "%", {}), base(Decimal("3"), "万千瓦", {})
    (('42600', '米'), ('5.1', '%'), ('30000', '千瓦'))
    """
    exponent = 0
    while not _WHOLE_UNITS.match(unit) and (large := next((w for w in _POWERS if unit.startswith(w)), "")):
        exponent, unit = exponent + _POWERS[large], UnitName(unit.removeprefix(large))
    unit, more = bases.get(unit, (unit, 0))
    plain = format(number.scaleb(exponent + more), "f")
    return (plain.rstrip("0").rstrip(".") if "." in plain else plain) or "0", unit


def _figure(sentence: Sentence, indicator: Indicator, bases: Bases) -> list[object]:
    """Return [ordinal, start, end, name, figure as written, change, ranks, number, unit, upper end, growth].

    Positions are in the sentence, as `_utf16_offset` counts; numbers are in base units; each rank is [scope, what,
    place, number]. Empty items at the end are left out.
    """
    start = _utf16_offset(sentence.text, max(indicator.start - sentence.start, 0))
    end = _utf16_offset(sentence.text, max(indicator.end - sentence.start, 0))
    low, unit = base(indicator.number, indicator.unit, bases) if indicator.number is not None else ("", indicator.unit)
    high = base(indicator.number_max, indicator.unit, bases)[0] if indicator.number_max is not None else ""
    grown = ""
    if indicator.growth and indicator.growth.number is not None:
        sign = "-" if indicator.growth.direction == "down" else ""
        grown = f"{sign}{indicator.growth.value}{indicator.growth.unit}"
    row: list[object] = [
        indicator.id.rpartition("-f")[2],
        start,
        end,
        indicator.name,
        _figure_text(indicator),
        indicator.growth.phrase if indicator.growth else "",
        [[r.scope or "", r.what or "", r.place, r.number or 0] for r in indicator.ranks],
        low,
        unit,
        high,
        grown,
    ]
    while row[-1] in ("", []):
        row.pop()
    return row


def _figure_text(indicator: Indicator) -> str:
    """Return the figure with its word of approximation in the place where the quote has it: 1.5万余家, 94%以上, 超千亿元.

    "" for an indicator without value and unit, and for one whose value is a rank.
    """
    value, unit, approx = indicator.value, indicator.unit, indicator.approx or ""
    if (not value and not unit) or any(value == rank.place for rank in indicator.ranks):
        return ""
    value = indicator.signed
    rest = indicator.quote[indicator.quote.find(indicator.value) + len(indicator.value) :]
    if not approx or rest.startswith(approx):
        return value + approx + unit
    return value + unit + approx if rest.startswith(unit + approx) else approx + value + unit


def _noted_sentences(reading: Reading) -> frozenset[str]:
    """Return the ids of the sentences with a doubt or an applied repair, except repairs of kind "markup" and
    "ornament".
    """
    sentences = list(reading.outline.sentences())
    starts = [s.start for s in sentences]
    found = set()
    quiet = {"markup", "ornament"}
    spans = [(f.start, f.end) for f in reading.faults]
    spans += [(r.start, r.end) for r in reading.repairs if r.status == "applied" and r.kind not in quiet]
    for start, end in spans:
        first, last = reading.text.from_source(start), reading.text.from_source(max(end - 1, start))
        at = max(bisect_right(starts, first) - 1, 0)
        while at < len(sentences) and sentences[at].start <= last:
            if sentences[at].end > first:
                found.add(sentences[at].id)
            at += 1
    return frozenset(found)


def _utf16_offset(text: str, at: int) -> int:
    """Return a position as JavaScript counts, in UTF-16 units: a character above U+FFFF counts as two."""
    return at + sum(c > "\uffff" for c in text[:at]) if not text.isascii() else at


# -- readings and forms ----------------------------------------------------------------------------------------------


def readings(text: str) -> str:
    """Return the pinyin of every character, separated by spaces, without tones and with v for ü; "-" for one without.

    >>> readings("银行行长2人")
    'yin hang hang zhang - ren'
    """
    found = ["-"] * len(text)
    for run in _HAN.finditer(text):
        syllables = pinyin.syllables(run[0])
        # An unknown character is returned joined to its neighbours. Then the syllables do not fit the characters, and
        # the whole run gets "-".
        if len(syllables) == len(run[0]):
            found[run.start() : run.end()] = [s if s.isascii() and s.isalpha() else "-" for s in syllables]
    return " ".join(found)


def traditional(characters: str) -> str:
    """Return pairs of a traditional and a simplified form, in one text.

    They are the pairs whose simplified form is one of `characters`, or the simplified form of one.

    >>> traditional("运河")
    '運运'
    """
    from opencc import OpenCC

    every = [chr(n) for first, last in ((0x3400, 0x4DBF), (0x4E00, 0x9FFF)) for n in range(first, last + 1)]
    simple = OpenCC("t2s").convert("\n".join(every)).split("\n")
    if len(simple) != len(every):
        raise RuntimeError("OpenCC returned another number of characters than it was given")
    known = set(characters)
    pairs = {odd: plain for odd, plain in zip(every, simple, strict=True) if len(plain) == 1} | _MORE_FORMS
    known |= {pairs.get(c, c) for c in known}
    return "".join(odd + plain for odd, plain in sorted(pairs.items()) if odd != plain and plain in known)


def _most_frequent(syllables_of: dict[str, list[str]]) -> dict[str, str]:
    """Return the most frequent reading of each character in these texts, the first in the alphabet if several are."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for text, syllables in syllables_of.items():
        for character, syllable in zip(text, syllables, strict=False):
            if syllable != "-":
                counts[character][syllable] += 1
    return {c: min(n, key=lambda syllable: (-n[syllable], syllable)) for c, n in counts.items()}


def _readings(usual: dict[str, str]) -> str:
    """Return each syllable followed by its characters, separated by spaces: "ya亚压 yun运云"."""
    by_reading: dict[str, list[str]] = defaultdict(list)
    for character, syllable in sorted(usual.items()):
        by_reading[syllable].append(character)
    return " ".join(syllable + "".join(characters) for syllable, characters in sorted(by_reading.items()))


# -- files -----------------------------------------------------------------------------------------------------------


def opensearch(name: str, address: str) -> str:
    """Return the OpenSearch description, from which a browser can add the search of this site to its own.

    `address` is the site's URL, not "". Only the first 16 characters of `name` are the short name, as OpenSearch
    requires.
    """
    template = f"{address.rstrip('/')}/{addresses.ROOT}?q={{searchTerms}}"
    return html_part("site/opensearch", ending="xml", short=name[:16], told=f"搜索{name}", address=template)


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _script_safe(data: str) -> str:
    # Lone surrogates cannot be encoded, U+2028 and U+2029 end a line in old browsers, and < could end the script.
    return re.sub("[<\u2028\u2029\ud800-\udfff]", lambda found: f"\\u{ord(found[0]):04x}", data)
