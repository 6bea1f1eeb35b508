"""Once a pair is over its letters stay: a guardian goes on reading those that it could read before, and no others."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.care.consents.models import GuardianAsk
from app.core.clock import local_day, now
from app.core.db import db
from app.core.filters import full_day
from app.pairing.ending import late, operations
from app.pairing.ending.operations import Why
from app.pairing.letters import writing
from app.pairing.letters.models import OpenLetter
from app.pairing.members import Entry
from app.pairing.models import Pair, PairingMember
from app.people.consents.models import Guardian, Strength
from app.people.models import Person
from tests.accepting_rows import published, say_yes
from tests.after_rows import handed_on, look_after
from tests.care.consents.letter_home import Home, a_home
from tests.factories import Factory
from tests.signing_in import Personas

RECEIVED, WROTE, LATER = "收到你的画了，真好看", "我家门口有条古道", "下个月的信"
WAYS_TO_END = (operations.end_in_time, operations.end_early, operations.leave_pair)


@pytest.fixture
def home(personas: Personas, client: FlaskClient) -> Home:
    """A private page whose child has received a letter, written one, and keeps a draft."""
    return a_home(personas, client)


def member_called(name: str) -> PairingMember:
    """Return somebody of a round, to be asked inside an application context."""
    theirs = select(PairingMember).join(PairingMember.person).where(Person.name == name)
    return db.session.scalars(theirs.execution_options(populate_existing=True)).one()


def end(home: Home, operation: Callable[..., object] = operations.end_in_time) -> str:
    """Let the pair be over, or the child leave it; returns the address of its letters."""
    make = home.personas.make
    ids = make.do(lambda: (member_called("林小满").pair_id, member_called("林小满").id))
    of_whom = ids[1] if operation is operations.leave_pair else ids[0]
    make.do(operation, of_whom, Why(local_day(now()), "学期结束"), by=make.user().id, at=now())
    return f"{home.letters}&pair={ids[0]}"


@pytest.mark.parametrize("operation", WAYS_TO_END)
def test_what_could_be_read_still_is_with_the_day_it_ended(home: Home, operation: Callable[..., object]) -> None:
    home.open_up()
    there = end(home, operation)
    with home.personas.app.test_request_context():
        today = full_day(local_day(now()))
    for page in (home.page, home.page.removesuffix("/pair")):
        text = home.client.get(page).text
        assert there.replace("&", "&amp;") in text
        assert today in text
    answer = home.client.get(there)
    assert answer.headers["Cache-Control"] == "no-store"
    for words in (RECEIVED, WROTE, today, "何安"):
        assert words in answer.text
    for words in ("这句还没想好", "她的草稿", "韩梅梅", "林小满", "每封信都会先交给", "在老师那里"):
        assert words not in answer.text


def test_a_letter_that_no_teacher_has_handed_on_stays_hidden(home: Home, make: Factory) -> None:
    home.open_up()
    ids = make.do(lambda: [member_called(name).id for name in ("韩梅梅", "林小满")])
    make.do(writing.hand_in, *ids, LATER, by=make.user().id, at=now())
    text = home.client.get(end(home)).text
    assert RECEIVED in text
    assert LATER not in text


def test_without_letters_there_is_nothing_to_read(home: Home, make: Factory) -> None:
    home.open_up()
    make.do(lambda: [db.session.delete(one) for one in db.session.scalars(select(OpenLetter))])
    there = end(home)
    assert "这里现在没有结对" in home.client.get(home.page).text
    assert home.client.get(there).status_code == 303


def test_before_it_is_known_whose_page_it_is_nothing_is_read(home: Home) -> None:
    there = end(home)
    assert "pair=" not in home.client.get(home.page).text
    assert RECEIVED not in home.client.get(there, follow_redirects=True).text


def test_whoever_was_found_to_be_no_guardian_reads_nothing_any_more(home: Home, make: Factory) -> None:
    home.open_up()
    there = end(home)

    def remove() -> None:
        ask = db.session.scalars(select(GuardianAsk).where(GuardianAsk.opened_at.is_not(None))).one()
        db.session.get_one(Guardian, ask.guardian_id).removed_at = now()

    make.do(remove)
    assert home.client.get(there).status_code == 303
    assert "pair=" not in home.client.get(home.page).text


def test_another_childs_letters_are_not_to_be_had(home: Home, make: Factory) -> None:
    home.open_up()
    there = end(home)
    others = make.person(age=12, name="何朵朵"), make.person(age=19, name="孙强")
    made = published(make, home.personas.host, others)
    say_yes(make, made, others[1])
    say_yes(make, made, others[0], as_guardian=True, strength=Strength.CALLED, by=make.user().id)
    ids = make.do(lambda: [member_called(name).id for name in ("何朵朵", "孙强")])
    teacher = make.member(home.personas.host)
    look_after(make, made.id, teacher, make.member(home.personas.host))
    handed_on(make, ids[1], ids[0], teacher, "只给朵朵看")
    other = make.do(lambda: member_called("何朵朵").pair_id)
    make.do(operations.end_in_time, other, Why(local_day(now())), by=make.user().id, at=now())
    for number in (other, 0, 999999, 2**70):
        answer = home.client.get(f"{home.letters}&pair={number}", follow_redirects=True)
        assert "只给朵朵看" not in answer.text
        assert "结对伙伴" in answer.text
    assert home.client.get(f"{home.link}/letters?{there.split('?')[1]}").status_code == 404


def test_of_a_pair_that_stands_nothing_is_over(home: Home, make: Factory) -> None:
    home.open_up()
    standing = make.do(lambda: member_called("林小满").pair_id)
    assert home.client.get(f"{home.letters}&pair={standing}").status_code == 303
    assert "pair=" not in home.client.get(home.page).text


def test_of_the_pair_after_it_only_its_own_letters_are_read(home: Home, make: Factory) -> None:
    home.open_up()
    by = make.user().id
    entries = [Entry("何晨", local_day(now()) - timedelta(days=19 * 366))]
    make.do(late.let_in, home.made.id, 1, entries, by=by, at=now())
    ids = make.do(lambda: (member_called("韩梅梅").id, member_called("何晨").id, member_called("韩梅梅").pair_id))
    make.do(operations.substitute, *ids[:2], Why(local_day(now()), "转学了"), by=by, at=now())
    text = home.client.get(home.page).text
    assert "晨" in text
    assert f"pair={ids[2]}" in text
    assert RECEIVED in home.client.get(f"{home.letters}&pair={ids[2]}").text
    assert home.client.get(home.letters).status_code == 303
    with home.personas.app.app_context():
        assert db.session.get_one(Pair, ids[2]).ended_at is not None
