"""What the parts of a programme are called, and how they tell what happened to them."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.core.changes import Vocabulary
from app.programmes.kinds import ProgrammeKind
from app.programmes.models import ApplicationSource, ApplicationState, Direction, Entry, Measure, Reach, Reason

REACH_WORDS = {
    Reach.PROVINCES: _l("Between provinces"),
    Reach.CITIES: _l("Between cities"),
    Reach.COUNTIES: _l("Between counties"),
    Reach.LOCAL: _l("Within the county"),
}
DIRECTION_WORDS = {Direction.OUT: _l("Going out"), Direction.IN: _l("Inviting in")}
ENTRY_WORDS = {
    Entry.NOMINATION: _l("Schools recommend, within their quotas"),
    Entry.APPLICATION: _l("Families apply themselves; the school says what it thinks"),
}
STATE_WORDS = {
    ApplicationState.APPLIED: _l("Waiting for a decision"),
    ApplicationState.RESERVE: _l("On the reserve list"),
    ApplicationState.ACCEPTED: _l("Chosen, please answer"),
    ApplicationState.HELD: _l("Chosen, waiting for a guardian"),
    ApplicationState.CONFIRMED: _l("Takes part"),
    ApplicationState.REFUSED: _l("No place this time"),
    ApplicationState.DECLINED: _l("Does not take part"),
    ApplicationState.LAPSED: _l("Not answered in time"),
    ApplicationState.CANCELLED: _l("Taken back"),
}
REASON_WORDS = {
    Reason.PLACES: _l("More applied than there are places"),
    Reason.AGE: _l("Age or grade does not fit"),
    Reason.RULES: _l("Does not fit what the programme asks for"),
    Reason.INCOMPLETE: _l("Something was missing from the application"),
    Reason.TURN: _l("Took part lately, others come first this time"),
    Reason.OTHER: _l("Another reason"),
}
SOURCE_WORDS = {
    ApplicationSource.SCHOOL: _l("Recommended by the school"),
    ApplicationSource.FAMILY: _l("Applied oneself"),
    ApplicationSource.HOST: _l("On the partner's list"),
}
MEASURE_WORDS = {
    Measure.PROGRAMMES: _l("Programmes held"),
    Measure.PEOPLE: _l("People taking part"),
    Measure.WORDS: _l("In words only"),
}


def _kind(value: str) -> LazyString:
    return ProgrammeKind(value).words


def _reach(value: str) -> LazyString:
    return REACH_WORDS[Reach(value)]


def _direction(value: str) -> LazyString:
    return DIRECTION_WORDS[Direction(value)]


def _entry(value: str) -> LazyString:
    return ENTRY_WORDS[Entry(value)]


PROGRAMME = Vocabulary(
    happened={
        "created": _l("Set up as a draft"),
        "copied": _l("Copied from “%(title)s”"),
        "published": _l("Published"),
        "cancelled": _l("Cancelled: %(reason)s"),
        "resumed": _l("The cancellation was taken back"),
        "picture_changed": _l("Picture changed"),
        "side_added": _l("Side added: %(title)s, %(places)s places"),
        "side_changed": _l("Side changed: %(title)s, %(places)s places"),
        "side_removed": _l("Side removed: %(title)s"),
        "link_made": _l("Link for %(title)s made: %(label)s"),
        "link_closed": _l("Link for %(title)s closed: %(label)s"),
        "reading_set": _l("Readers set, %(count)s criteria"),
        "reading_off": _l("Readers switched off"),
        "choices_opened": _l("Filled together with others: %(title)s"),
        "choices_dropped": _l("Filled by itself again, not with %(title)s"),
        "choices_decided": _l("Decided together: %(title)s"),
        "quotas_set": _l("Quotas of %(title)s: %(places)s places for schools"),
        "document_added": _l("Document added: %(name)s"),
        "document_removed": _l("Document removed: %(name)s"),
        "emergency_changed": _l("Contacts for emergencies changed"),
        "readers_named": _l("May take travel documents out: %(names)s"),
        "readers_removed": _l("Nobody may take travel documents out any more"),
        "question_added": _l("Question asked: %(text)s"),
        "question_changed": _l("Question changed: %(text)s"),
        "question_removed": _l("Question no longer asked: %(text)s"),
    },
    fields={
        "title": _l("Title"),
        "kind": _l("Kind"),
        "campaigns": _l("Campaigns it belongs to"),
        "reach": _l("How far"),
        "direction": _l("Direction"),
        "introduction": _l("Introduction"),
        "place": _l("Place"),
        "contact": _l("Contact for questions"),
        "starts_on": _l("First day"),
        "ends_on": _l("Last day"),
        "min_age": _l("From age"),
        "max_age": _l("To age"),
        "levels": _l("For which schools"),
        "entry": _l("How one comes to a place"),
        "confirm_days": _l("Days to answer"),
        "nights_away": _l("Nights away from home"),
        "needs_documents": _l("Travel documents are needed"),
        "needs_insurance": _l("Documents for the insurance"),
        "needs_tickets": _l("Documents for tickets"),
        "needs_rooms": _l("Documents for rooms"),
        "agreement_id": _l("Agreement"),
    },
    values={"kind": _kind, "reach": _reach, "direction": _direction, "entry": _entry},
)
AGREEMENT = Vocabulary(
    happened={
        "created": _l("Entered"),
        "document_added": _l("Document added: %(name)s"),
        "document_removed": _l("Document removed: %(name)s"),
        "settled": _l("Marked as seen to"),
    },
    fields={
        "title": _l("Title"),
        "partner_id": _l("The other party"),
        "partner_name": _l("The other party"),
        "starts_on": _l("First day"),
        "ends_on": _l("Last day"),
        "remarks": _l("Remarks"),
        "promises": _l("Promises"),
    },
)
APPLICATION = Vocabulary(
    happened={
        "nominated": _l("Recommended by the school"),
        "applied": _l("Applied"),
        "entered": _l("Entered from the partner's list"),
        "sent": _l("Sent by the partner: %(label)s"),
        "paper_vouched": _l("A parent's paper written down by the partner: %(label)s"),
        "endorsed": _l("The school stands behind it"),
        "accepted": _l("Chosen"),
        "moved_up": _l("Moved up from the reserve list"),
        "reserved": _l("Put on the reserve list"),
        "refused": _l("Refused: %(reason)s"),
        "reopened": _l("To be decided anew"),
        "said_yes": _l("The family said yes"),
        "asked_again": _l("The programme goes further than the family was told: asked again"),
        "confirmed": _l("Takes part"),
        "declined": _l("The family said no"),
        "was_double": _l("Was entered twice"),
        "lapsed": _l("Nobody answered in time"),
        "cancelled": _l("Taken back: %(reason)s"),
    }
)
