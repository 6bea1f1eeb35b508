"""Setting up a programme: its words, publishing it, calling it off."""

from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.exc import IntegrityError

from app.core import pictures
from app.core.changes import drop_changes, note_change, note_edit
from app.core.clock import end_of_day
from app.core.db import db
from app.core.pictures import PictureChange
from app.programmes.applications import places
from app.programmes.applications.telling import tell_called_off
from app.programmes.hooks import when_copied, when_replanned
from app.programmes.kinds import ProgrammeKind
from app.programmes.models import Direction, Entry, ItineraryItem, Programme, Quota, Reach, Side
from app.programmes.problems import NoSides, ProgrammeCancelled, ProgrammeInUse
from app.programmes.spans import Span
from app.questions.operations import copy_set, delete_set

RECORD = "programme"
TRIP_RECORD = "trip"  # what happens to its trip is told on another page, and goes with it
_SAME_PICTURE = PictureChange()


@dataclass(frozen=True)
class ProgrammeWords:
    """What a programme is, in the host's words."""

    title: str
    kind: ProgrammeKind
    reach: Reach
    direction: Direction | None
    introduction: str
    place: str
    contact: str
    starts_on: date
    ends_on: date
    min_age: int = 6
    max_age: int = 35
    campaigns: str = ""
    levels: str = ""
    entry: Entry = Entry.NOMINATION
    confirm_days: int = 3
    nights_away: bool = False
    needs_insurance: bool = False
    needs_tickets: bool = False
    needs_rooms: bool = False
    agreement_id: int | None = None


def create_programme(
    host_id: int, words: ProgrammeWords, picture: PictureChange = _SAME_PICTURE, *, by: int, at: datetime
) -> Programme:
    """Set up a draft."""
    made = Programme(host_id=host_id, created_at=at, created_by_id=by, **asdict(words))
    made.picture = pictures.changed(None, picture, at)
    db.session.add(made)
    db.session.flush()
    note_change(RECORD, made.id, "created", by=by, at=at)
    return made


def edit_programme(
    programme_id: int, words: ProgrammeWords, picture: PictureChange = _SAME_PICTURE, *, by: int, at: datetime
) -> Programme:
    """Change the words of a programme, and its picture. Where it goes further once it is published, what was agreed to
    before holds neither for it nor for its events, until it is taken back so far."""
    programme = locked(programme_id)
    before, after = asdict(words_of(programme)), asdict(words)
    told = programme.span
    for name, value in after.items():
        setattr(programme, name, value)
    if programme.is_published and programme.span != told:
        _replan(programme, told, at=at)
    if programme.question_set:
        programme.question_set.ends_at = end_of_day(programme.ends_on)
    note_edit(RECORD, programme_id, before, after, by=by, at=at)
    shown, programme.picture = programme.picture, pictures.changed(programme.picture, picture, at)
    if programme.picture != shown:
        db.session.flush()
        pictures.let_go(shown)
        note_change(RECORD, programme_id, "picture_changed", by=by, at=at)
    return programme


def publish(programme_id: int, *, by: int, at: datetime) -> Programme:
    """Let everyone see a programme; a second time changes nothing. Raises `ProgrammeCancelled`, `NoSides`."""
    programme = locked(programme_id)
    if programme.is_cancelled:
        raise ProgrammeCancelled
    if not any(side.places for side in programme.sides):
        raise NoSides
    if not programme.is_published:
        programme.published_at = at
        note_change(RECORD, programme_id, "published", by=by, at=at)
    return programme


def cancel(programme_id: int, reason: str, *, by: int, at: datetime) -> Programme:
    """Call a programme off; everybody who applied is told. A second time only mends the reason."""
    programme = locked(programme_id)
    if programme.cancelled_at is None:
        programme.cancelled_at, programme.cancel_reason = at, reason
        tell_called_off(programme, reason, at=at)
        note_change(RECORD, programme_id, "cancelled", by=by, at=at, reason=reason)
        when_replanned.happens(programme, at)
    programme.cancel_reason = reason
    return programme


def resume(programme_id: int, *, by: int, at: datetime) -> Programme:
    """Take a cancellation back: applications are what they were, and who has to answer gets as long as at first. A
    second time changes nothing."""
    programme = locked(programme_id)
    if programme.cancelled_at is not None:
        programme.cancelled_at = programme.cancel_reason = None
        when_replanned.happens(programme, at)
        for side in programme.sides:
            places.renew(places.lock_side(side.id), at=at)
            places.ask_again(side, at=at)
        note_change(RECORD, programme_id, "resumed", by=by, at=at)
    return programme


def copy_programme(programme_id: int, first_day: date, *, by: int, at: datetime) -> Programme:
    """Set up a draft with the same words, sides, quotas, questions and itinerary, on other days, and whatever else
    `when_copied` brings; nobody's application comes with it. A second call makes a second copy."""
    original = db.session.get_one(Programme, programme_id)
    later = first_day - original.starts_on
    words = asdict(words_of(original)) | {"starts_on": first_day, "ends_on": original.ends_on + later}
    copy = Programme(host_id=original.host_id, created_at=at, created_by_id=by, picture=original.picture, **words)
    copy.sides = [_copy_of_side(side, later) for side in original.sides]
    copy.items = [
        ItineraryItem(on=one.on + later, from_time=one.from_time, words=one.words, base_id=one.base_id)
        for one in original.items
    ]
    db.session.add(copy)
    db.session.flush()
    if original.question_set_id:
        copy.question_set_id = copy_set(original.question_set_id, ends_at=end_of_day(copy.ends_on), at=at).id
    note_change(RECORD, copy.id, "copied", by=by, at=at, title=original.title)
    when_copied.happens(original, copy, by, at)
    return copy


def delete_programme(programme_id: int) -> None:
    """Delete a draft that nobody has applied for; raises `ProgrammeInUse` for any other."""
    programme = locked(programme_id)
    if programme.is_published:
        raise ProgrammeInUse
    picture, asked = programme.picture, programme.question_set_id
    try:
        with db.session.begin_nested():
            db.session.delete(programme)
    except IntegrityError:  # somebody applied, or an event happens inside it
        raise ProgrammeInUse from None
    for record in (RECORD, TRIP_RECORD):
        drop_changes(record, [programme_id])
    pictures.let_go(picture)
    if asked:
        delete_set(asked)


def words_of(programme: Programme) -> ProgrammeWords:
    """Return a programme's words as they are."""
    return ProgrammeWords(**{name: getattr(programme, name) for name in ProgrammeWords.__dataclass_fields__})


def locked(programme_id: int) -> Programme:
    """Return a programme that nobody else changes until this transaction ends."""
    return db.session.get_one(Programme, programme_id, with_for_update={"key_share": True}, populate_existing=True)


def _replan(programme: Programme, told: Span, *, at: datetime) -> None:
    known = Span.read(programme.told) if programme.told else None
    if not told.covers(programme.span):
        programme.widened_at, programme.told = at, (known.common(told) if known else told).written()
    elif known and known.covers(programme.span):
        programme.widened_at = programme.told = None
    db.session.flush()
    when_replanned.happens(programme, at)
    for side in programme.sides:
        places.ask_again(places.lock_side(side.id), at=at)


def _copy_of_side(side: Side, later: timedelta) -> Side:
    copy = Side(
        organisation_id=side.organisation_id,
        name=side.name,
        places=side.places,
        accepted=0,
        contact=side.contact,
        opens_at=side.opens_at + later,
        closes_at=side.closes_at + later,
    )
    copy.quotas = [Quota(school_id=one.school_id, places=one.places) for one in side.quotas]
    return copy
