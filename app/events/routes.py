"""What young people and parents do: read about an event, sign up, show the code, cancel."""

from datetime import datetime
from urllib.parse import quote

from flask import (
    Blueprint,
    Response,
    current_app,
    flash,
    get_template_attribute,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app.accounts.devices import device_of
from app.core.access import Role, allow, principal, public
from app.core.clock import now
from app.core.db import transact
from app.core.finding import get_or_404
from app.core.kept import kept_page
from app.core.languages import current_language
from app.core.links import public_url, scannable
from app.core.problems import Problem
from app.core.qr import qr_png
from app.events import calendar, history, landscapes, passes, queries
from app.events.dates.series_problems import OneDateOfSeries
from app.events.leave.leaving import absence_of
from app.events.models import Event, Registration, RegistrationState
from app.events.problems import LeaveNeedsReason
from app.events.questions.answers import unanswered
from app.events.registration import consenting, operations, reasons
from app.events.registration.positions import position
from app.events.slot_list import public_slot_list
from app.people.models import Relation
from app.people.queries import acting_for
from app.site.operator import current_operator

bp = Blueprint("events", __name__)


@bp.get("/events/<int:event_id>")
@public
def show(event_id: int) -> ResponseReturnValue:
    """An event, readable by anyone, with what is open and why the rest is closed.

    Made from one statement, the language and the clock: whoever is not signed in gets the same page as everybody else.
    """
    at = now().replace(second=0, microsecond=0)  # what changes by the clock changes on the minute
    facts = queries.public_facts(event_id) if not session and not request.query_string else ()
    if facts:
        return kept_page((current_language(), at, current_operator(), facts), lambda: _page(event_id, at))
    return _page(event_id, at)


def _page(event_id: int, at: datetime) -> str:
    event = get_or_404(queries.whole_events_visible_to(principal()), event_id)
    closed = {slot.id: reasons.why_closed(slot, event, at=at) for slot in event.slots}
    address = public_url(".show", event_id=event_id)
    slots = public_slot_list(event.slots, at)
    page = {"closed": closed, "address": address, "picture": _picture_of(event), "slots": slots}
    return render_template("events/show.html", event=event, **page)


@bp.get("/events/<int:event_id>/picture.png")
@public
def picture(event_id: int) -> ResponseReturnValue:
    """The landscape of an event as a real image, for chat apps; its address changes with the drawing."""
    event = get_or_404(queries.events_visible_to(principal()), event_id)
    draw_landscape = get_template_attribute("components/landscape.html", "landscape")
    drawn = landscapes.picture(
        str(draw_landscape(event.kind.value, event.id)), current_app.config["DATA"] / "landscapes"
    )
    keeping = "public, max-age=31536000, immutable" if event.is_published else "private, no-cache"
    return drawn, {"Content-Type": "image/png", "Cache-Control": keeping}


@bp.get("/registrations/<int:registration_id>")
@allow(Role.SIGNED_IN)
def show_code(registration_id: int) -> ResponseReturnValue:
    """The pass: event, code, name."""
    registration = _own(registration_id)
    at, slot = now(), registration.slot
    can_cancel = registration.is_open and registration.state is not RegistrationState.OFFERED and at < slot.starts_at
    page = {
        "registration": registration,
        "can_cancel": can_cancel,
        "members": queries.party_of(registration, principal().actor),
        "position": position(registration),
        "asks_leave": can_cancel
        and registration.is_active
        and (slot.leads_id is not None or at >= slot.leave_free_until),
        "is_over": slot.ends_at <= at,
        "tells_parents": consenting.is_untold(registration) and not _is_child_of(principal().actor, registration),
        "address": public_url(".show", event_id=slot.event_id),
        "absence": absence_of(registration_id) if slot.leads_id is not None and registration.is_active else None,
        "is_unanswered": bool(unanswered([registration_id], at=at)),
        "has_questions": slot.event.question_set_id is not None,
        "is_in_wechat": device_of(request.user_agent.string).endswith("wechat"),
    }
    return render_template("events/show_code.html", **page)


@bp.get("/registrations/<int:registration_id>/code.png")
@allow(Role.SIGNED_IN)
def code_image(registration_id: int) -> ResponseReturnValue:
    """The QR code alone, as a real image."""
    registration = _own(registration_id)
    return _png(qr_png(scannable("checkin.show_person", code=registration.code)))


@bp.get("/registrations/<int:registration_id>/pass.png")
@allow(Role.SIGNED_IN)
def pass_image(registration_id: int) -> ResponseReturnValue:
    """The whole pass as an image to keep in the phone's album."""
    registration = _own(registration_id)
    return _png(passes.draw(registration, scannable("checkin.show_person", code=registration.code)))


@bp.get("/registrations/<int:registration_id>/calendar.ics")
@allow(Role.SIGNED_IN)
def calendar_file(registration_id: int) -> ResponseReturnValue:
    """The place as an entry for the phone's own calendar, which reminds by itself."""
    registration = _own(registration_id)
    address = public_url(".show_code", registration_id=registration_id)
    entry = calendar.calendar_of(registration, history.revision_of(registration), address)
    name = quote(f"{registration.slot.event.title}.ics")
    return entry, {
        "Content-Type": "text/calendar; charset=utf-8",
        "Content-Disposition": f"inline; filename=\"tongxing.ics\"; filename*=UTF-8''{name}",
        "Cache-Control": "private, no-cache",
    }


@bp.post("/registrations/<int:registration_id>/cancellation")
@allow(Role.SIGNED_IN)
def cancel(registration_id: int) -> ResponseReturnValue:
    """Give the place back."""
    registration = _own(registration_id)
    had_place = registration.is_active
    try:
        transact(operations.cancel, registration_id, by=current_user.id, at=now())
    except (LeaveNeedsReason, OneDateOfSeries) as problem:
        flash(problem.message, "gold")
        return redirect(url_for("leaving.leave", registration_id=registration_id), 303)
    except Problem as problem:
        flash(problem.message, "bad")
    else:
        done = _("The registration is cancelled; the place is free for somebody else.")
        flash(done if had_place else _("Your sign-up is taken back."), "pine")
    return redirect(url_for(".show_code", registration_id=registration.id), 303)


def _picture_of(event: Event) -> dict[str, str]:
    """Return where the picture lies: its path, and its full address for chat apps."""
    version = f"{event.kind}-{landscapes.DRAWN}"
    own, drawn = {"digest": event.picture}, {"event_id": event.id, "v": version}
    endpoint, values = ("pictures.show", own) if event.picture else (".picture", drawn)
    return {"path": url_for(endpoint, **values), "address": public_url(endpoint, **values)}


def _is_child_of(user_id: int, registration: Registration) -> bool:
    return acting_for(user_id, registration.person_id).relation is Relation.CHILD


def _own(registration_id: int) -> Registration:
    return get_or_404(queries.registrations_of(principal().actor), registration_id)


def _png(image: bytes) -> ResponseReturnValue:
    """Return an image that is asked for anew each time: a shared computer shows it to nobody after the sign-out."""
    response = Response(image, mimetype="image/png", headers={"Cache-Control": "private, no-cache"})
    response.add_etag()
    return response.make_conditional(request)
