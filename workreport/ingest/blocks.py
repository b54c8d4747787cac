"""Knows which parts of a text are headings and which are paragraphs; a heading may have no number.

Leaves the tree and the ids to `outline`, and recognising heading numbers to `headings`. All lengths are in characters.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from workreport.ingest.headings import END, LEAD, NUMERAL, RANK, is_salutation, mark_of, number_of, paragraphs
from workreport.ingest.report_end import ReportEnd, end_of
from workreport.ingest.section_tails import first_words, with_tails
from workreport.ingest.sibling_runs import NumberedLine, headings_of
from workreport.ingest.text_blocks import APPENDIX, TextBlock
from workreport.model import Repetition

LONGEST_TITLE = 40
"""The longest title without a number."""
LONGEST_NAME = 24
"""The longest name of a section that the text gives no title; it is taken from its first words."""
LONGEST_LEAD = 45
"""The longest sentence that may be a heading."""
LONGEST_TERSE = 30
"""The longest sentence that may be a heading if fewer than three lines of its section begin like it."""
BODY = 60
"""The shortest paragraph that counts as body text, so that the short line before it may be its heading."""
SHORTEST_BROKEN, FEWEST_BROKEN = 15, 40
"""The shortest line, and the fewest lines, that show whether the lines of a text end with its sentences."""
SHORTEST_BODY = 30
"""The shortest paragraph that counts as text after such a line if it ends with a full stop."""

_ORDINAL_IS = re.compile(rf"(?P<n>{NUMERAL}{{1,2}})是")
_SENTENCES = re.compile(r"[^。！？]+[。！？]")
_WORDS = re.compile("[一-鿿]{2}")
"""Matches words, which a title has and a page number (— 3 —) has not."""
_BARE = re.compile("[^。！？；;:!?]*[^。！？；;:!?，、,]")
"""Matches a line without a stop, that may be a title of one or more clauses."""
_LEADERS = r".．…·•\-—"
_LEADER_ENDS = frozenset(_LEADERS)
# the lookbehind lets a run of dots match at its start only: tried at each of its dots, a long run would cost its square
_PAGE_NUMBER = re.compile(rf"(?<![{_LEADERS}])[{_LEADERS}]{{2,}}\d{{0,3}}$|(?<=\D)\d{{1,3}}$")
"""What follows a title in a table of contents: dots, a page number, or both."""
SHORTEST_CONTENTS = 3
"""The fewest numbered lines of a table of contents."""
LONGEST_CONTENTS = 60
"""The longest line of a table of contents."""
_CONTINUES = "、，。；：！？”’）》】"
"""A line that begins with one of these continues the line before it, which is then not its title."""


_FIGURE = re.compile(r"[0-9０-９]\s?[%％‰亿万元个家项]")
CLOSING = "结束语"
"""The name of the section with the closing words."""


def blocks(body: str, repeated: Sequence[Repetition]) -> list[TextBlock]:
    """Return the headings and paragraphs of a text, in order. Numbered lines in a repeated passage are no headings.

    >>> [(b.rank, b.number) for b in blocks("一、回顾\\n（一）甲事成。正文在此。", ())]
    [(3, '一、'), (4, '（一）'), (None, '')]
    """
    spans = list(paragraphs(body))
    texts = [body[a:b] for a, b in spans]
    end = end_of(texts)
    found = list(_regions(spans, texts, end, _in_copies(spans, repeated)))
    found = list(_without_table_of_contents(body, found))
    if _is_broken(texts):
        return found
    found = list(_with_unnumbered_titles(body, found))
    found = list(with_tails(body, found))
    return list(_with_lead_sentences(body, found))


def _is_broken(texts: Sequence[str]) -> bool:
    """Whether the lines of a text end anywhere, as in an e-mail: then a short line shows nothing."""
    long = [text for text in texts if len(text) >= SHORTEST_BROKEN]
    if 4 * sum(text[-1] not in END for text in long) <= 3 * FEWEST_BROKEN:  # so it is in most texts
        return False
    long = [text for text in long if mark_of(text) is None]
    return len(long) >= FEWEST_BROKEN and 4 * sum(text[-1] not in END for text in long) > 3 * len(long)


def _in_copies(spans: Sequence[tuple[int, int]], repeated: Sequence[Repetition]) -> frozenset[int]:
    """Return the indexes of the paragraphs that lie in the copy of a repeated passage."""
    if not repeated:
        return frozenset()
    copies = sorted((r.start, r.end) for r in repeated)
    inside, k = set(), 0
    for i, (start, end) in enumerate(spans):
        while k < len(copies) and copies[k][1] <= start:
            k += 1
        if k < len(copies) and copies[k][0] <= start and end <= copies[k][1]:
            inside.add(i)
    return frozenset(inside)


def _regions(
    spans: Sequence[tuple[int, int]], texts: Sequence[str], end: ReportEnd, copies: frozenset[int]
) -> Iterator[TextBlock]:
    """Yield the blocks of the report, of its closing words and of its appendices. Entries of a glossary are paragraphs."""
    titles = [t for t in end.appendices if t.first not in copies]
    borders = [t.first for t in titles] + [len(texts)]
    closing = borders[0] if end.closing is None or end.closing in copies or end.closing > borders[0] else end.closing
    yield from _numbered_headings(spans, texts, range(closing), copies)
    for i in range(closing, borders[0]):
        first = i == closing
        yield TextBlock(*spans[i], rank=APPENDIX if first else None, name=CLOSING * first, untitled=first)
    for title, border in zip(titles, borders[1:], strict=True):
        start = spans[title.last][0] + title.at
        yield TextBlock(spans[title.first][0], spans[title.last][1], APPENDIX, title.number, 0, start, appendix=True)
        inside = range(title.last + 1, border)
        yield from _numbered_headings(spans, texts, inside, copies | frozenset(inside if title.glossary else ()))


def _numbered_headings(
    spans: Sequence[tuple[int, int]], texts: Sequence[str], region: range, unread: frozenset[int]
) -> Iterator[TextBlock]:
    """Yield the blocks of one region; the headings among them have a number. Paragraphs of `unread` are no headings.

    Where text follows the title on its line, it becomes a paragraph. A line without a title is a heading that is only the
    number; its section is named by the first words of the text.
    """
    marks = {i: mark for i in region if i not in unread and (mark := mark_of(texts[i])) is not None}
    lines = [NumberedLine(i, texts[i], mark) for i, mark in marks.items()]
    headings = headings_of(lines, frozenset(i for i in region if i not in marks), region.stop)
    for i in region:
        start, end = spans[i]
        heading = headings.get(i)
        if heading is None:
            yield TextBlock(start, end)
            continue
        mark, stop = heading.line.mark, start + heading.end
        name = "" if heading.end > mark.length else first_words(texts[i][mark.length :])
        stop = stop if name == "" else start + len(texts[i][: mark.length].rstrip())
        yield TextBlock(start, stop, RANK[mark.kind], mark.printed, mark.number, start + mark.length, name=name)
        rest = texts[i][stop - start :]
        if rest.strip():
            yield TextBlock(end - len(rest.lstrip()), end)


def _without_table_of_contents(body: str, found: Sequence[TextBlock]) -> Iterator[TextBlock]:
    """Turn the headings of a table of contents into paragraphs: short lines in a row that all occur again later.

    White space, page numbers and a final 。 do not count in the comparison.
    """
    # A sentence without a number is text: short sections that say the same in every part are no contents.
    short = [
        b.end - b.start <= LONGEST_CONTENTS
        and (body[b.end - 1] not in END or mark_of(body[b.start : b.end]) is not None)
        for b in found
    ]
    keys = [_title_in_contents(body[b.start : b.end]) for b in found]
    last = {key: i for i, key in enumerate(keys)}
    i = 0
    while i < len(found):
        stop = i
        while stop < len(found) and short[stop] and last[keys[stop]] > stop:
            stop += 1
        if stop == i:
            yield found[i]
            i += 1
            continue
        numbered = sum(mark_of(body[b.start : b.end]) is not None for b in found[i:stop])
        listed = numbered >= SHORTEST_CONTENTS
        for b in found[i:stop]:
            yield TextBlock(b.start, b.end) if listed else b
        i = stop


def _title_in_contents(line: str) -> str:
    """What is compared of a line: its text without white space, a page number and a final 。."""
    bare = "".join(line.split())
    if bare[-1:].isdecimal() or bare[-1:] in _LEADER_ENDS:  # most lines have no page number
        bare = _PAGE_NUMBER.sub("", bare)
    return bare.rstrip("。")


def _with_unnumbered_titles(body: str, found: Sequence[TextBlock]) -> Iterator[TextBlock]:
    """Turn the titles of main parts that have no number (“十四五”时期工作回顾) into headings.

    Such a title is a short line between a complete paragraph and text, after the salutation; it ends without punctuation.
    Titles count only if two or more have no comma, and the first of them is before the first heading like 一、; a single one
    only if it is that of a review after which 一、 begins anew: then the paragraph before that 一、 begins a part without a
    title. With a dash (——推动三个提质) it is the title of a group of numbered sections inside a part.
    """
    salutation = next((i for i, b in enumerate(found) if is_salutation(body[b.start : b.end])), -1)
    lines = {i: body[found[i].start : found[i].end] for i in range(max(salutation, 0) + 1, len(found) - 1)}
    candidates = [i for i, line in lines.items() if _is_unnumbered_title(body, found, i, line)]
    plain = [i for i in candidates if "，" not in lines[i] and not lines[i].startswith("——")]
    ones = [i for i, b in enumerate(found) if b.rank == RANK["one"]]
    starts = Counter(lines[i][:3] for i in candidates if not lines[i].startswith("——"))
    chosen, border = {i for i in candidates if starts[lines[i][:3]] < 3 or i in plain}, None
    if not plain or plain[0] > (ones[0] if ones else len(found)):
        chosen = set()
    elif len(plain) == 1:
        border = _restart(found, [i for i in ones if i > plain[0]])
        chosen = set(plain) if border and "回顾" in lines[plain[0]] else set()
    for i, b in enumerate(found):
        if i in chosen:
            dashes = len(lines[i]) - len(lines[i].lstrip("—"))
            yield b._replace(rank=RANK["node" if dashes else "part"], title=b.start + dashes)
        elif chosen and i == border:
            yield b._replace(rank=RANK["part"], name=first_words(body[b.start : b.end]), untitled=True)
        else:
            yield b


def _is_unnumbered_title(body: str, found: Sequence[TextBlock], i: int, line: str) -> bool:
    """Whether block `i`, which is `line`, is short and stands between a complete paragraph and text, or a first heading.

    It has no punctuation but a comma.
    """
    b, after, before = found[i], found[i + 1], found[i - 1]
    following = body[after.start : after.end]
    if b.rank is not None or not 4 <= len(line) <= LONGEST_TITLE or re.search("[。；：！？,;:!?]|[，、]$", line):
        return False
    if not _WORDS.search(line):
        return False
    beside = before.rank is not None and "\n" not in body[before.end : b.start]  # the text on a heading's own line
    if body[before.end - 1] not in END or beside:
        return False
    if after.rank is not None:
        return after.ordinal == 1 and after.rank >= RANK["one"]
    whole = len(following) >= SHORTEST_BODY and following.endswith("。")
    return (len(following) >= BODY or whole) and following[0] not in _CONTINUES and not line.startswith("——")


def _restart(found: Sequence[TextBlock], ones: Sequence[int]) -> int | None:
    """Return the paragraph before the second heading 一、 of those at the indexes `ones`; None if there is none."""
    firsts = [i for i in ones if found[i].ordinal == 1]
    before = firsts[1] - 1 if len(firsts) == 2 and firsts[0] == ones[0] else None
    return before if before is not None and found[before].rank is None else None


def _sentences(text: str) -> list[str]:
    """Return the one or two sentences that make up a whole line, or a line without any stop; [] for any other line.

    Each has at most LONGEST_LEAD characters. Lines with ： or that start with —— or 各位代表 are never headings: [].

    >>> _sentences("产业结构持续优化。"), _sentences("一年来，产业结构持续优化"), _sentences("产业，")
    (['产业结构持续优化。'], ['一年来，产业结构持续优化'], [])
    """
    if len(text) > 2 * LONGEST_LEAD or "：" in text or text.startswith(("——", "各位代表")):
        return []
    bare = _BARE.fullmatch(text) is not None
    if not text.endswith("。") and not bare:
        return []
    found = [text] if bare else _SENTENCES.findall(text)
    return found if len(found) <= 2 and "".join(found) == text and all(len(s) <= LONGEST_LEAD for s in found) else []


def _with_lead_sentences(body: str, found: Sequence[TextBlock]) -> Iterator[TextBlock]:
    """Turn sentences on a line of their own into headings (这是…的五年。 | 一是…。 | 产业结构持续优化。), section by section.

    A section ends at the next numbered heading. See `_section_lead_sentences`.
    """
    section: list[TextBlock] = []
    for b in found:
        if b.rank is not None:
            yield from _section_lead_sentences(body, section)
            section = []
        section.append(b)
    yield from _section_lead_sentences(body, section)


def _section_lead_sentences(body: str, section: Sequence[TextBlock]) -> Iterator[TextBlock]:
    """Yield the blocks of one section, with its lead sentences as headings. `section` begins with its heading.

    A lead line is followed by body text. It is one short sentence, or it begins with the same three characters as two
    more such lines of the section (五年来…); without a full stop only the latter. Only sections with two or more lead lines get headings; the front matter
    and appendices get none. Each sentence of a lead line becomes a heading of rank LEAD. One without a number (一是) that
    follows such an 五年来… heading gets LEAD + 1.
    """
    if not section or section[0].rank is None or section[0].rank == APPENDIX:
        yield from section
        return
    sentences = [_lead_sentences(body, b) for b in section]
    heads = [bool(s) and _is_followed_by_body(body, section, sentences, i) for i, s in enumerate(sentences)]
    common = Counter(s[0][:3] for s, h in zip(sentences, heads, strict=True) if h)
    common_starts = {words for words, n in common.items() if n >= 3}
    leads = [h and (s[0][:3] in common_starts or _is_short(s)) for s, h in zip(sentences, heads, strict=True)]
    if sum(leads) < 2:
        yield from section
        return
    below = False
    for b, own, lead in zip(section, sentences, leads, strict=True):
        if not lead:
            yield b
            continue
        start = b.start
        for sentence in own:
            numbered = _ORDINAL_IS.match(sentence)
            above = sentence[:3] in common_starts
            below = below or above
            yield TextBlock(
                start, start + len(sentence), LEAD if above or numbered or not below else LEAD + 1,
                numbered[0] if numbered else "", number_of(numbered["n"]) if numbered else 0,
                start + (numbered.end() if numbered else 0),
            )  # fmt: skip
            start += len(sentence)


def _lead_sentences(body: str, block: TextBlock) -> list[str]:
    """Return the sentences of a block that may be headings: see `_sentences`. An item of a list (（1）) has none."""
    text = body[block.start : block.end]
    found = _sentences(text) if block.rank is None else []
    return found if found and mark_of(text) is None else []


def _is_short(sentences: Sequence[str]) -> bool:
    """Whether a line (given as its sentences) is one sentence of at most LONGEST_TERSE characters and one comma.

    A sentence that states a figure (工业投资增长12.6%) is body text.
    """
    terse = len(sentences) == 1 and len(sentences[0]) <= LONGEST_TERSE and sentences[0].count("，") <= 1
    return terse and sentences[0].endswith("。") and _FIGURE.search(sentences[0]) is None


def _is_followed_by_body(body: str, section: Sequence[TextBlock], sentences: Sequence[list[str]], i: int) -> bool:
    """Whether body text, or a line that starts with ——, follows block `i` of a section.

    At most one other line of short sentences may be between them. `sentences` are those of each block.
    """
    for k in range(i + 1, min(i + 3, len(section))):
        text = body[section[k].start : section[k].end]
        if len(text) >= BODY or text.startswith("——"):
            return True
        if not sentences[k]:
            return False
    return False
