"""Sending a guardian the link, and the guardian's page behind it: no account, one short page."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts.sessions import browser_token
from app.care.consents import asking, codes, private_page
from app.care.consents.answering import host_of
from app.care.consents.forms import SignedForm, answer_form, extra, said_in, take
from app.care.consents.forwarding import words_for_parent
from app.care.consents.guardian_page import Signed, answer_link
from app.care.consents.models import GuardianLink
from app.care.consents.problems import NobodyToAsk
from app.care.consents.queries import Asked, asked_by
from app.care.pairs.asked import asks_about_pairs, pairs_asked
from app.core.access import Role, allow, principal, public
from app.core.clock import now
from app.core.codes import fingerprint, read_code
from app.core.db import transact
from app.core.finding import get_or_404, read_id
from app.core.languages import current_language
from app.core.links import public_url
from app.core.problems import Problem
from app.events.models import Event, Registration
from app.events.queries import registrations_of
from app.people.consents.notices import words_of
from app.people.models import Relation
from app.people.queries import acting_for

bp = Blueprint("guardians", __name__)


@bp.get("/registrations/<int:held_id>/guardian")
@allow(Role.SIGNED_IN)
def ask(held_id: int) -> ResponseReturnValue:
    """How to let a guardian answer: the link to send, or to open oneself."""
    registration = _own(held_id)
    actor, person_id = principal().actor, registration.person_id
    link, page = asking.open_link_of(actor, person_id, at=now()), asking.page_about(actor, person_id)
    relation = acting_for(actor, person_id).relation
    address = public_url(".page", guardian_link=asking.code_of(link)) if link else ""
    shown = {
        "link": link,
        "address": address,
        "words": words_for_parent(registration, address, is_own=relation is Relation.ONESELF),
        "is_parent": relation is Relation.CHILD,
        "page": url_for(".page", guardian_link=asking.code_of(page)) if page else None,
        "can_prove": page is not None and any(codes.can_prove(one) for one in page.asks if one.person_id == person_id),
    }
    return render_template("care/guardian_ask.html", registration=registration, **shown)


@bp.post("/registrations/<int:held_id>/guardian")
@allow(Role.SIGNED_IN)
def make_link(held_id: int) -> ResponseReturnValue:
    """Make the link for all of the family that waits; a second time it is the same."""
    _own(held_id)
    try:
        transact(asking.ask_family, principal().actor, browser_hash=_browser(), at=now())
    except NobodyToAsk as problem:
        flash(problem.message, "gold")
    return redirect(url_for(".ask", held_id=held_id), 303)


@bp.route("/G/<guardian_link>", methods=["GET", "POST"])
@public
def page(guardian_link: str) -> ResponseReturnValue:
    """家长回执: what is asked, or, on the private page, what was answered."""
    link = asking.known_link(read_code(guardian_link) or "")
    if link is None or not link.is_open(now()):
        return render_template("care/guardian_over.html"), 404
    if link.is_page:
        return private_page.show(link, guardian_link)
    if asks_about_pairs(link):
        return redirect(url_for("guardian_pairs.show", guardian_page=guardian_link), 303)
    asked = asked_by(link)
    waiting = [one for one in asked if one.is_held]
    form = answer_form(waiting)
    if waiting and form.validate_on_submit():
        answered = _answered(link, form, waiting)
        if answered:
            return answered
    called_off = [event for one in asked for event in one.called_off]
    return _short_page(link, form, waiting, called_off)


@bp.post("/G/<guardian_page>/code")
@public
def send(guardian_page: str) -> ResponseReturnValue:
    """Have a code sent to the phone that the school knows."""
    return _prove(guardian_page, lambda page_id, ask: transact(codes.send_code, page_id, ask, at=now()), _("Sent."))


@bp.post("/G/<guardian_page>/proof")
@public
def prove(guardian_page: str) -> ResponseReturnValue:
    """Type the code: then the answer counts."""
    digits = request.form.get("digits", "")
    done = _("Thank you, that is proven.")
    return _prove(guardian_page, lambda page_id, ask: codes.prove_counted(page_id, ask, digits, at=now()), done)


def _prove(guardian_page: str, act: Callable[[int, int], object], done: str) -> ResponseReturnValue:
    link = asking.known_link(read_code(guardian_page) or "")
    if link is None or not link.is_page or not link.is_open(now()):
        return render_template("care/guardian_over.html"), 404
    try:
        act(link.id, request.form.get("ask", 0, read_id))
    except Problem as problem:
        flash(problem.message, "bad")
    else:
        flash(done, "pine")
    return redirect(url_for(".page", guardian_link=guardian_page), 303)


def _answered(link: GuardianLink, form: SignedForm, waiting: list[Asked]) -> ResponseReturnValue | None:
    signed = Signed(form.name.data, form.guardian_relation, _browser())
    try:
        made = transact(answer_link, link.id, [said_in(form, one) for one in waiting], signed, at=now())
    except Problem as problem:
        form.refuse(problem)
        return None
    flash(_("Thank you. Keep this page: here you see and change what you have said."), "pine")
    return redirect(url_for(".page", guardian_link=asking.code_of(made)), 303)


def _short_page(
    link: GuardianLink, form: SignedForm, waiting: list[Asked], called_off: list[Event]
) -> ResponseReturnValue:
    letters = {
        host: words_of(host, current_language()) for host in dict.fromkeys(host_of(one.ask.scope) for one in waiting)
    }
    shown = {
        "pairs": pairs_asked(link, at=now()),
        "code": asking.code_of(link),
        "asked": waiting,
        "called_off": dict.fromkeys(called_off),
        "letters": letters,
        "take": take,
        "extra": extra,
        "until": link.expires_at,
    }
    return render_template("care/guardian_answer.html", form=form, **shown), form.status


def _own(registration_id: int) -> Registration:
    return get_or_404(registrations_of(principal().actor), registration_id)


def _browser() -> str:
    token = browser_token()
    return fingerprint(token) if token else ""
