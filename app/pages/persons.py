"""Seeing and correcting what is known about oneself or a child."""

from flask import Blueprint, abort, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts.queries import names_of
from app.care.consents import asking
from app.core.access import Role, allow, principal
from app.core.changes import changes_of, told
from app.core.clock import now
from app.core.db import transact
from app.core.finding import get_or_404
from app.core.problems import Problem
from app.events.needs import KEPT_FOR
from app.events.registration.mending import mend
from app.organisations.queries import schools
from app.people.forms import NO_SCHOOL, PersonForm
from app.people.models import ActsFor, Relation
from app.people.needs import needs_of, write_needs
from app.people.profile import RECORD, profile_of
from app.people.profile_forms import NeedsForm, ProfileForm
from app.people.queries import acting_for, current_enrolment, persons_of
from app.people.words import PERSON

bp = Blueprint("persons", __name__, url_prefix="/mine/persons")


@bp.route("/<int:person_id>", methods=["GET", "POST"])
@allow(Role.SIGNED_IN)
def edit(person_id: int) -> ResponseReturnValue:
    """See and mend who somebody is, and what was said besides; of a friend only who it is."""
    acting = _acting(person_id)
    form = _form(acting)
    if form.validate_on_submit():
        profile = form.profile() if isinstance(form, ProfileForm) else None
        try:
            transact(mend, person_id, form.details(), profile, by=principal().actor, at=now())
        except Problem as problem:
            form.refuse(problem)
        else:
            flash(_("Saved."), "pine")
            return redirect(url_for("pages.mine"), 303)
    changes = changes_of(RECORD, [person_id], 10)
    page = {
        "person": acting.person,
        "relation": acting.relation,
        "changes": [(change, told(change, PERSON)) for change in changes],
        "names": names_of(change.by_id for change in changes),
        "guardians_page": _guardians_page(person_id),
    }
    return render_template("pages/person.html", form=form, **page), form.status


@bp.route("/<int:person_id>/needs", methods=["GET", "POST"])
@allow(Role.SIGNED_IN)
def needs(person_id: int) -> ResponseReturnValue:
    """See and mend what has to be looked after; a friend's is nobody else's business."""
    acting = _acting(person_id)
    if acting.relation is Relation.FRIEND:
        abort(404)
    known = needs_of(person_id)
    form = NeedsForm(data={**vars(known), "diet": [one.value for one in known.diet]})
    if form.validate_on_submit():
        transact(write_needs, person_id, form.needs(), by=principal().actor, at=now())
        flash(_("Saved.") if not form.needs().is_empty else _("Nothing is written down any more."), "pine")
        return redirect(url_for(".edit", person_id=person_id), 303)
    page = {"person": acting.person, "relation": acting.relation, "known": known, "days": KEPT_FOR.days}
    response = make_response(render_template("pages/person_needs.html", form=form, **page), form.status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _acting(person_id: int) -> ActsFor:
    person = get_or_404(persons_of(principal().actor), person_id)
    return acting_for(principal().actor, person.id)


def _guardians_page(person_id: int) -> str | None:
    """Return where the account sees and changes what it answered as the guardian, None where it never did."""
    page = asking.page_about(principal().actor, person_id)
    return url_for("guardians.page", guardian_link=asking.code_of(page)) if page else None


def _form(acting: ActsFor) -> PersonForm:
    person, known = acting.person, current_enrolment(acting.person_id)
    school_id, class_name = (str(known.school_id), known.class_name) if known else (NO_SCHOOL, "")
    start = {"name": person.name, "born_on": person.born_on, "school_id": school_id, "class_name": class_name}
    kind = PersonForm if acting.relation is Relation.FRIEND else ProfileForm
    form = kind(data={name: value or "" for name, value in vars(profile_of(person)).items()} | start)
    form.offer_schools([(school.id, school.name) for school in schools()])
    return form
