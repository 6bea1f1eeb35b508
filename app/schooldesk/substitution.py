"""同校替补: the school lets another of its pupils take a place over, until departure."""

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import Select, exists, or_, select

from app.core.access import Role, allow, principal
from app.core.audit import note_search
from app.core.clock import now
from app.core.db import db, transact
from app.core.finding import get_or_404
from app.core.problems import Problem
from app.core.searching import typed_word
from app.events.acts.substituting import can_be_replaced, confirmed_at, substitute
from app.events.models import OPEN, Registration
from app.people.models import Enrolment, Person
from app.people.queries import named_like
from app.people.whose import whose_of
from app.schooldesk.forms import SubstituteForm
from app.schooldesk.queries import registrations_of_school
from app.schooldesk.routes import the_school

bp = Blueprint("substitution", __name__, url_prefix="/school/registrations/<int:registration_id>")
_SHOWN = 30


@bp.route("/substitution", methods=["GET", "POST"])
@allow(Role.SCHOOL)
def choose(registration_id: int) -> ResponseReturnValue:
    """Choose the pupil who goes instead: of the same class, or looked for by name."""
    school, name = the_school(), typed_word(request.args.get("q"))[:60]
    leaving = get_or_404(registrations_of_school(school.id), registration_id)
    pupils = _pupils(leaving, school.id, name)
    if name:
        note_search("pupils", school.id, whose_of((one.person for one in pupils), "name"))
    form = SubstituteForm()
    form.offer(pupils)
    if form.validate_on_submit():
        try:
            made = transact(
                substitute, registration_id, form.person_id.data, form.reason.data, by=principal().actor, at=now()
            )
        except Problem as problem:
            form.refuse(problem)
        else:
            flash(_("%(name)s has the place now.", name=made.person.name), "pine")
            return redirect(url_for("schooldesk.registrations", school=school.id), 303)
    page = {"school": school, "leaving": leaving, "form": form, "name": name, "pupils": pupils}
    return render_template("schooldesk/substitution.html", **page, can=can_be_replaced(leaving, now())), form.status


def _pupils(leaving: Registration, school_id: int, name: str) -> Sequence[Enrolment]:
    """Return confirmed pupils who have not signed up: those of a name, else those of the same class."""
    statement = _without_a_place(leaving, school_id)
    fits = named_like(name) if name else Enrolment.class_name == leaving.class_name
    chosen = request.form.get("person_id", "")
    picked = Enrolment.person_id == int(chosen) if chosen.isdecimal() and len(chosen) < 10 else None
    found = statement.where(fits if picked is None else or_(fits, picked))
    return db.session.scalars(found.order_by(Person.name_pinyin, Enrolment.id).limit(_SHOWN)).all()


def _without_a_place(leaving: Registration, school_id: int) -> Select[Enrolment]:
    signed_up = exists(
        select(Registration.id).where(
            Registration.slot_id == leaving.slot_id,
            Registration.person_id == Enrolment.person_id,
            Registration.state.in_(OPEN),
        )
    )
    return confirmed_at(school_id).where(~signed_up)
