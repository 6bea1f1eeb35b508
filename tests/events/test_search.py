"""What somebody looks for: the keys of an event, days that have a name, and what an address asks."""

from datetime import date

import pytest
from flask import Flask

from app.core.search_keys import initials, pinyin, written
from app.events.levels import Level
from app.events.search import Wanted, When, read_wanted
from app.programmes.kinds import ProgrammeKind


@pytest.mark.parametrize(
    ("title", "sound", "first_letters"),
    [
        ("书香接力", "shuxiangjieli", "sxjl"),
        ("“清溪—阿克苏” 手拉手", "qingxiakesushoulashou", "qxakssls"),
        ("2026 科技节", "2026kejijie", "2kjj"),
        ("STEM 开放日", "stemkaifangri", "skfr"),
        ("…", "", ""),
    ],
)
def test_a_title_is_found_by_how_it_sounds(title: str, sound: str, first_letters: str) -> None:
    assert (pinyin(title), initials(title)) == (sound, first_letters)


def test_signs_gaps_and_width_do_not_matter() -> None:
    assert written("“ＳＴＥＭ　开放日”！") == "stem开放日"


@pytest.mark.parametrize(
    ("when", "today", "days"),
    [
        (When.TODAY, "2026-11-25", ("2026-11-25", "2026-11-25")),
        (When.WEEKEND, "2026-11-25", ("2026-11-28", "2026-11-29")),
        (When.WEEKEND, "2026-11-28", ("2026-11-28", "2026-11-29")),
        (When.WEEKEND, "2026-11-29", ("2026-11-29", "2026-11-29")),
        (When.MONTH, "2026-11-25", ("2026-11-25", "2026-11-30")),
        (When.MONTH, "2026-12-31", ("2026-12-31", "2026-12-31")),
        (When.MONTH, "2028-02-03", ("2028-02-03", "2028-02-29")),
    ],
)
def test_days_that_have_a_name(when: When, today: str, days: tuple[str, str]) -> None:
    assert when.days(date.fromisoformat(today)) == tuple(date.fromisoformat(day) for day in days)


@pytest.mark.parametrize("engine", ["sqlite"])
def test_an_address_is_read_and_written_the_same_way(inside: Flask) -> None:
    asked = {"q": "书香", "kind": "theme", "level": "high", "places": "1", "from": "2026-11-25", "to": "2026-11-30"}
    wanted = read_wanted(asked)
    assert wanted.in_address == asked
    assert wanted.level is Level.HIGH


def test_what_an_address_says_wrongly_is_not_asked() -> None:
    asked = {"kind": "party", "when": "never", "level": "x", "from": "soon", "to": "29991340", "q": "\0 "}
    assert read_wanted(asked) == Wanted()


def test_days_the_wrong_way_round_mean_the_first_one() -> None:
    wanted = read_wanted({"from": "2026-11-30", "to": "2026-11-25"})
    assert wanted.days(date(2026, 11, 1)) == (date(2026, 11, 30), date(2026, 11, 30))


def test_choosing_what_is_chosen_already_lets_it_go_and_keeps_the_rest() -> None:
    wanted = Wanted(text="书", kind=ProgrammeKind.THEME)
    assert wanted.with_(kind=ProgrammeKind.VISIT) == {"q": "书", "kind": "visit"}
    assert wanted.with_(kind=ProgrammeKind.THEME) == {"q": "书"}
    assert Wanted(since=date(2026, 11, 25)).with_(when=When.TODAY) == {"when": "today"}
