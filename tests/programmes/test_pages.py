"""The whole line in the browser: set up, share out, recommend, decide, answer, agree, call; and what is told no."""

from datetime import timedelta
from typing import Any

from flask import Flask

from app.care.consents.asking import code_of
from app.care.consents.models import GuardianLink
from app.core.clock import local, local_day, now
from app.core.db import db
from app.people.consents.models import Guardian
from app.programmes.applications.deciding import Verdict
from app.programmes.models import Application, Entry, Programme
from app.questions.forms import name_of
from tests.exchanges import a_programme, a_pupil, a_quota, decide, entered, first_side, nominated
from tests.signing_in import Personas

DAY = local_day(now()) + timedelta(days=30)
WORDS = {
    "title": "两地夏令营",
    "kind": "pairing",
    "reach": "provinces",
    "direction": "in",
    "introduction": "五天四晚。",
    "place": "清溪古镇",
    "contact": "苏老师",
    "starts_on": f"{DAY:%Y%m%d}",
    "ends_on": f"{DAY + timedelta(days=4):%Y%m%d}",
    "min_age": "6",
    "max_age": "18",
    "levels": ["middle", "high"],
    "campaigns": "民族团结一家亲\n\n青年交流",
    "entry": "nomination",
    "confirm_days": "3",
    "nights_away": "y",
    "agreement_id": "0",
}


def clock(days: int) -> str:
    """Return a time some days from now, as the browser sends it."""
    return f"{local(now()) + timedelta(days=days):%Y-%m-%d} 09:00"


def stands(app: Flask, application_id: int) -> str:
    """Return the state of an application."""
    with app.app_context():
        return str(db.session.get_one(Application, application_id).state)


def test_a_programme_goes_from_the_draft_to_a_child_that_is_chosen(app: Flask, personas: Personas) -> None:
    make, staff, school = personas.make, personas.staff, personas.school_office
    pupil = a_pupil(make, personas.school, name="林小妹", age=12)
    made = staff.post("/desk/programmes/new", data=WORDS | {"host_id": str(personas.host.id)})
    assert made.status_code == 303
    at = made.location
    side = {"organisation_id": str(personas.host.id), "name": "", "places": "1", "contact": ""}
    window = {"opens_at": clock(-1), "closes_at": clock(10)}
    shared = staff.post(f"{at}/sides/new", data=side | window)
    assert shared.status_code == 303
    assert staff.post(shared.location, data={f"places_{personas.school.id}": "2"}).status_code == 303
    assert staff.post(f"{at}/publication").status_code == 303
    assert "民族团结一家亲" in personas.anonymous.get(at.replace("/desk", "")).text
    with app.app_context():
        quota = db.session.scalars(db.select(Programme)).one().sides[0].quotas[0].id
    assert school.post(f"/school/quotas/{quota}", data={"pupils": [str(pupil.id)]}).status_code == 303
    with app.app_context():
        number = db.session.scalars(db.select(Application)).one().id
    chosen = {"ids": [str(number)], "verdict": "accept"}
    assert staff.post(f"{at}/applications", data=chosen).status_code == 303
    with app.app_context():
        assert db.session.scalars(db.select(Application)).one().state == "accepted"


def test_the_family_answers_the_guardian_agrees_and_the_teacher_calls(app: Flask, personas: Personas) -> None:
    make = personas.make
    parent = make.user("林建国")
    young = personas.young(parent)
    programme = a_programme(make, personas.host, nights_away=True)
    pupil = a_pupil(make, personas.school, parent, name="林小妹", age=12)
    (one,) = nominated(make, a_quota(make, programme, personas.school), pupil)
    decide(make, Verdict.ACCEPT, one)
    page = f"/applications/{one.id}"
    assert young.post(f"{page}/acceptance").status_code == 303
    assert stands(app, one.id) == "held"
    assert young.post(f"{page}/guardian/link").status_code == 303
    with app.app_context():
        link = db.session.scalars(db.select(GuardianLink)).one()
        address, ask = f"/G/{code_of(link)}", link.asks[0].id
    assert programme.title in personas.anonymous.get(address).text
    said = {f"take_{ask}": "yes", "name": "林建国", "relation": "father"}
    assert personas.anonymous.post(address, data=said).status_code == 303
    assert stands(app, one.id) == "held"
    called = personas.school_office.get(f"{page}/guardian/call").text
    assert "林建国" in called
    with app.app_context():
        guardian = db.session.scalars(db.select(Guardian)).one().id
    call = {"guardian_id": str(guardian), "called_at": clock(-1), "takes_part": "yes", "photos": "y"}
    assert personas.school_office.post(f"{page}/guardian/call", data=call).status_code == 303
    assert stands(app, one.id) == "confirmed"
    assert young.post(f"{page}/decline").status_code == 303
    assert stands(app, one.id) == "declined"


def test_another_hosts_staff_finds_nothing(personas: Personas) -> None:
    programme = a_programme(personas.make, personas.host)
    one = entered(personas.make, programme)
    side = first_side(personas.make, programme)
    for address in (
        f"/desk/programmes/{programme.id}",
        f"/desk/programmes/{programme.id}/applications",
        f"/desk/sides/{side.id}/edit",
        f"/desk/applications/{one.id}",
    ):
        assert personas.outsider.get(address).status_code == 404
        assert personas.staff.get(address).status_code == 200


def test_whoever_edits_what_is_published_reads_that_going_further_asks_families_anew(
    app: Flask, personas: Personas
) -> None:
    warned = []
    for is_published in (False, True):
        programme = a_programme(personas.make, personas.host, is_published=is_published)
        page = f"/desk/programmes/{programme.id}"
        warned.append("重新询问家长" in personas.staff.get(f"{page}/edit").text)
        assert personas.staff.post(f"{page}/edit", data=WORDS).status_code == 303
        with app.app_context():
            kept = db.session.get_one(Programme, programme.id)
            assert (kept.title, kept.nights_away, kept.widened_at is not None) == ("两地夏令营", True, is_published)
    assert warned == [False, True]


def test_what_was_typed_wrongly_is_kept_and_told(personas: Personas) -> None:
    programme = a_programme(personas.make, personas.host, places=1)
    one, other = (entered(personas.make, programme, name=name) for name in ("林一", "林二"))
    backwards = WORDS | {"ends_on": "20200101", "host_id": str(personas.host.id)}
    new = personas.staff.post("/desk/programmes/new", data=backwards)
    assert (new.status_code, "五天四晚。" in new.text) == (422, True)
    ticked: dict[str, Any] = {"ids": [str(one.id), str(other.id)], "verdict": "accept", "words": "恭喜"}
    refused = personas.staff.post(f"/desk/programmes/{programme.id}/applications", data=ticked)
    assert (refused.status_code, 'value="恭喜"' in refused.text, refused.text.count("checked")) == (422, True, 2)
    assert "只剩 1 个名额" in refused.text
    nothing = personas.staff.post(f"/desk/programmes/{programme.id}/applications", data={"verdict": "refuse"})
    assert nothing.status_code == 422


def test_a_family_applies_and_answers_the_questions_on_one_page(app: Flask, personas: Personas) -> None:
    programme = a_programme(personas.make, personas.host, entry=Entry.APPLICATION)
    ask = {"kind": "text", "text": "有什么特长？", "is_required": "y", "keep_days": "30"}
    assert personas.staff.post(f"/desk/programmes/{programme.id}/questions/new", data=ask).status_code == 303
    parent = personas.make.user("林建国")
    child, young = personas.make.person(parent, name="林小妹", age=12), personas.young(parent)
    side, page = first_side(personas.make, programme), f"/programmes/{programme.id}/application"
    typed = {"person_id": str(child.id), "side_id": str(side.id), "statement": "想看草原"}
    missing = young.post(page, data=typed)
    assert (missing.status_code, "想看草原" in missing.text) == (422, True)
    with app.app_context():
        its = db.session.get_one(Programme, programme.id).question_set
        field = name_of(its.questions[0].id) if its else ""
    for _twice in range(2):
        assert young.post(page, data=typed | {field: "骑马"}).status_code == 303
    with app.app_context():
        one = db.session.scalars(db.select(Application)).one()
        assert (one.state, one.statement) == ("applied", "想看草原")
        number = one.id
    assert "骑马" in personas.staff.get(f"/desk/applications/{number}").text
