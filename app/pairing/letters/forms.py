"""Writing a letter, handing it on, and who looks after letters."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField, ValidationError

from app.accounts.models import User
from app.core.clock import local_day, now
from app.core.fields import DayField, LineField, TextField, WholeField, choice
from app.core.forms import Form, at_most, required
from app.pairing.journal.groups import key_of, told
from app.pairing.journal.operations import Group
from app.pairing.letters.readers import Checked
from app.pairing.letters.writing import MOST
from app.pairing.models import PairingMember, PairingRound


class LetterForm(Form):
    """A letter to one's partner."""

    partner_id = SelectField(_l("To whom?"), coerce=int)
    words = TextField(_l("Your letter"), [required(), at_most(MOST)], rows=10)

    def offer(self, partners: Sequence[PairingMember], names: dict[int, str]) -> None:
        """Let these be written to."""
        self.partner_id.choices = [choice(str(one.id), names[one.id]) for one in partners]


class WorryForm(Form):
    """What one wants to say besides; nothing need be said."""

    words = TextField(_l("Do you want to say something about it?"), [at_most(500)], rows=3)


class KindWordForm(Form):
    """Why a letter is given back, for its young writer."""

    words = TextField(_l("A kind word for the writer: what should be different?"), [required(), at_most(500)], rows=3)


class ReasonForm(Form):
    """Why a letter has to be opened."""

    reason = LineField(_l("Why does it have to be opened?"), [required(), at_most(120)])
    is_understood = BooleanField(
        _l("It is an emergency. I know that it is written down, and that both families are told."), [required()]
    )


class AnswerForm(Form):
    """What was done about a letter that troubled somebody."""

    words = TextField(_l("What was done? Without names"), [required(), at_most(500)], rows=3)


class AftercareForm(Form):
    """Whom a troubled reader reaches, and when a pair is silent."""

    protection_id = SelectField(_l("Protection contact"), coerce=int)
    silent_days = WholeField(_l("Remind teachers of pairs that were silent for so many days"), 0, 365)

    def offer(self, users: Sequence[User]) -> None:
        """Let these be chosen."""
        none = choice("0", _l("nobody yet: no letters"))
        self.protection_id.choices = [none, *(choice(str(one.id), one.name) for one in users)]


class ReaderForm(Form):
    """Which teacher hands whose letters on, and whether somebody looked the records up."""

    group = SelectField(_l("Whose letters?"), [required()])
    user_id = SelectField(_l("Which teacher?"), coerce=int)
    checked_on = DayField(_l("Records of offences looked up on"))
    checked_by = LineField(_l("By whom"), [at_most(60)])

    def offer(self, one: PairingRound, groups: Sequence[Group], users: Sequence[User]) -> None:
        """Let these be chosen."""
        self.groups = {key_of(group): group for group in groups}
        self.group.choices = [choice(key, told(group, one)) for key, group in self.groups.items()]
        self.user_id.choices = [choice(str(user.id), user.name) for user in users]

    def validate_checked_by(self, field: LineField) -> None:
        """Ask for both or neither, and for no day to come."""
        if bool(field.data) != bool(self.checked_on.data):
            raise ValidationError(_("Please say both, on which day and by whom, or neither."))
        if self.checked_on.data and self.checked_on.data > local_day(now()):
            raise ValidationError(_("This day is still to come."))

    @property
    def chosen(self) -> Group:
        """Whose letters."""
        return self.groups[self.group.data]

    @property
    def checked(self) -> Checked:
        """When the records were looked up, and by whom."""
        return Checked(self.checked_on.data, self.checked_by.data)
