"""A guardian without an account reads the child's open letters on the private page, once it is known to be theirs."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.care.consents.models import GuardianAsk
from app.core.clock import now
from app.core.db import db
from app.pairing.letters import queries
from app.people.consents.models import Guardian
from app.people.models import Person
from tests.care.consents.letter_home import Home, a_home
from tests.factories import Factory
from tests.signing_in import Personas


@pytest.fixture
def home(personas: Personas, client: FlaskClient) -> Home:
    """A private page whose child has received a letter, written one, and keeps a draft."""
    return a_home(personas, client)


def test_letters_both_ways_are_read_by_first_names_and_drafts_are_not(home: Home) -> None:
    home.open_up()
    assert home.letters.replace("&", "&amp;") in home.client.get(home.page).text
    answer = home.client.get(home.letters)
    assert answer.headers["Cache-Control"] == "no-store"
    for words in ("收到你的画了，真好看", "我家门口有条古道", "陈静", "何安", "小满", "梅梅"):
        assert words in answer.text
    for words in ("这句还没想好", "她的草稿", "韩梅梅", "林小满"):
        assert words not in answer.text


def test_before_it_is_known_whose_page_it_is_nothing_is_read(home: Home) -> None:
    assert "先在孩子的页面上确认" in home.client.get(home.page).text
    answer = home.client.get(home.letters, follow_redirects=True)
    assert "古道" not in answer.text
    assert "确认" in answer.text


def test_the_link_that_asks_opens_no_letters(home: Home) -> None:
    home.open_up()
    number = home.letters.split("ask=")[1]
    assert home.client.get(f"{home.link}/letters?ask={number}").status_code == 404
    assert home.client.get("/G/0000000000000000/pair/letters").status_code == 404
    for other in ("", "?ask=0", "?ask=999999", "?ask=x"):
        assert home.client.get(f"{home.page}/letters{other}").status_code == 303


def test_whoever_was_found_to_be_no_guardian_reads_nothing_any_more(home: Home, make: Factory) -> None:
    home.open_up()

    def remove() -> None:
        ask = db.session.scalars(select(GuardianAsk).where(GuardianAsk.opened_at.is_not(None))).one()
        db.session.get_one(Guardian, ask.guardian_id).removed_at = now()

    make.do(remove)
    assert home.client.get(home.letters).status_code == 303


def test_letters_of_one_who_is_of_age_by_now_are_its_own(home: Home, make: Factory) -> None:
    home.open_up()

    def grow_up() -> None:
        child = db.session.scalars(select(Person).where(Person.name == "林小满")).one()
        child.born_on = child.born_on.replace(year=child.born_on.year - 10, day=1)

    make.do(grow_up)
    assert home.client.get(home.letters).status_code == 303
    assert "看看信" not in home.client.get(home.page).text


def test_they_are_paged(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    home.open_up()
    monkeypatch.setattr(queries, "SHOWN", 1)
    first = home.client.get(home.letters).text
    assert "我家门口有条古道" in first
    assert "收到你的画了" not in first
    after = re.search(r"after=(\d+)", first)
    assert after
    assert "收到你的画了" in home.client.get(f"{home.letters}&after={after[1]}").text
