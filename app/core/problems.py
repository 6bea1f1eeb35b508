"""Named reasons why something cannot be done, in the words of whoever asked."""

from typing import Any, ClassVar

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l


class Problem(Exception):
    """A rule says no. Rolls the transaction back; becomes 422 beside the field, or JSON.

    ``code`` is stable and for machines, ``words`` is for people, ``field`` names the form field it belongs to.
    """

    code: ClassVar[str] = "problem"
    words: ClassVar[LazyString] = _l("This cannot be done")
    field: ClassVar[str | None] = None
    status: ClassVar[int] = 422

    def __init__(self, **facts: Any) -> None:
        super().__init__(self.code)
        self.facts = facts

    @property
    def message(self) -> str:
        """The reason in the language of the request."""
        text = str(self.words)
        return text % self.facts if self.facts else text
