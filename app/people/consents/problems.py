"""Why a guardian's answer does not count."""

from flask_babel import lazy_gettext as _l

from app.core.problems import Problem


class CarerCannotConsent(Problem):
    """受委托照护人: looks after the child by a mandate, and may not decide about its data or its travels."""

    code = "carer_cannot_consent"
    words = _l("Whoever looks after the child by a mandate can be called and can collect the child, but cannot agree.")
    field = "relation"


class GuardianObjects(Problem):
    """Another guardian has said no, and that wins until the same one says otherwise."""

    code = "guardian_objects"
    words = _l("Another guardian has said no. The one who said no can change that; until then it stays a no.")


class NotAsked(Problem):
    """Nobody needs an answer about this."""

    code = "not_asked"
    words = _l("Nothing has to be answered here any more.")
