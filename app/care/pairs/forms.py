"""What somebody who has a link says about a pair, and under which name."""

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, RadioField
from wtforms.widgets import HiddenInput

from app.care.consents.forms import SignedForm
from app.core.fields import TextField, choice
from app.core.forms import at_most, required


class PairAnswerForm(SignedForm):
    """Two equal answers, and a typed name; nothing is chosen beforehand."""

    ask = IntegerField(widget=HiddenInput())
    answer = RadioField(
        _l("Is this partner all right with you?"),
        [required()],
        choices=[choice("accepted", _l("Accept")), choice("another", _l("Would like another"))],
    )
    reason = TextField(_l("Would you like to say why?"), [at_most(200)])
