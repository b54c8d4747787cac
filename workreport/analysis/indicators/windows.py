"""Knows how many characters beside a figure each pattern is given: enough for its words, and few enough to stay fast.

Leaves the patterns to `phrases` and the modules that use them. In an example, [ ] encloses the text that is given.
"""

from __future__ import annotations

APPROXIMATOR = 4
"""Before a figure, for an approximator after a verb of change: 增长[不低于]5%."""
ABBREVIATION = 4
"""Before an amount of money, for its abbreviated name: [GDP]240亿元."""
DENIED = 12
"""Before a fraction, for what denies it: [不能简单以每年]五分之一来对待."""
LIMIT = 3
"""Before a threshold: [突破]5万亿元的."""
COUNT_BEFORE = 4
"""Before a size class, for its count: [7个]20万以上人口县."""
INSTITUTE = 8
"""Before a numbered institute: [航天科工二院]23所."""
MEASURED_TIME = 12
"""Before a length of time: 教育年限[提高到]14年."""
ORIGIN_OF_LIST = 12
"""Before a list of figures that changes start from: 分别[从]771家、481家增加到."""
LISTED_TIME = 36
"""Before a length of time, with the earlier ones of its list: [压减至70个、]100个工作日."""
NESTED = 8
"""Before a year with an apostrophe, for the opening mark of a nested quotation: [‘]98’."""
RESTATED = 8
"""Before a power of ten in brackets, for the number in words: [千万亿次（]1015次."""
GOAL = 6
"""Before a goal that a result is compared with: [接近]10%的预期目标."""
GOAL_SET = 36
"""Before a goal that someone has set: [达到“九五”计划提出的年均增长]11%左右的预期目标."""
ONE_OF = 8
"""Before the number of those among which one is: [被列为全国]50个重点城市之一."""
SIZES = 36
"""Before a size, for the sizes of a list: [投资上10亿、50亿、]100亿元的项目."""
SIZED = 20
"""Before a round amount: [3个县经济总量超]千亿元."""
STEP = 24
"""Before a threshold, for the verb of passing it and its adverbs: 地区生产总值[首次突破]1000亿元大关."""
ORIGIN = 24
"""Before a figure that a change starts from: [由1997年的]7.4万亿元增加到."""
SHARED_OUT = 24
"""Before a number of a list without its unit, for 分别: [分别提高]12、19个百分点."""
PACE = 12
"""Before a rate of growth: [年均以]10%的速度递增."""
STREAK = 24
"""Before the scope of a rank, for adverbs and time spans: [连续3年]居全省第一."""
SUPERLATIVE = 24
"""Before a threshold: [全国首个经济总量突破]5万亿元的."""
COMPARED = 28
"""Before a verb of change: [较2019年同期]增长."""
YEARS = 8
"""Before a verb of change, for the years that it took: [过去三年]增长."""
ADJUSTED = 28
"""Before a verb of change, for what the change is adjusted for: [扣除物价上涨因素]增长."""
COMPARED_WITH = 30
"""Before a figure that is only the base of a comparison: [比一九五七年的]一千二百四十一亿元增长."""
DESCRIBED = 12
"""After a word that states a result, up to a figure that it only describes: 对已[签约的]20个项目."""
SUBJECT_CLAUSE = 24
"""Before a clause without a subject, for the clause that gives it: [第三产业发展加快]，增加值197亿元."""
AFTER_NOUN = 40
"""After the second of two figures of one noun: 7轮2亿元[汽车消费补贴]."""
WHOLE = 48
"""Characters before a share that are searched for the whole: [占规上工业增加值比重]达87.1%."""
CLAUSE_BEFORE = 60
"""Before the number of a policy's articles, for the start of its clause."""
OPENING = 80
"""From the start of a sentence, for words that make what follows a plan."""
CLAUSE_AFTER = 120
"""After the number of a policy's articles, for the end of its clause."""
SUBJECT = 400
"""Before an indicator's words, for the part of the place or the span of years that it is about."""
