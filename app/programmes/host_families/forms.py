"""Entering a host family, and placing a guest with it."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, ValidationError

from app.core.clock import local_day, now
from app.core.fields import DayField, LineField, PhoneField, TextField, WholeField, choice
from app.core.forms import Form, at_most, required
from app.people.models import Person
from app.programmes.host_families.models import Guests, HostFamily
from app.programmes.host_families.operations import Adult, FamilyWords, words_of
from app.programmes.host_families.words import GUESTS
from app.programmes.models import Programme

MOST_ADULTS = 4


class FamilyForm(Form):
    """What is known of a family; a line for each adult, empty ones are none."""

    name = LineField(_l("What the family is called"), [required(), at_most(40)])
    address = LineField(_l("Address"), [required(), at_most(120)])
    phone = PhoneField(_l("Phone"), [required()])
    guests = RadioField(
        _l("Whom they take in"), [required()], choices=[choice(one.value, words) for one, words in GUESTS.items()]
    )
    capacity = WholeField(_l("How many at most"), 1, 10, default=1)
    visited_on = DayField(_l("Visited on"))
    visited_by = LineField(_l("Visited by whom"), [at_most(60)])
    remarks = TextField(_l("Remarks"), [at_most(500)], rows=2)

    @property
    def adult_rows(self) -> list[dict[str, Any]]:
        """The fields of the adults, line by line."""
        names = ("adult", "checked_on", "checked_by")
        return [{name: self[f"{name}_{line}"] for name in names} for line in range(MOST_ADULTS)]

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for both or neither of a day and who it was, for no day to come, and for one adult at least."""
        super().validate(extra_validators)
        _check_both(self.visited_on, self.visited_by)
        for row in self.adult_rows:
            _check_both(row["checked_on"], row["checked_by"])
            if (row["checked_on"].data or row["checked_by"].data) and not row["adult"].data:
                row["adult"].errors = [_("Whose records were these?")]
        first = self.adult_rows[0]["adult"]
        if not first.data:
            first.errors = [_("Please name at least one adult.")]
        return not self.errors

    def words(self) -> FamilyWords:
        """Return what was typed."""
        adults = [
            Adult(row["adult"].data, row["checked_on"].data, row["checked_by"].data)
            for row in self.adult_rows
            if row["adult"].data
        ]
        return FamilyWords(
            self.name.data,
            self.address.data,
            self.phone.data,
            Guests(self.guests.data),
            self.capacity.data,
            tuple(adults),
            self.visited_on.data,
            self.visited_by.data,
            self.remarks.data,
        )


class PlacementForm(Form):
    """Who lives there, from when until when."""

    person_id = SelectField(_l("Who?"), coerce=int)
    comes_on = DayField(_l("First day"), [required()])
    leaves_on = DayField(_l("Last day"), [required()])

    def offer(self, guests: Sequence[Person]) -> None:
        """Let these be chosen."""
        self.person_id.choices = [choice(str(one.id), one.name) for one in guests]

    def validate_leaves_on(self, field: DayField) -> None:
        """Refuse an end before the beginning."""
        if field.data and self.comes_on.data and field.data < self.comes_on.data:
            raise ValidationError(_("It must not end before it begins."))


def family_form(family: HostFamily | None = None) -> FamilyForm:
    """Return the form with a line for each adult."""
    fields: dict[str, Any] = {}
    for line in range(MOST_ADULTS):
        fields[f"adult_{line}"] = LineField(_l("Adult %(number)s", number=line + 1), [at_most(60)])
        fields[f"checked_on_{line}"] = DayField(_l("Records of offences looked up on"))
        fields[f"checked_by_{line}"] = LineField(_l("By whom"), [at_most(60)])
    made: FamilyForm = type("AdultsForm", (FamilyForm,), fields)(data=_values(family))
    return made


def placement_form(programme: Programme, guests: Sequence[Person]) -> PlacementForm:
    """Return the form with the days of the programme."""
    form = PlacementForm(data={"comes_on": programme.starts_on, "leaves_on": programme.ends_on})
    form.offer(guests)
    return form


def _check_both(day: DayField, whom: LineField) -> None:
    if day.errors:
        return
    if bool(day.data) != bool(whom.data):
        whom.errors = [_("Please say both, on which day and by whom, or neither.")]
    elif day.data and day.data > local_day(now()):
        day.errors = [_("This day is still to come.")]


def _values(family: HostFamily | None) -> dict[str, Any]:
    if family is None:
        return {}
    words = words_of(family)
    same = ("name", "address", "phone", "capacity", "visited_on", "visited_by", "remarks")
    values: dict[str, Any] = {name: getattr(words, name) for name in same} | {"guests": words.guests.value}
    for line, one in enumerate(words.adults):
        values |= {
            f"adult_{line}": one.name,
            f"checked_on_{line}": one.checked_on,
            f"checked_by_{line}": one.checked_by,
        }
    return values
