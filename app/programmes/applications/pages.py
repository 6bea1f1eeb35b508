"""The family's pages: applying, and answering when one was chosen."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import Role, allow, principal
from app.core.clock import now
from app.core.db import transact
from app.core.finding import get_or_404
from app.core.pictures import LARGEST_FILE
from app.core.problems import Problem
from app.core.uploads import takes_up_to
from app.people.queries import acted_for_by
from app.programmes.applications import answering, applying, queries
from app.programmes.applications.consenting import is_minor
from app.programmes.applications.forms import ApplicationForm
from app.programmes.choices.queries import round_of
from app.programmes.models import Application, ApplicationState, Entry, Programme
from app.programmes.queries import programmes_visible_to
from app.programmes.words import REASON_WORDS, STATE_WORDS
from app.questions.forms import answers_form
from app.questions.models import Question
from app.questions.queries import questions_asked
from app.questions.rules import MOST_FILES

bp = Blueprint("applications", __name__)
WHOLE_FORM = (MOST_FILES + 1) * LARGEST_FILE  # bytes


@bp.route("/programmes/<int:programme_id>/application", methods=["GET", "POST"])
@allow(Role.SIGNED_IN)
@takes_up_to(WHOLE_FORM)
def apply(programme_id: int) -> ResponseReturnValue:
    """Apply for oneself or a child; the questions of the programme are on the same page."""
    programme, at = get_or_404(programmes_visible_to(principal()), programme_id), now()
    open_sides = [side for side in programme.sides if side.is_open(at)]
    if programme.entry is not Entry.APPLICATION or programme.is_cancelled or not open_sides:
        return redirect(url_for("programmes.show", programme_id=programme_id), 303)
    form, answers = ApplicationForm(), answers_form(_asked(programme), {})
    persons = [(acting.person_id, acting.person.name) for acting in acted_for_by(principal().actor)]
    form.offer(persons, open_sides)
    is_whole = form.is_submitted() and all([form.validate(), answers.validate()])
    if is_whole:
        words = form.side_id.data, form.person_id.data, form.statement.data, answers.given()
        try:
            made = transact(applying.apply, *words, by=principal().actor, at=at)
        except Problem as problem:
            form.refuse(problem)
        else:
            flash(_("Your application has arrived. We tell you as soon as it is decided."), "pine")
            return redirect(url_for(".show", application_id=made.id), 303)
    page = {"programme": programme, "answers": answers, "has_persons": bool(persons), "by": principal().actor}
    return render_template("programmes/apply.html", form=form, **page), max(form.status, answers.status)


@bp.get("/applications/<int:application_id>")
@allow(Role.SIGNED_IN)
def show(application_id: int) -> ResponseReturnValue:
    """What became of an application, and what is to be answered."""
    one, at = _own(application_id), now()
    its_round = round_of(one.programme_id)
    page = {
        "application": one,
        "is_over": answering.is_over(one, at=at),
        "states": STATE_WORDS,
        "reasons": REASON_WORDS,
        "is_minor": is_minor(one),
        "ranks": its_round is not None and its_round.is_open(at) and one.state is ApplicationState.APPLIED,
    }
    return render_template("programmes/application.html", **page)


@bp.post("/applications/<int:application_id>/acceptance")
@allow(Role.SIGNED_IN)
def say_yes(application_id: int) -> ResponseReturnValue:
    """Take the place; of a minor a guardian has to agree, too."""
    _own(application_id)
    try:
        one = transact(answering.say_yes, application_id, by=principal().actor, at=now())
    except Problem as problem:
        flash(problem.message, "bad")
    else:
        waits = one.state is ApplicationState.HELD
        flash(_("Noted. Now a guardian has to agree.") if waits else _("You take part. See you there!"), "pine")
    return redirect(url_for(".show", application_id=application_id), 303)


@bp.post("/applications/<int:application_id>/decline")
@allow(Role.SIGNED_IN)
def say_no(application_id: int) -> ResponseReturnValue:
    """Give the place back, or take the application back."""
    _own(application_id)
    try:
        transact(answering.decline, application_id, by=principal().actor, at=now())
    except Problem as problem:
        flash(problem.message, "bad")
    else:
        flash(_("Noted. The place goes to the next; nobody asks why."), "pine")
    return redirect(url_for(".show", application_id=application_id), 303)


def _asked(programme: Programme) -> list[Question]:
    return questions_asked(programme.question_set_id)


def _own(application_id: int) -> Application:
    return get_or_404(queries.applications_of(principal().actor), application_id)
