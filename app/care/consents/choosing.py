"""Signing up whom an account knows: oneself, children, friends, or several who come together. It is here because a
parent answers as the guardian in the same form."""

from functools import partial

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.care.consents.family import children_to_answer_for
from app.care.consents.family_forms import FamilyForm, agrees_for_one, family_form
from app.care.consents.joining import sign_up_and_answer
from app.care.consents.purposes import extras_of
from app.care.consents.sign_up import browser_hash, go_on, guardians_part, is_full
from app.core.access import principal, public
from app.core.clock import now
from app.core.db import transact
from app.core.errors import wants_json
from app.core.finding import get_or_404, read_id
from app.core.problems import Problem
from app.events import queries
from app.events.models import Slot
from app.events.problems import SlotFull
from app.events.registration import operations, reasons
from app.events.registration.scopes import is_overnight
from app.events.registration.sign_up_forms import ChoosePeopleForm, ChoosePersonForm
from app.events.registration.wishes import SignUp
from app.people.models import ActsFor, Relation
from app.people.queries import acted_for_by

bp = Blueprint("choosing", __name__)


@bp.route("/slots/<int:slot_id>/registration", methods=["GET", "POST"])
@public
def choose_person(slot_id: int) -> ResponseReturnValue:
    """The first question: for oneself or for a child; whoever was here before picks the people and is done."""
    if current_user.is_authenticated and request.method == "POST":
        return _choose(slot_id)
    slot = get_or_404(queries.slots_visible_to(principal()), slot_id)
    known = _known()
    return _choose_page(slot, _who_comes(slot), known, _family(slot, known))


def _choose(slot_id: int) -> ResponseReturnValue:
    """Sign the chosen people up; what the page needs besides is looked up only when something is wrong, or answered."""
    form = ChoosePeopleForm()
    if agrees_for_one(request.form, form.people):
        return _choose_and_answer(slot_id, form)
    refused: Problem | None = None
    if form.validate():
        try:
            return go_on(transact(operations.sign_up_alone, _asked(slot_id, form), by=current_user.id, at=now()))
        except Problem as problem:
            refused = _refusal(problem)
    if refused is not None and refused.code == SlotFull.code:
        return _full_page(slot_id, refused)
    slot, known = get_or_404(queries.slots_visible_to(principal()), slot_id), _known()
    return _choose_page(slot, _again(slot), known, _family(slot, known), refused)


def _choose_and_answer(slot_id: int, form: ChoosePeopleForm) -> ResponseReturnValue:
    """Sign the chosen people up, and let what the guardian of some of them says count: both or neither."""
    slot, known = get_or_404(queries.slots_visible_to(principal()), slot_id), _known()
    family = _family(slot, known)
    refused: Problem | None = None
    if form.validate() and family.is_right():
        said = family.answer(browser_hash())
        sign_up = partial(sign_up_and_answer, family=said) if said else operations.sign_up
        try:
            places = transact(sign_up, _asked(slot_id, form), by=current_user.id, at=now())
            return go_on(places, has_answered=said is not None)
        except Problem as problem:
            refused = _refusal(problem)
    if refused and refused.field == "relation":
        family.refuse(refused)
        refused = None
    return _choose_page(slot, _again(slot), known, family, refused)


def _refusal(problem: Problem) -> Problem:
    """Return a rule's no for the page; whoever wants JSON gets it at once."""
    if wants_json():
        raise problem
    return problem


def _asked(slot_id: int, form: ChoosePeopleForm) -> SignUp:
    return SignUp(slot_id, tuple(form.people), form.companions.data or 0, form.invitation.data or None)


def _full_page(slot_id: int, problem: Problem) -> ResponseReturnValue:
    """Say that no place is left. When sign-up opens most people read this within a second, and there is nothing they
    could choose again: it is a page of its own that looks up one row."""
    return render_template("events/full.html", slot=queries.heading_of(slot_id), problem=problem), problem.status


def _choose_page(
    slot: Slot, form: ChoosePersonForm, known: list[ActsFor], family: FamilyForm, refused: Problem | None = None
) -> ResponseReturnValue:
    already = queries.already_in(slot.id, [acting.person_id for acting in known])
    form.offer(known, set(already))
    chosen = [number for number in request.args.getlist("person", read_id) if number not in already]
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
        "is_full": is_full(slot),
        "has_self": any(acting.relation is Relation.ONESELF for acting in known),
        **guardians_part(slot, family),
    }
    return render_template("care/choose_person.html", **page), max(form.status, family.status)


def _known() -> list[ActsFor]:
    return acted_for_by(current_user.id) if current_user.is_authenticated else []


def _family(slot: Slot, known: list[ActsFor]) -> FamilyForm:
    children = children_to_answer_for(slot, known, at=now())
    return family_form(children, extras_of([slot]), has_name=False, is_overnight=is_overnight(slot))


def _who_comes(slot: Slot) -> ChoosePersonForm:
    form_class = ChoosePeopleForm if slot.largest_party > 1 else ChoosePersonForm
    return form_class(data={"invitation": request.args.get("invitation", "")})


def _again(slot: Slot) -> ChoosePersonForm:
    """Return the form as it was sent, with what is wrong in it."""
    form = _who_comes(slot)
    form.validate()
    return form
