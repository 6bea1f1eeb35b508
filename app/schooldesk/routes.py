"""The school's desk: confirm pupils, read and download the own list."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.access import Role, allow, principal
from app.core.clock import now
from app.core.db import db, transact
from app.core.finding import read_id
from app.core.lists import DownloadForm, hand_out
from app.organisations.models import Organisation
from app.organisations.queries import units
from app.people import operations as people
from app.schooldesk import lists, queries
from app.schooldesk.forms import AnswerForm

bp = Blueprint("schooldesk", __name__, url_prefix="/school")


@bp.get("/registrations")
@allow(Role.SCHOOL)
def registrations() -> ResponseReturnValue:
    """The places of the school's own pupils."""
    school = _school()
    event_id = request.args.get("event", type=read_id)
    found, following = queries.page_of_school(school.id, event_id, request.args.get("after", type=read_id))
    page = {
        "school": school,
        "registrations": found,
        "following": _link(school, event_id, after=following) if following else None,
        "previous": _link(school, event_id) if "after" in request.args else None,
        "events": queries.events_with_pupils(school.id),
        "event_id": event_id,
        "waiting": queries.answered(school.id)["waiting"],
        "form": DownloadForm(),
    }
    return render_template("schooldesk/registrations.html", **page)


@bp.post("/registrations/download")
@allow(Role.SCHOOL)
def download() -> ResponseReturnValue:
    """The same as a file, whole; who took it and what for is written down."""
    school = _school()
    form = DownloadForm()
    if not form.validate_on_submit():
        abort(422)
    event_id = request.form.get("event", type=read_id)
    found = db.session.scalars(queries.registrations_of_school(school.id, event_id)).all()
    table = lists.school_list(found)
    return hand_out(
        form,
        school.name,
        _("Participants"),
        table,
        record="school_registrations",
        record_id=school.id,
        by=principal().actor,
    )


@bp.get("/pupils")
@allow(Role.SCHOOL)
def pupils() -> ResponseReturnValue:
    """Who says to be a pupil of the school: who waits for its answer, whom it confirmed, whom it refused."""
    school = _school()
    view = request.args.get("view", "waiting")
    if view not in queries.ANSWERS:
        return redirect(_pupils(school))
    found, following = queries.page_of_pupils(school.id, view, request.args.get("after", type=read_id))
    page = {
        "school": school,
        "view": view,
        "pupils": found,
        "counts": queries.answered(school.id),
        "following": _pupils(school, view=view, after=following) if following else None,
        "previous": _pupils(school, view=view) if "after" in request.args else None,
        "form": AnswerForm(),
    }
    return render_template("schooldesk/pupils.html", **page)


@bp.post("/pupils/confirmation")
@allow(Role.SCHOOL)
def confirm() -> ResponseReturnValue:
    """These are ours."""
    form = AnswerForm()
    if form.validate_on_submit():
        count = transact(
            people.confirm_enrolments,
            form.enrolment_id.data,
            _school().id,
            by=principal().actor,
            at=now(),
        )
        flash(ngettext("%(num)d pupil confirmed.", "%(num)d pupils confirmed.", count), "pine")
    else:
        flash(_("Please tick at least one pupil."), "bad")
    return redirect(_pupils(_school()), 303)


@bp.post("/pupils/refusal")
@allow(Role.SCHOOL)
def refuse() -> ResponseReturnValue:
    """These are not ours."""
    form = AnswerForm()
    if form.validate_on_submit():
        count = transact(
            people.refuse_enrolments,
            form.enrolment_id.data,
            _school().id,
            by=principal().actor,
            at=now(),
        )
        flash(ngettext("%(num)d pupil marked as not ours.", "%(num)d pupils marked as not ours.", count), "gold")
    else:
        flash(_("Please tick at least one pupil."), "bad")
    return redirect(_pupils(_school()), 303)


@bp.post("/pupils/<int:enrolment_id>/reopening")
@allow(Role.SCHOOL)
def reopen(enrolment_id: int) -> ResponseReturnValue:
    """Take an answer back."""
    if not transact(people.reopen_enrolment, enrolment_id, _school().id):
        abort(404)
    flash(_("The answer is taken back."), "gold")
    return redirect(_pupils(_school()), 303)


def _link(school: Organisation, event_id: int | None, after: int | None = None) -> str:
    return url_for(".registrations", school=school.id, event=event_id, after=after)


def _pupils(school: Organisation, **query: Any) -> str:
    return url_for(".pupils", school=school.id, **query)


def _school() -> Organisation:
    """Return the school one works for; whoever works for several says which by ``school``."""
    own = units(principal().units(Role.SCHOOL))
    wanted = request.values.get("school", type=read_id)
    return next((school for school in own if school.id == wanted), own[0])
