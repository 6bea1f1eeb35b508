"""The pages on which organisers ask something: the same for events, programmes, and whatever else has questions."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, ClassVar, Protocol

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask.views import View
from flask_babel import LazyString
from flask_babel import gettext as _

from app.core.access import Role, allow, principal
from app.core.clock import now
from app.core.db import transact
from app.core.forms import Form
from app.core.problems import Problem
from app.questions import operations
from app.questions.editing import QuestionForm, beginning, question_values
from app.questions.forms import answers_form
from app.questions.models import Question
from app.questions.presets import PRESETS
from app.questions.queries import question_in, questions_asked, set_with_questions
from app.questions.rules import QuestionWords
from app.questions.words import KIND_WORDS, condition_words

Place = dict[str, Any]  # the numbers in an address
_NOTHING: Mapping[str, Any] = {}


class Asking(Protocol):
    """What is done to the questions of an event, a programme…, by its number; noted in its history."""

    def add_question(self, owner_id: int, words: QuestionWords, /, *, by: int, at: datetime) -> Question: ...
    def edit_question(
        self, owner_id: int, asked: int, words: QuestionWords, /, *, by: int, at: datetime
    ) -> Question: ...
    def remove_question(self, owner_id: int, asked: int, /, *, by: int, at: datetime) -> bool: ...
    def ask_again(self, owner_id: int, asked: int, /, *, by: int, at: datetime) -> Question: ...


@dataclass(frozen=True)
class Desk:
    """One kind of thing that asks: how its addresses call one of it and one of its questions, what its list is called,
    how one that the asker runs is found (else 404), what is done, and until when answers may be changed."""

    owner_place: str
    question_place: str
    heading: LazyString
    template: str  # of the list
    find: Callable[[int], Any]
    asking: Asking
    until: Callable[[Any], datetime | None] = lambda _owner: None

    def owner(self, place: Place) -> Any:
        """Return what asks here. 404 for whoever does not run it."""
        return self.find(place[self.owner_place])

    def question(self, owner: Any, place: Place) -> Question:
        """Return one of its questions, asked now or put away. 404 for another's."""
        return question_in(owner.question_set_id, place[self.question_place]) or abort(404)

    def list_page(self, owner: Any, form: Form) -> ResponseReturnValue:
        """Return the questions in their order, and what one can do with each; the form is what stands below."""
        its = set_with_questions(owner.question_set_id)
        every = its.questions if its else []
        by_id = {question.id: question for question in every}
        more: dict[str, Any] = {
            "asked": its.asked if its else [],
            "gone": [question for question in every if question.archived_at],
            "conditions": {question.id: condition_words(question, by_id) for question in every},
            "kinds": KIND_WORDS,
            "presets": PRESETS,
            "token": form.csrf_token,
        }
        return self.page(self.template, owner, form, more)

    def page(self, template: str, owner: Any, form: Any, more: Mapping[str, Any] = _NOTHING) -> ResponseReturnValue:
        """Return a page about what asks, which its own templates know by its own name."""
        desk = {"heading": self.heading, "ids": self._ids(owner), "of": partial(self._of, owner), **more}
        named = {self.owner_place.removesuffix("_id"): owner, "owner": owner, "until": self.until(owner)}
        return render_template(template, form=form, desk=desk, **named), form.status

    def back(self, owner: Any) -> ResponseReturnValue:
        """Return to the list."""
        return redirect(url_for(".index", **self._ids(owner)), 303)

    def _ids(self, owner: Any) -> Place:
        return {self.owner_place: owner.id}

    def _of(self, owner: Any, question: Question) -> Place:
        return self._ids(owner) | {self.question_place: question.id}


class _Page(View):
    decorators: ClassVar[list[Any]] = [allow(Role.STAFF)]

    def __init__(self, desk: Desk) -> None:
        self.desk = desk


class _Create(_Page):
    """Ask something more; a kind or a ready question can be chosen before."""

    methods: ClassVar[list[str]] = ["GET", "POST"]

    def dispatch_request(self, **place: int) -> ResponseReturnValue:
        owner, form = self.desk.owner(place), QuestionForm(data=beginning(request.args))
        form.offer_conditions(questions_asked(owner.question_set_id))
        if _is_done(form, self.desk.asking.add_question, owner.id, done=_("The question is asked from now on.")):
            return self.desk.back(owner)
        return self.desk.page("questions/question.html", owner, form, {"question": None})


class _Edit(_Page):
    """Ask it in other words."""

    methods: ClassVar[list[str]] = ["GET", "POST"]

    def dispatch_request(self, **place: int) -> ResponseReturnValue:
        owner = self.desk.owner(place)
        question = self.desk.question(owner, place)
        form = QuestionForm(data=question_values(question))
        asked = questions_asked(owner.question_set_id)
        form.offer_conditions([one for one in asked if one.position < question.position])
        if _is_done(form, self.desk.asking.edit_question, owner.id, question.id, done=_("Saved.")):
            return self.desk.back(owner)
        return self.desk.page("questions/question.html", owner, form, {"question": question})


class _Preview(_Page):
    """The questions as young people and parents see them."""

    def dispatch_request(self, **place: int) -> ResponseReturnValue:
        owner = self.desk.owner(place)
        form = answers_form(questions_asked(owner.question_set_id), {})
        return self.desk.page("questions/preview.html", owner, form)


class _Act(_Page):
    """Put a question elsewhere, take it away, or bring it back."""

    methods: ClassVar[list[str]] = ["POST"]

    def __init__(self, desk: Desk, act: Callable[[Asking, int, int], str]) -> None:
        super().__init__(desk)
        self.act = act

    def dispatch_request(self, **place: int) -> ResponseReturnValue:
        owner = self.desk.owner(place)
        question = self.desk.question(owner, place)
        try:
            done = self.act(self.desk.asking, owner.id, question.id)
        except Problem as problem:
            flash(problem.message, "bad")
        else:
            if done:
                flash(done, "pine")
        return self.desk.back(owner)


def add_pages(bp: Blueprint, desk: Desk) -> None:
    """Hang all pages but the list, which is ``.index``, into a blueprint."""
    one = f"/<int:{desk.question_place}>"
    bp.add_url_rule("/new", view_func=_Create.as_view("create", desk))
    bp.add_url_rule("/preview", view_func=_Preview.as_view("preview", desk))
    bp.add_url_rule(one, view_func=_Edit.as_view("edit", desk))
    bp.add_url_rule(f"{one}/up", view_func=_Act.as_view("move_up", desk, _up))
    bp.add_url_rule(f"{one}/down", view_func=_Act.as_view("move_down", desk, _down))
    bp.add_url_rule(f"{one}/removal", view_func=_Act.as_view("remove", desk, _remove))
    bp.add_url_rule(f"{one}/return", view_func=_Act.as_view("bring_back", desk, _bring_back))


def _is_done(form: QuestionForm, operation: Callable[..., Question], *ids: int, done: str) -> bool:
    if not form.validate_on_submit():
        return False
    try:
        transact(operation, *ids, form.words(), by=principal().actor, at=now())
    except Problem as problem:
        form.refuse(problem)
        return False
    flash(done, "pine")
    return True


def _up(_asking: Asking, _owner_id: int, question_id: int) -> str:
    transact(operations.move_up, question_id)
    return ""


def _down(_asking: Asking, _owner_id: int, question_id: int) -> str:
    transact(operations.move_down, question_id)
    return ""


def _remove(asking: Asking, owner_id: int, question_id: int) -> str:
    transact(asking.remove_question, owner_id, question_id, by=principal().actor, at=now())
    return str(_("It is no longer asked."))


def _bring_back(asking: Asking, owner_id: int, question_id: int) -> str:
    transact(asking.ask_again, owner_id, question_id, by=principal().actor, at=now())
    return str(_("The question is asked from now on."))
