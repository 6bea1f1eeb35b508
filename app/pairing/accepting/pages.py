"""The family's page of a pair (我的结对): who it is with, and what is to be said about it."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import Role, allow, principal
from app.core.clock import now
from app.core.db import transact
from app.core.finding import get_or_404, read_id_or_none
from app.core.problems import Problem
from app.pairing.accepting import answering, contacts, queries
from app.pairing.accepting.family import OwnPair, from_account, own_pairs
from app.pairing.accepting.forms import ContactForm, ReasonForm
from app.pairing.models import Pair, PairingMember

bp = Blueprint("pairs", __name__, url_prefix="/pairs/<int:own_pair_id>")


@bp.get("")
@allow(Role.SIGNED_IN)
def show(own_pair_id: int) -> ResponseReturnValue:
    """A pair of oneself or one's child."""
    return page(the_pair(own_pair_id))


@bp.post("/acceptance")
@allow(Role.SIGNED_IN)
def accept(own_pair_id: int) -> ResponseReturnValue:
    """Say yes to the partner."""
    return _said(own_pair_id, answering.accept, _("Noted: yes."))


@bp.route("/another", methods=["GET", "POST"])
@allow(Role.SIGNED_IN)
def ask_another(own_pair_id: int) -> ResponseReturnValue:
    """Ask the organiser for another partner; why need not be said."""
    done = _("Noted. The teacher arranges it anew; the other side does not learn who asked, or why.")
    return _with_reason(own_pair_id, "pairing/another.html", answering.ask_another, done)


@bp.route("/objection", methods=["GET", "POST"])
@allow(Role.SIGNED_IN)
def object_to(own_pair_id: int) -> ResponseReturnValue:
    """Object to a pair by class: it is over for this one at once."""
    done = _("Noted. You are out of this pair; nobody asks why.")
    return _with_reason(own_pair_id, "pairing/objection.html", answering.object_to, done)


@bp.post("/contact")
@allow(Role.SIGNED_IN)
def share_contact(own_pair_id: int) -> ResponseReturnValue:
    """Agree that the other family sees how to reach this one."""
    member, form = the_member(own_pair_id), ContactForm()
    if form.validate_on_submit():
        try:
            by, at = principal().actor, now()
            transact(from_account, contacts.share, own_pair_id, member.id, form.words(), by=by, at=at)
        except Problem as problem:
            form.refuse(problem)
        else:
            flash(_("Noted. The other family sees it once both have agreed, and you can take it back here."), "pine")
            return redirect(url_for(".show", own_pair_id=own_pair_id), 303)
    return page(the_pair(own_pair_id), form), form.status


@bp.post("/contact/removal")
@allow(Role.SIGNED_IN)
def take_contact_back(own_pair_id: int) -> ResponseReturnValue:
    """Show it no more, and keep nothing of it."""
    member = the_member(own_pair_id)
    transact(contacts.take_back, own_pair_id, member.id)
    flash(_("Taken back: nobody sees it any more, and it is deleted."), "pine")
    return redirect(url_for(".show", own_pair_id=own_pair_id), 303)


def the_pair(own_pair_id: int) -> Pair:
    """Return a pair that families see, of whoever asks or of their children."""
    return get_or_404(queries.pairs_visible_to(principal().actor), own_pair_id)


def the_member(own_pair_id: int) -> PairingMember:
    """Return for whom somebody answers: whom the form names, or else the only one there is."""
    the_pair(own_pair_id)
    own = queries.members_of(principal().actor, own_pair_id)
    return get_or_404(own, read_id_or_none(request.values.get("member")) or queries.first_of(own))


def page(pair: Pair, contact: ContactForm | None = None) -> str:
    """Return the page of a pair."""
    shown_here = own_pairs(pair, principal().actor, at=now())
    shown = {
        "own": [one.member for one in shown_here],
        "own_pairs": shown_here,
        "addresses": _addresses,
        "contact": contact or ContactForm(formdata=None),
    }
    return render_template("pairing/pair.html", pair=pair, **shown)


def _with_reason(own_pair_id: int, template: str, operation: Callable[..., object], done: str) -> ResponseReturnValue:
    member, form = the_member(own_pair_id), ReasonForm()
    if form.validate_on_submit():
        return _said(own_pair_id, operation, done, form.reason.data)
    send = url_for(request.endpoint or "", own_pair_id=own_pair_id, member=member.id)
    where = send, url_for(".show", own_pair_id=own_pair_id)
    return render_template(template, form=form, member=member, where=where), form.status


def _addresses(one: OwnPair) -> dict[str, str | None]:
    """Return where a family's buttons lead."""
    its: dict[str, Any] = {"own_pair_id": one.pair.id}
    return {
        "accept": url_for(".accept", **its),
        "another": url_for(".ask_another", **its, member=one.member.id),
        "objection": url_for(".object_to", **its, member=one.member.id),
        "contact": url_for(".share_contact", **its),
        "contact_removal": url_for(".take_contact_back", **its),
        "guardian": url_for("pair_links.ask", **its, member=one.member.id) if not one.is_guardian else None,
        "ask": None,
    }


def _said(own_pair_id: int, operation: Callable[..., object], done: str, *words: object) -> ResponseReturnValue:
    member, back = the_member(own_pair_id), url_for(".show", own_pair_id=own_pair_id)
    try:
        transact(from_account, operation, own_pair_id, member.id, *words, by=principal().actor, at=now())
    except Problem as problem:
        flash(problem.message, "bad")
    else:
        flash(done, "pine")
    is_seen = queries.sees(principal().actor, own_pair_id)
    return redirect(back if is_seen else url_for("pages.mine"), 303)
