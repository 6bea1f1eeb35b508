"""The organiser's page of a round's letters: who hands them on, whom one turns to, that there are some; never what
they say, but in an emergency."""

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts.models import User
from app.core.access import Role, allow, principal
from app.core.clock import now
from app.core.db import db, transact
from app.core.finding import get_or_404, read_id_or_none
from app.core.problems import Problem
from app.pairing.desk import the_round
from app.pairing.journal.groups import groups_of, told
from app.pairing.journal.operations import Group
from app.pairing.letters import opening, queries, readers
from app.pairing.letters.forms import AftercareForm, ReaderForm, ReasonForm
from app.pairing.letters.models import LetterReader
from app.pairing.letters.words import STATES
from app.pairing.models import PairingRound

bp = Blueprint("pair_letters_desk", __name__, url_prefix="/desk/pairing")


@bp.get("/<int:round_id>/letters")
@allow(Role.STAFF)
def index(round_id: int) -> ResponseReturnValue:
    """Who looks after a round's letters, and which there are."""
    one = the_round(round_id)
    return _page(one, _care_form(one), _reader_form(one))


@bp.post("/<int:round_id>/aftercare")
@allow(Role.STAFF)
def settle(round_id: int) -> ResponseReturnValue:
    """Name the protection contact, and say when a pair is silent."""
    one = the_round(round_id)
    form = _care_form(one)
    if form.validate_on_submit():
        said = form.protection_id.data or None, form.silent_days.data
        try:
            transact(readers.settle, round_id, *said, by=principal().actor, at=now())
        except Problem as problem:
            form.refuse(problem)
        else:
            flash(_("Saved."), "pine")
            return redirect(url_for(".index", round_id=round_id), 303)
    return _page(one, form, _reader_form(one, is_sent=False))


@bp.post("/<int:round_id>/readers")
@allow(Role.STAFF)
def name(round_id: int) -> ResponseReturnValue:
    """Let a teacher hand letters on."""
    one = the_round(round_id)
    form = _reader_form(one)
    if form.validate_on_submit():
        said = form.chosen, form.user_id.data, form.checked
        try:
            reader = transact(readers.name_reader, round_id, *said, by=principal().actor, at=now())
        except Problem as problem:
            form.refuse(problem)
        else:
            flash(*_named(reader.checked_on is not None))
            return redirect(url_for(".index", round_id=round_id), 303)
    return _page(one, _care_form(one, is_sent=False), form)


@bp.post("/readers/<int:reader_id>/removal")
@allow(Role.STAFF)
def drop(reader_id: int) -> ResponseReturnValue:
    """Let somebody hand on no more letters."""
    reader = get_or_404(queries.readers_run_by(principal()), reader_id)
    round_id = reader.round_id
    transact(readers.drop_reader, reader_id, by=principal().actor, at=now())
    flash(_("Removed. Letters that waited go to whoever is in charge now."), "gold")
    return redirect(url_for(".index", round_id=round_id), 303)


@bp.route("/letters/<int:letter_id>/opening", methods=["GET", "POST"])
@allow(Role.STAFF)
def open_one(letter_id: int) -> ResponseReturnValue:
    """An emergency: what a letter says, on the answer to this one form alone."""
    letter, form, words = get_or_404(queries.letters_run_by(principal()), letter_id), ReasonForm(), None
    if form.validate_on_submit():
        try:
            words = transact(opening.open_in_emergency, letter_id, form.reason.data, by=principal().actor, at=now())
        except Problem as problem:
            form.refuse(problem)
    page = {"letter": letter, "form": form, "words": words}
    return render_template("pairing/letter_opening.html", **page), form.status, {"Cache-Control": "no-store"}


def _page(one: PairingRound, care_form: AftercareForm, reader_form: ReaderForm) -> ResponseReturnValue:
    after = read_id_or_none(request.args.get("after"))
    letters, following = queries.page_of_round(principal(), one.id, after)
    ids = [letter.id for letter in letters]
    page = {
        "one": one,
        "protection": readers.protection_of(one.id),
        "at_work": {reader.id for reader in readers.readers_at_work(one.id)},
        "care_form": care_form,
        "reader_form": reader_form,
        "readers": [(_whose(reader, one), reader) for reader in readers.readers_of(one.id)],
        "letters": letters,
        "states": STATES,
        "counts": queries.states_of(one.id),
        "openings": queries.openings_of(ids),
        "worried": queries.worried_in(ids),
        "following": following,
        "after": after,
    }
    return render_template("pairing/letters_desk.html", **page), max(care_form.status, reader_form.status)


def _whose(reader: LetterReader, one: PairingRound) -> str:
    return told(Group(reader.side, reader.school, reader.class_name), one)


def _helpers(one: PairingRound) -> Sequence[User]:
    return db.session.scalars(readers.who_may_help(one).limit(500)).all()


def _care_form(one: PairingRound, *, is_sent: bool = True) -> AftercareForm:
    care = readers.aftercare_of(one.id)
    known = {"protection_id": care.protection_id or 0, "silent_days": care.silent_days}
    form = AftercareForm(data=known) if is_sent else AftercareForm(formdata=None, data=known)
    form.offer(_helpers(one))
    return form


def _reader_form(one: PairingRound, *, is_sent: bool = True) -> ReaderForm:
    form = ReaderForm() if is_sent else ReaderForm(formdata=None)
    form.offer(one, groups_of(one), _helpers(one))
    return form


def _named(is_checked: bool) -> tuple[str, str]:
    if is_checked:
        return _("Saved."), "pine"
    words = _("Saved. Nobody has looked up yet whether this person has a record of offences: please do, and enter it.")
    return words, "gold"
