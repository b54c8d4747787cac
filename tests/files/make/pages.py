"""Makes the web pages of tests/files: a report as a government site has it, in UTF-8 and in GBK.

Run in this folder: `python pages.py`; the files are committed.
"""

from __future__ import annotations

from pathlib import Path

FILES = Path(__file__).resolve().parent.parent

PAGE = """\
<!DOCTYPE html>
<html><head><meta charset="{charset}"><title>政府工作报告_云溪区人民政府</title>
<style>p {{ text-indent: 2em }}</style><script>var words = "<p>不是正文</p>";</script></head>
<body>
<div class="top"><a href="/">首页</a> | <a href="/open/">政务公开</a> | <a href="#">设为首页</a></div>
<div class="wrap">
<div class="crumb">当前位置：<a href="/">首页</a> &gt; <a href="/report/">政府工作报告</a></div>
<h1>政府工作报告</h1>
<div class="info">发布时间：2025-01-20 来源：区政府办 【字号：<a>大</a> <a>中</a> <a>小</a>】</div>
<div id="zoom">
<p align="center">——2025年1月15日在云溪区<br>第三届人民代表大会第四次会议上</p>
<p align="center">云溪区人民政府区长　江小满</p>
<h5>各位代表：</h5>
<p>　　现在，我代表云溪区人民政府，
向大会报告工作，请予审议。Open
AI &lt;大模型&gt;&nbsp;A&amp;B</p>
<h5>一、2024年工作回顾</h5>
<p>地区生产总值达到386.42亿元，增长5.8%；一般公共预算收入28.6亿元，增长4.1%；规模以上工业增加值增长7.3%，增速居全市第二位。</p>
<p></p>
<table><tr><th>指标</th><th>2024年完成</th></tr><tr><td><p>地区生产总值</p></td><td>386.42</td></tr></table>
<ol><li>经济运行稳中有进</li><li>城乡面貌持续改善</li></ol>
<p style="display: none">扫一扫在手机打开</p>
<h5>二、2025年工作安排</h5>
<p>今年经济社会发展主要预期目标是：地区生产总值增长5.5%左右，城镇新增就业1.2万人<sup>［1］</sup>。</p>
<p>［1］名词解释：城镇新增就业，指一年内城镇就业人员的增加数，扣除自然减员。</p>
</div>
<ul class="more"><li>上一篇：<a href="1.html">关于开展春节慰问的通知</a></li><li>下一篇：<a href="2.html">云溪区召开安全生产会议</a></li></ul>
</div>
<div class="foot">主办：云溪区人民政府办公室 网站标识码0000000000 <a href="/contact">联系我们</a></div>
<script src="count.js"></script>
</body></html>
"""


def main() -> None:
    """Both of them."""
    (FILES / "page.html").write_bytes(PAGE.format(charset="utf-8").encode())
    # The page says UTF-8 and is not: this happens where a site was moved.
    (FILES / "page-gbk.html").write_bytes(PAGE.format(charset="utf-8").encode("gbk"))


if __name__ == "__main__":
    main()
