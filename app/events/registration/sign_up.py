"""Signing up: for oneself, a child, a friend, or several who come together."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app.accounts import sessions
from app.accounts.models import User
from app.core.access import principal, public
from app.core.clock import now
from app.core.db import db, transact
from app.core.errors import wants_json
from app.core.finding import get_or_404
from app.core.problems import Problem
from app.events import queries
from app.events.models import Registration, Slot, WayIn
from app.events.problems import SlotFull
from app.events.registration import operations, reasons, signing_up
from app.events.registration.operations import SignUp
from app.events.registration.sign_up_forms import ChoosePeopleForm, ChoosePersonForm, TogetherForm
from app.organisations.queries import schools
from app.people import forms as people_forms
from app.people.forms import NewcomerForm
from app.people.models import Relation
from app.people.operations import add_person
from app.people.queries import acted_for_by

bp = Blueprint("sign_up", __name__)
_FORMS = {
    (Relation.ONESELF, True): people_forms.NewcomerForm,
    (Relation.ONESELF, False): people_forms.FirstTimeForm,
    (Relation.CHILD, True): people_forms.ChildForm,
    (Relation.CHILD, False): people_forms.FirstTimeParentForm,
    (Relation.FRIEND, True): people_forms.FriendForm,
}


@bp.route("/slots/<int:slot_id>/registration", methods=["GET", "POST"])
@public
def choose_person(slot_id: int) -> ResponseReturnValue:
    """The first question: for oneself or for a child; whoever was here before picks the people and is done."""
    if current_user.is_authenticated and request.method == "POST":
        return _choose(slot_id)
    slot = get_or_404(queries.slots_visible_to(principal()), slot_id)
    return _choose_page(slot, _who_comes(slot))


@bp.route("/slots/<int:slot_id>/registration/<any(self, child, friend):who>", methods=["GET", "POST"])
@public
def register(slot_id: int, who: str) -> ResponseReturnValue:
    """Sign up somebody who was not here before, on one screen; or enter them only, and add the next."""
    slot = get_or_404(queries.slots_visible_to(principal()), slot_id)
    if who == Relation.FRIEND and not current_user.is_authenticated:  # the form would enter a friend as oneself
        return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")), 303)
    form, together = _newcomer_form(Relation(who)), _together()
    if form.validate_on_submit() and together.validate():
        asked = together.asked(slot)
        try:
            if "another" in request.form and slot.largest_party > 1:
                return _add(form, asked)
            registrations = _sign_up(form, asked)
        except Problem as problem:
            if wants_json():
                raise
            (together if problem.field == "companions" else form).refuse(problem)
        else:
            return _done(registrations)
    closed = reasons.why_closed(slot, slot.event, at=now(), is_invited=bool(together.invitation.data))
    page = {"slot": slot, "form": form, "together": together, "who": who, "closed": closed, "is_full": _is_full(slot)}
    return render_template("events/register.html", **page), max(form.status, together.status)


def _choose(slot_id: int) -> ResponseReturnValue:
    """Sign the chosen people up; what the page needs besides is looked up only when something is wrong."""
    form = ChoosePeopleForm()
    if form.validate():
        asked = SignUp(slot_id, tuple(form.people), form.companions.data or 0, form.invitation.data or None)
        try:
            return _done(transact(operations.sign_up_alone, asked, by=current_user.id, at=now()))
        except Problem as problem:
            if wants_json():
                raise
            if problem.code == SlotFull.code:
                return _full_page(slot_id, problem)
            refused: Problem | None = problem
    else:
        refused = None
    slot = get_or_404(queries.slots_visible_to(principal()), slot_id)
    again = _who_comes(slot)
    again.validate()
    return _choose_page(slot, again, refused)


def _full_page(slot_id: int, problem: Problem) -> ResponseReturnValue:
    """Say that no place is left. When sign-up opens most people read this within a second, and there is nothing they
    could choose again: it is a page of its own that looks up one row."""
    return render_template("events/full.html", slot=queries.heading_of(slot_id), problem=problem), problem.status


def _choose_page(slot: Slot, form: ChoosePersonForm, refused: Problem | None = None) -> ResponseReturnValue:
    known = acted_for_by(current_user.id) if current_user.is_authenticated else []
    already = queries.already_in(slot.id, [acting.person_id for acting in known])
    form.offer(known, set(already))
    chosen = [number for number in request.args.getlist("person", int) if number not in already]
    if chosen and not form.is_submitted():
        form.choose(chosen)
    if refused:
        form.refuse_somebody(refused, known)
    page = {
        "slot": slot,
        "closed": reasons.why_closed(slot, slot.event, at=now(), is_invited=bool(form.invitation.data)),
        "form": form,
        "known": known,
        "already": already,
        "left": len(known) - len(already),
        "is_full": _is_full(slot),
        "has_self": any(acting.relation is Relation.ONESELF for acting in known),
    }
    return render_template("events/choose_person.html", **page), form.status


def _is_full(slot: Slot) -> bool:
    """Whether whoever signs up now stands in line."""
    return slot.way_in in (WayIn.OPEN, WayIn.INVITATION) and (slot.waiting > 0 or slot.taken >= slot.capacity)


def _who_comes(slot: Slot) -> ChoosePersonForm:
    form_class = ChoosePeopleForm if slot.largest_party > 1 else ChoosePersonForm
    return form_class(data={"invitation": request.args.get("invitation", "")})


def _together() -> TogetherForm:
    return TogetherForm(data={"invitation": request.args.get("invitation", "")})


def _newcomer_form(relation: Relation) -> NewcomerForm:
    form = _FORMS[relation, current_user.is_authenticated]()
    form.offer_schools([(school.id, school.name) for school in schools()])
    return form


def _sign_up(form: NewcomerForm, asked: SignUp) -> list[Registration]:
    if current_user.is_authenticated:
        form.contact = current_user.phone
        return [transact(operations.register_newcomer, form.newcomer(), asked, by=current_user.id, at=now())]
    holder, token = _holder(form), sessions.browser_token()
    user_id, registration = signing_up.sign_up(form.newcomer(), asked, holder, browser_token=token, at=now())
    sessions.start(db.session.get_one(User, user_id))
    return [registration]


def _add(form: NewcomerForm, asked: SignUp) -> ResponseReturnValue:
    """Enter somebody without signing up yet, and go on to who else comes."""
    if current_user.is_authenticated:
        form.contact = current_user.phone
        user_id = current_user.id
        transact(add_person, form.newcomer(), user_id=user_id, at=now())
    else:
        holder, token = _holder(form), sessions.browser_token()
        user_id = signing_up.add_first(form.newcomer(), asked, holder, browser_token=token, at=now())
        sessions.start(db.session.get_one(User, user_id))
    flash(_("%(name)s is entered. Add the others, tick who comes, and sign up together.", name=form.name.data), "pine")
    chosen = [acting.person_id for acting in acted_for_by(user_id)]
    address = url_for(".choose_person", slot_id=asked.slot_id, person=chosen, invitation=asked.invitation or None)
    return redirect(address, 303)


def _holder(form: NewcomerForm) -> signing_up.AccountHolder:
    form.contact = form.phone.data
    return signing_up.AccountHolder(form.holder, form.phone.data, form.password.data)


def _done(registrations: list[Registration]) -> ResponseReturnValue:
    """Go on to what came of it, for the first of them; its page leads to the others."""
    return redirect(url_for("events.show_code", registration_id=registrations[0].id), 303)
