"""Why not."""

from flask_babel import lazy_gettext as _l

from app.core.problems import Problem


class DecidedAlready(Problem):
    """Somebody else was quicker."""

    code = "erasure_decided"
    words = _l("This request was decided a moment ago.")


class ErasedAlready(Problem):
    """There is nothing left to erase."""

    code = "erased_already"
    words = _l("There is nothing left of this person but a number.")
