"""The rest of the private page, where it is proven whose it is: who read what, taking it along, having it erased, and
who may fetch the child."""

from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _

from app.care.auditing import words
from app.care.consents import guardian_page as operations
from app.care.consents.models import GuardianAsk, GuardianLink
from app.care.consents.page_facts import page_of_reads, units_in
from app.care.consents.private_forms import CollectorForm
from app.care.consents.private_page import act, address, asked_number, open_page_of, over, show
from app.care.consents.problems import NotOpened
from app.care.erasing.requests import DECIDED_WITHIN
from app.care.rights.exporting import write_export
from app.core.access import public
from app.core.clock import local_day, now
from app.core.db import transact
from app.core.filters import full_day
from app.core.finding import read_id
from app.core.languages import CHINESE
from app.core.problems import Problem

bp = Blueprint("private_data", __name__, url_prefix="/G/<guardian_page>")


@bp.get("/reads")
@public
def reads(guardian_page: str) -> ResponseReturnValue:
    """Who read or took a child's data: in which capacity and for which unit, when, what for."""
    page = open_page_of(guardian_page)
    if page is None:
        return over()
    ask, after = _opened(page, request.args.get("ask", 0, read_id)), request.args.get("after")
    if ask is None:
        return _not_opened(guardian_page)
    entries, following = page_of_reads(ask.person_id, after)
    its: dict[str, Any] = {"guardian_page": guardian_page, "ask": ask.id}
    shown = {
        "person": ask.person,
        "entries": entries,
        "units": units_in(entries),
        "words": words,
        "back": address(guardian_page),
        "following": url_for(".reads", **its, after=following) if following else None,
        "previous": url_for(".reads", **its) if after else None,
    }
    return render_template("care/guardian_reads.html", **shown), {"Cache-Control": "no-store"}


@bp.post("/export")
@public
def export(guardian_page: str) -> ResponseReturnValue:
    """Everything that is kept about the child, as one file. It is one person's: nobody has to wait for it."""
    page = open_page_of(guardian_page)
    if page is None:
        return over()
    try:
        person_id = transact(operations.note_export, page.id, asked_number(), at=now())
    except NotOpened:
        return _not_opened(guardian_page)
    with TemporaryDirectory() as folder, force_locale(CHINESE):
        path = Path(folder) / "export.zip"
        write_export(path, person_id)
        packed = BytesIO(path.read_bytes())
    name = f"孩子的数据-{local_day(now()):%Y%m%d}.zip"
    answer = send_file(packed, mimetype="application/zip", as_attachment=True, download_name=name, etag=False)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.route("/erasure", methods=["GET", "POST"])
@public
def erase(guardian_page: str) -> ResponseReturnValue:
    """What is deleted and what stays; then the request is with whoever runs the system."""
    page = open_page_of(guardian_page)
    if page is None:
        return over()
    wanted = asked_number() if request.method == "POST" else request.args.get("ask", 0, read_id)
    ask = _opened(page, wanted)
    if ask is None:
        return _not_opened(guardian_page)
    if request.method == "GET":
        shown = {"ask": ask, "code": guardian_page, "within": DECIDED_WITHIN.days, "back": address(guardian_page)}
        return render_template("care/guardian_erasure.html", **shown), {"Cache-Control": "no-store"}
    try:
        asked = transact(operations.ask_to_erase, page.id, ask.id, at=now())
    except Problem as problem:
        flash(problem.message, "bad")
    else:
        flash(_("We have got your request and decide by %(day)s.", day=full_day(local_day(asked.due_at))), "pine")
    return redirect(address(guardian_page), 303)


@bp.post("/erasure/withdrawal")
@public
def keep(guardian_page: str) -> ResponseReturnValue:
    """Take that back, as long as nobody has decided."""
    done = _("The request is taken back.")
    return act(guardian_page, lambda page, ask: transact(operations.take_erasure_back, page, ask), done)


@bp.post("/collectors")
@public
def add_collector(guardian_page: str) -> ResponseReturnValue:
    """Enter somebody who may fetch the child."""
    page = open_page_of(guardian_page)
    if page is None:
        return over()
    form = CollectorForm()
    if form.validate_on_submit():
        try:
            typed = form.name.data, form.phone_end.data
            transact(operations.let_fetch, page.id, asked_number(), *typed, at=now())
        except NotOpened:
            return _not_opened(guardian_page)
        except Problem as problem:
            form.refuse(problem)
        else:
            flash(_("Entered. Staff sees it when your child leaves."), "pine")
            return redirect(address(guardian_page), 303)
    return show(page, guardian_page, form)


@bp.post("/collectors/alone")
@public
def let_alone(guardian_page: str) -> ResponseReturnValue:
    """Allow the child to go home alone."""
    done = _("Entered: your child may go home alone. Here you can take it back.")
    return act(guardian_page, lambda page, ask: transact(operations.let_leave_alone, page, ask, at=now()), done)


@bp.post("/collectors/removal")
@public
def remove_collector(guardian_page: str) -> ResponseReturnValue:
    """Take one of these answers back."""
    number, done = request.form.get("collector", 0, read_id), _("Taken off the list.")
    return act(
        guardian_page, lambda page, ask: transact(operations.take_collector_off, page, ask, number, at=now()), done
    )


def _opened(page: GuardianLink, wanted: int) -> GuardianAsk | None:
    opened = [one for one in page.asks if one.opened_at]
    return next((one for one in opened if one.id == wanted), opened[0] if opened and not wanted else None)


def _not_opened(code: str) -> ResponseReturnValue:
    flash(NotOpened().message, "gold")
    return redirect(address(code), 303)
