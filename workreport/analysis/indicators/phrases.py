"""Knows the patterns around a figure that belong to the grammar and not to the vocabulary.

Leaves the meaning of a match to the modules that use them. In an example, [ ] encloses the figure. Every pattern is applied
to a text of limited length (see `windows`).
"""

from __future__ import annotations

import re

from workreport.model import IndicatorKind, UnitName

PUNCTUATION = "，。；：、！？ \n"
_MARKS = "，。；：！？\n"
CLAUSE = re.compile("|".join([*(f"{mark}[{_MARKS}]*" for mark in _MARKS), r",(?!\d)", ";", r":(?=[\u4e00-\u9fff])"]))
"""Separates clauses; 、 separates items inside a clause. A pattern for each first character is searched faster than a set."""

# a word before a figure that makes it approximate: 超[300万名]; not the ends of other words: 签约, 最近, 到达, 打破
APPROXIMATOR = re.compile(
    r"""(?: 不低于|不少于|不高于|不超过|不多于|低于|小于|超过|突破|达到|约为|大约|将近|至少|首破
          | (?<![签节集公预条契])约 | (?<![最附就靠临亲])近 | (?<!反)超 | 逾 | (?<![到发])达 | (?<![打爆])破
          | (?<![超通经度])过 )$""",
    re.VERBOSE,
)
_APPROXIMATES = frozenset("于过破到为约近少超逾达")
"""The last characters of approximators."""
COMPARED = re.compile(r"(?:较(?![快大好高多为])|(?<![同可占对环])比(?!重|例|率|值|价|增|口))(?:[^，。；、较]{1,24}?)$")
"""What a change is compared with, at the end of a text: 较2019年同期, 比上年."""
COMPARED_WITH = re.compile(r"(?:较|比(?!重|例|率|值))(?P<base>[^，。；、]{2,22}的)$")
"""Text before a figure that is only the base of a comparison: 比一九五七年的[一千二百四十一亿元]增长…."""
COMPARED_ALL = re.compile(
    r"(?<![同环可对占])比(?!重|例|率|值|价)(?P<base>[^，。；、较]{1,10}(?:、[^，。；、较]{1,10})+)$"
)
"""Several things that a change is compared with, at the end of a text: 比全国、全省."""
CHANGE = re.compile(r"[迈跨登站增提升降减缩压扩拓调下上改加延跃变攀回涨整精收转]")
"""A character of a verb of change: 增加, 缩小."""
FROM = re.compile(r"(?:从|由)(?:[^，。；、]{0,14}?)的?$")
"""Text before a figure from which a change starts: 从[2.50:1], 由1997年的[7.4万亿元]."""
TO = re.compile(
    r"""(?: (?:到|至|[跃迈跨登站升]上) (?:了)? [^，。；、\d]{0,12}? | (?:为|成|达到?)(?:了)? (?:每[^，。；、\d]{1,4}|[^，。；、]{0,10}年(?:底|末)?的?|目前的?|现在的?|平均)?
          | (?:到|至)(?:了)? [^，。；、]{0,12}(?:年|期|五”)(?:底|末|初)?的? ) $""",
    re.VERBOSE,
)
"""Text before a figure that a change reaches: 缩小至[2.27:1], 增加到2002年的[10.2万亿元], 缩短为[25分钟]."""
TURNED = re.compile(r"(?:转|变|调整|扭转|逆转|回升|反弹|收窄|扩大|回落|放缓|加快|[到至为成])$")
"""Text between the ends of a change, before the verb of its end: 由-3.2%[转为]增长5.1%."""
NARROWED = ("收窄", "缩小", "扩大", "缩窄", "减缓", "放缓")
"""Starts of the text between the ends of a fall that keep it a fall: 由下降3.2%[收窄]至1.1%."""
TIME_END = re.compile(r"(?<=.{3})(?:前三季度|[一二三四]季度|[上下]半年|全年|当年)$")
"""A time at the end of a name, before its change: 规上工业增加值[前三季度]增长7.1%."""
FROM_NOTHING = re.compile(
    r"(?<=.{2})(?:从[无零](?:到有?|起步)?|[从由](?:不到|不足|近|约|超过?|过)?(?:一半|半数)(?:左右|以上|多)?)$"
)
"""The end of a name whose thing was new, or began with no figure: 高速公路[从无到有]达到86公里, 覆盖率[由一半左右]提高到95%."""
STARTED = re.compile(r"(?<=.{2})(?:从|由)(?:零|无|[^，。；]{0,8}第)[^，。；]{0,16}$")
"""Where a thing started, at the end of a clause that only names it: 装机容量[从零起步]，达到125万千瓦."""
STEPPED = re.compile(
    r"""(?:成功|实现|历史性)*(?:从|由)“[^”]{1,8}”[^，。；“”]{0,8}“[^”]{1,8}”[^，。；“”]{0,4}$
        |(?<=.{2})(?:连续|一举|接连|先后|再|[一两三四五]年)*(?:连[上跨登跃]|[迈跨登跃站]上)[^，。；、]{0,10}(?:台阶|关口|大关)$
        |(?<=.{2})一年[上跨登迈]?一个(?:大|新)?台阶$""",
    re.VERBOSE,
)
"""What a thing has left and entered, or what steps it took, at the end of a clause: 从“6字头”迈入“7字头”, 连上两个台阶."""
GROWING = re.compile(
    r"(?:出现|实现|呈现?|保持|恢复|继续|连续){0,2}(?:(?:[负正]|恢复性|两位数|较快|快速|平稳|稳定|持续|大幅度?|稳步|逆势|高速|强劲|显著|明显)增长|(?:较快|快速|持续|大幅|稳步|逆势|明显)(?:增加|攀升|上扬|走高|减少|下滑)|增长(?:较快|很快|迅速|明显|平稳|强劲))$|由[正负升降]转[正负升降]$"
    r"|(?:[一二三四]季度以来|下半年以来)?(?:[降增跌涨]幅|增速)(?:逐[月季年步]|持续|不断|进一步|明显|大幅|有所)*(?:收窄|回落|扩大|加快|放缓|回升)$"
    r"|(?:进一步|不断|持续|稳步|明显|大幅|逐步)+(?:提高|提升|增强|改善|扩大|优化|上升|下降|降低)$|(?:的)?增[速幅][^，。；、]{0,8}(?:快于|高于|领先于?|跑赢)[^，。；、]{1,12}$|(?:实现|喜获)?了?“?(?:[一二两三四五六七八九十]{1,3}|\d{1,2})连[丰增升涨]”?$"
    r"|(?<=..)(?:(?:均|再次?|又|双双|首次|也)*(?:创|刷新)(?:下|出|了)?(?:历史|同期)?(?:新高|新纪录|纪录|最高|最好水平)|(?:表现|势头|态势)(?:亮眼|抢眼|突出|强劲|良好))$"
)
"""A way of growing at the end of a clause, whose figure follows: 外贸出口[出现负增长]，下降6.3%."""
BELOW = re.compile(r"(?:低于|慢于|落后于|少于)[^，。；、]{1,16}$")
"""What a figure is below, at the end of its name: 低于省控指标[2.48个百分点]."""
REACHES = re.compile(
    r"(?:(?:[去今]?年|年)?[末底]|目前|现在|[去今]年|(?:19|20)\d\d年[末底]?)?(?:再)?[增提升降减缩压扩发跃上下][^，。；、\d]{0,3}[到至为]"
)
"""The start of a clause that goes on with the end of a change: 增加到."""
TO_NOTHING = re.compile(
    r"[^，。；、\d]{0,6}[增提升降减缩压扩调变转归][^，。；、\d]{0,3}[到至为成]?(?:零|无|正|负|全|基本|“?零”?)"
)
"""Text after a figure that a change starts from, with no figure at its end: 降到零, 转正."""
REPLACED = re.compile(
    r"[到至]|[^，。；、\d]{0,8}[并组合撤转发拓延整改修变更][^，。；、\d]{0,4}(?:到|至|为|成)[^，。；、\d]{0,8}"
)
"""Text between two figures that a change joins with no verb of size: 由18个撤并为12个, 由3家发展到26家, 由1万亿元到2万亿元."""
LED_TO = re.compile(
    r"，?(?:总量|总额|总数|规模)?(?:已|将|预计)?(?:达到?|为|实现|完成)(?:了)?(?:约)?(?:每[人户亩年月生]|人均){0,2}"
)
"""Text before the level that a change led to: 增长9.5%，[达到]835.5亿元."""
REGROUPED = re.compile(
    r"""(?P<name>[^，。；、：\d的]{1,14}?)(?:战略性|专业化|优化)?
        (?:重组|整合|撤并|合并|归并|压减|精简|调整|兼并){1,2}(?:组建|改革)?(?:为|成|到|至)""",
    re.VERBOSE,
)
"""Text between the numbers of things before and after they were joined: 20家[国有企业重组为]15家."""
OF_PLAN = re.compile(r"(?:为|完成|占|相当于)[^，。；、\d]{0,4}(?:预算|计划|目标|任务|预期)(?:比重)?$")
"""The end of the name of a share of a plan, which is not what a change after it is about: [完成预算]的98.2%."""
PACE = re.compile(
    r"""的? (?: (?:速度|速率|幅度)(?:逐年)?(?P<verb>[^，。；、\d]{0,4})
          | (?:高速|快速|较快|平稳|稳定|持续|年均|中高速)*(?:的)?(?:增长|增速|增幅|递增|(?P<falls>下降|降幅))(?:速度|率|幅度|势头|水平|速率)? ) (?=[，。；、！]|$)""",
    re.VERBOSE,
)
"""Text after a rate of growth: 的速度递增, 以上的高速增长."""
PACE_LEAD = re.compile(
    r"""(?P<base>年均|平均每年|每年|同比)? (?:[以按]|(?:继续)?保持(?:在|了)?|实现了?|达到|维持(?:在)?)
        (?P<later>年均|平均每年|每年)? (?:超过|高于|不低于|近|约)? $""",
    re.VERBOSE,
)
"""Text before a rate of growth: 年均以, 以每年, 保持."""
RATE_NAME = re.compile(r"(?:率|比重|占比|比例|覆盖面|水平)(?:到|至|达|为)?$")
"""The end of a name that a percentage measures itself, so that 提高普及率95% states a level."""
AND = re.compile(r"(?<![共总])(?:以及|[和与及])$")
"""和, 与, 及 or 以及 at the end of a text; not in 共和 or 总和."""
SHARE_OF = re.compile(r"占(?!比|地(?!区|方)|用|领)(?P<whole>[^，。；、]{1,24}?)(?:的)?(?P<measure>比重|比例|比)?$")
"""The whole of a share, at the end of a text: 占规上工业增加值比重, 占全国."""
PART_OF_WHOLE = re.compile(r"(?<=.{2})占(?!比|地(?!区|方)|用|领)[^，。；、]{2,}$")
"""The whole of a share, at the end of a name: 占规模以上工业增加值比重. It holds for every part of a list before it."""
TOTAL = re.compile(r"累计|总计|合计|总共|共(?:有|计|达)?")
"""A word for a total."""
SPEED = re.compile(r"(?P<base>年均|平均|同比)?(?P<noun>增速|增幅|涨幅|降幅|跌幅|减幅|增长率)(?:达到?|为)?")
"""A noun that makes its figure the change of the figure before: 年均增速[5.7%]."""
EACH = re.compile(
    r"""(?: (?<![平年人户月日])[均都] | 双双 | 各 ) (?:已)?
        (?: 达到?|超过?|为|突破|增至|增加到|提高到|提升到|稳定在|保持在|在 )? (?:超过?|近)? $""",
    re.VERBOSE,
)
"""Text before a figure that holds for each of several names: 草原综合植被盖度和湿地保护率均达[50%]."""
SHARED_OUT = re.compile(r"各(?P<verb>[^，。；、\d各]{2,4})?(?:达到?|有)?$")
"""各 before a figure that holds for each of several names, with a verb between: 南区、北区体育公园[各建成]1处."""
EACH_CHANGED = re.compile(
    r"(?:(?<![平年人户月日])[均都]|各)(?:分别|实现|已|同比|年均|比上年)*[^，。；、\d平]{1,4}$"
    r"|增长[均都](?:保持|稳定|维持)?在$"
)
"""Text before a change that holds for each of several names: 出口、投资均增长[5%]."""
PER = re.compile(r"(?:每(?:[人户亩年月日生]|平方米|公里)){1,3}")
"""What a standard counts for, directly before its figure: 每人每月[760元]."""
SUMMED_UP = re.compile(r"等?[两二三四五六七八九十]项?(?:主要|核心|重要|经济)?(?:指标|者|类)?$")
"""The end of a list of names that counts them: 三项指标 in 生产总值、财政收入、人均收入三项指标."""
BOTH = re.compile(
    r"实现|双双|双[下提增]|[“‘]双|分别|(?<![人户亩平])均|持续|继续|同比|比上年|较上年|大幅|明显|保持|从无到有|在20\d\d年|[较比]20"
)
"""What follows the names in a clause whose figures come later: …起数、死亡人数实现“双下降”."""
AIMED = re.compile(r"(?<=.{2})(?:预期目标|目标|预期|幅度)(?:为|是|达到?|控制在|超过?)?$")
"""Words between a verb of change and its figure, which do not belong to either: 目标为 in 广义货币M2增长目标为[17%]."""
OVER_YEARS = re.compile(r"[12]\d{3}年|五”|年均|平均|[一二两三四五六七八九十]年(?!末)")
"""A base that is not the year before: 2002年, 年均, “十五”末."""
KEPT = re.compile(r"(?<=增长|上涨|下降|回落|降低|提高|递增)(?<!自然增长)(?:控制|保持|稳定|维持)在$")
"""A verb between a verb of change and its figure: 价格总水平上涨[控制在]4%以内."""
PRICE_INDEX = re.compile(r"价格(?:总水平|水平|总指数|指数)$|^CPI$")
"""The end of the name of a price index, of which a small percentage is the change: 居民消费价格指数控制在3%以内."""
HELD = re.compile(r"(?<=[增]长)(?:均|都)?(?:保持|稳定|维持)?在$")
"""Words between a verb of change and its figure that say where it stays: 增长[均在]7%以上."""
FIRST_TIME = re.compile(r"首破|首次突破|首超|首次超过|首次达到")
"""Words that make a figure a milestone: 首破[千亿元]."""
RATE_END = re.compile(
    r"""(?: 率|占比|比重|比例|强度|水平|增速|增幅|涨幅|降幅 ) (?:分别|均|都)?
        (?: 达到?|为|超过?|约|近|突破 )? $""",
    re.VERBOSE,
)
"""Text before a share that ends with the name of a rate: 失业率[5.2%], 占比达[94%]."""
AGAINST = re.compile(r"(?:高于|低于|高出|快于|超)[^，。；、\d]{0,12}$")
"""Text before a difference from another value: 高于全国[8.5个百分点]."""
RATE_NOUN = re.compile(r"[^，。；]{2}率(?:均|都|分别)?(?:达到?|为)?$")
"""The name of a rate at the end of a text, which belongs to the next figure: 办结率达[94%]."""
LARGE = "百千万亿"
"""The characters for powers of ten before a unit."""
SPELLED_SMALL = frozenset("两三四五六七八九十")
SHARES = ("%", "‰", "成")
FALL_NOUNS = ("降幅", "跌幅", "减幅", "下降率")
"""Nouns at the end of a name that make its change a fall."""
OF_ALL = re.compile(r"人均|居民|农民|生产总值|财政|GDP")
"""A word of measures of all people or of the whole place, which earn no profit."""
INCREASES = ("净增额", "净增", "增量", "新增额", "增加额", "新增")
"""Ends of names that measure an increase, so that a later 净增112.8亿元 is their level."""
GROWTH_NOUNS = ("涨幅", "增幅", "增速", "增长率", "增长速度", *FALL_NOUNS)
"""Nouns at the end of a name that make a figure in % a change."""
PASSED = ("突破", "超", "超过", "过", "破", "跨过")
"""Approximators before a threshold that was passed, which is a milestone only: 突破2万亿元大关、达到20059亿元."""
AHEAD = re.compile(r"今年|明年|年内")
"""Words before a change that is not that of the figure before, but a goal of its own: 去年28亿元，今年力争增长[10%]."""
EARNED = (
    "利润", "利税", "产值", "营业收入", "销售收入", "营收", "利润总额", "净利润", "利税总额", "主营业务收入", "税收", "上缴税金",
)  # fmt: skip
"""Measures whose growth may belong to the subject of the growth before: 工业增加值增长12%，利税增长[9%]."""
SPLIT_UP = ("营业收入", "支出", "投资", "贷款", "税收", "用电量", "出口", "进口")
"""Amounts whose parts are told by what they are for: 民生支出增长12%，其中教育、医疗分别增长8%、9%."""
TOTALS = ("总数", "总量", "总户数", "总人数")
"""Measures that are completed by the clause before: 企业净增11家，总数比上年末增加[11家]."""
FINISHED = re.compile(r"(?<=..)(?:已|现已|累计)*完成$")
"""What stands before a measure that was reached and is none of a further one: 项目[已完成]投资31亿元，再投资15亿元."""
CAPACITY = re.compile(r"(?<!综合)(?:能力|装机|装机容量|有效灌溉面积|泊位|库容|床位|通车里程)$")
"""What is built bit by bit, so that after a built road it is new, too: 新增公路187公里，发电[装机]173万千瓦."""
SAVED = re.compile(
    r"(?P<whose>[^，。；、]{0,8}?)(?:共|累计|已)*(?:减少|压缩|压减|削减|精简|核减|撤销|撤并|关闭|关停|取消)(?:了)?(?P<thing>[^，。；、]{2,})"
)
"""The name of what was cut or closed, with whose it was: 市级财政减少公务支出."""
ALONE = ("出口", "进口", "销量", "销售额", "出口额", "资产总额", "总资产")
"""Names of changes that are completed by the name before them in the clause: 某产业综合产值增长8.5%、出口增长53.6%."""
MEASURES = (
    "利润总额",
    "主营业务收入",
    "销售收入",
    "营业收入",
    "营收",
    "综合产值",
    "总产量",
    "总面积",
    "总产值",
    "增加值",
    "产量",
    "产值",
    "总额",
    "总量",
    "规模",
    "面积",
    "数量",
)
"""Measures at the end of a name that are replaced by the measure of the next figure: …总产量增长19%、产值增长18%."""
SIZE = re.compile(
    r"(?:(?:超|过)\d[\d.]*[百千万亿]*(?:美?元|亩|人)|(?:\d[\d.]*|(?=[百千]))[百千万亿]*(?:美?元|亩|人)(?:及?以上|以下))"
)
"""A size that selects things: 10亿元以上, 过20亿元."""
LEVEL = re.compile(r"(?:国家)?[1-5]?A级|国家级?|国际级|世界级|[省市县区州]级|[一二三四五]星级")
"""A level that selects things: 省级."""
BIG = re.compile(r"超过?[\d百千万亿]")
"""The start of a name with a size: 超亿元项目."""
TOTALLED = re.compile(r"总(?:金额|投资|资产|产值|规模|面积|里程|人数|额|长)")
"""A total that belongs to what the clause before acts on, if no figure does."""
SOWN = ("播种", "种植", "建筑", "占地", "养殖", "栽培", "造林")
"""What is left of 播种面积 without its measure, which is no thing that has another measure."""
YIELDS = ("总产", "总产量", "产量", "单产", "亩产")
"""What a sown area yields, whose measure follows that of the area: 粮食播种面积90万亩，总产8亿斤."""
EXCEEDS = re.compile(r"(?<=..)(?:高于|快于|优于|好于|低于|慢于)[^，。；、]{2,14}$")
"""What a subject exceeds, at the end of its clause: 出口创汇[高于经济增长速度]，增长16%."""
AIMS = re.compile(r"，?(?:并)?(?:力争|争取|努力|力求)(?:达到?|突破|超过|实现)?")
"""Text before a goal set higher than the one before: 增长16%，[力争达到]20%."""
CAUSES = re.compile(r"^(?:稳定|推动|促使|力促|使|让|保持|确保)(?=..)")
"""A verb before the name of a rate or an amount, which is no part of it: [推动]农村污水处理率达到90%."""
ASIDE = re.compile(r"（[^（）]*）$")
"""A remark at the end of a name: 存款余额（不含外资银行）."""
HALF_STARTS = ("各项", "年末", "总", "本外币", "人民币")
HALF = re.compile(f"^(?:{'|'.join(HALF_STARTS)})+")
"""What may stand before one of the HALVES that takes the head of the other: 各项贷款余额."""
AS_LONG_AS = re.compile(r"(?<!增)[长高多重大]达$")
"""Words before a size: 长达[3500公里]的江堤."""
SIZE_OF = re.compile(
    r"(?:计划|预计)?(?:投资|总投资额?)|总(?:规模|面积|里程|长度?|金额|装机)|全长|占地(?:面积)?|(?:总)?建筑面积|年产值"
)
"""Measures that say how large the thing after a figure is: 总投资[12亿元]的风电项目."""
GAINS = re.compile(r"[增减][收产]$")
"""A verb of change that says what has changed: 农民[增收]."""
COMPARING = re.compile(r"(?<=.{2})(?:与|同|和)[^，。；、]{2,12}相比$")
"""What a clause compares its subject with, at its end: 财政收入[与“十五”期末相比]."""
BARE_AMOUNTS = ("金额", "资金", "总金额", "投资")
"""Names of amounts that are left without their verb, and say nothing of whose they are."""
OWN_DEEDS = ("发展", "推广", "扶持", "压减", "示范", "带动")
"""Verbs at the start of a name that take no 新增 of the clause before: 新增灌溉面积30万亩，[发展]节水灌溉50万亩."""
TOTAL_REACHED = (
    "达到",
    "达",
    "达到了",
    "增至",
    "增加到",
    "增加至",
    "发展到",
    "发展至",
    "扩大到",
    "扩大至",
    "突破",
    "为",
)
"""Verbs before a number of all things, also those that were there before: 企业[达到]800家."""
HALVES = (
    ("存款", "贷款"), ("进出口", "出口"), ("进出口", "进口"), ("出口", "进口"), ("收入", "支出"), ("合同", "实际"),
    ("存栏", "出栏"), ("城镇", "农村"), ("起数", "死亡人数"), ("件数", "死亡人数"), ("起数", "亡人数"), ("件数", "亡人数"),
    ("申请量", "授权量"), ("议案", "建议"),
    ("案件受理数", "案损额"), ("案件发案数", "案损额"), ("案件立案数", "案损额"), ("发案数", "案损额"), ("立案数", "案损额"),
    ("案件数", "案损额"), ("起数", "财产损失"), ("起数", "经济损失"), ("起数", "受伤人数"), ("起数", "伤亡人数"),
    ("利润总额", "资产总额"), ("资产总额", "利润总额"), ("资产总额", "净资产"),
    ("网办率", "掌办率"), ("办结率", "满意率"), ("办复率", "满意率"),
)  # fmt: skip
"""Words in names of figures that are stated side by side: 存款余额340亿元，贷款余额300亿元."""
SECOND_HALVES = tuple({other for _, other in HALVES})
SECOND_FIRSTS = frozenset(word[0] for word in SECOND_HALVES)
"""The first characters of these, which are looked at first."""
LEANING = re.compile(
    r"""^(?: 首期|一期|二期|覆盖 ) | ^(?:年度)?计划(?:总)?投资$ | ^年度投资$ | ^(?:带动|拉动|撬动).{1,3}$
        | ^(?:乡镇|行政村|建制村|自然村|社区|城区|县城|街道|全域|城乡|农村|村庄?)(?:覆盖|普及|通达|通车|到达|受益)率$ | ^(?:当年|当期|当月|全年完成).{1,6}$
        | ^总(?:金额|投资|资产|产值|规模|面积|里程|人数|额|量|数|长|投入|营收|成本).{0,2}$ | ^(?:支出|执行|(?:资产)?负债|到位|履约|开工|竣工|投产|完成|办结|达标|合格|签约|落地|入住|入驻|投用|达产|出租|使用|解决|整改|交付)率$ | ^税收?占比$""",
    re.VERBOSE,
)
"""Names that depend on the text before: 首期合作范围, 拉动销售额, 当年税收, 总投资额, 支出率."""
MEASURE_OF = re.compile(
    r"^(?:当年|年度|累计|发行|新增|交易|完成)*(?:增?量|额度?|数量?|规模|产值|占比|份额|排名|增[速幅]|涨幅|降幅|(?:提升|增长)?幅度|总[量数额值]|总?规模|总?产值)$"
)
"""Subjects of a rank that only name a measure of the figure before: 增幅, 发行额度, 当年新增量."""
PHASES = ("首期", "一期", "二期")
"""Starts of names that depend on a project named before."""
OWNED = re.compile(r"每[十百千万]+(?:(?:常住)?人口?(?:拥有)?|(?:个|名)?[^，。；、每]{1,8}?(?:拥有|有))")
"""The start of a name that says for whom things are counted: [每百户家庭拥有]彩电118台、汽车43辆."""
DRIVEN = ("带动", "拉动", "撬动")
"""Starts of names of what the thing before them has brought about, which take no verb of the list."""
ANYTHING = ("新增", "新建", "建成", "完成", "建设", "改造", "累计", "引进")
"""Verbs that things and amounts of money may share in a list: 完成投资[3亿元]、项目[5个]."""
BEFORE_NOUN = (
    "有", "共有", "仍有", "还有", "尚有", "超", "近", "约", "超过", "已有", "逾", "共", "过", "在", "由", "了", "完成", "实现", "安排", "投入", "均", "将", "以",
)  # fmt: skip
"""Words before a figure whose noun may still follow, although a name stands before them: 全区共有[28家]企业."""
DIMENSION = {
    unit: word
    for word, group in {
        "面积": "平方米 平方公里 亩 公顷",
        "长度": "米 公里 千米",
        "金额": "元 美元",
        "人数": "人 名",
        "户数": "户",
        "容量": "千瓦 立方米",
    }.items()
    for unit in group.split()
}
"""What a further figure of the same thing measures, by its unit: 保障房5900套、14万平方米 gives 保障房（面积）."""


def approximator(text: str) -> re.Match[str] | None:
    """The approximator that a text ends with; None if there is none."""
    return APPROXIMATOR.search(text) if text[-1:] in _APPROXIMATES else None


def without_approximator(text: str) -> str:
    """A text without the approximator that it ends with.

    >>> without_approximator("总数超过"), without_approximator("总数")
    ('总数', '总数')
    """
    match = approximator(text)
    return text[: match.start()] if match else text


def is_share(value: str, unit: UnitName) -> bool:
    """Whether a figure is written as a part of a whole: 65%, 四成, 1/4, 三分之一."""
    return unit in SHARES or "/" in value or "分之" in value


def side(text: str) -> int:
    """The sign that the last word of a text gives to the amount behind it: -1 for 亏损 or 逆差, 1 for 盈利; 0 without one."""
    return -1 if text.endswith(("亏损", "逆差")) else 1 if text.endswith(("盈利", "赢利", "顺差")) else 0


def without_start(name: str) -> str:
    """A name without the start of its thing that was none: 高速公路[从无到有], 覆盖率[由一半左右]."""
    return FROM_NOTHING.sub("", name) if "从" in name or "由" in name else name


def holds_for_each(left: str) -> bool:
    """Whether the figure behind a text holds for each of several names: …盖度和…率均达[50%]."""
    return ("均" in left or "都" in left or "双" in left or "各" in left) and EACH.search(left) is not None


def base_unit(unit: UnitName) -> UnitName:
    """The unit without 百, 千, 万 and 亿: 万亿元 → 元."""
    return UnitName(unit.lstrip(LARGE))


def says_fall(name: str, kind: IndicatorKind, unit: UnitName) -> bool:
    """Whether a name says that its figure is negative: a fall (民间投资降幅), or how far it lies below (低于全省平均).

    >>> says_fall("民间投资降幅", "growth", UnitName("%")), says_fall("失业率", "share", UnitName("%"))
    (True, False)
    """
    return (kind == "growth" and name.endswith(FALL_NOUNS)) or (
        unit in ("个百分点", "百分点") and BELOW.search(name) is not None
    )
