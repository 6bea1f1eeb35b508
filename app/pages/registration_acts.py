"""What staff can do to the people who are ticked: which acts go with which view, and who is meant."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from hashlib import sha256

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.announcements.people import read_people
from app.events.acts.batches import MOST
from app.pages.registration_search import ids_of, read_registrations_wanted
from app.pages.registration_views import RegistrationView as View


class Act(StrEnum):
    """What can be done to several people at once."""

    APPROVE = "approve"
    ADMIT = "admit"
    REFUSE = "refuse"
    MOVE = "move"
    CANCEL = "cancel"
    MESSAGE = "message"

    @property
    def words(self) -> LazyString:
        """What its button says."""
        return _WORDS[self]


_WORDS = {
    Act.APPROVE: _l("Approve"),
    Act.ADMIT: _l("Give a place now"),
    Act.REFUSE: _l("Refuse …"),
    Act.MOVE: _l("To another session …"),
    Act.CANCEL: _l("Cancel the sign-up …"),
    Act.MESSAGE: _l("Message them"),
}
_WITH_A_PLACE = (Act.MOVE, Act.CANCEL, Act.MESSAGE)
_BY_VIEW: Mapping[View, tuple[Act, ...]] = {
    View.ALL: _WITH_A_PLACE,
    View.MISSING: _WITH_A_PLACE,
    View.HELD: _WITH_A_PLACE,
    View.ARRIVED: (Act.MESSAGE,),
    View.APPLIED: (Act.APPROVE, Act.REFUSE, Act.MOVE, Act.MESSAGE),
    View.WAITING: (Act.ADMIT, Act.REFUSE, *_WITH_A_PLACE),
    View.OFFERED: (Act.ADMIT, *_WITH_A_PLACE),
    View.EVERYONE: tuple(Act),
}


def acts_in(view: View, slots: int) -> list[Act]:
    """Return what can be done to the people of a view, in an event of so many slots."""
    return [act for act in _BY_VIEW.get(view, ()) if act is not Act.MOVE or slots > 1]


def chosen(event_id: int, ticked: Iterable[str], sent: Mapping[str, str]) -> list[int]:
    """Return the registrations that a form means: those ticked, those it names in short, or all that match."""
    if "everyone" in sent:
        wanted = read_registrations_wanted(sent)
        is_too_old = sent.get("q") and not wanted.name  # without the word it would be people nobody meant
        return [] if is_too_old else ids_of(event_id, wanted)[:MOST]
    return read_people(",".join([sent.get("chosen", ""), *ticked]))[:MOST]


def key_of(sent: Mapping[str, str], *what: object) -> str:
    """Return the name of one act: of one page, one choice of people and one decision."""
    return sha256(repr((sent.get("page", ""), *what)).encode()).hexdigest()
