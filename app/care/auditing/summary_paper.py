"""The summary of a year as an official paper, and as a table; always Chinese: it goes to Chinese offices."""

from collections.abc import Sequence
from datetime import date

from app.care.auditing.summaries import Line, Sums, grouped, staff_count, sums, unit_names
from app.care.auditing.words import ACTIONS, purpose_words, role_words
from app.core import sheets
from app.core.docx import Paper

_HEAD = ("次数", "涉及人次", "其中不满14周岁", "其中14至17周岁")
_PARTS = ("按操作", "按岗位和单位", "按目的")


def paper_of(year: int, lines: Sequence[Line], operator: str, on: date) -> bytes:
    """Return the docx."""
    paper = Paper(f"{year}年度未成年人个人信息访问情况报告")
    paper.text(_opening(year, lines, operator))
    for number, (title, rows) in zip("一二三", _tables(lines), strict=True):
        paper.heading(f"{number}、{title}")
        paper.table([title.removeprefix("按"), *_HEAD], [[name, *_numbers(one)] for name, one in rows])
    paper.heading("四、说明")
    paper.text(
        "“读取”指打开个人完整记录、按姓名或手机号查找、查看未隐去的信息；“取走”指下载、打印和取得附件。"
        "每次读取或取走均由系统自动记录操作人、时间、目的和来源页面，记录不可修改，保存不少于183日。"
        "人次按每次操作涉及的人数累计，年龄按操作当日计算。"
    )
    paper.signed(operator, f"{on.year}年{on.month}月{on.day}日")
    return paper.written()


def table_of(year: int, lines: Sequence[Line]) -> bytes:
    """Return the xlsx: one table, its parts in the first column."""
    rows = [["合计", "合计", *_numbers(sums(lines))]]
    for title, found in _tables(lines):
        rows += [[title, name, *_numbers(one)] for name, one in found]
    return sheets.xlsx(f"{year}年度访问情况", ["分类", "项目", *_HEAD], rows)


def _opening(year: int, lines: Sequence[Line], operator: str) -> str:
    read, taken = (sums(one for one in lines if one.is_taken is is_taken) for is_taken in (False, True))
    return (
        f"根据《未成年人网络保护条例》，现将{operator}{year}年度工作人员访问个人信息的情况报告如下。"
        f"全年共有{staff_count(year)}个账号访问个人信息。"
        f"读取{read.times}次、涉及{read.people}人次，其中不满14周岁{read.under_14}人次、14至17周岁{read.under_18}人次；"
        f"取走{taken.times}次、涉及{taken.people}人次，"
        f"其中不满14周岁{taken.under_14}人次、14至17周岁{taken.under_18}人次。"
    )


def _tables(lines: Sequence[Line]) -> list[tuple[str, list[tuple[str, Sums]]]]:
    units = unit_names(lines)
    words = (
        lambda one: f"{'取走' if one.is_taken else '读取'}：{ACTIONS.get(one.action, one.action)}",
        lambda one: f"{role_words(one.role)} {units.get(one.unit_id, '')}".strip(),
        lambda one: purpose_words(one.purpose),
    )
    return [(title, grouped(lines, word)) for title, word in zip(_PARTS, words, strict=True)]


def _numbers(one: Sums) -> list[str]:
    return [str(one.times), str(one.people), str(one.under_14), str(one.under_18)]
