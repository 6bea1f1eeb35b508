"""A partner's published pairs: the agreed fields of the other one, of whoever agreed, and nothing before."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from app.care.consents.answering import Said, answer, typed_guardian
from app.core.audit import AccessEntry
from app.core.clock import now
from app.core.db import db
from app.pairing import members, rounds
from app.pairing.accepting.answering import Signer, ask_another
from app.pairing.models import Pair, PairingRound
from app.pairing.rounds import Words
from app.pairing.youths import Shape
from app.partners import answering
from app.partners.models import PartnerLink
from app.people.consents.models import Guardian, GuardianRelation, Purpose
from app.people.consents.scopes import programme_scope
from app.people.models import Person
from app.programmes.applications.deciding import Verdict
from app.programmes.models import Application, Programme
from app.schooldesk.rosters.cells import rows_of_file
from tests.exchanges import a_programme, decide, entered
from tests.factories import Factory
from tests.pairing_rows import paired
from tests.partner_rows import GUESTS, a_link, a_side, sent
from tests.signing_in import Personas

OWN = replace(GUESTS[1], name="韩小梅", born_on=GUESTS[1].born_on.replace(year=1990))  # nobody has to agree for her
CHOSEN = {"file_format": "xlsx", "purpose": "pair_letters"}


@pytest.fixture
def programme(personas: Personas) -> Programme:
    """A programme whose sides are paired."""
    return a_programme(personas.make, personas.host, kind="pairing")


@pytest.fixture
def link(personas: Personas, programme: Programme) -> tuple[PartnerLink, str]:
    """The partner's link, and the address of its pairs."""
    side = a_side(personas.make, programme)
    made, code = a_link(personas.make, side, personas.make.member(personas.host).id)
    return made, f"/D/{code}/pairs"


def a_pair(make: Factory, programme: Programme, link: PartnerLink, *, shares: bool) -> PairingRound:
    """Pair somebody of the partner with a child of the host; the round is a draft."""
    ours = entered(make, programme, name="欧阳娜娜", age=15)
    (theirs,) = sent(make, link, OWN)
    decide(make, Verdict.ACCEPT, ours, theirs)
    make.do(answering.say_yes, link.id, [theirs.id], at=now())
    make.do(_agree, ours.id, shares)
    ids = [[one.side_id] for one in (ours, theirs)]
    words = Words("秋季书信", Shape.ONE_TO_ONE, ("清溪", "云岭"), programme.id, ids)
    made = make.do(members.set_up_with_people, programme.host_id, words, by=make.user().id, at=now())
    paired(make, made, make.user().id)
    return made


def _agree(application_id: int, shares: bool) -> None:
    one = db.session.get_one(Application, application_id)
    db.session.get_one(Person, one.person_id).interests = "书法"
    guardian = typed_guardian(one.person_id, "欧阳建平", GuardianRelation.FATHER, at=now())
    said = {Purpose.TAKING_PART: True, Purpose.SHARING: shares, Purpose.PAIRING: True}
    scope = programme_scope(one.programme_id)
    answer(Said(one.person_id, scope, said), db.session.get_one(Guardian, guardian.id), at=now())


def publish(make: Factory, made: PairingRound) -> None:
    """Let a second person check, and publish."""
    make.do(rounds.check, made.id, by=make.user().id, at=now())
    make.do(rounds.publish, made.id, by=make.user().id, at=now())


def test_nothing_is_shown_of_a_draft(personas: Personas, programme: Programme, link: tuple[PartnerLink, str]) -> None:
    a_pair(personas.make, programme, link[0], shares=True)
    assert "娜娜" not in personas.anonymous.get(link[1]).text
    assert personas.anonymous.post(link[1], data=CHOSEN).mimetype == "text/html"


def test_of_the_other_child_the_agreed_fields_go_out_and_it_is_written_down(
    personas: Personas, programme: Programme, link: tuple[PartnerLink, str]
) -> None:
    publish(personas.make, a_pair(personas.make, programme, link[0], shares=True))
    text = personas.anonymous.get(link[1]).text
    assert "韩小梅" in text
    assert "娜娜" in text
    assert "书法" in text
    assert "欧阳" not in text
    file = personas.anonymous.post(link[1], data=CHOSEN)
    head, row = rows_of_file(file.data)
    assert len(head) == len(row) == 8
    assert row[2:6] == ["韩小梅", "云岭中学 八年级(1)班", "娜娜", "清溪"]
    with personas.app.app_context():
        entry = db.session.scalars(select(AccessEntry).where(AccessEntry.action == "download")).one()
        assert (entry.record, entry.purpose, entry.user_id) == ("partner_link", "pair_letters", link[0].made_by_id)


def test_who_did_not_agree_to_sharing_is_not_told_of(
    personas: Personas, programme: Programme, link: tuple[PartnerLink, str]
) -> None:
    publish(personas.make, a_pair(personas.make, programme, link[0], shares=False))
    text = personas.anonymous.get(link[1]).text
    assert "韩小梅" in text
    assert "娜娜" not in text
    assert "书法" not in text


def test_without_saying_what_for_nothing_goes_out(
    personas: Personas, programme: Programme, link: tuple[PartnerLink, str]
) -> None:
    publish(personas.make, a_pair(personas.make, programme, link[0], shares=True))
    assert personas.anonymous.post(link[1], data=CHOSEN | {"purpose": "sale"}).status_code == 422


def test_of_a_pair_that_is_arranged_anew_nobody_is_told(
    personas: Personas, programme: Programme, link: tuple[PartnerLink, str]
) -> None:
    made = a_pair(personas.make, programme, link[0], shares=True)
    publish(personas.make, made)
    personas.make.do(_ask_another, made.id)
    text = personas.anonymous.get(link[1]).text
    assert "老师重新安排" in text
    assert "娜娜" not in text
    head, row = rows_of_file(personas.anonymous.post(link[1], data=CHOSEN).data)
    assert dict(zip(head, row, strict=True))["结对伙伴"] == "老师重新安排"


def _ask_another(round_id: int) -> None:
    (pair,) = db.session.scalars(select(Pair).where(Pair.round_id == round_id))
    (own,) = (one for one in pair.members if one.person.name == OWN.name)
    ask_another(pair.id, own.id, Signer(), "怕生", at=now())
