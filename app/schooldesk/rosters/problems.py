"""Why a roster cannot be read, taken in, or taken back."""

from flask_babel import lazy_gettext as _l

from app.core.problems import Problem


class UnreadableFile(Problem):
    """Neither a workbook nor a text."""

    code = "unreadable_file"
    words = _l("This file cannot be read. Save it as .xlsx or .csv, or copy the table and paste it below.")
    field = "file"


class RosterChanged(Problem):
    """Between the preview and its button somebody else changed the class."""

    code = "roster_changed"
    words = _l("Somebody changed this class a moment ago. Please look at the lines once more.")


class LineUnclear(Problem):
    """A line that nobody has decided, or mended."""

    code = "line_unclear"
    words = _l("Some lines still need a decision.")


class TooLateToTakeBack(Problem):
    """After a week the list is in use."""

    code = "roster_too_late"
    words = _l("This list was entered more than a week ago. Please mend single pupils instead.")
