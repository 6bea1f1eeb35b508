"""The administrator's page of how long what is kept, and of what went in the last nights."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.care.models import Keeping
from app.care.retention.jobs import last_runs
from app.care.retention.rules import KINDS, MOST_DAYS, days_of, set_days
from app.core.access import Role, allow
from app.core.db import transact
from app.core.fields import WholeField
from app.core.forms import Form

bp = Blueprint("retention_desk", __name__, url_prefix="/admin/retention")


def _days(kind: Keeping) -> WholeField:
    return WholeField(KINDS[kind].words, least=KINDS[kind].least, most=MOST_DAYS)


class RetentionForm(Form):
    """For how many days each kind is kept; the fields are called like the kinds."""

    messages = _days(Keeping.MESSAGES)
    changes = _days(Keeping.CHANGES)
    access = _days(Keeping.ACCESS)
    sessions = _days(Keeping.SESSIONS)
    invitations = _days(Keeping.INVITATIONS)
    people = _days(Keeping.PEOPLE)

    def days(self) -> dict[Keeping, int]:
        """Return what was typed."""
        return {kind: int(self[kind.value].data) for kind in Keeping}


@bp.route("", methods=["GET", "POST"])
@allow(Role.ADMINISTRATOR)
def index() -> ResponseReturnValue:
    """How long what is kept, and what the last nights let go."""
    form = RetentionForm(data={kind.value: days_of(kind) for kind in Keeping})
    if form.validate_on_submit():
        transact(set_days, form.days())
        flash(_("Saved. It holds from the coming night on."), "pine")
        return redirect(url_for(".index"), 303)
    page = {"kinds": KINDS, "runs": last_runs()}
    return render_template("care/retention.html", form=form, **page), form.status
