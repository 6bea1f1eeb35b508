"""Sending by text message when the provider does not answer: it is asked once, and a person decides."""

from datetime import timedelta

import time_machine
from flask import Flask

from app.core.clock import now
from app.messages.channels.carrier import Carrier
from app.messages.models import Channel, MessageKind
from app.messages.sending import tell
from app.messages.troubles import trouble_words
from tests.factories import Factory
from tests.messages.channels.test_tencent import exchange, status, tencent
from tests.messages.readers import NOON, deliveries, news, reader, states
from tests.post_office import channels, silence
from tests.work import work_off

NUMBER = "13712345678"


def called_off(app: Flask, make: Factory, carrier: Carrier) -> None:
    """Tell somebody by text message that an event is called off, and let the workers go on for a day."""
    app.extensions["carriers"] = {Channel.SMS: carrier}
    make.do(tell, news(make, MessageKind.CANCELLED, is_urgent=True), reader(make, NUMBER, Channel.SMS), at=now())
    for hours in (0, 1, 24):
        with time_machine.travel(NOON + timedelta(hours=hours), tick=False):
            work_off(app)


@time_machine.travel(NOON, tick=False)
def test_a_provider_that_hangs_leaves_it_to_a_person(inside: Flask, make: Factory) -> None:
    with silence() as port, channels(inside, sms="tencent"):
        called_off(inside, make, tencent(port, timeout=0.2))
    assert states() == ["parked"]
    assert trouble_words(deliveries()[0]) == "发送途中断了线，说不准收到没有。"


@time_machine.travel(NOON, tick=False)
def test_a_provider_that_breaks_is_not_asked_a_second_time(inside: Flask, make: Factory) -> None:
    with exchange() as other, channels(inside, sms="tencent"):
        other.status = 502
        called_off(inside, make, tencent(other.port))
        assert (states(), len(other.asked)) == (["parked"], 1)


@time_machine.travel(NOON, tick=False)
def test_a_provider_that_is_busy_gets_it_once_it_is_not(inside: Flask, make: Factory) -> None:
    with exchange() as other, channels(inside, sms="tencent"):
        other.answer = {"Error": {"Code": "RequestLimitExceeded", "Message": "…"}}
        inside.extensions["carriers"] = {Channel.SMS: tencent(other.port)}
        make.do(tell, news(make, MessageKind.CANCELLED, is_urgent=True), reader(make, NUMBER, Channel.SMS), at=now())
        work_off(inside)
        assert (states(), deliveries()[0].attempts) == (["waiting"], 1)
        other.answer = status("Ok")
        with time_machine.travel(NOON + timedelta(minutes=2), tick=False):
            work_off(inside)
        assert (states(), len(other.asked)) == (["sent"], 2)
