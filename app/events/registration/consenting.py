"""What a place is worth for a minor: confirmed by a consent in force, or held until a guardian agrees, and until it is
proven who that was where only proof counts."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.core.clock import local_day
from app.core.db import db
from app.events.models import Registration, RegistrationState, Slot
from app.events.registration import offer_times
from app.events.registration.scopes import Need, need_of, own_scope, programme_scope_of, scope_of, span_of
from app.events.registration.wishes import Wish
from app.events.rules import rules_of
from app.people.ages import adult_on
from app.people.consents.models import ConsentInForce
from app.people.consents.recording import hold_still, objected_to
from app.programmes.applications.consenting import HOLDS
from app.programmes.models import TAKING as CHOSEN
from app.programmes.models import Application, Programme

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
    in_force = covering(slot, {one.person_id for one in minors.values()})
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
    sign-up opens everybody comes at the same second; two for whoever leans on a programme's consent."""
    today = local_day(at)
    leaves, asks = wish.leaves_county, wish.asks_guardians
    need = need_of(wish.fourteen_on, today, wish, leaves_county=leaves, asks_guardians=asks)
    if need is Need.NONE:
        return {"state": RegistrationState.CONFIRMED}
    leans = _covering(wish)
    if leans["consent_id"] is not None and suffices(need, is_proven=bool(leans["consent_proven"])):
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


def covering(slot: Slot, person_ids: Collection[int]) -> dict[int, ConsentInForce]:
    """Return, of each person, the strongest consent in force that covers a slot: its own, or that of the programme in
    which it happens, where the person was chosen for that and no guardian has said no to the slot itself."""
    own = scope_of(slot)
    theirs = (ConsentInForce.person_id.in_(person_ids), ConsentInForce.scope == own)
    found = {one.person_id: one for one in db.session.scalars(select(ConsentInForce).where(*theirs))}
    wider = of_programme(slot, [number for number in person_ids if not _is_proven(found.get(number))])
    stronger = [one for one in wider if one.is_proven or one.person_id not in found]
    objected = objected_to(own, [one.person_id for one in stronger]) if stronger else ()
    return found | {one.person_id: one for one in stronger if one.person_id not in objected}


def of_programme(slot: Slot, person_ids: Collection[int]) -> Sequence[ConsentInForce]:
    """Return what is in force of these people for the programme that covers a slot: of those who were chosen for it,
    and whose guardians were told of all that it is now."""
    scope = programme_scope_of(slot) if person_ids else None
    if scope is None:
        return ()
    chosen = (
        select(Application.id)
        .join(Programme, Programme.id == Application.programme_id)
        .where(Application.person_id == ConsentInForce.person_id, Application.state.in_(CHOSEN))
        .where(Programme.id == slot.event.programme_id, HOLDS)
    )
    theirs = (ConsentInForce.person_id.in_(person_ids), ConsentInForce.scope == scope)
    return db.session.scalars(select(ConsentInForce).where(*theirs, chosen.exists())).all()


def _is_proven(consent: ConsentInForce | None) -> bool:
    return consent is not None and consent.is_proven


def _covering(wish: Wish) -> Columns:
    """Return the columns of what `covering` says, from what was read already."""
    own = {name: getattr(wish, name) for name in LEANING}
    wider = wish.programme
    if wider is None or wish.consent_proven or (wish.consent_id is not None and not wider.consent_proven):
        return own
    if wish.leads_id is not None or not wider.span.covers(span_of(wish, leaves_county=wish.leaves_county)):
        return own
    hold_still(wider.consent_id)  # whoever says no at this moment to the event alone ends nothing that this leans on
    if objected_to(own_scope(wish.host_id, wish.event_id, wish.consent_term), [wish.person_id]):
        return own
    return {name: getattr(wider, name) for name in LEANING}


def _until(slot: Slot, members: Sequence[Registration], *, at: datetime) -> datetime | None:
    """Return until when a place is held that is held from now on; without an end once it has begun."""
    if at >= slot.starts_at:
        return None
    return offer_times.held_until(slot.starts_at, at=at, boards=offer_times.anybody_boards(members))
