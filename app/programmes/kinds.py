"""The kinds of exchange."""

from enum import StrEnum

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l


class ProgrammeKind(StrEnum):
    """The four lines of the national plan for youth exchange (2022), and what a county runs beside them."""

    THEME = "theme"
    PRACTICE = "practice"
    VOLUNTEERING = "volunteering"
    PAIRING = "pairing"
    SERIES = "series"
    VISIT = "visit"

    @property
    def words(self) -> LazyString:
        """What it is called on pages."""
        return _WORDS[self]


_WORDS = {
    ProgrammeKind.THEME: _l("Theme exchange"),
    ProgrammeKind.PRACTICE: _l("Study trip"),
    ProgrammeKind.VOLUNTEERING: _l("Volunteering"),
    ProgrammeKind.PAIRING: _l("Hand in hand"),
    ProgrammeKind.SERIES: _l("Class series"),
    ProgrammeKind.VISIT: _l("Mutual visit"),
}
