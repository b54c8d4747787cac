"""Knows the pinyin of Chinese text: one syllable per character, by pypinyin with corrections.

Leaves the uses of pinyin to `names` (sorting) and `website.search`.
"""

from __future__ import annotations

from functools import cache

SAID = {
    "重振": "chong zhen",
    "重塑": "chong su",
    "重构": "chong gou",
    "重整": "chong zheng",
    "重回": "chong hui",
    "重置": "chong zhi",
    "多重": "duo chong",
    "长三角": "chang san jiao",
    "长效": "chang xiao",
    "朝阳": "chao yang",
    "还款": "huan kuan",
    "卡脖子": "ka bo zi",
    "单县": "shan xian",
    "覃塘": "qin tang",
    "闵行": "min hang",
    "洪洞": "hong tong",
}
"""The pinyin of common words and places that pypinyin 0.55 reads wrongly, found in a check of two hundred words."""


def syllables(text: str) -> list[str]:
    """The syllables of a text, in lower case, without tones, ü as v. A run of other characters (4G) is one item.

    >>> syllables("银行行长"), syllables("重振旅游"), syllables("4G网")
    (['yin', 'hang', 'hang', 'zhang'], ['chong', 'zhen', 'lv', 'you'], ['4g', 'wang'])
    """
    from pypinyin import lazy_pinyin

    _add_corrections()
    return [syllable.lower().replace("ü", "v") for syllable in lazy_pinyin(text)]


@cache
def _add_corrections() -> None:
    """Add the corrections of SAID to pypinyin, once per process."""
    from pypinyin import load_phrases_dict

    load_phrases_dict({word: [[syllable] for syllable in said.split()] for word, said in SAID.items()})
