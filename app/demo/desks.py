"""What else was done at the demo county's desks: who runs the system, who was invited, who took which list away."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from random import Random

from sqlalchemy import select

from app.core.audit import note_access
from app.demo.units import Unit
from app.events.models import PLACED, Event, Registration
from app.organisations.invitations import invite
from app.organisations.models import MembershipRole
from app.people.whose import whose_with_ids
from app.site.operations import name_operator
from app.site.operator import Operator

_OPERATOR = Operator(name="清溪县教育局青少年工作科（演示）", contact="0577-6200 1100，工作日 8:30–17:30")
_PURPOSES = ("核对到场名单", "购买活动保险", "打印座位牌", "家长会通报", "年度台账归档")
_INVITED = (
    ("centre", MembershipRole.STAFF, "蔡老师", 2),
    ("palace", MembershipRole.MANAGER, "新来的副主任", 1),
    ("first", MembershipRole.STAFF, "高二年级组长", 3),
)


def keep_office(units: Mapping[str, Unit], working: Mapping[str, int], at: datetime) -> None:
    """Say who runs the system, and leave some invitations open."""
    name_operator(_OPERATOR, by=working["administrator"], at=at - timedelta(days=360))
    for key, role, name, days in _INVITED:
        invite(units[key].organisation.id, role, name, by=working["administrator"], at=at - timedelta(days=days))


def note_download(random: Random, event: Event, *, by: int, at: datetime) -> None:
    """Let somebody have taken an event's list away the day before, or in the morning."""
    slots, placed = [slot.id for slot in event.slots], Registration.state.in_(PLACED)
    people = whose_with_ids(select(Registration.person_id).where(Registration.slot_id.in_(slots), placed))
    moment = event.starts_at - timedelta(hours=random.randint(3, 40))
    if people.people and moment < at:
        what, purpose = ("download", "event_registrations", event.id), random.choice(_PURPOSES)
        note_access(*what, people=people, purpose=purpose, by=by, at=moment)
