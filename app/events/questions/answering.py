"""Answering an event's questions, after signing up: by the young person, or by a parent for a child."""

from urllib.parse import quote

from flask import Blueprint, Response, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import Role, allow, principal
from app.core.clock import now
from app.core.db import db, transact
from app.core.finding import get_or_404
from app.core.pictures import LARGEST_FILE
from app.core.problems import Problem
from app.core.uploads import takes_up_to
from app.events.models import Registration, Slot
from app.events.queries import registrations_of
from app.events.questions.answers import answer, answers_until, unanswered
from app.questions.files import content_of
from app.questions.forms import answers_form
from app.questions.models import AnswerSheet, Question
from app.questions.queries import answers_of, file_answering, set_with_questions, sheet_of
from app.questions.rules import MOST_FILES
from app.questions.words import answer_words

bp = Blueprint("answering", __name__, url_prefix="/registrations/<int:registration_id>/answers")

WHOLE_FORM = (MOST_FILES + 1) * LARGEST_FILE  # bytes; what is too large by a little is told so beside its field


@bp.route("", methods=["GET", "POST"])
@allow(Role.SIGNED_IN)
@takes_up_to(WHOLE_FORM)
def write(registration_id: int) -> ResponseReturnValue:
    """Answer, and change the answers until the deadline; afterwards they can be read."""
    registration = _own(registration_id)
    event, at = registration.slot.event, now()
    questions = [one for one in _questions(registration) if one.archived_at is None]
    sheet = sheet_of(registration.person_id, event.question_set_id)
    if not questions:
        abort(404)
    given = {number: one.text for number, one in answers_of(sheet).items()}
    is_open = registration.is_open and not event.is_cancelled and at < answers_until(event)
    form = answers_form(questions, given)
    if is_open and form.validate_on_submit():
        try:
            transact(answer, registration_id, form.given(), by=principal().actor, at=at)
        except Problem as problem:
            form.refuse(problem)
        else:
            return _go_on(registration)
    page = {"registration": registration, "sheet": sheet, "until": answers_until(event), "is_open": is_open}
    words = [(one, answer_words(one, given.get(one.id, ""))) for one in questions]
    answered = page | {"answers": words, "files": _files(sheet)}
    return render_template("events/answers.html", form=form, **answered), form.status


@bp.get("/<int:question_id>/file")
@allow(Role.SIGNED_IN)
def file(registration_id: int, question_id: int) -> ResponseReturnValue:
    """A file that was sent with the answers."""
    return sent_file(_own(registration_id), question_id)


def sent_file(registration: Registration, question_id: int) -> Response:
    """Return the file with which the person of a registration answered a question of its event."""
    questions = {one.id: one for one in _questions(registration)}
    kept = file_answering(question_id, registration.person_id) if question_id in questions else None
    content = content_of(kept) if kept else None
    if kept is None or content is None:
        abort(404)
    name = quote(kept.answer.text)
    return Response(
        content,
        content_type=kept.media_type,
        headers={
            "Content-Disposition": f"attachment; filename=\"answer\"; filename*=UTF-8''{name}",
            "Cache-Control": "no-store",
        },
    )


def _go_on(registration: Registration) -> ResponseReturnValue:
    """Ask for the next of those who come together, or go to the pass."""
    theirs = registrations_of(principal().actor).where(Slot.event_id == registration.slot.event_id)
    left = unanswered([one.id for one in db.session.scalars(theirs)], at=now())
    if not left:
        flash(_("Your answers are saved. Thank you!"), "pine")
        return redirect(url_for("events.show_code", registration_id=registration.id), 303)
    flash(_("The answers for %(name)s are saved. Here are those of the next.", name=registration.person.name), "pine")
    return redirect(url_for(".write", registration_id=min(left)), 303)


def _files(sheet: AnswerSheet | None) -> set[int]:
    return {number for number, one in answers_of(sheet).items() if one.file}


def _questions(registration: Registration) -> list[Question]:
    its = set_with_questions(registration.slot.event.question_set_id)
    return its.questions if its else []


def _own(registration_id: int) -> Registration:
    return get_or_404(registrations_of(principal().actor), registration_id)
