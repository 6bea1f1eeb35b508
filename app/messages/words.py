"""What kinds of messages are called, when each goes out, and how a unit's changes to them are told."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.core.changes import Vocabulary
from app.messages.models import MessageKind

KIND_WORDS: dict[MessageKind, LazyString] = {
    MessageKind.REGISTERED: _l("Signed up"),
    MessageKind.APPLIED: _l("Application received"),
    MessageKind.WAITING: _l("On the waiting list"),
    MessageKind.OFFER: _l("It is your turn"),
    MessageKind.CONSENT_ASKED: _l("A guardian has to agree"),
    MessageKind.CONSENT_GIVEN: _l("A guardian has agreed"),
    MessageKind.CONSENT_WITHDRAWN: _l("A guardian no longer agrees"),
    MessageKind.REFUSED: _l("No place this time"),
    MessageKind.PLACE_CANCELLED: _l("Sign-up cancelled by the host"),
    MessageKind.PUT_RIGHT: _l("An earlier message put right"),
    MessageKind.CHANGED: _l("Another time or place"),
    MessageKind.RAIN_PLAN: _l("What holds in the rain"),
    MessageKind.CANCELLED: _l("Event cancelled"),
    MessageKind.RESUMED: _l("It takes place again"),
    MessageKind.SHIFT_TAKEN: _l("Somebody takes over your shift"),
    MessageKind.REMINDER: _l("Reminder, days before"),
    MessageKind.SOON: _l("Reminder, hours before"),
    MessageKind.CODE: _l("Entry code"),
    MessageKind.THANKS: _l("Thanks"),
    MessageKind.CERTIFICATE: _l("Certificate issued"),
    MessageKind.CERTIFICATE_VOID: _l("Certificate void"),
    MessageKind.NO_SHOW: _l("Did not come"),
    MessageKind.DISPUTE_ANSWERED: _l("Attendance put right"),
    MessageKind.APPLICATION_IN: _l("Application for a programme received"),
    MessageKind.CHOSEN: _l("Chosen for a programme"),
    MessageKind.CHOSEN_HELD: _l("Chosen, a guardian has to agree"),
    MessageKind.RESERVED: _l("On the reserve list"),
    MessageKind.NOT_CHOSEN: _l("Not chosen for a programme"),
    MessageKind.TAKES_PART: _l("Takes part in a programme"),
    MessageKind.PLACE_GONE: _l("Place in a programme taken back"),
    MessageKind.PROGRAMME_OFF: _l("Programme cancelled"),
    MessageKind.DOCUMENT_ASKED: _l("Travel document missing"),
    MessageKind.AGREEMENT_ENDS: _l("An agreement ends soon"),
    MessageKind.TRIP_TASK: _l("Something to see to before a trip"),
    MessageKind.PAIR_PROPOSED: _l("A partner is proposed"),
    MessageKind.PAIR_TOLD: _l("Paired by class, families may object"),
    MessageKind.PAIR_REMINDER: _l("Reminder to answer about a pair"),
    MessageKind.PAIR_FORMED: _l("A pair has come about"),
    MessageKind.PAIR_REARRANGED: _l("The teacher arranges a pair anew"),
    MessageKind.LETTER_WAITS: _l("Letters wait to be handed on"),
    MessageKind.LETTER_HERE: _l("A letter has come"),
    MessageKind.LETTER_BACK: _l("A letter was given back"),
    MessageKind.LETTER_WORRY: _l("A letter troubled somebody"),
    MessageKind.LETTER_OPENED: _l("A letter was opened in an emergency"),
    MessageKind.PAIRS_SILENT: _l("Silent pairs"),
    MessageKind.DATA_CORRECTED: _l("A child's data put right"),
    MessageKind.DATA_KEPT: _l("A child's data stays as it is"),
    MessageKind.ANNOUNCEMENT: _l("Announcement"),
}
GROUPS: tuple[tuple[LazyString, tuple[MessageKind, ...]], ...] = (
    (
        _l("On signing up"),
        (
            MessageKind.REGISTERED,
            MessageKind.CONSENT_ASKED,
            MessageKind.CONSENT_GIVEN,
            MessageKind.CONSENT_WITHDRAWN,
            MessageKind.APPLIED,
            MessageKind.WAITING,
            MessageKind.OFFER,
            MessageKind.REFUSED,
        ),
    ),
    (
        _l("When plans change"),
        (
            MessageKind.CHANGED,
            MessageKind.RAIN_PLAN,
            MessageKind.CANCELLED,
            MessageKind.RESUMED,
            MessageKind.PLACE_CANCELLED,
            MessageKind.PUT_RIGHT,
            MessageKind.SHIFT_TAKEN,
        ),
    ),
    (_l("Before it begins"), (MessageKind.REMINDER, MessageKind.SOON, MessageKind.CODE)),
    (
        _l("Programmes"),
        (
            MessageKind.APPLICATION_IN,
            MessageKind.CHOSEN,
            MessageKind.CHOSEN_HELD,
            MessageKind.RESERVED,
            MessageKind.NOT_CHOSEN,
            MessageKind.TAKES_PART,
            MessageKind.PLACE_GONE,
            MessageKind.PROGRAMME_OFF,
            MessageKind.DOCUMENT_ASKED,
        ),
    ),
    (
        _l("Pairing"),
        (
            MessageKind.PAIR_PROPOSED,
            MessageKind.PAIR_TOLD,
            MessageKind.PAIR_REMINDER,
            MessageKind.PAIR_FORMED,
            MessageKind.PAIR_REARRANGED,
        ),
    ),
    (
        _l("Afterwards"),
        (
            MessageKind.THANKS,
            MessageKind.NO_SHOW,
            MessageKind.DISPUTE_ANSWERED,
            MessageKind.CERTIFICATE,
            MessageKind.CERTIFICATE_VOID,
        ),
    ),
)
EDITABLE = tuple(kind for _, kinds in GROUPS for kind in kinds)


def _kind_words(kind: str) -> LazyString:
    return KIND_WORDS[MessageKind(kind)]


VOCABULARY = Vocabulary(
    happened={
        "rewritten": _l("“%(kind)s” rewritten"),
        "restored": _l("“%(kind)s” put back to the words that come with the program"),
    },
    fields={
        "days_before": _l("Days before"),
        "hours_before": _l("Hours before"),
        "sends_thanks": _l("Thanks afterwards"),
        "asks_after_no_shows": _l("Question to whoever did not come"),
    },
    values={"kind": _kind_words},
)
