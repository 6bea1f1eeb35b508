"""Entering units and their staff."""

from typing import Any, cast

from flask_babel import lazy_gettext as _l
from wtforms import (
    SelectField,
    SelectMultipleField,
    validators,
    widgets,
)

from app.core.fields import LineField, PictureField, SomeNumberField, TextField, choice
from app.core.forms import Form, at_most, required
from app.organisations.models import OrganisationKind, SchoolLevel
from app.organisations.operations import Profile
from app.organisations.words import KIND_WORDS, LEVEL_WORDS


def _left_out_or(length: int) -> list[Any]:
    return [validators.Optional(), at_most(length)]


class NewOrganisationForm(Form):
    """A new unit; what kind it is cannot be changed later."""

    name = LineField(_l("Name of the unit"), [required(), at_most(60)])
    short_name = LineField(_l("Short name"), _left_out_or(20))
    kind = SelectField(_l("Kind"), choices=lambda: [choice(kind.value, KIND_WORDS[kind]) for kind in OrganisationKind])
    place = LineField(_l("Address"), _left_out_or(120))
    phone = LineField(_l("Phone number"), _left_out_or(40), render_kw={"inputmode": "tel"})
    contact = LineField(_l("Contact person"), _left_out_or(60))


class ProfileForm(Form):
    """What a unit tells about itself."""

    place = LineField(_l("Address"), _left_out_or(120))
    phone = LineField(_l("Phone number"), _left_out_or(40), render_kw={"inputmode": "tel"})
    contact = LineField(_l("Contact person"), _left_out_or(60))
    school_levels = SelectMultipleField(
        _l("Levels"),
        choices=lambda: [choice(level.value, LEVEL_WORDS[level]) for level in SchoolLevel],
        option_widget=widgets.CheckboxInput(),
    )
    origin = LineField(_l("Province and county"), _left_out_or(60))
    capacity = SomeNumberField(_l("How many people it takes"), 1, 100_000)
    offers = TextField(_l("What one can do there"), _left_out_or(1000))
    introduction = TextField(_l("Introduction"), _left_out_or(2000), rows=6)
    logo_digest = PictureField(_l("Logo"), longest=480)
    seal_text = LineField(_l("Name on the seal"), _left_out_or(60))
    seal_keeper = LineField(_l("Who keeps the seal"), _left_out_or(60))

    def ask_only(self, kind: OrganisationKind) -> None:
        """Leave out what only other kinds of units tell."""
        for field in {name for names in _OF_A_KIND.values() for name in names} - _OF_A_KIND.get(kind, set()):
            del self[field]

    def profile(self) -> Profile:
        """Return what was typed."""
        typed = {name: field.data for name, field in self._fields.items() if name not in _NOT_TOLD}
        if "school_levels" in self:
            typed["levels"] = "".join(f" {level}" for level in self.school_levels.data or ()) + " "
        return cast(Profile, typed | {"phone": self.phone.data or None})


class OrganisationForm(ProfileForm):
    """A unit for the administrator, its name too."""

    name = LineField(_l("Name of the unit"), [required(), at_most(60)])
    short_name = LineField(_l("Short name"), _left_out_or(20))


_OF_A_KIND = {
    OrganisationKind.SCHOOL: {"school_levels"},
    OrganisationKind.PARTNER: {"origin"},
    OrganisationKind.BASE: {"capacity", "offers"},
}
_NOT_TOLD = {"name", "short_name", "logo_digest", "school_levels"}
