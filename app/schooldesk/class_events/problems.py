"""Why a class cannot be signed up as it was ticked, and what to do instead."""

from flask_babel import lazy_gettext as _l

from app.core.problems import Problem


class ClassDoesNotFit(Problem):
    """Together or not at all, and it is not at all."""

    code = "class_does_not_fit"
    words = _l(
        "%(needed)d places are needed, %(left)d are free. Tick fewer, choose “One by one, as far as the places go”, or "
        "ask the organiser."
    )
    field = "together"


class OthersWait(Problem):
    """Nobody who comes later passes the waiting list."""

    code = "others_wait"
    words = _l("Others are waiting for this session, and nobody passes them. Choose “One by one” to join the line.")
    field = "together"


class DrawnByLot(Problem):
    """A lottery has one ticket for each family; a school would have fifty."""

    code = "drawn_by_lot"
    words = _l("Places of this session are drawn by lot: each family signs up for itself. Send them the link.")
    field = "slot_id"


class NotForPupil(Problem):
    """One of those ticked is too young, too old, or may not."""

    code = "not_for_pupil"
    words = _l("%(name)s: %(why)s")
    field = "person_id"


class NothingToAnswer(Problem):
    """No such child in the class, not signed up, or answered: which of them is not said."""

    code = "nothing_to_answer"
    words = _l(
        "Nothing waits for an answer under this name and date of birth: perhaps it is answered already, or mistyped. "
        "Otherwise ask the form teacher."
    )
    field = "name"


class RemindedTwice(Problem):
    """A third reminder is pressure."""

    code = "reminded_twice"
    words = _l("They were reminded twice. Please call those who have not answered.")
