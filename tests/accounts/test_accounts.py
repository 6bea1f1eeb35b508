"""What can happen to an account."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.accounts import operations, passwords, signing_in, tries
from app.accounts.identifiers import Way
from app.accounts.models import Tries, User
from app.accounts.problems import AccountLocked, IdentifierTaken, WrongPassword
from app.core.clock import now
from app.core.db import db
from tests.factories import PASSWORD, Factory

PHONE = "13800138000"


def fail(times: int) -> None:
    """Type wrong passwords for the phone."""
    for _ in range(times):
        with pytest.raises(WrongPassword):
            signing_in.check_password(Way.PHONE, PHONE, "wrong", at=now())


def test_an_account_is_opened_by_its_password_and_by_no_other(inside: Flask, make: Factory) -> None:
    user = make.user(phone=PHONE)
    assert signing_in.check_password(Way.PHONE, PHONE, PASSWORD, at=now()).id == user.id
    fail(1)


def test_an_unknown_account_is_refused_in_the_same_words(inside: Flask) -> None:
    with pytest.raises(WrongPassword):
        signing_in.check_password(Way.PHONE, PHONE, PASSWORD, at=now())


def test_a_phone_belongs_to_one_account(inside: Flask, make: Factory) -> None:
    make.user(phone=PHONE)
    with pytest.raises(IdentifierTaken):
        make.user("李四", phone=PHONE)
    assert db.session.scalar(select(func.count()).select_from(User)) == 1


def test_ten_wrong_passwords_close_the_account_for_the_right_one_too(inside: Flask, make: Factory) -> None:
    make.user(phone=PHONE)
    fail(tries.MOST)
    with pytest.raises(AccountLocked) as refused:
        signing_in.check_password(Way.PHONE, PHONE, PASSWORD, at=now())
    assert refused.value.facts == {"minutes": 15}


def test_after_a_quarter_of_an_hour_the_account_opens_again(inside: Flask, make: Factory) -> None:
    user = make.user(phone=PHONE)
    fail(tries.MOST)
    closed_until = db.session.scalars(select(Tries.closed_until)).one()
    assert closed_until is not None
    with pytest.raises(AccountLocked):
        signing_in.check_password(Way.PHONE, PHONE, PASSWORD, at=closed_until - timedelta(seconds=1))
    assert signing_in.check_password(Way.PHONE, PHONE, PASSWORD, at=closed_until).id == user.id


def test_after_the_lock_there_are_ten_new_tries(inside: Flask, make: Factory) -> None:
    user = make.user(phone=PHONE)
    fail(tries.MOST)
    later = now() + tries.CLOSED_FOR
    for _ in range(tries.MOST - 1):
        make.do(tries.count_try, f"password:{user.id}", at=later)
    assert signing_in.check_password(Way.PHONE, PHONE, PASSWORD, at=later).id == user.id


def test_a_try_is_counted_before_the_password_is_looked_at(
    inside: Flask, make: Factory, monkeypatch: pytest.MonkeyPatch
) -> None:
    make.user(phone=PHONE)
    counted = []
    monkeypatch.setattr(passwords, "is_right", lambda *_: counted.append(db.session.scalar(select(Tries.wrong))))
    fail(2)
    assert counted == [1, 2]


def test_a_right_password_forgets_the_wrong_ones_before_it(inside: Flask, make: Factory) -> None:
    make.user(phone=PHONE)
    for _ in range(2):
        fail(tries.MOST - 1)
        signing_in.check_password(Way.PHONE, PHONE, PASSWORD, at=now())


def test_one_closed_account_closes_no_other(inside: Flask, make: Factory) -> None:
    make.user(phone=PHONE)
    other = make.user("李四", phone="13800138001")
    fail(tries.MOST)
    assert signing_in.check_password(Way.PHONE, "13800138001", PASSWORD, at=now()).id == other.id


def test_a_new_password_replaces_the_old_one_and_opens_a_closed_account(inside: Flask, make: Factory) -> None:
    user = make.user(phone=PHONE)
    fail(tries.MOST)
    make.do(operations.replace_password, user.id, passwords.hash_password("a new one"), at=now())
    assert signing_in.check_password(Way.PHONE, PHONE, "a new one", at=now()).id == user.id
    fail(1)
    with pytest.raises(WrongPassword):
        signing_in.check_password(Way.PHONE, PHONE, PASSWORD, at=now())
