"""How an event and its slots tell what happened to them."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.core.changes import Vocabulary
from app.events.models import Registration, RegistrationState, SlotForm
from app.programmes.kinds import ProgrammeKind

FORM_WORDS = {SlotForm.SESSION: _l("Session"), SlotForm.SHIFT: _l("Volunteer shift")}
STATE_WORDS = {
    RegistrationState.CONFIRMED: _l("Signed up"),
    RegistrationState.HELD: _l("Held, waiting for a guardian"),
    RegistrationState.OFFERED: _l("Your turn, please answer"),
    RegistrationState.WAITING: _l("On the waiting list"),
    RegistrationState.APPLIED: _l("Waiting for a decision"),
    RegistrationState.CANCELLED: _l("Cancelled"),
    RegistrationState.REFUSED: _l("No place this time"),
    RegistrationState.LAPSED: _l("Not answered in time"),
}


def state_words(registration: Registration) -> LazyString:
    """Return what a place is worth just now."""
    return _l("Event cancelled") if registration.slot.event.is_cancelled else STATE_WORDS[registration.state]


def _kind(value: str) -> LazyString:
    return ProgrammeKind(value).words


def _form(value: str) -> LazyString:
    return FORM_WORDS[SlotForm(value)]


EVENT = Vocabulary(
    happened={
        "created": _l("Set up as a draft"),
        "copied": _l("Copied from “%(title)s”"),
        "published": _l("Published"),
        "cancelled": _l("Cancelled: %(reason)s"),
        "resumed": _l("The cancellation was taken back"),
        "postponed": _l("Moved from %(before)s to %(after)s: %(reason)s"),
        "slot_postponed": _l("“%(title)s” was moved from %(before)s to %(after)s: %(reason)s"),
        "slot_added": _l("“%(title)s” was added"),
        "slot_deleted": _l("“%(title)s” was deleted"),
        "announced": _l("Notice on the page: %(text)s"),
        "announcement_ended": _l("The notice was taken away"),
        "told": _l("Announcement to %(people)s people: “%(subject)s”"),
        "told_undone": _l("The announcement “%(subject)s” was taken back before it left"),
        "rain_began": _l("The rain plan holds"),
        "rain_ended": _l("The rain plan was taken back"),
        "picture_changed": _l("The picture was changed"),
    },
    fields={
        "title": _l("Title"),
        "kind": _l("Kind"),
        "summary": _l("What happens, what to bring"),
        "place": _l("Place"),
        "contact": _l("Contact for questions"),
        "rain_plan": _l("If it rains"),
    },
    values={"kind": _kind},
)

SLOT = Vocabulary(
    happened={},
    fields={
        "title": _l("Name of the session or shift"),
        "form": _l("Session or shift?"),
        "starts_at": _l("Begins"),
        "ends_at": _l("Ends"),
        "place": _l("Meeting point, if it differs"),
        "capacity": _l("Places"),
        "min_age": _l("From age"),
        "max_age": _l("To age"),
        "opens_at": _l("Sign-up opens"),
        "closes_at": _l("Sign-up closes"),
    },
    values={"form": _form},
)
