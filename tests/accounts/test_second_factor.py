"""The second factor itself: codes of an app, and printed ones."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from pyotp import TOTP
from sqlalchemy import select

from app.accounts import proving, queries, staying, tries
from app.accounts.models import Authenticator, OneTimeCode, Session, User
from app.accounts.problems import TriedTooOften, WrongCode
from app.core.clock import now
from app.core.codes import fingerprint
from app.core.db import db
from tests.factories import Factory


@pytest.fixture
def session(inside: Flask, make: Factory) -> Session:
    """Somebody's sign-in."""
    arrival = staying.Arrival(staying.new_token(), staying.new_token(), "android wechat")
    return make.do(staying.begin, make.user().id, arrival, instead_of=None, at=now())


def set_up(make: Factory, session: Session, at: datetime) -> TOTP:
    """Set up an app and return it."""
    make.do(proving.begin_authenticator, session.user_id, at=at)
    found = queries.new_authenticator(session.user_id)
    assert found is not None
    app = TOTP(proving.secret_of(found))
    make.do(proving.confirm_authenticator, session.user_id, session.id, app.at(at), "token", at=at)
    return app


def prove(session: Session, typed: str, at: datetime) -> None:
    """Type a code."""
    proving.pass_second_factor(session.user_id, session.id, typed, staying.new_token(), remember=False, at=at)


def is_asked_for(session: Session) -> bool:
    """Return whether the account needs it."""
    return db.session.get_one(User, session.user_id, populate_existing=True).second_factor_at is not None


def test_an_app_counts_once_a_code_of_it_was_typed(session: Session, make: Factory) -> None:
    make.do(proving.begin_authenticator, session.user_id, at=now())
    assert not is_asked_for(session)
    with pytest.raises(WrongCode):
        make.do(proving.confirm_authenticator, session.user_id, session.id, "000000", "token", at=now())
    assert not is_asked_for(session)
    set_up(make, session, now())
    assert is_asked_for(session)


def test_no_code_counts_twice_nor_one_before_it(session: Session, make: Factory) -> None:
    at = now()
    app = set_up(make, session, at)
    with pytest.raises(WrongCode):
        prove(session, app.at(at), at)
    later = at + timedelta(seconds=90)
    prove(session, app.at(later), later)
    for replayed in (later, later - timedelta(seconds=30)):
        with pytest.raises(WrongCode):
            prove(session, app.at(replayed), later)


@pytest.mark.parametrize(("seconds", "is_right"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_a_clock_may_be_wrong_by_half_a_minute(session: Session, make: Factory, seconds: int, is_right: bool) -> None:
    app = set_up(make, session, now())
    later = now() + timedelta(minutes=10)
    typed = app.at(later + timedelta(seconds=seconds))
    if is_right:
        prove(session, f" {typed[:3]} {typed[3:]} ", later)
    else:
        with pytest.raises(WrongCode):
            prove(session, typed, later)


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "１２３４５６", "٣٣٣٣٣٣", "x" * 40, "\0", "0000 0000"])
def test_what_is_no_code_is_wrong(session: Session, make: Factory, typed: str) -> None:
    set_up(make, session, now())
    with pytest.raises(WrongCode):
        prove(session, typed, now())


def test_ten_wrong_codes_close_it_for_the_right_one_too(session: Session, make: Factory) -> None:
    app, later = set_up(make, session, now()), now() + timedelta(minutes=5)
    for _ in range(tries.MOST):
        with pytest.raises(WrongCode):
            prove(session, "000000", later)
    with pytest.raises(TriedTooOften):
        prove(session, app.at(later), later)
    after = later + tries.CLOSED_FOR
    prove(session, app.at(after), after)


def test_a_printed_code_is_good_once_and_only_of_the_last_sheet(session: Session, make: Factory) -> None:
    make.do(proving.print_codes, session.user_id, session.id, "one", at=now())
    old = proving.printed(queries.printed_codes(session.user_id))
    make.do(proving.print_codes, session.user_id, session.id, "two", at=now())
    new = proving.printed(queries.printed_codes(session.user_id))
    assert len(set(old + new)) == 20
    prove(session, f"{new[3][:4].lower()} {new[3][4:]}", now())
    for spent in (new[3], old[0]):
        with pytest.raises(WrongCode):
            prove(session, spent, now())
    assert sum(one.used_at is None for one in queries.printed_codes(session.user_id)) == 9


def test_another_accounts_codes_are_worth_nothing(session: Session, make: Factory) -> None:
    other = make.do(
        staying.begin, make.user().id, staying.Arrival("t", "b", "android wechat"), instead_of=None, at=now()
    )
    make.do(proving.print_codes, session.user_id, session.id, "one", at=now())
    make.do(proving.print_codes, other.user_id, other.id, "two", at=now())
    theirs = proving.printed(queries.printed_codes(other.user_id))
    with pytest.raises(WrongCode):
        prove(session, theirs[0], now())


def test_neither_secret_nor_codes_are_in_the_database(session: Session, make: Factory) -> None:
    app = set_up(make, session, now())
    make.do(proving.print_codes, session.user_id, session.id, "one", at=now())
    codes = proving.printed(queries.printed_codes(session.user_id))
    rows = [*db.session.scalars(select(Authenticator)), *db.session.scalars(select(OneTimeCode))]
    stored = " ".join(str(vars(row)) for row in rows)
    assert app.secret not in stored
    assert not any(code in stored for code in codes)


def test_with_another_key_of_the_server_an_app_is_worth_nothing(
    session: Session, make: Factory, inside: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, later = set_up(make, session, now()), now() + timedelta(minutes=5)
    monkeypatch.setitem(inside.config, "SECRET_KEY", "another one, as long as it has to be")
    with pytest.raises(WrongCode):
        prove(session, app.at(later), later)


def test_switching_it_on_signs_out_who_came_without(session: Session, make: Factory) -> None:
    thief = staying.Arrival("thief", "elsewhere", "windows edge")
    make.do(staying.begin, session.user_id, thief, instead_of=None, at=now())
    set_up(make, session, now())
    assert [one.id for one in staying.sessions_of(session.user_id, now())] == [session.id]


def test_switching_it_off_leaves_nothing_behind(session: Session, make: Factory) -> None:
    set_up(make, session, now())
    make.do(proving.print_codes, session.user_id, session.id, "one", at=now())
    make.do(staying.remember_browser, session.id, user_id=session.user_id, at=now())
    make.do(proving.switch_off, session.user_id, by=session.user_id, at=now())
    assert not is_asked_for(session)
    for rows in (Authenticator, OneTimeCode):
        assert db.session.scalars(select(rows)).all() == []
    row = db.session.get_one(Session, session.id, populate_existing=True)
    assert row.proven_at is None
    assert row.browser is not None
    assert row.browser.remembered_until is None


def test_a_number_that_another_accounts_session_has_by_now_gives_nothing(session: Session, make: Factory) -> None:
    mine, arrival = session.user_id, staying.Arrival("theirs", "their browser", "windows edge")
    theirs = make.do(staying.begin, make.user().id, arrival, instead_of=None, at=now())
    make.do(proving.print_codes, mine, theirs.id, "mine", at=now())
    make.do(staying.remember_browser, theirs.id, user_id=mine, at=now())
    make.do(staying.choose_view, theirs.id, "admin", user_id=mine)
    row = db.session.get_one(Session, theirs.id, populate_existing=True)
    assert (row.token_hash, row.proven_at, row.view) == (fingerprint("theirs"), None, None)
    assert row.browser is not None
    assert row.browser.remembered_until is None
