"""A guardian's answer and what it does: a place is confirmed, or goes to the next in line. Slots are locked first."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from flask_babel import gettext as _

from app.care.consents.of_programmes import (
    end_outgrown,
    follow_pairs,
    free_application,
    host_of_programme,
    let_go,
    lock_application,
)
from app.care.consents.telling import tell_given, tell_withdrawn
from app.core.changes import note_change
from app.core.db import db
from app.events.models import Event, Registration
from app.events.registration import leaning
from app.people.consents import guardians, recording
from app.people.consents.guardians import GuardianWords
from app.people.consents.models import Answer, Guardian, GuardianRelation, Notice, Purpose
from app.people.consents.notices import notice_of
from app.people.consents.recording import Proof, Sheet
from app.people.consents.scopes import event_of, host_and_term, programme_of
from app.programmes.applications.answering import guardian_agreed

UNPROVEN = Proof()


@dataclass(frozen=True)
class Said:
    """What was said about one child, in one form: what it is asked for, and yes or no to each purpose. ``drawn`` is the
    signature by hand for nights away, sealed."""

    person_id: int
    scope: str
    answers: Mapping[Purpose, bool]
    drawn: bytes | None = None


def answer(said: Said, guardian: Guardian, proof: Proof = UNPROVEN, *, browser_hash: str = "", at: datetime) -> None:
    """Write down what a guardian said and let it count. A no to taking part frees the place, whoever else said yes;
    without it nothing else is asked. The same answer twice is evidence twice and changes nothing more.

    Raises `CarerCannotConsent`, `GuardianObjects`.
    """
    if not said.answers.get(Purpose.TAKING_PART):
        recording.say_no_alone(said.person_id)
    found = leaning.lock_places(said.person_id, said.scope)
    application = lock_application(said.person_id, said.scope)
    sheet = _sheet(said, guardian, proof, browser_hash, at)
    name = recording.record(sheet, at=at)
    if sheet.says_yes:
        end_outgrown(said.person_id, said.scope, at=at)
        held = recording.put_in_force(sheet, name, at=at)
        guardian_agreed(application, at=at)
        confirmed = leaning.confirm_held(found, at=at)
        leaning.lean_on_own(found, held)
        _note(confirmed, "consent_given", proof.by, at)
        tell_given(confirmed, at=at)
    else:
        _free(found, said.person_id, said.scope, by=proof.by, at=at)
    follow_pairs(said.person_id, said.scope, at=at)


def answer_from_account(said: Said, relation: GuardianRelation, *, by: int, at: datetime) -> None:
    """Let a parent answer from the own account. It proves nothing: a child knows the family's password as well as the
    birth date."""
    guardian = guardians.of_account(said.person_id, by, relation, at=at)
    answer(said, guardian, replace(UNPROVEN, by=by), at=at)


def withdraw(person_id: int, scope: str, guardian_id: int, *, by: int | None = None, at: datetime) -> None:
    """Let a guardian take everything back; the place goes to the next in line in the same transaction. A second time
    changes nothing."""
    guardian = db.session.get_one(Guardian, guardian_id)
    recording.say_no_alone(person_id)
    found = leaning.lock_places(person_id, scope)
    held = recording.in_force(person_id, scope)
    by_another = [Purpose.TAKING_PART] if any(one.consent_id for one in found) else []
    withdrawn = [Purpose(name) for name in held.agreed] if held else by_another
    if withdrawn:
        sheet = Sheet(
            person_id,
            scope,
            guardian,
            dict.fromkeys(withdrawn, Answer.WITHDRAWN),
            notice_for(scope, at=at),
            replace(UNPROVEN, by=by),
        )
        recording.record(sheet, at=at)
    _free(found, person_id, scope, by=by, at=at)
    follow_pairs(person_id, scope, at=at)


def typed_guardian(person_id: int, name: str, relation: GuardianRelation, *, at: datetime) -> Guardian:
    """Return who signed with a typed name."""
    return guardians.typed(person_id, GuardianWords(name, relation), by=None, at=at)


def notice_for(scope: str, *, at: datetime) -> Notice:
    """Return the letter of the unit that a scope is about."""
    return notice_of(host_of(scope), at=at)


def host_of(scope: str) -> int:
    """Return the unit whose programme, event or term a scope is."""
    term, host_id = host_and_term(scope), host_of_programme(scope)
    if term or host_id:
        return term[0] if term else host_id or 0
    return db.session.get_one(Event, event_of(scope)).host_id


def _free(found: list[Registration], person_id: int, scope: str, *, by: int | None, at: datetime) -> None:
    its = [one for one in found if one.consent_scope in (None, scope) or programme_of(scope) is None]
    ended = leaning.free_places(its, _("A guardian said no"), by=by, at=at)
    free_application(person_id, scope, at=at)
    held = recording.in_force(person_id, scope)
    if held:
        let_go(held)
        leaning.end_consent(held, at=at)
    _note(ended, "consent_withdrawn", by, at)
    tell_withdrawn(ended, at=at)
    leaning.serve_lines(ended, at=at)


def _sheet(said: Said, guardian: Guardian, proof: Proof, browser_hash: str, at: datetime) -> Sheet:
    takes_part = said.answers.get(Purpose.TAKING_PART, False)
    answers = {
        purpose: Answer.YES if takes_part and yes else Answer.NO
        for purpose, yes in {Purpose.TAKING_PART: takes_part, **said.answers}.items()
    }
    notice = notice_for(said.scope, at=at)
    return Sheet(said.person_id, said.scope, guardian, answers, notice, proof, browser_hash, said.drawn)


def _note(people: list[Registration], what: str, by: int | None, at: datetime) -> None:
    for one in people:
        note_change("registration", one.id, what, by=by, at=at)
