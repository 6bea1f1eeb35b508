"""What the door says about a code."""

from datetime import datetime

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.checkin.models import CorrectionKind, Verdict
from app.core.clock import local_day
from app.core.filters import clock, day
from app.events.models import Registration, RegistrationState

_WORDS: dict[Verdict, LazyString] = {
    Verdict.ARRIVED: _l("Checked in"),
    Verdict.ALREADY: _l("Scanned again"),
    Verdict.DESK: _l("To the service desk, please"),
    Verdict.UNKNOWN: _l("This code is not one of ours"),
    Verdict.OTHER_EVENT: _l("This code is for another event"),
    Verdict.OTHER_TIME: _l("This code is for another day"),
    Verdict.CANCELLED: _l("This registration was cancelled"),
}


def judge(registration: Registration | None, event_id: int, *, has_arrived: bool, happened_at: datetime) -> Verdict:
    """Return the verdict on a code shown at the door of an event at a moment."""
    if registration is None:
        return Verdict.UNKNOWN
    slot = registration.slot
    if slot.event_id != event_id:
        return Verdict.OTHER_EVENT
    if not registration.is_active or slot.event.is_cancelled:
        return Verdict.CANCELLED
    if not local_day(slot.starts_at) <= local_day(happened_at) <= local_day(slot.ends_at):
        return Verdict.OTHER_TIME
    if has_arrived:
        return Verdict.ALREADY
    # the reason, a consent that is missing, is nobody's business in a queue
    return Verdict.DESK if registration.state is RegistrationState.HELD else Verdict.ARRIVED


def words(verdict: Verdict, registration: Registration | None, arrived_at: datetime | None) -> str:
    """Return the verdict in words for whoever stands at the door."""
    if verdict is Verdict.ALREADY and arrived_at:
        return str(_("Already checked in at %(time)s", time=clock(arrived_at)))
    if verdict is Verdict.OTHER_TIME and registration:
        return str(_("This code is for %(day)s", day=day(registration.slot.starts_at)))
    return verdict_name(verdict)


def verdict_name(verdict: Verdict) -> str:
    """Return the verdict as a line of a record."""
    return str(_WORDS[verdict])


def correction_name(kind: CorrectionKind) -> str:
    """Return a correction as a line of a record."""
    return str(_("Corrected: was here") if kind is CorrectionKind.PRESENT else _("Corrected: was not here"))
