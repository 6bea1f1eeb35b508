"""Whoever left reads no letter of a child any more, wherever else they work now; and no letter waits for them."""

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts.models import User
from app.core.clock import now
from app.core.db import db
from app.messages.models import Message, MessageKind
from app.organisations.models import Membership, MembershipRole
from app.organisations.operations import end_membership
from app.pairing.journal.operations import Group
from app.pairing.letters import readers, worries, writing
from app.pairing.letters.models import OpenLetter
from app.pairing.letters.readers import Checked
from app.pairing.models import Pair
from app.people.models import Relation
from tests.after_rows import LETTER, formed, handed_on, look_after, members_of
from tests.factories import Factory
from tests.signing_in import Personas, signed_in


class Round:
    """A pair, a teacher and a protection contact who both work for another host, too."""

    def __init__(self, personas: Personas, make: Factory) -> None:
        self.personas, self.make = personas, make
        self.pair: Pair = formed(make, personas.host)
        self.own, self.partner = members_of(make, self.pair.id)
        self.teacher, self.protection = make.member(personas.host), make.member(personas.host)
        look_after(make, self.pair.round_id, self.teacher, self.protection)
        for one in (self.teacher, self.protection):
            make.member(personas.other_host, MembershipRole.STAFF, user=one)

    def leaves(self, user: User) -> None:
        """End somebody's work for the host, and not for the other one."""
        theirs = (Membership.user_id == user.id, Membership.organisation_id == self.personas.host.id)
        with self.personas.app.app_context():
            (number,) = db.session.scalars(select(Membership.id).where(*theirs)).all()
        self.make.do(end_membership, number, at=now())


@pytest.fixture
def its(personas: Personas, make: Factory) -> Round:
    """A round whose letters are open."""
    return Round(personas, make)


def test_who_left_finds_no_letter_any_more_and_the_next_one_does(its: Round, app: Flask) -> None:
    by = its.make.user().id
    letter: OpenLetter = its.make.do(writing.hand_in, its.own, its.partner, LETTER, by=by, at=now())
    browser, there = signed_in(app, its.teacher), f"/letters/{letter.id}"
    assert browser.get(there).status_code == 200
    its.leaves(its.teacher)
    assert {browser.get(there).status_code, browser.post(f"{there}/handing-on").status_code} == {404}
    assert f'href="{there}"' not in browser.get("/letters").text
    desk = its.personas.staff.get(f"/desk/pairing/{its.pair.round_id}/letters").text
    assert "已离开" in desk
    following = its.make.member(its.personas.host)
    its.make.do(readers.name_reader, its.pair.round_id, Group(0), following.id, Checked(), by=by, at=now())
    assert signed_in(app, following).get(there).status_code == 200


def test_a_worry_waits_for_the_next_contact_and_not_for_who_left(its: Round, app: Flask) -> None:
    by = its.make.user().id
    letter = handed_on(its.make, its.own, its.partner, its.teacher)
    its.leaves(its.protection)
    worry = its.make.do(worries.worry, letter.id, "我有点害怕", by=by, at=now())
    there = f"/letters/worries/{worry.id}"
    assert signed_in(app, its.protection).get(there).status_code == 404
    following = its.make.member(its.personas.host)
    person = its.make.person(following, relation=Relation.ONESELF)
    its.make.do(readers.settle, its.pair.round_id, following.id, 30, by=by, at=now())
    assert signed_in(app, following).get(there).status_code == 200
    with app.app_context():
        told = select(Message.person_id).where(Message.kind == MessageKind.LETTER_WORRY)
        assert db.session.scalars(told).all() == [person.id]
