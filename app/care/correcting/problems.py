"""Why nothing is put right."""

from flask_babel import lazy_gettext as _l

from app.core.problems import Problem


class NothingWrong(Problem):
    """Nothing was typed that differs from what is known."""

    code = "nothing_wrong"
    words = _l("Please type what should be different.")
    field = "words"


class PutRightAlready(Problem):
    """A colleague was quicker."""

    code = "put_right_already"
    words = _l("Somebody has answered this already.")
