"""Knows the usual slips in a TOML file that a person wrote, and says in Chinese what the line should be.

Slips are full-width signs, dates with slashes, text without quotation marks, a key that stands twice. Leaves parsing to
`tomllib`: a line is only proposed if the file can then be read further. Leaves the keys of a file to `settings` and
`word_files`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

_HALF_WIDTH = {
    **{chr(code + 0xFEE0): chr(code) for code in range(0x21, 0x7F)},
    "　": " ", "“": '"', "”": '"', "‘": "'", "’": "'", "【": "[", "】": "]", "〔": "[", "〕": "]", "「": '"', "」": '"', "、": ",",
    "。": ".", "—": "-", "–": "-", "：": "=",
}  # fmt: skip
"""The ASCII sign that is meant by each full-width one outside of texts."""
_MOST_LINES = 20
"""The most lines before the place of an error that are looked at: a list may begin some lines earlier."""
_LARGEST = 100_000
"""The most characters of a file that is read again with a mended line; the files that people write are far shorter."""
_LONGEST_SHOWN = 120
"""The most characters of a line that a message shows."""


@dataclass(frozen=True, slots=True)
class Slip:
    """Why a file is no TOML: the line number (from 1), and one or more Chinese sentences that say what to write."""

    line: int
    words: str


def explain(text: str, error: tomllib.TOMLDecodeError) -> Slip:
    """Return what is wrong in a text that `tomllib.loads` refused with `error`.

    >>> explain('date = 2026/1/15', tomllib.TOMLDecodeError("Expected newline (at line 1, column 12)")).words
    '日期写作 年-月-日，月和日各两位。应写作：date = 2026-01-15'
    """
    lines = text.split("\n")
    at = _line_of(error, len(text.rstrip("\n").split("\n")))
    if twice := _standing_twice(lines, at, str(error)):
        return Slip(at, twice)
    for line in range(at, max(at - _MOST_LINES, 0), -1) if len(text) <= _LARGEST else ():
        for words, mended in _mended(lines[line - 1]):
            if _reads_further(lines, line, mended, at):
                shown = mended.strip()
                return Slip(line, f"{words}应写作：{shown[:_LONGEST_SHOWN]}" + "…" * (len(shown) > _LONGEST_SHOWN))
    return Slip(at, _in_chinese(str(error)))


def _line_of(error: tomllib.TOMLDecodeError, last: int) -> int:
    """The line number that an error names; `last` if it names the end of the file."""
    found = re.search(r"at line (\d+)", str(error))
    return min(int(found[1]), last) if found else last


def _reads_further(lines: list[str], line: int, mended: str, at: int) -> bool:
    """Whether the file can be read beyond the line `at` if `line` is replaced by `mended`."""
    new = [*lines[: line - 1], mended, *lines[line:]]
    try:
        tomllib.loads("\n".join(new))
    except tomllib.TOMLDecodeError as error:
        return _line_of(error, len(new) + 1) > at
    return True


def _standing_twice(lines: list[str], at: int, error: str) -> str:
    """What to do about a key or table that stands twice; "" if the error is another."""
    if not error.startswith(("Cannot overwrite", "Cannot declare", "Cannot mutate")):
        return ""
    written = lines[at - 1].strip()
    head = re.match(r"\[+[^\]]*\]+|[^=]+", written)
    name = head[0].strip() if head else written
    earlier = next(
        (number for number, line in enumerate(lines[: at - 1], 1) if _opens(line, name, exactly=True)),
        next((number for number, line in enumerate(lines[: at - 1], 1) if _opens(line, name, exactly=False)), 0),
    )
    where = f"（第 {earlier} 行已经有了）" if earlier else ""
    return f"{name} 写了两次{where}。请只留一处；每组一条的，标题写作 [[…]]。"


def _opens(line: str, name: str, *, exactly: bool) -> bool:
    """Whether a line begins with a key or table `name`; if not `exactly`, [note] and [[note]] are the same."""
    head = re.match(r"\[+[^\]]*\]+|[^=]+(?==)", line.strip())
    found = head[0].strip() if head else ""
    return found == name if exactly else bool(found) and found.strip("[] ") == name.strip("[] ")


def _mended(line: str) -> Iterator[tuple[str, str]]:
    """Yield (what is wrong, the line as it should be) for each slip that the line may have, the likeliest first."""
    half, signs = _in_half_width(line)
    shown = "、".join(f"{sign}（应为 {_HALF_WIDTH[sign].replace(' ', '空格')}）" for sign in dict.fromkeys(signs))
    start = f"有全角符号：{shown}。" if signs else ""
    if signs:
        yield start, half
    for mend in _MENDERS:
        if made := mend(half):
            words, mended = made
            yield start + words, mended


def _in_half_width(line: str) -> tuple[str, list[str]]:
    """The line with half-width signs outside of texts and comments, and the signs replaced."""
    out, signs = [], []
    inside = ""
    for at, c in enumerate(line):
        sign = _HALF_WIDTH.get(c, c)
        if inside:
            ends = c == inside and not (inside == '"' and _escaped(line, at))
            inside = "" if ends else inside
            out.append(_HALF_WIDTH.get(c, c) if ends else c)
            signs += [c] if ends and c in _HALF_WIDTH else []
            continue
        if c == "#":
            return "".join(out) + line[at:], signs
        if sign in "\"'":
            inside = {"“": "”", "‘": "’", "「": "」"}.get(c, c)
        if sign != c:
            signs.append(c)
        out.append(sign)
    return "".join(out), signs


def _escaped(line: str, at: int) -> bool:
    """Whether an odd number of backslashes stands before the position."""
    before = line[:at]
    return (len(before) - len(before.rstrip("\\"))) % 2 == 1


_PAIR = re.compile(r"(?P<key>[ \t]*[\w.\-\"']+[ \t]*)(?P<sign>=|:)[ \t]*(?P<value>.*?)[ \t]*")


def _date(line: str) -> tuple[str, str] | None:
    pair = re.fullmatch(
        r"(?P<key>[^=]*=[ \t]*)[\"']?(?P<y>[12]\d{3})[ \t]*[-/.年][ \t]*(?P<m>\d{1,2})[ \t]*[-/.月][ \t]*(?P<d>\d{1,2})日?[\"']?(?P<rest>[ \t]*(?:#.*)?)",
        line,
    )
    if pair is None:
        return None
    day = f"{pair['y']}-{int(pair['m']):02}-{int(pair['d']):02}"
    return "日期写作 年-月-日，月和日各两位。", f"{pair['key']}{day}{pair['rest']}"


def _colon(line: str) -> tuple[str, str] | None:
    pair = _PAIR.fullmatch(line)
    if pair is None or pair["sign"] != ":":
        return None
    value = pair["value"] if re.match(r"[\"'\[{\d]|true|false", pair["value"]) else _in_quotes(pair["value"])
    return "名称和值之间写等号。", f"{pair['key'].rstrip()} = {value}"


def _truth(line: str) -> tuple[str, str] | None:
    pair = _PAIR.fullmatch(line)
    said = {"true": "true", "yes": "true", "是": "true", "false": "false", "no": "false", "否": "false"}
    meant = said.get(pair["value"].lower()) if pair else None
    return ("是与否写 true 或 false，小写，不加引号。", f"{pair['key']}= {meant}") if pair and meant else None


def _backslash(line: str) -> tuple[str, str] | None:
    pair = _PAIR.fullmatch(line)
    if pair is None or "\\" not in pair["value"] or "'" in pair["value"]:
        return None
    return "双引号里的反斜杠另有用处，改用单引号。", f"{pair['key']}= '{pair['value'].strip(chr(34))}'"


def _inner_marks(line: str) -> tuple[str, str] | None:
    pair = _PAIR.fullmatch(line)
    if pair is None or not re.fullmatch(r'".*".*"', pair["value"]):
        return None
    inner = pair["value"][1:-1]
    if "'" not in inner:
        return "文字里有英文双引号，外面改用单引号。", f"{pair['key']}= '{inner}'"
    return "文字里的英文双引号前要写反斜杠。", f"{pair['key']}= {_in_quotes(inner)}"


def _unclosed(line: str) -> tuple[str, str] | None:
    if '"""' in line or "'''" in line:
        return None
    for mark in "\"'":
        if line.count(mark) % 2:
            return f"引号没有成对，缺 {mark} 。", line.rstrip() + mark
    return None


def _bare_text(line: str) -> tuple[str, str] | None:
    pair = _PAIR.fullmatch(line)
    if pair is None or pair["sign"] != "=" or pair["value"][:1] in tuple("[{'\""):
        return None
    value, mark, comment = pair["value"].partition(" #")
    if not value:
        return "等号后面没有值；没有的，删去这一行，或写空的引号。", f'{pair["key"]}= ""'
    if not re.search(r"[^\W\d_]|^#", value):
        return None  # digits and signs alone: a number or a date that is wrong, and no text
    return "文字要写在英文引号里。", f"{pair['key']}= {_in_quotes(value.strip())}{mark}{comment}"


def _brackets(line: str) -> tuple[str, str] | None:
    found = re.fullmatch(r"[ \t]*(?P<open>\[{1,2})[ \t]*(?P<name>[\w.\-]+)[ \t]*\]{0,2}[ \t]*", line)
    if found is None:
        return None
    return "方括号要成对。", f"{found['open']}{found['name']}{']' * len(found['open'])}"


def _unclosed_list(line: str) -> tuple[str, str] | None:
    if re.fullmatch(r"[ \t]*([\"']).*\1[ \t]*,?[ \t]*", line):
        return "列表末尾缺 ] 。", f"{line.rstrip()} ]"
    pair = _PAIR.fullmatch(line)
    if pair is None or not pair["value"].startswith("[") or pair["value"].endswith("]"):
        return None
    return "列表末尾缺 ] 。", f"{pair['key']}= {pair['value'].rstrip(', ')}]"


def _in_quotes(words: str) -> str:
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'


_MENDERS: tuple[Callable[[str], tuple[str, str] | None], ...] = (
    _date, _truth, _colon, _brackets, _backslash, _inner_marks, _unclosed, _unclosed_list, _bare_text,
)  # fmt: skip
"""Functions that return (what is wrong, the line as it should be) for one kind of slip, None for another line."""

_KNOWN_ERRORS = (
    (
        'Unterminated string|Expected "\'"|Illegal character',
        "引号没有成对。请检查这一行的引号；几行的文字用三个引号括起。",
    ),
    ("Unclosed array", "列表没有写完，请检查 [ 和 ] 是否成对、各项之间有没有逗号。"),
    ("Unclosed inline table", "{ 和 } 没有成对。"),
    ("Invalid initial character", "方括号里的名称只能有英文字母、数字、- 和 _。"),
    ("Invalid statement", "这一行既不是“名称 = 值”，也不是 [标题]。注释前要写 #。"),
    ("Expected newline", "值的后面还有别的字。一行只写一项，注释前要写 #。"),
    ("Invalid value", "等号后面的值不可用。文字要写在英文引号里，是与否写 true 或 false，日期写作 2024-02-21。"),
    ("Expected '='", "名称后面缺少等号。"),
    ("Expected '\\]", "方括号没有成对。"),
    ("Unescaped|Invalid hex", "双引号里的反斜杠另有用处，请改用单引号。"),
)
"""Patterns of messages of `tomllib`, with the same in Chinese."""


def _in_chinese(error: str) -> str:
    """What a message of `tomllib` says, in Chinese."""
    for pattern, words in _KNOWN_ERRORS:
        if re.match(pattern, error):
            return words
    return f"不是合格的 TOML（{error}）。文字要写在英文引号里，是与否写 true 或 false。"
