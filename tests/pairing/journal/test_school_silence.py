"""The school's list of its own pupils of whose pair nothing was heard."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from app.core.clock import now
from app.core.db import db
from app.pairing.journal import operations as journal
from app.pairing.journal import silence
from app.pairing.journal.models import EntryKind
from app.pairing.letters import readers
from app.pairing.models import Pair, PairingRound
from app.people.consents.models import Strength
from tests.accepting_rows import published, say_yes
from tests.after_rows import what
from tests.factories import Factory
from tests.signing_in import Personas

LONG_AGO = timedelta(days=40)


@pytest.fixture
def made(personas: Personas, make: Factory) -> PairingRound:
    """A round of three pairs that came about forty days ago: two with pupils of the office's school, one with none."""
    pairs = [
        [make.person(name=name, age=19) for name in two]
        for two in (("王芳", "韩梅"), ("何晨", "赵敏"), ("周舟", "吴越"))
    ]
    for pupil, _other in pairs[:2]:
        make.enrolment(pupil, personas.school)
    made = published(make, personas.host, *pairs)
    for person in (one for two in pairs for one in two):
        say_yes(make, made, person, strength=Strength.CALLED, by=make.user().id)
    earlier = now() - LONG_AGO
    make.do(lambda: db.session.execute(update(Pair).values(formed_at=earlier, shown_at=earlier)))
    make.do(lambda: db.session.execute(update(PairingRound).values(published_at=earlier)))
    return made


def test_own_pupils_alone_stand_there_without_their_partners(personas: Personas, made: PairingRound) -> None:
    page = personas.school_office.get(f"/school/pairing/{made.id}/silent").text
    assert "王芳" in page
    assert "何晨" in page
    assert "还没有过" in page
    for other in ("韩梅", "赵敏", "周舟", "吴越"):
        assert other not in page


def test_of_whom_something_was_heard_is_not_there_and_when_last_is_said(
    personas: Personas, made: PairingRound, make: Factory
) -> None:
    with personas.app.app_context():
        ids = list(db.session.scalars(select(Pair.id).where(Pair.round_id == made.id).order_by(Pair.number)))
    call, by = what(EntryKind.CALL, None, 1), make.user().id
    make.do(journal.note_pair, ids[0], 0, call, by=by, at=now())
    page = personas.school_office.get(f"/school/pairing/{made.id}/silent").text
    assert "王芳" not in page
    assert "何晨" in page
    make.do(journal.note_pair, ids[1], 0, call, by=by, at=now())
    assert "都有消息" in personas.school_office.get(f"/school/pairing/{made.id}/silent").text


def test_it_is_paged(personas: Personas, made: PairingRound, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(silence, "PAGE", 1)
    first = personas.school_office.get(f"/school/pairing/{made.id}/silent").text
    assert "何晨" not in first
    after = first.split("after=")[1].split('"')[0]
    second = personas.school_office.get(f"/school/pairing/{made.id}/silent?after={after}").text
    assert "何晨" in second
    assert "王芳" not in second


def test_where_the_host_says_never_nobody_stands_there(personas: Personas, made: PairingRound, make: Factory) -> None:
    make.do(readers.settle, made.id, None, 0, by=make.user().id, at=now())
    assert "主办单位没有设置" in personas.school_office.get(f"/school/pairing/{made.id}/silent").text
