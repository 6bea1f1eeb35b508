"""Who takes part in a round."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, select

from app.core.changes import note_change
from app.core.db import db
from app.pairing.models import PairingMember, PairingRound
from app.pairing.rounds import RECORD, Words, open_round, set_up
from app.pairing.settings import Settings
from app.pairing.wishes import write_wishes
from app.pairing.youths import Shape
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


def set_up_with_people(host_id: int, words: Words, *, by: int, at: datetime) -> PairingRound:
    """Set a round of a programme up and put everybody in whose place is confirmed. Where a pool has sides, partners
    come from another side."""
    crosses = words.shape is Shape.POOL and len(words.sides) > 1
    made = set_up(host_id, words, Settings(other_side=crosses), by=by, at=at)
    take_from_programme(made.id, by=by, at=at)
    return made


def put_in(round_id: int, side: int, person_ids: Collection[int], *, by: int, at: datetime) -> int:
    """Let people take part on a side; returns how many did not already."""
    return add(open_round(round_id, by=by, at=at), side, person_ids, by=by, at=at)


def add(one: PairingRound, side: int, person_ids: Collection[int], *, by: int, at: datetime) -> int:
    """Write down who takes part in a round that is locked; returns how many did not already."""
    there = set(db.session.scalars(select(PairingMember.person_id).where(PairingMember.round_id == one.id)))
    new = sorted(set(person_ids) - there)
    db.session.add_all(_member(one, side, person_id, school) for person_id, school in _schools(new))
    if new:
        note_change(RECORD, one.id, "people", by=by, at=at, count=len(new))
    return len(new)


def enter(round_id: int, side: int, entries: Sequence[Entry], *, by: int, at: datetime) -> int:
    """Let those on a list take part; whom the host had in an earlier round by name and birth date is the same person.

    Returns how many are new in the round.
    """
    one = open_round(round_id, by=by, at=at)
    added = put_in(round_id, side, people_of(one, entries, at=at), by=by, at=at)
    classes = {(entry.name, entry.born_on): entry.class_name for entry in entries if entry.class_name}
    for member in db.session.scalars(select(PairingMember).where(PairingMember.round_id == round_id)):
        said = classes.get((member.person.name, member.person.born_on))
        if said and not member.class_name:
            member.class_name, member.grade = said, grade_of(said)
    db.session.flush()
    write_wishes(round_id, {(entry.name, entry.born_on): entry.wishes for entry in entries if entry.wishes})
    return added


def people_of(one: PairingRound, entries: Sequence[Entry], *, at: datetime) -> set[int]:
    """Return who is on a list: whom the host knows, and whom it enters now."""
    known = _known(one, entries)
    return {known.get((entry.name, entry.born_on)) or _entered(entry, at) for entry in entries}


def take_from_programme(round_id: int, *, by: int, at: datetime) -> int:
    """Let everybody with a confirmed place on the round's sides of its programme take part. Returns how many did not
    already."""
    return add_from_programme(open_round(round_id, by=by, at=at), by=by, at=at)


def add_from_programme(one: PairingRound, *, by: int, at: datetime) -> int:
    """The same for a round that is locked."""
    added = 0
    for place, side_ids in enumerate(_sides_of(one)):
        theirs = (
            select(Application.person_id, Application.class_name)
            .join(Side, Side.id == Application.side_id)
            .where(
                Application.side_id.in_(side_ids),
                Side.programme_id == one.programme_id,
                Application.state == ApplicationState.CONFIRMED,
            )
        )
        classes = dict(db.session.execute(theirs).all())
        added += add(one, place, list(classes), by=by, at=at)
        _note_classes(one.id, classes)
    return added


def _sides_of(one: PairingRound) -> Sequence[Sequence[int]]:
    """Return the programme's sides that each of the round's is made of; else its first, and all others."""
    if one.side_ids or one.programme is None:
        return one.side_ids
    first, *others = [side.id for side in one.programme.sides] or [0]
    return [[first], others] if one.shape.has_sides else [[first, *others]]


def _note_classes(round_id: int, classes: Mapping[int, str]) -> None:
    """Write down school and class of those whom a partner's list names, 「云岭中学 · 七年级（2）班」: no school here
    has entered them."""
    db.session.flush()
    for member in db.session.scalars(select(PairingMember).where(PairingMember.round_id == round_id)):
        said = classes.get(member.person_id, "")
        if said and not member.school and not member.class_name:
            member.school, _between, member.class_name = said.rpartition(" · ")
            member.grade = grade_of(member.class_name)


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
