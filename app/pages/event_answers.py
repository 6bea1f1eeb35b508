"""The organiser's pages of what people answered: all of an event in a list, one person alone."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, func, select

from app.accounts.queries import names_of
from app.core.access import Role, allow, principal
from app.core.audit import AccessEntry, note_access, note_look
from app.core.clock import now
from app.core.db import db, transact
from app.core.fields import LineField
from app.core.finding import get_or_404
from app.core.forms import Form, at_most, required
from app.events.models import Event, Registration
from app.events.queries import events_run_by, registrations_run_by
from app.events.questions.answering import sent_file
from app.events.questions.answers import answers_until, people_of
from app.pages.registration_search import RegistrationsWanted, page_of_registrations
from app.people.whose import whose
from app.questions.models import Answer, AnswerSheet, Question
from app.questions.queries import (
    answers_of,
    in_words,
    plain_answers,
    plain_questions,
    set_with_questions,
    sheet_of,
    sheets_of,
    tallies,
    who_answered,
)
from app.questions.words import answer_words

bp = Blueprint("event_answers", __name__, url_prefix="/desk")

OPEN_FOR = timedelta(minutes=10)
_RECORD, _UNMASKED, _FILE = "answers", "unmask", "file"


class UnmaskForm(Form):
    """Why somebody wants to read what is sensitive: it goes into the access log."""

    purpose = LineField(_l("What do you need it for?"), [required(), at_most(120)])


@bp.get("/events/<int:event_id>/answers")
@allow(Role.STAFF)
def index(event_id: int) -> ResponseReturnValue:
    """What people answered: how often what, and everybody's answers; nothing sensitive."""
    event = get_or_404(events_run_by(principal()), event_id)
    its = set_with_questions(event.question_set_id)
    after = request.args.get("after", "")
    shown, following = page_of_registrations(event_id, RegistrationsWanted(), after)
    people, questions = people_of(event_id), plain_questions(its)
    sheets = sheets_of(its.id, people) if its else None
    page = {
        "event": event,
        "questions": questions,
        "has_any": bool(its and its.questions),
        "rows": _rows(event, shown, questions),
        "following": following,
        "tallies": tallies(questions, sheets) if sheets is not None else [],
        "answered": _how_many(sheets) if sheets is not None else 0,
        "people": _how_many(people.distinct()),
        "until": answers_until(event),
    }
    return render_template("pages/event_answers.html", **page)


@bp.get("/registrations/<int:registration_id>/answers")
@allow(Role.STAFF)
def show(registration_id: int) -> ResponseReturnValue:
    """One person's answers; what is sensitive is there for managers, after they said what for."""
    registration = _registration(registration_id)
    return _show(registration, UnmaskForm())


@bp.post("/registrations/<int:registration_id>/answers/unmasking")
@allow(Role.MANAGER)
def unmask(registration_id: int) -> ResponseReturnValue:
    """Show what is sensitive for ten minutes; who asked, when and what for is written down."""
    registration = _registration(registration_id)
    if not _may_unmask(registration.slot.event):
        abort(403)
    form = UnmaskForm()
    if not form.validate_on_submit():
        return _show(registration, form)
    purpose, by, people = form.purpose.data, principal().actor, whose(registration.person)
    transact(note_access, _UNMASKED, _RECORD, registration_id, people=people, purpose=purpose, by=by, at=now())
    return redirect(url_for(".show", registration_id=registration_id), 303)


@bp.post("/registrations/<int:registration_id>/answers/<int:question_id>/file")
@allow(Role.STAFF)
def file(registration_id: int, question_id: int) -> ResponseReturnValue:
    """A file that somebody sent; who took it is written down."""
    registration = _registration(registration_id)
    its = set_with_questions(registration.slot.event.question_set_id)
    question = next((one for one in its.questions if one.id == question_id), None) if its else None
    if question is None or (question.is_sensitive and not _is_open(registration, now())):
        abort(404)
    answer, by, people = sent_file(registration, question_id), principal().actor, whose(registration.person)
    transact(note_access, _FILE, _RECORD, registration_id, people=people, purpose=question.text, by=by, at=now())
    return answer


def with_answers(
    table: tuple[Sequence[str], Sequence[Sequence[str]]], event: Event, found: Sequence[Registration]
) -> tuple[list[str], list[list[str]]]:
    """Return a list of registrations with a column for each question that is not sensitive; the rows are theirs."""
    head, rows = table
    questions = plain_questions(set_with_questions(event.question_set_id))
    answers = _plain(event, found)
    more = [in_words(answers.get(one.person_id, {}), questions) for one in found]
    return [*head, *(one.text for one in questions)], [[*row, *own] for row, own in zip(rows, more, strict=True)]


def _show(registration: Registration, form: UnmaskForm) -> ResponseReturnValue:
    event, at = registration.slot.event, now()
    note_look(_RECORD, registration.id, whose(registration.person))
    its, sheet = set_with_questions(event.question_set_id), sheet_of(registration.person_id, event.question_set_id)
    questions = its.questions if its else []
    plain = [one for one in questions if not one.is_sensitive]
    is_open = _is_open(registration, at)
    page = {
        "registration": registration,
        "sheet": sheet,
        "answered_by": names_of([sheet.answered_by_id]) if sheet else {},
        "answers": _shown(sheet, plain),
        "sensitive": _shown(sheet, [one for one in questions if one.is_sensitive]) if is_open else [],
        "has_sensitive": len(plain) < len(questions),
        "may_unmask": _may_unmask(event),
        "is_open": is_open,
        "may_be_answered": len(plain) > 0 and registration.is_open and not event.is_cancelled and at < event.ends_at,
    }
    response = make_response(render_template("pages/registration_answers.html", form=form, **page), form.status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _shown(sheet: AnswerSheet | None, questions: Sequence[Question]) -> list[tuple[Question, Answer | None, str]]:
    """Return some questions with their answers and the words of these; those put away only if there is one."""
    given = answers_of(sheet)
    asked = [one for one in questions if one.archived_at is None or one.id in given]
    pairs = [(one, given.get(one.id)) for one in asked]
    return [(question, one, answer_words(question, one.text) if one else "") for question, one in pairs]


def _rows(
    event: Event, shown: Sequence[Registration], questions: Sequence[Question]
) -> list[tuple[Registration, bool, list[str]]]:
    """Return registrations, whether they answered, and their answers."""
    answers, people = _plain(event, shown), [one.person_id for one in shown]
    there = who_answered(event.question_set_id, people) if event.question_set_id else set()
    return [(one, one.person_id in there, in_words(answers.get(one.person_id, {}), questions)) for one in shown]


def _plain(event: Event, found: Sequence[Registration]) -> dict[int, dict[int, Answer]]:
    return plain_answers(event.question_set_id, [one.person_id for one in found]) if event.question_set_id else {}


def _how_many(ids: Select[int]) -> int:
    return db.session.scalar(select(func.count()).select_from(ids.subquery())) or 0


def _may_unmask(event: Event) -> bool:
    return event.host_id in principal().units(Role.MANAGER)


def _is_open(registration: Registration, at: datetime) -> bool:
    """Return whether whoever asks said lately what it is for, and may still read it."""
    said = select(AccessEntry.id).where(
        AccessEntry.at > at - OPEN_FOR,
        AccessEntry.user_id == principal().actor,
        AccessEntry.action == _UNMASKED,
        AccessEntry.record == _RECORD,
        AccessEntry.record_id == registration.id,
    )
    return _may_unmask(registration.slot.event) and db.session.scalar(said.limit(1)) is not None


def _registration(registration_id: int) -> Registration:
    return get_or_404(registrations_run_by(principal()), registration_id)
