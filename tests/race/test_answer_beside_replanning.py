"""A guardian answers for a programme while its host lets it go further: what was read before is no longer so."""

import threading
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from app.care.consents.answering import Said, answer, typed_guardian
from app.core.clock import now
from app.core.db import db
from app.people.consents.models import GuardianRelation
from app.people.consents.scopes import programme_scope
from app.programmes import planning
from app.programmes.applications.deciding import Verdict
from app.programmes.models import Application, ApplicationState, Programme
from tests.consents import YES
from tests.exchanges import a_programme, decide, entered
from tests.factories import Factory


def test_who_agreed_to_less_a_moment_ago_does_not_take_part(
    app: Flask, make: Factory, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context():
        programme = a_programme(make)
        one = entered(make, programme, age=15)
        decide(make, Verdict.ACCEPT, one)
        programme_id, application_id, person_id, by = programme.id, one.id, one.person_id, make.user().id

    def answer_what_one_was_told() -> None:
        _known = db.session.get_one(Programme, programme_id)
        who = typed_guardian(person_id, "林建国", GuardianRelation.FATHER, at=now())
        asked.set()
        answer(Said(person_id, programme_scope(programme_id), YES), who, at=now())

    def family() -> None:
        with app.app_context():
            make.do(answer_what_one_was_told)

    asked, answering, note_edit = threading.Event(), threading.Thread(target=family), planning.note_edit

    def slowly(*args: Any, **words: Any) -> None:
        answering.start()
        asked.wait(1)
        answering.join(1)
        note_edit(*args, **words)

    monkeypatch.setattr(planning, "note_edit", slowly)
    with app.app_context():
        words = planning.words_of(db.session.get_one(Programme, programme_id))
        longer = replace(words, ends_on=words.ends_on + timedelta(days=1))
        make.do(planning.edit_programme, programme_id, longer, by=by, at=now() + timedelta(seconds=3))
    answering.join()
    with app.app_context():
        assert db.session.get_one(Application, application_id).state is ApplicationState.HELD
