"""Staff enters somebody: from a phone call or a paper list, or at the door."""

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.checkin.models import COUNTS
from app.checkin.verdicts import words
from app.checkin.walking_in import slots_at_the_door, walk_in
from app.core.access import Role, allow, principal
from app.core.clock import now
from app.core.db import transact
from app.core.filters import masked_phone
from app.core.finding import get_or_404
from app.core.problems import Problem
from app.events.acts.by_hand import enter
from app.events.models import Event, Slot
from app.events.queries import events_run_by
from app.events.words import state_words
from app.organisations.queries import schools
from app.pages.registration_forms import EntryForm, SomebodyForm, WalkInForm
from app.people.entering import known_as
from app.people.models import Person

bp = Blueprint("by_hand", __name__, url_prefix="/desk/events/<int:event_id>")


@bp.route("/registrations/new", methods=["GET", "POST"])
@allow(Role.STAFF)
def add(event_id: int) -> ResponseReturnValue:
    """Enter somebody who has no account, or whom the account did not help."""
    event, at = _event(event_id), now()
    form = EntryForm()
    form.offer_schools([(one.id, one.name) for one in schools()])
    _prepare(form, [slot for slot in event.slots if slot.ends_at > at])
    if form.validate_on_submit():
        try:
            made = transact(enter, form.entry(), form.slot_id.data, by=principal().actor, at=at)
        except Problem as problem:
            form.refuse(problem)
        else:
            flash(_("%(name)s: %(state)s.", name=made.person.name, state=state_words(made)), "pine")
            return redirect(url_for("checkin.person", registration_id=made.id), 303)
    return render_template("pages/registration_new.html", event=event, form=form), form.status


@bp.route("/walk-in", methods=["GET", "POST"])
@allow(Role.STAFF)
def at_the_door(event_id: int) -> ResponseReturnValue:
    """Enter somebody who has come without a sign-up, and check in at once; then the next one."""
    event, at = _event(event_id), now()
    slots = slots_at_the_door(event, at)
    form = WalkInForm()
    _prepare(form, slots)
    if slots and form.validate_on_submit():
        try:
            made, judged = transact(walk_in, form.entry(), form.slot_id.data, by=principal().actor, at=at)
        except Problem as problem:
            form.refuse(problem)
        else:
            said = words(judged.verdict, judged.guest, judged.arrived_at)
            tone = "pine" if judged.verdict in COUNTS else "gold"
            flash(_("%(name)s: %(state)s.", name=made.person.name, state=said), tone)
            return redirect(url_for(".at_the_door", event_id=event_id), 303)
    return render_template("pages/walk_in.html", event=event, form=form, slots=slots), form.status


def _prepare(form: SomebodyForm, slots: Sequence[Slot]) -> None:
    """Offer the slots, and those who may be meant: people of the same name and birth date."""
    form.offer_slots(slots)
    if form.is_submitted() and form.name.data and form.born_on.data:
        form.offer_known([(one.id, _described(one)) for one in known_as(form.name.data, form.born_on.data)])


def _described(one: Person) -> str:
    """Return what tells people of one name apart, and nothing else about them."""
    if one.phone:
        return str(_("%(name)s, phone %(phone)s", name=one.name, phone=masked_phone(one.phone)))
    return str(_("%(name)s, without a phone number", name=one.name))


def _event(event_id: int) -> Event:
    return get_or_404(events_run_by(principal()), event_id)
