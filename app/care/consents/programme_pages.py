"""A programme's guardians: the link that a family sends, and the call that a teacher or the host writes down."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import BooleanField

from app.accounts.sessions import browser_token
from app.care.consents import asking
from app.care.consents.forms import CONFIRMS, YES, CallForm, NewGuardianForm
from app.care.consents.of_programmes import applications_to_call
from app.care.consents.problems import NobodyToAsk
from app.care.consents.proving import confirm_by_call
from app.core.access import Role, allow, principal
from app.core.audit import note_look
from app.core.clock import now
from app.core.codes import fingerprint
from app.core.db import transact
from app.core.finding import get_or_404
from app.core.links import public_url
from app.core.problems import Problem
from app.people.consents import guardians
from app.people.consents.guardians import GuardianWords
from app.people.consents.models import Guardian, Purpose
from app.people.consents.scopes import programme_scope
from app.people.consents.words import PURPOSES, RELATIONS
from app.people.whose import whose_of
from app.programmes.applications.queries import applications_of
from app.programmes.models import Application

bp = Blueprint("application_guardians", __name__, url_prefix="/applications/<int:application_id>/guardian")


@bp.get("")
@allow(Role.SIGNED_IN)
def ask(application_id: int) -> ResponseReturnValue:
    """How to let a guardian answer: the link to send, or to open oneself."""
    one = get_or_404(applications_of(principal().actor), application_id)
    link = asking.open_link_of(principal().actor, one.person_id, at=now())
    has_it = link is not None and programme_scope(one.programme_id) in {asked.scope for asked in link.asks}
    address = public_url("guardians.page", guardian_link=asking.code_of(link)) if link and has_it else None
    return render_template("care/programme_ask.html", application=one, address=address)


@bp.post("/link")
@allow(Role.SIGNED_IN)
def make_link(application_id: int) -> ResponseReturnValue:
    """Make the link; a second time it is the same."""
    get_or_404(applications_of(principal().actor), application_id)
    token = browser_token()
    browser = fingerprint(token) if token else ""
    try:
        transact(asking.ask_about_programme, application_id, by=principal().actor, browser_hash=browser, at=now())
    except NobodyToAsk as problem:
        flash(problem.message, "gold")
    return redirect(url_for(".ask", application_id=application_id), 303)


@bp.route("/call", methods=["GET", "POST"])
@allow(Role.STAFF, Role.SCHOOL)
def call(application_id: int) -> ResponseReturnValue:
    """Write down what a guardian said on the phone, and when; or enter somebody to call."""
    one = get_or_404(applications_to_call(principal()), application_id)
    known = guardians.guardians_of(one.person_id)
    form = _call_form(one)(data={"called_at": now()})
    form.offer([(guardian.id, _words(guardian)) for guardian in known], has_answered=one.is_agreed)
    if form.validate_on_submit():
        said = form.guardian_id.data, form.called_at.data, form.spoken()
        scope = programme_scope(one.programme_id)
        try:
            transact(confirm_by_call, one.person_id, scope, *said, by=principal().actor, at=now())
        except Problem as problem:
            form.refuse(problem)
        else:
            flash(_("Written down."), "pine")
            return redirect(_list(one), 303)
    return _page(one, form, NewGuardianForm(formdata=None))


@bp.post("/person")
@allow(Role.STAFF, Role.SCHOOL)
def add_guardian(application_id: int) -> ResponseReturnValue:
    """Enter somebody to call."""
    one, new = get_or_404(applications_to_call(principal()), application_id), NewGuardianForm()
    if new.validate_on_submit():
        words = GuardianWords(new.name.data, new.guardian_relation)
        transact(guardians.typed, one.person_id, words, by=principal().actor, at=now())
        return redirect(url_for(".call", application_id=application_id), 303)
    form = _call_form(one)(formdata=None, data={"called_at": now()})
    known = guardians.guardians_of(one.person_id)
    form.offer([(guardian.id, _words(guardian)) for guardian in known], has_answered=one.is_agreed)
    return _page(one, form, new)


def _call_form(one: Application) -> type[CallForm]:
    """Return the form of a call with a box for each purpose that the programme asks about besides taking part."""
    asked = [purpose for purpose in one.side.programme.purposes if purpose is not Purpose.TAKING_PART]
    boxes: dict[str, Any] = {str(purpose): BooleanField(PURPOSES[purpose]) for purpose in asked}

    def spoken(form: CallForm) -> dict[Purpose, bool] | None:
        if form.takes_part.data == CONFIRMS:
            return None
        return {Purpose.TAKING_PART: form.takes_part.data == YES, **{one: bool(form[one].data) for one in asked}}

    return type("ProgrammeCallForm", (CallForm,), {**boxes, "purposes": asked, "spoken": spoken})


def _page(one: Application, form: CallForm, new: NewGuardianForm) -> ResponseReturnValue:
    note_look("application", one.id, whose_of([one.person]))
    page = {"application": one, "known": guardians.guardians_of(one.person_id), "new": new, "back": _list(one)}
    return render_template("care/programme_call.html", form=form, **page), max(form.status, new.status)


def _list(one: Application) -> str:
    if one.side.programme.host_id in principal().units(Role.STAFF):
        return url_for("application_desk.index", programme_id=one.programme_id)
    return url_for("nominations.index")


def _words(one: Guardian) -> str:
    name = one.contact.name if one.contact else _("(erased)")
    return f"{name} · {RELATIONS[one.relation]}"
