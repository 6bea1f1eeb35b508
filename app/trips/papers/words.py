"""What the lists of a trip are called, and how they say what changed since they were printed."""

from collections.abc import Callable, Mapping

from flask_babel import LazyString, ngettext
from flask_babel import lazy_gettext as _l

from app.trips.papers.models import PaperKind, TripEmergency

PAPER_WORDS: Mapping[PaperKind, LazyString] = {
    PaperKind.ROSTER: _l("List of names"),
    PaperKind.INSURANCE: _l("List for the insurance"),
    PaperKind.RIDES: _l("Who rides where"),
    PaperKind.ROOMS: _l("Who sleeps where"),
    PaperKind.MEALS: _l("Numbers for meals"),
    PaperKind.EMERGENCY: _l("Emergency cards"),
    PaperKind.BADGES: _l("Badges"),
}
PAPER_HINTS: Mapping[PaperKind, LazyString] = {
    PaperKind.ROSTER: _l("Everybody with school, class, group, bus and room; no phone numbers."),
    PaperKind.INSURANCE: _l("Everybody, and whose document is still missing."),
    PaperKind.RIDES: _l("By bus, with a box to tick when getting in."),
    PaperKind.ROOMS: _l("By room."),
    PaperKind.MEALS: _l("Numbers alone: in all, by side and group, and how many eat what."),
    PaperKind.EMERGENCY: _l("By group: guardians' numbers, what to look after, whom to call. For leaders only."),
    PaperKind.BADGES: _l("First name in large type, group, and the leader's number; nothing else of a child."),
}


CONTACT_WORDS: Mapping[str, LazyString] = {
    "on_duty": _l("On duty day and night"),
    "protection": _l("Contact for the protection of minors"),
    "hospital": _l("Hospital nearby"),
    "insurance": _l("Insurance: policy and number to call"),
}


def contacts_in_words(contacts: TripEmergency | None) -> list[tuple[LazyString, str]]:
    """Return what was typed for emergencies, each with its label; "" where nothing was."""
    return [(label, getattr(contacts, name) if contacts else "") for name, label in CONTACT_WORDS.items()]


def _new(num: int) -> str:
    return str(ngettext("%(num)d more", "%(num)d more", num))


def _gone(num: int) -> str:
    return str(ngettext("%(num)d has left", "%(num)d have left", num))


def _group(num: int) -> str:
    return str(ngettext("%(num)d in another group", "%(num)d in another group", num))


def _bus(num: int) -> str:
    return str(ngettext("%(num)d in another bus", "%(num)d in another bus", num))


def _room(num: int) -> str:
    return str(ngettext("%(num)d in another room", "%(num)d in another room", num))


def _said(num: int) -> str:
    return str(ngettext("what is known of %(num)d person", "what is known of %(num)d people", num))


CHANGED: Mapping[str, Callable[[int], str]] = {
    "new": _new,
    "gone": _gone,
    "group": _group,
    "bus": _bus,
    "room": _room,
    "said": _said,
}
