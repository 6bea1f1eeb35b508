"""What a grown-up of a trip sees on the phone: the own group, where everybody rides and sleeps, whom to call."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app.core.access import Role, allow, principal
from app.core.audit import note_look
from app.core.clock import local_day, now
from app.core.finding import get_or_404
from app.people.whose import whose_of
from app.trips.leading import leaders_trip, programmes_led_by
from app.trips.words import ROLE_WORDS

bp = Blueprint("trip_leader", __name__, url_prefix="/trips")


@bp.get("/<int:programme_id>")
@allow(Role.SIGNED_IN)
def show(programme_id: int) -> ResponseReturnValue:
    """The own group; the head of a trip sees all of them."""
    programme = get_or_404(programmes_led_by(principal().actor, local_day(now())), programme_id)
    trip = leaders_trip(programme, principal().actor)
    people = [one.person for led in trip.groups for one in led.youths if one.person]
    if people:
        note_look("trip", programme_id, whose_of(people))
    return render_template("trips/group.html", programme=programme, trip=trip, roles=ROLE_WORDS)
