"""An announcement as a text for a chat group."""

from flask_babel import gettext as _

from app.announcements.operations import Words
from app.core.filters import span
from app.events.group_chat import LONGEST, shortened
from app.events.models import Event


def chat_text(words: Words, event: Event, address: str) -> str:
    """Return an announcement with what, when, where and the address; what is too long of it ends in ….

    Line ends of the body are kept as long as it fits.
    """
    head = _("Urgent: %(subject)s", subject=words.subject) if words.is_urgent else words.subject
    where = f"{span(event.starts_at, event.ends_at)} · {shortened(event.place, 40)}"
    foot = f"{shortened(event.title, 40)}\n{where}\n{address}"
    room = LONGEST - len(head) - len(foot) - 2
    body = words.body if len(words.body) <= room else shortened(words.body, room)
    return f"{head}\n{body}\n{foot}"
