"""Whom to call: places that wait for a guardian, for the host's staff and for the pupils' own school."""

from collections.abc import Sequence

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.care.consents.forms import CallForm, NewGuardianForm
from app.care.consents.opening import digits_for, is_proven
from app.care.consents.proving import confirm_by_call
from app.care.consents.purposes import goes_far
from app.care.consents.queries import ToCall, calls_of, calls_of_school, registrations_to_call
from app.core.access import Role, allow, principal
from app.core.audit import UNMASKED, note_access, note_look
from app.core.clock import now
from app.core.db import transact
from app.core.finding import get_or_404
from app.core.problems import Problem
from app.events.models import Event, Registration
from app.events.queries import events_run_by
from app.events.registration.scopes import scope_of
from app.people.class_names import school_order
from app.people.consents import guardians
from app.people.consents.guardians import GuardianWords
from app.people.consents.models import Guardian
from app.people.consents.words import RELATIONS
from app.people.whose import whose

bp = Blueprint("guardian_calls", __name__)
_NOT_KEPT = {"Cache-Control": "no-store"}


@bp.get("/desk/events/<int:event_id>/guardians")
@allow(Role.STAFF)
def event(event_id: int) -> ResponseReturnValue:
    """Which places of an event wait for a guardian, and what to do about each."""
    found = get_or_404(events_run_by(principal()), event_id)
    return _calls(calls_of(event_id), found)


@bp.get("/school/guardians")
@allow(Role.SCHOOL)
def school() -> ResponseReturnValue:
    """Which of the own pupils' places wait for a guardian."""
    school_id = min(principal().units_in_view(Role.SCHOOL), default=None) or abort(404)
    return _calls(calls_of_school(school_id), None)


@bp.route("/registrations/<int:held_id>/guardian/call", methods=["GET", "POST"])
@allow(Role.STAFF, Role.SCHOOL)
def call(held_id: int) -> ResponseReturnValue:
    """Write down what a guardian said on the phone, and when."""
    registration = _registration(held_id)
    known = guardians.guardians_of(registration.person_id)
    form = _form(registration, known, CallForm(data={"called_at": now()}))
    if form.validate_on_submit() and _called(registration, form):
        flash(_("Written down."), "pine")
        return redirect(_list(registration), 303)
    return _page(registration, form, NewGuardianForm(formdata=None), known)


@bp.post("/registrations/<int:held_id>/guardian/person")
@allow(Role.STAFF, Role.SCHOOL)
def add_guardian(held_id: int) -> ResponseReturnValue:
    """Enter somebody to call."""
    registration = _registration(held_id)
    new = NewGuardianForm()
    if new.validate_on_submit():
        words = GuardianWords(new.name.data, new.guardian_relation)
        transact(guardians.typed, registration.person_id, words, by=principal().actor, at=now())
        return redirect(url_for(".call", held_id=held_id), 303)
    known = guardians.guardians_of(registration.person_id)
    return _page(registration, _untouched(registration, known), new, known)


@bp.post("/registrations/<int:held_id>/guardian/phones")
@allow(Role.STAFF, Role.SCHOOL)
def show_phones(held_id: int) -> ResponseReturnValue:
    """The numbers whole, to be called: who asked is written down, and they are on this page alone."""
    registration = _registration(held_id)
    people, by = whose(registration.person), principal().actor
    transact(note_access, UNMASKED, "phone", held_id, people=people, purpose="contact", by=by, at=now())
    registration = _registration(held_id)
    known = guardians.guardians_of(registration.person_id)
    form = _untouched(registration, known)
    return _page(registration, form, NewGuardianForm(formdata=None), known, has_phones=True)


def _calls(calls: Sequence[ToCall], event: Event | None) -> ResponseReturnValue:
    classes = sorted({one.registration.class_name for one in calls} - {""}, key=school_order)
    shown = {"event": event, "calls": calls, "classes": classes, "relations": RELATIONS}
    return render_template("care/guardian_calls.html", **shown)


def _untouched(registration: Registration, known: Sequence[Guardian]) -> CallForm:
    return _form(registration, known, CallForm(formdata=None, data={"called_at": now()}))


def _form(registration: Registration, known: Sequence[Guardian], form: CallForm) -> CallForm:
    form.offer([(one.id, _words(one)) for one in known], has_answered=registration.is_agreed)
    if not goes_far(registration.slot):
        del form.health
    return form


def _called(registration: Registration, form: CallForm) -> bool:
    spoken = form.spoken()
    scope = scope_of(registration.slot)
    if spoken is None:
        scope = registration.consent_scope or scope  # a call confirms what was said, be it to the programme
    said = form.guardian_id.data, form.called_at.data, spoken
    try:
        transact(confirm_by_call, registration.person_id, scope, *said, by=principal().actor, at=now())
    except Problem as problem:
        form.refuse(problem)
        return False
    return True


def _page(
    registration: Registration,
    form: CallForm,
    new: NewGuardianForm,
    known: Sequence[Guardian],
    *,
    has_phones: bool = False,
) -> ResponseReturnValue:
    note_look("guardian_call", registration.id, whose(registration.person))
    page = {
        "registration": registration,
        "known": known,
        "new": new,
        "back": _list(registration),
        "has_phones": has_phones,
        "phones": [one.contact for one in known if one.contact and one.contact.phone],
        "digits": {one.id: digits_for(one.id, at=now()) for one in known if is_proven(one.id)},
    }
    return render_template("care/guardian_call.html", form=form, **page), max(form.status, new.status), _NOT_KEPT


def _list(registration: Registration) -> str:
    if registration.slot.event.host_id in principal().units(Role.STAFF):
        return url_for(".event", event_id=registration.slot.event_id)
    return url_for(".school")


def _registration(registration_id: int) -> Registration:
    return get_or_404(registrations_to_call(principal()), registration_id)


def _words(one: Guardian) -> str:
    name = one.contact.name if one.contact else _("(erased)")
    return f"{name} · {RELATIONS[one.relation]}"
