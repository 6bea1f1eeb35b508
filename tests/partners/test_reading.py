"""Which column of a partner's list says what, and what is wrong with a line."""

import pytest
from flask import Flask

from app.core.clock import local_day, now
from app.core.sheets import xlsx
from app.partners.columns import read_columns, rows_pasted
from app.partners.lines import read_lines
from app.programmes.models import Programme
from app.schooldesk.rosters.cells import rows_of_file
from tests.factories import born

HEAD = [
    "序号",
    "姓名",
    "身份证号",
    "出生日期",
    "性别",
    "学校",
    "班级",
    "兴趣爱好",
    "语言",
    "家长姓名",
    "家长电话",
    "民族",
]
ROW = [
    "1", "阿娜尔·巴合提", "650102201305180021", "2013-05-18", "女", "云岭中学", "七年级（2）班", "画画、篮球", "普通话",
    "巴合提", "13912345678", "哈萨克族",
]  # fmt: skip
WORDS = {
    "name": "阿娜尔·巴合提",
    "born": "2013-05-18",
    "gender": "女",
    "school": "云岭中学",
    "class_name": "七年级(2)班",
    "interests": "画画、篮球",
    "languages": "普通话",
    "guardian": "巴合提",
    "phone": "13912345678",
}


def camp() -> Programme:
    """Return a programme for ages 10 to 18."""
    return Programme(min_age=10, max_age=18)


def faults(**typed: str) -> set[str]:
    """Return which fields of a line have a fault."""
    line = {"name": "王芳", "born": str(born(12))} | typed
    return set(read_lines([line], camp(), local_day(now()))[0].faults)


@pytest.mark.parametrize("joined", ["\t", "，", ","])
def test_a_pasted_table_is_read_by_its_head(joined: str) -> None:
    read = read_columns(rows_pasted(joined.join(HEAD) + "\n" + joined.join(ROW)))
    assert read.lines == [WORDS]
    assert set(read.left_out) == {"序号", "身份证号", "民族"}


def test_a_file_in_the_encoding_of_old_offices_is_read_alike() -> None:
    content = (",".join(HEAD) + "\n" + ",".join(ROW)).encode("gb18030")
    assert read_columns(rows_of_file(content)).lines == [WORDS]


def test_a_workbook_is_read_alike() -> None:
    assert read_columns(rows_of_file(xlsx("名单", HEAD, [ROW]))).lines == [WORDS]


def test_without_a_head_cells_are_known_by_what_they_look_like() -> None:
    read = read_columns(rows_pasted("1 王芳 20130518 女 云岭中学 七年级2班 篮球 普通话 13912345678"))
    told = read.lines[0]
    assert (told["name"], told["born"], told["gender"], told["phone"]) == ("王芳", "20130518", "女", "13912345678")
    assert (told["school"], told["class_name"], told["interests"]) == ("云岭中学", "七年级2班", "篮球")
    assert told["languages"] == "普通话"


@pytest.mark.parametrize("engine", ["sqlite"])
def test_each_fault_is_beside_its_field(app: Flask) -> None:
    with app.test_request_context():
        assert faults() == set()
        assert faults(name="王芳3") == {"name"}
        assert faults(born="") == {"born"}
        assert faults(born="20130231") == {"born"}
        assert faults(born=str(born(8))) == {"born"}  # too young for this programme
        assert faults(gender="x", phone="123") == {"gender", "phone"}


@pytest.mark.parametrize("engine", ["sqlite"])
def test_whoever_stands_twice_is_named_once(app: Flask) -> None:
    with app.test_request_context():
        line = {"name": "王芳", "born": str(born(12))}
        first, second = read_lines([line, line], camp(), local_day(now()))
        assert first.guest
        assert set(second.faults) == {"name"}
        left_out = read_lines([line, line], camp(), local_day(now()), ["", "skip"])
        assert left_out[1].is_left_out
