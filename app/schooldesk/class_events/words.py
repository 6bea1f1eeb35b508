"""What goes into the parents' chat group, once for the whole class."""

from flask_babel import gettext as _

from app.core.filters import moment
from app.events.models import Event, Slot
from app.people.models import SchoolClass


def slot_words(slot: Slot) -> str:
    """Return what a session is called where one is chosen: what, when, and for which ages."""
    ages = _("ages %(youngest)d to %(oldest)d", youngest=slot.min_age, oldest=slot.max_age)
    return f"{slot.title} · {moment(slot.starts_at)} · {ages}"


def chat_text(one: SchoolClass, event: Event, address: str) -> str:
    """Return the words for the chat group: what, when, where, and the one link for the whole class."""
    lines = [
        _("Dear parents of %(class)s,", **{"class": one.name}),
        _("%(event)s, %(when)s, %(where)s.", event=event.title, when=moment(event.starts_at), where=event.place),
        _("Please open the link and answer for your child: takes part, or does not."),
        _("Not taking part has no influence on any assessment at school."),
        address,
    ]
    return "\n".join(lines)
