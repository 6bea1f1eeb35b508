"""Why something cannot be done to a trip, and what to do instead."""

from flask_babel import lazy_gettext as _l

from app.core.problems import Problem


class DueTooFarAway(Problem):
    """A day that has nothing to do with the trip."""

    code = "due_too_far_away"
    words = _l("This day is more than a year from the programme's first day. Please check it.")
    field = "due_on"


class NotResponsible(Problem):
    """Somebody of another unit."""

    code = "not_responsible"
    words = _l("This person does not work for your unit any more.")
    field = "responsible_id"


class AdultTwice(Problem):
    """An account is on the list already."""

    code = "adult_twice"
    words = _l("%(name)s is on the list already.")
    field = "user_id"


class CheckedInFuture(Problem):
    """A record check of tomorrow."""

    code = "checked_in_future"
    words = _l("This day is still to come.")
    field = "checked_on"


class NameTaken(Problem):
    """Two groups, buses or rooms of one name."""

    code = "place_name_taken"
    words = _l("There is one called %(name)s already.")
    field = "name"


class TooFewPlacesInIt(Problem):
    """More people are in it than it would have places."""

    code = "too_few_places_in_it"
    words = _l("%(people)s people are in it. Move somebody first.")
    field = "size"


class RoomInUse(Problem):
    """People are in it whom it would not suit any more."""

    code = "room_in_use"
    words = _l("People are in this room. Move them first, then say for whom it is.")
    field = "for_whom"


class NobodyTicked(Problem):
    """Nothing was ticked."""

    code = "nobody_ticked"
    words = _l("Please tick somebody first.")
    field = "target"


class NotTwo(Problem):
    """To change places takes two."""

    code = "not_two"
    words = _l("Tick exactly two people who are in different places; they change places then.")
    field = "target"


class TargetGone(Problem):
    """Somebody removed the group, bus or room meanwhile."""

    code = "target_gone"
    words = _l("It was removed meanwhile. Please choose another one.")
    field = "target"


class OverFull(Problem):
    """More people than places."""

    code = "over_full"
    words = _l("%(name)s has %(places)s places, %(taken)s are taken: %(wanted)s more do not fit.")
    advice = _l("Choose fewer people, or another one.")
    field = "target"


class GenderUnknown(Problem):
    """Rooms go by gender, and somebody's is not known."""

    code = "gender_unknown"
    words = _l("The gender is not known of: %(names)s.")
    advice = _l("Say it above first.")
    field = "target"


class WrongRoom(Problem):
    """A room for others: of another gender, or minors among adults."""

    code = "wrong_room"
    words = _l("%(name)s is a room for %(whom)s. It does not suit: %(names)s.")
    field = "target"


class NothingToShareOut(Problem):
    """There are no groups, buses or rooms yet."""

    code = "nothing_to_share_out"
    words = _l("Add groups, buses or rooms first.")


class NothingToTakeBack(Problem):
    """No step, or somebody else was quicker."""

    code = "nothing_to_take_back"
    words = _l("There is nothing to take back any more.")
