"""The six digits that prove an address: derived from the server's key, so that the database knows only their hash."""

from datetime import timedelta
from hmac import compare_digest

from flask_babel import force_locale
from flask_babel import gettext as _

from app.core.crypto import keyed_hash
from app.messages.models import Contact, Delivery

PROOF = "proof"  # the kind of such a letter
MINUTES = 10
LASTS = timedelta(minutes=MINUTES)
_DIGITS = 6


def code_of(delivery: Delivery) -> str:
    """Return the digits that a delivery without a message brings."""
    number = int(keyed_hash("contact code", f"{delivery.id}:{delivery.made_at.timestamp():.6f}"), 16)
    return f"{number % 10**_DIGITS:0{_DIGITS}}"


def hash_of(contact: Contact, code: str) -> str:
    """Return what a contact remembers of its code: good for this address only."""
    return keyed_hash("contact proof", f"{contact.channel}:{contact.address}:{code}")


def is_right(contact: Contact, code: str) -> bool:
    """Return whether these are the digits that were sent last."""
    return bool(contact.code_hash) and compare_digest(contact.code_hash, hash_of(contact, code))


def words_of(code: str, language: str) -> tuple[str, str]:
    """Return subject and body of the letter with a code."""
    with force_locale(language):
        subject = _("%(code)s is your code", code=code)
        body = _(
            "Type this code on the page where you asked for it: %(code)s\n\nIt counts for %(minutes)d minutes. "
            "Give it to nobody; we never ask for it. If you did not ask for it, do nothing.",
            code=code,
            minutes=MINUTES,
        )
    return subject, body
