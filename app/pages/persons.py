"""Mending what was typed about oneself or a child."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import Role, allow, principal
from app.core.clock import now
from app.core.db import transact
from app.core.finding import get_or_404
from app.core.problems import Problem
from app.events.registration.operations import mend_person
from app.organisations.queries import schools
from app.people.forms import NO_SCHOOL, PersonForm
from app.people.models import Person
from app.people.queries import current_enrolment, persons_of

bp = Blueprint("persons", __name__, url_prefix="/mine/persons")


@bp.route("/<int:person_id>", methods=["GET", "POST"])
@allow(Role.SIGNED_IN)
def edit(person_id: int) -> ResponseReturnValue:
    """Mend a name, a birth date, a school, a class."""
    person = get_or_404(persons_of(principal().actor), person_id)
    form = _form(person)
    if form.validate_on_submit():
        try:
            transact(mend_person, person_id, form.details(), at=now())
        except Problem as problem:
            form.refuse(problem)
        else:
            flash(_("Saved."), "pine")
            return redirect(url_for("pages.mine"), 303)
    return render_template("pages/person.html", form=form, person=person), form.status


def _form(person: Person) -> PersonForm:
    known = current_enrolment(person.id)
    school_id, class_name = (str(known.school_id), known.class_name) if known else (NO_SCHOOL, "")
    start = {"name": person.name, "born_on": person.born_on, "school_id": school_id, "class_name": class_name}
    form = PersonForm(data=start)
    form.offer_schools([(school.id, school.name) for school in schools()])
    return form
