"""Staff look at people who may have been entered twice, and make one record of two."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField

from app.care.merging.operations import check, merge
from app.care.merging.places import doubles_of
from app.care.merging.problems import NotTicked
from app.care.merging.queries import PAGE, facts_about, likely_doubles, people_merged_by, read_pair
from app.care.merging.two_people import said_two, say_two
from app.core.access import Role, allow, principal
from app.core.audit import note_look
from app.core.clock import now
from app.core.db import transact
from app.core.finding import get_or_404
from app.core.forms import Form
from app.core.problems import Problem
from app.people.models import Person
from app.people.profile import RECORD
from app.people.whose import whose

bp = Blueprint("merging", __name__, url_prefix="/doubles")


class MergingForm(Form):
    """That two records are one person."""

    is_one_person = BooleanField(_l("I have checked: this is one person"))


@bp.get("")
@allow(Role.ADMINISTRATOR, Role.SCHOOL)
def index() -> ResponseReturnValue:
    """People alike in name and birth date, or in name and phone."""
    pairs = likely_doubles(principal(), read_pair(request.args.get("after")))
    shown = pairs[:PAGE]
    following = f"{shown[-1][0].id}-{shown[-1][1].id}" if len(pairs) > PAGE else None
    return render_template("care/doubles.html", pairs=shown, following=following)


@bp.route("/<int:person_id>/<int:double_id>", methods=["GET", "POST"])
@allow(Role.ADMINISTRATOR, Role.SCHOOL)
def show(person_id: int, double_id: int) -> ResponseReturnValue:
    """Both beside each other, and what stays; the first is kept."""
    kept, other = _person(person_id), _person(double_id)
    for one in (kept, other):
        note_look(RECORD, one.id, whose(one))
    form = MergingForm()
    if form.validate_on_submit():
        try:
            _merge(form, kept, other)
        except Problem as problem:
            form.refuse(problem)
        else:
            flash(_("The two records of %(name)s are one now. Old codes keep working.", name=kept.name), "pine")
            return redirect(url_for(".index"), 303)
    kept, other = _person(person_id), _person(double_id)
    why_not = _why_not(kept, other)
    page = {
        "kept": kept,
        "other": other,
        "facts": facts_about(kept, other),
        "why_not": why_not,
        "said_two": said_two(person_id, double_id),
        "doubles": [] if why_not else doubles_of([person_id, double_id]),
    }
    return render_template("care/merging.html", form=form, **page), form.status


@bp.post("/<int:person_id>/<int:double_id>/two")
@allow(Role.ADMINISTRATOR, Role.SCHOOL)
def keep_two(person_id: int, double_id: int) -> ResponseReturnValue:
    """They are two people, and are not offered again."""
    one, other = _person(person_id), _person(double_id)
    transact(say_two, one.id, other.id, by=principal().actor, at=now())
    flash(_("Remembered: these are two people called %(name)s. They stay two.", name=one.name), "pine")
    return redirect(url_for(".index"), 303)


def _merge(form: MergingForm, kept: Person, other: Person) -> None:
    if not form.is_one_person.data:
        raise NotTicked
    transact(merge, kept.id, other.id, by=principal().actor, at=now())


def _why_not(kept: Person, other: Person) -> str:
    try:
        check(kept, other)
    except Problem as problem:
        return problem.message
    return ""


def _person(person_id: int) -> Person:
    return get_or_404(people_merged_by(principal()), person_id)
