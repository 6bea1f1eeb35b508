"""What is pasted into the chat group of a class: complete by itself, and short enough to be read there."""

from flask_babel import gettext as _

from app.core.filters import span
from app.events.models import Event

LONGEST = 300  # characters; a longer one is folded up by the chat
_TITLE, _PLACE, _WHY = 40, 40, 90


def chat_text(event: Event, address: str) -> str:
    """Return what is to be known about an event just now: what has changed, what, when, where, and the address."""
    facts = {
        "title": shortened(event.title, _TITLE),
        "when": span(event.starts_at, event.ends_at),
        "place": shortened(event.place, _PLACE),
        "address": address,
    }
    if event.is_cancelled:
        why = shortened(event.cancel_reason or "", _WHY)
        return str(_("Called off: %(title)s\n%(when)s · %(place)s\nWhy: %(why)s\n%(address)s", why=why, **facts))
    if news := _news(event):
        return f"{news}\n{facts['title']}\n{facts['when']} · {facts['place']}\n{address}"
    return str(_("%(title)s\n%(when)s · %(place)s\nSign up: %(address)s", **facts))


def shortened(text: str, most: int) -> str:
    """Return a text on one line, and at its end … if there was more."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"


def _news(event: Event) -> str:
    """Return the latest of what has changed about an event that takes place."""
    told = [
        (event.noticed_at, _("News: %(text)s", text=shortened(event.notice, _WHY))),
        (event.rain_since, _("The rain plan holds: %(plan)s", plan=shortened(event.rain_plan, _WHY))),
        (event.postponed_at, _("New time! %(why)s", why=shortened(event.postpone_reason, _WHY))),
    ]
    since = [(at, words) for at, words in told if at]
    return max(since)[1] if since else ""
