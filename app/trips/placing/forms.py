"""Groups, buses and rooms to be set up."""

import re
from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, ValidationError, validators

from app.core.fields import LineField, WholeField, choice
from app.core.forms import Form, at_most, required
from app.people.models import Gender
from app.trips.models import TripBus, TripPart, TripPlace, TripRoom
from app.trips.placing.places import BusWords, GroupWords, PlaceWords, RoomWords
from app.trips.placing.words import FOR_WHOM

_LONGEST, _MOST = 40, 60
_BETWEEN = re.compile(r"[\s,，、;；]+")


class PlaceForm(Form):
    """One group, bus or room."""

    name = LineField(_l("Name"), [required(), at_most(_LONGEST)])

    def words(self) -> PlaceWords:
        """Return what was typed."""
        return GroupWords(self.name.data)


class GroupForm(PlaceForm):
    """A group to be called otherwise."""


class BusForm(PlaceForm):
    """A bus."""

    name = LineField(_l("Which bus"), [required(), at_most(_LONGEST)], render_kw={"placeholder": "1"})
    plate = LineField(_l("Number plate"), [validators.Optional(), at_most(20)])
    size = WholeField(_l("Seats for those who travel"), 1, 100, default=45)

    def words(self) -> BusWords:
        """Return what was typed."""
        return BusWords(self.name.data, self.plate.data, self.size.data)


class RoomForm(PlaceForm):
    """A room."""

    name = LineField(_l("Number of the room"), [required(), at_most(_LONGEST)])
    size = WholeField(_l("Beds"), 1, 100, default=2)
    for_whom = SelectField(
        _l("For whom"),
        choices=lambda: [choice(_key(*whom), words) for whom, words in FOR_WHOM.items()],
    )

    def words(self) -> RoomWords:
        """Return what was typed."""
        return self.room(self.name.data)

    def room(self, name: str) -> RoomWords:
        """Return a room of that name, as it was typed otherwise."""
        gender, is_for_minors = next(whom for whom in FOR_WHOM if _key(*whom) == self.for_whom.data)
        return RoomWords(name, self.size.data, gender, is_for_minors)


class NewGroupsForm(Form):
    """How many groups to add."""

    count = WholeField(_l("How many groups"), 1, _MOST, default=4)

    def all_words(self, taken: set[str]) -> Sequence[PlaceWords]:
        """Return as many groups, numbered on from those there are."""
        numbered = (_("Group %(number)d", number=number) for number in range(1, 2 * _MOST + len(taken)))
        free = [name for name in numbered if name not in taken]
        return [GroupWords(name) for name in free[: self.count.data]]


class NewBusForm(BusForm):
    """A bus to add."""

    def all_words(self, _taken: set[str]) -> Sequence[PlaceWords]:
        """Return the bus."""
        return [self.words()]


class NewRoomsForm(RoomForm):
    """Several rooms of one kind at once."""

    name = LineField(_l("Numbers of the rooms"), [required(), at_most(400)])

    def validate_name(self, field: LineField) -> None:
        """Refuse what is too long for the name of a room."""
        if any(len(one) > _LONGEST for one in self._names()) or len(self._names()) > _MOST:
            raise ValidationError(_("Please put a space between the rooms; at most %(most)d at once.", most=_MOST))

    def all_words(self, _taken: set[str]) -> Sequence[PlaceWords]:
        """Return the rooms."""
        return [self.room(name) for name in self._names()]

    def _names(self) -> list[str]:
        return [one for one in _BETWEEN.split(self.name.data or "") if one]


class MoveForm(Form):
    """Where to put those who are ticked."""

    target = SelectField(_l("Put those who are ticked into"), [required()], choices=[])

    def offer(self, places: Sequence[tuple[int, str]]) -> None:
        """Say where people can be put; nowhere is the last."""
        self.target.choices = [
            choice("", _("Choose one")),
            *(choice(str(number), words) for number, words in places),
            choice("0", _("nowhere: take them out")),
        ]

    @property
    def target_id(self) -> int | None:
        """The place that was chosen, None for none."""
        return int(self.target.data) or None


NewForm = NewGroupsForm | NewBusForm | NewRoomsForm
NEW_FORMS: dict[TripPart, type[NewForm]] = {
    TripPart.GROUPS: NewGroupsForm,
    TripPart.BUSES: NewBusForm,
    TripPart.ROOMS: NewRoomsForm,
}
FORMS: dict[TripPart, type[PlaceForm]] = {
    TripPart.GROUPS: GroupForm,
    TripPart.BUSES: BusForm,
    TripPart.ROOMS: RoomForm,
}


def place_values(place: TripPlace) -> dict[str, Any]:
    """Return a group, bus or room as the form's starting values."""
    if isinstance(place, TripBus):
        return {"name": place.name, "plate": place.plate, "size": place.seats}
    if isinstance(place, TripRoom):
        return {"name": place.name, "size": place.beds, "for_whom": _key(place.gender, place.is_for_minors)}
    return {"name": place.name}


def _key(gender: Gender, is_for_minors: bool) -> str:
    return f"{gender.value}-{'young' if is_for_minors else 'grown'}"
