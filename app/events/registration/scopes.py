"""Which consent a slot needs: of which scope, and how strong.

What happens inside a programme is covered by what a guardian agreed to for the programme, for whoever takes part in it,
as far as it goes no further than the programme itself. Everybody else is asked for the event.
"""

from datetime import date, datetime, time, timedelta
from enum import IntEnum
from typing import Protocol

from app.core.clock import local, local_day
from app.events.models import Event, Slot, SlotForm
from app.people.ages import adult_on
from app.people.consents.scopes import event_scope, programme_scope, term_of, term_scope
from app.programmes.spans import Span

_DAY = time(6), time(21)


class Need(IntEnum):
    """What a guardian's answer has to be before somebody's place is confirmed."""

    NONE = 0
    ANSWERED = 1
    PROVEN = 2


class Planned(Protocol):
    """What of a slot, and of a wish for one, decides."""

    @property
    def form(self) -> SlotForm: ...
    @property
    def starts_at(self) -> datetime: ...
    @property
    def ends_at(self) -> datetime: ...


def scope_of(slot: Slot) -> str:
    """Return what a consent to take part in a slot covers, where it is asked for."""
    return own_scope(slot.event.host_id, slot.event_id, slot.consent_term)


def own_scope(host_id: int, event_id: int, term: str | None) -> str:
    """Return the same from what else was read of a slot."""
    return term_scope(host_id, term) if term else event_scope(event_id)


def programme_scope_of(slot: Slot) -> str | None:
    """Return the scope of the programme that covers a slot, None where none does. A series is one thing over weeks:
    what covered its first date might not cover the last."""
    programme = slot.event.programme
    if programme is None or programme.is_cancelled or slot.leads_id is not None:
        return None
    covers = programme.span.covers(span_of(slot, leaves_county=slot.event.leaves_county))
    return programme_scope(programme.id) if covers else None


def scopes_of(slot: Slot) -> set[str]:
    """Return every scope whose consent may count for a slot."""
    return {scope_of(slot)} | {one for one in [programme_scope_of(slot)] if one}


def span_of(slot: Planned, *, leaves_county: bool) -> Span:
    """Return how far a slot goes; one that ends at midnight ends on the day before."""
    last = local_day(slot.ends_at - timedelta(seconds=1))
    return Span(local_day(slot.starts_at), last, is_overnight(slot), leaves_county)


def keep_term(slot: Slot, event: Event) -> None:
    """Let a slot be covered by the consent of a term if it is a daytime shift in the county, or a date of a class;
    otherwise by that of its event alone. To be run whenever a slot is set up or moved."""
    is_class = slot.leads_id is not None or (slot.consent_term is not None and slot.form is SlotForm.SESSION)
    may_be = (is_class or slot.form is SlotForm.SHIFT) and is_by_day(slot) and not event.leaves_county
    slot.consent_term = term_of(local(slot.starts_at).date()) if may_be else None


def is_by_day(slot: Planned) -> bool:
    """Return whether a slot begins and ends on one day, between 06:00 and 21:00."""
    begins, ends = local(slot.starts_at), local(slot.ends_at)
    return begins.date() == ends.date() and begins.time() >= _DAY[0] and ends.time() <= _DAY[1]


def is_overnight(slot: Planned) -> bool:
    """Return whether somebody is away for a night."""
    return local(slot.starts_at).date() != local(slot.ends_at - timedelta(seconds=1)).date()


def need_of(
    fourteen_on: date, registered_on: date, slot: Planned, *, leaves_county: bool, asks_guardians: bool
) -> Need:
    """Return what a place needs of a guardian; the age is that of the day of sign-up (DOMAIN rules 1 and 2).

    Under 14 a proven consent (个人信息保护法 31). From 14 to 17 any, but proven for nights away and outside the county;
    none where the host switched that off, which it cannot for shifts, nights and ways out of the county.
    """
    if registered_on < fourteen_on:
        return Need.PROVEN
    if registered_on >= adult_on(fourteen_on):
        return Need.NONE
    if leaves_county or is_overnight(slot):
        return Need.PROVEN
    return Need.ANSWERED if asks_guardians or slot.form is SlotForm.SHIFT else Need.NONE
