"""How a unit tells what happened to its staff."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

from app.accounts.queries import names_of
from app.core.changes import Vocabulary, changes_of, told
from app.organisations.models import MembershipRole
from app.organisations.operations import STAFF
from app.organisations.words import ROLE_WORDS

_HAPPENED = {
    "invited": _l("A link was made, for the role: %(role)s"),
    "invitation_revoked": _l("A link was taken back, for the role: %(role)s"),
    "joined": _l("%(user)s works here now: %(role)s"),
    "left": _l("%(user)s works here no longer: %(role)s"),
    "second_factor_required": _l("The staff needs a second factor now."),
    "second_factor_not_required": _l("The staff needs no second factor any more."),
}


def staff_history(organisation_id: int) -> dict[str, Any]:
    """Return what `components/history.html` shows of a unit's staff, in three statements however long it is."""
    changes = changes_of(STAFF, [organisation_id])
    names = names_of({change.by_id for change in changes} | {change.facts.get("user") for change in changes})
    vocabulary = _vocabulary(names)
    return {"changes": [(change, told(change, vocabulary)) for change in changes], "names": names}


def _vocabulary(names: Mapping[int | None, str]) -> Vocabulary:
    return Vocabulary(
        happened=_HAPPENED,
        values={
            "user": lambda user_id: names.get(int(user_id), "–"),
            "role": lambda role: ROLE_WORDS[MembershipRole(role)],
        },
    )
