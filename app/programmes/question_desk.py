"""What organisers do with a programme's questions: ask, put in order, take away."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import Role, allow, principal
from app.core.clock import now
from app.core.db import transact
from app.core.finding import get_or_404
from app.core.problems import Problem
from app.programmes import asking
from app.programmes.models import Programme
from app.programmes.queries import programmes_run_by
from app.questions import operations
from app.questions.editing import QuestionForm, beginning, question_values
from app.questions.models import Question
from app.questions.presets import PRESETS
from app.questions.queries import question_in, questions_asked
from app.questions.words import KIND_WORDS

bp = Blueprint("programme_questions", __name__, url_prefix="/desk/programmes/<int:programme_id>/questions")


@bp.get("")
@allow(Role.STAFF)
def index(programme_id: int) -> ResponseReturnValue:
    """The questions in their order, and what one can do with each."""
    programme = _programme(programme_id)
    page = {"programme": programme, "asked": _asked(programme), "kinds": KIND_WORDS, "presets": PRESETS}
    return render_template("programmes/questions.html", **page)


@bp.route("/new", methods=["GET", "POST"])
@allow(Role.STAFF)
def create(programme_id: int) -> ResponseReturnValue:
    """Ask something more; a kind or a ready question can be chosen before."""
    programme, form = _programme(programme_id), QuestionForm(data=beginning(request.args))
    form.offer_conditions(_asked(programme))
    if form.validate_on_submit():
        try:
            transact(asking.add_question, programme_id, form.words(), by=principal().actor, at=now())
        except Problem as problem:
            form.refuse(problem)
        else:
            flash(_("The question is asked from now on."), "pine")
            return _back(programme_id)
    return render_template("programmes/question.html", programme=programme, form=form, question=None), form.status


@bp.route("/<int:asked_id>", methods=["GET", "POST"])
@allow(Role.STAFF)
def edit(programme_id: int, asked_id: int) -> ResponseReturnValue:
    """Ask it in other words."""
    programme = _programme(programme_id)
    question = _question(programme, asked_id)
    form = QuestionForm(data=question_values(question))
    form.offer_conditions([one for one in _asked(programme) if one.position < question.position])
    if form.validate_on_submit():
        words, by = form.words(), principal().actor
        try:
            transact(asking.edit_question, programme_id, asked_id, words, by=by, at=now())
        except Problem as problem:
            form.refuse(problem)
        else:
            flash(_("Saved."), "pine")
            return _back(programme_id)
    return render_template("programmes/question.html", programme=programme, form=form, question=question), form.status


@bp.post("/<int:asked_id>/up")
@allow(Role.STAFF)
def move_up(programme_id: int, asked_id: int) -> ResponseReturnValue:
    """Ask it before the one above."""
    _question(_programme(programme_id), asked_id)
    try:
        transact(operations.move_up, asked_id)
    except Problem as problem:
        flash(problem.message, "bad")
    return _back(programme_id)


@bp.post("/<int:asked_id>/removal")
@allow(Role.STAFF)
def remove(programme_id: int, asked_id: int) -> ResponseReturnValue:
    """Ask it no more."""
    _question(_programme(programme_id), asked_id)
    try:
        transact(asking.remove_question, programme_id, asked_id, by=principal().actor, at=now())
    except Problem as problem:
        flash(problem.message, "bad")
    else:
        flash(_("It is no longer asked."), "pine")
    return _back(programme_id)


def _asked(programme: Programme) -> list[Question]:
    return questions_asked(programme.question_set_id)


def _question(programme: Programme, question_id: int) -> Question:
    return question_in(programme.question_set_id, question_id) or abort(404)


def _programme(programme_id: int) -> Programme:
    return get_or_404(programmes_run_by(principal()), programme_id)


def _back(programme_id: int) -> ResponseReturnValue:
    return redirect(url_for(".index", programme_id=programme_id), 303)
