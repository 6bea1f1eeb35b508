"""Named reasons why something cannot be done, in the words of whoever asked."""

from typing import Any, ClassVar

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l


class Problem(Exception):
    """A rule says no. Rolls the transaction back; becomes 422 beside the field, or JSON.

    ``code`` is stable and for machines, ``words`` say why to people and ``advice`` what to do instead, ``field`` names
    the form field it belongs to.
    """

    code: ClassVar[str] = "problem"
    words: ClassVar[LazyString] = _l("This cannot be done")
    advice: ClassVar[LazyString | None] = None
    field: ClassVar[str | None] = None
    status: ClassVar[int] = 422

    def __init__(self, **facts: Any) -> None:
        super().__init__(self.code)
        self.facts = facts

    @property
    def message(self) -> str:
        """The reason, and what to do instead, in the language of the request."""
        text = _joined(str(self.words), str(self.advice)) if self.advice else str(self.words)
        return text % self.facts if self.facts else text


class Busy(Problem):
    """So many do the same at once that the database asked this one to step back, again and again."""

    code = "busy"
    words = _l("Very many people are here just now.")
    advice = _l("Please press once more; nothing you typed is lost.")


def _joined(why: str, advice: str) -> str:
    """Put two sentences together: Chinese ones without a space."""
    return why + advice if why.endswith("。") else f"{why} {advice}"
