"""What stands in the journal, and who may read and take back what."""

from collections.abc import Sequence

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload

from app.core.access import Principal, Role
from app.core.db import db
from app.pairing.journal.groups import entries_of, own_groups, own_members, rounds_of_schools
from app.pairing.journal.models import JournalEntry
from app.pairing.models import PairingMember, PairingRound

PAGE = 50
SHOWN = 20  # of one pair


def entries_run_by(principal: Principal) -> Select[JournalEntry]:
    """Return what was noted in the rounds of the hosts somebody works for."""
    own = PairingRound.host_id.in_(principal.units(Role.STAFF))
    return select(JournalEntry).join(JournalEntry.round).where(own)


def page_of_round(one: PairingRound, after: int | None) -> tuple[Sequence[JournalEntry], int | None]:
    """Return a page of a round's journal, the latest note first, and after which the next one starts."""
    return _page(select(JournalEntry).where(JournalEntry.round_id == one.id), after)


def page_of_school(
    one: PairingRound, principal: Principal, after: int | None
) -> tuple[Sequence[JournalEntry], int | None]:
    """Return a page of what stands in the journal for a school's own classes and pupils."""
    pairs = own_members(principal).with_only_columns(PairingMember.pair_id).where(PairingMember.round_id == one.id)
    theirs = or_(
        JournalEntry.pair_id.in_(pairs),
        JournalEntry.pair_id.is_(None) & entries_of(own_groups(one, principal)),
    )
    return _page(select(JournalEntry).where(JournalEntry.round_id == one.id, theirs), after)


def entries_noted_by_school(principal: Principal) -> Select[JournalEntry]:
    """Return what one noted oneself for the school's own classes."""
    rounds = rounds_of_schools(principal).with_only_columns(PairingRound.id)
    own = (JournalEntry.noted_by_id == principal.actor, JournalEntry.is_family.is_(False))
    return select(JournalEntry).where(JournalEntry.round_id.in_(rounds), *own)


def entries_noted_by_family(user_id: int) -> Select[JournalEntry]:
    """Return what an account noted for the own family."""
    return select(JournalEntry).where(JournalEntry.noted_by_id == user_id, JournalEntry.is_family.is_(True))


def entries_of_pair(pair_id: int) -> Sequence[JournalEntry]:
    """Return the latest of what was noted for one pair alone and counts."""
    own = (JournalEntry.pair_id == pair_id, JournalEntry.taken_back_at.is_(None))
    found = select(JournalEntry).where(*own).order_by(JournalEntry.happened_on.desc(), JournalEntry.id.desc())
    return db.session.scalars(found.limit(SHOWN)).all()


def _page(wanted: Select[JournalEntry], after: int | None) -> tuple[Sequence[JournalEntry], int | None]:
    if after:
        wanted = wanted.where(JournalEntry.id < after)
    whole = wanted.order_by(JournalEntry.id.desc()).options(joinedload(JournalEntry.pair)).limit(PAGE + 1)
    found = db.session.scalars(whole).all()
    return found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None
