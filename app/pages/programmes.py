"""A programme's page, made to be shared: what it is, who takes part, day by day with its events, and how to come."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from flask import Blueprint, current_app, get_template_attribute, render_template, url_for
from flask.typing import ResponseReturnValue

from app.core.access import Role, principal, public
from app.core.clock import local_day, now
from app.core.db import db
from app.core.finding import get_or_404
from app.core.links import public_url
from app.events import landscapes
from app.events.inside import events_inside
from app.events.models import Event
from app.programmes.applications.queries import applications_of
from app.programmes.models import Application, ItineraryItem, Programme
from app.programmes.queries import documents_of, programmes_visible_to
from app.programmes.words import DIRECTION_WORDS, REACH_WORDS, STATE_WORDS

bp = Blueprint("programmes", __name__)


@dataclass
class Day:
    """What is done on a day: items of the itinerary, and events."""

    items: list[ItineraryItem] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)


@bp.get("/programmes/<int:programme_id>")
@public
def show(programme_id: int) -> ResponseReturnValue:
    """A programme, readable by anyone."""
    programme, at = get_or_404(programmes_visible_to(principal()), programme_id), now()
    is_ours = programme.host_id in principal().units(Role.STAFF)
    page = {
        "programme": programme,
        "days": days_of(programme, events_inside(programme_id, drafts=is_ours)),
        "documents": [one for one in documents_of(programme_id=programme_id) if one.is_public],
        "open_sides": [side for side in programme.sides if side.is_open(at)],
        "own": _own(programme_id),
        "address": public_url(".show", programme_id=programme_id),
        "picture": _picture_of(programme),
        "is_over": local_day(at) > programme.ends_on,
        "reaches": REACH_WORDS,
        "directions": DIRECTION_WORDS,
        "states": STATE_WORDS,
    }
    return render_template("programmes/show.html", **page)


@bp.get("/programmes/<int:programme_id>/picture.png")
@public
def picture(programme_id: int) -> ResponseReturnValue:
    """The landscape of a programme as a real image, for chat apps; its address changes with the drawing."""
    programme = get_or_404(programmes_visible_to(principal()), programme_id)
    draw_landscape = get_template_attribute("components/landscape.html", "landscape")
    drawn = landscapes.picture(
        str(draw_landscape(programme.kind.value, programme.id)), current_app.config["DATA"] / "landscapes"
    )
    keeping = "public, max-age=31536000, immutable" if programme.is_published else "private, no-cache"
    return drawn, {"Content-Type": "image/png", "Cache-Control": keeping}


def days_of(programme: Programme, events: Sequence[Event]) -> dict[date, Day]:
    """Return what is done day by day, only the days on which something is."""
    days: dict[date, Day] = {}
    for item in programme.items:
        days.setdefault(item.on, Day()).items.append(item)
    for event in events:
        days.setdefault(local_day(event.starts_at), Day()).events.append(event)
    return dict(sorted(days.items()))


def _own(programme_id: int) -> list[Application]:
    user_id = principal().user_id
    if user_id is None:
        return []
    theirs = applications_of(user_id).where(Application.programme_id == programme_id)
    return list(db.session.scalars(theirs.order_by(Application.id.desc())))


def _picture_of(programme: Programme) -> dict[str, str]:
    """Return where the picture lies: its path, and its full address for chat apps."""
    version = f"{programme.kind}-{landscapes.DRAWN}"
    own, drawn = {"digest": programme.picture}, {"programme_id": programme.id, "v": version}
    endpoint, values = ("pictures.show", own) if programme.picture else (".picture", drawn)
    return {"path": url_for(endpoint, **values), "address": public_url(endpoint, **values)}
