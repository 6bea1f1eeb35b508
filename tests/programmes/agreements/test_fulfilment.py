"""What was held is counted against what was promised, and managers are reminded before an agreement ends."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.core.clock import local_day, now
from app.core.db import db
from app.messages.models import Message, MessageKind
from app.organisations.models import MembershipRole
from app.people.models import Relation
from app.programmes.agreements import operations, queries
from app.programmes.agreements.operations import PromiseWords
from app.programmes.applications import answering
from app.programmes.applications.deciding import Verdict
from app.programmes.kinds import ProgrammeKind
from app.programmes.models import Agreement, Measure
from app.programmes.problems import PartnerMissing, SamePartner
from tests.exchanges import a_programme, an_agreement, decide, entered
from tests.factories import Factory


def test_what_took_place_is_counted_by_year_and_kind(inside: Flask, make: Factory) -> None:
    host, today = make.organisation(), local_day(now())
    promises = (
        PromiseWords("每年两次", Measure.PROGRAMMES, 2),
        PromiseWords("每年一次互访", Measure.PROGRAMMES, 1, ProgrammeKind.VISIT),
        PromiseWords("每年一人", Measure.PEOPLE, 1),
        PromiseWords("多来往"),
    )
    agreement = an_agreement(make, host, promises=promises)
    held = a_programme(make, host, agreement_id=agreement.id)
    a_programme(make, host, agreement_id=agreement.id, is_published=False)
    one = entered(make, held, age=20)
    decide(make, Verdict.ACCEPT, one)
    make.do(answering.say_yes, one.id, by=one.applied_by_id, at=now())
    after = held.ends_on + timedelta(days=1)
    found = queries.fulfilment(db.session.get_one(Agreement, agreement.id), after)
    counts = {year.year: [(it.count, it.is_kept) for it in year.held] for year in found}
    assert counts[held.ends_on.year] == [(1, False), (0, False), (1, True)]
    assert queries.fulfilment(agreement, today)[0].held[0].count == 0


def test_managers_with_an_inbox_are_reminded_once_and_anew_of_another_end(inside: Flask, make: Factory) -> None:
    host = make.organisation()
    manager = make.member(host, MembershipRole.MANAGER)
    person = make.person(manager, age=40, relation=Relation.ONESELF)
    agreement = an_agreement(make, host, ends_on=local_day(now()) + timedelta(days=30))
    assert queries.due_reminders(now()) == [agreement.id]
    assert make.do(operations.remind, agreement.id, at=now()) == 1
    assert make.do(operations.remind, agreement.id, at=now()) == 0
    assert queries.due_reminders(now()) == []
    told = select(Message.person_id).where(Message.kind == MessageKind.AGREEMENT_ENDS)
    assert db.session.scalars(told).all() == [person.id]
    make.do(operations.settle, agreement.id, by=manager.id, at=now())
    later = operations.words_of(db.session.get_one(Agreement, agreement.id))
    changed = operations.AgreementWords(**(vars(later) | {"ends_on": later.ends_on + timedelta(days=10)}))
    make.do(operations.edit_agreement, agreement.id, changed, by=manager.id, at=now())
    assert queries.due_reminders(now()) == [agreement.id]


def test_one_does_not_agree_with_oneself_or_nobody(inside: Flask, make: Factory) -> None:
    host = make.organisation()
    with pytest.raises(PartnerMissing):
        an_agreement(make, host, partner_name="")
    with pytest.raises(SamePartner):
        an_agreement(make, host, partner_id=host.id, partner_name="")
