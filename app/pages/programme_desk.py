"""The organiser's page of one programme: at a glance, its sides, its events, what was changed."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts.queries import names_of
from app.core.access import Role, allow, principal
from app.core.changes import changes_of, told
from app.core.clock import local_day, now
from app.core.db import transact
from app.core.filters import day
from app.core.finding import get_or_404, read_id_or_none
from app.core.links import public_url
from app.events import inside
from app.events.models import Event
from app.events.queries import events_run_by
from app.programmes.applications.queries import counts_of, states_in
from app.programmes.models import Programme
from app.programmes.planning import RECORD
from app.programmes.queries import documents_of, programmes_run_by
from app.programmes.words import DIRECTION_WORDS, ENTRY_WORDS, PROGRAMME, REACH_WORDS, STATE_WORDS
from app.trips.glance import glance_of

bp = Blueprint("programme_pages", __name__, url_prefix="/desk/programmes/<int:programme_id>")


@bp.get("")
@allow(Role.STAFF)
def show(programme_id: int) -> ResponseReturnValue:
    """Everything about one programme for its organiser."""
    programme, counts = _programme(programme_id), counts_of(programme_id)
    changes = [(one, told(one, PROGRAMME)) for one in changes_of(RECORD, [programme_id])]
    page = {
        "programme": programme,
        "counts": counts,
        "states_here": states_in(counts.values()),
        "events": inside.events_inside(programme_id, drafts=True),
        "choosable": inside.events_to_put_into(programme),
        "documents": documents_of(programme_id=programme_id),
        "chat_text": _chat_text(programme),
        "changes": changes,
        "names": names_of(one.by_id for one, _said in changes),
        "words": {"reach": REACH_WORDS, "direction": DIRECTION_WORDS, "entry": ENTRY_WORDS, "state": STATE_WORDS},
        "trip": glance_of(programme, local_day(now())),
        "at": now(),
    }
    return render_template("pages/programme_desk.html", **page)


@bp.post("/events")
@allow(Role.STAFF)
def put_in(programme_id: int) -> ResponseReturnValue:
    """Let an event of the host happen inside the programme."""
    programme, event = _programme(programme_id), _event(read_id_or_none(request.form.get("event_id")))
    if event.host_id != programme.host_id:
        abort(404)
    transact(inside.put_into, event.id, programme_id, by=principal().actor, at=now())
    flash(_("The event is on the programme's page now."), "pine")
    return redirect(url_for(".show", programme_id=programme_id), 303)


@bp.post("/events/<int:event_id>/removal")
@allow(Role.STAFF)
def take_out(programme_id: int, event_id: int) -> ResponseReturnValue:
    """Let an event stand alone again."""
    _programme(programme_id)
    event = _event(event_id)
    if event.programme_id == programme_id:
        transact(inside.take_out, event_id, by=principal().actor, at=now())
        flash(_("The event stands alone again."), "pine")
    return redirect(url_for(".show", programme_id=programme_id), 303)


def _chat_text(programme: Programme) -> str:
    days = f"{day(programme.starts_on)} – {day(programme.ends_on)}"
    address = public_url("programmes.show", programme_id=programme.id)
    return f"{programme.title}\n{days} · {programme.place}\n{address}"


def _event(event_id: int | None) -> Event:
    return get_or_404(events_run_by(principal()), event_id or 0)


def _programme(programme_id: int) -> Programme:
    return get_or_404(programmes_run_by(principal()), programme_id)
