"""What each line of a roster means to a school: a new pupil, one that is here, or nobody can say by itself.

Only those are looked at who name this very school: a list must not find, or change, anybody else's child.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager

from app.core.db import db
from app.events.models import OPEN, Registration
from app.people.consents.models import Guardian
from app.people.models import Enrolment, Person, SchoolClass
from app.schooldesk.rosters.guardians import roster_guardians
from app.schooldesk.rosters.lines import NEW, SKIP, Line, Pupil
from app.schooldesk.rosters.models import Effect


@dataclass(frozen=True)
class Outcome:
    """What will become of a line: the pupil it is, which of the fields will change, and who it may be.

    ``is_leaned_on`` says why that pupil's birth date stays: a place that is held must not become one that is not.
    """

    line: Line
    effect: Effect
    enrolment: Enrolment | None = None
    changes: frozenset[str] = frozenset()
    candidates: Sequence[Enrolment] = field(default_factory=tuple)
    is_leaned_on: bool = False


@dataclass(frozen=True)
class Facts:
    """All that the lines of a roster are compared with."""

    school_class: SchoolClass
    known: Mapping[str, Sequence[Enrolment]]  # by name
    leaned_on: frozenset[int]  # whose birth date a place, or a wish for one, leans on
    guardians: Mapping[int, Sequence[Guardian]]  # by person


def pupils_named(school_id: int, names: Iterable[str]) -> Select[Enrolment]:
    """Return who of some names says to be a school's pupil, refused ones aside."""
    own = (Enrolment.school_id == school_id, Enrolment.ended_at.is_(None), Enrolment.refused_at.is_(None))
    found = select(Enrolment).join(Enrolment.person).where(*own, Person.name.in_(set(names)))
    return found.options(contains_eager(Enrolment.person)).order_by(Enrolment.id)


def outcomes(one: SchoolClass, lines: Sequence[Line], *, lock: bool = False) -> list[Outcome]:
    """Return what will become of each line of a class's roster; three statements, however many lines."""
    statement = pupils_named(one.school_id, [line.pupil.name for line in lines if line.pupil])
    if lock:
        statement = statement.with_for_update(of=Enrolment).execution_options(populate_existing=True)
    known: dict[str, list[Enrolment]] = {}
    for enrolment in db.session.scalars(statement):
        known.setdefault(enrolment.person.name, []).append(enrolment)
    person_ids = [one.person_id for namesakes in known.values() for one in namesakes]
    facts = Facts(one, known, _leaned_on(person_ids), roster_guardians(one.school_id, person_ids))
    return [_outcome(facts, line) for line in lines]


def _leaned_on(person_ids: Sequence[int]) -> frozenset[int]:
    """Return whose birth date a place, or a wish for one, leans on."""
    leaning = select(Registration.person_id).where(Registration.person_id.in_(person_ids), Registration.state.in_(OPEN))
    return frozenset(db.session.scalars(leaning.distinct()))


def _outcome(facts: Facts, line: Line) -> Outcome:
    if line.choice == SKIP:
        return Outcome(line, Effect.LEFT_OUT)
    if line.pupil is None:
        return Outcome(line, Effect.WRONG)
    pupil, namesakes = line.pupil, facts.known.get(line.pupil.name, [])
    exact = [known for known in namesakes if known.person.born_on == pupil.born_on]
    chosen = [known for known in namesakes if str(known.id) == line.choice]
    if line.choice == NEW or not (exact or chosen or _could_be(facts.school_class, namesakes)):
        return Outcome(line, Effect.NEW)
    if len(exact) == 1 or chosen:
        known = (chosen or exact)[0]
        changes = changes_of(facts.school_class, known, pupil, facts.guardians.get(known.person_id, []))
        if "born" in changes and known.person_id in facts.leaned_on:
            return Outcome(line, Effect.UNCLEAR, candidates=namesakes, is_leaned_on=True)
        return Outcome(line, Effect.CHANGED if changes else Effect.SAME, known, changes)
    return Outcome(line, Effect.UNCLEAR, candidates=namesakes)


def _could_be(one: SchoolClass, namesakes: Sequence[Enrolment]) -> bool:
    """Return whether a namesake may be the same pupil with a mistyped date: those of other classes are not asked
    about, for a school has many 张伟."""
    return any(known.class_name in ("", one.name) or known.confirmed_at is None for known in namesakes)


def changes_of(one: SchoolClass, known: Enrolment, pupil: Pupil, guardians: Sequence[Guardian]) -> frozenset[str]:
    """Return what a line would change of a pupil; what it leaves out stays."""
    told = {
        "born": known.person.born_on != pupil.born_on,
        "class": known.class_name != one.name,
        "confirmed": known.confirmed_at is None,
        "gender": bool(pupil.gender) and known.person.gender != pupil.gender,
        "student_no": bool(pupil.student_no) and known.person.student_no != pupil.student_no,
        "guardian": bool(pupil.phone) and not any(_is_it(one, pupil) for one in guardians),
    }
    return frozenset(name for name, is_new in told.items() if is_new)


def _is_it(guardian: Guardian, pupil: Pupil) -> bool:
    contact = guardian.contact
    return contact is not None and contact.phone == pupil.phone and pupil.guardian in ("", contact.name)
