"""Readers on the organiser's desk: switched on and off, what each has to read, and the ranking."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import Role, allow, principal
from app.core.audit import note_look
from app.core.clock import now
from app.core.db import transact
from app.core.finding import get_or_404
from app.core.problems import Problem
from app.people.ages import age_on
from app.people.whose import whose_of
from app.programmes.applications.forms import DecisionForm
from app.programmes.models import Application, Programme, Reading
from app.programmes.queries import programmes_run_by
from app.programmes.reading import operations, queries
from app.programmes.reading.forms import ReadingForm, marks_form, reading_values
from app.questions.models import Question, QuestionKind
from app.questions.queries import answers_of, plain_questions, set_with_questions, sheet_of
from app.questions.words import answer_words

bp = Blueprint("programme_reading", __name__, url_prefix="/desk")


@bp.route("/programmes/<int:programme_id>/readers", methods=["GET", "POST"])
@allow(Role.STAFF)
def index(programme_id: int) -> ResponseReturnValue:
    """Who reads the applications and by what; or, while nobody does, how to switch that on."""
    programme, reading = _programme(programme_id), queries.reading_of(programme_id)
    form = ReadingForm(data=reading_values(reading))
    form.offer(queries.readers_to_choose(programme.host_id))
    if form.validate_on_submit():
        try:
            transact(operations.set_up, programme_id, form.words(), by=principal().actor, at=now())
        except Problem as problem:
            form.refuse(problem)
        else:
            flash(_("Saved. The readers find it on this page."), "pine")
            return redirect(url_for(".index", programme_id=programme_id), 303)
    page = {
        "programme": programme,
        "reading": reading,
        "has_begun": reading is not None and operations.has_begun(reading),
        "is_reader": reading is not None and principal().actor in reading.readers,
    }
    return render_template("programmes/reading/set_up.html", form=form, **page), form.status


@bp.post("/programmes/<int:programme_id>/readers/removal")
@allow(Role.STAFF)
def switch_off(programme_id: int) -> ResponseReturnValue:
    """Decide without readers."""
    _programme(programme_id)
    try:
        transact(operations.switch_off, programme_id, by=principal().actor, at=now())
    except Problem as problem:
        flash(problem.message, "bad")
    else:
        flash(_("Switched off: the host decides without readers."), "pine")
    return redirect(url_for(".index", programme_id=programme_id), 303)


@bp.get("/readings/<int:reading_id>")
@allow(Role.STAFF)
def to_read(reading_id: int) -> ResponseReturnValue:
    """What a reader has to read, and has read."""
    reading = _mine(reading_id)
    found = queries.to_read(reading, principal().actor)
    return render_template("programmes/reading/to_read.html", reading=reading, found=found)


@bp.route("/readings/<int:reading_id>/applications/<int:read_id>", methods=["GET", "POST"])
@allow(Role.STAFF)
def score(reading_id: int, read_id: int) -> ResponseReturnValue:
    """One application without a name, and the marks for it."""
    reading = _mine(reading_id)
    found = queries.to_read(reading, principal().actor)
    one = next((each for each in found if each.application.id == read_id), None) or abort(404)
    before = {f"c{key}": str(mark) for key, mark in one.own.marks.items()} if one.own else {}
    form = marks_form(reading.criteria)(data=before)
    if form.validate_on_submit():
        try:
            transact(operations.give, read_id, form.marks(), by=principal().actor, at=now())
        except Problem as problem:
            form.refuse(problem)
        else:
            flash(_("Scored."), "pine")
            return redirect(url_for(".to_read", reading_id=reading_id), 303)
    application = one.application
    note_look("application", application.id, whose_of([application.person]))
    page = {
        "reading": reading,
        "one": one,
        "age": age_on(application.person.born_on, application.applied_on),
        "answers": _answers(application),
    }
    return render_template("programmes/reading/score.html", form=form, **page), form.status


@bp.get("/programmes/<int:programme_id>/ranking")
@allow(Role.STAFF)
def ranking(programme_id: int) -> ResponseReturnValue:
    """All applications by what the readers gave; those with a place in reach are ticked, and decided on as ever."""
    programme, reading = _programme(programme_id), queries.reading_of(programme_id)
    if reading is None:
        return redirect(url_for(".index", programme_id=programme_id), 303)
    found = queries.ranking(reading, principal().actor)
    note_look("programme_ranking", programme_id, whose_of(one.application.person for one in found))
    page = {"programme": programme, "reading": reading, "found": found, "ticked": _in_reach(programme, found)}
    return render_template("programmes/reading/ranking.html", form=DecisionForm(formdata=None), **page)


def _in_reach(programme: Programme, found: list[queries.Ranked]) -> set[int]:
    """Return who is among the best of a side for whom it has places left."""
    ticked: set[int] = set()
    for side in programme.sides:
        theirs = [one for one in found if one.application.side_id == side.id and one.result.total is not None]
        ticked |= {one.application.id for one in theirs[: side.free]}
    return ticked


def _answers(one: Application) -> list[tuple[Question, str]]:
    """Return what was answered, but for files and what is sensitive: a name may stand in them."""
    asked_id = one.side.programme.question_set_id
    given = answers_of(sheet_of(one.person_id, asked_id))
    return [
        (asked, answer_words(asked, given[asked.id].text))
        for asked in plain_questions(set_with_questions(asked_id))
        if asked.id in given and asked.kind is not QuestionKind.FILE
    ]


def _mine(reading_id: int) -> Reading:
    return get_or_404(queries.readings_read_by(principal()), reading_id)


def _programme(programme_id: int) -> Programme:
    return get_or_404(programmes_run_by(principal()), programme_id)
