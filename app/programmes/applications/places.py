"""The machine of applications: the only code that changes their states, and with them ``Side.accepted``.

A side is locked first (`lock_side`), then its applications. Whoever frees places calls `fill` before the operation
ends: the head of the reserve list moves up, and nobody passes it.
"""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Select, func, select

from app.core.changes import note_change
from app.core.clock import local_day
from app.core.db import db
from app.programmes.applications import consenting
from app.programmes.applications.answer_times import confirm_by
from app.programmes.applications.telling import tell_state
from app.programmes.hooks import when_leaving
from app.programmes.models import OPEN, TAKING, UNANSWERED, Application, ApplicationState, Reason, Side

RECORD = "application"
_CHOOSABLE = (ApplicationState.APPLIED, ApplicationState.RESERVE)


def lock_side(side_id: int) -> Side:
    """Return a side whose places nobody else gives or takes until this transaction ends."""
    return db.session.get_one(Side, side_id, with_for_update={"of": Side}, populate_existing=True)


def locked(application_id: int) -> Application:
    """Return an application, its side locked before it."""
    side_id = db.session.scalar(select(Application.side_id).where(Application.id == application_id))
    if side_id is None:
        raise LookupError(application_id)
    lock_side(side_id)
    return all_locked([application_id])[0]


def all_locked(application_ids: Iterable[int]) -> list[Application]:
    """Return some applications in the order of their numbers, to be changed; their sides are locked already."""
    found = select(Application).where(Application.id.in_(set(application_ids))).order_by(Application.id)
    locked_ones = found.with_for_update(of=Application).execution_options(populate_existing=True)
    return list(db.session.scalars(locked_ones))


def accept(one: Application, *, by: int | None, at: datetime) -> bool:
    """Give somebody a place who waits for a decision or stands in reserve; the family has to say yes by a moment.

    Returns whether there was a place to give and somebody to give it to; a second time changes nothing.
    """
    side = one.side
    if one.state not in _CHOOSABLE or side.accepted >= side.places:
        return False
    moves_up, until = by is None, confirm_by(one, side.programme, at=at)
    one.state, one.rank, one.confirm_by = ApplicationState.ACCEPTED, None, until
    side.accepted += 1
    _decided(one, "moved_up" if moves_up else "accepted", by, at)
    tell_state(one, at=at)
    return True


def put_in_reserve(one: Application, *, by: int, at: datetime) -> bool:
    """Let somebody stand at the end of the side's reserve list; a second time changes nothing."""
    if one.state is not ApplicationState.APPLIED:
        return False
    last = db.session.scalar(select(func.max(Application.rank)).where(Application.side_id == one.side_id))
    one.state, one.rank = ApplicationState.RESERVE, (last or 0) + 1
    _decided(one, "reserved", by, at)
    tell_state(one, at=at)
    return True


def refuse(one: Application, reason: Reason, words: str, *, by: int, at: datetime) -> bool:
    """Say no, and why; a second time changes nothing."""
    if one.state not in _CHOOSABLE:
        return False
    one.reason, one.reason_words = reason, words
    _end(one, ApplicationState.REFUSED, at)
    _decided(one, "refused", by, at, reason=reason)
    tell_state(one, at=at)
    return True


def reopen(one: Application, *, by: int, at: datetime) -> bool:
    """Let a refusal, or a stand in reserve, be decided anew; a second time changes nothing."""
    if one.state not in (ApplicationState.REFUSED, ApplicationState.RESERVE) or _has_another(one):
        return False
    one.state, one.rank, one.ended_at = ApplicationState.APPLIED, None, None
    one.reason, one.reason_words, one.decided_at, one.decided_by_id = None, "", None, None
    db.session.flush()
    note_change(RECORD, one.id, "reopened", by=by, at=at)
    return True


def say_yes(one: Application, *, by: int | None, at: datetime) -> bool:
    """Take a place: somebody of age takes part from now on, a minor once a guardian has agreed. A second time changes
    nothing."""
    if one.state is not ApplicationState.ACCEPTED:
        return False
    one.state, one.answered_at, one.answered_by_id = ApplicationState.HELD, at, by
    note_change(RECORD, one.id, "said_yes", by=by, at=at)
    weigh(one, at=at)
    if one.state is ApplicationState.HELD:
        tell_state(one, at=at)
    return True


def weigh(one: Application, *, at: datetime) -> bool:
    """Let a held place count if what a guardian agreed to is enough; returns whether it counts now."""
    if one.state is not ApplicationState.HELD:
        return False
    consent = consenting.in_force(one)
    consenting.lean(one, consent)
    if not consenting.is_enough(one, one.side.programme, consent):
        return False
    one.state, one.confirm_by = ApplicationState.CONFIRMED, None
    db.session.flush()
    note_change(RECORD, one.id, "confirmed", by=None, at=at)
    tell_state(one, at=at)
    return True


def ask_again(side: Side, *, at: datetime) -> None:
    """Let whose guardian agreed to less than a programme is now wait for an answer anew, and let count what is enough
    again. Once it has begun nobody is sent home for it; while it is called off there is nothing to answer."""
    programme = side.programme
    if programme.is_cancelled or local_day(at) >= programme.starts_on:
        return
    theirs = (
        Application.side_id == side.id,
        Application.state.in_((ApplicationState.HELD, ApplicationState.CONFIRMED)),
    )
    found = select(Application).where(*theirs).order_by(Application.id).with_for_update(of=Application)
    for one in db.session.scalars(found).all():
        consent = consenting.in_force(one)
        if consenting.is_enough(one, programme, consent):
            weigh(one, at=at)
        elif one.state is ApplicationState.CONFIRMED or (one.consent_id is not None and consent is None):
            until = confirm_by(one, programme, at=at)
            one.state, one.confirm_by = ApplicationState.HELD, until
            consenting.lean(one, None)
            db.session.flush()
            note_change(RECORD, one.id, "asked_again", by=None, at=at)
            tell_state(one, at=at)


def renew(side: Side, *, at: datetime) -> None:
    """Let whoever has still to answer have as long for it as if the place were given now: nobody could answer while the
    programme was called off."""
    theirs = (Application.side_id == side.id, Application.state.in_(UNANSWERED))
    for one in db.session.scalars(select(Application).where(*theirs).with_for_update(of=Application)):
        one.confirm_by = confirm_by(one, side.programme, at=at)


def end(one: Application, state: ApplicationState, *, by: int | None, at: datetime, words: str = "") -> bool:
    """Let an application be over: declined, lapsed, or cancelled by the host or the school, then with words why.

    A second time changes nothing. Returns whether a place became free: then `fill` is called afterwards.
    """
    if one.state not in OPEN or (state is ApplicationState.LAPSED and one.state not in UNANSWERED):
        return False
    had_place = one.state in TAKING
    if state is ApplicationState.DECLINED:
        one.answered_at, one.answered_by_id = at, by
    one.reason_words = words
    _end(one, state, at)
    note_change(RECORD, one.id, state.value, by=by, at=at, reason=words)
    tell_state(one, at=at)
    return had_place


def fill(side: Side, most: int = 1, *, at: datetime) -> list[Application]:
    """Give places that became free, ``most`` of them, to the head of the reserve list; returns who moved up.

    Places that the host has given to nobody yet stay for the host to give. Nobody moves up once the programme is over,
    nor while it is called off.
    """
    programme = side.programme
    moved: list[Application] = []
    if programme.is_cancelled or local_day(at) > programme.ends_on:
        return moved
    while len(moved) < most:
        head = db.session.scalar(_reserve(side.id).limit(1))
        if head is None or not accept(head, by=None, at=at):
            break
        moved.append(head)
        db.session.flush()
    return moved


def _reserve(side_id: int) -> Select[Application]:
    in_line = (Application.side_id == side_id, Application.state == ApplicationState.RESERVE)
    return select(Application).where(*in_line).order_by(Application.rank).with_for_update(of=Application)


def _end(one: Application, state: ApplicationState, at: datetime) -> None:
    if one.state in TAKING:
        one.side.accepted -= 1
    consenting.lean(one, None)
    one.state, one.rank, one.confirm_by, one.ended_at = state, None, None, at
    db.session.flush()
    when_leaving.happens(one, at)


def _decided(one: Application, what: str, by: int | None, at: datetime, **facts: object) -> None:
    one.decided_at, one.decided_by_id = at, by
    db.session.flush()
    note_change(RECORD, one.id, what, by=by, at=at, **facts)


def _has_another(one: Application) -> bool:
    theirs = (Application.programme_id == one.programme_id, Application.person_id == one.person_id)
    others = select(Application.id).where(*theirs, Application.state.in_(OPEN), Application.id != one.id)
    return db.session.scalar(others.limit(1)) is not None
