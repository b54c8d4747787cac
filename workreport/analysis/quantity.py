"""Knows how a quantity is written: digits or Chinese numerals, ranges, units with 万 and 亿, approximators (余, 以上).

Leaves to `indicators` what a quantity measures, whether a number is a quantity, and approximators before it (约).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from workreport.model import APPROXIMATION_AFTER, Quantity, UnitName

WIDE = {
    code: chr(code - 0xFEE0) for a, b in ((0xFF10, 0xFF1A), (0xFF21, 0xFF3B), (0xFF41, 0xFF5B)) for code in range(a, b)
} | {ord(wide): narrow for wide, narrow in zip("％．＋－／～﹪∶", "%.+-/~%:", strict=True)}
"""Maps full-width digits, letters and signs to plain ones, one character each, so that positions do not change."""

TRADITIONAL = dict(
    zip(
        map(
            ord,
            "萬億點兩餘達過數個項條號噸畝隊戶産產佔較實現業總農經長漲減縮擴強間場員輛臺種處單區縣鄉鎮歲還從將約來"
            "對於為爲與會國發開關機電學習動運輸鐵鋼紗糧築設備廠礦務貿財預決計劃級類題標準變體積極壯轉讓組織聯結構"
            "質線網絡術語記錄調辦報廣東衛醫藥護創舉興營認訂製選擇進連續遠離陸職銷貨幣債稅費價購買賣銀協議參應當歷"
            "響熱戰鬥爭權屬則剛剝無據擔壓廢棄滿滅澤測驗確獲獎勵優勢別異歡慶壽雙歐亞紀紅綠藍維統繼終給絕細紙純緣編"
            "縱纖羅義聖聲聽脫腦臨艦艱藝節蘇蘭補複視規覺訓討託許訪證評詞試話該詳誤說課談請論諸諾謀謂識譯讀貢責賬賀"
            "資賦賴贊贏趕趙跡踐車軍軌軟載輕輝輩輪輯轄迴違遞適遲遷遺邊鄧鄭鄰釋針鈎銅鋪錢鍛鍵鎖鏈鏡鐘門閃閉問閱闊陣"
            "陰陳陽階際隨險隱難雖靈靜韓頂順須領頭頻額願顯風飛養館馬駐驅驚騰魚鮮鳥鳴麗麥黃齊齒龍龐稱穩競筆範簡糾絲",
        ),
        "万亿点两余达过数个项条号吨亩队户产产占较实现业总农经长涨减缩扩强间场员辆台种处单区县乡镇岁还从将约来"
        "对于为为与会国发开关机电学习动运输铁钢纱粮筑设备厂矿务贸财预决计划级类题标准变体积极壮转让组织联结构"
        "质线网络术语记录调办报广东卫医药护创举兴营认订制选择进连续远离陆职销货币债税费价购买卖银协议参应当历"
        "响热战斗争权属则刚剥无据担压废弃满灭泽测验确获奖励优势别异欢庆寿双欧亚纪红绿蓝维统继终给绝细纸纯缘编"
        "纵纤罗义圣声听脱脑临舰艰艺节苏兰补复视规觉训讨托许访证评词试话该详误说课谈请论诸诺谋谓识译读贡责账贺"
        "资赋赖赞赢赶赵迹践车军轨软载轻辉辈轮辑辖回违递适迟迁遗边邓郑邻释针钩铜铺钱锻键锁链镜钟门闪闭问阅阔阵"
        "阴陈阳阶际随险隐难虽灵静韩顶顺须领头频额愿显风飞养馆马驻驱惊腾鱼鲜鸟鸣丽麦黄齐齿龙庞称稳竞笔范简纠丝",
        strict=True,
    )
)
"""Maps traditional characters to simplified ones: those that occur in figures, units and the words around them."""

PLAIN = WIDE | TRADITIONAL
_ODD = re.compile("[" + "".join(map(re.escape, map(chr, PLAIN))) + "]")
"""Any character that `plain` replaces."""

NUMERALS = "零〇○一二三四五六七八九十百千万亿两"
DIGIT_OF = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
POWER_OF = {"十": 10, "百": 100, "千": 1000}

# a number in digits: 2091.5, 1,363.9, or with spaces from a scan: 7 4 7 7 2, 8 .8
_DIGITS = r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d(?:[ \u3000]?\d)*(?:[ \u3000]?\.[ \u3000]?\d(?:[ \u3000]?\d)*)?"
_SPELLED = rf"[{NUMERALS}]+(?:点[零〇○一二三四五六七八九]+)?"

# a number in digits, a range of two, a ratio to 1, or a fraction: 2091.5, 5%—5.5%, 3至5, 2.27:1, 1/3
NUMBER = re.compile(
    rf"""(?P<value>
          (?P<low>{_DIGITS})
          (?: (?P<mark>[ ]?%)? [ ]?(?:——?|–|-|~|至|到)[ ]? (?P<high>{_DIGITS}) (?![\d年月日]) )?
          (?P<ratio>[ ]?[:：][ ]?1(?!\d) | /\d+)?
        )""",
    re.VERBOSE,
)
# a number in Chinese numerals, a range, a percentage or a fraction: 二百八十万到三百万, 百分之三十六点九, 三分之一
SPELLED = re.compile(
    rf"(?P<percent>百分之|千分之)?(?P<value>(?P<low>{_SPELLED})(?:分之(?P<over>[{NUMERALS}]+)|(?:到|至)(?P<high>{_SPELLED}))?)"
)

_PLAIN = re.compile(r"[ \u3000,]")
_LARGE = ("万亿", "亿", "万", "千", "百")
_LESSER = ("千瓦", "千米", "千克", "千卡", "千伏", "千赫", "百分", "百帕", "千帕", "千字")
_MORE = ("多", "余", "来", "几")


def plain(text: str) -> str:
    """The text with full-width and traditional characters replaced by plain ones; its length does not change.

    >>> plain("达到３３．５万亿元，增长８．７％")
    '达到33.5万亿元，增长8.7%'
    """
    return text.translate(PLAIN) if _ODD.search(text) else text


def numeral(text: str) -> Decimal | None:
    """The value of a number in digits or Chinese numerals; None if the text is no number. Spaces and commas are ignored.

    >>> numeral("2 091.5"), numeral("三十六点九"), numeral("两千零五十亿"), numeral("千")
    (Decimal('2091.5'), Decimal('36.9'), Decimal('205000000000'), Decimal('1000'))
    """
    bare = _PLAIN.sub("", text)
    if bare[:1].isascii() and bare[:1].isdigit():
        try:
            return Decimal(bare)
        except ArithmeticError:
            return None
    whole, point, part = bare.partition("点")
    value = _whole_number(whole)
    if value is None or (point and not part) or any(c not in DIGIT_OF for c in part):
        return None
    return Decimal(f"{value}" + ("." + "".join(str(DIGIT_OF[c]) for c in part) if part else ""))


def _whole_number(text: str) -> int | None:
    """The value of a whole number, written digit by digit (二〇二三) or with 十, 百, 千, 万, 亿; None if the text is none."""
    if not text:
        return None
    if len(text) > 1 and all(c in DIGIT_OF for c in text):
        return int("".join(str(DIGIT_OF[c]) for c in text))
    total = section = digit = 0
    for c in text:
        if c in POWER_OF:
            section, digit = section + (digit or 1) * POWER_OF[c], 0
        elif c == "万":
            total, section, digit = total + (section + digit or 1) * 10**4, 0, 0
        elif c == "亿":
            total, section, digit = (total + section + digit or 1) * 10**8, 0, 0
        elif c in DIGIT_OF:
            digit = DIGIT_OF[c]
        else:
            return None
    return total + section + digit


_PER_UNIT = re.compile(r"/(?:年|日|天|月|小时|秒|人|户|吨|公里|亩|平方米|立方米)")
_OTHER_UNIT = re.compile(r"[（(]([^（()）\d]{1,3})[)）]")
"""An alternative unit in brackets: 套（间）, 条（个）."""


def _compound(text: str, at: int, units: Mapping[UnitName, str]) -> str:
    """What extends the unit that ends at `at`: （间） in 套（间）, /年 in 吨/年; "" if nothing does."""
    if text.startswith(("（", "("), at) and (other := _OTHER_UNIT.match(text, at)) and other[1] in units:
        return other[0]
    per = _PER_UNIT.match(text, at) if text.startswith("/", at) else None
    return per[0] if per else ""


def unit_at(text: str, at: int, units: Mapping[UnitName, str], longest: int = 6) -> tuple[UnitName, str | None, int]:
    """The unit at a position, as (unit with its 万 or 亿, approximator inside it or None, end).

    Without any unit, 万 or approximator it is ("", None, `at`). `units` maps each unit to the characters before which it is
    no unit (人 before 口; for units of one character only). `longest` is the length of the longest unit in `units`.

    >>> unit_at("16万余名志愿者", 2, {"名": "校"})
    ('万名', '余', 5)
    >>> unit_at("14亿多人口", 2, {"人": "口"})
    ('亿', '多', 4)
    """
    approx = None
    end = at
    if text.startswith(" ", end):
        end += 1
    if text.startswith(_MORE, end):
        approx, end = text[end], end + 1
    large = ""
    if not text.startswith(_LESSER, end):
        for word in _LARGE:
            if text.startswith(word, end):
                large, end = word, end + len(word)
                break
    if large and text.startswith(_MORE, end):
        approx, end = text[end], end + 1
    if text.startswith(" ", end) and text[end + 1 : end + 2] in units:
        end += 1
    for length in range(longest, 0, -1):
        word = UnitName(text[end : end + length])
        if (
            len(word) == length
            and word in units
            and (length > 1 or text[end + 1 : end + 2] not in units[word] or end + 1 == len(text))
        ):
            more = _compound(text, end + length, units)
            return UnitName(large + word + more), approx, end + length + len(more)
    if not large and approx is None:
        return UnitName(""), None, at
    return UnitName(large), approx, end


def read(text: str, at: int, units: Mapping[UnitName, str], longest: int = 6) -> Quantity | None:
    """The quantity whose digits start at a position of the text, which must be plain (see `plain`); None without digits.

    `units` and `longest` are as in `unit_at`. 万 and 亿 are part of the unit, and `number` does not include them.

    >>> q = read("实现就业3.2万人以上", 4, {"人": "口"})
    >>> q.value, q.unit, q.approx, q.number
    ('3.2', '万人', '以上', Decimal('3.2'))
    """
    match = NUMBER.match(text, at)
    if match is None:
        return None
    end = match.end()
    ratio = match["ratio"]
    low = numeral(match["low"])
    high = numeral(match["high"]) if match["high"] else None
    value = text[at:end]
    if ratio and not ratio.startswith("/"):
        return Quantity(text[at : match.start("ratio")], low, high, UnitName(":1"), None, at, end)
    if ratio and low is not None and match["high"] is None:
        below = Decimal(ratio[1:])
        low = low / below if below else None
    unit, approx, end = unit_at(text, end, units, longest)
    if match["mark"]:  # 5%—5.5%: the value is both ends without the unit
        value = value.replace("%", "", 1)
    for word in APPROXIMATION_AFTER:
        if text.startswith(word, end):
            approx, end = word, end + len(word)
            break
    return Quantity(value, low, high, unit, approx, at, end)


def _large_end(value: str) -> int:
    """How many characters at the end of Chinese numerals belong to the unit: 三百亿 → 1, 三百万亿 → 2, 万亿 → 1.

    0 if the numerals do not end with 万 or 亿, or have another one before (六百五十亿二千万).
    """
    if len(value) < 2 or value[-1] not in "万亿":
        return 0
    size = 2 if value.endswith("万亿") and len(value) > 2 else 1
    return size if not any(c in "万亿" for c in value[:-size]) or len(value) == 2 else 0


def read_spelled(text: str, at: int, units: Mapping[UnitName, str], longest: int = 6) -> Quantity | None:
    """The quantity whose Chinese numerals (or 百分之) start at a position; None if there are none.

    `units` and `longest` are as in `unit_at`. A fraction (三分之一) has the unit "".

    >>> q = read_spelled("百分之三十六点九左右", 0, {})
    >>> q.value, q.unit, q.number, q.approx
    ('三十六点九', '%', Decimal('36.9'), '左右')
    """
    match = SPELLED.match(text, at)
    if match is None:
        return None
    value, end, approx = match["value"], match.end(), None
    if match["over"]:
        low, over = numeral(match["low"]), numeral(match["over"])
        number = over / low if low and over is not None else None
        return Quantity(value, number, None, UnitName(""), None, at, end)
    low, high = numeral(match["low"]), numeral(match["high"]) if match["high"] else None
    if match["percent"]:
        unit = UnitName("%" if match["percent"] == "百分之" else "‰")
    else:
        # 六百五十亿二千万元 is one number with the unit 元; 千亿元 is 千 with the unit 亿元
        large = 0 if match["high"] else _large_end(value)
        unit, approx, end = unit_at(text, match.end() - large, units, longest)
        end = max(end, match.end())
        if large:
            value = value[: len(value) - large]
            low = numeral(value)
    for word in APPROXIMATION_AFTER:
        if text.startswith(word, end):
            approx, end = word, end + len(word)
            break
    return Quantity(value, low, high, unit, approx, at, end)
