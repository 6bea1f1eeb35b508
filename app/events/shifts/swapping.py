"""What volunteers do when a shift changes hands: offer one's own, take somebody else's."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import Role, allow, principal, public
from app.core.clock import now
from app.core.codes import read_code
from app.core.db import transact
from app.core.fields import choice
from app.core.filters import span
from app.core.finding import get_or_404
from app.core.links import public_url
from app.core.problems import Problem
from app.events.models import Event, Registration, ShiftSwap
from app.events.queries import registrations_of
from app.events.shifts import swap_lists, swaps
from app.events.shifts.shift_forms import SwapForm, TakeForm
from app.people.queries import acted_for_by

bp = Blueprint("swapping", __name__)


@bp.route("/registrations/<int:registration_id>/swap", methods=["GET", "POST"])
@allow(Role.SIGNED_IN)
def offer(registration_id: int) -> ResponseReturnValue:
    """Offer one's shift, by a link and, as one likes, to all who may take it."""
    registration = _own(registration_id)
    swap = swap_lists.on_offer_of(registration_id, now())
    form = SwapForm(data={"note": swap.note, "is_for_all": swap.is_for_all} if swap else None)
    if form.validate_on_submit():
        note, is_for_all = form.note.data, form.is_for_all.data
        try:
            transact(swaps.offer_shift, registration_id, note, is_for_all, by=principal().actor, at=now())
        except Problem as problem:
            form.refuse(problem)
        else:
            flash(_("Your shift is on offer. Until somebody takes it, it is still yours."), "pine")
            return redirect(url_for(".offer", registration_id=registration_id), 303)
    page = {
        "registration": registration,
        "swap": swap,
        "can_offer": swap_lists.may_hand_on(registration, now()),
        "chat_text": _chat_text(swap, registration) if swap else "",
    }
    return render_template("events/swap_offer.html", form=form, **page), form.status


@bp.post("/registrations/<int:registration_id>/swap/withdrawal")
@allow(Role.SIGNED_IN)
def withdraw(registration_id: int) -> ResponseReturnValue:
    """Come oneself after all."""
    _own(registration_id)
    try:
        transact(swaps.withdraw_shift, registration_id, by=principal().actor, at=now())
    except Problem as problem:
        flash(problem.message, "bad")
    else:
        flash(_("The offer is taken back: you keep your shift."), "pine")
    return redirect(url_for("events.show_code", registration_id=registration_id), 303)


@bp.get("/swaps/<code>")
@public
def show(code: str) -> ResponseReturnValue:
    """A shift that is on offer, for whoever has the link."""
    return _page(_swap(code), TakeForm())


@bp.post("/swaps/<code>")
@allow(Role.SIGNED_IN)
def take(code: str) -> ResponseReturnValue:
    """Take it over, for oneself or for a child."""
    swap, form = _swap(code), TakeForm()
    if form.validate_on_submit():
        try:
            coming = transact(swaps.take_over, swap.id, form.person_id.data, by=principal().actor, at=now())
        except Problem as problem:
            form.refuse(problem)
        else:
            flash(_("The shift is yours. Thank you for helping out!"), "pine")
            return redirect(url_for("events.show_code", registration_id=coming.id), 303)
    return _page(_swap(code), form)


@bp.app_template_global()
def may_hand_on(registration: Registration) -> bool:
    """Return whether a pass shows the way to hand the shift on."""
    return swap_lists.may_hand_on(registration, now())


@bp.app_template_global()
def swaps_for_viewer(event: Event) -> list[ShiftSwap]:
    """Return which shifts of an event whoever looks might take over from somebody."""
    return swap_lists.open_to(principal().user_id, event, now())


def _page(swap: ShiftSwap, form: TakeForm) -> ResponseReturnValue:
    user_id = principal().user_id
    known = acted_for_by(user_id) if user_id else []
    others = [one for one in known if one.person_id != swap.registration.person_id]
    form.person_id.choices = [choice(str(one.person_id), one.person.name) for one in others]
    if len(others) == 1 and not form.is_submitted():
        form.person_id.data = others[0].person_id
    page = {
        "swap": swap,
        "slot": swap.registration.slot,
        "others": others,
        "is_open": swap_lists.is_on_offer(swap, now()),
        "is_own": len(others) < len(known),
    }
    return render_template("events/swap.html", form=form, **page), form.status


def _swap(code: str) -> ShiftSwap:
    return swap_lists.swap_called(read_code(code) or "") or abort(404)


def _own(registration_id: int) -> Registration:
    return get_or_404(registrations_of(principal().actor), registration_id)


def _chat_text(swap: ShiftSwap, registration: Registration) -> str:
    slot = registration.slot
    facts: dict[str, str] = {
        "event": slot.event.title,
        "slot": slot.title,
        "when": span(slot.starts_at, slot.ends_at),
        "place": slot.place or slot.event.place,
        "link": public_url("swapping.show", code=swap.code),
    }
    return str(
        _(
            "I cannot come to my shift. Who takes it over?\n%(event)s · %(slot)s\nTime: %(when)s\nPlace: %(place)s\n"
            "Take it here: %(link)s",
            **facts,
        )
    )
