"""Programmes, their sides and applications, for tests."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import Any

from app.accounts.models import User
from app.care.consents.answering import Said, answer, typed_guardian
from app.care.consents.proving import confirm_by_call
from app.core.clock import local_day, now
from app.core.db import db
from app.organisations.models import Organisation
from app.people.consents.models import Guardian, GuardianRelation, Purpose
from app.people.consents.scopes import programme_scope
from app.people.models import Person
from app.programmes import asking, documents, itinerary, planning, sides
from app.programmes.agreements import operations as agreements
from app.programmes.applications import applying, deciding
from app.programmes.applications.deciding import Decision, Verdict
from app.programmes.kinds import ProgrammeKind
from app.programmes.models import (
    SEALED_FOR,
    Agreement,
    Application,
    Entry,
    Measure,
    Programme,
    Quota,
    Reach,
    Reason,
    Side,
)
from app.questions.files import prepare_file
from app.questions.models import QuestionKind
from app.questions.rules import QuestionWords
from tests.factories import Factory


def words(**changes: Any) -> planning.ProgrammeWords:
    """Return the words of a programme in a month, for five days, within the county."""
    begins = local_day(now()) + timedelta(days=30)
    values: dict[str, Any] = {
        "title": "两地青少年夏令营",
        "kind": ProgrammeKind.THEME,
        "reach": Reach.LOCAL,
        "direction": None,
        "introduction": "五天四晚，一起走古道。",
        "place": "清溪古镇",
        "contact": "苏老师",
        "starts_on": begins,
        "ends_on": begins + timedelta(days=4),
        "min_age": 6,
        "max_age": 60,
    }
    return planning.ProgrammeWords(**(values | changes))


def a_programme(
    make: Factory, host: Organisation | None = None, *, places: int = 2, is_published: bool = True, **changes: Any
) -> Programme:
    """Make a programme in which the host takes part with some places; keywords are its words."""
    host, by = host or make.organisation(), make.user().id
    made = make.do(planning.create_programme, host.id, words(**changes), by=by, at=now())
    make.do(sides.add_side, made.id, side_words(host.id, places=places), by=by, at=now())
    if is_published:
        make.do(planning.publish, made.id, by=by, at=now())
    return made


def replanned(make: Factory, programme: Programme, days_more: int = 0, **changes: Any) -> Programme:
    """Change the words of a programme, and its last day by some days."""
    known = db.session.get_one(Programme, programme.id, populate_existing=True)
    words = replace(planning.words_of(known), **({"ends_on": known.ends_on + timedelta(days=days_more)} | changes))
    return make.do(planning.edit_programme, programme.id, words, by=make.user().id, at=now())


def side_words(organisation_id: int | None, name: str = "", **changes: Any) -> sides.SideWords:
    """Return a side that is open now."""
    values: dict[str, Any] = {
        "places": 2,
        "contact": "陈老师",
        "opens_at": now() - timedelta(days=1),
        "closes_at": now() + timedelta(days=10),
    }
    return sides.SideWords(organisation_id, name, **(values | changes))


def first_side(make: Factory, programme: Programme) -> Side:
    """Return the first side of a programme."""
    return make.do(lambda: db.session.get_one(Programme, programme.id, populate_existing=True).sides[0])


def a_quota(make: Factory, programme: Programme, school: Organisation, places: int = 5) -> Quota:
    """Let a school recommend pupils for the first side of a programme."""
    side = first_side(make, programme)
    make.do(sides.set_quotas, side.id, {school.id: places}, by=make.user().id, at=now())
    return make.do(lambda: db.session.get_one(Side, side.id, populate_existing=True).quotas[0])


def a_pupil(make: Factory, school: Organisation, user: User | None = None, **person: Any) -> Person:
    """Make a pupil whom a school has confirmed."""
    made = make.person(user, **person)
    make.enrolment(made, school)
    return made


def nominated(make: Factory, quota: Quota, *pupils: Person) -> list[Application]:
    """Let a school recommend pupils."""
    ids = [one.id for one in pupils]
    return make.do(applying.nominate, quota.id, ids, "", by=make.user().id, at=now())


def entered(make: Factory, programme: Programme, **person: Any) -> Application:
    """Enter somebody on the first side of a programme."""
    side, somebody = first_side(make, programme), make.person(**person)
    return make.do(applying.enter, side.id, somebody.id, by=make.user().id, at=now())


def decide(make: Factory, verdict: Verdict, *ones: Application, **why: Any) -> list[Application]:
    """Let the host decide."""
    decision = Decision(verdict, why.get("reason"), why.get("words", ""))
    ids = [one.id for one in ones]
    return make.do(deciding.decide, ones[0].programme_id, ids, decision, by=make.user().id, at=now())


def fresh(one: Application) -> Application:
    """Return an application as it is now."""
    return db.session.get_one(Application, one.id, populate_existing=True)


def said_by(
    make: Factory, one: Application, *, yes: bool = True, is_called: bool = False, name: str = "林建国"
) -> Guardian:
    """Let a guardian answer for a programme by link, and the teacher call afterwards."""
    guardian = make.do(typed_guardian, one.person_id, name, GuardianRelation.FATHER, at=now())
    spoken: Mapping[Purpose, bool] = {Purpose.TAKING_PART: yes}
    scope = programme_scope(one.programme_id)
    make.do(lambda: answer(Said(one.person_id, scope, spoken), db.session.get_one(Guardian, guardian.id), at=now()))
    if is_called:
        make.do(confirm_by_call, one.person_id, scope, guardian.id, now(), by=make.user().id, at=now())
    return guardian


def an_agreement(make: Factory, host: Organisation, **changes: Any) -> Agreement:
    """Make an agreement of a host with a district that has no accounts, for three years."""
    today = local_day(now())
    promises = (agreements.PromiseWords("每年互访一次", Measure.PROGRAMMES, 1),)
    values: dict[str, Any] = {
        "title": "青少年交流合作协议",
        "partner_id": None,
        "partner_name": "湾里区教育局",
        "starts_on": today - timedelta(days=400),
        "ends_on": today + timedelta(days=600),
        "promises": promises,
    }
    made = agreements.AgreementWords(**(values | changes))
    return make.do(agreements.create_agreement, host.id, made, by=make.user().id, at=now())


def a_paper(name: str = "方案.pdf") -> Any:
    """Return a paper that may be kept."""
    return prepare_file(name, BytesIO(b"%PDF-1.7 plan"), SEALED_FOR)


def programme_places(make: Factory, host: Organisation, school: Organisation, young: User) -> dict[str, int]:
    """Make some of everything that belongs to programmes, and return what the places of addresses stand for."""
    by = make.member(host).id
    agreement = an_agreement(make, host)
    programme = a_programme(make, host, entry=Entry.APPLICATION, agreement_id=agreement.id)
    draft = a_programme(make, host, is_published=False, title="还没发布的项目")
    side, quota = first_side(make, programme), a_quota(make, programme, school)
    spare = make.do(sides.add_side, programme.id, side_words(None, "湾里区"), by=by, at=now())
    day = programme.starts_on
    item = make.do(itinerary.add_item, programme.id, itinerary.ItemWords(day, "09:00", "开营", None))
    ask = QuestionWords(QuestionKind.TEXT, "有什么特长？")
    asked = make.do(asking.add_question, programme.id, ask, by=by, at=now())
    with make.app.app_context():
        files = [a_paper(), a_paper("告家长书.pdf")]
    paper = make.do(documents.add_to_programme, programme.id, files[0], is_public=False, by=by, at=now())
    shown = make.do(documents.add_to_programme, programme.id, files[1], is_public=True, by=by, at=now())
    pupil = a_pupil(make, school, young, name="林小妹", age=12)
    (application,) = nominated(make, quota, pupil)
    decide(make, Verdict.ACCEPT, application)
    inside = make.event(host, title="开营仪式")
    refused = entered(make, programme, name="孙悦")
    decide(make, Verdict.REFUSE, refused, reason=Reason.PLACES)
    return {
        "programme": programme.id,
        "draft_programme": draft.id,
        "side": side.id,
        "spare_side": spare.id,
        "quota": quota.id,
        "item": item.id,
        "asked": asked.id,
        "document": paper.id,
        "public_document": shown.id,
        "application": application.id,
        "agreement": agreement.id,
        "inside": inside.id,
    }
