"""Whoever holds a slip takes the pupil over: the pupil from 14 on, else the guardian."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts import sessions
from app.accounts.models import User
from app.core.access import Role, principal, public
from app.core.clock import now
from app.core.codes import read_code
from app.core.db import db
from app.core.problems import Problem
from app.people.models import Person, Relation
from app.schooldesk.claims import claiming, slips
from app.schooldesk.claims.forms import BirthDateForm, ClaimCodeForm, GuardianForm, PupilForm
from app.schooldesk.models import ClaimSlip

bp = Blueprint("claims", __name__)


@bp.route("/claim", methods=["GET", "POST"])
@public
def enter() -> ResponseReturnValue:
    """Type the code of a slip, for whoever cannot scan it."""
    form = ClaimCodeForm()
    if form.validate_on_submit():
        try:
            slip = claiming.read_slip(read_code(form.code.data), sessions.this_browser(), at=now())
        except Problem as problem:
            form.refuse(problem)
        else:
            return redirect(url_for(".take", code=slips.code_of(slip)), 303)
    return render_template("schooldesk/claim.html", form=form), form.status


@bp.route("/L/<code>", methods=["GET", "POST"])
@public
def take(code: str) -> ResponseReturnValue:
    """Take the pupil of a slip over."""
    try:
        slip = claiming.read_slip(read_code(code), sessions.this_browser(), at=now())
    except Problem as problem:
        again = ClaimCodeForm(formdata=None, data={"code": code})
        again.refuse(problem)
        return render_template("schooldesk/claim.html", form=again), 404
    is_child = slips.relation_of(slip.person, now()) is Relation.CHILD
    is_signed_in = Role.SIGNED_IN in principal().roles
    form = BirthDateForm() if is_signed_in else GuardianForm() if is_child else PupilForm()
    if form.validate_on_submit():
        try:
            return _taken(slip, form)
        except Problem as problem:
            form.refuse(problem)
    page = {"form": form, "slip": slip, "is_child": is_child, "is_signed_in": is_signed_in}
    return render_template("schooldesk/claim_take.html", **page), form.status


def _taken(slip: ClaimSlip, form: BirthDateForm) -> ResponseReturnValue:
    born_on, is_same, at = form.born_on.data, form.is_same(), now()
    if not isinstance(form, PupilForm | GuardianForm):
        person = claiming.claim_with(principal().actor, slip, born_on, is_same=is_same, at=at)
        return _welcome(person, is_whole=True)
    token = sessions.browser_token()
    holder = form.holder(slip.person.name)
    user_id, person = claiming.claim_anew(holder, slip, born_on, is_same=is_same, browser_token=token, at=at)
    return _welcome(person, is_whole=sessions.start(db.session.get_one(User, user_id)))


def _welcome(person: Person, *, is_whole: bool) -> ResponseReturnValue:
    flash(_("Done. From now on you look after the sign-ups of %(name)s here.", name=person.name), "pine")
    return redirect(url_for("pages.mine") if is_whole else url_for("second_factor.prove"), 303)
