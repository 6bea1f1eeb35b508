"""What organisers do with an event's questions: ask, put in order, look at them as others will, take away."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import Role, allow, principal
from app.core.clock import now
from app.core.db import transact
from app.core.finding import get_or_404
from app.core.problems import Problem
from app.events.models import Event
from app.events.queries import events_run_by
from app.events.questions import asking
from app.events.questions.answers import answers_until
from app.questions import operations
from app.questions.editing import DeadlineForm, QuestionForm, beginning, question_values
from app.questions.forms import answers_form
from app.questions.models import Question
from app.questions.presets import PRESETS
from app.questions.queries import question_in, questions_asked, set_with_questions
from app.questions.words import KIND_WORDS, condition_words

bp = Blueprint("question_desk", __name__, url_prefix="/desk/events/<int:event_id>/questions")


@bp.get("")
@allow(Role.STAFF)
def index(event_id: int) -> ResponseReturnValue:
    """The questions in their order, and what one can do with each."""
    return _list_page(_event(event_id), DeadlineForm())


@bp.post("/deadline")
@allow(Role.STAFF)
def set_deadline(event_id: int) -> ResponseReturnValue:
    """Let answers be changed until a moment."""
    event, form = _event(event_id), DeadlineForm()
    if not form.validate_on_submit():
        return _list_page(event, form)
    transact(asking.set_deadline, event_id, form.answers_until.data, by=principal().actor, at=now())
    flash(_("Saved."), "pine")
    return _back(event_id)


@bp.route("/new", methods=["GET", "POST"])
@allow(Role.STAFF)
def create(event_id: int) -> ResponseReturnValue:
    """Ask something more; a kind or a ready question can be chosen before."""
    event = _event(event_id)
    form = QuestionForm(data=beginning(request.args))
    form.offer_conditions(_asked(event))
    if form.validate_on_submit():
        try:
            transact(asking.add_question, event_id, form.words(), by=principal().actor, at=now())
        except Problem as problem:
            form.refuse(problem)
        else:
            flash(_("The question is asked from now on."), "pine")
            return _back(event_id)
    return render_template("events/question.html", event=event, form=form, question=None), form.status


@bp.route("/<int:question_id>", methods=["GET", "POST"])
@allow(Role.STAFF)
def edit(event_id: int, question_id: int) -> ResponseReturnValue:
    """Ask it in other words."""
    event = _event(event_id)
    question = _question(event, question_id)
    form = QuestionForm(data=question_values(question))
    form.offer_conditions([one for one in _asked(event) if one.position < question.position])
    if form.validate_on_submit():
        try:
            transact(asking.edit_question, event_id, question_id, form.words(), by=principal().actor, at=now())
        except Problem as problem:
            form.refuse(problem)
        else:
            flash(_("Saved."), "pine")
            return _back(event_id)
    return render_template("events/question.html", event=event, form=form, question=question), form.status


@bp.post("/<int:question_id>/up")
@allow(Role.STAFF)
def move_up(event_id: int, question_id: int) -> ResponseReturnValue:
    """Ask it before the one above."""
    return _act(event_id, question_id, operations.move_up, question_id)


@bp.post("/<int:question_id>/down")
@allow(Role.STAFF)
def move_down(event_id: int, question_id: int) -> ResponseReturnValue:
    """Ask it after the one below."""
    return _act(event_id, question_id, operations.move_down, question_id)


@bp.post("/<int:question_id>/removal")
@allow(Role.STAFF)
def remove(event_id: int, question_id: int) -> ResponseReturnValue:
    """Ask it no more."""
    words = _("It is no longer asked.")
    return _act(event_id, question_id, asking.remove_question, event_id, question_id, done=words, **_by_and_at())


@bp.post("/<int:question_id>/return")
@allow(Role.STAFF)
def bring_back(event_id: int, question_id: int) -> ResponseReturnValue:
    """Ask it once more."""
    words = _("The question is asked from now on.")
    return _act(event_id, question_id, asking.ask_again, event_id, question_id, done=words, **_by_and_at())


@bp.get("/preview")
@allow(Role.STAFF)
def preview(event_id: int) -> ResponseReturnValue:
    """The questions as young people and parents see them."""
    event = _event(event_id)
    form = answers_form(_asked(event), {})
    return render_template("events/questions_preview.html", event=event, form=form, until=answers_until(event))


def _list_page(event: Event, form: DeadlineForm) -> ResponseReturnValue:
    its = set_with_questions(event.question_set_id)
    if not form.is_submitted():
        form.answers_until.data = its.answers_until if its else None
    every = its.questions if its else []
    by_id = {question.id: question for question in every}
    page: dict[str, Any] = {
        "event": event,
        "asked": its.asked if its else [],
        "gone": [question for question in every if question.archived_at],
        "conditions": {question.id: condition_words(question, by_id) for question in every},
        "kinds": KIND_WORDS,
        "presets": PRESETS,
        "until": answers_until(event),
    }
    return render_template("events/questions.html", form=form, **page), form.status


def _act(
    event_id: int, question_id: int, operation: Callable[..., Any], *args: int, done: str = "", **kwargs: Any
) -> ResponseReturnValue:
    _question(_event(event_id), question_id)
    try:
        transact(operation, *args, **kwargs)
    except Problem as problem:
        flash(problem.message, "bad")
    else:
        if done:
            flash(done, "pine")
    return _back(event_id)


def _by_and_at() -> dict[str, Any]:
    return {"by": principal().actor, "at": now()}


def _asked(event: Event) -> list[Question]:
    return questions_asked(event.question_set_id)


def _question(event: Event, question_id: int) -> Question:
    return question_in(event.question_set_id, question_id) or abort(404)


def _event(event_id: int) -> Event:
    return get_or_404(events_run_by(principal()), event_id)


def _back(event_id: int) -> ResponseReturnValue:
    return redirect(url_for(".index", event_id=event_id), 303)
