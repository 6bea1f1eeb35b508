"""The classes that take part in a round, and which of them are a school's own."""

from collections.abc import Iterable
from itertools import groupby

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Select, and_, false, or_, select

from app.core.access import Principal, Role
from app.core.db import db
from app.pairing.journal.models import JournalEntry
from app.pairing.journal.operations import Group
from app.pairing.models import PairingMember, PairingRound
from app.people.class_names import school_order
from app.people.models import Enrolment


def groups_of(one: PairingRound) -> list[Group]:
    """Return the classes of a round by side, school, and in the order of the school; each side and school as a whole
    before them, where it has more than one."""
    return _whole(_classes(select(PairingMember).where(PairingMember.round_id == one.id)))


def own_groups(one: PairingRound, principal: Principal) -> list[Group]:
    """Return the classes whose pupils a school has confirmed, without a whole side: that is the organiser's."""
    return _classes(own_members(principal).where(PairingMember.round_id == one.id))


def own_members(principal: Principal) -> Select[PairingMember]:
    """Return the members of published rounds who are confirmed pupils of the schools somebody works for."""
    confirmed = select(Enrolment.id).where(
        Enrolment.person_id == PairingMember.person_id,
        Enrolment.school_id.in_(principal.units(Role.SCHOOL)),
        Enrolment.confirmed_at.is_not(None),
        Enrolment.ended_at.is_(None),
    )
    published = select(PairingMember).join(PairingMember.round).where(PairingRound.published_at.is_not(None))
    return published.where(confirmed.exists())


def rounds_of_schools(principal: Principal) -> Select[PairingRound]:
    """Return the published rounds in which confirmed pupils of one's schools take part."""
    theirs = own_members(principal).with_only_columns(PairingMember.round_id)
    return select(PairingRound).where(PairingRound.published_at.is_not(None), PairingRound.id.in_(theirs))


def entries_of(groups: Iterable[Group]) -> ColumnElement[bool]:
    """Return the condition that an entry is one of these classes'."""
    return or_(
        false(),
        *(
            and_(
                JournalEntry.side == one.side,
                JournalEntry.school == one.school,
                JournalEntry.class_name == one.class_name,
            )
            for one in groups
        ),
    )


def of_group(group: Group) -> ColumnElement[bool]:
    """Return the condition that somebody of a round is of a class."""
    return and_(
        PairingMember.side == group.side,
        PairingMember.school == group.school,
        PairingMember.class_name == group.class_name,
    )


def told(group: Group, one: PairingRound) -> str:
    """Return what a class, a school or a side is called on pages."""
    parts = (one.side_of(group.side), group.school, group.class_name)
    return " · ".join(part for part in parts if part) or str(_("All of them"))


def key_of(group: Group) -> str:
    """Return what stands for a class in a form."""
    return f"{group.side}|{group.school}|{group.class_name}"


def _classes(theirs: Select[PairingMember]) -> list[Group]:
    columns = (PairingMember.side, PairingMember.school, PairingMember.class_name)
    found = [Group(*row) for row in db.session.execute(theirs.with_only_columns(*columns).distinct())]
    return sorted(found, key=lambda one: (one.side, one.school, school_order(one.class_name)))


def _whole(classes: list[Group]) -> list[Group]:
    found: list[Group] = []
    for side, of_side in groupby(classes, key=lambda one: one.side):
        schools = {name: list(some) for name, some in groupby(of_side, key=lambda one: one.school)}
        found.append(Group(side))
        for school, some in schools.items():
            found += [Group(side, school)] if school and len(schools) > 1 and len(some) > 1 else []
            found += [one for one in some if one not in found]
    return found
