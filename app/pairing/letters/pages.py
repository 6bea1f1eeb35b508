"""The family's page of letters (写信): who reads it first stands above the first word."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import Role, allow, principal
from app.core.clock import now
from app.core.db import db, transact
from app.core.finding import get_or_404, read_id_or_none
from app.core.problems import Problem
from app.pairing.accepting.queries import members_of
from app.pairing.accepting.shown import linked
from app.pairing.journal.forms import OwnEntryForm
from app.pairing.journal.pages import noting_member
from app.pairing.journal.queries import entries_of_pair
from app.pairing.journal.words import what_of
from app.pairing.letters import queries, worries, writing
from app.pairing.letters.forms import LetterForm, WorryForm
from app.pairing.letters.models import LetterState, OpenLetter
from app.pairing.letters.problems import LetterGone
from app.pairing.letters.showing import first_names, shown_letters
from app.pairing.letters.words import STATES
from app.pairing.models import Pair, PairingMember

bp = Blueprint("pair_letters", __name__)


@bp.route("/pairs/<int:own_pair_id>/letters", methods=["GET", "POST"])
@allow(Role.SIGNED_IN)
def index(own_pair_id: int) -> ResponseReturnValue:
    """The letters of a pair; the form keeps one, or gives it to the teacher."""
    pair = get_or_404(queries.pairs_with_letters(principal().actor), own_pair_id)
    member = db.session.scalars(members_of(principal().actor, pair.id)).first()
    form = _form(pair, member)
    if member is not None and form.validate_on_submit():
        hands_in = "keep" not in request.form
        operation = writing.hand_in if hands_in else writing.keep
        said = member.id, form.partner_id.data, form.words.data
        try:
            transact(operation, *said, by=principal().actor, at=now())
        except Problem as problem:
            form.refuse(problem)
        else:
            flash(
                _("Your teacher has it now, and hands it on.") if hands_in else _("Kept. Nobody else reads it."), "pine"
            )
            return redirect(url_for(".index", own_pair_id=own_pair_id), 303)
    return _page(pair, member, form)


@bp.post("/letters/<int:own_letter_id>/withdrawal")
@allow(Role.SIGNED_IN)
def take_back(own_letter_id: int) -> ResponseReturnValue:
    """Take a letter back that the teacher still has."""
    letter = _written(own_letter_id)
    try:
        transact(writing.take_back, letter.id, by=principal().actor, at=now())
    except Problem as problem:
        flash(problem.message, "bad")
    else:
        flash(_("It is a draft again."), "pine")
    return redirect(_address(letter), 303)


@bp.post("/letters/<int:own_letter_id>/deletion")
@allow(Role.SIGNED_IN)
def drop(own_letter_id: int) -> ResponseReturnValue:
    """Throw a draft away, or a letter that was given back."""
    letter = _written(own_letter_id)
    address = _address(letter)
    try:
        transact(writing.drop, letter.id)
    except Problem as problem:
        flash(problem.message, "bad")
    else:
        flash(_("Thrown away."), "gold")
    return redirect(address, 303)


@bp.route("/letters/<int:received_id>/worry", methods=["GET", "POST"])
@allow(Role.SIGNED_IN)
def worry(received_id: int) -> ResponseReturnValue:
    """「我看了不舒服」: turn to the protection contact with this letter."""
    letter, form = get_or_404(queries.letters_received(principal().actor), received_id), WorryForm()
    if form.validate_on_submit():
        try:
            transact(worries.worry, letter.id, form.words.data, by=principal().actor, at=now())
        except LetterGone as problem:
            form.refuse(problem)
        else:
            flash(
                _("Thank you for saying so. Your protection contact reads it now, and nobody writes until then."),
                "pine",
            )
            return redirect(_address(letter), 303)
    contact = worries.contact_for(letter)
    return render_template("pairing/worry.html", letter=letter, form=form, contact=contact), form.status


def _form(pair: Pair, member: PairingMember | None) -> LetterForm:
    partners = linked(pair, member) if member else []
    draft = queries.unfinished_of(principal().actor, pair.id) if member else None
    chosen = next((one.id for one in partners if draft and one.person_id == draft.reader_id), None)
    form = LetterForm(data={"words": writing.words_of(draft) if draft else "", "partner_id": chosen})
    form.offer(partners, first_names(partners))
    return form


def _page(pair: Pair, member: PairingMember | None, form: LetterForm) -> ResponseReturnValue:
    after = read_id_or_none(request.args.get("after"))
    letters, following = queries.letters_of_pair(principal().actor, pair.id, after)
    page = {
        "pair": pair,
        "form": form,
        "hands": writing.hands_of(member) if member else None,
        "letters": shown_letters(letters, queries.family_of(principal().actor)),
        "draft": next((one for one in letters if one.state is LetterState.DRAFT), None),
        "returned": next((one for one in letters if one.state is LetterState.RETURNED), None),
        "kind_word_of": writing.kind_word_of,
        "states": STATES,
        "following": following,
        "after": after,
        "entries": [(entry, what_of(entry)) for entry in entries_of_pair(pair.id)],
        "own_entry": OwnEntryForm(formdata=None) if noting_member(pair.id) else None,
        "by": principal().actor,
    }
    return render_template("pairing/letters.html", **page), form.status, {"Cache-Control": "no-store"}


def _written(letter_id: int) -> OpenLetter:
    return get_or_404(queries.letters_written(principal().actor), letter_id)


def _address(letter: OpenLetter) -> str:
    return url_for("pair_letters.index", own_pair_id=letter.pair_id)
