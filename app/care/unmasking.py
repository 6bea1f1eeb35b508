"""A phone number whole, for whoever says what for: it is written down, and shown on this page alone."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from wtforms import SelectField

from app.accounts.models import User
from app.core.access import Role, allow, principal
from app.core.audit import UNMASKED, note_access
from app.core.clock import now
from app.core.db import db, transact
from app.core.fields import LineField, choice
from app.core.finding import get_or_404
from app.core.forms import Form, at_most, required
from app.events.models import Registration
from app.events.queries import registrations_run_by
from app.people.models import ActsFor
from app.people.whose import whose

bp = Blueprint("unmasking", __name__, url_prefix="/desk")
_OTHER = "other"


class UnmaskForm(Form):
    """What for: chosen, or in one's own words."""

    purpose = SelectField(
        _l("What do you need it for?"),
        [required()],
        choices=[
            choice("", _l("Please choose")),
            choice("contact", _l("Telling families")),
            choice("check", _l("Checking who takes part")),
            choice("emergency", _l("An emergency")),
            choice(_OTHER, _l("Something else")),
        ],
    )
    words = LineField(_l("In your own words, without names"), [at_most(120)])

    @property
    def said(self) -> str:
        """What goes into the log."""
        return self.words.data or str(self.purpose.data)


@bp.route("/registrations/<int:registration_id>/phone", methods=["GET", "POST"])
@allow(Role.STAFF)
def phone(registration_id: int) -> ResponseReturnValue:
    """The numbers of a person and of whoever acts for it. Loaded anew, they are asked for anew."""
    registration = get_or_404(registrations_run_by(principal()), registration_id)
    form, numbers = UnmaskForm(), None
    if form.validate_on_submit():
        people, by = whose(registration.person), principal().actor
        transact(note_access, UNMASKED, "phone", registration_id, people=people, purpose=form.said, by=by, at=now())
        numbers = _numbers(registration)
    page = render_template("care/phone.html", registration=registration, form=form, numbers=numbers)
    return page, form.status, {"Cache-Control": "no-store"}


def _numbers(registration: Registration) -> dict[str, str]:
    """Return phone numbers and whose they are: the person's own, and those of the accounts that act for it."""
    person = registration.person
    theirs = select(User.name, User.phone).join(ActsFor, ActsFor.user_id == User.id)
    found = db.session.execute(theirs.where(ActsFor.person_id == person.id, User.phone.is_not(None)).order_by(User.id))
    own = {person.phone: person.name} if person.phone else {}
    return own | {row.phone: row.name for row in found if row.phone not in own}
