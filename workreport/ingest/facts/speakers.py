"""Knows how a speaker is named: 青禾县人民政府县长 王小明, a name alone, a date with a name, 王小明县长在…上的报告.

Leaves the words for offices to `vocabulary/front.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workreport.ingest.facts.head_dates import without_dates
from workreport.ingest.front_words import NAME, FrontWords

_NO_NAME = re.compile(
    r"人民$|.*(?:会议|大会|办公|报告|讲话|致辞|发言|目录|正文|摘要|全文|代表|同志们|来源|记者|编辑|政府|人大|第.届)"
)
"""Matches characters after an office that are no name: 县长办公会."""
_NO_NAME_ALONE = re.compile(r".*(?:[省市县区届府委局处网报社的了于]|[州旗盟镇乡]$)")
"""Matches characters on a line of their own that are hardly a name; after an office they may be one (县长李红旗)."""
_MEETING = re.compile(r"^.*(?:会议|大会)(?:上|通过|审议通过)?的?")
_LABEL = re.compile(r"^(?:报告人|主讲人|演讲人|汇报人|作者)[:：]?")
_ASIDE = re.compile(r"[（(【\[](?P<inside>[^（(【\[）)】\]]*)[）)】\]]")
_EDGES = "—-－─–_·,，。:：;；*（）()【】"


@dataclass(frozen=True, slots=True)
class Speaker:
    """A speaker as printed, without white space: the words before the office (青禾县人民政府), the office, the name.

    What a text does not state is "".
    """

    before: str = ""
    office: str = ""
    name: str = ""


def speaker_of(lines: Sequence[str], words: FrontWords) -> Speaker:
    """Return the speaker that the compact lines before a report name.

    An office with a name counts before an office alone, and this before a name alone, which must stand beside a date or
    be the last line.

    >>> words = FrontWords(offices=("县长",))
    >>> speaker_of(["政府工作报告", "青禾县人民政府县长王小明"], words)
    Speaker(before='青禾县人民政府', office='县长', name='王小明')
    >>> speaker_of(["（2024年1月10日王小明）"], words).name, speaker_of(["政府工作报告", "王小明"], words).name
    ('王小明', '王小明')
    """
    pieces = [piece for line in lines for piece in _pieces(line)]
    office = Speaker()
    for k, piece in enumerate(pieces):
        found = words.office.fullmatch(piece)
        if not found:
            continue
        name = found["name"] or ""
        if name and not _NO_NAME.match(name):
            return Speaker(found["before"], found["office"], name.removesuffix("同志"))
        if not name and not office.office:
            following = pieces[k + 1] if k + 1 < len(pieces) else ""
            office = Speaker(found["before"], found["office"], following if is_name(following) else "")
    if office.name:
        return office
    alone = next(filter(is_name, (p for line in lines for p in _beside_date(line))), "")
    if not alone and len(lines) > 1:
        alone = next(filter(is_name, _pieces(lines[-1])), "")
    return Speaker(office.before, office.office, alone)


def speaker_in(text: str, words: FrontWords) -> Speaker:
    """Return the speaker that a sentence or a web page's title names: 王小明县长在…, 县长王小明作政府工作报告.

    >>> speaker_in("王小明县长在青禾县第八届人民代表大会上的报告", FrontWords(offices=("县长",)))
    Speaker(before='', office='县长', name='王小明')
    """
    for clause in re.split("[，。；]", without_dates(text)):
        for pattern in (words.office_then_name, words.name_then_office):
            found = pattern.match(clause.strip(_EDGES))
            if found and is_name(found["name"]):
                return Speaker(found["before"] or "", found["office"] or "", found["name"])
    return speaker_of([text], words) if _beside_date(text) else Speaker()


def is_name(text: str) -> bool:
    """Whether a text can be the name of a person and nothing else.

    >>> is_name("王小明"), is_name("莫合买提·尼亚孜"), is_name("青禾县"), is_name("目录"), is_name("人民")
    (True, True, False, False, False)
    """
    return re.fullmatch(NAME, text) is not None and not (_NO_NAME.match(text) or _NO_NAME_ALONE.match(text))


def _pieces(line: str) -> Iterator[str]:
    """Yield the parts of a line that can name a speaker: without date, meeting and label, and what stands in brackets."""
    for part in (_ASIDE.sub("", line), *(m["inside"] for m in _ASIDE.finditer(line))):
        bare = without_dates(part)
        if "届" in bare:
            bare = _MEETING.sub("", bare)
        bare = _LABEL.sub("", bare.strip(_EDGES)).strip(_EDGES)
        if bare:
            yield bare


def _beside_date(line: str) -> list[str]:
    """Return the words beside a date within the brackets of a line: （2024年1月10日 王小明） gives 王小明."""
    inside = [m["inside"] for m in _ASIDE.finditer(line)]
    beside = [bare for words in inside if (bare := without_dates(words)) != words]
    return [(_MEETING.sub("", bare) if "届" in bare else bare).strip(_EDGES) for bare in beside]
