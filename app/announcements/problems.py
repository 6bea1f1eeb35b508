"""Why something cannot be told to a group, or not be taken back."""

from flask_babel import lazy_gettext as _l

from app.core.problems import Problem


class NobodyMeant(Problem):
    """A group without anybody in it."""

    code = "nobody_meant"
    words = _l("Nobody is meant just now. Please choose other people, or fewer conditions.")


class HasLeft(Problem):
    """It is on its way to people; some have read it already."""

    code = "has_left"
    words = _l("It has left already and cannot be taken back. You can send another one that puts it right.")
