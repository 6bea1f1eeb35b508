"""Where a person's name stands in what is not the person's: told to others, and typed by whoever looked for it."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, delete, or_, select

from app.care.belongings import Belongings
from app.core.changes import Change
from app.core.db import METADATA, Base, db
from app.events.models import BulkAct, BulkActItem, Registration, Slot
from app.messages.models import Announcement, Message
from app.pairing.ending.models import PairEnding, PairSubstitution
from app.pairing.journal.models import JournalEntry
from app.pairing.letters.models import LetterOpening, LetterWorry, OpenLetter
from app.pairing.models import Pair, PairingMember
from app.people.models import ActsFor, Enrolment, Person, SchoolClass

NO_NAME = "＊＊"
_AT_ONCE = 500  # messages


def forget_elsewhere(person: Person, own: Belongings) -> None:
    """Take a person's name out of announcements, history and acts of the same events, out of what others were told, and
    of what somebody typed who did not find the person.

    To be run while the name is still there. What a namesake was told stays: the name in it may be the namesake's.
    """
    events = db.session.scalars(
        select(Slot.event_id).join(Registration).where(Registration.id.in_(own.registrations)).distinct()
    ).all()
    told = ((one, ("facts",)) for one in _told_to_others(person, own, events))
    for row, columns in (*_of_events(events), *_of_rounds(own), *told):
        for column in columns:
            words = getattr(row, column)
            if (left := without_name(words, person.name)) != words:
                setattr(row, column, left)
    for table in METADATA.sorted_tables:
        if "person_id" in table.c and "name" in table.c and "born_on" in table.c:
            db.session.execute(delete(table).where(*_typed(table, person)))
    _forget_replies(person)


def _of_events(events: Sequence[int]) -> Iterator[tuple[Base, Sequence[str]]]:
    """Yield what staff wrote about events and whoever was signed up, which may be about several at once."""
    signed_up = select(Registration.id).join(Slot).where(Slot.event_id.in_(events))
    of_event = (Change.record == "event") & Change.record_id.in_(events)
    of_place = (Change.record == "registration") & Change.record_id.in_(signed_up)
    wanted: tuple[tuple[Select[Any], Sequence[str]], ...] = (
        (select(Announcement).where(Announcement.event_id.in_(events)), ("subject", "body")),
        (select(BulkAct).where(BulkAct.event_id.in_(events)), ("facts",)),
        (select(BulkActItem).where(BulkActItem.registration_id.in_(signed_up)), ("before", "after")),
        (select(Registration).where(Registration.id.in_(signed_up), Registration.reason != ""), ("reason",)),
        (select(Change).where(of_event | of_place), ("facts",)),
    )
    for statement, columns in wanted:
        yield from ((row, columns) for row in db.session.scalars(statement))


def _of_rounds(own: Belongings) -> Iterator[tuple[Base, Sequence[str]]]:
    """Yield what staff wrote about the pairing rounds that somebody takes part in."""
    rounds = select(PairingMember.round_id).where(PairingMember.person_id.in_(own.people))
    pairs = select(Pair.id).where(Pair.round_id.in_(rounds))
    letters = select(OpenLetter.id).where(OpenLetter.pair_id.in_(pairs))
    wanted: tuple[tuple[Select[Any], Sequence[str]], ...] = (
        (select(JournalEntry).where(JournalEntry.round_id.in_(rounds), JournalEntry.words != ""), ("words",)),
        (select(PairEnding).where(PairEnding.pair_id.in_(pairs), PairEnding.reason != ""), ("reason",)),
        (select(PairSubstitution).where(PairSubstitution.pair_id.in_(pairs)), ("reason",)),
        (select(LetterWorry).where(LetterWorry.letter_id.in_(letters), LetterWorry.answer != ""), ("answer",)),
        (select(LetterOpening).where(LetterOpening.letter_id.in_(letters)), ("reason",)),
    )
    for statement, columns in wanted:
        yield from ((row, columns) for row in db.session.scalars(statement))


def without_name(facts: Any, name: str) -> Any:
    """Return words, or facts, without a name, wherever in them it stands."""
    if isinstance(facts, dict):
        return {key: without_name(one, name) for key, one in facts.items()}
    if isinstance(facts, list):
        return [without_name(one, name) for one in facts]
    return facts.replace(name, NO_NAME) if isinstance(facts, str) else facts


def _told_to_others(person: Person, own: Belongings, events: Sequence[int]) -> Iterator[Message]:
    """Yield what others were told about the same events, and what whoever is acted for by the same accounts was."""
    accounts = select(ActsFor.user_id).where(ActsFor.person_id.in_(own.people))
    family = select(ActsFor.person_id).where(ActsFor.user_id.in_(accounts))
    others = (
        select(Message)
        .join(Person, Person.id == Message.person_id)
        .where(or_(Message.event_id.in_(events), Message.person_id.in_(family)))
        .where(Message.person_id.not_in(own.people), Person.name != person.name)
    )
    yield from db.session.scalars(others.execution_options(yield_per=_AT_ONCE))


def _typed(table: Table, person: Person) -> tuple[ColumnElement[bool], ...]:
    """Return the condition for rows in which somebody typed who it is, and nobody of that name was found."""
    return table.c.person_id.is_(None), table.c.name == person.name, table.c.born_on == person.born_on


def _forget_replies(person: Person) -> None:
    """Delete what parents said by the link of a class of the person's schools, and nobody has looked at yet."""
    table = METADATA.tables.get("class_replies")
    if table is None:
        return
    schools = select(Enrolment.school_id).where(Enrolment.person_id == person.id)
    classes = select(SchoolClass.id).where(SchoolClass.school_id.in_(schools))
    db.session.execute(delete(table).where(table.c.child == person.name, table.c.class_id.in_(classes)))
