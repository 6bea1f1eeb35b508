"""家长页面: what a guardian answered, changed one thing at a time, taken back after a page that says what happens."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts.sessions import browser_token
from app.care.consents import asking, codes, opening
from app.care.consents.guardian_page import change_purpose, withdraw_on_page
from app.care.consents.models import GuardianLink
from app.care.consents.page_facts import Child, children_on, purposes_of
from app.care.consents.private_forms import CollectorForm
from app.care.consents.problems import NothingToChange
from app.core.access import public
from app.core.clock import local_day, now
from app.core.codes import fingerprint, read_code
from app.core.db import transact
from app.core.finding import read_id
from app.core.problems import Problem
from app.people.consents.models import Purpose
from app.people.consents.words import PURPOSES, STRENGTHS

bp = Blueprint("private_page", __name__, url_prefix="/G/<guardian_page>")


@bp.post("/purposes")
@public
def change(guardian_page: str) -> ResponseReturnValue:
    """Say yes or no to one purpose."""
    return act(guardian_page, _change, _("Changed."))


@bp.route("/withdrawal", methods=["GET", "POST"])
@public
def withdraw(guardian_page: str) -> ResponseReturnValue:
    """Take part no longer: first what happens then, and who it is about; then the place goes to the next in line."""
    page = open_page_of(guardian_page)
    if page is None:
        return over()
    if request.method == "POST":
        if transact(withdraw_on_page, page.id, asked_number(), at=now()):
            flash(_("Withdrawn. The place goes to the next in line; nobody asks why."), "pine")
        return redirect(address(guardian_page), 303)
    wanted = request.args.get("ask", 0, read_id)
    held = [one for child in children_on(page) for one in child.asked if one.consent or one.is_covered]
    shown = {"asked": [one for one in held if one.ask.id == wanted] or held, "code": guardian_page}
    return render_template("care/guardian_withdrawal.html", **shown), {"Cache-Control": "no-store"}


@bp.post("/opening")
@public
def open_up(guardian_page: str) -> ResponseReturnValue:
    """Prove by the digits that staff read out whose page it is."""
    digits = request.form.get("digits", "")
    done = _("Thank you. Now everything about your child is open to you here.")
    return act(guardian_page, lambda page_id, ask: opening.open_counted(page_id, ask, digits, at=now()), done)


def show(page: GuardianLink, code: str, form: CollectorForm | None = None) -> ResponseReturnValue:
    """Return the page of a guardian who has answered; ``form`` is one that has to be mended."""
    children = children_on(page)
    shown = {
        "children": children,
        "forms": {one.ask.id: _form_of(one, form) for one in children if one.whole},
        "code": code,
        "today": local_day(now()),
        "words": (PURPOSES, STRENGTHS),
        "purposes_of": purposes_of,
        "can_prove": codes.can_prove,
    }
    status = form.status if form else 200
    return render_template("care/guardian_page.html", **shown), status, {"Cache-Control": "no-store"}


def act(code: str, operation: Callable[[int, int], object], done: str) -> ResponseReturnValue:
    """Do something about one child of a page, which the form names, and go back to it; a no is told there."""
    page = open_page_of(code)
    if page is None:
        return over()
    try:
        operation(page.id, asked_number())
    except Problem as problem:
        flash(problem.message, "bad")
    else:
        flash(done, "pine")
    return redirect(address(code), 303)


def open_page_of(code: str) -> GuardianLink | None:
    """Return the private page of a code, None for the first link and for what is over."""
    link = asking.known_link(read_code(code) or "")
    return link if link and link.is_page and link.is_open(now()) else None


def over() -> ResponseReturnValue:
    """Return what a link says that opens nothing."""
    return render_template("care/guardian_over.html"), 404


def asked_number() -> int:
    """Return which of the page's children a form is about."""
    return request.form.get("ask", 0, read_id)


def address(code: str) -> str:
    """Return where the page is."""
    return url_for("guardians.page", guardian_link=code)


def _change(page_id: int, ask_id: int) -> None:
    token, agrees = browser_token(), request.form.get("answer") == "yes"
    browser, purpose = fingerprint(token) if token else "", request.form.get("purpose", "")
    if purpose not in set(Purpose):
        raise NothingToChange
    transact(change_purpose, page_id, ask_id, Purpose(purpose), agrees=agrees, browser_hash=browser, at=now())


def _form_of(child: Child, typed: CollectorForm | None) -> CollectorForm:
    is_its = typed is not None and child.ask.id == asked_number()
    return typed if is_its and typed else CollectorForm(formdata=None)
