"""What a place is worth for a minor: confirmed by a consent in force, or held until a guardian agrees, and until it is
proven who that was where only proof counts."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.core.clock import local_day
from app.core.db import db
from app.events.models import Registration, RegistrationState, Slot
from app.events.registration import offer_times
from app.events.registration.scopes import Need, need_of, scope_of
from app.events.registration.wishes import Wish
from app.events.rules import rules_of
from app.people.ages import adult_on
from app.people.consents.models import ConsentInForce

LEANING = ("consent_id", "consent_scope", "consent_proven")
Columns = dict[str, Any]


def weigh(slot: Slot, members: Sequence[Registration], *, at: datetime) -> None:
    """Say what the places of some people are worth: confirmed, or held for a while until a guardian agrees.

    To be run under the slot's lock whenever places were given.
    """
    for one, columns in worths(slot, members, at=at):
        for name, value in columns.items():
            setattr(one, name, value)


def worths(slot: Slot, members: Sequence[Registration], *, at: datetime) -> list[tuple[Registration, Columns]]:
    """Return the columns that say what the places of some people are worth; adults cost no statement.

    Who is held already keeps the moment until which that is.
    """
    minors = {one.id: one for one in members if one.registered_on < adult_on(one.fourteen_on)}
    if not minors:
        return [(one, _confirmed(None)) for one in members]
    in_force = _in_force(slot, minors.values())
    asks = rules_of(slot.event.host_id).asks_guardians
    found: list[tuple[Registration, Columns]] = []
    for one in members:
        need = need_of_place(one, slot, asks_guardians=asks)
        consent = in_force.get(one.person_id)
        if need is Need.NONE:
            found.append((one, _confirmed(None)))
        elif consent and suffices(need, is_proven=consent.is_proven):
            found.append((one, _confirmed(consent)))
        else:
            until = one.held_until or _until(slot, [one], at=at)
            found.append((one, {**leaning(consent), "state": RegistrationState.HELD, "held_until": until}))
    return found


def worth_of(wish: Wish, *, at: datetime) -> Columns:
    """Return the columns that say what a place would be worth to whoever signs up now: without a statement, for when
    sign-up opens everybody comes at the same second."""
    today = local_day(at)
    leaves, asks = wish.leaves_county, wish.asks_guardians
    need = need_of(wish.fourteen_on, today, wish, leaves_county=leaves, asks_guardians=asks)
    if need is Need.NONE:
        return {"state": RegistrationState.CONFIRMED}
    leans = {name: getattr(wish, name) for name in LEANING}
    if wish.consent_id is not None and suffices(need, is_proven=bool(wish.consent_proven)):
        return {"state": RegistrationState.CONFIRMED} | leans
    begun = at >= wish.starts_at
    until = None if begun else offer_times.held_until(wish.starts_at, at=at, boards=bool(wish.boards))
    return {"state": RegistrationState.HELD, "held_until": until} | leans


def need_of_place(one: Registration, slot: Slot, *, asks_guardians: bool) -> Need:
    """Return what a place needs of a guardian."""
    leaves = slot.event.leaves_county
    return need_of(one.fourteen_on, one.registered_on, slot, leaves_county=leaves, asks_guardians=asks_guardians)


def suffices(need: Need, *, is_proven: bool) -> bool:
    """Return whether a consent in force is strong enough."""
    return need is not Need.PROVEN or is_proven


def is_untold(one: Registration) -> bool:
    """Return whether a minor has a place that no guardian had to agree to: they are to be told all the same (DOMAIN
    rule 1)."""
    is_minor = one.registered_on < adult_on(one.fourteen_on)
    return is_minor and one.state is RegistrationState.CONFIRMED and one.consent_id is None


def lean(one: Registration, consent: ConsentInForce | None) -> None:
    """Let a place lean on a consent in force, or on none."""
    for name, value in leaning(consent).items():
        setattr(one, name, value)


def release(members: Iterable[Registration]) -> None:
    """Let people who have no place any more lean on nothing: a guardian may take the consent back freely."""
    for one in members:
        lean(one, None)


def _confirmed(consent: ConsentInForce | None) -> Columns:
    return {**leaning(consent), "state": RegistrationState.CONFIRMED, "held_until": None}


def leaning(consent: ConsentInForce | None) -> Columns:
    """Return the columns that say on which consent a place leans."""
    if consent is None:
        return dict.fromkeys(LEANING)
    return dict(zip(LEANING, (consent.id, consent.scope, consent.is_proven), strict=True))


def _in_force(slot: Slot, minors: Iterable[Registration]) -> dict[int, ConsentInForce]:
    people = [one.person_id for one in minors]
    theirs = (ConsentInForce.person_id.in_(people), ConsentInForce.scope == scope_of(slot))
    return {one.person_id: one for one in db.session.scalars(select(ConsentInForce).where(*theirs))}


def _until(slot: Slot, members: Sequence[Registration], *, at: datetime) -> datetime | None:
    """Return until when a place is held that is held from now on; without an end once it has begun."""
    if at >= slot.starts_at:
        return None
    return offer_times.held_until(slot.starts_at, at=at, boards=offer_times.anybody_boards(members))
