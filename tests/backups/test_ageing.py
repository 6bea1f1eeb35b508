"""Which backups stay."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.backups.ageing import DAILY, MONTHLY, WEEKLY, staying
from app.backups.backing_up import age_out

NIGHT = datetime(2026, 11, 22, 18, 30, tzinfo=UTC)  # 02:30 of a Monday in Shanghai
DAY = timedelta(days=1)
minutes = st.integers(0, 5 * 365 * 24 * 60)
moments = st.lists(minutes.map(lambda count: NIGHT + timedelta(minutes=count)), max_size=80)


@pytest.mark.parametrize(
    ("made", "ago"),
    [
        ([], []),
        ([0], [0]),
        (range(7), range(7)),
        (range(8), range(7)),  # the eighth is the Monday of a week that has a newer one
        (range(9), [0, 1, 2, 3, 4, 5, 6, 8]),  # the ninth is a Sunday: the newest of its week
        (range(40), [0, 1, 2, 3, 4, 5, 6, 8, 15, 23]),
        ([0, 400, 800], [0, 400, 800]),
    ],
    ids=["none", "one", "a week", "a week and a day", "two weeks begun", "forty nights", "long pauses"],
)
def test_the_last_days_weeks_and_months_stay(made: list[int], ago: list[int]) -> None:
    assert staying(NIGHT - days * DAY for days in made) == {NIGHT - days * DAY for days in ago}


def test_two_of_a_day_are_one_and_the_day_is_that_of_shanghai() -> None:
    evening, before_midnight, after = NIGHT - 3 * timedelta(hours=1), NIGHT.replace(hour=15), NIGHT.replace(hour=16)
    assert staying([evening, before_midnight, after]) == {before_midnight, after}
    assert staying([after, NIGHT]) == {NIGHT}


def test_a_year_of_nights_leaves_a_year() -> None:
    left = staying(NIGHT - days * DAY for days in range(400))
    assert len(left) <= DAILY + WEEKLY + MONTHLY
    assert min(left) <= NIGHT - 320 * DAY


@given(moments)
def test_the_newest_stays_and_there_are_never_many(made: list[datetime]) -> None:
    left = staying(made)
    assert left <= set(made)
    assert len(left) <= DAILY + WEEKLY + MONTHLY + 1
    assert not made or max(made) in left


@given(moments, st.timedeltas(timedelta(seconds=1), timedelta(days=800)))
def test_what_went_never_comes_back(made: list[datetime], later: timedelta) -> None:
    left = staying(made)
    assert staying(left) == left
    newest = max(made, default=NIGHT) + later
    assert staying([*made, newest]) <= left | {newest}
    assert staying([*left, newest]) == staying([*made, newest])


def test_only_our_own_files_are_deleted(tmp_path: Path) -> None:
    names = [f"tongxing-{NIGHT - days * DAY:%Y%m%dT%H%M%SZ}.tar.age" for days in range(30)]
    others = [".lock", "tongxing-20200101T000000Z.tar.age.copy", "notes.txt", "tongxing-yesterday.tar.age"]
    for name in (*names, *others):
        (tmp_path / name).touch()
    gone = age_out(tmp_path)
    left = {path.name for path in tmp_path.iterdir()}
    assert set(others) < left
    assert names[0] in left
    assert len(gone) == len(names) + len(others) - len(left) > 0
    assert age_out(tmp_path) == []
