"""What a partner enters and answers, and what makes it count."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.care.consents.models import PaperAnswer
from app.care.consents.problems import SamePerson
from app.core.clock import local_day, now
from app.core.db import db
from app.organisations.models import Organisation
from app.partners import answering, entering, links, queries
from app.partners.models import PartnerLink
from app.partners.problems import LinkEndsTooLate, LinkEndsTooSoon, NobodyTicked, OwnSide, PartnerLinkOver, SheetMissing
from app.people.models import Person
from app.programmes.applications.deciding import Verdict
from app.programmes.models import Application, ApplicationState, Programme, Side
from app.programmes.problems import NotOpen
from tests.exchanges import a_paper, a_programme, decide, first_side, fresh
from tests.factories import Factory
from tests.partner_rows import GUESTS, a_link, a_side, sent, signed

S = ApplicationState


@pytest.fixture
def programme(inside: Flask, make: Factory) -> Programme:
    """A programme that leads out of the county: everybody under 18 needs a proven answer."""
    return a_programme(make, reach="provinces")


@pytest.fixture
def side(make: Factory, programme: Programme) -> Side:
    """The side of a district without accounts."""
    return a_side(make, programme)


@pytest.fixture
def link(make: Factory, side: Side) -> PartnerLink:
    """A link for it."""
    return a_link(make, side, make.user().id)[0]


def confirm(make: Factory, side: Side) -> None:
    """Let a second person compare everything that waits."""
    for paper_id in db.session.scalars(select(PaperAnswer.id).where(PaperAnswer.confirmed_at.is_(None))).all():
        make.do(answering.confirm_paper, side.id, paper_id, by=make.user().id, at=now())


def test_the_same_list_twice_enters_everybody_once(make: Factory, link: PartnerLink) -> None:
    for new in (2, 0):
        entered = make.do(entering.enter_list, link.id, GUESTS, at=now())
        assert (entered.new, entered.new + entered.known) == (new, 2)
    assert len(db.session.scalars(select(Person).where(Person.name == GUESTS[0].name)).all()) == 1


def test_whom_the_partner_sent_before_is_the_same_person_and_nobody_elses_child_is(
    make: Factory, host: Organisation, inside: Flask
) -> None:
    stranger = make.person(name=GUESTS[0].name, born_on=GUESTS[0].born_on)
    ones = [sent(make, a_link(make, a_side(make, a_programme(make, host)), make.user().id)[0])[0] for _year in range(2)]
    assert ones[0].person_id == ones[1].person_id != stranger.id
    elsewhere = sent(make, a_link(make, a_side(make, a_programme(make)), make.user().id)[0])[0]
    assert elsewhere.person_id not in (ones[0].person_id, stranger.id)


@pytest.fixture
def host(make: Factory) -> Organisation:
    """One host for several years."""
    return make.organisation()


def test_after_the_window_nobody_is_entered(make: Factory, link: PartnerLink, side: Side) -> None:
    make.do(lambda: setattr(db.session.get_one(Side, side.id), "closes_at", now() - timedelta(hours=1)))
    with pytest.raises(NotOpen):
        make.do(entering.enter_list, link.id, GUESTS, at=now())


def test_a_closed_link_opens_and_does_nothing(make: Factory, link: PartnerLink) -> None:
    code = links.code_of(link)
    assert links.link_called(code, at=now()).id == link.id
    for _twice in range(2):
        make.do(links.close_link, link.id, by=make.user().id, at=now())
    with pytest.raises(PartnerLinkOver):
        links.link_called(code, at=now())
    with pytest.raises(PartnerLinkOver):
        make.do(entering.enter_list, link.id, GUESTS, at=now())


def test_a_link_ends_by_itself_and_is_of_a_partner(make: Factory, side: Side, programme: Programme) -> None:
    today, by = local_day(now()), make.user().id
    with pytest.raises(LinkEndsTooSoon):
        make.do(links.make_link, side.id, "陈老师", today - timedelta(days=1), by=by, at=now())
    with pytest.raises(LinkEndsTooLate):
        make.do(links.make_link, side.id, "陈老师", programme.ends_on + timedelta(days=91), by=by, at=now())
    with pytest.raises(OwnSide):
        make.do(links.make_link, first_side(make, programme).id, "陈老师", programme.ends_on, by=by, at=now())
    made = make.do(links.make_link, side.id, "陈老师", today, by=by, at=now())
    with pytest.raises(PartnerLinkOver):
        links.link_called(links.code_of(made), at=made.ends_at)


def test_what_a_partner_writes_down_counts_once_a_second_person_compared_it_with_the_stamp(
    make: Factory, link: PartnerLink, side: Side
) -> None:
    child = sent(make, link)[0]
    decide(make, Verdict.ACCEPT, child)
    make.do(answering.say_yes, link.id, [child.id], at=now())
    paper = make.do(answering.write_paper_down, link.id, child.id, signed(sharing=True), at=now())
    assert fresh(child).state is S.HELD
    with pytest.raises(SheetMissing):
        confirm(make, side)
    make.do(answering.send_sheet, link.id, a_paper("汇总.pdf"), at=now())
    with pytest.raises(SamePerson):  # whoever made the link answers for what was entered by it
        make.do(answering.confirm_paper, side.id, paper.id, by=link.made_by_id, at=now())
    confirm(make, side)
    assert fresh(child).state is S.CONFIRMED
    assert fresh(child).consent_proven


def test_a_no_on_paper_counts_at_once(make: Factory, link: PartnerLink) -> None:
    child = sent(make, link)[0]
    decide(make, Verdict.ACCEPT, child)
    make.do(answering.write_paper_down, link.id, child.id, signed(takes_part=False), at=now())
    assert fresh(child).state is S.DECLINED


def test_papers_written_down_before_the_decision_count_when_the_partner_says_yes(
    make: Factory, link: PartnerLink, side: Side
) -> None:
    child, nameless = sent(make, link)
    with pytest.raises(NobodyTicked):
        make.do(answering.write_papers_down, link.id, [], at=now())
    make.do(answering.write_papers_down, link.id, [child.id], at=now())
    make.do(answering.send_sheet, link.id, a_paper("汇总.pdf"), at=now())
    confirm(make, side)
    decide(make, Verdict.ACCEPT, child, nameless)
    make.do(answering.say_yes, link.id, [child.id, nameless.id], at=now())
    assert (fresh(child).state, fresh(nameless).state) == (S.CONFIRMED, S.HELD)


def test_a_grown_up_takes_part_by_the_partners_word(make: Factory, link: PartnerLink) -> None:
    teacher = replace(GUESTS[0], name="陈老师", born_on=GUESTS[0].born_on.replace(year=1985))
    (one,) = sent(make, link, teacher)
    decide(make, Verdict.ACCEPT, one)
    make.do(answering.say_yes, link.id, [one.id], at=now())
    assert fresh(one).state is S.CONFIRMED
    assert queries.minors_of(db.session.get_one(Side, one.side_id)) == []


def test_whoever_came_another_way_is_not_shown_to_the_partner(
    make: Factory, link: PartnerLink, side: Side, programme: Programme
) -> None:
    mine = sent(make, link)
    applied = make.do(_by_family, side.id, make.person(age=12).id, make.user().id)
    shown = {one.id for one in db.session.scalars(queries.people_sent(side.id))}
    assert shown == {one.id for one in mine}
    assert applied.id not in shown
    decide(make, Verdict.ACCEPT, applied)
    with pytest.raises(NobodyTicked):
        make.do(answering.say_yes, link.id, [applied.id], at=now())


def _by_family(side_id: int, person_id: int, by: int) -> Application:
    side = db.session.get_one(Side, side_id)
    person = db.session.get_one(Person, person_id)
    one = Application(
        programme_id=side.programme_id,
        side_id=side_id,
        person_id=person_id,
        fourteen_on=person.fourteen_on,
        applied_on=local_day(now()),
        applied_at=now(),
        applied_by_id=by,
        source="family",
        state=S.APPLIED,
    )
    db.session.add(one)
    db.session.flush()
    return one
