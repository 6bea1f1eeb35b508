"""The travel document of a child, filled in on a guardian's private page: only where it is proven whose page it is."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.care.consents.models import GuardianAsk
from app.care.consents.private_page import address, asked_number, open_page_of, over
from app.care.consents.problems import NotOpened
from app.core.access import public
from app.core.db import db, transact
from app.core.finding import read_id
from app.people.consents.scopes import programme_of
from app.programmes.models import Programme
from app.trips.documents.operations import Holder, take_out
from app.trips.documents.pages import Around, empty_form, filling_page, saved

bp = Blueprint("guardian_documents", __name__, url_prefix="/G/<guardian_page>/travel-document")


@bp.route("", methods=["GET", "POST"])
@public
def fill_in(guardian_page: str) -> ResponseReturnValue:
    """Fill it in."""
    if open_page_of(guardian_page) is None:
        return over()
    ask = _opened(guardian_page)
    if ask is None:
        return _not_opened(guardian_page)
    whose, programme = _holder(ask), db.session.get_one(Programme, programme_of(ask.scope))
    around = Around(
        url_for(".fill_in", guardian_page=guardian_page, ask=ask.id),
        url_for(".remove", guardian_page=guardian_page),
        address(guardian_page),
        (("ask", ask.id),),
    )
    form = empty_form(ask.person.name, ask.person)
    if form.validate_on_submit() and saved(form, whose, by=None):
        return redirect(around.here, 303)
    return filling_page(form, whose, programme, around, name=ask.person.name)


@bp.post("/removal")
@public
def remove(guardian_page: str) -> ResponseReturnValue:
    """Delete it."""
    if open_page_of(guardian_page) is None:
        return over()
    ask = _opened(guardian_page)
    if ask is None:
        return _not_opened(guardian_page)
    transact(take_out, _holder(ask))
    flash(_("Deleted."), "pine")
    return redirect(url_for(".fill_in", guardian_page=guardian_page, ask=ask.id), 303)


def _opened(code: str) -> GuardianAsk | None:
    """Return the child and programme a page is asked about, if that is proven to be the guardian's."""
    page, wanted = open_page_of(code), asked_number() or request.args.get("ask", 0, read_id)
    asks = page.asks if page else []
    return next((one for one in asks if one.id == wanted and one.opened_at and programme_of(one.scope)), None)


def _holder(ask: GuardianAsk) -> Holder:
    return Holder(programme_of(ask.scope) or 0, ask.person_id)


def _not_opened(code: str) -> ResponseReturnValue:
    flash(NotOpened().message, "gold")
    return redirect(address(code), 303)
