"""What the organiser does to single pairs: lock, part, let two change places."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import Role, allow, principal
from app.core.clock import now
from app.core.db import transact
from app.core.finding import get_or_404, read_id_or_none
from app.core.problems import Problem
from app.core.searching import typed_word
from app.pairing import arranging, queries
from app.pairing.drafts import draft_of
from app.pairing.exchanges import SHOWN, Exchange, exchanges_of
from app.pairing.models import Pair, PairingMember
from app.pairing.words import RULES

bp = Blueprint("pairing_arranging", __name__, url_prefix="/desk/pairing")


@bp.post("/pairs/<int:pair_id>/lock")
@allow(Role.STAFF)
def lock(pair_id: int) -> ResponseReturnValue:
    """Let a pair stay when the rest is paired anew."""
    return _done(_pair(pair_id), arranging.lock, _("Locked."))


@bp.post("/pairs/<int:pair_id>/unlocking")
@allow(Role.STAFF)
def unlock(pair_id: int) -> ResponseReturnValue:
    """Let a pair be paired anew."""
    return _done(_pair(pair_id), arranging.unlock, _("Unlocked."))


@bp.post("/pairs/<int:pair_id>/parting")
@allow(Role.STAFF)
def part(pair_id: int) -> ResponseReturnValue:
    """Part a pair for good."""
    return _done(_pair(pair_id), arranging.part, _("Parted. They are not paired with each other again."))


@bp.post("/bonds/<int:bond_id>/removal")
@allow(Role.STAFF)
def allow_again(bond_id: int) -> ResponseReturnValue:
    """Let two be paired again."""
    bond = get_or_404(queries.bonds_run_by(principal()), bond_id)
    round_id = bond.round_id
    try:
        transact(arranging.allow, bond_id, by=principal().actor, at=now())
    except Problem as problem:
        flash(problem.message, "bad")
    return redirect(url_for("pairing_desk.show", round_id=round_id), 303)


@bp.route("/members/<int:member_id>/exchange", methods=["GET", "POST"])
@allow(Role.STAFF)
def exchange(member_id: int) -> ResponseReturnValue:
    """With whom somebody might change places, the best first; the form below does it."""
    member = get_or_404(queries.members_run_by(principal()), member_id)
    if request.method == "GET":
        return _ways(member)
    chosen = read_id_or_none(request.form.get("other"))
    if chosen is None:
        return _ways(member, _("Please choose with whom."))
    other = get_or_404(queries.members_run_by(principal()), chosen)
    is_new = member.pair_id is None and other.pair_id is None
    try:
        pair = transact(
            arranging.join if is_new else arranging.swap, member_id, other.id, by=principal().actor, at=now()
        )
    except Problem as problem:
        return _ways(member, problem.message)
    flash(_("Paired and locked.") if is_new else _("They have changed places; their pairs are locked."), "pine")
    return redirect(_address(pair), 303)


def _ways(member: PairingMember, fault: str = "") -> ResponseReturnValue:
    one = member.round
    wanted = typed_word(request.args.get("q"))
    everybody = queries.everybody_of(one)
    found = [way for way in exchanges_of(member, everybody, draft_of(one)) if _is_wanted(way, wanted)]
    page = {
        "one": one,
        "member": member,
        "back": _address(member.pair) if member.pair else url_for("pairing_desk.show", round_id=one.id),
        "is_locked": member.pair is not None and member.pair.locked_at is not None,
        "ways": found[:SHOWN],
        "count": len(found),
        "wanted": wanted,
        "fault": fault,
        "rules": RULES,
    }
    return render_template("pairing/exchange.html", **page), 422 if fault else 200


def _is_wanted(way: Exchange, wanted: str) -> bool:
    person = way.member.person
    return not wanted or wanted in person.name or person.name_initials.startswith(wanted.casefold())


def _pair(pair_id: int) -> Pair:
    return get_or_404(queries.pairs_run_by(principal()), pair_id)


def _done(pair: Pair, operation: Any, words: str) -> ResponseReturnValue:
    address = _address(pair)
    try:
        transact(operation, pair.id, by=principal().actor, at=now())
    except Problem as problem:
        flash(problem.message, "bad")
    else:
        flash(words, "pine")
    return redirect(address, 303)


def _address(pair: Pair) -> str:
    """Return the page on which a pair is, at the pair."""
    after = (pair.number - 1) // queries.PAIRS_SHOWN * queries.PAIRS_SHOWN
    return url_for("pairing_desk.show", round_id=pair.round_id, after=after or None, _anchor=f"pair-{pair.number}")
