"""Looking a certificate up, declaring one void, taking all of an event."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField

from app.certificates.bundles import Bundle
from app.core.fields import LineField, choice
from app.core.forms import Form, at_most, required


class VerifyForm(Form):
    """The sixteen signs beside the QR code."""

    code = LineField(_l("Code on the certificate"), [required(), at_most(40)], render_kw={"autocomplete": "off"})


class RevokeForm(Form):
    """Why it no longer stands."""

    reason = LineField(_l("Reason, shown to whoever verifies it"), [required(), at_most(200)])


class CollectForm(Form):
    """As what, and what for: the purpose goes into the access log."""

    bundle = RadioField(
        _l("File"),
        choices=[
            choice(Bundle.PDF.value, _l("All certificates in one file (PDF, for printing)")),
            choice(Bundle.ZIP.value, _l("One file for each person (ZIP)")),
        ],
        default=Bundle.PDF.value,
    )
    purpose = SelectField(
        _l("What for"),
        choices=[
            choice("print", _l("Printing and handing out")),
            choice("send", _l("Sending to families")),
            choice("archive", _l("For the archive")),
            choice("other", _l("Something else")),
        ],
    )
