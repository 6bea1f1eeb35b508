"""Words to start from, for what is told again and again."""

from enum import StrEnum

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.announcements.operations import Words
from app.core.filters import span
from app.events.models import Event


class Start(StrEnum):
    """What is told most often."""

    PLACE = "place"
    BRING = "bring"
    ANSWER = "answer"
    WHERE = "where"

    @property
    def words(self) -> LazyString:
        """What it is called on a button."""
        return _SUBJECTS[self]


_SUBJECTS = {
    Start.PLACE: _l("We meet somewhere else"),
    Start.BRING: _l("What to bring"),
    Start.ANSWER: _l("Please answer soon"),
    Start.WHERE: _l("Where are you?"),
}


def started(start: Start, event: Event, typed: Words) -> Words:
    """Return the words to go on from: those of a start, below what was typed oneself already."""
    untouched = {str(words) for words in _SUBJECTS.values()} | {""}
    body = typed.body.replace("\r\n", "\n")  # browsers end the lines of a form so
    subject = str(start.words) if typed.subject in untouched else typed.subject
    kept = "" if body in {_body(one, event) for one in Start} else body
    return Words(subject, "\n\n".join(filter(None, (kept, _body(start, event)))), typed.is_urgent)


def _body(start: Start, event: Event) -> str:
    facts = {"event": event.title, "when": span(event.starts_at, event.ends_at), "contact": event.contact}
    bodies = {
        Start.PLACE: _("“%(event)s”: we now meet at …\nThe time stays: %(when)s.\nQuestions: %(contact)s", **facts),
        Start.BRING: _("For “%(event)s” please bring: …\nTime: %(when)s.\nQuestions: %(contact)s", **facts),
        Start.ANSWER: _(
            "The place in “%(event)s” still waits for a guardian's answer. Please look into it today; if you cannot "
            "come, give the place back, others are waiting.\nQuestions: %(contact)s",
            **facts,
        ),
        Start.WHERE: _(
            "“%(event)s” has begun and we do not see you yet. If you are on the way, come straight to the entrance; if "
            "you cannot come, please tell us: %(contact)s",
            **facts,
        ),
    }
    return str(bodies[start])
