"""The pages of letters: the family's, the teacher's, the organiser's; nobody reads what is not theirs."""

from dataclasses import dataclass

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.accounts.models import User
from app.core.clock import now
from app.core.db import db
from app.organisations.models import MembershipRole
from app.pairing.letters import writing
from app.pairing.letters.models import LetterState, LetterWorry, OpenLetter
from app.pairing.models import Pair
from app.people.consents.models import Strength
from app.people.models import Relation
from tests.accepting_rows import published, say_yes
from tests.after_rows import LETTER, handed_on, look_after, members_of
from tests.factories import Factory
from tests.signing_in import Personas, signed_in


@dataclass
class Letters:
    """A pair of two accounts, their teacher, and the protection contact, each with a browser."""

    pair_id: int
    round_id: int
    members: tuple[int, int]
    teacher_user: User
    one: FlaskClient
    other: FlaskClient
    teacher: FlaskClient
    contact: FlaskClient

    @property
    def page(self) -> str:
        """The family's page."""
        return f"/pairs/{self.pair_id}/letters"

    def write(self, words: str = LETTER, **more: str) -> None:
        """Let the first write to the other."""
        data = {"partner_id": str(self.members[1]), "words": words, **more}
        assert self.one.post(self.page, data=data).status_code == 303


@pytest.fixture
def letters(personas: Personas, make: Factory) -> Letters:
    """A pair that may write."""
    users = [make.user(), make.user()]
    named = zip(users, ("王芳", "韩梅梅"), strict=True)
    people = [make.person(user, name=name, age=19, relation=Relation.ONESELF) for user, name in named]
    made = published(make, personas.host, people)
    for person in people:
        say_yes(make, made, person, strength=Strength.CALLED, by=make.user().id)
    pair_id = make.do(lambda: db.session.scalars(select(Pair.id).where(Pair.round_id == made.id)).one())
    teacher, contact = (make.member(personas.host, MembershipRole.STAFF, make.user(name)) for name in ("陈静", "何安"))
    look_after(make, made.id, teacher, contact)
    browsers = [signed_in(personas.app, user) for user in (*users, teacher, contact)]
    return Letters(pair_id, made.id, members_of(make, pair_id), teacher, *browsers)


def one_letter(letters: Letters) -> OpenLetter:
    """Return the only letter there is."""
    with letters.one.application.app_context():
        return db.session.scalars(select(OpenLetter)).one()


def test_above_the_first_word_stands_who_reads_it_first(letters: Letters) -> None:
    page = letters.one.get(letters.page).text
    promise = "这封信会先交给陈静老师，再转给对方"
    assert promise in page
    assert page.index(promise) < page.index('name="words"')


def test_from_the_draft_through_the_teacher_to_the_partner(letters: Letters) -> None:
    letters.write("还没写完", keep="1")
    assert "还没写完" in letters.one.get(letters.page).text
    letters.write()
    assert LETTER not in letters.other.get(letters.page).text
    waiting = one_letter(letters).id
    assert LETTER in letters.teacher.get(f"/letters/{waiting}").text
    assert letters.teacher.post(f"/letters/{waiting}/handing-on").status_code == 303
    assert LETTER in letters.other.get(letters.page).text
    assert letters.teacher.get(f"/letters/{waiting}").status_code == 404
    assert "韩梅梅" not in letters.one.get(letters.page).text


def test_a_kind_word_comes_back_with_the_letter(letters: Letters) -> None:
    letters.write("我的微信是 abc")
    waiting = one_letter(letters).id
    there = f"/letters/{waiting}"
    assert "微信" in letters.teacher.get(there).text
    assert letters.teacher.post(there, data={"words": ""}).status_code == 422
    letters.teacher.post(there, data={"words": "请不要写微信号"})
    page = letters.one.get(letters.page).text
    assert "请不要写微信号" in page
    assert "我的微信是 abc" in page


def test_an_empty_letter_and_one_that_is_too_long_are_refused_and_kept(letters: Letters) -> None:
    data = {"partner_id": str(letters.members[1]), "words": ""}
    assert letters.one.post(letters.page, data=data).status_code == 422
    answer = letters.one.post(letters.page, data=data | {"words": "很" * 3001})
    assert answer.status_code == 422
    assert "很" * 3001 in answer.text
    wrong = data | {"partner_id": str(letters.members[0]), "words": LETTER}
    assert letters.one.post(letters.page, data=wrong).status_code == 422


def test_who_feels_bad_reaches_the_contact_alone(letters: Letters, personas: Personas) -> None:
    letter = handed_on(personas.make, *letters.members, letters.teacher_user)
    there = f"/letters/{letter.id}/worry"
    assert letters.one.get(there).status_code == 404
    assert "何安" in letters.other.get(there).text
    letters.other.post(there, data={"words": "我有点害怕"})
    with letters.one.application.app_context():
        worry = db.session.scalars(select(LetterWorry.id)).one()
    page = letters.contact.get(f"/letters/worries/{worry}").text
    assert LETTER in page
    assert "我有点害怕" in page
    assert letters.teacher.get(f"/letters/worries/{worry}").status_code == 404
    assert personas.manager.get(f"/letters/worries/{worry}").status_code == 404
    assert "暂时" in letters.one.get(letters.page).text
    letters.contact.post(f"/letters/worries/{worry}", data={"words": "都谈过了"})
    assert 'name="words"' in letters.one.get(letters.page).text


def test_staff_sees_that_there_are_letters_and_opens_one_only_in_an_emergency(
    letters: Letters, personas: Personas
) -> None:
    letter = handed_on(personas.make, *letters.members, letters.teacher_user)
    there = f"/desk/pairing/letters/{letter.id}/opening"
    staff = personas.staff
    listed = staff.get(f"/desk/pairing/{letters.round_id}/letters").text
    assert LETTER not in listed + staff.get(there).text
    assert staff.post(there, data={"reason": "孩子联系不上"}).status_code == 422
    said = staff.post(there, data={"reason": "孩子联系不上", "is_understood": "y"}).text
    assert LETTER in said
    assert LETTER not in staff.get(there).text
    assert personas.outsider.post(there, data={"reason": "x", "is_understood": "y"}).status_code == 404


def test_a_teacher_without_a_record_check_is_a_warning(letters: Letters, personas: Personas) -> None:
    staff, there = personas.staff, f"/desk/pairing/{letters.round_id}"
    data = {"group": "1||", "user_id": str(letters.teacher_user.id), "checked_on": "", "checked_by": ""}
    assert staff.post(f"{there}/readers", data=data).status_code == 303
    assert "还没有查询" in staff.get(f"{there}/letters").text
    half = staff.post(f"{there}/readers", data=data | {"checked_by": "派出所"})
    assert half.status_code == 422
    assert "派出所" in half.text
    nobody = staff.post(f"{there}/aftercare", data={"protection_id": "999999", "silent_days": "30"})
    assert nobody.status_code == 422


def test_a_stranger_finds_no_letters(letters: Letters, personas: Personas) -> None:
    stranger = personas.young()
    letters.write()
    letter = one_letter(letters)
    assert letter.state is LetterState.WITH_TEACHER
    assert stranger.get(letters.page).status_code == 404
    assert stranger.post(f"/letters/{letter.id}/withdrawal").status_code == 404
    assert letters.other.post(f"/letters/{letter.id}/withdrawal").status_code == 404
    assert letters.one.post(f"/letters/{letter.id}/withdrawal").status_code == 303
    assert letters.one.post(f"/letters/{letter.id}/deletion").status_code == 303
    assert letters.one.post(f"/letters/{letter.id}/deletion").status_code == 404


def test_a_draft_is_its_writers_alone_even_at_home(letters: Letters, personas: Personas, make: Factory) -> None:
    parent = make.user("王家长")
    make.do(writing.keep, *letters.members, "爸爸打的草稿", by=parent.id, at=now())
    assert "爸爸打的草稿" not in letters.one.get(letters.page).text
    letters.write("我自己的草稿", keep="1")
    with letters.one.application.app_context():
        drafts = db.session.scalars(select(OpenLetter)).all()
        assert {writing.words_of(one) for one in drafts} == {"爸爸打的草稿", "我自己的草稿"}
        assert {one.pair_id for one in drafts} == {letters.pair_id}
