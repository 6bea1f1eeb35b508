"""Who takes part in a round: from its programme, or from a list."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.access import Role, allow, principal
from app.core.audit import note_search
from app.core.clock import now
from app.core.db import transact
from app.core.finding import get_or_404, read_id_or_none
from app.core.problems import Problem
from app.core.searching import sealed_word, typed_word
from app.pairing import bonding, members, queries
from app.pairing.desk import the_round
from app.pairing.models import PairingMember, PairingRound
from app.pairing.people_forms import BondForm, ListForm
from app.people.whose import whose_of

bp = Blueprint("pairing_people", __name__, url_prefix="/desk/pairing")


@bp.route("/<int:round_id>/people", methods=["GET", "POST"])
@allow(Role.STAFF)
def index(round_id: int) -> ResponseReturnValue:
    """Who takes part, or who of them is looked for; the form below enters a list for one side."""
    one, name = the_round(round_id), typed_word(request.args.get("q"))[:60]
    if name and request.method == "GET":
        return _found(one, name)
    form = ListForm()
    form.offer(one)
    count = entered(form, round_id, members.enter)
    if count is None:
        return _page(one, form, BondForm(formdata=None))
    _say(count)
    return redirect(url_for(".index", round_id=round_id), 303)


def entered(form: ListForm, round_id: int, operation: Callable[..., int]) -> int | None:
    """Enter the list of a form; returns how many came, None where something has to be typed or mended first."""
    if not form.validate_on_submit():
        return None
    entries = form.found.entries
    try:
        return transact(operation, round_id, form.side.data, entries, by=principal().actor, at=now())
    except Problem as problem:
        form.refuse(problem)
        return None


@bp.post("/<int:round_id>/people/bonds")
@allow(Role.STAFF)
def bind(round_id: int) -> ResponseReturnValue:
    """Say of two people that they are always together, or never."""
    one, form = the_round(round_id), BondForm()
    if form.validate_on_submit():
        names, is_together = (form.first.data, form.second.data), form.kind.data == "always"
        try:
            transact(bonding.bind, round_id, *names, is_together=is_together, by=principal().actor, at=now())
        except Problem as problem:
            form.refuse(problem)
        else:
            flash(_("Noted. It holds when the round is paired the next time."), "pine")
            return redirect(url_for("pairing_desk.show", round_id=round_id), 303)
    people = ListForm(formdata=None)
    people.offer(one)
    return _page(one, people, form)


@bp.post("/<int:round_id>/people/programme")
@allow(Role.STAFF)
def take_from_programme(round_id: int) -> ResponseReturnValue:
    """Put everybody in who has a confirmed place in the round's programme."""
    the_round(round_id)
    try:
        count = transact(members.take_from_programme, round_id, by=principal().actor, at=now())
    except Problem as problem:
        flash(problem.message, "bad")
    else:
        _say(count)
    return redirect(url_for(".index", round_id=round_id), 303)


@bp.post("/members/<int:member_id>/removal")
@allow(Role.STAFF)
def take_out(member_id: int) -> ResponseReturnValue:
    """Let somebody not take part."""
    member = get_or_404(queries.members_run_by(principal()), member_id)
    round_id = member.round_id
    try:
        transact(members.take_out, member_id, by=principal().actor, at=now())
    except Problem as problem:
        flash(problem.message, "bad")
    return redirect(url_for(".index", round_id=round_id), 303)


def _found(one: PairingRound, name: str) -> str:
    people, following = _people(one, name)
    note_search("pairing_people", one.id, whose_of((member.person for member in people), "name"))
    page = {"one": one, "name": name, "word": sealed_word(name), "people": people, "following": following}
    return render_template("pairing/people_found.html", **page)


def _people(one: PairingRound, name: str = "") -> tuple[list[PairingMember], int | None]:
    """Return the page of people that is asked for, and after whom the next one starts."""
    found = queries.people_of(one, read_id_or_none(request.args.get("after")) or 0, name)
    people = found[: queries.PAIRS_SHOWN]
    return people, people[-1].id if len(found) > queries.PAIRS_SHOWN else None


def _page(one: PairingRound, form: ListForm, bond_form: BondForm) -> ResponseReturnValue:
    people, following = _people(one)
    page = {
        "one": one,
        "form": form,
        "bond_form": bond_form,
        "standing": queries.standing_of(one),
        "people": people,
        "following": following,
    }
    return render_template("pairing/people.html", **page), max(form.status, bond_form.status)


def _say(count: int) -> None:
    words = ngettext("%(num)d person more takes part.", "%(num)d people more take part.", count)
    flash(words, "pine" if count else "gold")
