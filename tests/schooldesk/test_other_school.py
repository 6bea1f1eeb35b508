"""Two schools with the same routes: whoever asks with the other's numbers gets 404 and not one byte of theirs."""

import pytest
from flask import Flask
from sqlalchemy import select

from app.core.clock import now
from app.core.db import db
from app.people.models import Enrolment
from app.schooldesk.claims.slips import make_slips
from app.schooldesk.models import RollOver, Transfer
from app.schooldesk.rosters.models import RosterImport
from app.schooldesk.transfers import operations
from app.schooldesk.years.rolling_over import Step, roll_over
from tests.factories import Factory, born
from tests.rosters import entered, typed
from tests.signing_in import Personas, signed_in

NAME, GUARDIAN, CLASS, NUMBER, PHONE = "金丝雀", "金丝雀家长", "金丝雀（9）班", "CANARY7", "13911112222"
CANARIES = [word.encode() for word in (NAME, GUARDIAN, CLASS, NUMBER, PHONE)]


def theirs(make: Factory) -> dict[str, int]:
    """Let another school have one of everything, each with a canary in it; returns its numbers."""
    school, third = make.school(), make.school()
    event = make.event()
    one = make.school_class(school, CLASS, form_teacher=GUARDIAN)
    line = typed(NAME, born(10), guardian=GUARDIAN, phone=PHONE, student_no=NUMBER)
    taken = entered(make, one, line)
    by = make.user().id
    with make.app.app_context():
        person_id = db.session.scalars(select(Enrolment.person_id)).one()
    make.do(make_slips, one.id, {person_id}, by=by, at=now())
    newcomer = operations.Newcomer(NAME, born(10), school.id, CLASS)
    asked: Transfer = make.do(operations.ask, newcomer, third.id, by=by, at=now())
    year: RollOver = make.do(roll_over, third.id, [Step(0, None)], "k", by=by, at=now())
    assert isinstance(taken, RosterImport)
    return {"class": one.id, "import": taken.id, "event": event.id, "transfer": asked.id, "year": year.id}


ASKED = [
    ("GET", "/school/classes/{class}"),
    ("GET", "/school/classes/{class}/pupils"),
    ("GET", "/school/classes/{class}/roster"),
    ("POST", "/school/classes/{class}/roster"),
    ("GET", "/school/classes/{class}/slips"),
    ("POST", "/school/classes/{class}/slips"),
    ("GET", "/school/classes/{class}/slips.pdf"),
    ("GET", "/school/classes/{class}/events"),
    ("GET", "/school/classes/{class}/events/{event}"),
    ("POST", "/school/classes/{class}/events/{event}"),
    ("POST", "/school/classes/{class}/events/{event}/phones"),
    ("POST", "/school/classes/{class}/events/{event}/reminder"),
    ("POST", "/school/classes/{class}/events/{event}/calls"),
    ("GET", "/school/classes/{class}/events/{event}/code.png"),
    ("POST", "/school/rosters/{import}/undoing"),
    ("POST", "/school/transfers/{transfer}/confirmation"),
    ("POST", "/school/transfers/{transfer}/refusal"),
    ("POST", "/school/transfers/{transfer}/withdrawal"),
    ("POST", "/school/year/{year}/undoing"),
]


@pytest.mark.parametrize("engine", ["sqlite"])
def test_no_role_gets_anything_with_another_schools_numbers(
    app: Flask, personas: Personas, make: Factory, capfd: pytest.CaptureFixture[str]
) -> None:
    numbers = theirs(make)
    own = make.school_class(personas.school)
    browsers = {
        "office": personas.school_office,
        "staff": personas.staff,
        "manager": personas.manager,
        "administrator": personas.administrator,
        "auditor": personas.auditor,
        "parent": signed_in(app, make.user("陈思远")),
        "nobody": personas.anonymous,
    }
    found: dict[tuple[str, str], int] = {}
    for method, pattern in ASKED:
        for who, browser in browsers.items():
            answer = browser.open(pattern.format(**numbers), method=method)
            found[who, pattern] = answer.status_code
            told = answer.data + str(answer.headers).encode()
            assert [canary for canary in CANARIES if canary in told] == [], (who, pattern)
    assert {status for (who, _), status in found.items() if who == "office"} == {404}
    assert {status for (who, _), status in found.items() if who != "office"} <= {302, 303, 403}
    for path in ("/school/classes", "/school/transfers", "/school/year", f"/school/classes/{own.id}/pupils"):
        shown = personas.school_office.get(path)
        assert shown.status_code == 200
        assert [canary for canary in CANARIES if canary in shown.data] == [], path
    assert [canary for canary in CANARIES if canary.decode() in "".join(capfd.readouterr())] == []
