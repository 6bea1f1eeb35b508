"""Entering host families, approving them as a second person, placing guests."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from app.core.changes import note_change
from app.core.crypto import seal, unseal
from app.core.db import db
from app.people.models import Gender, Person
from app.programmes.host_families.models import SEALED_FOR, Guests, HostAdult, HostFamily, Placement
from app.programmes.host_families.problems import (
    AdultsUnchecked,
    FamilyFull,
    GuestsThere,
    NotAGuest,
    NotApproved,
    NotVisited,
    OtherGuests,
    PlacedAlready,
    SecondPersonApproves,
)
from app.programmes.models import Application, ApplicationState

RECORD = "host_family"
_TAKES: Mapping[Guests, Collection[Gender | None]] = {
    Guests.GIRLS: {Gender.FEMALE},
    Guests.BOYS: {Gender.MALE},
    Guests.ANY: {Gender.FEMALE, Gender.MALE, None},
}


@dataclass(frozen=True)
class Adult:
    """An adult of a family: when the records were looked up, and by whom; None and "" where nobody has."""

    name: str
    checked_on: date | None = None
    checked_by: str = ""


@dataclass(frozen=True)
class FamilyWords:
    """What is known of a family; ``visited_on`` and ``visited_by`` of the visit before anybody lives there."""

    name: str
    address: str
    phone: str
    guests: Guests
    capacity: int
    adults: tuple[Adult, ...]
    visited_on: date | None = None
    visited_by: str = ""
    remarks: str = ""


def enter_family(programme_id: int, words: FamilyWords, *, by: int, at: datetime) -> HostFamily:
    """Enter a family; nobody lives there before it is approved."""
    family = HostFamily(programme_id=programme_id, is_approved=False)
    _write(family, words, by=by, at=at)
    db.session.add(family)
    db.session.flush()
    note_change(RECORD, family.id, "entered", by=by, at=at)
    return family


def edit_family(family_id: int, words: FamilyWords, *, by: int, at: datetime) -> HostFamily:
    """Change what is known of a family; an approval of before counts no more. Raises `GuestsThere`."""
    family = locked(family_id)
    if words_of(family) == words:
        return family
    if guests_of(family_id):
        raise GuestsThere
    _take_approval_back(family)
    _write(family, words, by=by, at=at)
    note_change(RECORD, family_id, "edited", by=by, at=at)
    return family


def approve(family_id: int, *, by: int, at: datetime) -> HostFamily:
    """Say as a second person that guests may live there; a second time changes nothing.

    Raises `NotVisited`, `AdultsUnchecked`, `SecondPersonApproves`.
    """
    family = locked(family_id)
    if family.is_approved:
        return family
    if family.visited_on is None:
        raise NotVisited
    if not family.adults or any(one.checked_on is None for one in family.adults):
        raise AdultsUnchecked
    if family.changed_by_id == by:
        raise SecondPersonApproves
    family.is_approved, family.approved_at, family.approved_by_id = True, at, by
    note_change(RECORD, family_id, "approved", by=by, at=at)
    return family


def withdraw_approval(family_id: int, *, by: int, at: datetime) -> HostFamily:
    """Take an approval back. Raises `GuestsThere`."""
    family = locked(family_id)
    if guests_of(family_id):
        raise GuestsThere
    if family.is_approved:
        _take_approval_back(family)
        family.changed_at, family.changed_by_id = at, by
        note_change(RECORD, family_id, "approval_withdrawn", by=by, at=at)
    return family


def place(family_id: int, person_id: int, nights: tuple[date, date], *, by: int, at: datetime) -> Placement:
    """Let a guest of the programme live with a family, from a day until a day.

    Raises `NotApproved`, `NotAGuest`, `PlacedAlready`, `FamilyFull`, `OtherGuests`.
    """
    family = locked(family_id)
    if not family.is_approved:
        raise NotApproved
    person = db.session.get_one(Person, person_id, with_for_update={"of": Person})
    _check_guest(family, person)
    if guests_of(family_id) >= family.capacity:
        raise FamilyFull(capacity=family.capacity)
    if person.gender not in _TAKES[family.guests]:
        raise OtherGuests
    placed = {"family_id": family_id, "programme_id": family.programme_id, "person_id": person_id}
    made = Placement(**placed, comes_on=nights[0], leaves_on=nights[1], placed_at=at, placed_by_id=by)
    made.family_is_approved = True
    db.session.add(made)
    db.session.flush()
    note_change(RECORD, family_id, "placed", by=by, at=at)
    return made


def end_placement(placement_id: int, *, by: int, at: datetime) -> Placement:
    """Let a guest live there no more; a second time changes nothing."""
    placement = db.session.get_one(Placement, placement_id, with_for_update={"of": Placement}, populate_existing=True)
    if placement.ended_at is None:
        placement.ended_at, placement.family_is_approved = at, None
        note_change(RECORD, placement.family_id, "placement_ended", by=by, at=at)
        db.session.flush()
    return placement


def words_of(family: HostFamily) -> FamilyWords:
    """Return what is known of a family, unsealed."""
    return FamilyWords(
        family.name,
        unseal(SEALED_FOR, family.address) or "",
        unseal(SEALED_FOR, family.phone) or "",
        family.guests,
        family.capacity,
        tuple(Adult(one.name, one.checked_on, one.checked_by) for one in family.adults),
        family.visited_on,
        family.visited_by,
        family.remarks,
    )


def guests_of(family_id: int) -> int:
    """Return how many are placed with a family."""
    there = select(func.count()).select_from(Placement).where(Placement.family_id == family_id)
    return db.session.scalar(there.where(Placement.ended_at.is_(None))) or 0


def locked(family_id: int) -> HostFamily:
    """Return a family that is about to change."""
    family = db.session.get_one(HostFamily, family_id, with_for_update={"of": HostFamily}, populate_existing=True)
    db.session.expire(family, ["adults"])
    return family


def _write(family: HostFamily, words: FamilyWords, *, by: int, at: datetime) -> None:
    for name in ("name", "guests", "capacity", "visited_on", "visited_by", "remarks"):
        setattr(family, name, getattr(words, name))
    family.address, family.phone = seal(SEALED_FOR, words.address), seal(SEALED_FOR, words.phone)
    family.adults = [
        HostAdult(name=one.name, checked_on=one.checked_on, checked_by=one.checked_by) for one in words.adults
    ]
    family.changed_at, family.changed_by_id = at, by


def _take_approval_back(family: HostFamily) -> None:
    family.is_approved, family.approved_at, family.approved_by_id = False, None, None


def _check_guest(family: HostFamily, person: Person) -> None:
    theirs = (Application.programme_id == family.programme_id, Application.person_id == person.id)
    confirmed = select(Application.id).where(*theirs, Application.state == ApplicationState.CONFIRMED)
    if db.session.scalar(confirmed.limit(1)) is None:
        raise NotAGuest
    placed = (Placement.programme_id == family.programme_id, Placement.person_id == person.id)
    if db.session.scalar(select(Placement.id).where(*placed, Placement.ended_at.is_(None)).limit(1)):
        raise PlacedAlready
