"""Closing a school year: what every class will be called is looked at first, and can be taken back after."""

from uuid import uuid4

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import Role, allow, principal
from app.core.clock import now
from app.core.db import transact
from app.core.finding import get_or_404, read_id_or_none
from app.core.problems import Problem
from app.core.typed import squeezed
from app.organisations.models import Organisation
from app.people import classes
from app.people.class_names import LONGEST, class_key
from app.people.models import SchoolClass
from app.schooldesk.class_queries import sizes
from app.schooldesk.routes import the_school
from app.schooldesk.years import rolling_over
from app.schooldesk.years.next_names import leaves, next_name
from app.schooldesk.years.queries import roll_overs_of

bp = Blueprint("school_years", __name__, url_prefix="/school/year")


@bp.route("", methods=["GET", "POST"])
@allow(Role.SCHOOL)
def close() -> ResponseReturnValue:
    """Look at what every class will be called, change it, and let the year go by."""
    school = the_school()
    there = classes.classes_in_order(school.id)
    wanted = [_wanted(one, school) for one in there]
    fault = _fault(wanted) if request.method == "POST" else ""
    if request.method == "POST" and not fault:
        key = squeezed(request.form.get("key"))[:36] or str(uuid4())
        try:
            transact(rolling_over.roll_over, school.id, wanted, key, by=principal().actor, at=now())
        except Problem as problem:
            fault = problem.message
        else:
            flash(_("Done. All classes are called anew; you can take that back here."), "pine")
            return redirect(url_for(".close", school=school.id), 303)
    return _page(school, there, wanted, fault)


@bp.post("/<int:roll_over_id>/undoing")
@allow(Role.SCHOOL)
def undo(roll_over_id: int) -> ResponseReturnValue:
    """Let all classes be called as before."""
    made = get_or_404(roll_overs_of(principal().units(Role.SCHOOL)), roll_over_id)
    try:
        transact(rolling_over.go_back, roll_over_id, by=principal().actor, at=now())
    except Problem as problem:
        flash(problem.message, "bad")
    else:
        flash(_("All classes are called as before."), "gold")
    return redirect(url_for("school_classes.index", school=made.school_id), 303)


def _wanted(one: SchoolClass, school: Organisation) -> rolling_over.Step:
    """Return what was chosen for a class, or what is likely."""
    if request.method == "POST":
        gone = {read_id_or_none(number) for number in request.form.getlist("leaves")}
        typed = squeezed(request.form.get(f"name-{one.id}")) or one.name
        return rolling_over.Step(one.id, None if one.id in gone else typed)
    return rolling_over.Step(one.id, None if leaves(one.name, school) else next_name(one.name))


def _fault(wanted: list[rolling_over.Step]) -> str:
    names = [step.name for step in wanted if step.name is not None]
    if any(len(name) > LONGEST or not class_key(name) for name in names):
        return str(_("A class has a name of letters or digits."))
    return ""


def _page(
    school: Organisation, there: list[SchoolClass], wanted: list[rolling_over.Step], fault: str
) -> ResponseReturnValue:
    made = rolling_over.latest(school.id)
    page = {
        "school": school,
        "rows": list(zip(there, wanted, strict=True)),
        "sizes": sizes(school.id),
        "fault": fault,
        "key": squeezed(request.form.get("key")) or str(uuid4()),
        "made": made,
        "can_go_back": made is not None and rolling_over.can_go_back(made, now()),
    }
    return render_template("schooldesk/year.html", **page), 422 if fault else 200
