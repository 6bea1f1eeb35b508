"""What an organiser looks for among the host's events, as it stands in an address, and as conditions."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement

from app.core.typed import squeezed
from app.events.models import Event
from app.events.search import as_word, text_condition
from app.programmes.kinds import ProgrammeKind


class DeskView(StrEnum):
    """The parts of an organiser's list of events."""

    TO_COME = "to_come"
    OVER = "over"
    DRAFTS = "drafts"


class EventState(StrEnum):
    """What an event can be filtered by."""

    PUBLISHED = "published"
    DRAFT = "draft"
    CANCELLED = "cancelled"

    @property
    def words(self) -> LazyString:
        """What it is called on pages."""
        return _WORDS[self]

    @property
    def condition(self) -> ColumnElement[bool]:
        """The events that are so."""
        return _CONDITIONS[self]


_WORDS = {EventState.PUBLISHED: _l("Published"), EventState.DRAFT: _l("Draft"), EventState.CANCELLED: _l("Cancelled")}
_CONDITIONS = {
    EventState.PUBLISHED: Event.published_at.is_not(None) & Event.cancelled_at.is_(None),
    EventState.DRAFT: Event.published_at.is_(None),
    EventState.CANCELLED: Event.cancelled_at.is_not(None),
}


@dataclass(frozen=True)
class DeskWanted:
    """What an organiser looks for; whatever is None or "" is not asked."""

    view: DeskView
    text: str
    kind: ProgrammeKind | None
    state: EventState | None

    @property
    def filters(self) -> dict[str, str]:
        """The same as the parameters of an address, without the part of the list."""
        known = {"q": self.text, "kind": self.kind, "state": self.state}
        return {name: str(value) for name, value in known.items() if value}

    @property
    def in_address(self) -> dict[str, str]:
        """The same as the parameters of an address."""
        return {"view": self.view.value, **self.filters}

    @property
    def conditions(self) -> list[ColumnElement[bool]]:
        """What must hold of an event, whatever the part of the list."""
        begins = text_condition(self.text)
        return [
            *([begins] if begins is not None else []),
            *([Event.kind == self.kind] if self.kind else []),
            *([self.state.condition] if self.state else []),
        ]


def read_desk_wanted(asked: Mapping[str, str]) -> DeskWanted:
    """Return what an address asks for; what it says wrongly is not asked."""
    return DeskWanted(
        view=as_word(DeskView, asked.get("view")) or DeskView.TO_COME,
        text=squeezed(asked.get("q"))[:80],
        kind=as_word(ProgrammeKind, asked.get("kind")),
        state=as_word(EventState, asked.get("state")),
    )
