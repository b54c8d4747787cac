"""Knows what changed between two finished sites, sentence by sentence: changed, added, removed or moved.

Sentences and their ids are read from the full-text pages, so that what readers saw is compared. Leaves showing the
changes to `version_pages` and storing them to `record`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from workreport.website import addresses

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

FULL_TEXT = addresses.site_page(addresses.TEXT)
"""The path of a report's full-text page within the report's folder."""
KINDS = ("changed", "added", "removed", "moved")
"""The kinds of changes, in the order in which they are counted."""
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
"""Elements without an end tag."""
_FIGURE = re.compile(r"[0-9]+(?:[.,][0-9]+)*(?:[百千万亿]+|[%％‰])?")
"""A number in digits with what multiplies it: 5.1%, 3万."""
_TOKEN = re.compile(rf"{_FIGURE.pattern}|[A-Za-z]+|[\s\S]")
"""What `word_diff` treats as one word: a number, a word in Latin letters, or any other character."""
_SIMILAR = 0.5
"""The least similarity (0 to 1) of two sentences that count as one changed; others are one removed and one added."""
_SHORT_GAP = 12
"""The most old or new sentences of a `_Gap` that are all compared with each other; in a longer gap only sentences at the
same position are compared.
"""
_LONGEST_COMPARED = 4000
"""The most characters of a sentence that are compared; `word_diff` shows a longer sentence as replaced as a whole."""


@dataclass(frozen=True, slots=True)
class PublishedSentence:
    """A sentence of a full-text page: id, text (`words`), former ids (`aliases`), and the heading above it (`under`).

    `aliases` contains also the ids of deleted sentences whose links now point to this one.
    """

    id: str
    words: str
    aliases: tuple[str, ...] = ()
    under: str = ""


@dataclass(frozen=True, slots=True)
class SentenceChange:
    """One changed sentence: kind (one of `KINDS`), slug of the report, old and new id and text ("" if there is none).

    `under`: the heading above it in the new text, for a removed sentence in the old text.
    """

    kind: str
    report: str
    old_id: str
    old: str
    new_id: str
    new: str
    under: str


class _Text(HTMLParser):
    """Collects the sentences of a page: elements with `data-text` and an id; an `<a class="was" id>` before is an alias."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[PublishedSentence] = []
        self._open: list[str] = []
        self._words: list[str] = []
        self._id = ""
        self._aliases: list[str] = []
        self._under = ""
        self._heading = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(reversed(attrs))
        if self._open:
            if tag not in _VOID:
                self._open.append(tag)
        elif "data-text" in values and values.get("id"):
            self._open, self._words, self._id = [tag], [], values["id"] or ""
        elif tag == "a" and values.get("class") == "was" and values.get("id"):
            self._aliases.append(values["id"] or "")
        elif tag in _HEADINGS:
            self._heading = True

    def handle_endtag(self, tag: str) -> None:
        if tag in _HEADINGS:
            self._heading = False
        if tag not in self._open:
            return
        while self._open.pop() != tag:
            pass
        if not self._open:
            words = " ".join("".join(self._words).split())
            if self._heading:
                self._under = words
            self.found.append(PublishedSentence(self._id, words, tuple(self._aliases), self._under))
            self._aliases = []

    def handle_data(self, data: str) -> None:
        if self._open:
            self._words.append(data)


def sentences(page: str) -> tuple[PublishedSentence, ...]:
    """Return the sentences of a full-text page (HTML), headings included, in the order of the page.

    >>> sentences('<h2><b id="s1" data-text>一、</b></h2><a class="was" id="s0"></a><i id="s2" data-text>增<b>5</b>%。</i>')[1]
    PublishedSentence(id='s2', words='增5%。', aliases=('s0',), under='一、')
    """
    reader = _Text()
    reader.feed(page)
    reader.close()
    return tuple(reader.found)


def read_texts(site: Path) -> dict[str, tuple[PublishedSentence, ...]]:
    """Return the sentences of every report of a finished site, by slug, from its pages `<slug>/text/index.html`."""
    found = {}
    for path in sorted(site.glob(f"*/{FULL_TEXT}")):
        found[path.parent.parent.name] = sentences(path.read_text(encoding="utf-8"))
    return found


def changes_between(
    before: Mapping[str, Sequence[PublishedSentence]], now: Mapping[str, Sequence[PublishedSentence]]
) -> tuple[SentenceChange, ...]:
    """Return the changes in all reports that both sites have: reports by their new slug, changes in the order of the new text.

    A report with a new slug is compared too; its changes have the new slug.
    """
    return tuple(
        change
        for old, report in sorted(common_reports(before, now).items(), key=lambda pair: pair[1])
        for change in _changes_in_report(report, before[old], now[report])
    )


def common_reports(
    before: Mapping[str, Sequence[PublishedSentence]], now: Mapping[str, Sequence[PublishedSentence]]
) -> dict[str, str]:
    """Return the reports that both sites have, as old slug to new slug."""
    return {slug: slug for slug in sorted(before.keys() & now.keys())} | renamed_reports(before, now)


def renamed_reports(
    before: Mapping[str, Sequence[PublishedSentence]], now: Mapping[str, Sequence[PublishedSentence]]
) -> dict[str, str]:
    """Return the reports with a new slug, as old slug to new.

    Old and new must share the ids of more than half of the sentences of each. Ids are computed from the text, so any two
    reports share the id of their greeting: fewer common ids prove nothing.

    >>> hello, one, two = PublishedSentence("s1", "各位代表："), PublishedSentence("s2", "增5%。"), PublishedSentence("s3", "建桥。")
    >>> renamed_reports({"a": [hello, one], "b": [hello, two]}, {"c": [hello, one], "d": [hello]})
    {'a': 'c'}
    """
    gone = {slug: {s.id for s in before[slug]} for slug in before.keys() - now.keys()}
    come = {slug: {s.id for s in now[slug]} for slug in now.keys() - before.keys()}
    pairs = [
        (-2 * shared / (len(was) + len(becomes)), old, new)
        for old, was in gone.items()
        for new, becomes in come.items()
        if 2 * (shared := len(was & becomes)) > max(len(was), len(becomes))
    ]
    found: dict[str, str] = {}
    for _, old, new in sorted(pairs):
        if old not in found and new not in found.values():
            found[old] = new
    return dict(sorted(found.items()))


@dataclass(slots=True)
class _Gap:
    """The old (`gone`) and the new (`come`) sentences between two neighbouring sentences that kept their order."""

    gone: list[PublishedSentence] = field(default_factory=list)
    come: list[PublishedSentence] = field(default_factory=list)


def _changes_in_report(
    report: str, before: Sequence[PublishedSentence], now: Sequence[PublishedSentence]
) -> Iterator[SentenceChange]:
    """Yield the changes of one report, in the order of the new text; removed sentences come where they were."""
    place = {sentence.id: k for k, sentence in enumerate(before)}
    words = {sentence.id: sentence for sentence in before}
    stayed = _longest_increasing([(k, place[s.id]) for k, s in enumerate(now) if s.id in place])
    still = {s.id for s in now} & place.keys()
    paired = _renamed_ids(before, now, still)
    settled = still | set(paired.values())
    for gap, anchor in _gaps(before, now, stayed):
        gone = [s for s in gap.gone if s.id not in settled]
        come = [s for s in gap.come if s.id not in still and s.id not in paired]
        alike = _most_similar_pairs(gone, come)
        taken = {old.id for old in alike.values()}
        removed = [s for s in gone if s.id not in taken]
        for s in gap.come:
            old = words.get(paired.get(s.id, "")) or alike.get(s.id)
            while old and removed and place[removed[0].id] < place[old.id]:
                yield _removed(report, removed.pop(0))
            if old:
                yield SentenceChange("changed", report, old.id, old.words, s.id, s.words, s.under)
            elif s.id not in still:
                yield SentenceChange("added", report, "", "", s.id, s.words, s.under)
            elif words[s.id].words != s.words:
                yield SentenceChange("changed", report, s.id, words[s.id].words, s.id, s.words, s.under)
            else:
                yield SentenceChange("moved", report, s.id, s.words, s.id, s.words, s.under)
        yield from (_removed(report, s) for s in removed)
        if anchor and words[anchor.id].words != anchor.words:
            yield SentenceChange(
                "changed", report, anchor.id, words[anchor.id].words, anchor.id, anchor.words, anchor.under
            )


def _removed(report: str, sentence: PublishedSentence) -> SentenceChange:
    return SentenceChange("removed", report, sentence.id, sentence.words, "", "", sentence.under)


def _longest_increasing(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest subsequence of pairs (new position, old position) in which both increase.

    These are the sentences that kept their order. `pairs` must be sorted by new position. Takes O(n log n).
    """
    ends: list[int] = []
    last: list[int] = []
    back: list[int] = []
    for k, (_, place) in enumerate(pairs):
        at = bisect_left(ends, place)
        back.append(last[at - 1] if at else -1)
        if at == len(ends):
            ends.append(place)
            last.append(k)
        else:
            ends[at], last[at] = place, k
    chain = []
    k = last[-1] if last else -1
    while k >= 0:
        chain.append(pairs[k])
        k = back[k]
    return chain[::-1]


def _gaps(
    before: Sequence[PublishedSentence], now: Sequence[PublishedSentence], stayed: Sequence[tuple[int, int]]
) -> Iterator[tuple[_Gap, PublishedSentence | None]]:
    """Yield the gap before each sentence that kept its order, with that sentence; last the gap at the end, with None."""
    from_now = from_before = 0
    for at_now, at_before in stayed:
        yield _Gap(list(before[from_before:at_before]), list(now[from_now:at_now])), now[at_now]
        from_now, from_before = at_now + 1, at_before + 1
    yield _Gap(list(before[from_before:]), list(now[from_now:])), None


def _renamed_ids(
    before: Sequence[PublishedSentence], now: Sequence[PublishedSentence], still: set[str]
) -> dict[str, str]:
    """Return new id to old id for each new sentence that has the old one's id as an alias and is similar (`_SIMILAR`).

    `still`: the ids that both texts have; they are left out.
    """
    old = {s.id: s for s in before if s.id not in still}
    found: dict[str, str] = {}
    for s in now:
        if s.id in still:
            continue
        likely = [(_similarity(old[a].words, s.words), a) for a in s.aliases if a in old]
        if likely and max(likely)[0] >= _SIMILAR:
            found[s.id] = max(likely)[1]
            del old[found[s.id]]
    return found


def follow_ids(before: Sequence[PublishedSentence], now: Sequence[PublishedSentence]) -> dict[str, str]:
    """Return old id to new id of every sentence that kept its id, or whose id is an alias of a similar new sentence.

    >>> kept, old, gone = PublishedSentence("s1", "增5%。"), PublishedSentence("s2", "建桥一座。"), PublishedSentence("s3", "另外的话。")
    >>> follow_ids([kept, old, gone], [kept, PublishedSentence("s4", "建桥两座。", ("s2", "s3"))])
    {'s1': 's1', 's2': 's4'}
    """
    still = {s.id for s in now} & {s.id for s in before}
    renamed = {old: new for new, old in _renamed_ids(before, now, still).items()}
    return {s.id: s.id if s.id in still else renamed[s.id] for s in before if s.id in still or s.id in renamed}


def _most_similar_pairs(
    gone: Sequence[PublishedSentence], come: Sequence[PublishedSentence]
) -> dict[str, PublishedSentence]:
    """Return new id to old sentence for the most similar pairs (at least `_SIMILAR`); no sentence is in two pairs.

    In a long gap only sentences at the same position are compared (see `_SHORT_GAP`).
    """
    if len(gone) > _SHORT_GAP or len(come) > _SHORT_GAP:
        pairs = [(_similarity(a.words, b.words), j, j) for j, (a, b) in enumerate(zip(gone, come, strict=False))]
    else:
        pairs = [(_similarity(a.words, b.words), j, k) for j, a in enumerate(gone) for k, b in enumerate(come)]
    found: dict[str, PublishedSentence] = {}
    taken: set[int] = set()
    for similarity, j, k in sorted(pairs, key=lambda p: (-p[0], p[1], p[2])):
        if similarity >= _SIMILAR and j not in taken and come[k].id not in found:
            taken.add(j)
            found[come[k].id] = gone[j]
    return found


def _similarity(one: str, other: str) -> float:
    """Return the similarity of two sentences, 0 to 1; 0 if a quick estimate is below `_SIMILAR`.

    Only the first 4000 characters count. For sentences over 500 characters the order of the characters is ignored, which
    is faster.
    """
    matcher = SequenceMatcher(None, one[:_LONGEST_COMPARED], other[:_LONGEST_COMPARED], autojunk=False)
    if matcher.real_quick_ratio() < _SIMILAR or matcher.quick_ratio() < _SIMILAR:
        return 0.0
    if max(len(one), len(other)) > _LONGEST_COMPARED // 8:
        return matcher.quick_ratio()
    return matcher.ratio()


def word_diff(old: str, new: str) -> tuple[tuple[str, str], ...]:
    """Return two sentences as pairs of (old text, new text), equal where nothing changed, "" for nothing.

    A figure counts as one word, so that 5.1% and 5.3% are one pair. A sentence over 4000 characters gives a single pair.

    >>> word_diff("增长5.1%。", "增长5.3%。")
    (('增长', '增长'), ('5.1%', '5.3%'), ('。', '。'))
    """
    if max(len(old), len(new)) > _LONGEST_COMPARED:
        return ((old, new),)
    a, b = _TOKEN.findall(old), _TOKEN.findall(new)
    found = []
    for _, i, j, k, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        found.append(("".join(a[i:j]), "".join(b[k:m])))
    return tuple(found)


def changed_figures(old: str, new: str) -> tuple[tuple[str, str], ...]:
    """Return the figures that differ between two sentences as pairs of (old, new), "" for none; several in one place get 、.

    >>> changed_figures("增30家，升为第二。", "增31家，升至第二，投资5万元，占4%。")
    (('30', '31'), ('', '5万、4%'))
    """
    places = [("、".join(_FIGURE.findall(a)), "、".join(_FIGURE.findall(b))) for a, b in word_diff(old, new)]
    return tuple((a, b) for a, b in places if a != b)
