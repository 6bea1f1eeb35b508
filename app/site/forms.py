"""Entering what the operator says publicly."""

from flask_babel import lazy_gettext as _l
from wtforms import validators

from app.core.fields import LineField, TextField
from app.core.forms import Form, at_most, required
from app.site.operator import Operator

FILE_NAME = "[A-Za-z0-9_-]{1,80}\\.(?:txt|html)"
ICP_NUMBER = r"^\w{1,3}ICP[备证]\w+号(?:-\d+)?$"
POLICE_NUMBER = r"^(?:\w{1,3}公网安备\s?)?\d{14}号?$"


class OperatorForm(Form):
    """Who runs this site, and under which numbers it is registered."""

    name = LineField(_l("Name of the operator"), [at_most(80)])
    contact = LineField(_l("How to reach the operator"), [at_most(160)])
    icp_number = LineField(
        _l("ICP filing number"),
        [
            validators.Optional(),
            at_most(60),
            validators.Regexp(ICP_NUMBER, message=_l("Such a number looks like 浙ICP备2026012345号-1.")),
        ],
    )
    police_number = LineField(
        _l("Public security filing number"),
        [
            validators.Optional(),
            at_most(60),
            validators.Regexp(POLICE_NUMBER, message=_l("Such a number looks like 浙公网安备33048302000123号.")),
        ],
    )

    def operator(self) -> Operator:
        """Return what was typed."""
        return Operator(self.name.data, self.contact.data, self.icp_number.data, self.police_number.data)


class TextForm(Form):
    """A public text in one language."""

    body = TextField(_l("Text"), [required(), at_most(40_000)], rows=24)


class FileForm(Form):
    """A verification file: its name, and what is in it."""

    name = LineField(
        _l("File name"),
        [
            required(),
            validators.Regexp(
                f"^{FILE_NAME}$", message=_l("Letters, digits, - and _, then .txt or .html: MP_verify_abc123.txt")
            ),
        ],
        render_kw={"autocomplete": "off", "spellcheck": "false"},
    )
    content = TextField(_l("What is in it"), [required(), at_most(1000)], rows=2)
