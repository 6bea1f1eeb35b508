"""Erasing a person, in one transaction: what inventory.toml says is personal goes, what is counted stays.

The person's row stays without a name, so that numbers of a report still hold; a certificate stays genuine, and says
that the name was deleted. Whoever restores a backup has the same erased again, see `app.care.replaying`.
"""

from datetime import date, datetime
from hashlib import sha256

from sqlalchemy import JSON, Column, Table, delete, select, update

from app.accounts.models import User
from app.care.belongings import Belongings, belongings_of
from app.care.erasing.elsewhere import forget_elsewhere
from app.care.inventory import Holding, holdings
from app.core.clock import local_day
from app.core.db import METADATA, db
from app.events.models import OPEN, Registration, RegistrationState, Slot
from app.events.registration import places
from app.pairing.accepting.answering import take_out
from app.pairing.accepting.queries import is_shown
from app.pairing.models import PairingMember
from app.people.models import Person
from app.programmes.applications import places as applications
from app.programmes.models import OPEN as APPLICATION_OPEN
from app.programmes.models import Application, ApplicationState

NO_PASSWORD = "!"  # noqa: S105 - no hash: nothing opens it
PARENT = "家长"  # what an account is called that goes on acting for others: typed by nobody, changed by its owner
_ERASED_NAME = ""


def erase(person_id: int, *, by: int | None, at: datetime) -> None:
    """Erase a person; a second time changes nothing more.

    Places to come are given back first, so that the line moves on.
    """
    person = db.session.get_one(Person, person_id, with_for_update=True)
    own = belongings_of(person_id)
    _give_places_back(own, by=by, at=at)
    _leave_pairs(own, at=at)
    _take_applications_back(own, by=by, at=at)
    db.session.flush()
    own = belongings_of(person_id)  # giving back told the person so
    for one in db.session.scalars(select(Person).where(Person.id.in_(own.people), Person.name != _ERASED_NAME)):
        forget_elsewhere(one, own)
    for holding in _children_first():
        _let_go(holding, own)
    for one in (person, *db.session.scalars(select(Person).where(Person.merged_into_id == person_id))):
        _empty_person(one)
    for account in db.session.scalars(select(User).where(User.id.in_(own.accounts))):
        _empty_account(account)
    for account in db.session.scalars(select(User).where(User.id.in_(own.shared_accounts))):
        account.name = PARENT
    db.session.flush()


def mark_of(person: Person) -> str:
    """Return what tells a person apart from whoever has the number in another copy of the database; no name in it."""
    return sha256(f"{person.id}:{person.created_at.isoformat()}".encode()).hexdigest()


def is_erased(person: Person) -> bool:
    """Return whether nothing is left of a person but a number."""
    return person.name == _ERASED_NAME


def _give_places_back(own: Belongings, *, by: int | None, at: datetime) -> None:
    mine = select(Registration).join(Slot).where(Registration.id.in_(own.registrations), Registration.state.in_(OPEN))
    slot_ids = {one.slot_id for one in db.session.scalars(mine.where(Slot.starts_at > at))}
    for slot in places.lock_slots(sorted(slot_ids)):
        ending = mine.where(Registration.slot_id == slot.id).order_by(Registration.id).with_for_update(of=Registration)
        leaving = [one for one in db.session.scalars(ending) if one.is_open]
        if leaving:
            places.end(slot, leaving, RegistrationState.CANCELLED, by=by, at=at)
            places.serve(slot, at=at)


def _take_applications_back(own: Belongings, *, by: int | None, at: datetime) -> None:
    """End what may still come of a person's applications; what is over stays as a number."""
    theirs = (Application.person_id.in_(own.people), Application.state.in_(APPLICATION_OPEN))
    for application_id in db.session.scalars(select(Application.id).where(*theirs).order_by(Application.side_id)).all():
        one = applications.locked(application_id)
        if local_day(at) > one.side.programme.ends_on:
            continue
        if applications.end(one, ApplicationState.CANCELLED, by=by, at=at):
            applications.fill(one.side, at=at)


def _leave_pairs(own: Belongings, *, at: datetime) -> None:
    """Take a person out of pairs that families see; what becomes of the partner is for the organiser to say."""
    paired = select(PairingMember.id).join(PairingMember.pair).where(PairingMember.id.in_(own.members), is_shown())
    for member_id in db.session.scalars(paired.order_by(PairingMember.id)).all():
        take_out(member_id, at=at)


def _children_first() -> list[Holding]:
    """Return what is declared so that nothing is deleted that something still refers to."""
    order = {table.name: place for place, table in enumerate(reversed(METADATA.sorted_tables))}
    return sorted(holdings(), key=lambda one: order[one.table])


def _let_go(holding: Holding, own: Belongings) -> None:
    if holding.of is None or holding.table in {Person.__tablename__, User.__tablename__}:
        return
    table = METADATA.tables[holding.table]
    theirs = own.rows_of(table, holding.of)
    if holding.erase == "rows":
        db.session.execute(delete(table).where(theirs))
    elif holding.erase in {"columns", "redacted"}:
        for column in _words_in(table, holding):
            is_there = column.is_not(None) if isinstance(column.type, JSON) else column != ""
            emptied = {column.name: _emptied(column, holding)}
            db.session.execute(update(table).where(theirs, is_there).values(emptied))


def _words_in(table: Table, holding: Holding) -> list[Column[object]]:
    """Return the columns that can be emptied: whose a row is, and days that checks lean on, stay."""
    found = [table.c[name] for name in holding.columns]
    return [one for one in found if one.name != "person_id" and one.type.python_type is not date]


def _emptied(column: Column[object], holding: Holding) -> object:
    if isinstance(column.type, JSON):
        return {}
    return None if column.nullable else holding.blank


def _empty_person(person: Person) -> None:
    """Leave the year of birth, by which a report counts, and nothing else."""
    person.name = _ERASED_NAME
    person.born_on = person.born_on.replace(month=1, day=1)
    person.phone = person.gender = None
    person.student_no = person.languages = person.interests = person.volunteer_no = ""


def _empty_account(account: User) -> None:
    account.name = _ERASED_NAME
    account.login_name, account.phone, account.email = f"erased-{account.id}", None, None
    account.password_hash, account.second_factor_at = NO_PASSWORD, None
