"""The public page of a unit: who it is, how to reach it, and what it has on."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import undefer_group

from app.core.access import public
from app.core.clock import now
from app.core.db import db
from app.core.finding import get_or_404
from app.events.models import Event
from app.organisations.models import Organisation
from app.organisations.words import KIND_WORDS, LEVEL_WORDS

bp = Blueprint("unit_pages", __name__)
MOST = 10  # what is later is found from the start page


@bp.get("/organisations/<int:organisation_id>")
@public
def show(organisation_id: int) -> ResponseReturnValue:
    """A unit, as everyone may know it."""
    unit = get_or_404(select(Organisation).options(undefer_group("long")), organisation_id)
    coming = (
        select(Event)
        .where(Event.host_id == organisation_id, Event.published_at.is_not(None), Event.ends_at > now())
        .order_by(Event.starts_at, Event.id)
    )
    events = db.session.scalars(coming.limit(MOST)).all()
    return render_template("pages/unit.html", unit=unit, events=events, kinds=KIND_WORDS, levels=LEVEL_WORDS)
