"""What guardians and teachers read and do on pages about events inside a programme."""

from dataclasses import replace
from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from app.care.consents.answering import Said
from app.care.consents.asking import ask_about_programme, ask_family, code_of
from app.care.consents.guardian_page import Signed, answer_link, withdraw_on_page
from app.core.clock import local, now
from app.core.db import db
from app.events import announcing
from app.events.models import Registration, RegistrationState
from app.events.registration.operations import register
from app.people.consents.models import GuardianRelation
from app.people.consents.scopes import event_scope, programme_scope
from app.programmes import planning
from app.programmes.applications import applying, deciding
from app.programmes.applications.deciding import Verdict
from app.programmes.models import Application, ApplicationState, Programme
from tests.care.consents.inside import an_event, chosen_of, noon, signed_up
from tests.consents import YES
from tests.exchanges import a_programme, decide, entered, said_by
from tests.factories import Factory
from tests.signing_in import signed_in

FATHER = Signed("何建平", GuardianRelation.FATHER)


def test_the_page_of_who_agreed_to_the_event_tells_that_the_programme_covers_it_now(app: Flask, make: Factory) -> None:
    with app.app_context():
        programme, family = a_programme(make), make.user()
        event, child = an_event(make, programme), make.person(family, age=12)
        slot_id, scope = event.slots[0].id, event_scope(event.id)
        make.do(register, child.id, slot_id, by=family.id, at=now())
        link = make.do(ask_family, family.id, at=now())
        page = make.do(answer_link, link.id, [Said(child.id, scope, YES)], FATHER, at=now())
        said_by(make, make.do(_chosen, programme.id, child.id, family.id), is_called=True, name="何建平")
        begins = noon(programme.starts_on + timedelta(days=2))
        make.do(announcing.postpone_event, event.id, begins, "场馆有事", by=family.id, at=now())
        assert _place(child.id).consent_scope == programme_scope(programme.id)
        page_id, ask_id, address = page.id, page.asks[0].id, f"/G/{code_of(page)}"
        child_id, family_id = child.id, family.id
    browser = app.test_client()
    assert "您对项目的回执也管这场活动" in browser.get(address).text
    assert "您对项目的回执不变" in browser.get(f"{address}/withdrawal").text
    with app.app_context():
        assert make.do(withdraw_on_page, page_id, ask_id, at=now())
        assert _place(child_id).state is RegistrationState.CANCELLED
        again = make.do(register, child_id, slot_id, by=family_id, at=now())
        assert again.state is RegistrationState.HELD


def test_who_gives_a_programme_back_reads_what_goes_with_it(app: Flask, make: Factory) -> None:
    with app.app_context():
        programme, family = a_programme(make, title="两地夏令营"), make.user()
        event, one = an_event(make, programme), chosen_of(make, programme, family)
        link = make.do(ask_about_programme, one.id, by=family.id, at=now())
        page = make.do(
            answer_link, link.id, [Said(one.person_id, programme_scope(programme.id), YES)], FATHER, at=now()
        )
        address, texts = f"/G/{code_of(page)}/withdrawal", []
        browser, together = app.test_client(), "项目里的这些活动也一起退出"
        texts.append(browser.get(address).text)
        signed_up(make, one, event)
        texts.append(browser.get(address).text)
    assert [together in text for text in texts] == [False, True]
    assert all("两地夏令营" in text and "您对项目的回执不变" not in text for text in texts)


def test_a_call_about_the_event_confirms_the_answer_to_the_programme_as_it_stands(app: Flask, make: Factory) -> None:
    with app.app_context():
        programme = a_programme(make)
        event, one = an_event(make, programme), entered(make, programme, age=12)
        decide(make, Verdict.ACCEPT, one)
        who, place = said_by(make, one), signed_up(make, one, event)
        browser, moment = signed_in(app, make.member(programme.host)), f"{local(now()):%Y-%m-%dT%H:%M}"
        called = {"guardian_id": str(who.id), "called_at": moment, "takes_part": "confirms"}
        address, person_id, application_id = f"/registrations/{place.id}/guardian/call", one.person_id, one.id
    said = browser.post(address, data=called)
    assert said.status_code == 303
    with app.app_context():
        assert _place(person_id).state is RegistrationState.CONFIRMED
        assert db.session.get_one(Application, application_id).state is ApplicationState.CONFIRMED


def test_the_page_tells_that_a_programme_goes_further_than_what_was_agreed_to(app: Flask, make: Factory) -> None:
    with app.app_context():
        programme, family = a_programme(make), make.user()
        event, one = an_event(make, programme), chosen_of(make, programme, family)
        link = make.do(ask_about_programme, one.id, by=family.id, at=now())
        said = Said(one.person_id, programme_scope(programme.id), YES)
        page = make.do(answer_link, link.id, [said], FATHER, at=now())
        said_by(make, one, is_called=True, name=FATHER.name)
        signed_up(make, one, event)
        known = db.session.get_one(Programme, programme.id, populate_existing=True)
        wider = replace(planning.words_of(known), nights_away=True)
        make.do(planning.edit_programme, programme.id, wider, by=family.id, at=now())
        address = f"/G/{code_of(page)}"
    text = app.test_client().get(address).text
    assert "安排有变动" in text
    assert "老师会打电话跟您核实" not in text
    assert "项目期间的各场活动也按这份回执" not in text


def _place(person_id: int) -> Registration:
    theirs = select(Registration).where(Registration.person_id == person_id)
    return db.session.scalars(theirs.execution_options(populate_existing=True)).one()


def _chosen(programme_id: int, person_id: int, by: int) -> Application:
    side = db.session.get_one(Programme, programme_id).sides[0]
    one = applying.enter(side.id, person_id, by=by, at=now())
    return deciding.decide(programme_id, [one.id], deciding.Decision(Verdict.ACCEPT), by=by, at=now())[0]
