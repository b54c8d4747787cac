"""Knows what changed between two finished sites, sentence by sentence: kept, changed, added, removed, moved.

Reads the sentences and their lasting ids from the full-text pages, so that it compares what readers were given. Leaves
showing the changes to `listing` and keeping them to `record`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from html.parser import HTMLParser
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

FULL_TEXT = "text/index.html"
KINDS = ("changed", "added", "removed", "moved")
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
_FIGURE = re.compile(r"[0-9]+(?:[.,][0-9]+)*(?:[百千万亿]+|[%％‰])?")
_TOKEN = re.compile(rf"{_FIGURE.pattern}|[A-Za-z]+|[\s\S]")
_LIKE = 0.5  # two sentences with less in common are two, not one that was changed
_CLOSE = 12  # a gap with more sentences on both sides is compared in its order only
_LONG = 4000  # characters; a longer sentence is shown old and new as a whole


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as a reader sees it: its id, those it had before, its words, the heading it stands under."""

    id: str
    words: str
    aliases: tuple[str, ...] = ()
    under: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One sentence that is not as it was: the kind (`KINDS`), its ids and words before and now ("" where there is none).

    `under` is the heading it stands under now (or stood, where it is gone).
    """

    kind: str
    report: str
    old_id: str
    old: str
    new_id: str
    new: str
    under: str


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Sentence] = []
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
            self.found.append(Sentence(self._id, words, tuple(self._aliases), self._under))
            self._aliases = []

    def handle_data(self, data: str) -> None:
        if self._open:
            self._words.append(data)


def sentences(page: str) -> tuple[Sentence, ...]:
    """The sentences of a full-text page, in the order of the report.

    >>> sentences('<h2><b id="s1" data-text>一、</b></h2><a class="was" id="s0"></a><i id="s2" data-text>增<b>5</b>%。</i>')[1]
    Sentence(id='s2', words='增5%。', aliases=('s0',), under='一、')
    """
    reader = _Text()
    reader.feed(page)
    reader.close()
    return tuple(reader.found)


def texts(site: Path) -> dict[str, tuple[Sentence, ...]]:
    """The sentences of every report of a finished site, by slug; a site is any folder with `<slug>/text/index.html`."""
    found = {}
    for path in sorted(site.glob(f"*/{FULL_TEXT}")):
        found[path.parent.parent.name] = sentences(path.read_text(encoding="utf-8"))
    return found


def between(before: Mapping[str, Sequence[Sentence]], now: Mapping[str, Sequence[Sentence]]) -> tuple[Change, ...]:
    """What changed in the reports that both sites have, in the order of the text as it is now.

    A report that has another slug now is compared all the same; its changes stand under the new one.
    """
    return tuple(
        change
        for old, report in sorted(both(before, now).items(), key=lambda pair: pair[1])
        for change in _compared(report, before[old], now[report])
    )


def both(before: Mapping[str, Sequence[Sentence]], now: Mapping[str, Sequence[Sentence]]) -> dict[str, str]:
    """The reports that both sites have: the slug before and the slug now."""
    return {slug: slug for slug in sorted(before.keys() & now.keys())} | renamed(before, now)


def renamed(before: Mapping[str, Sequence[Sentence]], now: Mapping[str, Sequence[Sentence]]) -> dict[str, str]:
    """The reports that have another slug now, old slug to new: of each, more than half of the sentences are the other's.

    Ids come from the words, so that two reports share a greeting: less than half of both proves nothing.

    >>> hello, one, two = Sentence("s1", "各位代表："), Sentence("s2", "增5%。"), Sentence("s3", "建桥。")
    >>> renamed({"a": [hello, one], "b": [hello, two]}, {"c": [hello, one], "d": [hello]})
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
    """What stands between two sentences that stayed where they were."""

    gone: list[Sentence] = field(default_factory=list)
    come: list[Sentence] = field(default_factory=list)


def _compared(report: str, before: Sequence[Sentence], now: Sequence[Sentence]) -> Iterator[Change]:
    place = {sentence.id: k for k, sentence in enumerate(before)}
    words = {sentence.id: sentence for sentence in before}
    stayed = _rising([(k, place[s.id]) for k, s in enumerate(now) if s.id in place])
    still = {s.id for s in now} & place.keys()
    paired = _renamed(before, now, still)
    settled = still | set(paired.values())
    for gap, anchor in _gaps(before, now, stayed):
        gone = [s for s in gap.gone if s.id not in settled]
        come = [s for s in gap.come if s.id not in still and s.id not in paired]
        alike = _alike(gone, come)
        taken = {old.id for old in alike.values()}
        removed = [s for s in gone if s.id not in taken]
        for s in gap.come:
            old = words.get(paired.get(s.id, "")) or alike.get(s.id)
            while old and removed and place[removed[0].id] < place[old.id]:
                yield _removed(report, removed.pop(0))
            if old:
                yield Change("changed", report, old.id, old.words, s.id, s.words, s.under)
            elif s.id not in still:
                yield Change("added", report, "", "", s.id, s.words, s.under)
            elif words[s.id].words != s.words:
                yield Change("changed", report, s.id, words[s.id].words, s.id, s.words, s.under)
            else:
                yield Change("moved", report, s.id, s.words, s.id, s.words, s.under)
        yield from (_removed(report, s) for s in removed)
        if anchor and words[anchor.id].words != anchor.words:
            yield Change("changed", report, anchor.id, words[anchor.id].words, anchor.id, anchor.words, anchor.under)


def _removed(report: str, sentence: Sentence) -> Change:
    return Change("removed", report, sentence.id, sentence.words, "", "", sentence.under)


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of pairs in which both places rise: the sentences that stayed in order. n log n."""
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
    before: Sequence[Sentence], now: Sequence[Sentence], stayed: Sequence[tuple[int, int]]
) -> Iterator[tuple[_Gap, Sentence | None]]:
    from_now = from_before = 0
    for at_now, at_before in stayed:
        yield _Gap(list(before[from_before:at_before]), list(now[from_now:at_now])), now[at_now]
        from_now, from_before = at_now + 1, at_before + 1
    yield _Gap(list(before[from_before:]), list(now[from_now:])), None


def _renamed(before: Sequence[Sentence], now: Sequence[Sentence], still: set[str]) -> dict[str, str]:
    """New id to old id, where a new sentence carries an old one's id and some of its words."""
    old = {s.id: s for s in before if s.id not in still}
    found: dict[str, str] = {}
    for s in now:
        if s.id in still:
            continue
        likely = [(_likeness(old[a].words, s.words), a) for a in s.aliases if a in old]
        if likely and max(likely)[0] >= _LIKE:
            found[s.id] = max(likely)[1]
            del old[found[s.id]]
    return found


def followed(before: Sequence[Sentence], now: Sequence[Sentence]) -> dict[str, str]:
    """Which sentence became which, by id, as far as they carry it; what was taken out leads to none.

    >>> kept, old, gone = Sentence("s1", "增5%。"), Sentence("s2", "建桥一座。"), Sentence("s3", "另外的话。")
    >>> followed([kept, old, gone], [kept, Sentence("s4", "建桥两座。", ("s2", "s3"))])
    {'s1': 's1', 's2': 's4'}
    """
    still = {s.id for s in now} & {s.id for s in before}
    renamed = {old: new for new, old in _renamed(before, now, still).items()}
    return {s.id: s.id if s.id in still else renamed[s.id] for s in before if s.id in still or s.id in renamed}


def _alike(gone: Sequence[Sentence], come: Sequence[Sentence]) -> dict[str, Sentence]:
    """New id to the old sentence that it most resembles; in a great gap only those of the same place are compared."""
    if len(gone) > _CLOSE or len(come) > _CLOSE:
        pairs = [(_likeness(a.words, b.words), j, j) for j, (a, b) in enumerate(zip(gone, come, strict=False))]
    else:
        pairs = [(_likeness(a.words, b.words), j, k) for j, a in enumerate(gone) for k, b in enumerate(come)]
    found: dict[str, Sentence] = {}
    taken: set[int] = set()
    for likeness, j, k in sorted(pairs, key=lambda p: (-p[0], p[1], p[2])):
        if likeness >= _LIKE and j not in taken and come[k].id not in found:
            taken.add(j)
            found[come[k].id] = gone[j]
    return found


def _likeness(one: str, other: str) -> float:
    """0 to 1: how much of two sentences is the same; of very long ones only how they begin."""
    matcher = SequenceMatcher(None, one[:_LONG], other[:_LONG], autojunk=False)
    if matcher.real_quick_ratio() < _LIKE or matcher.quick_ratio() < _LIKE:
        return 0.0
    if max(len(one), len(other)) > _LONG // 8:
        return matcher.quick_ratio()
    return matcher.ratio()


def pieces(old: str, new: str) -> tuple[tuple[str, str], ...]:
    """What two sentences share and where they differ: (old words, new words), equal where nothing changed.

    A figure is one word, so that 5.1% and 5.3% stand there whole.

    >>> pieces("增长5.1%。", "增长5.3%。")
    (('增长', '增长'), ('5.1%', '5.3%'), ('。', '。'))
    """
    if max(len(old), len(new)) > _LONG:
        return ((old, new),)
    a, b = _TOKEN.findall(old), _TOKEN.findall(new)
    found = []
    for _, i, j, k, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        found.append(("".join(a[i:j]), "".join(b[k:m])))
    return tuple(found)


def figures(old: str, new: str) -> tuple[tuple[str, str], ...]:
    """The places of a changed sentence where figures differ: (old, new), several of one place with 、 between them.

    >>> figures("增30家，升为第二。", "增31家，升至第二，投资5万元，占4%。")
    (('30', '31'), ('', '5万、4%'))
    """
    places = [("、".join(_FIGURE.findall(a)), "、".join(_FIGURE.findall(b))) for a, b in pieces(old, new)]
    return tuple((a, b) for a, b in places if a != b)
