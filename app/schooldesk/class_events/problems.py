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


class NotByLink(Problem):
    """No such child, or a no to a confirmed place by somebody unknown: only the form teacher reads this."""

    code = "not_by_link"
    words = _l("This child has a confirmed place. Please call the parent, and note what was said.")


class NotOfClass(Problem):
    """Nobody was chosen, or the pupil has left the class."""

    code = "not_of_class"
    words = _l("Please choose the pupil whose answer it is.")


class RemindedTwice(Problem):
    """A third reminder is pressure."""

    code = "reminded_twice"
    words = _l("They were reminded twice. Please call those who have not answered.")
