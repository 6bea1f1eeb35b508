"""In which school year somebody is, and what the class is called."""

from datetime import date

_GRADES = (
    "",
    "一年级",
    "二年级",
    "三年级",
    "四年级",
    "五年级",
    "六年级",
    "七年级",
    "八年级",
    "九年级",
    "高一",
    "高二",
    "高三",
)


def grade_of(born_on: date, today: date) -> int:
    """Return the school year, 1 to 12, or something outside of it; who is six by 31 August begins in September."""
    cohort = born_on.year if born_on.month < 9 else born_on.year + 1
    return _school_year(today) - cohort - 5


def class_name(grade: int, number: int) -> str:
    """Return what a class of a grade is called, as schools write it."""
    return f"{_GRADES[grade]}（{number}）班" if grade > 9 else f"{_GRADES[grade]}{number}班"


def entered_year(grade: int, grades: range, today: date) -> int:
    """Return the year in which a grade came to a school; a stage begins with the grades 1, 7 and 10."""
    began = max(start for start in (1, 7, 10) if start <= grade and start >= grades.start)
    return _school_year(today) - (grade - began)


def _school_year(today: date) -> int:
    return today.year if today.month >= 9 else today.year - 1
