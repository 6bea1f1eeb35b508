"""The organiser's pages of one event: at a glance, the list, the printed sheet."""

from base64 import b64encode
from uuid import uuid4

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts.queries import names_of
from app.announcements.notices import Scope, notices
from app.checkin.queries import arrivals, open_devices
from app.core.access import Role, allow, principal
from app.core.audit import note_access, note_search
from app.core.clock import local_day, now
from app.core.db import db, transact
from app.core.finding import get_or_404, read_id
from app.core.links import public_url
from app.core.lists import DownloadForm, ask_for_proof, hand_out
from app.core.qr import qr_png
from app.events.acts.list_prints import note_print, since_last_print, those_gone, with_those_gone
from app.events.dates.slot_batches import batches_of
from app.events.group_chat import chat_text
from app.events.history import history_of
from app.events.models import Event, Registration
from app.events.queries import events_run_by
from app.events.shifts.swap_lists import swaps_of_event
from app.events.slot_list import slot_list
from app.pages import queries
from app.pages.event_answers import with_answers
from app.pages.event_list import event_list, with_marks
from app.pages.registration_acts import acts_in
from app.pages.registration_rows import acts_done, around
from app.pages.registration_search import (
    RegistrationsWanted,
    how_many,
    page_of_registrations,
    read_registrations_wanted,
    registrations_wanted,
    schools_in,
)
from app.pages.registration_views import NEVER_HERE, count_views
from app.pages.undelivered import undelivered_count
from app.people.whose import whose_of, whose_with_ids

bp = Blueprint("event_pages", __name__, url_prefix="/desk/events/<int:event_id>")


@bp.get("")
@allow(Role.STAFF)
def show(event_id: int) -> ResponseReturnValue:
    """Everything about one event for its organiser."""
    event, at = _event(event_id), now()
    changes = history_of(event)
    page = {
        "event": event,
        "chat_text": chat_text(event, public_url("events.show", event_id=event_id)),
        "urgent": notices(Scope(event_id)),
        "shares_first": "changed" in request.args or event.is_cancelled or local_day(event.starts_at) > local_day(at),
        "numbers": queries.numbers(event_id),
        "devices": open_devices(event_id, at),
        "undelivered": undelivered_count(event_id),
        "changes": changes,
        "names": names_of(change.by_id for change, _sentences in changes),
        "swaps": swaps_of_event(event, at),
        "slots": slot_list(event.slots, at),
        "batches": batches_of(event_id),
        "at": at,
        **(acts_done(event_id) if any(one.what.startswith("bulk_") for one, _said in changes) else {"last_act": None}),
    }
    return render_template("pages/event_desk.html", **page)


@bp.get("/poster")
@allow(Role.STAFF)
def poster(event_id: int) -> ResponseReturnValue:
    """A sheet to hang up, with a code that leads to the event's page."""
    event = _event(event_id)
    code = b64encode(qr_png(public_url("events.show", event_id=event_id))).decode()
    return render_template("pages/event_poster.html", event=event, code=f"data:image/png;base64,{code}")


@bp.get("/registrations")
@allow(Role.STAFF)
def registrations(event_id: int) -> ResponseReturnValue:
    """The list, searched, filtered, by name or by sign-up."""
    event, wanted = _event(event_id), read_registrations_wanted(request.args)
    after = request.args.get("after", "")
    shown, following = page_of_registrations(event_id, wanted, after)
    if wanted.name:
        note_search("event_registrations", event_id, whose_of((one.person for one in shown), " ".join(wanted.filters)))
    page = {
        "event": event,
        "wanted": wanted,
        "registrations": shown,
        "following": following,
        "arrivals": arrivals([one.id for one in shown]) if wanted.view not in NEVER_HERE else {},
        "schools": schools_in(event_id),
        "form": DownloadForm(),
        "views": count_views(event_id).shown(wanted.view),
        "acts": acts_in(wanted.view, len(event.slots)),
        "matching": how_many(event_id, wanted) if following or after else len(shown),
        "marked": since_last_print(event_id),
        "key": uuid4().hex,
        **around(shown),
        **acts_done(event_id, request.args.get("done", type=read_id)),
    }
    return render_template("pages/event_registrations.html", **page)


@bp.post("/registrations/download")
@allow(Role.STAFF)
def download(event_id: int) -> ResponseReturnValue:
    """The list as a file; who took it and what for is written down."""
    event = _event(event_id)
    form = DownloadForm()
    if not form.validate_on_submit():
        abort(422)
    if form.lacks_proof():
        return ask_for_proof(url_for(".registrations", event_id=event_id))
    found = db.session.scalars(registrations_wanted(event_id, RegistrationsWanted())).all()
    printed = transact(note_print, event_id, by=principal().actor, at=now())
    marked = since_last_print(event_id, before=printed.id)
    listed = with_those_gone(marked, found, event.slots)
    table = event_list(listed, arrivals([one.id for one in listed]), with_phones=form.with_phones.data)
    table = with_marks(with_answers(table, event, listed), marked, listed)
    return hand_out(
        form,
        event.title,
        _("Participants"),
        table,
        record="event_registrations",
        record_id=event_id,
        whose=whose_of(one.person for one in listed),
    )


@bp.get("/sheet")
@allow(Role.STAFF)
def sheet(event_id: int) -> ResponseReturnValue:
    """The sign-in sheet on paper, of one slot if it is named: it works when nothing else does."""
    event = _event(event_id)
    wanted = request.args.get("slot", type=read_id)
    slots = [slot for slot in event.slots if wanted in (None, slot.id)] or abort(404)
    found = db.session.scalars(registrations_wanted(event_id, RegistrationsWanted())).all()
    marked = since_last_print(event_id, before=request.args.get("print", type=read_id))
    page = {
        "event": event,
        "by_slot": [(slot, [one for one in found if one.slot_id == slot.id]) for slot in slots],
        "wanted": wanted,
        "marked": marked,
        "gone": those_gone(marked, found, slots),
        "just_noted": "print" in request.args,
    }
    return render_template("pages/event_sheet.html", **page)


@bp.post("/sheet/prints")
@allow(Role.STAFF)
def note_printing(event_id: int) -> ResponseReturnValue:
    """Write down that the sheet goes out as it is now, or that of one slot; the page that comes is the one to print."""
    event, by, at = _event(event_id), principal().actor, now()
    slot_id = next((one.id for one in event.slots if one.id == request.form.get("slot", type=read_id)), None)
    found = registrations_wanted(event_id, RegistrationsWanted()).order_by(None)
    if slot_id:
        found = found.where(Registration.slot_id == slot_id)
    people = whose_with_ids(found.with_only_columns(Registration.person_id))
    transact(note_access, "print", "event_registrations", event.id, people=people, purpose="door", by=by, at=at)
    printed = transact(note_print, event_id, slot_id, by=by, at=at)
    return redirect(url_for(".sheet", event_id=event_id, slot=slot_id, print=printed.id), 303)


def _event(event_id: int) -> Event:
    return get_or_404(events_run_by(principal()), event_id)
