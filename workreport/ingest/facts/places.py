"""Knows whose report it is: reads the place from the words of title, meeting and speaker, and completes what they leave out.

A place is a division of the official lists, or a name that ends like one (青禾县). Leaves the lists to `divisions`, and
finding the words to `titles`, `meetings` and `speakers`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from operator import concat

from workreport.ingest.facts.divisions import TODAY, Division, Level, named, of_level, parent, stem_of, whole_name

STATE = "国务院"
"""The place of a report of the State Council."""

_STATE = re.compile(r"(?:中华人民共和国)?(?:国务院|中央人民政府|国家|全国|政务院)")
_ORGAN = re.compile(
    r"(?:人民|各级)?(?:人民政府|政府|行政公署|行署|管理委员会|管委会|(?:中级|高级)?人民法院|人民检察院|法院|检察院|办事处|人大(?:常委会)?|人民代表大会|人民|革命委员会|国民经济.*|财政局|发展.*委员会|\d*年)$"
)
"""Matches the end of the words that names an organ of the place, not the place (青禾县人民政府)."""
_PARTY = re.compile(r"(?:中共)?(?P<place>.*?)(?:委员会|委)?(?:副?书记|常委|党组.*|党工委.*)[、,]?.*")
"""Matches words with an office in the party before the office in the government: 青禾县委副书记、."""
_NATION = re.compile(r"^(?:中国|中华人民共和国|中共|我们?|在)")
_LEVEL_WORD = re.compile(r"(?:我|全|本)?(?P<kind>自治[区州县旗]|地区|[省市州盟区县旗])")
"""Matches words that name no place but its kind (市, 自治区): 在市第十五届人民代表大会第四次会议上."""
_SHAPE = re.compile(
    r"(?:(?![的了是从向于将代表会届次我各]|召开)[一-鿿]){2,14}?"
    r"(?:省|市|区|县|旗|盟|自治州|镇|乡|苏木|街道|地区|兵团|垦区|农场|林业局|(?:第.{1,3}|.)师)"
)
"""Matches a name that no list has and that ends like a place."""
_KINDS: dict[str, tuple[str, ...]] = {
    "省": ("省",), "自治区": ("自治区",), "市": ("市",), "州": ("自治州",), "自治州": ("自治州",), "盟": ("盟",),
    "地区": ("地区",), "区": ("区",), "县": ("县",), "自治县": ("自治县",), "旗": ("旗",), "自治旗": ("自治旗",),
}  # fmt: skip
"""For a word of _LEVEL_WORD, the ends of the names of such divisions."""
_CITY = re.compile(r"([一-鿿]{2})市(?![场容值价面况盈占])")
LONGEST_WORDS = 40
"""Longer words name no place."""
SURE_VOTES, CLEAR = 5, 2
"""Words of the text name a place if they count this much, and this many times as much as those for any other place."""
SMALL = 3
"""A small city counts only if it has more than this many times the votes of the city that contains it."""
HEAD, LONG, OFTEN = 700, 3000, 12
"""A place that the head names is checked if the text after HEAD characters is LONG and mentions it less than OFTEN."""
RIVAL_VOTES, OVERRULED = 25, 8
"""Such a place gives way to one of its kind with this many votes, and OVERRULED times as many as it has mentions."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place: its name as pages state it, its code ("" if no list has it), and its own name without the city above it."""

    name: str = ""
    code: str = ""
    own: str = ""


def place_of(evidence: Sequence[str], body: str, no_cities: Collection[str], year: int | None = None) -> Place:
    """Return the place that the words of `evidence` name, the most reliable first; an empty place if they name none.

    A division that no longer existed in the `year` of the report is not meant (临河县 in 2024): the name is then unlisted.
    Words that only state the kind (市, 自治区) are completed by the rest of the report. Of several places that the words
    name, and where the first is never mentioned later, the one counts that the report speaks of.

    >>> place_of(["市", "青禾市"], "", ()).name, place_of(["旅游市场"], "旅游市场持续升温。", ()).name
    ('青禾市', '')
    """
    read = [_of_year(found, year) for found in map(_read, evidence) if found]
    if any(found.name == STATE for found in read[:1]):
        return Place(STATE, "", STATE)
    specific = [found for found in read if found.name and found.name != STATE]
    kinds = [found.kind for found in read if found.kind]
    if not specific:
        voted = next((d for kind in kinds if (d := _voted(kind, body))), None)
        return _place(_Named(voted.name, (voted,)), body, no_cities) if voted else _state(read)
    first = _kept(specific, body)
    return _place(first, body, no_cities)


def cities_in(body: str, no_cities: Collection[str]) -> Iterator[str]:
    """Yield the names of cities in a text, once for each occurrence: the two characters before 市.

    `no_cities` are words that end with 市 but name no city (全市); they are skipped, and so are 市场, 市值 and the like.

    >>> list(cities_in("宁江市和全市，宁江市，旅游市场", {"全市"}))
    ['宁江', '宁江']
    """
    for found in _CITY.finditer(body):
        if found[0][1:] not in no_cities and found[1] not in no_cities:
            yield found[1]


@dataclass(frozen=True, slots=True)
class _Named:
    """What words name: a place (`divisions` are all that are called so, () for an unlisted one), or only its kind (市)."""

    name: str = ""
    divisions: tuple[Division, ...] = ()
    kind: str = ""


def _read(words: str) -> _Named | None:
    """Return what words name, without organs of the place (青禾县人民政府); None if they name no place."""
    words = words.strip("、，。：:（）()《》—-")
    if len(words) > LONGEST_WORDS:
        return None
    party = _PARTY.fullmatch(words)
    words = party["place"] if party else words
    while True:
        if _STATE.fullmatch(words):
            return _Named(STATE)
        bare = _ORGAN.sub("", _NATION.sub("", words))
        if bare == words or not bare:
            break
        words = bare
    level = _LEVEL_WORD.fullmatch(words)
    if level:
        return _Named(kind=level["kind"])
    unlisted = words.removeprefix("于")
    return _listed(words) or _listed(unlisted) or (_Named(unlisted) if _SHAPE.fullmatch(unlisted) else None)


def _of_year(found: _Named, year: int | None) -> _Named:
    """Leave out divisions that had ended before a year; without a year, those that do not exist today."""
    kept = tuple(d for d in found.divisions if d.until >= (year or TODAY))
    return _Named(found.name, kept, found.kind)


def _listed(words: str) -> _Named | None:
    """Return the division that words name, alone or after the ones that contain it (浙江省杭州市拱墅区); else None."""
    whole = named(words)
    if whole:
        return _Named(whole[0].name, whole)
    for k in range(2, len(words) - 1):
        inner = named(words[k:])
        outer = _listed(words[:k]) if inner else None
        within = tuple(d for d in inner if outer and any(_contains(o, d) for o in outer.divisions))
        if within:
            return _Named(within[0].name, within)
    return None


def _contains(outer: Division, inner: Division) -> bool:
    """Whether a division contains another one, directly or not."""
    above = parent(inner)
    return above is not None and (above.name == outer.name or _contains(outer, above))


def _kept(specific: Sequence[_Named], body: str) -> _Named:
    """Return the first place, unless the report itself speaks of another one of the same kind and hardly of the first.

    A head with the name of another city is a slip of whoever made the web page.
    """
    first, rest = specific[0], body[HEAD:]
    mentions = rest.count(stem_of(first.name))
    kind = next((kind for kind in _KINDS if first.name.endswith(_KINDS[kind])), "")
    if mentions >= OFTEN or not kind or len(rest) < LONG:
        return first
    rival = _voted(kind, rest, max(RIVAL_VOTES, OVERRULED * mentions))
    return _Named(rival.name, (rival,)) if rival else first


def _voted(kind: str, body: str, least: int = SURE_VOTES) -> Division | None:
    """Return the division of a kind that the report speaks of: its name, its name without its kind, the places in it.

    None unless the votes are at least `least` and CLEAR times those of any other division.
    """
    votes: Counter[Division] = Counter()
    begun = set(map(concat, body, body[1:]))  # no name occurs whose first two characters are not here
    for division in _of_kind(kind):
        if division.name[:2] not in begun:
            continue
        whole = body.count(division.name) - body.count(f"{division.name}场")  # 阳泉市场 is no city
        bare = body.count(_short(division))
        if whole or bare >= (1 if kind in ("省", "自治区", "州", "自治州") else SURE_VOTES * 2):
            votes[division] = 2 * whole + bare
    if kind in ("市", "州", "自治州", "盟", "地区"):
        for county in of_level("county"):
            if county.name[:2] not in begun:
                continue
            above = parent(county)
            own_name = len(county.name) > 2 and len(named(county.name)) == 1  # 城区 and 鼓楼区 say nothing
            if above and own_name and above.name.endswith(kind[-1]):
                votes[above] += body.count(county.name)
        # A small city that is mentioned hardly more than the city that contains it is a part of that one's report.
        votes = Counter({d: n for d, n in votes.items() if d.level != "county" or n > SMALL * votes[parent(d) or d]})
    best = votes.most_common(2)
    if not best or best[0][1] < least or (len(best) > 1 and best[0][1] < CLEAR * best[1][1]):
        return None
    return best[0][0]


@cache
def _of_kind(kind: str) -> tuple[Division, ...]:
    """Return the divisions of today whose names end like the kind (市 has cities of all levels)."""
    levels: tuple[Level, ...] = ("county",) if kind == "区" else ("province", "prefecture", "county")
    return tuple(d for level in levels for d in of_level(level) if d.name.endswith(_KINDS[kind]))


@cache
def _short(division: Division) -> str:
    """Return the name that people use: 文山 for 文山壮族苗族自治州, 沧州 for 沧州市."""
    found = re.match(r"(?P<stem>.{2,3}?)(?:[一-鿿]{1,3}族|蒙古|维吾尔|柯尔克孜|哈萨克)+自治", division.name)
    return found["stem"] if found else division.stem


def _place(found: _Named, body: str, no_cities: Collection[str]) -> Place:
    """Return the place: of several divisions of one name the one whose city the report mentions most, if any does."""
    ranked = sorted(found.divisions, key=lambda d: -_above_mentions(d, body))
    if len(ranked) == 1 or (len(ranked) > 1 and _above_mentions(ranked[0], body) > _above_mentions(ranked[1], body)):
        return Place(whole_name(ranked[0]), ranked[0].code, ranked[0].name)
    name = found.name
    lacks_city = name.endswith(("区", "县", "旗")) and not name.endswith("自治区") and "市" not in name[:-1]
    return Place(f"{_city_of(name, body, no_cities) if lacks_city else ''}{name}", "", name)


def _above_mentions(division: Division, body: str) -> int:
    """How often a text mentions the city or province that contains a division."""
    above = parent(division)
    return body.count(above.stem) if above else 0


def _city_of(place: str, body: str, no_cities: Collection[str]) -> str:
    """Guess the city (with 市) that an unlisted district or county belongs to; "" if no name qualifies.

    It is the most frequent name that occurs at least twice with 市 and as often without it (宁江市体育局, 宁江中心).
    """
    counts = Counter(name for name in cities_in(body, no_cities) if f"{name}市" not in place)
    for name, n in sorted(counts.items(), key=lambda kv: (-kv[1] * body.count(kv[0]), kv[0])):
        if n >= 2 and body.count(name) >= 2 * n and not re.search("[城都省全我各等和在为向对的]", name):
            return f"{name}市"
    return ""


def _state(read: Sequence[_Named]) -> Place:
    """Return the State Council if any words name it, else an empty place."""
    return Place(STATE, "", STATE) if any(found.name == STATE for found in read) else Place()
