"""By class: the guardian's consent to pairing, and seven days to object."""

from datetime import timedelta

import pytest
from flask import Flask

from app.care.consents.answering import Said, answer, withdraw
from app.core.clock import now
from app.core.db import db
from app.organisations.models import Organisation
from app.pairing.accepting.answering import Signer, object_to
from app.pairing.accepting.jobs import due_to_stand, stand
from app.pairing.accepting.problems import NeedsProgramme
from app.pairing.accepting.work import without_consent
from app.pairing.models import PairingRound
from app.pairing.states import PairState, Way
from app.people.consents.models import Guardian, Purpose, Strength
from app.people.consents.recording import Proof
from app.people.consents.scopes import programme_scope
from app.people.models import Person
from app.programmes.models import Programme
from tests.accepting_rows import guardian_of, member_of, pair_of, published
from tests.exchanges import a_programme
from tests.factories import Factory


@pytest.fixture
def programme(inside: Flask, make: Factory) -> Programme:
    """A programme in whose letter guardians are asked about pairing."""
    return a_programme(make)


@pytest.fixture
def host(programme: Programme) -> Organisation:
    """Whose programme it is."""
    return programme.host


def agrees(make: Factory, programme: Programme, person: Person, *, is_proven: bool = True) -> int:
    """Let a guardian agree to taking part and to pairing; returns which."""
    guardian_id, by = make.do(guardian_of, person.id), make.user().id
    proof = Proof(Strength.CALLED, by, now()) if is_proven else Proof()
    said = Said(person.id, programme_scope(programme.id), {Purpose.TAKING_PART: True, Purpose.PAIRING: True})
    make.do(lambda: answer(said, db.session.get_one(Guardian, guardian_id), proof, at=now()))
    return guardian_id


def by_class(make: Factory, programme: Programme, *pair: Person) -> PairingRound:
    """Publish a pair by class."""
    return published(make, programme.host, pair, way=Way.CLASS, programme_id=programme.id)


def is_seen(made: PairingRound, person: Person) -> bool:
    """Return whether families see somebody's pair."""
    db.session.expire_all()
    return pair_of(made, person).shown_at is not None


def test_a_round_of_no_programme_cannot_be_by_class(inside: Flask, make: Factory) -> None:
    with pytest.raises(NeedsProgramme):
        published(make, make.organisation(), (make.person(), make.person()), way=Way.CLASS)


def test_nobody_is_shown_to_the_other_side_before_a_guardian_has_agreed_to_pairing(
    programme: Programme, make: Factory
) -> None:
    child, other = make.person(age=12), make.person(age=16)
    agrees(make, programme, other, is_proven=False)
    agrees(make, programme, child, is_proven=False)  # under 14 it has to be proven
    made = by_class(make, programme, child, other)
    assert not is_seen(made, child)
    listed, count = without_consent(made, at=now())
    assert ([one.person_id for one in listed], count) == ([child.id], 1)
    agrees(make, programme, child)
    assert is_seen(made, child)


def test_it_stands_after_seven_days_and_not_before(programme: Programme, make: Factory) -> None:
    one, other = make.person(age=19), make.person(age=20)
    made = by_class(make, programme, one, other)
    pair_id = member_of(made, one).pair_id
    assert list(due_to_stand(now() + timedelta(days=6, hours=23))) == []
    assert list(due_to_stand(now() + timedelta(days=8))) == [pair_id]
    make.do(stand, pair_id, at=now() + timedelta(days=8))
    assert pair_of(made, one).state is PairState.FORMED


def test_an_objection_takes_the_youth_out_at_once_and_waits_for_the_organiser(
    programme: Programme, make: Factory
) -> None:
    one, other = make.person(age=19), make.person(age=20)
    made = by_class(make, programme, one, other)
    member = member_of(made, one)
    make.do(object_to, member.pair_id, member.id, Signer(), "不方便", at=now())
    assert member_of(made, one).pair_id is None
    assert pair_of(made, other).state is PairState.OBJECTED
    make.do(stand, member_of(made, other).pair_id, at=now() + timedelta(days=8))
    assert pair_of(made, other).state is PairState.OBJECTED


def test_a_consent_that_is_taken_back_takes_the_child_out(programme: Programme, make: Factory) -> None:
    child, other = make.person(age=12), make.person(age=20)
    guardian_id = agrees(make, programme, child)
    made = by_class(make, programme, child, other)
    make.do(withdraw, child.id, programme_scope(programme.id), guardian_id, at=now())
    assert member_of(made, child).pair_id is None
    assert pair_of(made, other).state is PairState.OBJECTED
