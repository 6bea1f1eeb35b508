"""The guardian's page of what is wrong about a child: phone and needs are written, who it is is asked of the school."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.care.consents.models import GuardianAsk
from app.care.consents.private_page import address, asked_number, open_page_of, over
from app.care.consents.problems import NotOpened
from app.care.consents.queries import Asked, asked_by
from app.care.correcting import operations
from app.care.correcting.forms import OwnDataForm, WrongDataForm
from app.core.access import public
from app.core.clock import now
from app.core.db import transact
from app.core.finding import read_id
from app.core.problems import Problem
from app.events.needs import KEPT_FOR
from app.people.consents.models import Purpose
from app.people.needs import needs_of

bp = Blueprint("corrections", __name__, url_prefix="/G/<guardian_page>/correction")


@bp.get("")
@public
def show(guardian_page: str) -> ResponseReturnValue:
    """Both forms, with what is known in them."""
    found = _opened(guardian_page, request.args.get("ask", 0, read_id))
    return found if not isinstance(found, GuardianAsk) else _page(guardian_page, found)


@bp.post("")
@public
def write(guardian_page: str) -> ResponseReturnValue:
    """Write phone and needs down."""
    found = _opened(guardian_page, asked_number())
    if not isinstance(found, GuardianAsk):
        return found
    form = OwnDataForm()
    if not form.validate_on_submit():
        return _page(guardian_page, found, own=form)
    transact(operations.write_own, found.link_id, found.id, form.phone.data, form.needs(), at=now())
    flash(_("Saved."), "pine")
    return redirect(address(guardian_page), 303)


@bp.post("/request")
@public
def ask(guardian_page: str) -> ResponseReturnValue:
    """Ask whoever keeps the list to put something right."""
    found = _opened(guardian_page, asked_number())
    if not isinstance(found, GuardianAsk):
        return found
    form = WrongDataForm()
    if form.validate_on_submit():
        try:
            transact(operations.ask, found.link_id, found.id, form.wanted(), at=now())
        except Problem as problem:
            form.refuse(problem)
        else:
            flash(_("Sent. Here you see what became of it."), "pine")
            return redirect(address(guardian_page), 303)
    found = _opened(guardian_page, asked_number())
    return found if not isinstance(found, GuardianAsk) else _page(guardian_page, found, wrong=form)


def _opened(code: str, wanted: int) -> GuardianAsk | ResponseReturnValue:
    """Return the child a form is about, or where to go where it is not proven whose page it is."""
    page = open_page_of(code)
    if page is None:
        return over()
    opened = [one for one in page.asks if one.opened_at and one.guardian_id]
    ask = next((one for one in opened if one.id == wanted), opened[0] if opened and not wanted else None)
    if ask is None:
        flash(NotOpened().message, "gold")
        return redirect(address(code), 303)
    return ask


def _refuses_notes(one: Asked) -> bool:
    """Return whether a guardian said yes to taking part and no to notes: then nobody of that event reads them."""
    asks = one.consent is not None and Purpose.HEALTH in one.extras
    return asks and one.consent is not None and Purpose.HEALTH not in one.consent.agreed


def _page(
    code: str, ask: GuardianAsk, own: OwnDataForm | None = None, wrong: WrongDataForm | None = None
) -> ResponseReturnValue:
    known = needs_of(ask.person_id)
    start: dict[str, Any] = {**vars(known), "diet": [one.value for one in known.diet], "phone": ask.person.phone}
    own, wrong = own or OwnDataForm(formdata=None, data=start), wrong or WrongDataForm(formdata=None)
    shown = {
        "ask": ask,
        "code": code,
        "back": address(code),
        "own": own,
        "wrong": wrong,
        "days": KEPT_FOR.days,
        "is_unread": any(map(_refuses_notes, asked_by(ask.link))),
    }
    status = max(own.status, wrong.status)
    return render_template("care/guardian_correction.html", **shown), status, {"Cache-Control": "no-store"}
