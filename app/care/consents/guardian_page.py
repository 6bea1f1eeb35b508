"""What a guardian does on the page behind a link: answer for all children at once; later change one thing, take it
back, say who may fetch the child, ask for everything to be erased."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.care.consents.answering import Said, answer, typed_guardian, withdraw
from app.care.consents.asking import make_page
from app.care.consents.models import GuardianAsk, GuardianLink
from app.care.consents.opening import opened_ask, shown_ask
from app.care.consents.problems import FullOfCollectors, LinkOver, NothingToChange
from app.care.consents.proving import last_yes
from app.care.erasing import requests
from app.care.models import Erasure
from app.core.changes import note_change
from app.core.db import db
from app.events.registration import leaning
from app.people.consents import collectors, recording
from app.people.consents.models import Guardian, GuardianRelation, Purpose
from app.people.consents.problems import GuardianObjects


@dataclass(frozen=True)
class Signed:
    """Who signed: a typed name, and in which browser."""

    name: str
    relation: GuardianRelation
    browser_hash: str = ""


def answer_link(link_id: int, said: Sequence[Said], signed: Signed, *, at: datetime) -> GuardianLink:
    """Let somebody who has a link answer for the children it asks about: unproven, whoever it was; returns the private
    page. Raises `LinkOver`, and what `answer` raises."""
    link = db.session.get_one(GuardianLink, link_id, with_for_update=True, populate_existing=True)
    asks = {(one.person_id, one.scope): one for one in link.asks}
    if not link.is_open(at) or not asks.keys() >= {(one.person_id, one.scope) for one in said}:
        raise LinkOver
    signers: dict[int, int] = {}
    for one in sorted(said, key=lambda one: (one.person_id, one.scope)):
        guardian = typed_guardian(one.person_id, signed.name, signed.relation, at=at)
        answer(one, guardian, browser_hash=signed.browser_hash, at=at)
        signers[one.person_id] = guardian.id
    return make_page([asks[one.person_id, one.scope] for one in said], signers, at=at)


def change_purpose(
    page_id: int, ask_id: int, purpose: Purpose, *, agrees: bool, browser_hash: str = "", at: datetime
) -> None:
    """Change what a guardian said about one purpose; the rest stays as it was. The same again changes nothing more.

    Raises `NothingToChange`, and `GuardianObjects` for a yes while another guardian's last word is no.
    """
    ask = shown_ask(page_id, ask_id)
    if ask is None or purpose is Purpose.TAKING_PART:
        raise NothingToChange
    leaning.lock_places(ask.person_id, ask.scope)
    own, held = last_yes(ask.person_id, ask.scope, _guardian(ask).id), recording.in_force(ask.person_id, ask.scope)
    if own is None or held is None:
        raise NothingToChange
    if agrees and recording.objections(ask.person_id, ask.scope, purpose) - {ask.guardian_id}:
        raise GuardianObjects
    said = Said(ask.person_id, ask.scope, {**own, purpose: agrees})
    answer(said, _guardian(ask), browser_hash=browser_hash, at=at)


def withdraw_on_page(link_id: int, ask_id: int, *, at: datetime) -> bool:
    """Take a consent back that a private page shows; returns whether it shows such a one."""
    shown = shown_ask(link_id, ask_id)
    if shown is None:
        return False
    withdraw(shown.person_id, shown.scope, _guardian(shown).id, at=at)
    return True


def let_fetch(page_id: int, ask_id: int, name: str, phone_end: str, *, at: datetime) -> None:
    """Enter somebody who may fetch the child. Raises `NotOpened`, `FullOfCollectors`."""
    ask = opened_ask(page_id, ask_id)
    if collectors.let_fetch(ask.person_id, _guardian(ask).id, name, phone_end, at=at) is None:
        raise FullOfCollectors


def let_leave_alone(page_id: int, ask_id: int, *, at: datetime) -> None:
    """Allow the child to go home alone. Raises `NotOpened`."""
    ask = opened_ask(page_id, ask_id)
    collectors.let_leave_alone(ask.person_id, _guardian(ask).id, at=at)


def take_collector_off(page_id: int, ask_id: int, collector_id: int, *, at: datetime) -> bool:
    """Take one of these back; returns whether it held. Raises `NotOpened`."""
    return collectors.take_off(opened_ask(page_id, ask_id).person_id, collector_id, at=at)


def ask_to_erase(page_id: int, ask_id: int, *, at: datetime) -> Erasure:
    """Ask to have the child erased; a second time is the first again. Raises `NotOpened`, `ErasedAlready`."""
    ask = opened_ask(page_id, ask_id)
    note_change("person", ask.person_id, "erasure_asked", by=None, at=at, guardian=ask.guardian_id)
    return requests.ask(ask.person_id, by=None, at=at)


def take_erasure_back(page_id: int, ask_id: int) -> bool:
    """Take that back while nobody has decided; returns whether there was something. Raises `NotOpened`."""
    return requests.take_back(opened_ask(page_id, ask_id).person_id)


def note_export(page_id: int, ask_id: int, *, at: datetime) -> int:
    """Write down that the guardian takes the child's data along; returns whose. Raises `NotOpened`."""
    ask = opened_ask(page_id, ask_id)
    note_change("person", ask.person_id, "exported", by=None, at=at, guardian=ask.guardian_id)
    return ask.person_id


def _guardian(ask: GuardianAsk) -> Guardian:
    return db.session.get_one(Guardian, ask.guardian_id)
