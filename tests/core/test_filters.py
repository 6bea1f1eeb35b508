"""How values are written on pages, in both languages."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask

from app.core import filters
from app.core.clock import SHANGHAI, local_day, now

pytestmark = pytest.mark.parametrize("engine", ["sqlite"])

NINE = datetime(2024, 5, 18, 1, 0, tzinfo=UTC)  # a Saturday, nine o'clock in Shanghai

FIRST = date(2026, 8, 30)


@pytest.fixture
def chinese(app: Flask) -> Iterator[None]:
    """A request of somebody who chose nothing."""
    with app.test_request_context("/"):
        yield


@pytest.fixture
def english(app: Flask) -> Iterator[None]:
    """A request of somebody who chose English."""
    with app.test_request_context("/", headers={"Cookie": "language=en"}):
        yield


@pytest.mark.usefixtures("chinese")
def test_times_in_chinese() -> None:
    assert filters.day(NINE) == "2024 年 5 月 18 日（周六）"
    assert filters.moment(NINE) == "2024 年 5 月 18 日（周六）09:00"
    assert filters.span(NINE, NINE + timedelta(hours=2)) == "2024 年 5 月 18 日（周六）09:00–11:00"
    assert (
        filters.span(NINE, NINE + timedelta(days=1))
        == "2024 年 5 月 18 日（周六）09:00 – 2024 年 5 月 19 日（周日）09:00"
    )


@pytest.mark.usefixtures("english")
def test_times_in_english() -> None:
    assert filters.day(NINE) == "Sat 18 May 2024"
    assert filters.moment(NINE) == "Sat 18 May 2024, 09:00"
    assert filters.span(NINE, NINE + timedelta(hours=2)) == "Sat 18 May 2024, 09:00–11:00"
    assert filters.span(NINE, NINE + timedelta(days=1)) == "Sat 18 May 2024, 09:00 – Sun 19 May 2024, 09:00"


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize("length", [timedelta(hours=2), timedelta(days=1)])
def test_a_period_on_a_page_reads_like_a_span(length: timedelta) -> None:
    words = filters.period(NINE, NINE + length).striptags().replace("\N{NO-BREAK SPACE}", " ")
    assert words == filters.span(NINE, NINE + length)


@pytest.mark.usefixtures("chinese")
def test_this_years_days_are_written_without_the_year() -> None:
    this_year = local_day(now()).year
    assert filters.day(date(this_year, 3, 1)).startswith("3 月 1 日（周")
    assert filters.day(date(this_year + 1, 3, 1)).startswith(f"{this_year + 1} 年 3 月 1 日")


@pytest.mark.usefixtures("chinese")
def test_days_have_their_year_once_in_chinese() -> None:
    assert filters.full_days(FIRST, FIRST) == "2026 年 8 月 30 日"
    assert filters.full_days(FIRST, date(2026, 9, 2)) == "2026 年 8 月 30 日 – 9 月 2 日"
    assert filters.full_days(FIRST, date(2027, 1, 2)) == "2026 年 8 月 30 日 – 2027 年 1 月 2 日"


@pytest.mark.usefixtures("english")
def test_days_have_their_year_once_in_english() -> None:
    assert filters.full_days(FIRST, FIRST) == "30 Aug 2026"
    assert filters.full_days(FIRST, date(2026, 9, 2)) == "30 Aug – 2 Sep 2026"
    assert filters.full_days(FIRST, date(2027, 1, 2)) == "30 Aug 2026 – 2 Jan 2027"


@pytest.mark.usefixtures("chinese")
def test_a_day_is_the_one_in_shanghai() -> None:
    just_after_midnight = datetime(2024, 5, 19, 0, 5, tzinfo=SHANGHAI)
    assert filters.day(just_after_midnight.astimezone(UTC)) == "2024 年 5 月 19 日（周日）"
    assert filters.clock(just_after_midnight.astimezone(UTC)) == "00:05"
    ends_at_midnight = datetime(2024, 5, 19, 0, 0, tzinfo=SHANGHAI)
    assert "19 日" in filters.span(NINE, ends_at_midnight)


@pytest.mark.parametrize("name", ["王芳", "欧阳娜娜", "𠮷野", "O’Brien"])
@pytest.mark.usefixtures("chinese")
def test_a_masked_name_tells_its_first_sign_and_not_its_length(name: str) -> None:
    assert filters.masked_name(name) == name[0] + "**"


@pytest.mark.parametrize(
    ("phone", "shown"),
    [("13812345678", "138****5678"), ("+85251234567", "+85****4567"), ("1234567", "****"), ("", ""), (None, "")],
)
@pytest.mark.usefixtures("chinese")
def test_a_masked_phone_hides_the_middle_and_short_ones_wholly(phone: str | None, shown: str) -> None:
    assert filters.masked_phone(phone) == shown


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("教务处 0577-6201 0001", '教务处 <span class="whole">0577-6201 0001</span>'),
        (
            "苏老师13812345678，查老师 13912345678",
            '苏老师<span class="whole">13812345678</span>，查老师 <span class="whole">13912345678</span>',
        ),
        ("+86 577 6201 0001", '<span class="whole">+86 577 6201 0001</span>'),
        ("北门 3 号楼 201 室", "北门 3 号楼 201 室"),
        ("<b>0577-6201 0001</b>", '&lt;b&gt;<span class="whole">0577-6201 0001</span>&lt;/b&gt;'),
        ("", ""),
    ],
)
@pytest.mark.usefixtures("chinese")
def test_a_phone_number_in_a_line_is_kept_together(text: str, written: str) -> None:
    assert filters.phones_whole(text) == written
