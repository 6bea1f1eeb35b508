"""What staff types in of a signed form, and why a second person does not confirm it."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField

from app.care.consents.forms import NO, YES, SignedForm
from app.care.consents.paper_photos import LONGEST
from app.core.fields import LineField, PictureField, choice
from app.core.forms import Form, at_most, required
from app.people.consents.models import Purpose
from app.people.consents.words import PURPOSES
from app.people.forms import NameField


class PaperForm(SignedForm):
    """What stands on the paper, and its photo."""

    photo = PictureField(_l("Photo of the signed paper"), longest=LONGEST)
    name = NameField(_l("Who signed"), render_kw={"autocomplete": "off"})
    relation = SelectField(_l("What they are to the child"), [required()])
    takes_part = RadioField(
        _l("What is ticked?"),
        [required(_l("Please choose an answer."))],
        choices=[choice(YES, _l("Agrees to taking part")), choice(NO, _l("Does not take part"))],
    )

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        self.photo.flags.optional = False

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for the photo, too: without it the second person has nothing to compare."""
        is_right = bool(super().validate(extra_validators))
        if self.photo.change.new is None and not self.photo.errors:
            self.photo.errors = [_("Please take a photo of the paper.")]
        return is_right and not self.photo.errors

    def spoken(self) -> dict[Purpose, bool]:
        """Return what is ticked."""
        extras = {one: bool(self[one.value].data) for one in Purpose if one.value in self}
        return {Purpose.TAKING_PART: self.takes_part.data == YES, **extras}


def paper_form(extras: Iterable[Purpose]) -> PaperForm:
    """Return the form with what is asked besides taking part; nothing is ticked."""
    fields = {one.value: BooleanField(PURPOSES[one]) for one in extras}
    made: PaperForm = type("AskedPaperForm", (PaperForm,), fields)()
    return made


class RejectionForm(Form):
    """Why not; whoever typed it in reads it."""

    why = LineField(_l("What is not right? Whoever typed it in reads it."), [required(), at_most(200)])
