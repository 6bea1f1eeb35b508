"""The school's classes, and what the sign-up form suggests of them."""

from typing import Any

from flask import Blueprint, Response, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select

from app.core.access import Role, allow, principal, public
from app.core.clock import now
from app.core.db import db, transact
from app.core.finding import get_or_404
from app.core.problems import Problem
from app.organisations.models import Organisation
from app.people import classes
from app.people.models import SchoolClass
from app.schooldesk.class_queries import count_asked_of, sizes
from app.schooldesk.forms import ClassForm, PasteForm
from app.schooldesk.history import history_of
from app.schooldesk.own_classes import led_by, own_first
from app.schooldesk.pasting import read_lines
from app.schooldesk.routes import the_school

bp = Blueprint("school_classes", __name__)


@bp.route("/school/classes", methods=["GET", "POST"])
@allow(Role.SCHOOL)
def index() -> ResponseReturnValue:
    """The classes the school has; the form below adds one."""
    school, form = the_school(), ClassForm()
    if form.validate_on_submit():
        try:
            transact(classes.add_class, school.id, form.words(), by=principal().actor, at=now())
        except Problem as problem:
            form.refuse(problem)
        else:
            flash(_("Saved."), "pine")
            return redirect(_list(school), 303)
    there, gone = classes.classes_in_order(school.id), classes.classes_in_order(school.id, archived=True)
    own = led_by(principal().actor, school.id)
    there = own_first(there, own, lambda one: one.name)
    page = {"school": school, "form": form, "classes": there, "own": own, "gone": gone, "sizes": sizes(school.id)}
    page["asked_for"] = count_asked_of(school.id)
    return render_template("schooldesk/classes.html", **page), form.status


@bp.route("/school/classes/paste", methods=["GET", "POST"])
@allow(Role.SCHOOL)
def paste() -> ResponseReturnValue:
    """Many classes at once: pasted, looked at line by line, then saved."""
    school, form = the_school(), PasteForm()
    is_sent = form.validate_on_submit()
    known = db.session.scalars(classes.classes_of(school.id)).all()
    lines = read_lines(form.lines.data, frozenset(one.key for one in known)) if is_sent else []
    wrong, new = [one for one in lines if one.fault], [one for one in lines if not one.fault and not one.is_known]
    if new and not wrong and "save" in request.form:
        words = [line.words for line in new]
        count = transact(classes.add_classes, school.id, words, by=principal().actor, at=now())
        flash(ngettext("%(num)d class entered.", "%(num)d classes entered.", count), "pine")
        return redirect(_list(school), 303)
    page = {"school": school, "form": form, "lines": lines, "wrong": wrong, "new": new}
    return render_template("schooldesk/paste.html", **page), 422 if wrong else form.status


@bp.route("/school/classes/<int:class_id>", methods=["GET", "POST"])
@allow(Role.SCHOOL)
def edit(class_id: int) -> ResponseReturnValue:
    """Rename a class, or change who leads it."""
    one = own_class(class_id)
    form = ClassForm(obj=one)
    if form.validate_on_submit():
        try:
            transact(classes.edit_class, class_id, form.words(), by=principal().actor, at=now())
        except Problem as problem:
            form.refuse(problem)
        else:
            flash(_("Saved."), "pine")
            return redirect(url_for(".index", school=one.school_id), 303)
    return render_template("schooldesk/class.html", form=form, one=one, **history_of(class_id)), form.status


@bp.post("/school/classes/<int:class_id>/archiving")
@allow(Role.SCHOOL)
def archive(class_id: int) -> ResponseReturnValue:
    """The class has left."""
    one = own_class(class_id)
    transact(classes.archive_class, class_id, by=principal().actor, at=now())
    flash(_("%(name)s is put away. You can bring it back below.", name=one.name), "gold")
    return redirect(url_for(".index", school=one.school_id), 303)


@bp.post("/school/classes/<int:class_id>/return")
@allow(Role.SCHOOL)
def bring_back(class_id: int) -> ResponseReturnValue:
    """It has not."""
    one = own_class(class_id)
    try:
        transact(classes.bring_back_class, class_id, by=principal().actor, at=now())
    except Problem as problem:
        flash(problem.message, "bad")
    else:
        flash(_("%(name)s is back.", name=one.name), "pine")
    return redirect(url_for(".index", school=one.school_id), 303)


@bp.get("/schools/<int:school_id>/classes")
@public
def names(school_id: int) -> Response:
    """What a school's classes are called, for the sign-up form to suggest; nothing else of them."""
    response = jsonify([one.name for one in classes.classes_in_order(school_id)])
    response.headers["Cache-Control"] = "public, max-age=300"
    return response


def _list(school: Organisation, **query: Any) -> str:
    return url_for(".index", school=school.id, **query)


def own_class(class_id: int) -> SchoolClass:
    """Return a class of the schools one works for; another school's is nowhere to be found."""
    own = principal().units(Role.SCHOOL)
    return get_or_404(select(SchoolClass).where(SchoolClass.school_id.in_(own)), class_id)
