"""A lottery for everybody's eyes: what was promised, who takes part by number, what was drawn, and how to check it."""

import json
from typing import Any

from flask import Blueprint, Response, abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import principal, public
from app.core.clock import now
from app.core.codes import read_signs
from app.core.finding import get_or_404
from app.core.links import public_url
from app.core.sheets import CSV, csv_file
from app.events import queries
from app.events.models import Slot, WayIn
from app.events.ways import lots
from app.events.ways.lottery import seed_of
from app.events.ways.lottery_lists import PAGE, Ticket, applicants, closing_list, own_numbers, published
from config import ROOT

bp = Blueprint("lottery", __name__)
bp.app_context_processor(lambda: {"how_many_applied": applicants})


@bp.get("/slots/<int:slot_id>/lottery")
@public
def show(slot_id: int) -> ResponseReturnValue:
    """How lots are drawn, the list once sign-up has closed, and the result; ``number`` looks for one application."""
    slot, typed = _slot(slot_id), request.args.get("number", "")
    is_listed = now() >= slot.closes_at
    tickets = closing_list(slot) if is_listed else []
    known = {ticket.number: ticket for ticket in tickets}
    number = read_signs(typed, lots.NUMBER_LENGTH) if typed else None
    start = _start(request.args.get("from", ""))
    mine = own_numbers(slot_id, principal().user_id)
    page: dict[str, Any] = {
        "typed": typed,
        "found": known.get(number or ""),
        "own": [known[one] for one in mine if one in known],
        "numbers": mine,
        "page": tickets[start : start + PAGE],
        "previous": max(start - PAGE, 0) if start else None,
        "following": start + PAGE if start + PAGE < len(tickets) else None,
        "applicants": len(tickets) if is_listed else applicants(slot),
        "winners": sum(bool(ticket.won) for ticket in tickets),
    }
    promise = lots.promise(seed_of(slot))
    return render_template("events/lottery.html", slot=slot, is_listed=is_listed, promise=promise, **page)


@bp.get("/slots/<int:slot_id>/lottery.json")
@public
def as_json(slot_id: int) -> ResponseReturnValue:
    """Everything that is needed to draw again, as `docs/check_lottery.py` reads it."""
    slot = _listed(slot_id)
    facts = {"lottery": public_url(".show", slot_id=slot_id), **published(slot)}
    return _file(
        json.dumps(facts, ensure_ascii=False, indent=1).encode(), "application/json", f"lottery-{slot_id}.json"
    )


@bp.get("/slots/<int:slot_id>/lottery.csv")
@public
def as_csv(slot_id: int) -> ResponseReturnValue:
    """The list as a sheet."""
    tickets = closing_list(_listed(slot_id))
    head = [_("Application number"), _("Places needed"), _("Drawn as number"), _("Result")]
    rows = ([one.number, str(one.places), str(one.drawn or ""), _result(one)] for one in tickets)
    return _file(csv_file(head, rows), CSV, f"lottery-{slot_id}.csv")


@bp.get("/lottery/check.py")
@public
def checker() -> ResponseReturnValue:
    """The twenty lines with which anybody draws again."""
    program = (ROOT / "docs/check_lottery.py").read_bytes()
    return Response(program, mimetype="text/plain")


def _slot(slot_id: int) -> Slot:
    slot = get_or_404(queries.slots_visible_to(principal()), slot_id)
    if slot.way_in is not WayIn.LOTTERY:
        abort(404)
    return slot


def _listed(slot_id: int) -> Slot:
    """Return a slot whose list is public: until sign-up has closed nobody sees who else applied."""
    slot = _slot(slot_id)
    if now() < slot.closes_at:
        abort(404)
    return slot


def _result(ticket: Ticket) -> str:
    if ticket.won is None:
        return ""
    return str(_("got a place") if ticket.won else _("no place in the draw"))


def _start(text: str) -> int:
    """Return how many come before this page of the list."""
    return int(text) if text.isdecimal() and len(text) < 7 else 0


def _file(content: bytes, kind: str, name: str) -> Response:
    return Response(
        content, mimetype=None, content_type=kind, headers={"Content-Disposition": f"attachment; filename={name}"}
    )
