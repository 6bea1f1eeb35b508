"""Why a letter cannot be written, handed on or opened."""

from flask_babel import lazy_gettext as _l

from app.core.problems import Problem


class NotOpenForLetters(Problem):
    """No letter without a teacher who hands it on and somebody to turn to; nor while one is looked into."""

    code = "not_open_for_letters"
    words = _l("Your teacher has not opened letter writing here at the moment.")
    advice = _l("What you typed is kept; please ask your teacher.")
    field = "words"


class LetterGone(Problem):
    """What is handed on, or with the teacher, is not changed any more."""

    code = "letter_gone"
    words = _l("This letter is on its way already.")


class NotWithTeacher(Problem):
    """A teacher decides once."""

    code = "not_with_teacher"
    words = _l("This letter is not with you any more.")


class NobodySuchWorksHere(Problem):
    """Who reads letters of children is named, and works for the unit or the school."""

    code = "nobody_such_works_here"
    words = _l("Please choose somebody who works for your unit or for one of the schools.")
    field = "user_id"


class NotHandedOn(Problem):
    """A letter that nobody read needs no help yet."""

    code = "not_handed_on"
    words = _l("This letter has not been handed on: its teacher can still read it.")
