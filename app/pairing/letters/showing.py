"""What a family's page shows of letters, everything ready to be read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import select

from app.core.db import db
from app.pairing.letters.models import LetterState, OpenLetter
from app.pairing.letters.queries import worried_in
from app.pairing.letters.writing import words_of
from app.pairing.models import PairingMember
from app.people.models import ActsFor, Person
from app.people.names import given_name


@dataclass(frozen=True)
class ShownLetter:
    """A letter as one of its two families reads it; ``is_worried`` once the reader turned to the protection contact."""

    letter: OpenLetter
    is_own: bool
    writer: str
    reader: str
    words: str
    is_worried: bool

    @property
    def can_be_taken_back(self) -> bool:
        """Whether the teacher still has it."""
        return self.is_own and self.letter.state is LetterState.WITH_TEACHER


def shown_letters(letters: Sequence[OpenLetter], family: Iterable[int]) -> list[ShownLetter]:
    """Return letters as a family reads them; ``family`` are its people."""
    own, worried = set(family), worried_in([one.id for one in letters])
    return [
        ShownLetter(
            one, one.writer_id in own, first_name(one.writer), first_name(one.reader), words_of(one), one.id in worried
        )
        for one in letters
    ]


def first_names(members: Iterable[PairingMember]) -> dict[int, str]:
    """Return what partners are called on the other family's pages, by member."""
    return {one.id: first_name(one.person) for one in members}


def first_name(person: Person) -> str:
    """Return what somebody is called there: nothing but the given name."""
    return given_name(person.name) or str(_("a partner"))


def has_account(person_id: int) -> bool:
    """Return whether anybody reads somebody's letters here: else the teacher prints them."""
    return db.session.scalar(select(ActsFor.id).where(ActsFor.person_id == person_id).limit(1)) is not None
