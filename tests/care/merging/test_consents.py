"""What guardians agreed to, when two records of a child become one."""

import pytest
from sqlalchemy import func, select

from app.care.merging.operations import merge
from app.care.merging.problems import GuardiansDisagree
from app.core.clock import now
from app.core.db import db
from app.events.models import Registration
from app.people.consents.models import Consent, ConsentInForce, Guardian, Purpose
from app.people.consents.recording import objections
from app.people.models import Person
from tests.consents import NO, agreed, call, say, scope_in, take_back
from tests.factories import Factory, born

pytestmark = pytest.mark.usefixtures("inside")


def child(make: Factory, slot_of: Registration | None = None, **plan: int) -> Registration:
    """Return a place of a child of twelve; in the same event as another's."""
    event = slot_of.slot.event if slot_of else make.event(capacity=5, **plan)
    slot = make.slot(event) if slot_of else event.slots[0]
    return make.registration(slot, name="林晓雨", born_on=born(12))


def merged(make: Factory, kept: Registration, other: Registration) -> None:
    """Merge the people of two places."""
    make.do(merge, kept.person_id, other.person_id, by=make.user().id, at=now())
    db.session.expire_all()


def state(one: Registration) -> tuple[str, bool]:
    """Return what a place is worth now, and whether it leans on a consent."""
    stored = db.session.get_one(Registration, one.id)
    return str(stored.state), stored.consent_id is not None


def test_a_place_that_leans_on_a_consent_stays_confirmed(make: Factory) -> None:
    kept, other = child(make), child(make)
    agreed(make, other)
    merged(make, kept, other)
    assert (state(kept), state(other)) == (("held", False), ("confirmed", True))
    assert db.session.scalars(select(ConsentInForce.person_id)).all() == [kept.person_id]
    assert db.session.scalars(select(Guardian.person_id)).all() == [kept.person_id]


def test_a_held_place_is_confirmed_by_what_was_agreed_for_the_other_record(make: Factory) -> None:
    kept = child(make)
    other = child(make, kept)
    agreed(make, other)
    merged(make, kept, other)
    assert (state(kept), state(other)) == (("confirmed", True), ("confirmed", True))


@pytest.mark.parametrize("proves_kept", [True, False])
def test_of_two_answers_the_proven_one_stays_with_what_both_agreed_to(make: Factory, proves_kept: bool) -> None:
    kept = child(make)
    other = child(make, kept)
    both, photos = {Purpose.TAKING_PART: True}, {Purpose.TAKING_PART: True, Purpose.PHOTOS: True}
    by_kept, by_other = say(make, kept, photos), say(make, other, both)
    call(make, *((kept, by_kept) if proves_kept else (other, by_other)))
    merged(make, kept, other)
    holds = db.session.scalars(select(ConsentInForce)).one()
    assert (holds.person_id, holds.is_proven, set(holds.agreed)) == (kept.person_id, True, {"taking_part"})
    assert (state(kept), state(other)) == (("confirmed", True), ("confirmed", True))


def test_a_no_is_not_outweighed_by_a_yes_to_the_other_record(make: Factory) -> None:
    kept = child(make)
    other = child(make, kept)
    agreed(make, kept)
    say(make, other, NO, name="王芳")
    with pytest.raises(GuardiansDisagree):
        merged(make, kept, other)


def test_evidence_stays_as_it_was_and_a_no_for_the_other_record_still_counts(make: Factory) -> None:
    kept, other = child(make), child(make)
    who = agreed(make, other)
    take_back(make, other, who)
    before = db.session.execute(select(Consent.id, Consent.person_id).order_by(Consent.id)).all()
    scope = scope_in(other)
    merged(make, kept, other)
    assert db.session.execute(select(Consent.id, Consent.person_id).order_by(Consent.id)).all() == before
    assert objections(kept.person_id, scope) == {who.id}
    assert db.session.scalar(select(func.count()).where(Person.merged_into_id == kept.person_id)) == 1
