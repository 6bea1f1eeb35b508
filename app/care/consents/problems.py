"""Why a guardian cannot be asked or an answer not be proven."""

from flask_babel import lazy_gettext as _l

from app.core.problems import Problem


class NobodyToAsk(Problem):
    """No place waits for a guardian."""

    code = "nobody_to_ask"
    words = _l("No place waits for a guardian's answer.")


class LinkOver(Problem):
    """The link ended with what was held, or was closed."""

    code = "link_over"
    words = _l("This link does not count any more. Please ask your child or the teacher for a new one.")


class NothingAnswered(Problem):
    """What is to be proven was never said."""

    code = "nothing_answered"
    words = _l("This guardian has not agreed yet. Please enter what was said on the phone.")


class SamePerson(Problem):
    """A paper is compared by somebody else than whoever typed it in."""

    code = "same_person"
    words = _l("Somebody else has to compare this paper: you typed it in yourself.")


class CallInFuture(Problem):
    """A call was before now."""

    code = "call_in_future"
    words = _l("The call cannot be later than now.")
    field = "called_at"


class WrongGuardianCode(Problem):
    """The digits are not those that were sent last, or too late."""

    code = "wrong_guardian_code"
    words = _l("This code is not right, or its ten minutes are over.")
    field = "code"


class NoRosterPhone(Problem):
    """The school knows no number of this guardian, or no text messages go out."""

    code = "no_roster_phone"
    words = _l("The school has no number for this. The teacher will call.")


class CodeOnItsWay(Problem):
    """One code a minute."""

    code = "code_on_its_way"
    words = _l("A code has just been sent. Please wait a minute.")


class NotOpened(Problem):
    """More than the own answer is shown and done only where it is proven who has the page."""

    code = "page_not_opened"
    words = _l("For this we have to be sure that it is you. Below you see how to prove it.")


class WrongDigits(Problem):
    """The digits are not those that staff reads out today, or nobody has been called yet."""

    code = "wrong_digits"
    words = _l("These digits are not right, or no longer of today. Please ask the teacher or the organiser again.")


class FullOfCollectors(Problem):
    """Staff at the gate has to find a name quickly."""

    code = "full_of_collectors"
    words = _l("Six people can be entered. Please take somebody off first.")
    field = "name"


class NothingToChange(Problem):
    """A purpose is changed only while taking part is agreed to, and only one that was asked about."""

    code = "nothing_to_change"
    words = _l("There is nothing to change here any more.")


class PaperOver(Problem):
    """Somebody else has confirmed or rejected it meanwhile."""

    code = "paper_over"
    words = _l("Somebody has decided about this paper already.")
