"""Knows which names (专名) and subjects (主题) a report speaks of, and every place where each stands.

Chinese sets no spaces between words, so a name is told by what it is not: no word of `vocabulary/names`, and closed
by a class word (广场), by quotation marks or by standing in several sections. Leaves the links to `publication`.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from workreport.analysis.name_words import NameWords
from workreport.analysis.pinyin import syllables
from workreport.model import Mention, Outline, Sentence, Term

KINDS = {
    "place": "地点",
    "venue": "场馆",
    "body": "机构",
    "event": "活动",
    "programme": "工程与政策",
    "person": "人物",
    "name": "专名",
    "phrase": "提法",
    "region": "地区",
    "topic": "主题",
}
"""Every kind of a term, and how a page calls it. A region is a state, a province or a great city."""

LONGEST = 16
"""Characters of the longest name: what goes on further is a phrase."""
LONGEST_STEM = 6
LONGEST_RUN = 24
"""An unknown run longer than this is no Chinese text made of words, and no name is sought in it."""
SHORTEST_SINGLE = 4
"""A name that stands once only must have this many characters to be told from an accident."""
INSIDE = 3
"""Common words that may stand between the unknown part of a name and its class word: 运河|体育|公园."""
HEAD = 2
"""Characters that the members of a family share at each end: 一号|发展|工程."""


@dataclass(frozen=True, slots=True)
class Added:
    """A name that the publisher adds; `also` are other spellings of it, `kind` one of KINDS."""

    name: str
    kind: str = "name"
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Joined:
    """Spellings that the publisher says are one name."""

    name: str
    spellings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NameRules:
    """The publisher's hand (`names.toml` beside the report): what to add, join and leave out.

    `forbid` are names that are no terms; `forbid_links` are pairs of section ids that are never linked.
    """

    add: tuple[Added, ...] = ()
    join: tuple[Joined, ...] = ()
    forbid: tuple[str, ...] = ()
    forbid_links: tuple[tuple[str, str], ...] = ()


def reading(name: str) -> str:
    """The pinyin of a name without tones, syllable by syllable, lower case.

    >>> reading("武林广场")
    'wu lin guang chang'
    """
    return " ".join(" ".join(syllables(re.sub(r"[^\w]+", " ", name))).split())


# -- cutting a sentence into known words and unknown runs -----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Token:
    """`kind` is mark, number, break, common, region, class, known or unknown."""

    kind: str
    start: int
    end: int


_MEASURE = "间个家项名条届批期次年月日轮类件大级位座所号人元栋幢场台套处亩米"
# 4200余家, 第19届, 3.5%, 2.1亿元 and 十项, 第二批: a figure with its measure word; a bare 360 has none.
_NUMBER = re.compile(
    rf"""第?[0-9０-９]+(?:[.．][0-9０-９]+)*[%％‰]?[万亿千百]{{0,4}}[余多]?(?:周年|公里|[{_MEASURE}])?
       | 第[一二三四五六七八九十百]{{1,6}}[个家批届期次轮大类]?
       | [一二两三四五六七八九十百千万几数]{{1,6}}[间个家项条届批期次轮类件大座所年月日场]""",
    re.VERBOSE,
)
_NUMERALS = frozenset("第0123456789０１２３４５６７８９一二两三四五六七八九十百千万几数")
_WORDLIKE = re.compile(r"[一-鿿A-Za-z]")


def _cut(text: str, words: NameWords) -> list[_Token]:
    """Cut a sentence into known words and unknown runs: the longest word first, from the left; linear."""
    tokens: list[_Token] = []
    at = 0
    while at < len(text):
        number = _NUMBER.match(text, at) if text[at] in _NUMERALS else None
        if number:
            tokens.append(_Token("number", at, number.end()))
            at = number.end()
            continue
        token = _word(text, at, words)
        if token.kind == "unknown" and tokens and tokens[-1].kind == "unknown":
            tokens[-1] = _Token("unknown", tokens[-1].start, token.end)
        else:
            tokens.append(token)
        at = token.end
    return tokens


def _word(text: str, at: int, words: NameWords) -> _Token:
    for length in words.reach.get(text[at], ()):
        kind = words.lexicon.get(text[at : at + length])
        if kind:
            return _Token(kind, at, at + length)
    return _Token("unknown" if _WORDLIKE.match(text[at]) else "mark", at, at + 1)


# -- names closed by a class word -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Spot:
    """A place where a candidate stands: the number of its sentence, and the characters in it."""

    sentence: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Closed:
    """A name that a class word closes. `clean`: nothing stands right before it that could belong to it."""

    name: str
    kind: str
    clean: bool
    spot: _Spot


def _start_of_name(text: str, tokens: Sequence[_Token], k: int, words: NameWords) -> int:
    """Where a name may begin in token k, or -1: in an unknown run of two characters, without a suffix of the word before."""
    token = tokens[k]
    if token.kind in ("known", "region"):
        return token.start
    start = token.start
    before = tokens[k - 1] if k else None
    if before and before.kind == "common" and text[start] in words.suffixes:
        start += 1
    return start if token.kind == "unknown" and token.end - start >= 2 else -1


def _closed(number: int, text: str, tokens: Sequence[_Token], words: NameWords) -> Iterator[_Closed]:
    """Names closed by a class word: 中国|京杭大运河|博物馆, 杭州|体育馆, 武林路.

    A name begins at an unknown run (or at a region right before it), takes in up to three common words, and ends at
    the first class word.
    """
    k = 0
    while k < len(tokens):
        start = _start_of_name(text, tokens, k, words)
        last, kind = _class_word(text, tokens, k, start, words) if start >= 0 else (-1, "")
        if last < 0:
            k += 1
            continue
        first = k
        if start == tokens[k].start:
            while first and tokens[first - 1].kind == "region":
                first -= 1
            if first and tokens[first - 1].kind == "number" and text[tokens[first - 1].end - 1].isdecimal():
                first -= 1  # 360华东总部: figures that count nothing begin a name
            start = tokens[first].start
        clean = start == tokens[first].start and (first == 0 or tokens[first - 1].kind in ("mark", "break", "number"))
        end = tokens[last].end
        if end - start >= 3:
            yield _Closed(text[start:end], kind, clean, _Spot(number, start, end))
        k = last + 1


def _free(tokens: Sequence[_Token], k: int) -> bool:
    """Whether nothing follows token k that could go on with its name."""
    return k + 1 == len(tokens) or tokens[k + 1].kind in ("mark", "break", "number")


def _class_word(text: str, tokens: Sequence[_Token], k: int, start: int, words: NameWords) -> tuple[int, str]:
    """The token that closes the name which begins in token k, and the kind it gives; (-1, "") where none does.

    A region alone is enough where a house or a body follows at once (杭州|体育馆), but not as a modifier (杭州市|总部|企业).
    """
    named, inside = tokens[k].kind != "region", 0
    for j in range(k + 1, len(tokens)):
        after = tokens[j]
        if after.end - start > LONGEST:
            break
        if after.kind == "class":
            kind = words.class_kinds[text[after.start : after.end]]
            alone = (
                j == k + 1 and kind in ("venue", "body") and (j + 1 == len(tokens) or tokens[j + 1].kind != "common")
            )
            return (j, kind) if named or alone else (-1, "")
        if after.end - after.start == 1 and after.kind == "unknown" and _free(tokens, j):
            kind = words.end_kinds.get(text[after.start], "")
            return (j, kind) if named and kind else (-1, "")
        if after.kind in ("unknown", "known"):
            named = named or _start_of_name(text, tokens, j, words) >= 0
        elif after.kind == "common" and named and inside < INSIDE:
            inside += 1
        elif after.kind != "region":
            break
    token = tokens[k]
    if (
        token.kind == "unknown"
        and _free(tokens, k)
        and 3 <= token.end - start <= 4
        and text[token.end - 1] in words.end_kinds
    ):
        return k, words.end_kinds[text[token.end - 1]]
    return -1, ""


# -- names in quotation marks ---------------------------------------------------------------------------------------

_QUOTED = re.compile(r"[“「]([^“”「」。；\n]{2,40})[”」]")
_CLAUSE = re.compile("[，、：；！？。]")
_MERE_NUMBER = re.compile(r"[0-9一二三四五六七八九十百]+[条个项大年月日]?")
_COUNT_BEFORE = re.compile(r"[一二两三四五六七八九十0-9][个大项][“「]?$")


def _quoted(number: int, text: str) -> Iterator[tuple[str, _Spot]]:
    """What stands in quotation marks, where it is one name: no clause, no mere number (“十条”)."""
    for match in _QUOTED.finditer(text):
        content = match.group(1)
        if len(content) <= LONGEST and not _CLAUSE.search(content) and not _MERE_NUMBER.fullmatch(content):
            yield content, _Spot(number, match.start(1), match.end(1))


def _families(texts: Sequence[str], quoted: dict[str, list[_Spot]]) -> dict[str, str]:
    """Members of a counted family: 三个“一号工程” has “一号发展工程” and “一号开放工程” (its words, something set in).

    Gives every member, the family's own name among them, with that name.
    """
    members: dict[str, str] = {}
    by_ends: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name in sorted(quoted):
        by_ends[name[:HEAD], name[-HEAD:]].append(name)
    for family in sorted(quoted):
        if len(family) < 2 * HEAD or family in members:
            continue
        if not any(_COUNT_BEFORE.search(texts[s.sentence][max(s.start - 4, 0) : s.start]) for s in quoted[family]):
            continue
        cuts = range(HEAD, len(family) - HEAD + 1)
        kin = [
            name
            for name in by_ends[family[:HEAD], family[-HEAD:]]
            if len(family) < len(name) <= len(family) + 4
            and any(name.startswith(family[:k]) and name.endswith(family[k:]) for k in cuts)
        ]
        if kin:
            members |= dict.fromkeys((family, *kin), family)
    return members


class _Quotes:
    """Where the quotations of each sentence are, to tell a modifier inside a longer quoted name."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self._spans = [[(m.start(1), m.end(1)) for m in _QUOTED.finditer(text)] for text in texts]

    def modifier(self, spot: _Spot) -> bool:
        """Whether the words stand in a longer quotation without ending it or one of its clauses: “西湖明珠工程”."""
        text, spans = self._texts[spot.sentence], self._spans[spot.sentence]
        k = bisect_right(spans, (spot.start, len(text))) - 1
        if k < 0 or spans[k][1] <= spot.end:
            return False
        return not _CLAUSE.match(text, spot.end)


# -- stems: what makes other names ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Run:
    """A spot of a possible stem: whether it begins and ends with its unknown run, and whether it is an item of a list."""

    spot: _Spot
    begins: bool
    ends: bool
    listed: bool


def _runs(number: int, text: str, tokens: Sequence[_Token]) -> Iterator[tuple[str, _Run]]:
    """Every piece, of 2 to 6 characters, of the unknown runs of a sentence."""
    for token in tokens:
        if token.kind != "unknown" or token.end - token.start > LONGEST_RUN:
            continue
        before = text[token.start - 1] if token.start else ""
        after = text[token.end] if token.end < len(text) else ""
        listed = "、" in (before, after) and before in "、“，和及与" and after in "、”和及与"
        for i in range(token.start, token.end - 1):
            for j in range(i + 2, min(token.end, i + LONGEST_STEM) + 1):
                begins, ends = i == token.start, j == token.end
                yield text[i:j], _Run(_Spot(number, i, j), begins, ends, listed and begins and ends)


_DISTRICT = "市区县州旗"


@dataclass(frozen=True)
class _Gathered:
    """What one reading of all sentences gathers."""

    sentences: tuple[Sentence, ...]
    closed: dict[str, list[_Closed]] = field(default_factory=lambda: defaultdict(list))
    quoted: dict[str, list[_Spot]] = field(default_factory=lambda: defaultdict(list))
    runs: dict[str, list[_Run]] = field(default_factory=lambda: defaultdict(list))

    def sections(self, spots: Iterable[_Spot]) -> set[str]:
        return {self.sentences[spot.sentence].section for spot in spots}

    @property
    def texts(self) -> list[str]:
        return [sentence.text for sentence in self.sentences]

    @property
    def clean(self) -> set[str]:
        return {name for name, found in self.closed.items() if any(one.clean for one in found)}


def _gather(outline: Outline, words: NameWords) -> _Gathered:
    """Read every sentence once. Title, speaker, salutation and passages repeated by mistake are left out."""
    front = [s for p in outline.front if p.role == "text" for s in p.sentences]
    all_ = (*front, *(s for s in outline.sentences() if s.section))
    found = _Gathered(tuple(s for s in all_ if not s.in_copy))
    for number, sentence in enumerate(found.sentences):
        tokens = _cut(sentence.text, words)
        for closed in _closed(number, sentence.text, tokens, words):
            found.closed[closed.name].append(closed)
        for name, spot in _quoted(number, sentence.text):
            found.quoted[name].append(spot)
        for piece, run in _runs(number, sentence.text, tokens):
            found.runs[piece].append(run)
    return found


def _stems(found: _Gathered, quotes: _Quotes, words: NameWords) -> dict[str, str]:
    """Names that make other names: 武林 (武林路, 武林广场), 桥西 (桥西历史街区). Gives each with its kind.

    A stem stands in two sections or more, begins and ends a run somewhere, and is shown to be a name by a longer one
    that it begins, or by standing in lists (江门、惠州). What stands only within one longer name, or in another
    title's quotation, or before the word of an edition, is none.
    """
    texts = found.texts
    longer: dict[str, set[str]] = defaultdict(set)
    for name in found.closed:
        for whole in {name, _without_region(name, words)}:
            for length in range(2, min(len(whole) - 1, LONGEST_STEM) + 1):
                longer[whole[:length]].add(name)
    covered: set[tuple[int, int]] = set()
    for closed in found.closed.values():
        if len(found.sections(one.spot for one in closed)) > 1:
            covered |= {(one.spot.sentence, i) for one in closed for i in range(one.spot.start, one.spot.end)}
    accepted: dict[str, str] = {}
    taken: set[tuple[int, int]] = set()
    for stem in sorted(found.runs, key=lambda word: (-len(word), word)):
        if len(found.runs[stem]) < 2:
            continue
        own = [
            run
            for run in found.runs[stem]
            if not {(run.spot.sentence, run.spot.start), (run.spot.sentence, run.spot.end - 1)} <= taken
            and not quotes.modifier(run.spot)
            and texts[run.spot.sentence][run.spot.end : run.spot.end + 1] not in words.editions
        ]
        if not any(run.begins for run in own) or not any(run.ends for run in own):
            continue
        if len(found.sections(run.spot for run in own)) < 2 or all(
            (r.spot.sentence, r.spot.start) in covered for r in own
        ):
            continue
        kind = _stem_kind(stem, longer[stem], own, found, words)
        if kind:
            accepted[stem] = kind
            taken |= {(r.spot.sentence, i) for r in found.runs[stem] for i in range(r.spot.start, r.spot.end)}
    return accepted


def _without_region(name: str, words: NameWords) -> str:
    return next((name[length:] for length in (3, 2) if name[:length] in words.regions), name)


def _stem_kind(stem: str, longer: set[str], own: Sequence[_Run], found: _Gathered, words: NameWords) -> str:
    """What the names that a stem begins make of it; "" where nothing shows that it is a name."""
    if any(run.begins and run.ends for end in _DISTRICT for run in found.runs.get(stem + end, ())):
        return "region"
    listed = sum(run.listed for run in own)
    if stem[-1] in words.end_kinds and (listed or (len(stem) > 2 and any(run.begins and run.ends for run in own))):
        return words.end_kinds[stem[-1]]
    kinds = Counter(found.closed[name][0].kind for name in longer)
    others = sum(kinds.values()) - kinds["place"]
    if kinds["place"] > others:
        return "place"
    if kinds["place"] or kinds["venue"] or kinds["event"] or others > 1 or listed > 1:
        return "name"
    return ""


def _long_forms(stems: Iterable[str], texts: Sequence[str], words: NameWords) -> dict[str, str]:
    """What stems of two characters are short for, where the report writes it too: 电竞 is 电子竞技 (1st and 3rd of 4).

    The long form must recur, and one half of it be a common word.
    """
    short = {stem for stem in stems if len(stem) == 2}
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        for at in range(len(text) - 3):
            stem = text[at] + text[at + 2]
            if stem in short:
                counts[stem][text[at : at + 4]] += 1
    found: dict[str, str] = {}
    for stem in sorted(counts):
        for full, times in sorted(counts[stem].items(), key=lambda item: (-item[1], item[0])):
            if times > 1 and (full[:2] in words.common) != (full[2:] in words.common):
                found.setdefault(stem, full)
    return found


def _people(texts: Sequence[str], words: NameWords) -> set[str]:
    """Names of people: a surname, one or two characters that make no word, and a title (某某某同志)."""
    pattern = re.compile(rf"([{''.join(sorted(words.surnames))}][一-鿿]{{1,2}})(?:{'|'.join(words.titles)})")
    names = {match.group(1) for text in texts for match in pattern.finditer(text)}
    return {name for name in names if not any(name[k : k + 2] in words.lexicon for k in range(len(name) - 1))}


# -- from candidates to terms ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Spelling:
    """A spelling of a term. A `loose` one (a stem, a short form) is no mention inside another's title."""

    term: str
    loose: bool = False


class _Names:
    """Every spelling that is sought, and the kind of each term, while they are put together; the first claim holds."""

    def __init__(self) -> None:
        self.kinds: dict[str, str] = {}
        self.spellings: dict[str, _Spelling] = {}
        self.stems: set[str] = set()
        self.by_publisher: set[str] = set()

    def take(self, name: str, kind: str, also: Iterable[str] = (), *, loose: bool = False) -> None:
        if name in self.spellings and self.spellings[name].term != name:
            return
        self.kinds.setdefault(name, kind)
        for spelling in (name, *also):
            self.spellings.setdefault(spelling, _Spelling(name, loose or len(spelling) < len(name)))

    def obey(self, rules: NameRules) -> None:
        """The publisher's hand: it comes last and wins."""
        for added in rules.add:
            self.kinds[added.name] = added.kind
            self.spellings |= {spelling: _Spelling(added.name) for spelling in (added.name, *added.also)}
            self.by_publisher.add(added.name)
        for joined in rules.join:
            self._join(joined)
        for name in rules.forbid:
            self.spellings = {s: of for s, of in self.spellings.items() if name not in (s, of.term)}

    def _join(self, joined: Joined) -> None:
        for spelling in (joined.name, *joined.spellings):
            old = self.spellings.get(spelling)
            if old:
                self.kinds.setdefault(joined.name, self.kinds[old.term])
                if old.term == spelling:
                    others = {
                        s: _Spelling(joined.name, of.loose) for s, of in self.spellings.items() if of.term == spelling
                    }
                    self.spellings |= others
            self.spellings[spelling] = _Spelling(joined.name)
        self.kinds.setdefault(joined.name, "name")
        self.by_publisher.add(joined.name)

    def true_part(self, inner: _Spelling, outer: str) -> bool:
        """武林 in 武林广场 is the same place; a topic, or a stem in another stem, is another word there."""
        if self.kinds[inner.term] in ("topic", "person", "phrase") or inner.term == outer:
            return False
        return outer not in self.stems and self.kinds[outer] not in ("topic", "phrase", "region", "person")


def _put_together(found: _Gathered, quotes: _Quotes, words: NameWords) -> _Names:
    names = _Names()
    families = _families(found.texts, found.quoted)
    for member, family in sorted(families.items()):
        names.take(family, "programme", (member,))
    for person in sorted(_people(found.texts, words)):
        names.take(person, "person")
    for subject in words.subjects:
        names.take(subject.name, subject.kind, subject.also)
    stems = _stems(found, quotes, words)
    names.stems = set(stems)
    long_forms = _long_forms(stems, found.texts, words)
    for stem, kind in sorted(stems.items()):
        names.take(stem, kind, [long_forms[stem]] if stem in long_forms else (), loose=True)
    for name in sorted(found.clean - families.keys()):
        names.take(name, found.closed[name][0].kind)
    for name, spots in sorted(found.quoted.items()):
        if name not in families and len(found.sections(spots)) > 1:
            names.take(name, "phrase")
    for region in sorted(words.regions - {words.state}, key=lambda word: (len(word), word)):
        short = next((region[:k] for k in (2, 3) if names.kinds.get(region[:k]) == "region"), region)
        names.take(short, "region", (region,), loose=True)
    return names


def _mentions(found: _Gathered, names: _Names, quotes: _Quotes, words: NameWords) -> dict[str, list[Mention]]:
    """Every place where a spelling stands. Inside a longer one only a true part counts: a stem in a name made of it."""
    lengths: dict[str, set[int]] = defaultdict(set)
    for word in names.spellings:
        lengths[word[:2]].add(len(word))
    by_head = {head: sorted(of, reverse=True) for head, of in lengths.items()}
    made: dict[str, list[Mention]] = defaultdict(list)
    for number, sentence in enumerate(found.sentences):
        text = sentence.text
        around: list[tuple[int, str]] = []  # names that are still open: where each ends, and its term
        for at in range(len(text) - 1):
            for length in by_head.get(text[at : at + 2], ()):
                spelling = names.spellings.get(text[at : at + length])
                if spelling is None:
                    continue
                end = at + length
                around = [one for one in around if one[0] > at]
                if not all(stop >= end and names.true_part(spelling, term) for stop, term in around):
                    continue
                loose = spelling.loose and (
                    text[end : end + 1] in words.editions or quotes.modifier(_Spot(number, at, end))
                )
                if not loose:
                    around.append((end, spelling.term))
                    made[spelling.term].append(
                        Mention(sentence.section, sentence.id, sentence.start + at, sentence.start + end)
                    )
    return made


def _ids(names: Iterable[str]) -> dict[str, str]:
    """An id for each name that depends on its own words alone: t and eight hexadecimal digits."""
    given: dict[str, str] = {}
    used: set[str] = set()
    for name in sorted(names):
        stem = "t" + hashlib.sha256(name.encode()).hexdigest()[:8]
        one, n = stem, 1
        while one in used:
            n += 1
            one = f"{stem}-{n}"
        used.add(one)
        given[name] = one
    return given


def find(
    outline: Outline, rules: NameRules, words: NameWords, read: Callable[[str], str] = reading
) -> tuple[Term, ...]:
    """Every name and subject that recurs, and names that stand once where their marks are plain; in order of pinyin.

    `read` gives a name's pinyin (a caller may keep what it gave). Mentions count the repaired text; passages repeated
    by mistake are left out. A name that the publisher added or joined is kept however seldom it stands; a region that
    stands in more than half of the sections is the ground under the report, and no term.
    """
    found = _gather(outline, words)
    quotes = _Quotes(found.texts)
    names = _put_together(found, quotes, words)
    names.obey(rules)
    made = _mentions(found, names, quotes, words)
    clean = {name for name in found.clean if len(name) >= SHORTEST_SINGLE}
    ground = (
        len({s.section for s in found.sentences if s.section}) / 2
    )  # a region in more sections than this is where the report is
    kept = {
        name: mentions
        for name, mentions in made.items()
        for sections in [{m.section for m in mentions}]
        if name in names.by_publisher
        or name in clean
        or (len(sections) > 1 and not (names.kinds[name] == "region" and len(sections) > ground))
    }
    ids = _ids(kept)
    terms = [
        Term(
            ids[name],
            name,
            names.kinds[name],
            tuple(mentions),
            read(name),
            "publisher" if name in names.by_publisher else "engine",
        )
        for name, mentions in kept.items()
    ]
    return tuple(sorted(terms, key=lambda term: (term.reading, term.name)))
