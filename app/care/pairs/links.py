"""The link about a pair that the organiser or the young person sends to a guardian."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.accounts.sessions import browser_token
from app.care.consents import asking
from app.core.access import Role, allow, principal
from app.core.clock import now
from app.core.codes import fingerprint
from app.core.db import transact
from app.core.finding import get_or_404
from app.core.links import public_url
from app.pairing import queries
from app.pairing.accepting.pages import the_member
from app.pairing.accepting.queries import is_shown
from app.pairing.journal.groups import own_members
from app.pairing.models import Pair, PairingMember
from app.people.consents.scopes import pairing_scope

bp = Blueprint("pair_links", __name__)


@bp.get("/pairs/<int:own_pair_id>/guardian")
@allow(Role.SIGNED_IN)
def ask(own_pair_id: int) -> ResponseReturnValue:
    """How to let a guardian answer: the link to send."""
    member = the_member(own_pair_id)
    make = url_for(".make", own_pair_id=own_pair_id, member=member.id)
    return _page(member, make, url_for("pairs.show", own_pair_id=own_pair_id), "care/pair_link.html")


@bp.post("/pairs/<int:own_pair_id>/guardian")
@allow(Role.SIGNED_IN)
def make(own_pair_id: int) -> ResponseReturnValue:
    """Make the link; a second time it is the same."""
    member = the_member(own_pair_id)
    _make(member)
    return redirect(url_for(".ask", own_pair_id=own_pair_id, member=member.id), 303)


@bp.get("/desk/pairing/members/<int:shown_member_id>/guardian")
@allow(Role.STAFF)
def ask_for(shown_member_id: int) -> ResponseReturnValue:
    """The same for the organiser."""
    member = _run(shown_member_id)
    back = url_for("pairing_acceptance.index", round_id=member.round_id)
    return _page(member, url_for(".make_for", shown_member_id=shown_member_id), back, "care/pair_link_desk.html")


@bp.post("/desk/pairing/members/<int:shown_member_id>/guardian")
@allow(Role.STAFF)
def make_for(shown_member_id: int) -> ResponseReturnValue:
    """Make it."""
    _make(_run(shown_member_id))
    return redirect(url_for(".ask_for", shown_member_id=shown_member_id), 303)


@bp.get("/school/pairing/members/<int:own_member_id>/guardian")
@allow(Role.SCHOOL)
def ask_for_pupil(own_member_id: int) -> ResponseReturnValue:
    """The same for the pupil's school."""
    member = _own(own_member_id)
    back = url_for("school_acceptance.index", shared_round_id=member.round_id)
    return _page(member, url_for(".make_for_pupil", own_member_id=own_member_id), back, "care/pair_link_desk.html")


@bp.post("/school/pairing/members/<int:own_member_id>/guardian")
@allow(Role.SCHOOL)
def make_for_pupil(own_member_id: int) -> ResponseReturnValue:
    """Make it."""
    _make(_own(own_member_id))
    return redirect(url_for(".ask_for_pupil", own_member_id=own_member_id), 303)


def _own(member_id: int) -> PairingMember:
    shown = own_members(principal()).join(Pair, Pair.id == PairingMember.pair_id).where(is_shown())
    return get_or_404(shown, member_id)


def _run(member_id: int) -> PairingMember:
    shown = queries.members_run_by(principal()).join(Pair, Pair.id == PairingMember.pair_id).where(is_shown())
    return get_or_404(shown, member_id)


def _make(member: PairingMember) -> None:
    token = browser_token()
    browser, until = fingerprint(token) if token else "", member.pair.answer_by if member.pair else None
    whose = member.person_id, member.round_id, max(until or now(), now() + asking.LEAST)
    transact(asking.ask_about_pair, *whose, by=principal().actor, browser_hash=browser, at=now())


def _page(member: PairingMember, make_at: str, back: str, template: str) -> ResponseReturnValue:
    link = asking.open_link_of(principal().actor, member.person_id, at=now())
    has_it = link is not None and pairing_scope(member.round_id) in {one.scope for one in link.asks}
    address = public_url("guardian_pairs.show", guardian_page=asking.code_of(link)) if link and has_it else None
    page = {"member": member, "link": link, "address": address, "make_at": make_at, "back": back}
    return render_template(template, **page)
