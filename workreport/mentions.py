"""Knows which names (专名) and subjects (主题) a report speaks of, and every place where each stands.

Chinese sets no spaces between words, so a name is told by what it is not: not a word of `vocabulary/names`, and
closed by a class word (广场), by quotation marks or by standing in several sections. Leaves links to `publication`.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from workreport.model import Mention, Outline, Sentence, Term
from workreport.namewords import NameWords

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
"""Every kind of a term, and how a page calls it."""

LONGEST = 16
"""Characters of the longest name: what goes on further is a phrase."""
LONGEST_STEM = 6
SHORTEST_SINGLE = 4
"""A name that stands only once must have this many characters to be told from an accident."""
INSIDE = 3
"""Words that may stand between the unknown part of a name and its class word: 运河|体育|公园."""


@dataclass(frozen=True, slots=True)
class Joined:
    """Spellings that the publisher says are one name."""

    name: str
    spellings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Added:
    """A name that the publisher adds; `also` are other spellings of it."""

    name: str
    kind: str = "name"
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NameRules:
    """The publisher's hand (`names.toml` beside the report): what to add, join and leave out.

    `forbid` are names that are no terms; `forbid_links` are pairs of section ids that are never linked.
    """

    add: tuple[Added, ...] = ()
    join: tuple[Joined, ...] = ()
    forbid: tuple[str, ...] = ()
    forbid_links: tuple[tuple[str, str], ...] = ()


Reader = Callable[[str], str]


def reading(name: str) -> str:
    """The pinyin of a name without tones, one syllable a word, lower case.

    >>> reading("武林广场")
    'wu lin guang chang'
    """
    from pypinyin import lazy_pinyin

    syllables: list[str] = lazy_pinyin(re.sub(r"[^\w]+", " ", name))
    return " ".join(" ".join(syllables).lower().split())


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str  # "mark", "number", "break", "common", "region", "class", "unknown"
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Spot:
    """A place where a candidate stands: the number of its sentence, and the characters in it."""

    sentence: int
    start: int
    end: int


@dataclass
class _Found:
    """A candidate and its spots while they are gathered."""

    kind: str
    spots: list[_Spot] = field(default_factory=list)
    by: str = "engine"


_HAN = re.compile(r"[一-鿿]")
_NUMBER = re.compile(
    r"第?[0-9０-９]+(?:[.．,，][0-9０-９]+)*[%％‰+＋]?"
    r"(?:亿|万|千|百)*(?:余|多)?(?:个|家|项|名|条|届|批|期|次|年|月|日|轮|类|件|大|级|位|座|所|号|周年|人|元|栋|幢|场|台|套|处|亩|米|公里)?"
    r"|第[一二三四五六七八九十百]+(?:个|家|批|届|期|次|轮|大|类|产业)?"
    r"|[一二两三四五六七八九十百千万几数]+(?:个|家|项|条|届|批|期|次|轮|类|件|大|座|所|年|月|日|场)"
)
_QUOTED = re.compile(r"[“「]([^“”「」。；\n]{2,40})[”」]")
_COUNT_BEFORE = re.compile(r"[一二两三四五六七八九十0-9](?:个|大|项)[“「]?$")
_NO_NAME = re.compile(r"[0-9一二三四五六七八九十百]+(?:条|个|项|大|年|月|日)?")


def _cut(text: str, words: NameWords) -> list[_Token]:
    """Cut a sentence into known words and unknown runs: longest word first, from the left; linear."""
    tokens: list[_Token] = []
    lexicon, reach = words.lexicon, words.reach
    at, n = 0, len(text)
    while at < n:
        character = text[at]
        number = _NUMBER.match(text, at) if character in _NUMERALS else None
        if number:
            tokens.append(_Token("number", at, number.end()))
            at = number.end()
            continue
        for length in reach.get(character, ()):
            kind = lexicon.get(text[at : at + length])
            if kind and at + length <= n:
                tokens.append(_Token(kind, at, at + length))
                at += length
                break
        else:
            kind = "unknown" if _WORDLIKE.match(character) else "mark"
            if kind == "unknown" and tokens and tokens[-1].kind == kind and tokens[-1].end == at:
                tokens[-1] = _Token(kind, tokens[-1].start, at + 1)
            else:
                tokens.append(_Token(kind, at, at + 1))
            at += 1
    return tokens


_NUMERALS = frozenset("第0123456789０１２３４５６７８９一二两三四五六七八九十百千万几数")
_WORDLIKE = re.compile(r"[一-鿿A-Za-z]")


def _counted(outline: Outline) -> tuple[Sentence, ...]:
    """The sentences in which names are sought: title, speaker, salutation and passages repeated by mistake left out."""
    front = [s for p in outline.front if p.role == "text" for s in p.sentences]
    return tuple(s for s in (*front, *(s for s in outline.sentences() if s.section)) if not s.in_copy)


def _start_of_name(text: str, tokens: Sequence[_Token], k: int, words: NameWords) -> int:
    """Where a name may begin in token k, or -1: an unknown run of two characters, without a suffix of the word before."""
    token = tokens[k]
    if token.kind == "known":
        return token.start
    start = token.start
    before = tokens[k - 1] if k else None
    if before and before.kind == "common" and before.end == start and text[start] in words.suffixes:
        start += 1
    return start if token.kind == "unknown" and token.end - start >= 2 else -1


def _classed(number: int, text: str, tokens: Sequence[_Token], words: NameWords) -> Iterator[tuple[str, str, bool, _Spot]]:
    """Names closed by a class word: 中国|京杭大运河|博物馆, 杭州|体育馆, 武林路. Yields name, kind, clean and spot.

    A name begins at an unknown run (or at a region right before it), takes in up to three common words, and ends at
    the first class word. A region alone is enough where a house follows at once. Clean: nothing stands before it
    that could belong to it.
    """
    k = 0
    while k < len(tokens):
        token = tokens[k]
        start = token.start if token.kind == "region" else _start_of_name(text, tokens, k, words)
        if start < 0:
            k += 1
            continue
        named = token.kind != "region"
        last, kind, inside = -1, "", 0
        for j in range(k + 1, len(tokens)):
            after = tokens[j]
            if after.end - start > LONGEST:
                break
            if after.kind == "class":
                last, kind = j, words.class_kinds[text[after.start : after.end]]
                break
            if after.kind in ("unknown", "known"):
                named = named or _start_of_name(text, tokens, j, words) >= 0
            elif after.kind == "common" and named and inside < INSIDE:
                inside += 1
            elif after.kind != "region":
                break
        if last < 0 and token.kind == "unknown" and 3 <= token.end - start <= 4:
            follows = tokens[k + 1].kind if k + 1 < len(tokens) else "mark"
            kind = words.end_kinds.get(text[token.end - 1], "") if follows in ("mark", "break", "number") else ""
            last = k if kind else -1
        house = last == k + 1 and kind in ("venue", "body") and (last + 1 == len(tokens) or tokens[last + 1].kind != "common")
        if last < 0 or not (named or house):
            k += 1
            continue
        first = k
        while first > 0 and start == tokens[first].start and tokens[first - 1].kind == "region":
            if tokens[first - 1].end != start:
                break
            first -= 1
            start = tokens[first].start
        before = tokens[first - 1].kind if first else "mark"
        clean = start == tokens[first].start and before in ("mark", "break", "number")
        end = tokens[last].end
        if end - start >= 3:
            yield text[start:end], kind, clean, _Spot(number, start, end)
        k = last + 1


def _quoted(number: int, text: str) -> Iterator[tuple[str, _Spot]]:
    """What stands in quotation marks, where it is one name: no clause, no mere number."""
    for match in _QUOTED.finditer(text):
        content = match.group(1)
        if len(content) <= LONGEST and not _CLAUSE.search(content) and not _NO_NAME.fullmatch(content):
            yield content, _Spot(number, match.start(1), match.end(1))


_CLAUSE = re.compile("[，、：；！？。]")
_HEAD = 2


def _families(texts: Sequence[str], quoted: dict[str, list[_Spot]]) -> dict[str, str]:
    """Members of a counted family: 三个“一号工程” has “一号发展工程” and “一号开放工程” (its words, something set in).

    Gives every member, the family's own name among them, with that name.
    """
    members: dict[str, str] = {}
    by_ends: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name in sorted(quoted):
        by_ends[name[:_HEAD], name[-_HEAD:]].append(name)
    for family in sorted(quoted):
        if len(family) < 2 * _HEAD or family in members:
            continue
        if not any(_COUNT_BEFORE.search(texts[s.sentence][max(s.start - 4, 0) : s.start]) for s in quoted[family]):
            continue
        kin = [
            name
            for name in by_ends[family[:_HEAD], family[-_HEAD:]]
            if len(family) < len(name) <= len(family) + 4
            and any(name.startswith(family[:k]) and name.endswith(family[k:]) for k in range(_HEAD, len(family) - _HEAD + 1))
        ]
        if kin:
            members |= dict.fromkeys((family, *kin), family)
    return members


@dataclass(frozen=True, slots=True)
class _Run:
    """A spot of a stem: whether it begins and ends where its unknown run does, and what follows it."""

    spot: _Spot
    begins: bool
    ends: bool
    listed: bool


def _runs(number: int, text: str, tokens: Sequence[_Token]) -> Iterator[tuple[str, _Run]]:
    """Every piece, of 2 to 6 characters, of the unknown runs of a sentence: what may be the stem of names."""
    for k, token in enumerate(tokens):
        if token.kind != "unknown" or token.end - token.start > LONGEST_RUN:
            continue
        before = text[token.start - 1] if token.start else "、"
        after = text[token.end] if token.end < len(text) else "、"
        listed = before in "、“，和及与" and after in "、”和及与" and "、" in before + after
        for i in range(token.start, token.end - 1):
            for j in range(i + 2, min(token.end, i + LONGEST_STEM) + 1):
                begins, ends = i == token.start, j == token.end
                yield text[i:j], _Run(_Spot(number, i, j), begins, ends, listed and begins and ends)


LONGEST_RUN = 24


class _Quotes:
    """Where the quotations of each sentence are, to tell a modifier inside a longer quoted name."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._spans = [[(m.start(1), m.end(1)) for m in _QUOTED.finditer(text)] for text in texts]
        self._texts = texts

    def modifier(self, spot: _Spot) -> bool:
        """Whether the words stand in a longer quotation without ending it (or one of its clauses): “西湖明珠工程”."""
        spans = self._spans[spot.sentence]
        k = bisect_right(spans, (spot.start, len(self._texts[spot.sentence]))) - 1
        if k < 0 or not (spans[k][0] <= spot.start and spot.end <= spans[k][1]) or spans[k] == (spot.start, spot.end):
            return False
        return spot.end < spans[k][1] and not _CLAUSE.match(self._texts[spot.sentence], spot.end)


def _stems(
    sections: Sequence[str],
    runs: dict[str, list[_Run]],
    classed: dict[str, _Found],
    quotes: _Quotes,
    texts: Sequence[str],
    words: NameWords,
) -> dict[str, str]:
    """Names that make other names: 武林 (武林路, 武林广场), 桥西 (桥西历史街区). Gives each with its kind.

    A stem stands in two sections or more, begins and ends a run somewhere, and is shown to be a name by a longer
    one that it begins, or by standing alone in a list (江门、惠州). Where it only stands within one longer name it is none.
    """
    starts: dict[str, set[str]] = defaultdict(set)
    for name in classed:
        for length in range(2, min(len(name), LONGEST_STEM + 3)):
            starts[name[:length]].add(name)
            starts[_without_region(name, words)[:length]].add(name)
    recurring = [n for n, f in classed.items() if len({sections[s.sentence] for s in f.spots}) > 1]
    covered = {(s.sentence, i) for n in recurring for s in classed[n].spots for i in range(s.start, s.end)}
    accepted: dict[str, str] = {}
    taken: set[tuple[int, int]] = set()
    for stem in sorted(runs, key=lambda word: (-len(word), word)):
        spots = runs[stem]
        if len(spots) < 2:
            continue
        own = [r for r in spots if (r.spot.sentence, r.spot.start) not in taken or (r.spot.sentence, r.spot.end - 1) not in taken]
        own = [r for r in own if not quotes.modifier(r.spot) and texts[r.spot.sentence][r.spot.end : r.spot.end + 1] not in words.editions]
        if len({sections[r.spot.sentence] for r in own}) < 2 or not any(r.begins for r in own) or not any(r.ends for r in own):
            continue
        if all((r.spot.sentence, r.spot.start) in covered for r in own):
            continue
        kind = _stem_kind(stem, starts[stem], own, runs, words, classed)
        if kind:
            accepted[stem] = kind
            taken |= {(r.spot.sentence, i) for r in spots for i in range(r.spot.start, r.spot.end)}
    return accepted


def _without_region(name: str, words: NameWords) -> str:
    for length in (3, 2):
        if name[:length] in words.regions:
            return name[length:]
    return name


def _stem_kind(
    stem: str, longer: set[str], own: Sequence[_Run], runs: dict[str, list[_Run]], words: NameWords, classed: dict[str, _Found]
) -> str:
    """What the names that a stem begins make of it; "" where nothing shows that it is a name."""
    if any(r.begins and r.ends for end in _DISTRICT for r in runs.get(stem + end, ())):
        return "region"
    kinds = Counter(classed[name].kind for name in longer)
    if len(stem) > 2 and stem[-1] in words.end_kinds and any(r.begins and r.ends for r in own):
        return words.end_kinds[stem[-1]]
    if kinds["place"] > sum(kinds.values()) - kinds["place"]:
        return "place"
    if kinds["place"] or kinds["venue"] or kinds["event"] or sum(kinds.values()) > 1:
        return "name"
    listed = sum(r.listed for r in own)
    if listed and stem[-1] in words.end_kinds:
        return words.end_kinds[stem[-1]]
    return "name" if listed > 1 else ""


_DISTRICT = "市区县州旗"


def _short_forms(stems: Iterable[str], texts: Sequence[str], words: NameWords) -> dict[str, str]:
    """Long forms of two-character stems, where the report writes them too: 电竞 is 电子竞技 (1st and 3rd of four)."""
    found: dict[str, str] = {}
    every = "\n".join(texts)
    for stem in sorted(stems):
        if len(stem) != 2:
            continue
        full = Counter(re.findall(f"{stem[0]}[一-鿿]{stem[1]}[一-鿿]", every))
        likely = [w for w, n in full.most_common() if n > 1 and (w[:2] in words.common) != (w[2:] in words.common)]
        if likely:
            found[likely[0]] = stem
    return found


def _people(texts: Sequence[str], words: NameWords) -> Iterator[str]:
    """Names of people: a surname, one or two characters and a title (某某某同志)."""
    surnames = "".join(sorted(words.surnames))
    pattern = re.compile(f"([{surnames}][一-鿿]{{1,2}})(?:{'|'.join(words.titles)})")
    for text in texts:
        for match in pattern.finditer(text):
            if not any(match.group(1)[k : k + 2] in words.lexicon for k in range(len(match.group(1)) - 1)):
                yield match.group(1)


@dataclass(frozen=True, slots=True)
class _Spelling:
    """How one spelling of a term is to be read: `loose` ones (stems, short forms) are no mention inside another's title."""

    term: str
    loose: bool


def _mentions(
    sentences: Sequence[Sentence], spellings: dict[str, _Spelling], kinds: dict[str, str], quotes: _Quotes, words: NameWords
) -> dict[str, list[Mention]]:
    """Every place where a spelling stands. Inside a longer one only a true part counts: a stem in a name made of it."""
    lengths: dict[str, list[int]] = {}
    for spelling in spellings:
        lengths.setdefault(spelling[:2], []).append(len(spelling))
    by_start = {head: sorted(set(of), reverse=True) for head, of in lengths.items()}
    found: dict[str, list[Mention]] = defaultdict(list)
    for number, sentence in enumerate(sentences):
        text = sentence.text
        open_: list[tuple[int, str]] = []  # the longer names around: where each ends, and its term
        for at in range(len(text) - 1):
            for length in by_start.get(text[at : at + 2], ()):
                word = text[at : at + length]
                spelling = spellings.get(word)
                if spelling is None:
                    continue
                end = at + length
                open_ = [o for o in open_ if o[0] > at]
                around = [term for stop, term in open_ if stop >= end]
                if any(not _true_part(spelling, kinds[spelling.term], term, kinds[term]) for term in around):
                    continue
                if any(stop < end for stop, _ in open_) and kinds[spelling.term] == "topic":
                    continue
                edition = text[end : end + 1] in words.editions
                if spelling.loose and (edition or quotes.modifier(_Spot(number, at, end))):
                    continue
                open_.append((end, spelling.term))
                found[spelling.term].append(Mention(sentence.section, sentence.id, sentence.start + at, sentence.start + end))
    return found


def _true_part(inner: _Spelling, inner_kind: str, outer: str, outer_kind: str) -> bool:
    """武林 in 武林广场 is the same place; a topic or a stem in a longer stem, topic or phrase is another word."""
    if inner.term == outer or inner_kind in ("topic", "person") or outer_kind in ("topic", "phrase", "region", "person"):
        return False
    return inner_kind in ("region", "place", "name", "event") and len(outer) > len(inner.term) + 1


def find(outline: Outline, rules: NameRules, words: NameWords, read: Reader = reading) -> tuple[Term, ...]:
    """Every name and subject that recurs, and names that stand once where their marks are plain; in order of reading.

    `read` gives a name's pinyin (a caller may keep what it gave). Mentions count the repaired text.
    Passages repeated by mistake are not counted.
    """
    sentences = _counted(outline)
    texts = [s.text for s in sentences]
    sections = [s.section for s in sentences]
    classed: dict[str, _Found] = {}
    clean: set[str] = set()
    quoted: dict[str, list[_Spot]] = defaultdict(list)
    runs: dict[str, list[_Run]] = defaultdict(list)
    for number, text in enumerate(texts):
        tokens = _cut(text, words)
        for name, kind, is_clean, spot in _classed(number, text, tokens, words):
            classed.setdefault(name, _Found(kind)).spots.append(spot)
            if is_clean:
                clean.add(name)
        for name, spot in _quoted(number, text):
            quoted[name].append(spot)
        for piece, run in _runs(number, text, tokens):
            runs[piece].append(run)
    quotes = _Quotes(texts)
    kinds: dict[str, str] = {}
    spellings: dict[str, _Spelling] = {}

    def take(name: str, kind: str, also: Iterable[str] = (), loose: bool = False) -> None:
        kinds.setdefault(name, kind)
        for spelling in (name, *also):
            spellings.setdefault(spelling, _Spelling(name, loose or spelling != name and len(spelling) < len(name)))

    families = _families(texts, quoted)
    for member, family in sorted(families.items()):
        take(family, "programme", (member,))
    for name in sorted(set(_people(texts, words))):
        take(name, "person")
    for subject in words.subjects:
        take(subject.name, subject.kind, subject.also)
    stems = _stems(sections, runs, classed, quotes, texts, words)
    long_forms = {stem: full for full, stem in _short_forms(stems, texts, words).items()}
    for stem, kind in sorted(stems.items()):
        take(stem, kind, (long_forms[stem],) if stem in long_forms else (), loose=True)
    for name, found in sorted(classed.items()):
        if name in clean and name not in families:
            take(name, found.kind)
    for name, spots in sorted(quoted.items()):
        if name not in families and len({sections[s.sentence] for s in spots}) > 1:
            take(name, "phrase")
    for region in sorted(words.regions - {words.state}, key=lambda word: (len(word), word)):
        short = next((region[:k] for k in (2, 3) if region[:k] in kinds and region[:k] in words.regions), region)
        take(short, "region", (region,), loose=True)
    by_publisher = _by_rules(rules, take, kinds, spellings)
    found_ = _mentions(sentences, spellings, kinds, quotes, words)
    return _terms(found_, kinds, by_publisher, classed.keys() & clean, read)


def _by_rules(
    rules: NameRules, take: Callable[..., None], kinds: dict[str, str], spellings: dict[str, _Spelling]
) -> set[str]:
    """Let the publisher's hand change the names: what was added or joined is given back, what is forbidden is gone."""
    touched: set[str] = set()
    for added in rules.add:
        for spelling in (added.name, *added.also):
            spellings[spelling] = _Spelling(added.name, loose=False)
        kinds[added.name] = added.kind
        touched.add(added.name)
    for joined in rules.join:
        for spelling in (joined.name, *joined.spellings):
            old = spellings.get(spelling)
            if old is not None and old.term != joined.name:
                kinds.setdefault(joined.name, kinds[old.term])
                for other in [s for s, of in spellings.items() if of.term == old.term and old.term == spelling]:
                    spellings[other] = _Spelling(joined.name, spellings[other].loose)
            spellings[spelling] = _Spelling(joined.name, loose=False)
        kinds.setdefault(joined.name, "name")
        touched.add(joined.name)
    for name in rules.forbid:
        for spelling in [s for s, of in spellings.items() if of.term == name or s == name]:
            del spellings[spelling]
    return touched


def _terms(
    found: dict[str, list[Mention]], kinds: dict[str, str], by_publisher: set[str], well_marked: set[str], read: Reader
) -> tuple[Term, ...]:
    made = []
    for name in sorted(found):
        mentions = tuple(sorted(set(found[name]), key=lambda m: (m.start, m.end)))
        sections = {m.section for m in mentions}
        single = name in well_marked and len(name) >= SHORTEST_SINGLE
        if len(sections) > 1 or single or name in by_publisher:
            by = "publisher" if name in by_publisher else "engine"
            made.append(Term("", name, kinds[name], mentions, read(name), by))
    used: set[str] = set()
    terms = []
    for term in sorted(made, key=lambda t: t.name):
        stem = "t" + hashlib.sha256(term.name.encode()).hexdigest()[:8]
        name, n = stem, 1
        while name in used:
            n += 1
            name = f"{stem}-{n}"
        used.add(name)
        terms.append(Term(name, term.name, term.kind, term.mentions, term.reading, term.by))
    return tuple(sorted(terms, key=lambda t: (t.reading, t.name)))
