"""Staff answers an event's questions for somebody who told them, on the phone perhaps."""

from collections.abc import Sequence

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import Role, allow, principal
from app.core.audit import note_look
from app.core.clock import now
from app.core.db import transact
from app.core.finding import get_or_404
from app.core.problems import Problem
from app.core.uploads import takes_up_to
from app.events.models import Event
from app.events.queries import registrations_run_by
from app.events.questions.answering import WHOLE_FORM
from app.events.questions.answers import answer_for
from app.people.whose import whose
from app.questions.forms import answers_form
from app.questions.models import Question
from app.questions.queries import answers_of, set_with_questions, sheet_of

bp = Blueprint("answer_desk", __name__, url_prefix="/desk/registrations/<int:registration_id>/answers")


@bp.route("/form", methods=["GET", "POST"])
@allow(Role.STAFF)
@takes_up_to(WHOLE_FORM)
def write(registration_id: int) -> ResponseReturnValue:
    """Answer for somebody; what is sensitive they answer themselves, for nobody here should have to ask."""
    registration = get_or_404(registrations_run_by(principal()), registration_id)
    event = registration.slot.event
    questions = _asked_by_staff(event)
    if not questions:
        abort(404)
    sheet = sheet_of(registration.person_id, event.question_set_id)
    note_look("answers", registration_id, whose(registration.person))
    form = answers_form(questions, {number: one.text for number, one in answers_of(sheet).items()})
    if form.validate_on_submit():
        try:
            transact(answer_for, registration_id, form.given(), by=principal().actor, at=now())
        except Problem as problem:
            form.refuse(problem)
        else:
            flash(_("The answers for %(name)s are saved.", name=registration.person.name), "pine")
            return redirect(url_for("event_answers.show", registration_id=registration_id), 303)
    return render_template("events/answer_desk.html", registration=registration, form=form), form.status


def _asked_by_staff(event: Event) -> Sequence[Question]:
    """Return the questions that are asked now and are not sensitive, nor lean on one that is."""
    its = set_with_questions(event.question_set_id)
    found: dict[int, Question] = {}
    for one in its.asked if its else ():
        if not one.is_sensitive and (one.needs_id is None or one.needs_id in found):
            found[one.id] = one
    return list(found.values())
