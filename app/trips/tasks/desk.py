"""The organiser's checklist of a trip: what is to be seen to, until when, by whom, and what is done."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.accounts.queries import names_of
from app.core.access import Role, allow, principal
from app.core.changes import changes_of, told
from app.core.clock import local_day, now
from app.core.db import transact
from app.core.finding import get_or_404
from app.core.problems import Problem
from app.programmes.models import Programme
from app.programmes.queries import documents_of, programmes_run_by
from app.trips.glance import glance_of
from app.trips.models import TripTask
from app.trips.queries import tasks_run_by
from app.trips.tasks import operations, queries
from app.trips.tasks.forms import OwnTaskForm, TaskForm, task_values
from app.trips.tasks.usual import USUAL
from app.trips.words import RECORD, TASK_HINTS, TRIP, task_title

bp = Blueprint("trip_desk", __name__, url_prefix="/desk")


@bp.get("/programmes/<int:programme_id>/trip")
@allow(Role.STAFF)
def show(programme_id: int) -> ResponseReturnValue:
    """How far the trip is, and the checklist."""
    programme, today = the_programme(programme_id), local_day(now())
    tasks = queries.tasks_of(programme_id)
    changes = [(one, told(one, TRIP)) for one in changes_of(RECORD, [programme_id], most=20)]
    there = {one.kind for one in tasks}
    glance = glance_of(programme, today)
    page: dict[str, Any] = {
        "programme": programme,
        "tasks": tasks,
        "glance": glance,
        "overdue": [task_title(one) for one in glance.tasks.overdue],
        "lacks_usual": any(kind not in there for kind in USUAL),
        "today": today,
        "title": task_title,
        "hints": TASK_HINTS,
        "changes": changes,
        "names": names_of(one.by_id for one, _said in changes),
    }
    return render_template("trips/tasks.html", **page)


@bp.post("/programmes/<int:programme_id>/trip/usual")
@allow(Role.STAFF)
def add_usual(programme_id: int) -> ResponseReturnValue:
    """Add the usual things in one go."""
    the_programme(programme_id)
    added = transact(operations.add_usual, programme_id, by=principal().actor, at=now())
    flash(ngettext("%(num)d thing added.", "%(num)d things added.", added), "pine")
    return back(programme_id)


@bp.route("/programmes/<int:programme_id>/trip/tasks/new", methods=["GET", "POST"])
@allow(Role.STAFF)
def add_task(programme_id: int) -> ResponseReturnValue:
    """Add something of the unit's own."""
    programme, form = the_programme(programme_id), OwnTaskForm()
    form.offer(queries.staff_to_choose(programme), documents_of(programme_id=programme_id))
    if form.validate_on_submit():
        try:
            transact(operations.add_task, programme_id, form.words(), by=principal().actor, at=now())
        except Problem as problem:
            form.refuse(problem)
        else:
            flash(_("Saved."), "pine")
            return back(programme_id)
    page = {"programme": programme, "task": None, "heading": _("What else is to be seen to?")}
    return render_template("trips/task.html", form=form, **page), form.status


@bp.route("/trip-tasks/<int:task_id>/edit", methods=["GET", "POST"])
@allow(Role.STAFF)
def edit_task(task_id: int) -> ResponseReturnValue:
    """Change until when, by whom, the note or the paper."""
    task = _task(task_id)
    form = (OwnTaskForm if task.title else TaskForm)(data=task_values(task))
    staff = queries.staff_to_choose(task.programme)
    if task.responsible and task.responsible not in staff:
        staff.append(task.responsible)
    form.offer(staff, documents_of(programme_id=task.programme_id))
    if form.validate_on_submit():
        try:
            transact(operations.edit_task, task_id, form.words(), by=principal().actor, at=now())
        except Problem as problem:
            form.refuse(problem)
        else:
            flash(_("Saved."), "pine")
            return back(task.programme_id)
    page = {"programme": task.programme, "task": task, "heading": task_title(task)}
    return render_template("trips/task.html", form=form, **page), form.status


@bp.post("/trip-tasks/<int:task_id>/<any(done,reopening,deletion):step>")
@allow(Role.STAFF)
def change_task(task_id: int, step: str) -> ResponseReturnValue:
    """Say that something is done, or not after all, or take it off the list."""
    programme_id = _task(task_id).programme_id
    steps = {"done": operations.finish, "reopening": operations.reopen, "deletion": operations.remove_task}
    transact(steps[step], task_id, by=principal().actor, at=now())
    said = {"done": _("Done."), "reopening": _("It is open again."), "deletion": _("Removed.")}
    flash(said[step], "pine")
    return back(programme_id)


def the_programme(programme_id: int) -> Programme:
    """Return a programme of a host that one works for."""
    return get_or_404(programmes_run_by(principal()), programme_id)


def back(programme_id: int) -> ResponseReturnValue:
    """Lead back to the checklist."""
    return redirect(url_for("trip_desk.show", programme_id=programme_id), 303)


def _task(task_id: int) -> TripTask:
    return get_or_404(tasks_run_by(principal()), task_id)
