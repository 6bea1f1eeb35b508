"""Levels of school as ages: who looks for something to join knows the level, slots know ages."""

from enum import StrEnum

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l


class Level(StrEnum):
    """A level of school, with the ages at which most go there (义务教育法 11: six at the start; six, three and three
    years)."""

    PRIMARY = "primary"
    MIDDLE = "middle"
    HIGH = "high"
    BEYOND = "beyond"

    @property
    def ages(self) -> tuple[int, int]:
        """The youngest and the oldest age."""
        return _AGES[self]

    @property
    def words(self) -> LazyString:
        """What it is called on pages."""
        return _WORDS[self]


_AGES = {Level.PRIMARY: (6, 11), Level.MIDDLE: (12, 14), Level.HIGH: (15, 17), Level.BEYOND: (18, 110)}
_WORDS = {
    Level.PRIMARY: _l("Primary school"),
    Level.MIDDLE: _l("Middle school"),
    Level.HIGH: _l("High school"),
    Level.BEYOND: _l("University and beyond"),
}
