"""Who works for the demo county's units."""

from collections.abc import Mapping
from datetime import datetime

from app.accounts.identifiers import read_identifier
from app.accounts.models import User
from app.accounts.operations import open_account
from app.demo import sign_ins
from app.demo.sign_ins import SignIn
from app.demo.units import Unit
from app.organisations.models import MembershipRole, OrganisationKind
from app.organisations.operations import add_member

_STAFF, _MANAGER = MembershipRole.STAFF, MembershipRole.MANAGER
_PRINTED = (
    (sign_ins.MANAGER, "centre", _MANAGER),
    (sign_ins.STAFF, "centre", _STAFF),
    (sign_ins.OTHER_STAFF, "palace", _STAFF),
    (sign_ins.SCHOOL, "first", _STAFF),
    (sign_ins.SCHOOL_MANAGER, "first", _MANAGER),
    (sign_ins.OTHER_SCHOOL, "experimental", _STAFF),
    (sign_ins.AUDITOR, "centre", MembershipRole.AUDITOR),
)
_TEACHERS = [
    "仇国栋",
    "欧阳慧",
    "万俟青",
    "吴秀兰",
    "马晓燕",
    "尉迟明",
    "罗桂英",
    "黄海峰",
    "沈亦舟",
    "盖文博",
    "司徒静",
    "田永福",
]


def employ_everybody(units: Mapping[str, Unit], password_hash: str, at: datetime) -> dict[str, int]:
    """Open the accounts of those who work for a unit; return who does the work of each, by the unit's key.

    Whoever runs the system is found as "administrator".
    """
    working: dict[str, int] = {}
    for who, key, role in _PRINTED:
        working.setdefault(key, _employ(who, units[key], role, password_hash, at))
    both = _employ(sign_ins.TWO_ROLES, units["minority"], _STAFF, password_hash, at)
    add_member(both, units["volunteers"].organisation.id, _STAFF, by=both, at=at)
    administrator = _employ(sign_ins.ADMINISTRATOR, units["centre"], MembershipRole.ADMINISTRATOR, password_hash, at)
    working |= {"minority": both, "volunteers": both, "administrator": administrator}
    without = [unit for unit in units.values() if unit.key not in working and unit.is_school]
    for number, (unit, name) in enumerate(zip(without, _TEACHERS, strict=False)):
        working[unit.key] = _employ(SignIn(f"135{number:08d}", name, "", ""), unit, _STAFF, password_hash, at)
    return working


def offices(units: Mapping[str, Unit], working: Mapping[str, int]) -> dict[int, int]:
    """Return who answers for each school, by the school's id."""
    schools = (unit for unit in units.values() if unit.organisation.kind is OrganisationKind.SCHOOL)
    return {unit.organisation.id: working[unit.key] for unit in schools}


def open_for(who: SignIn, password_hash: str, at: datetime) -> User:
    """Open the account of somebody on our own lists."""
    identified = read_identifier(who.identifier)
    assert identified is not None  # noqa: S101 - our own list
    return open_account(who.name, *identified, password_hash, at=at)


def _employ(who: SignIn, unit: Unit, role: MembershipRole, password_hash: str, at: datetime) -> int:
    user_id = open_for(who, password_hash, at).id
    add_member(user_id, unit.organisation.id, role, by=user_id, at=at)
    return user_id
