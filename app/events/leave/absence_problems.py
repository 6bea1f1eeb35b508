"""What somebody who missed events reads, and why an absence cannot be changed."""

from flask_babel import lazy_gettext as _l

from app.core.problems import Problem


class OpensLater(Problem):
    """The mild consequence of missing events without a word, as the host set it; see `app.events.leave.absences`."""

    code = "opens_later"
    words = _l(
        "Sign-up opens for you on %(opens)s: %(missed)d places of this host stayed empty without a word. "
        "If you could not help it, tell the host why under “Mine”."
    )


class NothingToForgive(Problem):
    """Only what was missed without a word counts."""

    code = "nothing_to_forgive"
    words = _l("This was not missed without a word, so there is nothing to forgive.")
