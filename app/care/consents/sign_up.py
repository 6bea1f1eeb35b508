"""Signing up somebody who was not here before. It is here because a parent answers as the guardian in the same form."""

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app.accounts import sessions
from app.accounts.models import User
from app.care.consents.family import NEWCOMER, Child
from app.care.consents.family_forms import FamilyForm, family_form
from app.care.consents.joining import AnsweredNewcomer
from app.care.consents.purposes import extras_of, goes_far
from app.core.access import principal, public
from app.core.clock import now
from app.core.codes import fingerprint
from app.core.db import db, transact
from app.core.errors import wants_json
from app.core.finding import get_or_404
from app.core.languages import current_language
from app.core.problems import Problem
from app.events import queries
from app.events.models import Registration, Slot, WayIn
from app.events.registration import operations, reasons, signing_up
from app.events.registration.operations import Entering
from app.events.registration.scopes import is_overnight
from app.events.registration.sign_up_forms import TogetherForm
from app.events.registration.wishes import SignUp
from app.organisations.queries import schools
from app.people import forms as people_forms
from app.people.consents.notices import words_of
from app.people.forms import FirstTimeParentForm, NewcomerForm
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


@bp.route("/slots/<int:slot_id>/registration/<any(self, child, friend):who>", methods=["GET", "POST"])
@public
def register(slot_id: int, who: str) -> ResponseReturnValue:
    """Sign up somebody who was not here before, on one screen; or enter them only, and add the next."""
    slot = get_or_404(queries.slots_visible_to(principal()), slot_id)
    if who == Relation.FRIEND and not current_user.is_authenticated:  # the form would enter a friend as oneself
        return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")), 303)
    form, together, family = _newcomer_form(Relation(who)), _together(), _family(slot, Relation(who))
    adds_only = "another" in request.form and slot.largest_party > 1
    if _are_right(form, together) and (adds_only or family.is_right()):
        try:
            if adds_only:
                return _add(form, together.asked(slot))
            return go_on([_sign_up(form, together.asked(slot), family)], has_answered=bool(family.agreed))
        except Problem as problem:
            if wants_json():
                raise
            _refuse(problem, form, together, family)
    closed = reasons.why_closed(slot, slot.event, at=now(), is_invited=bool(together.invitation.data))
    page = {"slot": slot, "form": form, "together": together, "who": who, "closed": closed, "is_full": is_full(slot)}
    status = max(form.status, together.status, family.status)
    return render_template("care/register.html", **page, **guardians_part(slot, family)), status


def is_full(slot: Slot) -> bool:
    """Return whether whoever signs up now stands in line."""
    return slot.way_in in (WayIn.OPEN, WayIn.INVITATION) and (slot.waiting > 0 or slot.taken >= slot.capacity)


def go_on(registrations: Sequence[Registration], *, has_answered: bool = False) -> ResponseReturnValue:
    """Go on to what came of it, for the first of them; its page leads to the others."""
    if has_answered:
        flash(_("Thank you. Your answer as the guardian is written down."), "pine")
    return redirect(url_for("events.show_code", registration_id=registrations[0].id), 303)


def guardians_part(slot: Slot, family: FamilyForm) -> dict[str, object]:
    """Return what the guardian's part of a form shows."""
    letter = words_of(slot.event.host_id, current_language()) if family.children else ""
    return {"family": family, "letter": letter, "goes_far": goes_far(slot)}


def browser_hash() -> str:
    """Return what is written down of the browser that an answer came from."""
    token = sessions.browser_token()
    return fingerprint(token) if token else ""


def _together() -> TogetherForm:
    return TogetherForm(data={"invitation": request.args.get("invitation", "")})


def _newcomer_form(relation: Relation) -> NewcomerForm:
    form = _FORMS[relation, current_user.is_authenticated]()
    form.offer_schools([(school.id, school.name) for school in schools()])
    return form


def _family(slot: Slot, relation: Relation) -> FamilyForm:
    children = [Child(NEWCOMER)] if relation is Relation.CHILD else []
    has_name, nights = not current_user.is_authenticated, is_overnight(slot)
    return family_form(children, extras_of([slot]), has_name=has_name, is_overnight=nights)


def _are_right(form: NewcomerForm, together: TogetherForm) -> bool:
    return bool(form.validate_on_submit() and together.validate())


def _refuse(problem: Problem, form: NewcomerForm, together: TogetherForm, family: FamilyForm) -> None:
    """Show a rule's no beside the field it is about."""
    owners = {"companions": together, "relation": family}
    owners.get(problem.field or "", form).refuse(problem)


def _sign_up(form: NewcomerForm, asked: SignUp, family: FamilyForm) -> Registration:
    enter = _entering(form, family)
    if current_user.is_authenticated:
        form.contact = current_user.phone
        return transact(enter, form.newcomer(), asked, by=current_user.id, at=now())
    holder, token = _holder(form), sessions.browser_token()
    user_id, place = signing_up.sign_up(form.newcomer(), asked, holder, enter, browser_token=token, at=now())
    sessions.start(db.session.get_one(User, user_id))
    return place


def _entering(form: NewcomerForm, family: FamilyForm) -> Entering:
    name = form.holder if isinstance(form, FirstTimeParentForm) else None
    answer = family.answer(browser_hash(), name)
    return AnsweredNewcomer(answer) if answer else operations.register_newcomer


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
    address = url_for(
        "choosing.choose_person", slot_id=asked.slot_id, person=chosen, invitation=asked.invitation or None
    )
    return redirect(address, 303)


def _holder(form: NewcomerForm) -> signing_up.AccountHolder:
    form.contact = form.phone.data
    return signing_up.AccountHolder(form.holder, form.phone.data, form.password.data)
