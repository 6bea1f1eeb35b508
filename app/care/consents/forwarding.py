"""What a young person copies into a chat with a parent: what it is, when, where, and the link."""

from flask_babel import gettext as _

from app.core.filters import span
from app.events.group_chat import shortened
from app.events.models import Registration

_TITLE, _PLACE = 40, 40


def words_for_parent(one: Registration, address: str, *, is_own: bool) -> str:
    """Return the words for a chat, in the first person where the young person sends them."""
    slot = one.slot
    facts = {
        "event": shortened(slot.event.title, _TITLE),
        "when": span(slot.starts_at, slot.ends_at),
        "place": shortened(slot.place or slot.event.place, _PLACE),
        "address": address,
    }
    if is_own:
        return str(
            _(
                "I would like to take part in “%(event)s”.\n%(when)s · %(place)s\n"
                "It needs your yes or no. One minute, no account:\n%(address)s",
                **facts,
            )
        )
    return str(
        _(
            "%(name)s would like to take part in “%(event)s”.\n%(when)s · %(place)s\n"
            "A guardian has to say yes or no. One minute, no account:\n%(address)s",
            name=one.person.name,
            **facts,
        )
    )
