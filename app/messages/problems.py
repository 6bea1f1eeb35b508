"""Why an address for messages cannot be added or proven."""

from flask_babel import lazy_gettext as _l

from app.accounts.problems import TriedTooOften
from app.core.problems import Problem


class CodeJustSent(Problem):
    """A code was sent less than a minute ago; another one would only make it worse."""

    code = "code_just_sent"
    words = _l("A code was sent just now. You can ask for another one in %(seconds)d seconds.")


class CodesUsedUp(TriedTooOften):
    """Ten codes a day are plenty: text messages cost money, and an address that is typed may be a stranger's."""

    code = "codes_used_up"
    words = _l("That were many codes for one day. Please try again tomorrow; the inbox works all the time.")


class WrongContactCode(Problem):
    """Not the digits that were sent last, or too late."""

    code = "wrong_contact_code"
    words = _l("This code is not right, or it is too old. Only the last one that was sent counts.")
    field = "code"


class NotToBeSentAgain(Problem):
    """It has arrived, is on its way, or has nowhere to go any more."""

    code = "not_to_be_sent_again"
    words = _l("This cannot be sent again: it is on its way, or the address is not used any more.")
