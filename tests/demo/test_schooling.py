"""School years, counted as schools count them."""

from datetime import date

import pytest

from app.demo.schooling import class_name, entered_year, grade_of

NOVEMBER, JUNE = date(2026, 11, 22), date(2027, 6, 1)


@pytest.mark.parametrize(
    ("born_on", "grade"),
    [
        (date(2020, 8, 31), 1),  # six on the last day of August
        (date(2020, 9, 1), 0),
        (date(2012, 5, 5), 9),
        (date(2008, 10, 1), 12),
    ],
)
def test_the_grade_follows_from_the_birth_date_and_changes_in_september(born_on: date, grade: int) -> None:
    assert grade_of(born_on, NOVEMBER) == grade
    assert grade_of(born_on, JUNE) == grade
    assert grade_of(born_on, date(2027, 9, 1)) == grade + 1


def test_classes_are_called_as_schools_write_them() -> None:
    assert class_name(3, 2) == "三年级2班"
    assert class_name(11, 4) == "高二（4）班"


@pytest.mark.parametrize(
    ("grade", "grades", "year"),
    [(12, range(10, 13), 2024), (9, range(7, 13), 2024), (11, range(7, 13), 2025), (8, range(1, 10), 2025)],
)
def test_a_class_entered_when_its_stage_began(grade: int, grades: range, year: int) -> None:
    assert entered_year(grade, grades, NOVEMBER) == year
    assert entered_year(grade, grades, JUNE) == year
