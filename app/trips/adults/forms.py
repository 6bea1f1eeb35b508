"""A grown-up of a trip: who, with which tasks, and when the record was looked up."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, SelectMultipleField, validators
from wtforms.widgets import CheckboxInput

from app.accounts.models import User
from app.core.fields import DayField, LineField, PhoneField, WholeField, choice
from app.core.forms import Form, at_most
from app.people.models import Gender
from app.people.names import is_name, tidy_name
from app.programmes.forms import number_or_none
from app.programmes.models import Side
from app.trips.adults.operations import AdultWords
from app.trips.models import AdultRole, TripAdult
from app.trips.words import GENDER_WORDS, ROLE_WORDS

_NOBODY = "0"


class AdultForm(Form):
    """What is known of somebody who looks after others; an account goes by its own name."""

    phone = PhoneField(_l("Phone, for the emergency card"), [validators.Optional()])
    side_id = SelectField(_l("Of which side"), coerce=number_or_none, choices=[])
    roles = SelectMultipleField(
        _l("What they do"),
        choices=lambda: [choice(one.value, ROLE_WORDS[one]) for one in AdultRole],
        option_widget=CheckboxInput(),
    )
    gender = RadioField(
        _l("Gender, for the rooms"),
        choices=lambda: [
            *(choice(one.value, GENDER_WORDS[one]) for one in Gender),
            choice("", _("not said")),
        ],
        default="",
    )
    checked_on = DayField(
        _l("Record of offences looked up on"), [validators.Optional()], render_kw={"placeholder": "20270501"}
    )
    checked_by = LineField(_l("By whom"), [at_most(60)])

    def offer(self, sides: Sequence[Side]) -> None:
        """Say which sides there are."""
        self.side_id.choices = [
            choice(_NOBODY, _("of no side in particular")),
            *(choice(str(side.id), side.title) for side in sides),
        ]

    def validate_checked_by(self, field: LineField) -> None:
        """Ask for both, or for neither."""
        if self.checked_on.data and not field.data:
            raise validators.ValidationError(_("Who looked it up?"))
        if field.data and not any(self.checked_on.raw_data or []):
            raise validators.ValidationError(_("On which day was it?"))

    def words(self) -> AdultWords:
        """Return what was typed."""
        return AdultWords(
            side_id=self.side_id.data,
            phone=self.phone.data or "",
            roles=tuple(AdultRole(one) for one in self.roles.data or []),
            gender=Gender(self.gender.data) if self.gender.data else None,
            checked_on=self.checked_on.data,
            checked_by=self.checked_by.data,
        )


class NamedAdultForm(AdultForm):
    """Somebody without an account."""

    name = LineField(_l("Name"), [at_most(60)])

    def validate_name(self, field: LineField) -> None:
        """Read a name in its stored form."""
        field.data = tidy_name(field.data)
        if not is_name(field.data):
            raise validators.ValidationError(_("Please choose somebody above, or type the name."))

    def words(self) -> AdultWords:
        """Return what was typed."""
        return replace(super().words(), name=self.name.data)


class NewAdultForm(NamedAdultForm):
    """Somebody new: chosen among the staff, or by name."""

    user_id = SelectField(_l("Somebody with an account"), coerce=number_or_none, choices=[])

    def offer_accounts(self, accounts: Sequence[tuple[User, str]]) -> None:
        """Say who may be chosen."""
        self.user_id.choices = [
            choice(_NOBODY, _("nobody; I type the name below")),
            *(choice(str(user.id), f"{user.name} · {unit}") for user, unit in accounts),
        ]

    def validate_name(self, field: LineField) -> None:
        """Ask for a name where no account was chosen."""
        if self.user_id.data is None:
            super().validate_name(field)

    def words(self) -> AdultWords:
        """Return what was typed."""
        return replace(super().words(), user_id=self.user_id.data)


class RatioForm(Form):
    """For how many minors at most there is to be one grown-up."""

    youths_per_adult = WholeField(_l("Young people for each grown-up, at most"), 1, 50)


def adult_values(adult: TripAdult) -> dict[str, Any]:
    """Return somebody as the form's starting values."""
    same = {name: getattr(adult, name) for name in ("name", "phone", "side_id", "checked_on", "checked_by")}
    gender = adult.gender.value if adult.gender else ""
    return same | {"gender": gender, "roles": [role.value for role in adult.duties]}
