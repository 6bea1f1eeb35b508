"""What the door says about a code."""

from datetime import datetime
from functools import cache

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.checkin.guests import Guest
from app.checkin.models import CorrectionKind, Verdict
from app.core.clock import local_day
from app.core.filters import clock, day
from app.core.languages import current_language
from app.events.models import RegistrationState
from app.events.problems import EventCancelled

_WORDS: dict[Verdict, LazyString] = {
    Verdict.ARRIVED: _l("Checked in"),
    Verdict.ALREADY: _l("Scanned again"),
    Verdict.DESK: _l("To the service desk, please"),
    Verdict.UNKNOWN: _l("This code is not one of ours"),
    Verdict.OTHER_EVENT: _l("This code is for another event"),
    Verdict.OTHER_TIME: _l("This code is for another day"),
    Verdict.CANCELLED: _l("This registration was cancelled"),
}


def judge(guest: Guest | None, event_id: int, *, has_arrived: bool, happened_at: datetime) -> Verdict:
    """Return the verdict on a code shown at the door of an event at a moment."""
    if guest is None:
        return Verdict.UNKNOWN
    if guest.event_id != event_id:
        return Verdict.OTHER_EVENT
    if not guest.takes_place:
        return Verdict.CANCELLED
    if not local_day(guest.starts_at) <= local_day(happened_at) <= local_day(guest.ends_at):
        return Verdict.OTHER_TIME
    if has_arrived:
        return Verdict.ALREADY
    # the reason, such as a consent that is missing, is nobody's business in a queue
    return Verdict.ARRIVED if guest.state is RegistrationState.CONFIRMED else Verdict.DESK


def words(verdict: Verdict, guest: Guest | None, arrived_at: datetime | None) -> str:
    """Return the verdict in words for whoever stands at the door."""
    if verdict is Verdict.ALREADY and arrived_at:
        return str(_("Already checked in at %(time)s", time=clock(arrived_at)))
    if verdict is Verdict.CANCELLED and guest and guest.cancelled_at:
        return str(EventCancelled.words)
    if verdict is Verdict.OTHER_TIME and guest:
        return str(_("This code is for %(day)s", day=day(guest.starts_at)))
    return verdict_name(verdict)


def verdict_name(verdict: Verdict) -> str:
    """Return the verdict as a line of a record."""
    return _name_in(current_language(), verdict)


@cache
def _name_in(_language: str, verdict: Verdict) -> str:
    """Return the same, asking the catalogue once in a process."""
    return str(_WORDS[verdict])


def correction_name(kind: CorrectionKind) -> str:
    """Return a correction as a line of a record."""
    return str(_("Corrected: was here") if kind is CorrectionKind.PRESENT else _("Corrected: was not here"))
