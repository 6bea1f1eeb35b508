"""What the page 「谁还没看到」 shows, for a host and for a school alike."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.announcements.following_up import phones_are_open
from app.announcements.notices import Notice, Scope, notices, read_told
from app.announcements.unseen import Section, Wanted, page_of_sections
from app.core.finding import read_id_or_none


@dataclass(frozen=True)
class UnseenPage:
    """All that was told urgently, the one that is looked at, and of its readers one page."""

    notices: list[Notice]
    chosen: Notice | None
    shows_all: bool
    sections: list[Section]
    following: int | None
    is_first: bool
    has_phones: bool


def unseen_page(scope: Scope, asked: Mapping[str, str], *, by: int, at: datetime) -> UnseenPage:
    """Return the page that an address asks for; without saying what, the last thing that was told."""
    told, known = read_told(asked.get("told")), notices(scope)
    chosen = next((one for one in known if one.told == told), known[0] if known else None)
    shows_all, after = asked.get("view") == "all", read_id_or_none(asked.get("after"))
    sections, following = page_of_sections(Wanted(scope, chosen.told, shows_all), after) if chosen else ([], None)
    has_phones = phones_are_open(scope, by=by, at=at)
    return UnseenPage(known, chosen, shows_all, sections, following, after is None, has_phones)
