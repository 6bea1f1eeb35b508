"""Which rows are about somebody, table by table, as inventory.toml says it; for taking data out, and for erasing it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, Table, or_, select
from sqlalchemy.orm import aliased

from app.core.db import db
from app.events.models import Registration
from app.messages.models import Message
from app.organisations.models import Membership
from app.pairing.models import PairingMember
from app.people.consents.models import Consent, Guardian
from app.people.models import ActsFor, Person, Relation
from app.questions.models import Answer, AnswerSheet


@dataclass(frozen=True)
class Belongings:
    """The numbers by which a person's rows are found, read before any of them goes.

    ``people`` are the person and the records that were found to be the same; ``accounts`` sign-ins that stand for
    nobody else; ``shared_accounts`` the person's own that act for others too; ``sheets`` what
    guardians signed for nobody else; ``members`` stand for the person in pairing rounds.
    """

    people: Sequence[int]
    registrations: Sequence[int]
    messages: Sequence[int]
    answer_sheets: Sequence[int]
    answers: Sequence[int]
    guardians: Sequence[int]
    members: Sequence[int]
    accounts: Sequence[int]
    shared_accounts: Sequence[int]
    sheets: Sequence[str]

    def rows_of(self, table: Table, of: str) -> ColumnElement[bool]:
        """Return the condition for a table's rows; ``of`` is the word in inventory.toml."""
        if of == "record":
            return _changes(self, table)
        if of == "letter":
            return _letters(self, table)
        return or_(*(table.c[column].in_(ids) for column, ids in self._found_by(of)))

    def _found_by(self, of: str) -> list[tuple[str, Sequence[int] | Sequence[str]]]:
        found: dict[str, list[tuple[str, Sequence[int] | Sequence[str]]]] = {
            "people": [("id", self.people)],
            "person": [("person_id", self.people)],
            "accessed": [("person_id", self.people)],
            "registration": [("registration_id", self.registrations)],
            "message_or_user": [("message_id", self.messages), ("user_id", self.accounts)],
            "sheet": [("sheet_id", self.answer_sheets)],
            "answer": [("answer_id", self.answers)],
            "guardian": [("guardian_id", self.guardians)],
            "member": [("member_id", self.members)],
            "signed": [("sheet", self.sheets)],
            "users": [("id", self.accounts)],
            "user": [("user_id", self.accounts)],
            "accepted": [("accepted_by_id", self.accounts)],
        }
        return found[of]


def belongings_of(person_id: int) -> Belongings:
    """Return what is a person's."""
    merged = select(Person.id).where(or_(Person.id == person_id, Person.merged_into_id == person_id))
    people = _numbers(merged)
    sheets = _numbers(select(AnswerSheet.id).where(AnswerSheet.person_id.in_(people)))
    return Belongings(
        people=people,
        registrations=_numbers(select(Registration.id).where(Registration.person_id.in_(people))),
        messages=_numbers(select(Message.id).where(Message.person_id.in_(people))),
        answer_sheets=sheets,
        answers=_numbers(select(Answer.id).where(Answer.sheet_id.in_(sheets))),
        guardians=_numbers(select(Guardian.id).where(Guardian.person_id.in_(people))),
        members=_numbers(select(PairingMember.id).where(PairingMember.person_id.in_(people))),
        accounts=_numbers(_own_accounts(people).where(~_acts_for_others(people))),
        shared_accounts=_numbers(_own_accounts(people).where(_acts_for_others(people))),
        sheets=_sheets_of(people),
    )


def _own_accounts(people: Sequence[int]) -> Select[int]:
    """Return the accounts of the person itself that work nowhere: who did what for a unit has to stay known."""
    works = select(Membership.id).where(Membership.user_id == ActsFor.user_id)
    own = select(ActsFor.user_id).where(ActsFor.person_id.in_(people), ActsFor.relation == Relation.ONESELF)
    return own.where(~works.exists())


def _acts_for_others(people: Sequence[int]) -> ColumnElement[bool]:
    other = aliased(ActsFor)
    return select(other.id).where(other.user_id == ActsFor.user_id, other.person_id.not_in(people)).exists()


def _sheets_of(people: Sequence[int]) -> Sequence[str]:
    """Return what was signed for nobody but these: one form may be for several of a family."""
    theirs = select(Consent.sheet).where(Consent.person_id.in_(people))
    others = select(Consent.sheet).where(Consent.person_id.not_in(people))
    return db.session.scalars(theirs.where(Consent.sheet.not_in(others)).distinct()).all()


def _changes(own: Belongings, table: Table) -> ColumnElement[bool]:
    of_place = (table.c.record == "registration") & table.c.record_id.in_(own.registrations)
    return of_place | ((table.c.record == "person") & table.c.record_id.in_(own.people))


def _letters(own: Belongings, table: Table) -> ColumnElement[bool]:
    """Return what somebody wrote, and what was handed on to them; what a teacher still has is not theirs yet."""
    received = table.c.reader_id.in_(own.people) & table.c.handed_on.is_not(None)
    return table.c.person_id.in_(own.people) | received


def _numbers(ids: Select[int]) -> Sequence[int]:
    return db.session.scalars(ids).all()
