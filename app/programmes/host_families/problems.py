"""Why a family cannot be approved, or nobody can live there."""

from flask_babel import lazy_gettext as _l

from app.core.problems import Problem


class NotVisited(Problem):
    """Somebody has to have been there."""

    code = "not_visited"
    words = _l("Nobody has visited this family yet.")
    advice = _l("Write down who was there, and when.")


class AdultsUnchecked(Problem):
    """Children live with adults whose records somebody has looked up (未成年人保护法 62)."""

    code = "adults_unchecked"
    words = _l("Not for every adult of this family has somebody looked up whether there is a record of offences.")
    advice = _l("Enter day and by whom for each of them.")


class SecondPersonApproves(Problem):
    """Whoever wrote it down does not approve it."""

    code = "second_person_approves"
    words = _l("You changed this record last, so a colleague has to approve it.")
    advice = _l("Any other person who works for your unit can do it.")


class NotApproved(Problem):
    """Nobody lives with a family before it is approved."""

    code = "not_approved"
    words = _l("This family is not approved yet.")


class GuestsThere(Problem):
    """What was approved is not changed under those who live there."""

    code = "guests_there"
    words = _l("Somebody is placed with this family.")
    advice = _l("End the placements first; after a change a colleague approves anew.")


class FamilyFull(Problem):
    """There are as many beds as there are."""

    code = "family_full"
    words = _l("This family takes %(capacity)s at most.")
    field = "person_id"


class OtherGuests(Problem):
    """Girls live where girls are taken in, boys where boys are."""

    code = "other_guests"
    words = _l("This family takes in others: please look at girls and boys, and whether the gender is written down.")
    field = "person_id"


class PlacedAlready(Problem):
    """One guest, one family."""

    code = "placed_already"
    words = _l("This person is placed with a family already.")
    field = "person_id"


class NotAGuest(Problem):
    """Only who takes part is placed."""

    code = "not_a_guest"
    words = _l("This person has no confirmed place in the programme.")
    field = "person_id"
