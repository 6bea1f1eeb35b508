"""One event of the demo county whose host decides: some got a place, some wait in line, some were refused, and the
latest wait for an answer."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby
from random import Random

from app.core.db import db
from app.demo.families import Entrant
from app.demo.units import Unit
from app.events import planning
from app.events.acts import decisions
from app.events.acts.comments import comment
from app.events.models import Event, Registration, Slot, SlotForm, WayIn
from app.events.plans import EventWords, SlotPlan
from app.events.registration.operations import sign_up
from app.events.registration.wishes import SignUp
from app.programmes.kinds import ProgrammeKind

_FAMILIES = 34
_APPROVED, _REFUSED = 15, 3
_REASON = "这次报名的人多，名额不够。"


def add_selection(random: Random, host: Unit, everybody: Sequence[Entrant], *, by: int, at: datetime) -> Event:
    """Set the event up, let families apply, and let the host decide on most of them."""
    event = _set_up(host, by=by, at=at - timedelta(days=9))
    families = _apply(random, event.slots[0], everybody, at)
    decided_at = at - timedelta(days=1)
    decisions.approve(event.id, _ids(families[:_APPROVED]), "demo-approved", by=by, at=decided_at)
    refused = _ids(families[_APPROVED : _APPROVED + _REFUSED])
    decisions.refuse(event.id, refused, _REASON, "demo-refused", by=by, at=decided_at + timedelta(minutes=12))
    comment(families[-1][-1].id, "家长来电：周六要上课，最好排下午组。", by=by, at=at - timedelta(hours=2))
    return event


def _set_up(host: Unit, *, by: int, at: datetime) -> Event:
    first_day = at.replace(hour=1, minute=0, second=0, microsecond=0) + timedelta(days=24)
    words = EventWords(
        "小小讲解员训练营",
        ProgrammeKind.PRACTICE,
        "两个半天，跟着博物馆老师学讲解，结营时给家里人讲一件文物。名额少，报名后由馆里老师确认。",
        "清溪县博物馆",
        host.contact,
    )
    event = planning.create_event(host.organisation.id, words, _plan("上午组", first_day), by=by, at=at)
    planning.add_slot(event.id, _plan("下午组", first_day + timedelta(hours=5)), by=by, at=at)
    planning.publish(event.id, by=by, at=at)
    return event


def _plan(title: str, begins: datetime) -> SlotPlan:
    return SlotPlan(
        title=title,
        form=SlotForm.SESSION,
        starts_at=begins,
        ends_at=begins + timedelta(hours=3),
        place="",
        capacity=18,
        min_age=7,
        max_age=17,
        opens_at=begins - timedelta(days=40),
        closes_at=begins - timedelta(days=2),
        way_in=WayIn.APPROVAL,
    )


def _ids(families: Sequence[Sequence[Registration]]) -> list[int]:
    return [one.id for family in families for one in family]


def _apply(random: Random, slot: Slot, everybody: Sequence[Entrant], at: datetime) -> list[list[Registration]]:
    """Let families with children of the age apply within the last week, brothers and sisters together."""
    on, fit = at.date(), []
    for user_id, family in groupby(sorted(everybody, key=lambda one: one.user_id), key=lambda one: one.user_id):
        children = [one.person for one in family if 8 <= on.year - one.person.born_on.year <= 16]
        if children:
            fit.append((user_id, children))
    chosen = random.sample(fit, _FAMILIES)
    moments = sorted(at - timedelta(minutes=random.randint(30, 7 * 1440)) for _ in chosen)
    made = [
        sign_up(SignUp(slot.id, tuple(one.id for one in children)), by=user_id, at=moment)
        for (user_id, children), moment in zip(chosen, moments, strict=True)
    ]
    db.session.flush()
    return made
