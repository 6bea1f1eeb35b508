"""The guardian's page about a pair, behind a link or a private page: no account is needed."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.care.consents import asking
from app.care.consents.forms import SignedForm
from app.care.consents.models import GuardianLink
from app.care.pairs import operations
from app.care.pairs.asked import AskedPair, pairs_asked
from app.care.pairs.forms import PairAnswerForm
from app.care.pairs.operations import PairSaid
from app.core.access import public
from app.core.clock import now
from app.core.codes import read_code
from app.core.db import transact
from app.core.finding import read_id
from app.core.problems import Problem
from app.pairing.accepting.forms import ContactForm, ReasonForm
from app.pairing.letters.writing import teacher_of
from app.pairing.states import PairAnswer
from app.people.consents.guardians import GuardianWords

bp = Blueprint("guardian_pairs", __name__, url_prefix="/G/<guardian_page>/pair")
_PRIVATE = {"Cache-Control": "no-store"}


@bp.route("", methods=["GET", "POST"])
@public
def show(guardian_page: str) -> ResponseReturnValue:
    """Whom the child would be paired with; whoever comes by a link signs with a typed name."""
    link = _open_link(guardian_page)
    if link is None:
        return _over()
    form = PairAnswerForm()
    if not link.is_page and form.validate_on_submit():
        said = PairSaid(form.ask.data or 0, PairAnswer(form.answer.data), form.reason.data)
        words = GuardianWords(form.name.data, form.guardian_relation)
        try:
            made = transact(operations.answer_by_link, link.id, said, words, at=now())
        except Problem as problem:
            form.refuse(problem)
        else:
            flash(_("Thank you. Keep this page: here you see and change what you have said."), "pine")
            return redirect(url_for(".show", guardian_page=asking.code_of(made)), 303)
    return _page(link, guardian_page, form)


@bp.post("/acceptance")
@public
def accept(guardian_page: str) -> ResponseReturnValue:
    """Accept the partner, on the private page."""
    said = PairSaid(_asked_number(), PairAnswer.ACCEPTED)
    return _done(
        guardian_page, lambda one: transact(operations.answer_on_page, one.id, said, at=now()), _("Noted: yes.")
    )


@bp.route("/another", methods=["GET", "POST"])
@public
def ask_another(guardian_page: str) -> ResponseReturnValue:
    """Ask for another partner, on the private page."""

    def ask(one: GuardianLink, reason: str) -> None:
        said = PairSaid(_asked_number(), PairAnswer.ANOTHER, reason)
        transact(operations.answer_on_page, one.id, said, at=now())

    done = _("Noted. The teacher arranges it anew; the other side does not learn who asked, or why.")
    return _with_reason(guardian_page, "pairing/another.html", ask, done)


@bp.route("/objection", methods=["GET", "POST"])
@public
def object_to(guardian_page: str) -> ResponseReturnValue:
    """Object to a pair by class: by link or on the private page, without a name."""

    def say(one: GuardianLink, reason: str) -> None:
        transact(operations.object_by_link, one.id, _asked_number(), reason, at=now())

    return _with_reason(
        guardian_page, "pairing/objection.html", say, _("Noted. Your child is out of this pair; nobody asks why.")
    )


@bp.post("/contact")
@public
def share_contact(guardian_page: str) -> ResponseReturnValue:
    """Agree that the other family sees how to reach this one."""
    link, form = _open_link(guardian_page), ContactForm()
    if link is None:
        return _over()
    if not form.validate_on_submit():
        return _page(link, guardian_page, PairAnswerForm(formdata=None), form)

    def share(one: GuardianLink) -> None:
        transact(operations.share_on_page, one.id, _asked_number(), form.words(), at=now())

    done = _("Noted. The other family sees it once both have agreed, and you can take it back here.")
    return _done(guardian_page, share, done)


@bp.post("/contact/removal")
@public
def take_contact_back(guardian_page: str) -> ResponseReturnValue:
    """Show it no more, and keep nothing of it."""
    done = _("Taken back: nobody sees it any more, and it is deleted.")
    return _done(
        guardian_page, lambda one: transact(operations.take_back_on_page, one.id, _asked_number(), at=now()), done
    )


def _with_reason(
    code: str, template: str, operation: Callable[[GuardianLink, str], None], done: str
) -> ResponseReturnValue:
    link = _open_link(code)
    if link is None:
        return _over()
    standing = (one for one in pairs_asked(link, at=now()) if one.own)
    one = next((one for one in standing if one.ask.id == _asked_number()), None)
    if one is None:
        return redirect(url_for(".show", guardian_page=code), 303)
    form = ReasonForm()
    if form.validate_on_submit():
        return _done(code, lambda its: operation(its, form.reason.data), done)
    where = url_for(request.endpoint or "", guardian_page=code, ask=one.ask.id), url_for(".show", guardian_page=code)
    page = render_template(template, form=form, member=one.member, where=where)
    return page, form.status, _PRIVATE


def _done(code: str, operation: Callable[[GuardianLink], None], words: str) -> ResponseReturnValue:
    link = _open_link(code)
    if link is None:
        return _over()
    try:
        operation(link)
    except Problem as problem:
        flash(problem.message, "bad")
    else:
        flash(words, "pine")
    return redirect(url_for(".show", guardian_page=code), 303)


def _page(link: GuardianLink, code: str, form: SignedForm, contact: ContactForm | None = None) -> ResponseReturnValue:
    shown = {
        "link": link,
        "code": code,
        "asked": pairs_asked(link, at=now()),
        "addresses": lambda one: _addresses(one, code),
        "form": form,
        "contact": contact or ContactForm(formdata=None),
        "teacher_of": teacher_of,
    }
    status = max(form.status, contact.status if contact else 200)
    return render_template("care/guardian_pair.html", **shown), status, _PRIVATE


def _addresses(one: AskedPair, code: str) -> dict[str, object]:
    its: dict[str, Any] = {"guardian_page": code}
    return {
        "accept": url_for(".accept", **its),
        "another": url_for(".ask_another", **its, ask=one.ask.id),
        "objection": url_for(".object_to", **its, ask=one.ask.id),
        "contact": url_for(".share_contact", **its),
        "contact_removal": url_for(".take_contact_back", **its),
        "guardian": None,
        "ask": one.ask.id,
    }


def _open_link(code: str) -> GuardianLink | None:
    link = asking.known_link(read_code(code) or "")
    return link if link and link.is_open(now()) else None


def _asked_number() -> int:
    return request.values.get("ask", 0, read_id)


def _over() -> ResponseReturnValue:
    return render_template("care/guardian_over.html"), 404
