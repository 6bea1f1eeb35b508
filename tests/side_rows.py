"""What one side has besides a world, so that its words stand in all tables; and what of it anybody may read."""

from sqlalchemy import select

from app.checkin.operations import correct
from app.core.audit import note_access
from app.core.clock import now
from app.core.db import db
from app.events.models import Event, Registration, Slot
from app.organisations.models import Organisation
from app.people.models import SchoolClass
from app.programmes.models import Document, ItineraryItem, Programme, Side
from tests import canaries
from tests.account_rows import account_rows
from tests.asked import ask, give
from tests.care_rows import care_rows
from tests.consents import consent_rows
from tests.factories import Factory
from tests.letters import message_rows
from tests.papers import fetcher
from tests.person_rows import person_rows
from tests.rosters import entered, typed
from tests.world import World

PUBLIC = {
    "organisations": {"name", "short_name", "place", "phone", "contact", "introduction", "offers", "origin", "levels"}
    | {f"{name}_{kind}" for name in ("name", "short") for kind in ("key", "pinyin", "initials")},
    "notices": {"text_zh", "text_en"},  # the letter to parents, which whoever signs a child up reads
    "school_classes": {"name"},
    "site_operator": {"name", "contact", "icp_number", "police_number"},
    "site_texts": {"body"},
    "skills": {"name", "meaning"},
    "verification_files": {"name", "content"},
}
"""What everybody may read, by right: the pages of units, the classes one chooses from, what the site says of itself."""
PUBLISHED = {
    "events": {"title", "summary", "place", "contact", "cancel_reason", "notice", "rain_plan", "postpone_reason"}
    | {"title_key", "title_pinyin", "title_initials", "place_key"},
    "slots": {"title", "place"},
    "programmes": {"title", "campaigns", "introduction", "place", "contact", "cancel_reason"}
    | {"title_key", "title_pinyin", "title_initials"},
    "itinerary_items": {"from_time", "words"},
    "sides": {"name"},
    "documents": {"name", "content"},
}
"""What everybody may read of an event or a programme once it is published, and of papers that are."""


def hidden(rows: canaries.Rows) -> canaries.Rows:
    """Return what nobody else may read a word of: drafts with all that belongs to them, and papers of the house."""
    events, programmes = (
        select(Event.id).where(Event.published_at.is_(None)),
        select(Programme.id).where(Programme.published_at.is_(None)),
    )
    found = {
        "events": events,
        "slots": select(Slot.id).where(Slot.event_id.in_(events)),
        "programmes": programmes,
        "itinerary_items": select(ItineraryItem.id).where(ItineraryItem.programme_id.in_(programmes)),
        "sides": select(Side.id).where(Side.programme_id.in_(programmes)),
        "documents": select(Document.id).where(Document.is_public.is_(False)),
    }
    return {name: rows[name] & set(db.session.scalars(ids)) for name, ids in found.items()}


def rows_of_all_tables(make: Factory, world: World) -> None:
    """Add what a world has none of, and what is written once with the word in it."""
    host, school = (db.session.get_one(Organisation, int(world.places[name])) for name in ("organisation", "school"))
    event = db.session.get_one(Event, int(world.places["event"]))
    place = db.session.get_one(Registration, int(world.places["registration"]))
    by = make.member(host).id
    account_rows(make, by, host.id)
    message_rows(make, by, host, event.id)
    person_rows(make, place, by)
    consent_rows(make, school)
    care_rows(make, by)
    one = db.session.get_one(SchoolClass, int(world.places["class"]))
    entered(make, one, typed("钱多多", student_no="7"), key=f"again {one.id}", by=by)
    other = db.session.get_one(Registration, int(world.places["held"]))
    fetcher(make, other)
    give(make, other, {ask(make, event, text="有没有过敏？", is_sensitive=True): "花粉"})
    make.do(correct, place.id, now(), f"{canaries.WORD}corrections.reason", by=by, at=now())
    seen = {"people": 1, "purpose": f"{canaries.WORD}access_entries.purpose", "by": by, "at": now()}
    make.do(note_access, "unmask", "registration", place.id, **seen)
