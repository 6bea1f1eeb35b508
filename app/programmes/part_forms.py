"""Setting up the parts of a programme: sides, itinerary, papers."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField, validators

from app.core.fields import LineField, MomentField, WholeField, choice
from app.core.forms import Form, after, at_most, required
from app.core.typed import half_width
from app.organisations.models import Organisation
from app.programmes.forms import PlanDayField, number_or_none
from app.programmes.itinerary import ItemWords
from app.programmes.models import SEALED_FOR, Side
from app.programmes.sides import SideWords
from app.questions.fields import AnswerFileField
from app.questions.files import FileToKeep

_NOBODY = "0"


class SideForm(Form):
    """Who takes part, with how many, and from when until when people apply."""

    organisation_id = SelectField(_l("Unit"), coerce=number_or_none, choices=[])
    name = LineField(_l("Or a partner district without accounts"), [at_most(80)])
    places = WholeField(_l("Places"), 0, 100_000, default=30)
    contact = LineField(_l("Who looks after its people"), [validators.Optional(), at_most(120)])
    opens_at = MomentField(_l("Applications from"), [required()])
    closes_at = MomentField(_l("Applications until"), [required(), after("opens_at", _l("It must close later."))])

    def __init__(self, units: Sequence[Organisation] = (), **options: Any) -> None:
        super().__init__(**options)
        self.organisation_id.choices = [
            choice(_NOBODY, _("none, see below")),
            *(choice(str(one.id), one.name) for one in units),
        ]

    def validate_name(self, field: LineField) -> None:
        """Ask for either, and not for both."""
        if bool(field.data) == bool(self.organisation_id.data):
            raise validators.ValidationError(_("Choose a unit from the list, or type a name; one of the two."))

    def words(self) -> SideWords:
        """Return what was typed."""
        return SideWords(
            organisation_id=self.organisation_id.data,
            name=self.name.data,
            places=self.places.data,
            contact=self.contact.data,
            opens_at=self.opens_at.data,
            closes_at=self.closes_at.data,
        )


class ItemForm(Form):
    """One thing that is done on a day."""

    on = PlanDayField(_l("Day"), [required()], render_kw={"placeholder": "20270712"})
    from_time = LineField(_l("From"), [validators.Optional()], render_kw={"placeholder": "09:30"})
    words = LineField(_l("What is done"), [required(), at_most(200)])
    base_id = SelectField(_l("At which base"), coerce=number_or_none, choices=[])

    def __init__(self, bases: Sequence[Organisation] = (), **options: Any) -> None:
        super().__init__(**options)
        self.base_id.choices = [
            choice(_NOBODY, _("none")),
            *(choice(str(one.id), one.name) for one in bases),
        ]

    def validate_from_time(self, field: LineField) -> None:
        """Read a time of the day in the ways people write one."""
        if not field.data:
            return
        hour, sign, minute = half_width(field.data).replace("：", ":").replace(".", ":").partition(":")
        if not (hour.isdecimal() and minute.isdecimal() and sign and int(hour) < 24 and int(minute) < 60):
            raise validators.ValidationError(_("Please type the time as 09:30, or leave it empty."))
        field.data = f"{int(hour):02}:{int(minute):02}"

    def item(self) -> ItemWords:
        """Return what was typed."""
        return ItemWords(self.on.data, self.from_time.data, self.words.data, self.base_id.data)


class PaperField(AnswerFileField):
    """A PDF or a photo of a paper."""

    sealed_for = SEALED_FOR

    def validate(self, form: Any, extra_validators: Any = ()) -> bool:
        """Read the file, and ask for one."""
        if super().validate(form, extra_validators) and self.sent is None:
            self.errors = [_("Please choose a file.")]
        return not self.errors


class DocumentForm(Form):
    """A paper to keep."""

    file = PaperField(_l("PDF or photo"))

    def kept(self) -> FileToKeep:
        """Return the file that was sent."""
        if self.file.sent is None:
            raise LookupError("no file was sent")
        return self.file.sent


class PublicDocumentForm(DocumentForm):
    """A paper of a programme."""

    is_public = BooleanField(_l("Show it on the programme's page"))


def side_values(side: Side) -> dict[str, Any]:
    """Return a side as the form's starting values."""
    return {name: getattr(side, name) for name in SideWords.__dataclass_fields__}
