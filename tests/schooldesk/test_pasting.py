"""What is read out of a pasted line, and what is left to whoever pasted it."""

import pytest
from flask import Flask

from app.schooldesk.pasting import Line, read_lines


def read(text: str) -> list[Line]:
    """Read lines for a school without classes."""
    return read_lines(text, frozenset())


def names(text: str) -> list[str]:
    """Return what the classes are called that are read out of a text."""
    return [line.words.name for line in read(text)]


@pytest.mark.parametrize("apart", [" ", "  ", "\t", "、", "，", "，  ", "\u3000"])
@pytest.mark.parametrize(
    "classes",
    [
        ["七年级1班", "七年级2班"],
        ["七年级（1）班", "七年级（2）班", "八年级（10）班"],
        ["高一1班", "高一实验班", "高三（2）班"],
        ["三（1）班", "三（2）班"],
        ["七（1）", "七（2）", "高一（3）"],
        ["2025级1班", "2025级2班"],
    ],
)
def test_classes_in_one_line_are_as_many_classes(inside: Flask, apart: str, classes: list[str]) -> None:
    assert names(apart.join(classes)) == classes
    assert [line.fault for line in read(apart.join(classes))] == [""] * len(classes)


@pytest.mark.parametrize(
    "name", ["八年级 3 班", "2025 届 1 班", "Class 3 B", "Grade 8 (3)", "阳光 班", "8年级-3班", "八 3", "初二 实验班"]
)
def test_gaps_within_a_name_break_nothing(inside: Flask, name: str) -> None:
    (line,) = read(name)
    assert (line.words.name, line.words.form_teacher, line.fault) == (name, "", "")


@pytest.mark.parametrize(
    ("teacher", "year"),
    [
        ("王老师", "2026"),
        ("王老师", ""),
        ("", "2026级"),
        ("欧阳 娜娜", "2026年"),
        ("欧阳 娜娜", ""),
        ("阿依古丽·买买提", "2026"),
        ("O’Brien", "2026"),
        ("Anna Schmidt", ""),
    ],
)
def test_teacher_and_year_may_be_apart_by_one_gap_or_by_columns(inside: Flask, teacher: str, year: str) -> None:
    for apart in (" ", "\t", "，"):
        if apart == " " or teacher:
            (line,) = read(apart.join(filter(None, ["八年级（3）班", teacher, year])))
            assert (line.words.name, line.words.form_teacher, line.fault) == ("八年级（3）班", teacher, "")
            assert line.words.entered_year == (2026 if year else None)


@pytest.mark.parametrize(
    "text",
    [
        "七年级1班 王老师 七年级2班 李老师",
        "实验1班 实验2班",
        "七年级1班 实验班",
        "七年级1班，实验班",
        "七年级1班 七年级2班 王老师",
    ],
)
def test_where_several_classes_seem_meant_nothing_is_guessed(inside: Flask, text: str) -> None:
    (line,) = read(text)
    assert "每个班单独一行" in line.fault


@pytest.mark.parametrize("apart", [" ", "\t"])
def test_a_class_followed_by_many_names_is_asked_about(inside: Flask, apart: str) -> None:
    (line,) = read(f"七年级1班{apart}王芳 李娜 张伟")
    assert "好几个名字" in line.fault


def test_a_class_that_stands_twice_in_a_line_is_entered_once(inside: Flask) -> None:
    assert [line.is_known for line in read("七年级1班 7年级（1）班")] == [False, True]
