"""The school's page of its own pupils who have not answered about their pair, and reminding them."""

import pytest
from sqlalchemy import select

from app.core.clock import now
from app.core.db import db
from app.messages.models import Message, MessageKind
from app.pairing.accepting import unanswered
from app.pairing.models import Pair, PairingRound
from app.pairing.states import Way
from app.people.consents.models import Strength
from app.people.models import Enrolment, Person
from tests.accepting_rows import member_of, published, say_yes
from tests.counting import statements
from tests.exchanges import a_programme
from tests.factories import Factory
from tests.signing_in import Personas


def pupil(personas: Personas, make: Factory, name: str, class_name: str = "七年级（1）班", age: int = 12) -> Person:
    """Make a confirmed pupil of the office's school."""
    person = make.person(name=name, age=age)
    enrolment = make.enrolment(person, personas.school)
    make.do(lambda: setattr(db.session.get_one(Enrolment, enrolment.id), "class_name", class_name))
    return person


@pytest.fixture
def made(personas: Personas, make: Factory) -> PairingRound:
    """A round of three pairs: two with pupils of the office's school, one with none."""
    own = [pupil(personas, make, "林小满"), pupil(personas, make, "何小禾", "七年级（2）班")]
    others = [make.person(name=name, age=19) for name in ("韩梅梅", "李大雷")]
    stranger = [make.person(name=name, age=19) for name in ("周舟", "吴越")]
    return published(make, personas.host, *zip(own, others, strict=True), stranger)


def person(personas: Personas, name: str) -> Person:
    """Return somebody by name."""
    with personas.app.app_context():
        return db.session.scalars(select(Person).where(Person.name == name)).one()


def reminded(personas: Personas) -> list[str]:
    """Return who was reminded."""
    with personas.app.app_context():
        told = select(Person.name).join(Message, Message.person_id == Person.id)
        return list(db.session.scalars(told.where(Message.kind == MessageKind.PAIR_REMINDER).order_by(Person.id)))


def test_own_pupils_stand_there_until_all_have_answered_and_nobody_else_does(
    personas: Personas, made: PairingRound, make: Factory
) -> None:
    there, office = f"/school/pairing/{made.id}/unanswered", personas.school_office
    page = office.get(there).text
    assert "林小满" in page
    assert "何小禾" in page
    for other in ("韩梅梅", "李大雷", "周舟", "吴越"):
        assert other not in page
    by = make.user().id
    say_yes(make, made, person(personas, "林小满"), as_guardian=True, strength=Strength.CALLED, by=by)
    assert "林小满" not in office.get(there).text
    say_yes(make, made, person(personas, "何小禾"), as_guardian=True, strength=Strength.CALLED, by=by)
    assert "都答复了" in office.get(there).text


def test_the_list_is_narrowed_to_a_class_and_paged(
    personas: Personas, made: PairingRound, monkeypatch: pytest.MonkeyPatch
) -> None:
    there, office = f"/school/pairing/{made.id}/unanswered", personas.school_office
    one_class = office.get(there, query_string={"class": f"0|{personas.school.name}|七年级（2）班"}).text
    assert "何小禾" in one_class
    assert "林小满" not in one_class
    monkeypatch.setattr(unanswered, "PAGE", 1)
    monkeypatch.setattr(unanswered, "_STEP", 1)
    with personas.app.app_context():
        first = member_of(made, db.session.scalars(select(Person).where(Person.name == "林小满")).one()).id
    assert f"after={first}" in office.get(there).text
    second = office.get(there, query_string={"after": first}).text
    assert "何小禾" in second
    assert "林小满" not in second


def test_those_are_reminded_once_a_day_and_the_group_is_told_no_name(personas: Personas, made: PairingRound) -> None:
    office, there = personas.school_office, f"/school/pairing/{made.id}"
    chat = office.get(f"{there}/unanswered").text.split("<textarea")[1].split("</textarea>")[0]
    assert "秋季书信" in chat
    assert "林小满" not in chat
    one_class = {"class": f"0|{personas.school.name}|七年级（1）班"}
    assert office.post(f"{there}/reminders", data=one_class).status_code == 303
    assert reminded(personas) == ["林小满"]
    for _twice in range(2):
        assert office.post(f"{there}/reminders", data={"class": "no such"}).status_code == 303
    assert reminded(personas) == ["林小满", "何小禾"]


def test_after_the_last_day_they_still_stand_there_and_can_be_reminded(
    personas: Personas, made: PairingRound, make: Factory
) -> None:
    def be_over() -> None:
        for pair in db.session.scalars(select(Pair).where(Pair.round_id == made.id)):
            pair.answer_by = now()

    make.do(be_over)
    office = personas.school_office
    assert "已过截止时间" in office.get(f"/school/pairing/{made.id}/unanswered").text
    office.post(f"/school/pairing/{made.id}/reminders")
    assert len(reminded(personas)) == 2


def test_a_guardian_without_an_account_gets_a_link_from_the_school(personas: Personas, made: PairingRound) -> None:
    with personas.app.app_context():
        people = {one.name: one for one in db.session.scalars(select(Person))}
        own, other = (member_of(made, people[name]).id for name in ("林小满", "韩梅梅"))
    office, there = personas.school_office, f"/school/pairing/members/{own}/guardian"
    assert there in office.get(f"/school/pairing/{made.id}/unanswered").text
    for _twice in range(2):
        assert office.post(there).status_code == 303
    address = office.get(there).text.split("/G/")[1].split("/")[0]
    assert personas.app.test_client().get(f"/G/{address}/pair").status_code == 200
    for method in ("get", "post"):
        assert getattr(office, method)(f"/school/pairing/members/{other}/guardian").status_code == 404


def test_by_class_nobody_has_to_answer(personas: Personas, make: Factory) -> None:
    programme = a_programme(make, personas.host)
    two = pupil(personas, make, "林小满", age=19), make.person(name="韩梅梅", age=19)
    made = published(make, personas.host, two, way=Way.CLASS, programme_id=programme.id)
    assert "这里不需要答复" in personas.school_office.get(f"/school/pairing/{made.id}/unanswered").text


def test_another_school_finds_nothing(personas: Personas, make: Factory) -> None:
    foreign = published(make, personas.host, [make.person(name=name, age=19) for name in ("周舟", "吴越")])
    for method, page in (("get", "unanswered"), ("get", "silent"), ("post", "reminders")):
        assert getattr(personas.school_office, method)(f"/school/pairing/{foreign.id}/{page}").status_code == 404


def test_many_pupils_are_as_many_statements_as_one(personas: Personas, make: Factory) -> None:
    asked = []
    for count in (1, 6):
        couples = [(pupil(personas, make, "林小满"), make.person(name="韩梅", age=19)) for _one in range(count)]
        made = published(make, personas.host, *couples)
        personas.school_office.get(f"/school/pairing/{made.id}/unanswered")
        with statements(personas.app) as found:
            personas.school_office.get(f"/school/pairing/{made.id}/unanswered")
        asked.append(len(found))
    assert asked[0] == asked[1]
