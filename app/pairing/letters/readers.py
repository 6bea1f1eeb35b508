"""Who hands letters on, whom one turns to, and after how many silent days teachers are reminded."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import Select, exists, select, update

from app.accounts.models import User
from app.core.changes import note_change
from app.core.db import db
from app.organisations.models import Membership
from app.pairing.journal.operations import Group
from app.pairing.letters.models import Aftercare, LetterReader, LetterState, LetterWorry, OpenLetter
from app.pairing.letters.problems import NobodySuchWorksHere
from app.pairing.letters.telling import tell_worry
from app.pairing.models import Pair, PairingMember, PairingRound
from app.pairing.rounds import RECORD
from app.people.models import Enrolment


@dataclass(frozen=True)
class Checked:
    """When 违法犯罪记录 were looked up, and by whom; None and "" where nobody has."""

    on: date | None = None
    by: str = ""


def aftercare_of(round_id: int) -> Aftercare:
    """Return what holds for a round; one that nobody has settled has the defaults."""
    known = db.session.scalar(select(Aftercare).where(Aftercare.round_id == round_id))
    return known or Aftercare(round_id=round_id, silent_days=Aftercare.silent_days.default.arg)


def settle(round_id: int, protection_id: int | None, silent_days: int, *, by: int, at: datetime) -> Aftercare:
    """Say who the protection contact is, and after how many days a pair is silent; a new contact is told what waits.
    Raises `NobodySuchWorksHere`."""
    one = _locked(round_id)
    if protection_id is not None and protection_id not in _ids(who_may_help(one)):
        raise NobodySuchWorksHere
    known = db.session.scalar(select(Aftercare).where(Aftercare.round_id == round_id))
    settled = known or Aftercare(round_id=round_id)
    before = settled.protection_id
    settled.protection_id, settled.silent_days = protection_id, silent_days
    db.session.add(settled)
    if protection_id not in {None, before}:
        for told in _open_worries(round_id):
            tell_worry(told, protection_id, at=at)
    note_change(RECORD, round_id, "aftercare", by=by, at=at, days=silent_days)
    db.session.flush()
    return settled


def name_reader(round_id: int, group: Group, user_id: int, checked: Checked, *, by: int, at: datetime) -> LetterReader:
    """Let a teacher hand the letters of a class, a school or a side on; whoever did before does no more, and what
    waits goes to the new one. Raises `NobodySuchWorksHere`."""
    one = _locked(round_id)
    if user_id not in _ids(who_may_help(one)):
        raise NobodySuchWorksHere
    same = [getattr(LetterReader, name) == value for name, value in asdict(group).items()]
    known = db.session.scalar(select(LetterReader).where(LetterReader.round_id == round_id, *same))
    reader = known or LetterReader(round_id=round_id, **asdict(group))
    before, reader.user_id = reader.user_id, user_id
    reader.checked_on, reader.checked_by = checked.on, checked.by
    db.session.add(reader)
    db.session.flush()
    if before and before != user_id:
        _pass_on(round_id, before)
    note_change(RECORD, round_id, "letter_reader", by=by, at=at)
    return reader


def drop_reader(reader_id: int, *, by: int, at: datetime) -> int:
    """Let somebody hand on no more letters; what waits goes to whoever is next in charge. Returns the round."""
    reader = db.session.get_one(LetterReader, reader_id)
    round_id, before = _locked(reader.round_id).id, reader.user_id
    db.session.delete(reader)
    db.session.flush()
    _pass_on(round_id, before)
    note_change(RECORD, round_id, "letter_reader_dropped", by=by, at=at)
    return round_id


def readers_of(round_id: int) -> Sequence[LetterReader]:
    """Return who hands letters on in a round, by side, school and class."""
    order = (LetterReader.side, LetterReader.school, LetterReader.class_name)
    return db.session.scalars(select(LetterReader).where(LetterReader.round_id == round_id).order_by(*order)).all()


def readers_at_work(round_id: int) -> Sequence[LetterReader]:
    """Return those of them who still work where they may: whoever left hands nothing on."""
    helpers = _ids(who_may_help(db.session.get_one(PairingRound, round_id)))
    return [one for one in readers_of(round_id) if one.user_id in helpers]


def protection_of(round_id: int) -> User | None:
    """Return whom one turns to; None where nobody is named, or does not work there any more."""
    named = aftercare_of(round_id).protection
    helpers = who_may_help(db.session.get_one(PairingRound, round_id))
    return db.session.scalar(helpers.where(User.id == named.id)) if named else None


def reader_for(member: PairingMember, readers: Collection[LetterReader]) -> LetterReader | None:
    """Return who hands somebody's letters on: of the class, else of the school, else of the side."""
    fitting = [one for one in readers if covers(one, member)]
    return max(fitting, key=lambda one: (one.class_name != "", one.school != ""), default=None)


def covers(reader: LetterReader, member: PairingMember) -> bool:
    """Return whether somebody is of the class, school or side whose letters a teacher hands on."""
    is_school = reader.school in {"", member.school}
    return reader.side == member.side and is_school and reader.class_name in {"", member.class_name}


def who_may_help(one: PairingRound) -> Select[User]:
    """Return who may hand letters on or be turned to: who works for the host, or for a school whose confirmed pupils
    take part."""
    schools = (
        select(Enrolment.school_id)
        .join(PairingMember, PairingMember.person_id == Enrolment.person_id)
        .where(PairingMember.round_id == one.id, Enrolment.confirmed_at.is_not(None), Enrolment.ended_at.is_(None))
    )
    works = exists().where(
        Membership.user_id == User.id,
        Membership.ended_at.is_(None),
        (Membership.organisation_id == one.host_id) | Membership.organisation_id.in_(schools),
    )
    return select(User).where(works).order_by(User.name_key, User.id)


def rounds_helped_in(user_id: int) -> Select[int]:
    """Return the rounds in which an account may do so now, see `who_may_help`."""
    units = select(Membership.organisation_id).where(Membership.user_id == user_id, Membership.ended_at.is_(None))
    pupils = (Enrolment.school_id.in_(units), Enrolment.confirmed_at.is_not(None), Enrolment.ended_at.is_(None))
    of_schools = select(PairingMember.round_id).join(Enrolment, Enrolment.person_id == PairingMember.person_id)
    return select(PairingRound.id).where(
        PairingRound.host_id.in_(units) | PairingRound.id.in_(of_schools.where(*pupils))
    )


def _pass_on(round_id: int, before: int) -> None:
    """Let what waits with somebody go to whoever hands it on now."""
    readers = readers_at_work(round_id)
    waiting = (
        select(OpenLetter.id, PairingMember)
        .join(Pair, Pair.id == OpenLetter.pair_id)
        .join(
            PairingMember, (PairingMember.round_id == Pair.round_id) & (PairingMember.person_id == OpenLetter.writer_id)
        )
        .where(Pair.round_id == round_id, OpenLetter.teacher_id == before)
        .where(OpenLetter.state == LetterState.WITH_TEACHER)
    )
    for letter_id, member in db.session.execute(waiting).all():
        reader = reader_for(member, readers)
        if reader is not None:
            mine = update(OpenLetter).where(OpenLetter.id == letter_id)
            db.session.execute(mine.values(teacher_id=reader.user_id))


def _open_worries(round_id: int) -> Sequence[LetterWorry]:
    found = select(LetterWorry).join(LetterWorry.letter).join(Pair, Pair.id == OpenLetter.pair_id)
    return db.session.scalars(found.where(Pair.round_id == round_id, LetterWorry.answered_at.is_(None))).all()


def _ids(users: Select[User]) -> set[int]:
    return set(db.session.scalars(users.with_only_columns(User.id)))


def _locked(round_id: int) -> PairingRound:
    return db.session.get_one(PairingRound, round_id, with_for_update={"of": PairingRound}, populate_existing=True)
