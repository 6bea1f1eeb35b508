"""What a guardian does on the page behind a link: answer for all children at once, take it back later."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.care.consents.answering import Said, answer, typed_guardian, withdraw
from app.care.consents.asking import make_page
from app.care.consents.models import GuardianLink
from app.care.consents.problems import LinkOver
from app.core.db import db
from app.people.consents.models import GuardianRelation


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


def withdraw_on_page(link_id: int, ask_id: int, *, at: datetime) -> bool:
    """Take a consent back that a private page shows; returns whether it shows such a one."""
    link = db.session.get_one(GuardianLink, link_id)
    shown = next((one for one in link.asks if one.id == ask_id), None)
    if not link.is_page or shown is None or shown.guardian_id is None:
        return False
    withdraw(shown.person_id, shown.scope, shown.guardian_id, at=at)
    return True
