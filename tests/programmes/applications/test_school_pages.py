"""The school's page of applications: its own pupils, and nobody who has gone to another school."""

from sqlalchemy import update

from app.core.clock import now
from app.core.db import db
from app.people.models import Enrolment
from tests.exchanges import a_programme, a_pupil, a_quota, nominated
from tests.factories import Factory
from tests.signing_in import Personas


def _leaves(make: Factory, person_id: int) -> None:
    theirs = update(Enrolment).where(Enrolment.person_id == person_id)
    make.do(lambda: db.session.execute(theirs.values(ended_at=now())))


def test_who_has_left_the_school_is_not_the_schools_any_more(personas: Personas) -> None:
    make, browser = personas.make, personas.school_office
    here, gone = (a_pupil(make, personas.school, name=name, age=12) for name in ("林小妹", "孙悦"))
    mine, theirs = nominated(make, a_quota(make, a_programme(make, personas.host), personas.school), here, gone)
    _leaves(make, gone.id)
    text = browser.get("/school/programmes").text
    assert "林小妹" in text
    assert "孙悦" not in text
    for end in ("endorsement", "withdrawal"):
        assert browser.post(f"/school/applications/{theirs.id}/{end}", data={"words": "x"}).status_code == 404
    assert browser.get(f"/school/applications/{mine.id}/withdrawal").status_code == 200
