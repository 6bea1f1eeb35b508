"""Whoever gets a certificate is told, and whoever loses it, with the reason."""

from flask import Flask

from app.certificates.operations import issue, revoke
from app.core.clock import now
from app.messages.models import MessageKind
from tests.factories import Factory
from tests.letters import letters, said

ISSUED, VOID = MessageKind.CERTIFICATE, MessageKind.CERTIFICATE_VOID


def test_everybody_whose_certificate_is_issued_is_told_once(inside: Flask, make: Factory) -> None:
    event = make.going_on()
    there = [make.registration(event.slots[0]) for _ in range(2)]
    absent = make.registration(event.slots[0])
    for registration in there:
        make.arrival(registration)
    issued = [make.do(issue, event.id, by=make.user().id, at=now()) for _ in range(2)]
    assert [len(papers) for papers in issued] == [2, 0]
    for paper, registration in zip(sorted(issued[0], key=lambda one: one.registration_id), there, strict=True):
        body = said(registration.person_id, ISSUED).body
        assert paper.number in body
        assert "/mine/certificates" in body
    assert list(letters(absent.person_id, ISSUED)) == []


def test_whose_certificate_is_void_is_told_why_and_once(inside: Flask, make: Factory) -> None:
    certificate = make.certificate()
    person = certificate.registration.person_id
    for _ in range(2):
        make.do(revoke, certificate.id, "名字写错了", by=make.user().id, at=now())
    body = said(person, VOID).body
    assert certificate.number in body
    assert "原因：名字写错了" in body
