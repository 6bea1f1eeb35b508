"""What the parts of a trip are called, and how it tells what happened to it."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.core.changes import Vocabulary
from app.people.models import Gender
from app.programmes.planning import TRIP_RECORD
from app.trips.models import AdultRole, TaskKind, TripPart, TripTask

TASK_WORDS = {
    TaskKind.PLAN: _l("Plan of the activity"),
    TaskKind.EMERGENCY_PLAN: _l("Emergency plan"),
    TaskKind.FILING: _l("Filing with the authority"),
    TaskKind.TRANSPORT: _l("Buses and tickets"),
    TaskKind.INSURANCE: _l("Insurance"),
    TaskKind.DUTIES: _l("Who does what"),
}
TASK_HINTS = {
    TaskKind.PLAN: _l("What, when, where, for whom, at what cost"),
    TaskKind.EMERGENCY_PLAN: _l("Illness, accident, weather, somebody lost: who does what"),
    TaskKind.FILING: _l("With the education authority, as your county asks for it"),
    TaskKind.TRANSPORT: _l("Contract, licence of bus and driver, plates and seats"),
    TaskKind.INSURANCE: _l("For everybody who travels, also the grown-ups"),
    TaskKind.DUTIES: _l("Leaders of groups, night duty, doctor, contact at home"),
}
ROLE_WORDS = {
    AdultRole.LEADER: _l("Head of the trip"),
    AdultRole.TEACHER: _l("Accompanying teacher"),
    AdultRole.NIGHT: _l("Night duty"),
    AdultRole.DOCTOR: _l("Doctor or nurse"),
    AdultRole.DRIVER: _l("Driver"),
    AdultRole.OTHER: _l("Other"),
}
GENDER_WORDS = {Gender.FEMALE: _l("female"), Gender.MALE: _l("male")}
PART_WORDS = {TripPart.GROUPS: _l("Groups"), TripPart.BUSES: _l("Buses"), TripPart.ROOMS: _l("Rooms")}
RECORD = TRIP_RECORD  # of changes; their number is that of the programme


def task_title(task: TripTask) -> str:
    """Return what something to see to is called."""
    return task.title or str(TASK_WORDS[task.kind])


def _task(value: str) -> LazyString | str:
    return TASK_WORDS[TaskKind(value)] if value in set(TASK_WORDS) else value


TRIP = Vocabulary(
    happened={
        "usual_tasks_added": _l("The usual things to see to were added: %(count)s"),
        "tasks_copied": _l("The list came along from the programme that was copied: %(count)s things to see to"),
        "task_added": _l("To be seen to: %(task)s"),
        "task_changed": _l("Changed: %(task)s"),
        "task_done": _l("Done: %(task)s"),
        "task_reopened": _l("Not done after all: %(task)s"),
        "task_removed": _l("No longer to be seen to: %(task)s"),
        "adult_added": _l("A grown-up was added"),
        "adult_changed": _l("What is known of a grown-up was changed"),
        "adult_removed": _l("A grown-up was taken off"),
        "record_checked": _l("A record check of a grown-up was entered"),
        "ratio_set": _l("For each grown-up at most %(youths)s young people"),
        "group_added": _l("Group added: %(name)s"),
        "group_changed": _l("Group changed: %(name)s"),
        "group_removed": _l("Group removed: %(name)s"),
        "bus_added": _l("Bus added: %(name)s"),
        "bus_changed": _l("Bus changed: %(name)s"),
        "bus_removed": _l("Bus removed: %(name)s"),
        "room_added": _l("Rooms added: %(name)s"),
        "room_changed": _l("Room changed: %(name)s"),
        "room_removed": _l("Room removed: %(name)s"),
        "moved": _l("%(part)s: %(count)s people were moved"),
        "moved_back": _l("%(part)s: the last step was taken back"),
        "genders_said": _l("Entered by which rooms somebody goes: %(count)s"),
        "left_cleared": _l("Whoever does not come any more was taken off the lists: %(count)s"),
    },
    values={"task": _task, "part": lambda value: PART_WORDS[TripPart(value)]},
)
