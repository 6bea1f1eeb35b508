"""Who takes part in a round."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, select

from app.core.changes import note_change
from app.core.db import db
from app.pairing.models import PairingMember, PairingRound
from app.pairing.rounds import RECORD, open_round
from app.pairing.wishes import write_wishes
from app.people.class_names import school_order
from app.people.entering import enter_person
from app.people.models import Enrolment, Gender, Person, PersonKind
from app.people.operations import Details
from app.programmes.models import Application, ApplicationState, Side

LAST_GRADE = 12
_STEP = 500  # numbers in one statement


@dataclass(frozen=True)
class Entry:
    """Somebody as a list names them; "" and None for what it does not say. ``wishes`` are names of the round."""

    name: str
    born_on: date
    gender: Gender | None = None
    class_name: str = ""
    interests: str = ""
    languages: str = ""
    wishes: tuple[str, ...] = ()


def put_in(round_id: int, side: int, person_ids: Collection[int], *, by: int, at: datetime) -> int:
    """Let people take part on a side; returns how many did not already."""
    one = open_round(round_id, by=by, at=at)
    there = set(db.session.scalars(select(PairingMember.person_id).where(PairingMember.round_id == round_id)))
    new = sorted(set(person_ids) - there)
    db.session.add_all(_member(one, side, person_id, school) for person_id, school in _schools(new))
    if new:
        note_change(RECORD, round_id, "people", by=by, at=at, count=len(new))
    return len(new)


def enter(round_id: int, side: int, entries: Sequence[Entry], *, by: int, at: datetime) -> int:
    """Let those on a list take part; whom the host had in an earlier round by name and birth date is the same person.

    Returns how many are new in the round.
    """
    one = open_round(round_id, by=by, at=at)
    known = _known(one, entries)
    ids = {known.get((entry.name, entry.born_on)) or _entered(entry, at) for entry in entries}
    added = put_in(round_id, side, ids, by=by, at=at)
    classes = {(entry.name, entry.born_on): entry.class_name for entry in entries if entry.class_name}
    for member in db.session.scalars(select(PairingMember).where(PairingMember.round_id == round_id)):
        said = classes.get((member.person.name, member.person.born_on))
        if said and not member.class_name:
            member.class_name, member.grade = said, grade_of(said)
    db.session.flush()
    write_wishes(round_id, {(entry.name, entry.born_on): entry.wishes for entry in entries if entry.wishes})
    return added


def take_from_programme(round_id: int, side_ids: Sequence[int], *, by: int, at: datetime) -> int:
    """Let everybody with a confirmed place on these sides of the round's programme take part; the first of them is the
    round's first side, all others its second. Returns how many did not already."""
    one = db.session.get_one(PairingRound, round_id)
    added = 0
    for place, side_id in enumerate(side_ids):
        theirs = (
            select(Application.person_id)
            .join(Side, Side.id == Application.side_id)
            .where(
                Application.side_id == side_id,
                Side.programme_id == one.programme_id,
                Application.state == ApplicationState.CONFIRMED,
            )
        )
        side = min(place, 1) if one.shape.has_sides else 0
        added += put_in(round_id, side, list(db.session.scalars(theirs)), by=by, at=at)
    return added


def take_out(member_id: int, *, by: int, at: datetime) -> int:
    """Let somebody not take part; the partner stays, without a pair if it was one of two. Returns the round."""
    member = db.session.get_one(PairingMember, member_id)
    round_id, pair = member.round_id, member.pair
    open_round(round_id, by=by, at=at)
    if pair is not None:
        others = [one for one in pair.members if one.id != member_id]
        if len(others) < 2:
            for one in others:
                one.pair_id = None
            db.session.flush()
            db.session.delete(pair)
    db.session.execute(delete(PairingMember).where(PairingMember.id == member_id))
    note_change(RECORD, round_id, "taken_out", by=by, at=at)
    return round_id


def grade_of(class_name: str) -> int | None:
    """Return the grade that a class's name says, 1 to 12."""
    grade = school_order(class_name)[0] if class_name else 0
    return grade if 1 <= grade <= LAST_GRADE else None


def _member(one: PairingRound, side: int, person_id: int, school: tuple[str, str]) -> PairingMember:
    name, class_name = school
    return PairingMember(
        round_id=one.id, person_id=person_id, side=side, school=name, class_name=class_name, grade=grade_of(class_name)
    )


def _schools(person_ids: Sequence[int]) -> list[tuple[int, tuple[str, str]]]:
    """Return for each person the school and class that are theirs now."""
    found: dict[int, tuple[str, str]] = {}
    for start in range(0, len(person_ids), _STEP):
        current = select(Enrolment).where(
            Enrolment.person_id.in_(person_ids[start : start + _STEP]),
            Enrolment.ended_at.is_(None),
            Enrolment.refused_at.is_(None),
        )
        found |= {one.person_id: (one.school.name, one.class_name) for one in db.session.scalars(current)}
    return [(person_id, found.get(person_id, ("", ""))) for person_id in person_ids]


def _known(one: PairingRound, entries: Sequence[Entry]) -> dict[tuple[str, date], int]:
    """Return whom the host had in a round before, by name and birth date."""
    known: dict[tuple[str, date], int] = {}
    names = sorted({entry.name for entry in entries})
    for start in range(0, len(names), _STEP):
        theirs = (
            select(Person.name, Person.born_on, Person.id)
            .join(PairingMember, PairingMember.person_id == Person.id)
            .join(PairingMember.round)
            .where(PairingRound.host_id == one.host_id, Person.name.in_(names[start : start + _STEP]))
            .order_by(Person.id.desc())
        )
        known |= {(name, born_on): person_id for name, born_on, person_id in db.session.execute(theirs)}
    return known


def _entered(entry: Entry, at: datetime) -> int:
    person = enter_person(Details(entry.name, entry.born_on, None, ""), None, at=at)
    person.gender, person.kind = entry.gender, PersonKind.PUPIL
    person.interests, person.languages = entry.interests, entry.languages
    return person.id
