"""Why a question cannot be asked, or an answer not be taken, and what to do instead."""

from flask_babel import lazy_gettext as _l

from app.core.problems import Problem


class NeverAsked(Problem):
    """Ethnicity, religion and numbers of papers are never fields (个人信息保护法 28: only what is needed)."""

    code = "never_asked"
    words = _l(
        "“%(word)s” is not asked here. Ethnicity and religion are never collected: for a report, schools give totals. "
        "For insurance or tickets, collect numbers of papers from the guardians on paper, once somebody is selected."
    )
    field = "text"


class NeverHinted(NeverAsked):
    """The same in the words below a question."""

    field = "hint"


class NeverOffered(NeverAsked):
    """The same among the choices."""

    field = "choices"


class TooManyQuestions(Problem):
    """Nobody answers that many."""

    code = "too_many_questions"
    words = _l("There are already %(most)d questions. Remove one before you ask another.")


class TooManyFiles(Problem):
    """What is sent at once has a limit."""

    code = "too_many_files"
    words = _l("At most %(most)d questions can ask for a file.")
    field = "kind"


class LeansOnNothing(Problem):
    """The answer it leans on is not there, or comes later."""

    code = "leans_on_nothing"
    words = _l("That answer is not offered by any question before this one. Please choose another.")
    field = "condition"


class LeansOnSensitive(Problem):
    """Whoever sees the second answer knows the first."""

    code = "leans_on_sensitive"
    words = _l("Asked only after a sensitive question, it tells its answer. Please mark this one as sensitive, too.")
    field = "is_sensitive"


class OthersLean(Problem):
    """Another question is asked only because of this one."""

    code = "others_lean"
    words = _l("“%(text)s” is asked because of this one. Please change that question first.")


class AnsweredAlready(Problem):
    """Answers were given to the question as it was."""

    code = "answered_already"
    words = _l("There are answers already, so this cannot be changed any more. Remove the question and ask a new one.")
    field = "kind"


class KeptLonger(Problem):
    """People answered because it would be deleted by then."""

    code = "kept_longer"
    words = _l(
        "People were told that their answers are deleted after %(days)d days. It can be made shorter, not longer."
    )
    field = "keep_days"


class QuestionsChanged(Problem):
    """A question was added while somebody was answering."""

    code = "questions_changed"
    words = _l("The questions were changed a moment ago. Please look through them once more.")


class AnswerNotAFile(Problem):
    """Neither a picture nor a PDF."""

    code = "answer_not_a_file"
    words = _l("Please choose a photo (JPEG or PNG) or a PDF file.")


class AnswerFileTooLarge(Problem):
    """More bytes than anybody needs."""

    code = "answer_file_too_large"
    words = _l("This file is too large. Please choose one of at most 10 MB.")
