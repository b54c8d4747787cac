"""Knows which characters stand for the same plain one: full-width digits, minus signs, traditional characters.

Leaves characters that are left out of a text for reading (spaces, note marks) to `reading_copy`.
"""

from __future__ import annotations

import re

WIDE = {
    code: chr(code - 0xFEE0) for a, b in ((0xFF10, 0xFF1A), (0xFF21, 0xFF3B), (0xFF41, 0xFF5B)) for code in range(a, b)
} | {ord(wide): narrow for wide, narrow in zip("％．＋－／～﹪∶−﹣‐‑‒〜―", "%.+-/~%:-----~—", strict=True)}
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


def plain(text: str) -> str:
    """The text with full-width and traditional characters replaced by plain ones; its length does not change.

    >>> plain("达到３３．５万亿元，增长８．７％")
    '达到33.5万亿元，增长8.7%'
    """
    return text.translate(PLAIN) if _ODD.search(text) else text
