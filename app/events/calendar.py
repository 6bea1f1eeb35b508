"""A registration as a calendar file: on paper, in a phone and on an office computer it is the same hour."""

from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask_babel import gettext as _

from app.core.clock import local, local_day
from app.events.history import Revision
from app.events.models import OVER, Registration, RegistrationState

if TYPE_CHECKING:
    from icalendar import Alarm, Event

_PROGRAM = "-//Tongxing//Registrations//ZH"
_BEFORE = timedelta(hours=3)
_WORTH = {RegistrationState.CONFIRMED: "CONFIRMED", **dict.fromkeys(OVER, "CANCELLED")}


def calendar_of(registration: Registration, revision: Revision, address: str) -> bytes:
    """Return an iCalendar file (RFC 5545) with the one entry; ``address`` is the page of the code.

    A calendar knows the entry again by its UID and takes the newer one by its SEQUENCE. The same facts make the same
    bytes.
    """
    from icalendar import Calendar

    slot = registration.slot
    calendar = Calendar()
    calendar.add("prodid", _PROGRAM)
    calendar.add("version", "2.0")
    calendar.add_component(_entry(registration, revision, address))
    day = timedelta(days=1)
    calendar.add_missing_timezones(local_day(slot.starts_at) - day, local_day(slot.ends_at) + day)
    return bytes(calendar.to_ical())


def _entry(registration: Registration, revision: Revision, address: str) -> "Event":
    from icalendar import Event

    slot, event = registration.slot, registration.slot.event
    entry = Event()
    entry.add("uid", f"registration-{registration.id}@{urlsplit(address).hostname}")
    entry.add("sequence", revision.number)
    entry.add("dtstamp", revision.at.replace(microsecond=0))
    entry.add("last-modified", revision.at.replace(microsecond=0))
    entry.add("created", registration.registered_at.replace(microsecond=0))
    entry.add("dtstart", local(slot.starts_at))
    entry.add("dtend", local(slot.ends_at))
    entry.add("summary", " · ".join(filter(None, [event.title, slot.title])))
    entry.add("location", slot.place or event.place)
    entry.add("description", _description(registration, address))
    entry.add("url", address)
    entry.add("status", "CANCELLED" if event.is_cancelled else _WORTH.get(registration.state, "TENTATIVE"))
    if not event.is_cancelled and registration.is_active:
        entry.add_component(_alarm(event.title))
    return entry


def _description(registration: Registration, address: str) -> str:
    event = registration.slot.event
    lines = [
        _("For: %(name)s", name=registration.person.name),
        event.notice,
        event.rain_plan and _("If it rains: %(plan)s", plan=event.rain_plan),
        event.summary,
        _("Contact: %(contact)s", contact=event.contact),
        _("Entry code: %(address)s", address=address),
    ]
    return "\n".join(filter(None, lines))


def _alarm(title: str) -> "Alarm":
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", -_BEFORE)
    alarm.add("description", title)
    return alarm
