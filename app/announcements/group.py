"""Who of an event is meant, as it stands in an address, in a form and in an announcement, and in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from flask_babel import LazyString, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.announcements.people import read_people, short
from app.core.finding import read_id_or_none
from app.core.typed import squeezed
from app.events.search import as_word
from app.people.class_names import LONGEST

MOST = 200  # slots, schools or classes in one group; more than any event has on one page


class Standing(StrEnum):
    """What a place is worth: it counts, a guardian has yet to answer, or a teacher has yet to check who answered."""

    CONFIRMED = "confirmed"
    HELD = "held"
    ANSWERED = "answered"

    @property
    def words(self) -> LazyString:
        """What it is called on pages."""
        return _STANDINGS[self]


_STANDINGS = {
    Standing.CONFIRMED: _l("place confirmed"),
    Standing.HELD: _l("waiting for a guardian"),
    Standing.ANSWERED: _l("waiting for the teacher's call"),
}


class Presence(StrEnum):
    """Who is not there yet, of today's sessions and shifts, and who was."""

    MISSING = "missing"
    ARRIVED = "arrived"

    @property
    def words(self) -> LazyString:
        """What it is called on pages."""
        return _l("not arrived yet today") if self is Presence.MISSING else _l("arrived")


@dataclass(frozen=True)
class Group:
    """Everybody with a place who fits all that is asked; whatever is empty is not asked.

    Of schools and classes one has to fit. ``unseen_id`` is an earlier urgent announcement that was not seen.
    """

    slot_ids: tuple[int, ...] = ()
    school_ids: tuple[int, ...] = ()
    classes: tuple[tuple[int, str], ...] = ()
    standing: Standing | None = None
    presence: Presence | None = None
    unseen_id: int | None = None
    people: tuple[int, ...] = ()  # registrations that were ticked; whoever waits for a place may be among them

    @property
    def in_address(self) -> dict[str, list[str]]:
        """The same as the parameters of an address."""
        known = {
            "slot": [str(one) for one in self.slot_ids],
            "school": [str(one) for one in self.school_ids],
            "class": [f"{school_id}:{name}" for school_id, name in self.classes],
            "standing": [str(self.standing)] if self.standing else [],
            "presence": [str(self.presence)] if self.presence else [],
            "unseen": [str(self.unseen_id)] if self.unseen_id else [],
            "people": [short(self.people)] if self.people else [],
        }
        return {name: values for name, values in known.items() if values}


def read_group(asked: Mapping[str, Any]) -> Group:
    """Return the group that an address, a form or an announcement names, each parameter a list of texts; what it says
    wrongly is not asked."""
    return Group(
        slot_ids=_ids(asked.get("slot")),
        school_ids=_ids(asked.get("school")),
        classes=_classes(asked.get("class")),
        standing=as_word(Standing, _first(asked.get("standing"))),
        presence=as_word(Presence, _first(asked.get("presence"))),
        unseen_id=read_id_or_none(_first(asked.get("unseen"))),
        people=tuple(read_people(_first(asked.get("people")) or "")),
    )


def words_of(group: Group, names: Mapping[str, Any]) -> str:
    """Return in words who is meant; ``names`` are what its parts are called, see `app.announcements.meant.names_in`."""
    said = [*names["names"], *(str(one.words) for one in (group.standing, group.presence) if one)]
    said += [str(_("not seen yet: “%(subject)s”", subject=subject)) for subject in names["unseen_subject"]]
    if group.people:
        ticked = ngettext("%(num)d person who was ticked", "%(num)d people who were ticked", len(group.people))
        said = [str(ticked), *said]
    if group.people and len(said) == 1:
        return str(said[0])
    if not said:
        return str(_("Everybody with a place"))
    return str(_("People who are: %(all)s", all=_(", ").join(said)))


def _first(values: Sequence[str] | None) -> str | None:
    return values[0] if values else None


def _ids(values: Sequence[str] | None) -> tuple[int, ...]:
    found = (read_id_or_none(value) for value in (values or ())[:MOST])
    return tuple(sorted({one for one in found if one}))


def _classes(values: Sequence[str] | None) -> tuple[tuple[int, str], ...]:
    found = set()
    for value in (values or ())[:MOST]:
        school, _colon, name = value.partition(":")
        school_id, class_name = read_id_or_none(school), squeezed(name)
        if school_id and 0 < len(class_name) <= LONGEST:
            found.add((school_id, class_name))
    return tuple(sorted(found))
