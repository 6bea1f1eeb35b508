"""The school's desk: confirm pupils, read and download the own list."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.accounts.models import User
from app.care.correcting.queries import how_many_wait
from app.core.access import Role, allow, principal
from app.core.clock import now
from app.core.db import db, transact
from app.core.finding import read_id
from app.core.lists import DownloadForm, ask_for_proof, hand_out
from app.core.typed import squeezed
from app.events.acts.substituting import can_be_replaced
from app.organisations.models import Organisation
from app.organisations.queries import units
from app.people import operations as people
from app.people.models import Enrolment
from app.people.whose import whose_of
from app.schooldesk import lists, queries
from app.schooldesk.forms import AnswerForm
from app.schooldesk.own_classes import led_by, own_first
from app.schooldesk.pupil_accounts import accounts_by_pupil

bp = Blueprint("schooldesk", __name__, url_prefix="/school")


@bp.get("/registrations")
@allow(Role.SCHOOL)
def registrations() -> ResponseReturnValue:
    """The places of the school's own pupils."""
    school = the_school()
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
        "wrong": how_many_wait(principal()),
        "form": DownloadForm(),
        "replaceable": {one.id for one in found if can_be_replaced(one, now())},
    }
    return render_template("schooldesk/registrations.html", **page)


@bp.post("/registrations/download")
@allow(Role.SCHOOL)
def download() -> ResponseReturnValue:
    """The same as a file, whole; who took it and what for is written down."""
    school = the_school()
    form = DownloadForm()
    if not form.validate_on_submit():
        abort(422)
    event_id = request.form.get("event", type=read_id)
    if form.lacks_proof():
        return ask_for_proof(_link(school, event_id))
    found = db.session.scalars(queries.registrations_of_school(school.id, event_id)).all()
    table = lists.school_list(found, with_phones=form.with_phones.data)
    return hand_out(
        form,
        school.name,
        _("Participants"),
        table,
        record="school_registrations",
        record_id=school.id,
        whose=whose_of(one.person for one in found),
    )


@bp.get("/pupils")
@allow(Role.SCHOOL)
def pupils() -> ResponseReturnValue:
    """Who says to be a pupil of the school: who waits for its answer, whom it confirmed, whom it refused."""
    school = the_school()
    view = request.args.get("view", "waiting")
    if view not in queries.ANSWERS:
        return redirect(_pupils(school))
    class_name = squeezed(request.args.get("class"))
    found, following = queries.page_of_pupils(school.id, view, class_name, request.args.get("after", type=read_id))
    asked = {"view": view, "class": class_name or None}
    page = {
        "school": school,
        "view": view,
        "class_name": class_name,
        "classes": own_first(queries.classes_in(school.id, view), led_by(principal().actor, school.id), str),
        "pupils": found,
        "counts": queries.answered(school.id),
        "following": _pupils(school, **asked, after=following) if following else None,
        "previous": _pupils(school, **asked) if "after" in request.args else None,
        "form": AnswerForm(),
        "accounts": _accounts(school, found) if view == "confirmed" else {},
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
            the_school().id,
            by=principal().actor,
            at=now(),
        )
        flash(ngettext("%(num)d pupil confirmed.", "%(num)d pupils confirmed.", count), "pine")
    else:
        flash(_("Please tick at least one pupil."), "bad")
    return redirect(_back_to_class(), 303)


@bp.post("/pupils/refusal")
@allow(Role.SCHOOL)
def refuse() -> ResponseReturnValue:
    """These are not ours."""
    form = AnswerForm()
    if form.validate_on_submit():
        count = transact(
            people.refuse_enrolments,
            form.enrolment_id.data,
            the_school().id,
            by=principal().actor,
            at=now(),
        )
        flash(ngettext("%(num)d pupil marked as not ours.", "%(num)d pupils marked as not ours.", count), "gold")
    else:
        flash(_("Please tick at least one pupil."), "bad")
    return redirect(_back_to_class(), 303)


@bp.post("/pupils/<int:enrolment_id>/reopening")
@allow(Role.SCHOOL)
def reopen(enrolment_id: int) -> ResponseReturnValue:
    """Take an answer back."""
    if not transact(people.reopen_enrolment, enrolment_id, the_school().id):
        abort(404)
    flash(_("The answer is taken back."), "gold")
    return redirect(_pupils(the_school()), 303)


def _link(school: Organisation, event_id: int | None, after: int | None = None) -> str:
    return url_for(".registrations", school=school.id, event=event_id, after=after)


def _pupils(school: Organisation, **query: Any) -> str:
    return url_for(".pupils", school=school.id, **query)


def _back_to_class() -> str:
    """Return to the class that was being answered for, as long as somebody of it waits."""
    school, class_name = the_school(), squeezed(request.form.get("class"))
    return _pupils(school, **{"class": class_name} if class_name in queries.classes_in(school.id, "waiting") else {})


def _accounts(school: Organisation, found: Sequence[Enrolment]) -> dict[int, list[User]]:
    return accounts_by_pupil(school.id, [one.person_id for one in found], but=principal().actor)


def the_school() -> Organisation:
    """Return the school one works for; whoever works for several says which by ``school``, or has chosen its desk."""
    own, in_view = units(principal().units(Role.SCHOOL)), principal().units_in_view(Role.SCHOOL)
    wanted = request.values.get("school", type=read_id)
    return min(own, key=lambda school: (school.id != wanted, school.id not in in_view))
