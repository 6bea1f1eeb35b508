"""The teacher's letters: read what waits, hand it on, or give it back with a kind word."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import joinedload

from app.core.access import Role, allow, principal
from app.core.audit import note_look
from app.core.clock import now
from app.core.db import db, transact
from app.core.finding import get_or_404
from app.core.problems import Problem
from app.pairing.letters import handing, queries, worries, writing
from app.pairing.letters.forms import AnswerForm, KindWordForm
from app.pairing.letters.models import LetterWorry, OpenLetter
from app.pairing.letters.showing import has_account
from app.people.whose import whose_of

bp = Blueprint("letter_teacher", __name__, url_prefix="/letters")
_SHOWN = 200


@bp.get("")
@allow(Role.STAFF, Role.SCHOOL)
def index() -> ResponseReturnValue:
    """What waits, the oldest first; and whoever turned to one as the protection contact."""
    waiting = queries.letters_to_hand_on(principal()).options(
        joinedload(OpenLetter.writer), joinedload(OpenLetter.reader), joinedload(OpenLetter.pair)
    )
    found = db.session.scalars(waiting.order_by(OpenLetter.sent_at, OpenLetter.id).limit(_SHOWN)).all()
    troubled = worries.worries_for(principal()).order_by(LetterWorry.answered_at.is_not(None), LetterWorry.id.desc())
    page = {"letters": found, "worries": db.session.scalars(troubled.limit(_SHOWN)).all()}
    return render_template("pairing/teacher_letters.html", **page)


@bp.route("/<int:waiting_letter_id>", methods=["GET", "POST"])
@allow(Role.STAFF, Role.SCHOOL)
def show(waiting_letter_id: int) -> ResponseReturnValue:
    """A letter that waits; the form gives it back with a kind word."""
    letter, form = _waiting(waiting_letter_id), KindWordForm()
    if form.validate_on_submit():
        try:
            transact(handing.give_back, waiting_letter_id, form.words.data, by=principal().actor, at=now())
        except Problem as problem:
            form.refuse(problem)
        else:
            flash(_("Given back with your word."), "pine")
            return redirect(url_for(".index"), 303)
    note_look("open_letter", letter.id, whose_of([letter.writer]))
    words = writing.words_of(letter)
    page = {
        "letter": letter,
        "words": words,
        "hints": handing.what_to_look_at(words),
        "has_account": has_account(letter.reader_id),
    }
    return render_template("pairing/teacher_letter.html", form=form, **page), form.status, {"Cache-Control": "no-store"}


@bp.post("/<int:waiting_letter_id>/handing-on")
@allow(Role.STAFF, Role.SCHOOL)
def hand_on(waiting_letter_id: int) -> ResponseReturnValue:
    """Hand a letter on."""
    letter = _waiting(waiting_letter_id)
    try:
        transact(handing.hand_on, letter.id, by=principal().actor, at=now())
    except Problem as problem:
        flash(problem.message, "bad")
    else:
        flash(_("Handed on. From now on only the two families read it."), "pine")
    return redirect(url_for(".index"), 303)


@bp.route("/worries/<int:worry_id>", methods=["GET", "POST"])
@allow(Role.STAFF, Role.SCHOOL)
def worry(worry_id: int) -> ResponseReturnValue:
    """The letter that troubled somebody, for the protection contact; the form says what was done."""
    told, form = get_or_404(worries.worries_for(principal()), worry_id), AnswerForm()
    if form.validate_on_submit():
        transact(worries.answer, worry_id, form.words.data, by=principal().actor, at=now())
        flash(_("Written down. The two can write to each other again; end the pair if they should not."), "pine")
        return redirect(url_for(".index"), 303)
    letter = told.letter
    note_look("open_letter", letter.id, whose_of([letter.writer, letter.reader]))
    page = {"told": told, "letter": letter, "words": writing.words_of(letter), "said": worries.said_in(told)}
    return render_template("pairing/teacher_worry.html", form=form, **page), form.status, {"Cache-Control": "no-store"}


def _waiting(waiting_letter_id: int) -> OpenLetter:
    return get_or_404(queries.letters_to_hand_on(principal()), waiting_letter_id)
