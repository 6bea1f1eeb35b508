"""What the organiser does for one of a published round: find another partner, write down what was said on the phone."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import Role, allow, principal
from app.core.audit import note_look
from app.core.clock import now
from app.core.db import transact
from app.core.finding import get_or_404, read_id_or_none
from app.core.problems import Problem
from app.pairing import queries
from app.pairing.accepting.calling import Called, write_call
from app.pairing.accepting.candidates import SHOWN, candidates_for
from app.pairing.accepting.forms import NEW_GUARDIAN, YOUTH, CallForm
from app.pairing.accepting.needed import is_minor
from app.pairing.accepting.rearranging import pair_anew
from app.pairing.models import PairingMember
from app.pairing.states import PairAnswer
from app.pairing.words import RULES
from app.people.consents.guardians import GuardianWords, guardians_of
from app.people.consents.models import GuardianRelation
from app.people.consents.words import RELATIONS
from app.people.whose import whose_of

bp = Blueprint("pairing_members", __name__, url_prefix="/desk/pairing/members/<int:member_id>")


@bp.route("/partner", methods=["GET", "POST"])
@allow(Role.STAFF)
def find_partner(member_id: int) -> ResponseReturnValue:
    """Who could be the new partner, the best first; the form below makes them a pair."""
    member = _member(member_id)
    if request.method == "GET":
        return _candidates(member)
    chosen = read_id_or_none(request.form.get("other"))
    if chosen is None:
        return _candidates(member, _("Please choose with whom."))
    other = get_or_404(queries.members_run_by(principal()), chosen)
    try:
        pair = transact(pair_anew, member_id, other.id, by=principal().actor, at=now())
    except Problem as problem:
        return _candidates(member, problem.message)
    flash(_("Pair %(number)s is made; both families are told.", number=pair.number), "pine")
    return redirect(url_for("pairing_acceptance.index", round_id=pair.round_id), 303)


@bp.route("/call", methods=["GET", "POST"])
@allow(Role.STAFF)
def call(member_id: int) -> ResponseReturnValue:
    """Write down what a guardian, or the young person, said on the phone."""
    member, form, at = _member(member_id), CallForm(), now()
    known = [one for one in guardians_of(member.person_id) if one.may_consent]
    names = [(one.id, f"{one.contact.name if one.contact else '–'} · {RELATIONS[one.relation]}") for one in known]
    form.offer(member.round.way, names if is_minor(member, at=at) else [], is_minor=is_minor(member, at=at))
    round_id = member.round_id
    if form.validate_on_submit():
        try:
            transact(write_call, member_id, _called(form), by=principal().actor, at=at)
        except Problem as problem:
            form.refuse(problem)
        else:
            flash(_("Written down."), "pine")
            return redirect(url_for("pairing_acceptance.index", round_id=round_id), 303)
    note_look("pairing_member", member_id, whose_of([member.person]))
    return render_template("pairing/call.html", member=member, form=form, known=known), form.status


def _called(form: CallForm) -> Called:
    who = form.who.data
    words = GuardianWords(form.name.data, GuardianRelation(form.relation.data)) if who == NEW_GUARDIAN else None
    known = who if who not in {NEW_GUARDIAN, YOUTH} else None
    return Called(PairAnswer(form.answer.data), form.reason.data, known, words, form.contact.data)


def _candidates(member: PairingMember, fault: str = "") -> ResponseReturnValue:
    found = candidates_for(member) if member.round.published_at else []
    page = {"member": member, "found": found[:SHOWN], "count": len(found), "rules": RULES, "fault": fault}
    return render_template("pairing/partner.html", **page), 422 if fault else 200


def _member(member_id: int) -> PairingMember:
    return get_or_404(queries.members_run_by(principal()), member_id)
