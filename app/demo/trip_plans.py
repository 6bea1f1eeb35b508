"""What both trips of the demo county have in common: the checklist, the grown-ups, and who goes with whom."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select

from app.core.clock import local_day, start_of_day
from app.core.db import db
from app.demo.exchange_desk import DAY, ExchangeDesk
from app.people.models import Gender
from app.programmes.models import Programme
from app.trips.adults.operations import AdultWords, add_adult
from app.trips.adults.ratio import LOOKING_AFTER
from app.trips.models import TaskKind, TripPart, TripTask
from app.trips.placing import moving
from app.trips.placing.places import BusWords, GroupWords, PlaceWords, RoomWords, add_places
from app.trips.queries import groups_of
from app.trips.roster import Traveller, roster_of
from app.trips.tasks import operations as tasks
from app.trips.tasks.operations import TaskWords

_BEDS, _HOUR = 3, timedelta(hours=1)
_CHECKED_BY = "县教育局人事科"
_NOTES = {
    TaskKind.PLAN: "主任签字的一份在办公室文件柜。",
    TaskKind.EMERGENCY_PLAN: "写清最近的医院和家长联系组。",
    TaskKind.FILING: "已交教育局安全科，等批复。",
    TaskKind.TRANSPORT: "两辆车，司机证件都看过了。",
}


def list_tasks(
    desk: ExchangeDesk, programme: Programme, done: Iterable[TaskKind], *, since: datetime, at: datetime
) -> None:
    """Write the usual things down and who sees to them; those ``done`` were done on the morning before they were
    due, and before ``at``."""
    tasks.add_usual(programme.id, by=desk.by, at=since)
    finished, latest = set(done), local_day(at)
    listed = select(TripTask).where(TripTask.programme_id == programme.id).order_by(TripTask.id)
    for number, task in enumerate(db.session.scalars(listed).all()):
        who = (desk.by, desk.colleague)[number % 2]
        tasks.edit_task(task.id, TaskWords("", task.due_on, who, _NOTES.get(task.kind, "")), by=desk.by, at=since)
        if task.kind in finished:
            day = min(task.due_on, latest) - DAY
            tasks.finish(task.id, by=who, at=max(start_of_day(day) + 10 * _HOUR, since + _HOUR))


def checked(words: AdultWords, at: datetime) -> AdultWords:
    """Return somebody whose record of offences was looked up the month before."""
    return replace(words, checked_on=local_day(at - 30 * DAY), checked_by=_CHECKED_BY)


def travel_along(
    desk: ExchangeDesk,
    programme: Programme,
    adults: Iterable[AdultWords],
    groups: Sequence[str],
    *,
    seats: int,
    at: datetime,
) -> None:
    """Put the grown-ups on the list, one at the head of each group, and everybody into a group, a bus and a room."""
    added = [add_adult(programme.id, words, by=desk.by, at=at) for words in adults]
    buses = [BusWords("1号车", "浙C·演示1", seats), BusWords("2号车", "浙C·演示2", seats)]
    wanted: dict[TripPart, Sequence[PlaceWords]] = {
        TripPart.GROUPS: [GroupWords(name) for name in groups],
        TripPart.BUSES: buses,
        TripPart.ROOMS: _rooms(roster_of(programme).everybody),
    }
    for part, words_of_part in wanted.items():
        add_places(programme.id, part, words_of_part, by=desk.by, at=at)
    leaders = [one for one in added if not LOOKING_AFTER.isdisjoint(one.duties)]
    for group, leader in zip(groups_of(programme.id), leaders, strict=False):
        moving.put(programme.id, TripPart.GROUPS, [f"a{leader.id}"], group.id, by=desk.by, at=at)
    for part in TripPart:
        moving.fill(programme.id, part, by=desk.by, at=at)


def _rooms(travellers: Iterable[Traveller]) -> list[PlaceWords]:
    """Return as many rooms as girls, boys, women and men need."""
    kinds = [(one.gender, one.is_minor) for one in travellers if one.gender]
    wanted: Mapping[tuple[Gender, bool], int] = {
        (gender, is_minor): -(-kinds.count((gender, is_minor)) // _BEDS)
        for is_minor in (True, False)
        for gender in (Gender.FEMALE, Gender.MALE)
    }
    rooms: list[PlaceWords] = []
    for floor, ((gender, is_minor), number) in enumerate(wanted.items(), start=2):
        rooms += [RoomWords(f"{floor}{room:02}", _BEDS, gender, is_minor) for room in range(1, number + 1)]
    return rooms
