"""The school's pages: what it may recommend pupils for, whom it recommended, and which families applied themselves."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.access import Role, allow, principal
from app.core.clock import local_day, now
from app.core.db import db, transact
from app.core.finding import get_or_404, read_id_or_none
from app.core.problems import Problem
from app.programmes.applications import answering, applying, queries
from app.programmes.applications.forms import NominationForm, TakeBackForm
from app.programmes.models import Application, Programme, Quota
from app.programmes.queries import quotas_of_school
from app.programmes.sides import recommended
from app.programmes.words import STATE_WORDS

bp = Blueprint("nominations", __name__, url_prefix="/school")


@bp.get("/programmes")
@allow(Role.SCHOOL)
def index() -> ResponseReturnValue:
    """Programmes with a quota for the school, and applications of its pupils."""
    at, in_view = now(), principal().units_in_view(Role.SCHOOL)
    quotas = quotas_of_school(principal()).where(Quota.school_id.in_(in_view))
    found = db.session.scalars(quotas.order_by(Programme.ends_on.desc(), Quota.id.desc()).limit(50)).all()
    own = queries.applications_of_schools(principal()).where(Application.school_id.in_(in_view))
    page = {
        "quotas": [(one, recommended(one.side_id).get(one.school_id, 0)) for one in found],
        "applications": db.session.scalars(own.order_by(Application.id.desc()).limit(200)).all(),
        "states": STATE_WORDS,
        "at": at,
        "today": local_day(at),
    }
    return render_template("programmes/school.html", **page)


@bp.route("/quotas/<int:quota_id>", methods=["GET", "POST"])
@allow(Role.SCHOOL)
def nominate(quota_id: int) -> ResponseReturnValue:
    """Choose the pupils that the school recommends."""
    quota, form = _quota(quota_id), NominationForm()
    ticked = [number for number in map(read_id_or_none, request.form.getlist("pupils")) if number]
    if form.validate_on_submit():
        words = form.statement.data
        try:
            made = transact(applying.nominate, quota_id, ticked, words, by=principal().actor, at=now())
        except Problem as problem:
            form.refuse(problem)
        else:
            flash(ngettext("%(num)d pupil recommended.", "%(num)d pupils recommended.", len(made)), "pine")
            return redirect(url_for(".index"), 303)
    page = {
        "quota": quota,
        "ticked": ticked,
        "used": recommended(quota.side_id).get(quota.school_id, 0),
        "pupils": queries.pupils_to_choose(quota.school_id, quota.side.programme),
        "is_open": quota.side.is_open(now()) and not quota.side.programme.is_cancelled,
    }
    return render_template("programmes/nominate.html", form=form, **page), form.status


@bp.post("/applications/<int:application_id>/endorsement")
@allow(Role.SCHOOL)
def endorse(application_id: int) -> ResponseReturnValue:
    """Let the school stand behind an application."""
    _application(application_id)
    transact(applying.endorse, application_id, by=principal().actor, at=now())
    flash(_("The host sees that the school stands behind it."), "pine")
    return redirect(url_for(".index"), 303)


@bp.route("/applications/<int:application_id>/withdrawal", methods=["GET", "POST"])
@allow(Role.SCHOOL)
def take_back(application_id: int) -> ResponseReturnValue:
    """Take a recommendation back, and say why."""
    one, form = _application(application_id), TakeBackForm()
    if form.validate_on_submit():
        try:
            transact(answering.take_back, application_id, form.words.data, by=principal().actor, at=now())
        except Problem as problem:
            form.refuse(problem)
        else:
            flash(_("Taken back; the family has been told."), "pine")
            return redirect(url_for(".index"), 303)
    return render_template("programmes/take_back.html", form=form, application=one), form.status


def _quota(quota_id: int) -> Quota:
    return get_or_404(quotas_of_school(principal()), quota_id)


def _application(application_id: int) -> Application:
    return get_or_404(queries.applications_of_schools(principal()), application_id)
