"""What an act on several people did, in words: to how many, and to whom not and why."""

from collections.abc import Mapping, Sequence

from flask_babel import LazyString, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.core.db import db
from app.events.acts.whom import Why
from app.events.models import BulkAct, BulkVerb, Registration
from app.people.models import Person

_SHOWN = 6  # names in one sentence
_REASONS: dict[Why, LazyString] = {
    Why.FULL: _l("there is no room for them"),
    Why.BEHIND: _l("others came earlier and still wait"),
    Why.OTHER_STATE: _l("this does not go with what their sign-up is now"),
    Why.DRAW: _l("the draw decides"),
    Why.AGE: _l("it is not for their age"),
    Why.SHIFT: _l("the shift's rules speak against it: skill, hours, insurance, or another place at that time"),
    Why.THERE: _l("they have signed up there already"),
    Why.DATE: _l("it is one date of a series; move them from its next date, and the later ones follow"),
    Why.BEGUN: _l("it has begun; put the attendance right instead"),
    Why.OVER: _l("it is over or cancelled"),
    Why.SINCE: _l("something has changed for them since"),
}


def sentences(act: BulkAct) -> list[str]:
    """Return what an act did, and whom it left as before; of one that was taken back, what came of that."""
    facts = act.facts
    if act.undone_at:
        left = facts["kept"]
        said = [ngettext("Taken back for %(num)d person.", "Taken back for %(num)d people.", facts["put_back"])]
    else:
        left = facts["left"]
        said = [headline(act)]
    names = _names([number for numbers in left.values() for number in numbers])
    said += [_left(Why(why), [names[number] for number in numbers]) for why, numbers in left.items()]
    return [str(one) for one in said]


def headline(act: BulkAct) -> str:
    """Return to how many people something was done."""
    people, queued = act.facts["people"], act.facts["queued"]
    if not people:
        return str(_("Nothing was changed."))
    said = _headline(act, people)
    if act.verb is BulkVerb.APPROVED and queued:
        said += str(ngettext(", of them %(num)d on the waiting list", ", of them %(num)d on the waiting list", queued))
    return said


def _headline(act: BulkAct, num: int) -> str:
    if act.verb is BulkVerb.APPROVED:
        return str(ngettext("Approved: %(num)d person", "Approved: %(num)d people", num))
    if act.verb is BulkVerb.REFUSED:
        return str(ngettext("Refused: %(num)d person", "Refused: %(num)d people", num))
    if act.verb is BulkVerb.CANCELLED:
        return str(ngettext("Sign-up cancelled: %(num)d person", "Sign-up cancelled: %(num)d people", num))
    if act.verb is BulkVerb.ADMITTED:
        return str(ngettext("Given a place now: %(num)d person", "Given a place now: %(num)d people", num))
    slot = act.facts["slot"]
    return str(ngettext("Moved to “%(slot)s”: %(num)d person", "Moved to “%(slot)s”: %(num)d people", num, slot=slot))


def _left(why: Why, names: Sequence[str]) -> str:
    first = _(", ").join(names[:_SHOWN])
    who = _("%(names)s and others", names=first) if len(names) > _SHOWN else first
    people = ngettext("%(num)d person left as before", "%(num)d people left as before", len(names))
    return str(_("%(people)s (%(who)s): %(why)s.", people=people, who=who, why=_REASONS[why]))


def _names(ids: Sequence[int]) -> Mapping[int, str]:
    if not ids:
        return {}
    found = select(Registration.id, Person.name).join(Person, Person.id == Registration.person_id)
    return {row.id: row.name for row in db.session.execute(found.where(Registration.id.in_(ids)))}
