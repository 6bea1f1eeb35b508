"""The organiser's pages for places set aside for schools."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import Select, select
from sqlalchemy.orm import selectinload

from app.core.access import Role, allow, principal
from app.core.clock import now
from app.core.db import db, transact
from app.core.finding import get_or_404
from app.core.problems import Problem
from app.events import queries
from app.events.models import Allotment, AllottedSchool, Event, Slot
from app.events.ways import allotments
from app.events.ways.place_forms import ShareForm
from app.organisations.models import Organisation, OrganisationKind

bp = Blueprint("allotment_desk", __name__, url_prefix="/desk")
bp.app_context_processor(lambda: {"kept_places": allotments.kept_places})


@bp.route("/slots/<int:slot_id>/allotments", methods=["GET", "POST"])
@allow(Role.STAFF)
def index(slot_id: int) -> ResponseReturnValue:
    """The shares of a slot; the form below sets more places aside."""
    slot = get_or_404(queries.slots_run_by(principal()), slot_id)
    host = slot.event.host
    own = [host.id] if host.kind is OrganisationKind.SCHOOL else []  # of a school's own event, its own pupils first
    form = ShareForm(data={"release_at": allotments.usual_release(slot, now()), "school_ids": own})
    form.offer(slot, _schools())
    if form.validate_on_submit() and _done(form, allotments.allot, slot_id, form.share()):
        flash(_("The places are set aside."), "pine")
        return redirect(url_for(".index", slot_id=slot_id), 303)
    return render_template("events/allotments.html", form=form, **_page(slot)), form.status


@bp.route("/allotments/<int:allotment_id>", methods=["GET", "POST"])
@allow(Role.STAFF)
def edit(allotment_id: int) -> ResponseReturnValue:
    """Change a share."""
    allotment = _allotment(allotment_id)
    slot = db.session.get_one(Slot, allotment.slot_id)
    same = {name: getattr(allotment, name) for name in ("name", "places", "release_at")}
    form = ShareForm(data=same | {"school_ids": [one.school_id for one in allotment.schools]})
    form.offer(slot, _schools())
    if form.validate_on_submit() and _done(form, allotments.change, allotment_id, form.share()):
        flash(_("Saved."), "pine")
        return redirect(url_for(".index", slot_id=slot.id), 303)
    return render_template("events/allotment.html", form=form, slot=slot, allotment=allotment), form.status


@bp.post("/allotments/<int:allotment_id>/release")
@allow(Role.STAFF)
def release(allotment_id: int) -> ResponseReturnValue:
    """Let everybody have what is left."""
    slot_id = _allotment(allotment_id).slot_id
    transact(allotments.release, allotment_id, by=principal().actor, at=now())
    flash(_("What was left is for everybody now, the waiting list first."), "pine")
    return redirect(url_for(".index", slot_id=slot_id), 303)


@bp.post("/allotments/<int:allotment_id>/removal")
@allow(Role.STAFF)
def remove(allotment_id: int) -> ResponseReturnValue:
    """Take a share back that nobody used."""
    slot_id = _allotment(allotment_id).slot_id
    try:
        transact(allotments.remove, allotment_id, by=principal().actor, at=now())
    except Problem as problem:
        flash(problem.message, "bad")
    else:
        flash(_("Removed."), "pine")
    return redirect(url_for(".index", slot_id=slot_id), 303)


def _done(form: ShareForm, operation: Any, row_id: int, share: allotments.Share) -> bool:
    try:
        transact(operation, row_id, share, by=principal().actor, at=now())
    except Problem as problem:
        form.refuse(problem)
        return False
    return True


def _page(slot: Slot) -> dict[str, Any]:
    known = select(Allotment).where(Allotment.slot_id == slot.id).order_by(Allotment.id)
    whole = known.options(selectinload(Allotment.schools).joinedload(AllottedSchool.school))
    return {"slot": slot, "allotments": list(db.session.scalars(whole))}


def _schools() -> list[Organisation]:
    """Return all schools, those of one place together: a town is ticked in one go."""
    statement = select(Organisation).where(Organisation.kind == OrganisationKind.SCHOOL)
    return list(db.session.scalars(statement.order_by(Organisation.place, Organisation.name_pinyin)))


def _run_by_us() -> Select[Allotment]:
    own = Event.host_id.in_(principal().units(Role.STAFF))
    return select(Allotment).join(Slot, Slot.id == Allotment.slot_id).join(Slot.event).where(own)


def _allotment(allotment_id: int) -> Allotment:
    return get_or_404(_run_by_us(), allotment_id)
