"""What letters and their way are called."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.pairing.letters.models import LetterState

STATES: dict[LetterState, tuple[LazyString, str]] = {
    LetterState.DRAFT: (_l("Draft"), "plain"),
    LetterState.WITH_TEACHER: (_l("With the teacher"), "gold"),
    LetterState.HANDED_ON: (_l("Handed on"), "pine"),
    LetterState.RETURNED: (_l("Given back with a word"), "gold"),
}
AFTERWARDS = STATES | {LetterState.WITH_TEACHER: (_l("Not handed on"), "plain")}  # of a pair that is over: nobody can
