"""Every component in every state on one page, for whoever builds or reviews one; not there in production."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from flask import Blueprint, abort, current_app, render_template
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, RadioField, SelectField

from app.core.access import public
from app.core.clock import now
from app.core.fields import DayField, LineField, MomentField, PhoneField, SecretField, TextField, WholeField, choice
from app.core.forms import Form, required
from app.core.job_words import left_words, state_words
from app.core.jobs import JobState
from app.pages.job_cards import Card
from app.programmes.kinds import ProgrammeKind

bp = Blueprint("styleguide", __name__)


def _ways() -> list[Any]:
    return [choice("self", _l("Sign up myself")), choice("child", _l("Sign up my child"))]


class SampleForm(Form):
    """One field of each sort."""

    name = LineField(_l("Name"), [required()])
    who = RadioField(_l("Who is it for?"), [required(_l("Please choose somebody."))], choices=_ways)
    born_on = DayField(_l("Date of birth"), [required()])
    begins = MomentField(_l("Begins"), [required()])
    phone = PhoneField(_l("Phone number"))
    kind = SelectField(_l("Kind"), choices=lambda: [choice(kind.value, kind.words) for kind in ProgrammeKind])
    places = WholeField(_l("Places"), 1, 300)
    summary = TextField(_l("What happens, what to bring"))
    password = SecretField(_l("Password"))
    agrees = BooleanField(_l("Yes, go ahead"))


_WRONG = {
    "name": "",
    "born_on": "20120231",
    "begins": "2026-02-30 09:00",
    "phone": "1380013800",
    "kind": ProgrammeKind.VISIT.value,
    "places": "x",
}


@bp.get("/styleguide")
@public
def show() -> ResponseReturnValue:
    """All components."""
    if current_app.config["ENVIRONMENT"] == "production":
        abort(404)
    forms = {"blank": SampleForm(formdata=None, prefix="blank-"), "wrong": _faulty()}
    months = [(month, number) for month, number in zip(range(1, 13), _HOURS, strict=True)]
    page = {"at": now(), "later": now() + timedelta(hours=8), "months": months, "cards": _cards()}
    return render_template("pages/styleguide.html", **page, **forms)


_HOURS = (120, 64, 318, 402, 655, 240, 1843, 1220, 310, 288, 150, 96)


def _cards() -> list[Card]:
    running = Card(
        id=1,
        name=_l("All certificates"),
        about="",
        state=state_words(JobState.RUNNING)[0],
        tone="gold",
        is_under_way=True,
        is_over=False,
        done=12,
        parts=48,
        left=left_words(timedelta(minutes=2)),
        error=None,
        can_retry=False,
        can_stop=True,
        asked_at=now(),
        result="none",
        kept_until=now() + timedelta(days=1),
        page=None,
    )
    ended = replace(running, is_under_way=False, is_over=True, can_stop=False)
    error = str(_l("Some parts could not be done."))
    return [
        running,
        replace(ended, id=2, state=state_words(JobState.DONE)[0], tone="pine", result="here"),
        replace(ended, id=3, state=state_words(JobState.FAILED)[0], tone="bad", error=error, can_retry=True),
    ]


def _faulty() -> SampleForm:
    form = SampleForm(formdata=MultiDict({f"wrong-{name}": value for name, value in _WRONG.items()}), prefix="wrong-")
    form.validate()
    return form
