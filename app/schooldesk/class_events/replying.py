"""A parent answers by the class's one link: for the own child, whether it is signed up yet or not; unproven.

Fifty families have the link, and whoever they show it to. So nobody is told whether there is such a child: what finds
none, or is not for a link to do, waits for the form teacher, and whoever answered reads the same words.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from app.care.consents.answering import Said, answer, typed_guardian
from app.core.changes import note_change
from app.core.db import db
from app.core.problems import Problem
from app.events.models import OPEN, Event, Registration, RegistrationState, Slot, WayIn
from app.events.registration import leaning, places
from app.events.registration.scopes import scope_of
from app.people.consents.guardians import guardians_of
from app.people.consents.models import GuardianRelation, Purpose
from app.people.models import Enrolment, SchoolClass
from app.people.names import tidy_name
from app.schooldesk.class_events.finding_child import find_child
from app.schooldesk.class_events.models import ClassReply
from app.schooldesk.class_events.problems import NotByLink
from app.schooldesk.class_events.signing_up import ClassSignUp, sign_class_up

MOST_WAITING = 200  # replies of a class and event: four times what a class has is mischief, and no answer of a parent


@dataclass(frozen=True)
class Heard:
    """What a parent typed: whose parent, what helps to find the child, which session, yes or no to each purpose, and
    who signed in which browser, for nights away perhaps by hand."""

    child: str
    aid: str
    slot_id: int | None
    answers: Mapping[Purpose, bool]
    signer: str
    relation: GuardianRelation
    browser_hash: str = ""
    drawn: bytes | None = None

    @property
    def takes_part(self) -> bool:
        """Whether the child takes part."""
        return self.answers.get(Purpose.TAKING_PART, False)


def hear(class_id: int, event_id: int, heard: Heard, *, at: datetime) -> None:
    """Let an answer count for the child that is meant; a yes takes a place where one is open and free. Whatever cannot
    be done so is left for the form teacher; which of it happened is not told."""
    one, event = db.session.get_one(SchoolClass, class_id), db.session.get_one(Event, event_id)
    pupil = find_child(one, heard.child, heard.aid)
    try:
        if pupil is None:
            raise NotByLink
        with db.session.begin_nested():
            let_count(one, event, pupil, heard, at=at)
    except Problem:
        _leave_to_teacher(one, event, heard, at)


def let_count(one: SchoolClass, event: Event, pupil: Enrolment, heard: Heard, *, at: datetime) -> None:
    """Write down what a parent said about a pupil, and do it. Raises `NotByLink` for a no to a confirmed place by
    somebody unknown, and what `answer` raises."""
    there = _places_of(pupil, event)
    wanted = _slot_to_take(heard, there)
    _lock(pupil, event, wanted)
    if not heard.takes_part and not _is_known(pupil, heard) and _any_confirmed(there):
        raise NotByLink
    guardian = typed_guardian(pupil.person_id, heard.signer, heard.relation, at=at)
    for scope in sorted(_scopes(event, heard, there, wanted)):
        said = Said(pupil.person_id, scope, heard.answers, heard.drawn)
        answer(said, guardian, browser_hash=heard.browser_hash, at=at)
    if wanted:  # after the answer: what it is enough for is confirmed at once, and told once
        _sign_up(one, pupil, wanted, at)


def waiting_replies(class_id: int, event_id: int) -> list[ClassReply]:
    """Return what waits for the form teacher, the first first."""
    theirs = (ClassReply.class_id == class_id, ClassReply.event_id == event_id)
    return list(db.session.scalars(select(ClassReply).where(*theirs).order_by(ClassReply.id)))


def slots_to_agree_to(event: Event, at: datetime) -> list[Slot]:
    """Return the sessions in which agreeing takes a place, the soonest first: open ones that a parent may choose."""
    return [
        slot
        for slot in sorted(event.slots, key=lambda slot: (slot.starts_at, slot.id))
        if slot.opens_at <= at < slot.closes_at and not slot.follows and slot.way_in in (WayIn.OPEN, WayIn.APPROVAL)
    ]


def _places_of(pupil: Enrolment, event: Event) -> list[Registration]:
    theirs = (Registration.person_id == pupil.person_id, Slot.event_id == event.id, Registration.state.in_(OPEN))
    return list(db.session.scalars(select(Registration).join(Registration.slot).where(*theirs)))


def _slot_to_take(heard: Heard, there: list[Registration]) -> int | None:
    return heard.slot_id if heard.takes_part and not there else None


def _lock(pupil: Enrolment, event: Event, wanted: int | None) -> None:
    """Lock all slots that the answer may touch at once, in the order of their ids."""
    slot_ids = {wanted} if wanted else set()
    for scope in {scope_of(slot) for slot in event.slots}:
        within = leaning.within(pupil.person_id, scope).with_only_columns(Registration.slot_id)
        slot_ids |= set(db.session.scalars(within))
    places.lock_slots(slot_ids)


def _scopes(event: Event, heard: Heard, there: list[Registration], wanted: int | None) -> set[str]:
    """Return which an answer covers: a yes the places there are, or the session wanted; a no all of the event."""
    meant = {place.slot_id for place in there} | ({wanted} if wanted else set())
    chosen = {scope_of(slot) for slot in event.slots if heard.takes_part and slot.id in meant}
    return chosen or {scope_of(slot) for slot in event.slots}


def _sign_up(one: SchoolClass, pupil: Enrolment, slot_id: int, at: datetime) -> None:
    """Take a place for a pupil in the name of whoever vouched for the pupil at school, if there is one."""
    if pupil.answered_by_id is None:
        return
    asked = ClassSignUp(one.id, slot_id, frozenset({pupil.person_id}))
    try:
        with db.session.begin_nested():
            made = sign_class_up(asked, by=pupil.answered_by_id, at=at)
    except Problem:  # full, closed, too young: the answer counts all the same, and the teacher sees that there is none
        return
    for registration in made:
        note_change("registration", registration.id, "by_class_link", by=None, at=at)


def _is_known(pupil: Enrolment, heard: Heard) -> bool:
    wanted = tidy_name(heard.signer)
    return any(one.contact and one.contact.name == wanted for one in guardians_of(pupil.person_id))


def _any_confirmed(found: Iterable[Registration]) -> bool:
    return any(one.state is RegistrationState.CONFIRMED for one in found)


def _leave_to_teacher(one: SchoolClass, event: Event, heard: Heard, at: datetime) -> None:
    theirs = (ClassReply.class_id == one.id, ClassReply.event_id == event.id)
    known = (ClassReply.child == heard.child, ClassReply.signer == heard.signer)
    again = db.session.scalar(select(ClassReply).where(*theirs, *known))
    if again:
        again.takes_part, again.relation, again.at = heard.takes_part, heard.relation, at
        return
    waiting = db.session.scalar(select(func.count()).select_from(ClassReply).where(*theirs)) or 0
    if waiting < MOST_WAITING:
        said = {"child": heard.child, "signer": heard.signer, "relation": heard.relation}
        db.session.add(ClassReply(class_id=one.id, event_id=event.id, takes_part=heard.takes_part, at=at, **said))
