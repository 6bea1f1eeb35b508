"""What somebody looks for among programmes, as it stands in an address, and as conditions."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from sqlalchemy import ColumnElement, false

from app.core.search_keys import begins_with, written
from app.core.typed import squeezed
from app.programmes.kinds import ProgrammeKind
from app.programmes.models import Programme

_LONGEST = 80


class ProgrammeView(StrEnum):
    """The parts of a list of programmes; drafts are the host's own."""

    TO_COME = "to_come"
    OVER = "over"
    DRAFTS = "drafts"


@dataclass(frozen=True)
class ProgrammesWanted:
    """What somebody looks for; whatever is None or "" is not asked."""

    view: ProgrammeView = ProgrammeView.TO_COME
    text: str = ""
    kind: ProgrammeKind | None = None

    @property
    def filters(self) -> dict[str, str]:
        """The same as the parameters of an address, without the part of the list."""
        known = {"q": self.text, "kind": self.kind}
        return {name: str(value) for name, value in known.items() if value}

    @property
    def in_address(self) -> dict[str, str]:
        """The same as the parameters of an address."""
        return {"view": self.view.value, **self.filters}

    def with_kind(self, kind: ProgrammeKind) -> dict[str, str]:
        """Return the parameters of the same search for a kind; chosen already, it is let go."""
        return replace(self, kind=None if self.kind is kind else kind).in_address

    @property
    def conditions(self) -> list[ColumnElement[bool]]:
        """What must hold of a programme, whatever the part of the list."""
        begins = _begins(self.text)
        return [*([begins] if begins is not None else []), *([Programme.kind == self.kind] if self.kind else [])]


def read_programmes_wanted(asked: Mapping[str, str]) -> ProgrammesWanted:
    """Return what an address asks for; what it says wrongly is not asked."""
    kinds, views = {str(one) for one in ProgrammeKind}, {str(one) for one in ProgrammeView}
    kind, view = asked.get("kind", ""), asked.get("view", "")
    return ProgrammesWanted(
        view=ProgrammeView(view) if view in views else ProgrammeView.TO_COME,
        text=squeezed(asked.get("q"))[:_LONGEST],
        kind=ProgrammeKind(kind) if kind in kinds else None,
    )


def _begins(text: str) -> ColumnElement[bool] | None:
    if not text:
        return None
    typed = written(text)
    if not typed:
        return false()  # signs alone: nothing begins with them
    return begins_with(typed, Programme.title_key, Programme.title_pinyin, Programme.title_initials)
