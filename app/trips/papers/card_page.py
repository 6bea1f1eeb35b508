"""The emergency card on a leader's phone: the own group, whom to call about whom, and what to look after.

A phone keeps the page for places without a network, until the trip is over, somebody else signs in, or it is signed
out: see `static/js/offline/sw.js`. ``Tongxing-Until`` tells it until when.
"""

import re
from datetime import timedelta

from flask import Blueprint, make_response, render_template
from flask.typing import ResponseReturnValue

from app.core.access import Role, allow, principal
from app.core.audit import note_look
from app.core.clock import end_of_day, local_day, now
from app.core.finding import get_or_404
from app.people.whose import whose_of
from app.trips.documents.queries import adults_on_trip
from app.trips.leading import programmes_led_by
from app.trips.models import AdultRole, TripAdult
from app.trips.papers.cards import Card, card_of
from app.trips.papers.facts import TripFacts
from app.trips.papers.printing import contacts_of
from app.trips.papers.tables import duties
from app.trips.papers.words import contacts_in_words

bp = Blueprint("trip_cards", __name__)

OPENS_BEFORE = timedelta(days=3)
UNTIL = "Tongxing-Until"
_NUMBER = re.compile(r"(?<![A-Za-z\d-])\+?\d[\d-]{3,15}\d(?![\d-])")  # not the digits of a policy's number
_SPACED = re.compile(r"(?<![A-Za-z\d-])\+?\d[\d -]{3,15}\d(?![\d-])")


@bp.get("/trip-cards/<int:adult_id>")
@allow(Role.SIGNED_IN)
def show(adult_id: int) -> ResponseReturnValue:
    """The card of the own group, from three days before until the trip is over."""
    at, by = now(), principal().actor
    today, adult = local_day(at), get_or_404(adults_on_trip(by), adult_id)
    programme = get_or_404(programmes_led_by(by, today), adult.programme_id)
    opens_on = programme.starts_on - OPENS_BEFORE
    is_over = programme.is_cancelled or today > programme.ends_on
    if is_over or today < opens_on:
        page = {"programme": programme, "is_over": is_over, "opens_on": opens_on}
        return render_template("trips/card_closed.html", **page), 410 if is_over else 200
    facts = TripFacts(programme)
    cards = _cards(adult, facts)
    people = [one.person for card in cards for one, _calls, _needs in card.members if one.person]
    note_look("trip_card", adult_id, whose_of(people))
    contacts = [
        (label, words, numbers_in(words)) for label, words in contacts_in_words(contacts_of(programme.id)) if words
    ]
    others = [one for one in facts.roster.adults if one.adult and one.adult.phone and one.adult.id != adult_id]
    told = {"cards": cards, "contacts": contacts, "others": others, "duties": duties}
    page = {"programme": programme, "adult": adult, "at": at, "plain": plain, **told}
    response = make_response(render_template("trips/card.html", **page))
    response.headers[UNTIL] = str(int(end_of_day(programme.ends_on).timestamp()))
    return response


def numbers_in(words: str) -> list[str]:
    """Return the phone numbers that stand in what was typed, also one that was typed in parts: 138 0000 1111."""
    return _NUMBER.findall(words) or _SPACED.findall(words)


def plain(number: str) -> str:
    """Return a phone number as a link dials it."""
    return re.sub(r"[ -]", "", number)


def _cards(adult: TripAdult, facts: TripFacts) -> list[Card]:
    """Return the own group's card; of whoever heads the trip those of all, the own one first."""
    filled = {one.group_id for one in facts.roster.youths}
    heads = AdultRole.LEADER in adult.duties
    seen = [one for one in (*facts.groups, None) if one in filled and (heads or (one and one == adult.group_id))]
    return [card_of(one, facts) for one in sorted(seen, key=lambda one: (one != adult.group_id, one is None, one or 0))]
