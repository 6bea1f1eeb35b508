"""What young people and parents do: read about an event, sign up, show the code, cancel."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app.accounts import sessions
from app.accounts.models import User
from app.core.access import Role, allow, principal, public
from app.core.clock import now
from app.core.db import db, transact
from app.core.fields import choice
from app.core.finding import get_or_404
from app.core.links import scannable
from app.core.problems import Problem
from app.core.qr import qr_png
from app.events import operations, passes, queries, reasons, signing_up
from app.events.forms import ChoosePersonForm
from app.events.models import Registration
from app.organisations.queries import schools
from app.people import forms as people_forms
from app.people.forms import NewcomerForm
from app.people.models import ActsFor, Relation
from app.people.queries import acted_for_by

bp = Blueprint("events", __name__)


@bp.get("/events/<int:event_id>")
@public
def show(event_id: int) -> ResponseReturnValue:
    """An event, readable by anyone, with what is open and why the rest is closed."""
    event = get_or_404(queries.events_visible_to(principal()), event_id)
    closed = {slot.id: reasons.why_closed(slot, event, at=now()) for slot in event.slots}
    return render_template("events/show.html", event=event, closed=closed)


@bp.route("/slots/<int:slot_id>/registration", methods=["GET", "POST"])
@public
def choose_person(slot_id: int) -> ResponseReturnValue:
    """The first question: for oneself or for a child; whoever was here before picks the person and is done."""
    slot = get_or_404(queries.slots_visible_to(principal()), slot_id)
    known = acted_for_by(current_user.id) if current_user.is_authenticated else []
    form = ChoosePersonForm()
    form.person_id.choices = _offered(known, slot_id)
    if known and form.validate_on_submit():
        try:
            registration = transact(operations.register, form.person_id.data, slot_id, by=current_user.id, at=now())
        except Problem as problem:
            form.refuse(problem)
        else:
            return redirect(url_for(".show_code", registration_id=registration.id), 303)
    closed = reasons.why_closed(slot, slot.event, at=now())
    has_self = any(acting.relation is Relation.ONESELF for acting in known)
    page = {"slot": slot, "closed": closed, "form": form, "known": known, "has_self": has_self}
    return render_template("events/choose_person.html", **page), form.status


@bp.route("/slots/<int:slot_id>/registration/<any(self, child):who>", methods=["GET", "POST"])
@public
def register(slot_id: int, who: str) -> ResponseReturnValue:
    """Sign up somebody who was not here before, on one screen."""
    slot = get_or_404(queries.slots_visible_to(principal()), slot_id)
    form = _newcomer_form(Relation(who))
    if form.validate_on_submit():
        try:
            registration = _sign_up(form, slot_id)
        except Problem as problem:
            form.refuse(problem)
        else:
            return redirect(url_for(".show_code", registration_id=registration.id), 303)
    closed = reasons.why_closed(slot, slot.event, at=now())
    return render_template("events/register.html", slot=slot, form=form, who=who, closed=closed), form.status


@bp.get("/registrations/<int:registration_id>")
@allow(Role.SIGNED_IN)
def show_code(registration_id: int) -> ResponseReturnValue:
    """The pass: event, code, name."""
    registration = _own(registration_id)
    can_cancel = registration.is_active and now() < registration.slot.starts_at
    return render_template("events/show_code.html", registration=registration, can_cancel=can_cancel)


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


@bp.post("/registrations/<int:registration_id>/cancellation")
@allow(Role.SIGNED_IN)
def cancel(registration_id: int) -> ResponseReturnValue:
    """Give the place back."""
    registration = _own(registration_id)
    try:
        transact(operations.cancel, registration_id, by=current_user.id, at=now())
    except Problem as problem:
        flash(problem.message, "bad")
    else:
        flash(_("The registration is cancelled; the place is free for somebody else."), "pine")
    return redirect(url_for(".show_code", registration_id=registration.id), 303)


def _offered(known: list[ActsFor], slot_id: int) -> list[Any]:
    """Return the people to choose from, saying who has a place already."""
    placed = queries.with_a_place(slot_id, [acting.person_id for acting in known])
    names = {acting.person_id: acting.person.name for acting in known}
    return [
        choice(str(number), _("%(name)s (signed up)", name=name) if number in placed else name)
        for number, name in names.items()
    ]


def _own(registration_id: int) -> Registration:
    return get_or_404(queries.registrations_of(principal().actor), registration_id)


def _newcomer_form(relation: Relation) -> NewcomerForm:
    is_known = current_user.is_authenticated
    form_class: type[NewcomerForm]
    if relation is Relation.ONESELF:
        form_class = people_forms.NewcomerForm if is_known else people_forms.FirstTimeForm
    else:
        form_class = people_forms.ChildForm if is_known else people_forms.FirstTimeParentForm
    form = form_class()
    form.offer_schools([(school.id, school.name) for school in schools()])
    return form


def _sign_up(form: NewcomerForm, slot_id: int) -> Registration:
    if current_user.is_authenticated:
        form.contact = current_user.phone
        return transact(operations.register_newcomer, form.newcomer(), slot_id, by=current_user.id, at=now())
    form.contact = form.phone.data
    holder = signing_up.AccountHolder(form.holder, form.phone.data, form.password.data)
    user_id, registration = signing_up.sign_up(form.newcomer(), slot_id, holder, at=now())
    sessions.start(db.session.get_one(User, user_id))
    return registration


def _png(image: bytes) -> ResponseReturnValue:
    return image, {"Content-Type": "image/png", "Cache-Control": "private, max-age=86400"}
