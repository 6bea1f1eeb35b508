"""One act on several people of an event, and taking it back."""

from typing import Any
from uuid import uuid4

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Select, select

from app.announcements.people import short
from app.core.access import Principal, Role, allow, principal
from app.core.clock import now
from app.core.db import transact
from app.core.finding import get_or_404
from app.core.problems import Problem
from app.events.acts import decisions
from app.events.acts.batches import names_of, slots_of, whole_parties
from app.events.acts.desk_problems import NobodyTicked
from app.events.acts.moving import move
from app.events.acts.undoing import undo
from app.events.models import BulkAct, Event
from app.events.queries import events_run_by
from app.events.search import as_word
from app.pages.registration_acts import Act, chosen, key_of
from app.pages.registration_forms import CancellationForm, MoveForm, RefusalForm
from app.pages.registration_search import read_registrations_wanted

bp = Blueprint("registration_acts", __name__, url_prefix="/desk")
_AT_ONCE = {Act.APPROVE: decisions.approve, Act.ADMIT: decisions.admit}
_WITH_A_REASON = {Act.REFUSE: decisions.refuse, Act.CANCEL: decisions.cancel_for}


@bp.post("/events/<int:event_id>/registrations/acts")
@allow(Role.STAFF)
def act(event_id: int) -> ResponseReturnValue:
    """Do something to the people who are ticked; what needs a reason or a place asks for it first."""
    event, what = _event(event_id), as_word(Act, request.form.get("act"))
    ids = chosen(event_id, request.form.getlist("registration"), request.form)
    if not ids or what is None:
        flash(NobodyTicked().message, "bad")
        return redirect(_list(event_id), 303)
    if what is Act.MESSAGE:
        return redirect(url_for("announcements.compose", event_id=event_id, people=short(ids)), 303)
    if what in _AT_ONCE:
        key = key_of(request.form, what, ids)
        made = transact(_AT_ONCE[what], event_id, ids, key, by=principal().actor, at=now())
        return redirect(_list(event_id, made), 303)
    return _ask(event, what, ids)


@bp.post("/acts/<int:act_id>/withdrawal")
@allow(Role.STAFF)
def take_back(act_id: int) -> ResponseReturnValue:
    """Take an act on several people back, as one step."""
    made = get_or_404(acts_run_by(principal()), act_id)
    try:
        transact(undo, act_id, by=principal().actor, at=now())
    except Problem as problem:
        flash(problem.message, "bad")
    return redirect(_list(made.event_id, made), 303)


def acts_run_by(who: Principal) -> Select[BulkAct]:
    """Return the acts at the events of the hosts somebody works for."""
    own = Event.host_id.in_(who.units(Role.STAFF))
    return select(BulkAct).join(Event, Event.id == BulkAct.event_id).where(own)


def _ask(event: Event, what: Act, ids: list[int]) -> ResponseReturnValue:
    """Ask for the reason or the other slot, and do it once that is said."""
    whole = whole_parties(event.id, ids)
    form = _form(event, what, whole)
    if "sure" in request.form and form.validate_on_submit():
        return redirect(_list(event.id, _done(event.id, what, whole, form)), 303)
    page = {
        "event": event,
        "act": what,
        "form": form,
        "people": names_of(whole),
        "came_along": len(whole) - len(ids),
        "chosen": short(whole),
        "page": request.form.get("page") or uuid4().hex,
        "filters": read_registrations_wanted(request.form).in_address,
    }
    return render_template("pages/registration_act.html", **page), form.status if "sure" in request.form else 200


def _form(event: Event, what: Act, ids: list[int]) -> Any:
    asked = None if "sure" not in request.form else request.form
    if what is not Act.MOVE:
        return RefusalForm(asked) if what is Act.REFUSE else CancellationForm(asked)
    form = MoveForm(asked)
    here = slots_of(ids)
    form.offer([slot for slot in event.slots if slot.ends_at > now() and here != {slot.id}])
    return form


def _done(event_id: int, what: Act, ids: list[int], form: Any) -> BulkAct:
    who, at = principal().actor, now()
    if what is Act.MOVE:
        target = form.slot_id.data
        return transact(move, event_id, ids, target, key_of(request.form, what, ids, target), by=who, at=at)
    reason = form.words()
    key = key_of(request.form, what, ids, reason)
    return transact(_WITH_A_REASON[what], event_id, ids, reason, key, by=who, at=at)


def _list(event_id: int, made: BulkAct | None = None) -> str:
    """Return to the list as it was narrowed, with what was done on top of it."""
    asked: dict[str, Any] = {**read_registrations_wanted(request.form).in_address}
    return url_for("event_pages.registrations", event_id=event_id, done=made.id if made else None, **asked)


def _event(event_id: int) -> Event:
    return get_or_404(events_run_by(principal()), event_id)
