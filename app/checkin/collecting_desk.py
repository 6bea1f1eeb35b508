"""The leader's page 接领: who is still here, one tap for each who leaves, and how to take it back."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts.queries import names_of
from app.checkin import collecting
from app.checkin.collecting_models import CollectedBy
from app.checkin.collecting_queries import collections_run_by, to_collect
from app.core.access import Role, allow, principal
from app.core.audit import note_look
from app.core.clock import now
from app.core.db import transact
from app.core.finding import get_or_404, read_id_or_none
from app.core.problems import Problem
from app.events.queries import events_run_by, registrations_run_by
from app.people.consents.words import RELATIONS
from app.people.whose import whose_of

bp = Blueprint("collecting", __name__, url_prefix="/desk")


@bp.get("/events/<int:event_id>/collecting")
@allow(Role.STAFF)
def index(event_id: int) -> ResponseReturnValue:
    """The children under 14 who are here, and those who have gone."""
    event = get_or_404(events_run_by(principal()), event_id)
    children = to_collect(event_id, now())
    if children:
        note_look("collecting", event_id, whose_of(one.registration.person for one in children))
    page = {
        "event": event,
        "here": [one for one in children if one.collection is None],
        "gone": [one for one in children if one.collection],
        "names": names_of(one.collection.by_id for one in children if one.collection),
        "relations": RELATIONS,
    }
    return render_template("checkin/collecting.html", **page), {"Cache-Control": "no-store"}


@bp.post("/registrations/<int:registration_id>/collection")
@allow(Role.STAFF)
def collect(registration_id: int) -> ResponseReturnValue:
    """Let a child go: with a guardian, with somebody by name, or alone."""
    registration = get_or_404(registrations_run_by(principal()), registration_id)
    how, collector = request.form.get("how", ""), read_id_or_none(request.form.get("collector"))
    if how not in set(CollectedBy):
        flash(_("Please choose with whom the child leaves."), "bad")
        return _back(registration.slot.event_id)
    asked = registration_id, CollectedBy(how), collector
    try:
        transact(collecting.collect, *asked, by=principal().actor, at=now())
    except Problem as problem:
        flash(problem.message, "bad")
    else:
        flash(_("%(name)s has left.", name=registration.person.name), "pine")
    return _back(registration.slot.event_id)


@bp.post("/collections/<int:collection_id>/withdrawal")
@allow(Role.STAFF)
def undo(collection_id: int) -> ResponseReturnValue:
    """Take it back: the child is still here."""
    row = get_or_404(collections_run_by(principal()), collection_id)
    transact(collecting.undo, collection_id, by=principal().actor, at=now())
    flash(_("%(name)s is still here.", name=row.registration.person.name), "pine")
    return _back(row.registration.slot.event_id)


def _back(event_id: int) -> ResponseReturnValue:
    return redirect(url_for(".index", event_id=event_id), 303)
