"""The organiser's pages of one event: at a glance, the list, the printed sheet."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.checkin.queries import arrivals, open_devices
from app.core.access import Role, allow, principal
from app.core.clock import now
from app.core.db import db
from app.core.finding import get_or_404, read_id
from app.core.links import public_url
from app.core.lists import DownloadForm, hand_out
from app.events.models import Event, Registration
from app.events.queries import events_run_by
from app.pages import queries
from app.pages.event_list import event_list

bp = Blueprint("event_pages", __name__, url_prefix="/desk/events/<int:event_id>")


@bp.get("")
@allow(Role.STAFF)
def show(event_id: int) -> ResponseReturnValue:
    """Everything about one event for its organiser."""
    event = _event(event_id)
    address = public_url("events.show", event_id=event_id)
    page = {"event": event, "numbers": queries.numbers(event_id), "devices": open_devices(event_id, now())}
    return render_template("pages/event_desk.html", address=address, **page)


@bp.get("/registrations")
@allow(Role.STAFF)
def registrations(event_id: int) -> ResponseReturnValue:
    """The list, searched and filtered."""
    event = _event(event_id)
    view, name = request.args.get("view", "all"), request.args.get("q", "").strip()
    if view not in queries.filters_for(event_id):
        return redirect(url_for(".registrations", event_id=event_id))
    found = queries.page_by_name(queries.registrations_in(event_id, view, name), _after())
    shown = found[: queries.PAGE]
    page = {
        "event": event,
        "view": view,
        "name": name,
        "registrations": shown,
        "following": _key_of(shown) if len(found) > queries.PAGE else None,
        "arrivals": arrivals([one.id for one in shown]),
        "numbers": queries.numbers(event_id),
        "form": DownloadForm(),
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
    found = db.session.scalars(queries.registrations_in(event_id, "all", "")).all()
    table = event_list(found, arrivals([one.id for one in found]))
    return hand_out(
        form,
        event.title,
        _("Participants"),
        table,
        record="event_registrations",
        record_id=event_id,
        by=principal().actor,
    )


@bp.get("/sheet")
@allow(Role.STAFF)
def sheet(event_id: int) -> ResponseReturnValue:
    """The sign-in sheet on paper: it works when nothing else does."""
    event = _event(event_id)
    found = db.session.scalars(queries.registrations_in(event_id, "all", "")).all()
    by_slot = [(slot, [one for one in found if one.slot_id == slot.id]) for slot in event.slots]
    return render_template("pages/event_sheet.html", event=event, by_slot=by_slot)


def _event(event_id: int) -> Event:
    return get_or_404(events_run_by(principal()), event_id)


def _after() -> queries.NameKey | None:
    reading, _sign, number = request.args.get("after", "").replace("\0", "").rpartition("~")
    try:
        return reading, read_id(number)
    except ValueError:
        return None  # no key of ours: the first page


def _key_of(shown: list[Registration]) -> str:
    return f"{shown[-1].person.name_pinyin}~{shown[-1].id}"
