"""Lists that went out on paper or as a file, and who was added, changed or cancelled since the last one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, func, select

from app.core.db import db
from app.events.models import PLACED, ListPrint, Registration, RegistrationState, Slot
from app.events.queries import with_event

_TWICE_WITHIN = timedelta(minutes=1)  # somebody pressed again, or the printer was not on


class Mark(StrEnum):
    """What happened to a line since the list was printed last."""

    NEW = "new"
    CHANGED = "changed"
    GONE = "gone"

    @property
    def words(self) -> LazyString:
        """What stands on the list."""
        return {
            Mark.NEW: _l("New on the list"),
            Mark.CHANGED: _l("Changed since"),
            Mark.GONE: _l("Taken off the list"),
        }[self]


@dataclass(frozen=True)
class Marked:
    """What the last lists had: when the latest of them was, and each line by its slot and registration."""

    printed_at: datetime | None = None
    lines: dict[int, dict[int, str]] = field(default_factory=dict)  # by slot; a slot never printed is missing

    def mark(self, one: Registration) -> Mark | None:
        """Return what to say of somebody with a place; nothing in a slot that was never printed."""
        known = self.lines.get(one.slot_id)
        if known is None or one.state not in PLACED:
            return None
        if one.id not in known:
            return Mark.NEW
        return None if known[one.id] == _line(one) else Mark.CHANGED

    def mark_in_one_list(self, one: Registration) -> Mark | None:
        """Return the same for a list that has all slots in one: whoever was moved from one to another is not new there,
        and whoever has no place any more is in it, too."""
        was_elsewhere = any(one.id in lines for slot_id, lines in self.lines.items() if slot_id != one.slot_id)
        if one.state not in PLACED:
            return Mark.GONE
        return Mark.CHANGED if was_elsewhere else self.mark(one)

    def gone(self, slot_id: int, still: Iterable[int]) -> set[int]:
        """Return the registrations that were on a slot's list and are not there any more."""
        return set(self.lines.get(slot_id, {})) - set(still)


def note_print(event_id: int, slot_id: int | None = None, *, by: int, at: datetime) -> ListPrint:
    """Write down that the list of an event, or of one slot, goes out as it is now; twice in a minute is once."""
    found = db.session.scalars(_on_lists(event_id, slot_id)).all()
    rows = {str(one.id): f"{one.slot_id}:{_line(one)}" for one in found}
    last = db.session.scalar(
        select(ListPrint).where(ListPrint.event_id == event_id).order_by(ListPrint.id.desc()).limit(1)
    )
    if last and (last.slot_id, last.by_id, last.rows) == (slot_id, by, rows) and at < last.printed_at + _TWICE_WITHIN:
        return last
    made = ListPrint(event_id=event_id, slot_id=slot_id, rows=rows, printed_at=at, by_id=by)
    db.session.add(made)
    db.session.flush()
    return made


def since_last_print(event_id: int, before: int | None = None) -> Marked:
    """Return what the last lists of an event had, those before a print if one is named, so that it still shows what was
    new when it was made."""
    latest = select(func.max(ListPrint.id)).where(ListPrint.event_id == event_id).group_by(ListPrint.slot_id)
    if before:
        latest = latest.where(ListPrint.id < before)
    prints = db.session.scalars(select(ListPrint).where(ListPrint.id.in_(latest)).order_by(ListPrint.id)).all()
    lines: dict[int, dict[int, str]] = {}
    for printed in prints:  # a later list of one slot says more than the earlier one of all
        lines |= _by_slot(printed)
    return Marked(prints[-1].printed_at, lines) if prints else Marked()


def those_gone(marked: Marked, shown: Sequence[Registration], slots: Iterable[Slot]) -> dict[int, list[Registration]]:
    """Return, by slot, the people who were on its last list and are not on this one."""
    gone = {slot.id: marked.gone(slot.id, (one.id for one in shown if one.slot_id == slot.id)) for slot in slots}
    ids = sorted({number for numbers in gone.values() for number in numbers})
    people = {
        one.id: one for one in db.session.scalars(with_event(select(Registration)).where(Registration.id.in_(ids)))
    }
    return {slot_id: [people[number] for number in sorted(numbers)] for slot_id, numbers in gone.items()}


def with_those_gone(marked: Marked, shown: Sequence[Registration], slots: Iterable[Slot]) -> list[Registration]:
    """Return some people and after them those who were on the last lists and have no place any more."""
    there = {one.id for one in shown}
    gone = (one for people in those_gone(marked, shown, slots).values() for one in people)
    return [*shown, *(one for one in gone if one.id not in there)]


def _by_slot(printed: ListPrint) -> dict[int, dict[int, str]]:
    found: dict[int, dict[int, str]] = {printed.slot_id: {}} if printed.slot_id else {}
    for number, line in printed.rows.items():
        slot_id, _colon, said = line.partition(":")
        found.setdefault(int(slot_id), {})[int(number)] = said
    return found


def _on_lists(event_id: int, slot_id: int | None) -> Select[Registration]:
    statement = with_event(select(Registration)).where(Slot.event_id == event_id, Registration.state.in_(PLACED))
    return statement.where(Registration.slot_id == slot_id) if slot_id else statement


def _line(one: Registration) -> str:
    """Return a fingerprint of what a line shows: nobody's name is kept once more for it."""
    shown = (one.person.name, one.school_id, one.class_name, one.state is RegistrationState.HELD)
    return sha256(repr(shown).encode()).hexdigest()[:12]
