"""A hundred ways in which a report without a fault numbers its sections and lists, in invented words."""

from __future__ import annotations

from collections.abc import Callable, Iterable

TOPICS = ("抓工业强产业", "抓农业保丰收", "抓改革增活力", "抓开放促发展", "抓民生惠百姓", "抓生态护山水")
VILLAGES = "桥庄湾岭坪塘湖冲店集滩洲寨屯沟"
TEXT = "全县各项工作取得新的成效，群众的获得感进一步增强，为今后的发展打下坚实基础。"
HAN = "一二三四五六七八九十"
MARKS: dict[str, Callable[[int], str]] = {
    "（一）": lambda n: f"（{HAN[n - 1]}）",
    "(一)": lambda n: f"({HAN[n - 1]})",
    "（ 一 ）": lambda n: f"（ {HAN[n - 1]} ）",
    "㈠": lambda n: chr(0x3220 + n - 1),
    "1.": lambda n: f"{n}.",
    "1、": lambda n: f"{n}、",
    "１．": lambda n: f"{chr(0xFF10 + n)}．",
    "1 ．": lambda n: f"{n} ．",
    "（1）": lambda n: f"（{n}）",
    "(1)": lambda n: f"({n})",
    "1）": lambda n: f"{n}）",
    "①": lambda n: chr(0x2460 + n - 1),
    "第一，": lambda n: f"第{HAN[n - 1]}，",
    "第一、": lambda n: f"第{HAN[n - 1]}、",
    "一是": lambda n: f"{HAN[n - 1]}是",
    "〔一〕": lambda n: f"〔{HAN[n - 1]}〕",
    "【一】": lambda n: f"【{HAN[n - 1]}】",
    "Ⅰ.": lambda n: f"{'ⅠⅡⅢⅣⅤⅥ'[n - 1]}.",
    "壹、": lambda n: f"{'壹贰叁肆伍陆'[n - 1]}、",
}
"""Ways to write a number below 一、, each as a function of the number."""
END = "\0"
"""Stands in a body between what comes before the closing words and what comes behind them."""
HEADINGS = ("（一）", "(一)", "（ 一 ）", "㈠", "1.", "1、", "１．", "（1）", "(1)", "第一，")
"""Those whose numbers are headings where text follows: a number that is missing there must be found."""


def text(n: int) -> str:
    """A paragraph that occurs once in a report."""
    return TEXT.replace("全县", f"青{VILLAGES[n % 15]}乡")


def run_in(mark: str, numbers: Iterable[int]) -> str:
    """Sections with title and text on one line."""
    return "".join(f"{MARKS[mark](n)}{TOPICS[(n - 1) % 6]}。{text(n)}\n" for n in numbers)


def alone(mark: str, numbers: Iterable[int]) -> str:
    """Sections with the title on a line of its own."""
    return "".join(f"{MARKS[mark](n)}{TOPICS[(n - 1) % 6]}\n{text(n)}\n" for n in numbers)


def items(mark: str, numbers: Iterable[int]) -> str:
    """Items of a list of tasks."""
    return "办好以下实事：\n" + "".join(f"{MARKS[mark](n)}新建学校{n}所，新增学位{n}00个；\n" for n in numbers)


def styles() -> dict[str, str]:
    """The body of a report in each style, by what is special in it; `report` adds head and end."""
    made: dict[str, str] = {}
    for mark in MARKS:
        made[f"{mark} run-in"] = run_in(mark, range(1, 7))
        made[f"{mark} alone"] = alone(mark, range(1, 6))
        made[f"{mark} items"] = items(mark, range(1, 7))
    for mark in ("（一）", "1.", "（1）", "第一，", "①"):
        made[f"{mark} goes on over parts"] = f"{run_in(mark, range(1, 4))}二、打算\n{run_in(mark, range(4, 7))}"
        made[f"{mark} begins anew in one part"] = (
            run_in(mark, range(1, 4)) + f"{TEXT}\n" + run_in(mark, range(1, 5)).replace("青", "白")
        )
        made[f"{mark} items inside （一）"] = "".join(
            f"（{HAN[k]}）{TOPICS[k]}\n{items(mark, range(1, 4 + k))}" for k in range(4)
        )
    tabbed = "".join(f"{n}\t学校\t{n}所\n" for n in (1, 2, 4, 7))
    piped = "| 序号 | 项目 |\n| --- | --- |\n" + "".join(f"| {n}. | 学校{n}所 |\n" for n in (1, 3, 4))
    notes = "".join(f"{n}.“双{n}”：减轻负担。\n" for n in (1, 2, 5, 9))
    made |= {
        "一个 1、 among 1.": run_in("1.", range(1, 7)).replace("3.", "3、", 1),
        "(三) among （一）": run_in("（一）", range(1, 7)).replace("（三）", "(三)", 1),
        "三、 among （一）": run_in("（一）", range(1, 7)).replace("（三）", "三、", 1),
        "第三， among 一是": run_in("一是", range(1, 7)).replace("三是", "第三，", 1),
        "（三） inside the paragraph of （二）": run_in("（一）", range(1, 7)).replace("\n（三）", "（三）", 1),
        "3. behind a gap": run_in("1.", range(1, 7)).replace("\n3.", "　　3.", 1),
        "③ for 3.": run_in("1.", range(1, 7)).replace("3.", "③", 1),
        "bold （三）": run_in("（一）", range(1, 7)).replace("（三）抓改革增活力。", "**（三）抓改革增活力。**", 1),
        "a number alone on its line": run_in("（一）", range(1, 7)).replace("（三）", "（三）\n", 1),
        "numbers of table rows with tabs": f"{run_in('（一）', range(1, 4))}{tabbed}",
        "numbers of table rows with pipes": f"{run_in('（一）', range(1, 4))}\n{piped}",
        "numbers of a glossary": f"{run_in('（一）', range(1, 4))}{END}名词解释\n{notes}",
        "numbers of an appendix": f"{run_in('（一）', range(1, 4))}{END}附件2\n重点项目\n{items('1.', range(1, 5))}",
        "notes in brackets": f"{run_in('（一）', range(1, 4))}［1］初步核算数。\n［3］预计数。\n",
        "numbers inside quotation marks": f"{run_in('（一）', range(1, 4))}坚持“一、三、五”工程，落实“（二）（四）”两条，兑现“1.3.5”承诺。\n",
        "articles of a law": f"{run_in('（一）', range(1, 4))}依照条例第（二）（五）项和第三、五条办理。\n",
        "五个一批": f"{run_in('（一）', range(1, 4))}推进“五个一批”，储备一批、开工一批、建成一批。\n",
        "三大攻坚战": f"{run_in('（一）', range(1, 4))}打好三大攻坚战，污染防治和脱贫攻坚成效明显。\n",
        "六稳": f"{run_in('（一）', range(1, 4))}做好“六稳”工作，稳就业、稳金融。\n",
        "announced and listed with 一是": f"主要做了四方面工作：\n{run_in('一是', range(1, 5))}",
        "announced and listed in one paragraph": f"主要做了三方面工作：一是{text(8)}二是{text(9)}三是{text(10)}\n{run_in('（一）', range(1, 6))}",
        "announced and listed without numbers": "主要做了三方面工作：\n"
        + "".join(f"{t}。{text(k)}\n" for k, t in enumerate(TOPICS[:3])),
        "announced sections and one more": f"主要做了五方面工作：\n{run_in('（一）', range(1, 6))}{text(8)}\n",
        "announced for next year": f"明年要做好八方面工作。\n{run_in('（一）', range(1, 5))}",
        "numbers beyond ten": "".join(
            f"（{w}）{TOPICS[k % 6]}。{text(k)}\n" for k, w in enumerate((*HAN, "十一", "十二"))
        ),
        "1. beyond nine": run_in("1.", range(1, 13)),
        "a decimal at the start of a line": f"{run_in('1.', range(1, 4))}4.5亿元投入民生。{text(8)}\n{run_in('1.', range(4, 6))}",
        "years at the start of lines": f"{run_in('（一）', range(1, 4))}2023年事成。{text(8)}\n2025年再办。{text(9)}\n",
        "第一产业 at the start of a line": f"{run_in('（一）', range(1, 4))}第一、三产业增长5%。{text(8)}\n",
        "二、三产业 at the start of a line": f"{run_in('（一）', range(1, 4))}二、三产业增长5%。{text(8)}\n",
        "chapters and articles": f"第一章 总则\n第一条 {text(1)}\n第二条 {text(2)}\n第二章 任务\n第三条 {text(3)}\n",
        "1.1 and 1.2": f"1.1 {TOPICS[0]}\n{text(1)}\n1.2 {TOPICS[1]}\n{text(2)}\n2.1 {TOPICS[2]}\n{text(3)}\n",
        "一、（一）1.（1） nested": f"（一）{TOPICS[0]}\n1.{TOPICS[1]}\n（1）{TOPICS[2]}。{text(1)}\n（2）{TOPICS[3]}。{text(2)}\n2.{TOPICS[4]}\n{text(3)}\n（二）{TOPICS[5]}\n{text(4)}\n",
    }
    return made


def report(body: str) -> str:
    """A whole report: `body` in its first part (it may begin a second one), then other parts and the closing words.

    What follows END in `body` comes after the closing words.
    """
    body, _, after = body.partition(END)
    more = ("三", "四") if "\n二、打算\n" in body else ("二", "三")
    parts = f"{more[0]}、明年任务\n{text(13)}\n{more[1]}、自身建设\n{text(14)}\n"
    return f"一、工作回顾\n{body}{parts}各位代表，让我们团结一心，为建设美好青禾而努力奋斗！\n{after}"
