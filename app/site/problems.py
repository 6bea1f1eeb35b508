"""Why something public cannot be changed."""

from flask_babel import lazy_gettext as _l

from app.core.problems import Problem


class TextChanged(Problem):
    """Somebody changed the text between reading it and confirming it."""

    code = "text_changed"
    words = _l("The text has been changed in the meantime. Please read it once more.")


class FileNameTaken(Problem):
    """There is a file of this name already."""

    code = "file_name_taken"
    words = _l("There is already a file of this name. Delete it first.")
    field = "name"
