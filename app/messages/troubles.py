"""Why something did not arrive, in the words of whoever reads it."""

from enum import StrEnum

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.core.filters import masked_phone
from app.messages.models import Channel, Delivery

_LONGEST = 200  # characters of what the other side said
CHANNEL_WORDS = {Channel.EMAIL: _l("E-mail"), Channel.SMS: _l("Text message")}


class Trouble(StrEnum):
    """What went wrong with a delivery."""

    NO_SUCH_ADDRESS = "no_such_address"
    BLOCKED = "blocked"
    FULL = "full"
    REFUSED = "refused"
    NOT_POSSIBLE = "not_possible"
    BUSY = "busy"
    AWAY = "away"
    UNKNOWN = "unknown"
    SWITCHED_OFF = "switched_off"
    TOO_LATE = "too_late"
    OUT_OF_DATE = "out_of_date"
    STOPPED = "stopped"
    OURS = "ours"


TROUBLE_WORDS: dict[Trouble, LazyString] = {
    Trouble.NO_SUCH_ADDRESS: _l("There is no such number or mailbox."),
    Trouble.BLOCKED: _l("The number has opted out of text messages."),
    Trouble.FULL: _l("The mailbox is full."),
    Trouble.REFUSED: _l("The other side refused it."),
    Trouble.NOT_POSSIBLE: _l("Nothing can be sent to this kind of address."),
    Trouble.BUSY: _l("The other side asked to wait."),
    Trouble.AWAY: _l("The service that sends could not be reached."),
    Trouble.UNKNOWN: _l("The line broke while sending; nobody can know whether it arrived."),
    Trouble.SWITCHED_OFF: _l("The address was changed or switched off meanwhile."),
    Trouble.TOO_LATE: _l("It would have come too late."),
    Trouble.OUT_OF_DATE: _l("It did not hold any more when its time came."),
    Trouble.STOPPED: _l("Somebody stopped the sending before it was its turn."),
    Trouble.OURS: _l("Something went wrong on our side."),
}


def trouble_kept(trouble: Trouble, detail: str = "") -> str:
    """Return a trouble as a delivery keeps it: a word of ours, and what the other side said."""
    return f"{trouble}|{' '.join(detail.split())}"[:_LONGEST]


def trouble_of(delivery: Delivery) -> str:
    """Return what went wrong as a word of ours, a `Trouble`; "" while nothing has."""
    return delivery.error.partition("|")[0]


def trouble_words(delivery: Delivery) -> str:
    """Return what went wrong, in the language of the request; "" while nothing has."""
    word = trouble_of(delivery)
    return str(TROUBLE_WORDS[Trouble(word)]) if word else ""


def trouble_detail(delivery: Delivery) -> str:
    """Return what the other side said, for whoever looks after the channels."""
    return delivery.error.partition("|")[2]


def channel_words(channel: Channel) -> str:
    """Return what people call a channel."""
    return str(CHANNEL_WORDS[channel])


def masked_address(address: str) -> str:
    """Write an address where the work does not need the whole: 138****5678, l***@example.cn."""
    mailbox, at, domain = address.rpartition("@")
    return f"{mailbox[:1]}***@{domain}" if at else masked_phone(address)
