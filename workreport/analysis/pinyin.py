"""Knows the pinyin of Chinese text: one syllable per character, by pypinyin with corrections.

Leaves the uses of pinyin to `names` (sorting), to `website.search`, and to those who choose addresses.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

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
    "南乐": "nan le",
    "乐陵": "lao ling",
    "涡阳": "guo yang",
    "浚县": "xun xian",
    "红寺堡": "hong si bu",
    "龙圩": "long xu",
    "筠连": "jun lian",
    "阿图什": "a tu shi",
    "漯河": "luo he",
    "珲春": "hun chun",
    "什邡": "shi fang",
    "荥经": "ying jing",
    "繁峙": "fan shi",
    "宕昌": "tan chang",
    "曾都": "zeng du",
    "六合区": "lu he qu",
    "大城县": "dai cheng xian",
    "长治": "chang zhi",
    "长宁": "chang ning",
    "长白": "chang bai",
    "昌都": "chang du",
    "宜都": "yi du",
    "江都": "jiang du",
    "新都": "xin du",
}
"""The pinyin of common words and places that pypinyin 0.55 reads wrongly, found in checks of two hundred words
and of the names of all cities and counties."""

_SPELLED = {"陕西": "shaanxi"}
"""Names that are spelled in another way than their pinyin: 陕西 differs so from 山西."""
_IN_PLACES = MappingProxyType({"长子": "zhangzi", "长": "chang", "都": "du"})
"""Characters that are nearly always read so in names of places."""


def spelled(words: str, readings: Mapping[str, str] = MappingProxyType({})) -> str:
    """Return the pinyin of words for an address, with a hyphen for all that is neither a letter nor a digit; 陕西 is shaanxi.

    `readings` are those of characters whose usual reading is another.

    >>> spelled("陕西"), spelled("单县"), spelled("报告_v2 终稿")
    ('shaanxi', 'shanxian', 'baogao-v2-zhonggao')
    """
    for name, pronounced in (_SPELLED | dict(readings)).items():
        words = words.replace(name, pronounced)
    said = re.sub("[一-鿿㐀-䶿]+", lambda han: "".join(syllables(han[0])), words)
    return re.sub("[^a-z0-9]+", "-", said.lower()).strip("-")


def spelled_place(name: str) -> str:
    """Return the pinyin of a place's name for an address.

    >>> spelled_place("长春"), spelled_place("成都")
    ('changchun', 'chengdu')
    """
    return spelled(name, _IN_PLACES)


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
