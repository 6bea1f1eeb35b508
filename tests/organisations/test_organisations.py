"""What can happen to who works for a unit."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.accounts.identifiers import Way
from app.accounts.models import User
from app.accounts.problems import IdentifierTaken
from app.core.clock import now
from app.core.db import db
from app.organisations import operations
from app.organisations.models import Membership, MembershipRole
from app.organisations.problems import LastAdministrator
from tests.factories import Factory

ADMINISTRATOR = MembershipRole.ADMINISTRATOR


def test_taking_somebody_on_twice_is_the_same_as_once(inside: Flask, make: Factory) -> None:
    host, user = make.organisation(), make.user()
    first = make.do(operations.add_member, user.id, host.id, MembershipRole.STAFF, at=now())
    second = make.do(operations.add_member, user.id, host.id, MembershipRole.STAFF, at=now())
    assert second.id == first.id


def test_whoever_left_may_come_back(inside: Flask, make: Factory) -> None:
    host, user = make.organisation(), make.user()
    first = make.do(operations.add_member, user.id, host.id, MembershipRole.STAFF, at=now())
    make.do(operations.end_membership, first.id, at=now())
    again = make.do(operations.add_member, user.id, host.id, MembershipRole.STAFF, at=now())
    assert again.id != first.id
    assert again.ended_at is None


def test_a_staff_account_is_opened_with_its_membership_or_not_at_all(inside: Flask, make: Factory) -> None:
    host = make.organisation()
    account = {"name": "苏小禾", "way": Way.LOGIN_NAME, "identifier": "suxiaohe", "password_hash": "-", "at": now()}
    membership = make.do(operations.open_staff_account, host.id, MembershipRole.MANAGER, **account)
    assert db.session.get_one(User, membership.user_id).login_name == "suxiaohe"
    with pytest.raises(IdentifierTaken):
        make.do(operations.open_staff_account, host.id, MembershipRole.STAFF, **account)
    assert db.session.scalar(select(func.count()).select_from(Membership)) == 1


def test_ending_twice_keeps_the_first_moment(inside: Flask, make: Factory) -> None:
    membership = make.membership(make.organisation())
    ended_at = make.do(operations.end_membership, membership.id, at=now()).ended_at
    assert ended_at is not None
    assert make.do(operations.end_membership, membership.id, at=now()).ended_at == ended_at


def test_the_last_administrator_stays(inside: Flask, make: Factory) -> None:
    host = make.organisation()
    one, other = make.membership(host, ADMINISTRATOR), make.membership(host, ADMINISTRATOR)
    make.do(operations.end_membership, one.id, at=now())
    with pytest.raises(LastAdministrator):
        make.do(operations.end_membership, other.id, at=now())
    assert db.session.get_one(Membership, other.id).ended_at is None


def test_an_administrator_who_left_already_can_be_ended_again(inside: Flask, make: Factory) -> None:
    host = make.organisation()
    one, _other = make.membership(host, ADMINISTRATOR), make.membership(host, ADMINISTRATOR)
    make.do(operations.end_membership, one.id, at=now())
    make.do(operations.end_membership, one.id, at=now())
