"""What an event's people were told and did not get: whom to call instead."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import contains_eager, joinedload

from app.core.access import Role, allow, principal
from app.core.audit import AccessEntry, note_access
from app.core.clock import now
from app.core.db import db, transact
from app.core.finding import get_or_404, read_id
from app.core.languages import current_language
from app.events.queries import events_run_by
from app.messages.deliveries import PAGE, not_arrived
from app.messages.models import Delivery, Message
from app.messages.troubles import CHANNEL_WORDS, trouble_words
from app.messages.wording import worded
from app.people.whose import whose_with_ids

bp = Blueprint("undelivered", __name__, url_prefix="/desk/events/<int:event_id>/undelivered")
_PHONES, _RECORD = "phones", "undelivered"
_OPEN_FOR = timedelta(hours=2)  # then one asks anew, and that is written down anew


@bp.get("")
@allow(Role.STAFF)
def index(event_id: int) -> ResponseReturnValue:
    """Whom nothing has reached; with numbers to call, for whoever asked for them."""
    event = get_or_404(events_run_by(principal()), event_id)
    found, following = _page_of(event_id, request.args.get("after", type=read_id))
    page = {
        "event": event,
        "found": [_Line.of(one, one.message) for one in found if one.message],
        "shows_phones": _phones_are_open(event_id, by=principal().actor, at=now()),
        "words": CHANNEL_WORDS,
        "following": url_for(".index", event_id=event_id, after=following) if following else None,
        "previous": url_for(".index", event_id=event_id) if "after" in request.args else None,
    }
    return render_template("pages/undelivered.html", **page), {"Cache-Control": "no-store"}


@bp.post("/phones")
@allow(Role.STAFF)
def show_phones(event_id: int) -> ResponseReturnValue:
    """Show the numbers to call for two hours; that is written down."""
    get_or_404(events_run_by(principal()), event_id)
    people, by = whose_with_ids(_people(event_id)), principal().actor
    transact(note_access, _PHONES, _RECORD, event_id, people=people, purpose="contact", by=by, at=now())
    return redirect(url_for(".index", event_id=event_id), 303)


@dataclass(frozen=True)
class _Line:
    """One thing that did not arrive: what, by which way, why, and the numbers at which somebody answers."""

    delivery: Delivery
    message: Message
    subject: str
    why: str
    phones: tuple[str, ...]

    @classmethod
    def of(cls, delivery: Delivery, message: Message) -> "_Line":
        phones = dict.fromkeys(phone for phone in (message.person.phone, delivery.user.phone) if phone)
        subject = worded(message, current_language()).subject
        return cls(delivery, message, subject, trouble_words(delivery), tuple(phones))


def undelivered_count(event_id: int) -> int:
    """Return how many people something about an event did not reach in any way."""
    return db.session.scalar(_people(event_id).with_only_columns(func.count(Message.person_id.distinct()))) or 0


def _people(event_id: int) -> Select[int]:
    return select(Message.person_id).select_from(Delivery).join(Delivery.message).where(_of(event_id))


def _page_of(event_id: int, after: int | None) -> tuple[list[Delivery], int | None]:
    whole = contains_eager(Delivery.message)
    found = select(Delivery).join(Delivery.message).where(_of(event_id))
    found = found.options(whole.joinedload(Message.person), whole.joinedload(Message.organisation))
    if after:
        found = found.where(Delivery.id < after)
    loaded = found.options(whole.joinedload(Message.template), joinedload(Delivery.user))
    rows = list(db.session.scalars(loaded.order_by(Delivery.id.desc()).limit(PAGE + 1)))
    return rows[:PAGE], rows[PAGE - 1].id if len(rows) > PAGE else None


def _of(event_id: int) -> ColumnElement[bool]:
    return (Message.event_id == event_id) & not_arrived()


def _phones_are_open(event_id: int, *, by: int, at: datetime) -> bool:
    asked = select(AccessEntry.id).where(
        AccessEntry.at > at - _OPEN_FOR,
        AccessEntry.user_id == by,
        AccessEntry.action == _PHONES,
        AccessEntry.record == _RECORD,
        AccessEntry.record_id == event_id,
    )
    return db.session.scalar(asked.limit(1)) is not None
