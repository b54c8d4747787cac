"""Knows how many characters beside a figure each pattern sees: enough for its words, and few enough to stay fast.

Leaves the patterns to `phrases` and the modules that use them.
"""

from __future__ import annotations

APPROXIMATOR = 4
"""Before a verb of change: 增长[不低于]."""
LIMIT = 3
"""Before a threshold: [突破]5万亿元的."""
MEASURED_TIME = 6
"""Before a length of time: 教育年限[提高到]14年."""
ORIGIN_OF_LIST = 12
"""Before a list of figures that a change starts from: 分别[从]771家、481家增加到."""
SIZED = 20
"""Before a round amount: 3个县经济总量[超]千亿元."""
ORIGIN = 24
"""Before a figure that a change starts from: [由1997年的]7.4万亿元增加到."""
STREAK = 24
"""Before a place in a field: [连续3年]居全省第一."""
SUPERLATIVE = 24
"""Before a threshold: [全国首个]经济总量突破5万亿元的."""
COMPARED = 28
"""Before a verb of change: [较2019年同期]增长."""
COMPARED_WITH = 30
"""Before a figure that is only a base: [比一九五七年的]一千二百四十一亿元增长."""
AFTER_NOUN = 40
"""Behind the second of two figures of one noun: 7轮2亿元[汽车消费补贴]."""
WHOLE = 48
"""Before a share: [占规上工业增加值比重]达87.1%."""
CLAUSE_BEFORE = 60
"""Before the number of a policy's articles: the start of its clause."""
OPENING = 80
"""From the start of a sentence: words that make a plan of it."""
CLAUSE_AFTER = 120
"""Behind the number of a policy's articles: the end of its clause."""
