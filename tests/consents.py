"""Guardians and their answers, for tests."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from app.accounts.models import User
from app.care.consents.answering import Said, answer, typed_guardian, withdraw
from app.care.consents.asking import ask_about, ask_family, code_of
from app.care.consents.guardian_page import Signed, answer_link
from app.care.consents.models import GuardianAsk, GuardianCode, GuardianLink
from app.care.consents.proving import confirm_by_call, confirm_paper, enter_paper
from app.care.correcting.models import DataCorrection
from app.core.clock import now
from app.core.db import db
from app.events.models import Event, Registration, Slot
from app.events.registration.operations import register
from app.events.registration.scopes import scope_of
from app.organisations.models import Organisation
from app.people.consents.guardians import GuardianWords, put_on_roster
from app.people.consents.models import Guardian, GuardianRelation, Purpose
from tests.factories import Factory

YES: Mapping[Purpose, bool] = {Purpose.TAKING_PART: True}
NO: Mapping[Purpose, bool] = {Purpose.TAKING_PART: False}


def guardian(make: Factory, person_id: int, name: str = "林建国") -> Guardian:
    """Return a guardian who typed a name."""
    return make.do(typed_guardian, person_id, name, GuardianRelation.FATHER, at=now())


def say(
    make: Factory,
    one: Registration,
    said: Mapping[Purpose, bool] = YES,
    *,
    name: str = "林建国",
    at: datetime | None = None,
) -> Guardian:
    """Let a guardian answer by link: unproven."""
    who = guardian(make, one.person_id, name)
    make.do(_answer, one.id, who.id, said, at=at or now())
    return who


def call(make: Factory, one: Registration, who: Guardian, *, at: datetime | None = None) -> None:
    """Let the form teacher call a guardian who has said yes."""
    moment = at or now()
    teacher = make.user("王老师")
    make.do(confirm_by_call, one.person_id, scope_in(one), who.id, moment, by=teacher.id, at=moment)


def paper(make: Factory, one: Registration, who: Guardian) -> None:
    """Let a paper be typed in and compared."""
    entered, compared = make.user("王老师"), make.user("陈老师")
    typed = make.do(enter_paper, one.person_id, scope_in(one), who.id, YES, by=entered.id, at=now())
    make.do(confirm_paper, typed.id, by=compared.id, at=now())


def take_back(make: Factory, one: Registration, who: Guardian, *, at: datetime | None = None) -> None:
    """Let a guardian withdraw."""
    make.do(withdraw, one.person_id, scope_in(one), who.id, at=at or now())


def agreed(make: Factory, one: Registration, *, at: datetime | None = None) -> Guardian:
    """Let a guardian agree, and the teacher call."""
    who = say(make, one, at=at)
    call(make, one, who, at=at)
    return who


def consent_rows(make: Factory, school: Organisation) -> None:
    """At least one row in every table about consent."""
    child = make.registration(age=12)
    make.do(ask_about, child.id, by=child.registered_by_id, at=now())
    roster = GuardianWords("林建国", GuardianRelation.FATHER, "13712345678")
    make.do(put_on_roster, child.person_id, roster, school.id, by=child.registered_by_id, at=now())
    paper(make, child, say(make, child))
    make.do(_code_row, child.person_id)


def guardian_places(make: Factory, event: Event, family: User, school: Organisation) -> dict[str, str]:
    """Let a child's place wait for a guardian, with a link that asks and the page of one who has answered."""
    child = make.person(family, name="何小禾", age=12)
    make.enrolment(child, school)
    held = make.do(register, child.id, event.slots[0].id, by=family.id, at=now())
    link = make.do(ask_family, family.id, at=now())
    page = make.do(_answered_page, link.id)
    wrong = make.do(_wrong_name, child.id)
    found = {"held": str(held.id), "correction": str(wrong.id)}
    return found | {"guardian_link": code_of_link(make, link), "guardian_page": code_of_link(make, page)}


def code_of_link(make: Factory, link: GuardianLink) -> str:
    """Return what a link's address ends in."""
    with make.app.app_context():
        return code_of(link)


def _answered_page(link_id: int) -> GuardianLink:
    link = db.session.get_one(GuardianLink, link_id)
    said = [Said(one.person_id, one.scope, YES) for one in link.asks]
    return answer_link(link_id, said, Signed("何建平", GuardianRelation.FATHER), at=now())


def _wrong_name(person_id: int) -> DataCorrection:
    who = typed_guardian(person_id, "何建平", GuardianRelation.FATHER, at=now())
    row = DataCorrection(person_id=person_id, guardian_id=who.id, name="何小和", asked_at=now())
    db.session.add(row)
    db.session.flush()
    return row


def scope_in(one: Registration) -> str:
    """Return the scope that a place is in."""
    return scope_of(db.session.get_one(Slot, one.slot_id))


def _answer(registration_id: int, guardian_id: int, said: Mapping[Purpose, bool], *, at: datetime) -> None:
    one = db.session.get_one(Registration, registration_id)
    who = db.session.get_one(Guardian, guardian_id)
    answer(Said(one.person_id, scope_of(one.slot), said), who, at=at)


def _code_row(person_id: int) -> None:
    link = db.session.scalars(select(GuardianAsk).where(GuardianAsk.person_id == person_id)).first()
    who = db.session.scalars(select(Guardian).where(Guardian.person_id == person_id)).first()
    assert link and who
    code = GuardianCode(
        guardian_id=who.id, link_id=link.link_id, nonce="n", code_hash="h", made_at=now(), ends_at=now()
    )
    db.session.add(code)
