"""What a guardian says about a pair by link: accepts, asks for another, objects, shares a way to be reached."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.care.consents.asking import make_page
from app.care.consents.models import GuardianAsk, GuardianLink
from app.care.consents.problems import LinkOver
from app.care.pairs.asked import pair_of, strength_on
from app.core.db import db
from app.pairing.accepting import answering, contacts
from app.pairing.accepting.answering import Signer
from app.pairing.accepting.contacts import Reachable
from app.pairing.accepting.models import GivenAnswer
from app.pairing.states import PairAnswer
from app.people.consents import guardians
from app.people.consents.guardians import GuardianWords
from app.people.consents.models import Guardian, Strength


@dataclass(frozen=True)
class PairSaid:
    """What was said about one child's pair."""

    ask_id: int
    answer: PairAnswer
    reason: str = ""


def answer_by_link(link_id: int, said: PairSaid, words: GuardianWords, *, at: datetime) -> GuardianLink:
    """Let somebody who has a link answer: unproven, whoever it was; returns the private page. Raises `LinkOver`, and
    what the answer raises."""
    link = _open(link_id, at)
    ask, pair_id, member_id = _asked(link, said.ask_id)
    guardian = guardians.typed(ask.person_id, words, by=None, at=at)
    _say(pair_id, member_id, Signer(guardian.id), said, at)
    return make_page([ask], {ask.person_id: guardian.id}, at=at)


def answer_on_page(page_id: int, said: PairSaid, *, at: datetime) -> None:
    """Let the guardian of a private page answer, or think again. Raises `LinkOver`, and what the answer raises."""
    ask, pair_id, member_id = _asked(_open(page_id, at), said.ask_id)
    _say(pair_id, member_id, _signer(ask), said, at)


def object_by_link(link_id: int, ask_id: int, reason: str, *, at: datetime) -> None:
    """Take a child out of a pair by class, by one button, whoever has the link: a no needs no proof, and no name.
    Raises `LinkOver`."""
    ask, pair_id, member_id = _asked(_open(link_id, at), ask_id)
    answering.object_to(pair_id, member_id, Signer(ask.guardian_id), reason, at=at)


def share_on_page(page_id: int, ask_id: int, words: Reachable, *, at: datetime) -> None:
    """Agree that the other family sees how to reach this one. Raises `LinkOver`, `NothingToShare`."""
    ask, pair_id, member_id = _asked(_open(page_id, at), ask_id)
    contacts.share(pair_id, member_id, _signer(ask), words, at=at)


def take_back_on_page(page_id: int, ask_id: int, *, at: datetime) -> None:
    """Show that no more. Raises `LinkOver`."""
    _ask, pair_id, member_id = _asked(_open(page_id, at), ask_id)
    contacts.take_back(pair_id, member_id)


def prove_pair(ask: GuardianAsk, guardian: Guardian, *, at: datetime) -> bool:
    """Let what a guardian has accepted count as proven by a code to the roster's number; returns whether there was
    something."""
    found = pair_of(ask.link, ask.id)
    if found is None:
        return False
    _ask, pair, member = found
    theirs = (GivenAnswer.pair_id == pair.id, GivenAnswer.guardian_id == guardian.id)
    accepted = select(GivenAnswer.id).where(*theirs, GivenAnswer.answer == PairAnswer.ACCEPTED)
    if db.session.scalar(accepted) is None:
        return False
    answering.accept(pair.id, member.id, Signer(guardian.id, Strength.ROSTER_PHONE), at=at)
    return True


def _say(pair_id: int, member_id: int, signer: Signer, said: PairSaid, at: datetime) -> None:
    if said.answer is PairAnswer.ACCEPTED:
        answering.accept(pair_id, member_id, signer, at=at)
    else:
        answering.ask_another(pair_id, member_id, signer, said.reason, at=at)


def _signer(ask: GuardianAsk) -> Signer:
    if ask.guardian_id is None:
        raise LinkOver
    return Signer(ask.guardian_id, strength_on(ask))


def _open(link_id: int, at: datetime) -> GuardianLink:
    link = db.session.get_one(GuardianLink, link_id, with_for_update={"of": GuardianLink}, populate_existing=True)
    if not link.is_open(at):
        raise LinkOver
    return link


def _asked(link: GuardianLink, ask_id: int) -> tuple[GuardianAsk, int, int]:
    found = pair_of(link, ask_id)
    if found is None:
        raise LinkOver
    ask, pair, member = found
    return ask, pair.id, member.id
