"""How long people wait at the door and at the sign-up while five thousand messages go out by mail.

First it is written down who gets them how, then they go out as fast as they do by default, twenty a second in each lane
of the worker: longer than the rounds beside them last. One round is taken of each, and a quiet one before and after
both, for which what is left of the messages is stopped: a machine that grows slower or faster meanwhile does so for all
of them.
"""

import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from flask import Flask
from sqlalchemy import func, insert, select, update

from app.core.clock import now
from app.core.db import db, transact
from app.core.stopping import stop_everything
from app.messages.models import Contact, Delivery, DeliveryState, MessageKind
from app.messages.sending import News, Reader, tell_all
from app.organisations.models import Organisation
from app.people.models import ActsFor
from bench.load import Ask, Round, drive_at
from tests.servers import Server, free_port, running

PAIRS = 5
AT_ONCE = 5000  # messages of each pair
SECONDS = 3.0
_READERS = 1000
_LETTING_GO = 1.0  # seconds until the worker has found out that it is stopped
_PATIENCE = 120.0  # seconds until the first of them has to be out
_LOOK = 0.5  # seconds
_ABREAST = 32


@contextmanager
def mailing(url: str, folder: Path, key: str, processes: int) -> Iterator[Server]:
    """Run the program with a worker beside it, and a mail server that takes everything."""
    port = free_port()
    sink = [sys.executable, "-m", "aiosmtpd", "-n", "-l", f"127.0.0.1:{port}", "-c", "aiosmtpd.handlers.Sink"]
    channel = {
        "SMTP_URL": f"smtp://127.0.0.1:{port}",
        "MAIL_FROM": "noreply@example.com",
    }
    with ExitStack() as stack:
        process = stack.enter_context(subprocess.Popen(sink))  # noqa: S603 - ours
        stack.callback(process.terminate)
        yield stack.enter_context(running(url, folder, key, processes=processes, works=True, more=channel))


def measure(app: Flask, server: Server, asked: dict[str, tuple[Iterator[Ask], float]]) -> list[dict[str, Any]]:
    """Time what is asked, quiet and beside messages, in pairs; ``ratio`` is p95 beside messages to p95 without.

    ``asked`` has for each name what to ask and how often a second.
    """
    app.config["CHANNELS"] = ("email",)
    readers = _readers(app)
    quiet: dict[str, list[Round]] = {name: [] for name in asked}
    beside: dict[str, list[Round]] = {name: [] for name in asked}
    _run(server, asked, {name: [] for name in asked})  # nobody's first request is measured
    for number in range(PAIRS):
        _run(server, asked, quiet)
        before = _sent(app)
        _announce(app, readers)
        _run(server, asked, beside)
        _wait_until_they_go_out(app, before)
        _run(server, asked, beside)
        print(f"messages: pair {number + 1}, {_sent(app)} have gone out", file=sys.stderr)
        _stop_the_rest(app)
        _run(server, asked, quiet)
    return [_summary(name, quiet[name], beside[name], rate) for name, (_, rate) in asked.items()]


def _run(server: Server, asked: dict[str, tuple[Iterator[Ask], float]], rounds: dict[str, list[Round]]) -> None:
    for name, (asks, rate) in asked.items():
        rounds[name].append(drive_at(rate, server.port, asks, abreast=_ABREAST, seconds=SECONDS))


def _summary(name: str, quiet: Sequence[Round], beside: Sequence[Round], rate: float) -> dict[str, Any]:
    pairs = zip(_two_as_one(quiet), _two_as_one(beside), strict=True)
    ratio = median(with_mail.percentile(95) / without.percentile(95) for without, with_mail in pairs)
    return {
        "name": f"{name}_beside_messages",
        "rate": round(rate, 1),
        **{f"p{p}_ms": round(median(one.percentile(p) for one in beside), 1) for p in (50, 95, 99)},
        "seconds": round(sum(one.seconds for one in beside), 1),
        "ratio": round(ratio, 3),
    }


def _two_as_one(rounds: Sequence[Round]) -> list[Round]:
    pairs = zip(rounds[::2], rounds[1::2], strict=True)
    return [Round(one.seconds + two.seconds, [*one.milliseconds, *two.milliseconds]) for one, two in pairs]


def _readers(app: Flask) -> list[Reader]:
    with app.app_context():
        return [Reader(person_id) for person_id in transact(_switch_mail_on)]


def _switch_mail_on() -> list[int]:
    """Give the first thousand an address that is proven and switched on; returns the persons."""
    found = db.session.execute(select(ActsFor.user_id, ActsFor.person_id).order_by(ActsFor.id).limit(_READERS)).all()
    proven = {"channel": "email", "is_on": True, "proven_at": now(), "code_hash": ""}
    rows = [proven | {"user_id": one.user_id, "address": f"{one.user_id}@example.com"} for one in found]
    db.session.execute(insert(Contact), rows)
    return [one.person_id for one in found]


def _announce(app: Flask, readers: list[Reader]) -> None:
    facts = {"subject": "集合地点改了", "body": "明天早上改在南门集合，请带好水杯和雨衣。"}
    with app.app_context():
        host = db.session.scalars(select(Organisation.id)).first()
        news = News(MessageKind.ANNOUNCEMENT, host or 0, facts, is_urgent=True)  # else it waits for the morning
        transact(tell_all, news, readers * (AT_ONCE // len(readers)), at=now())


def _sent(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count(Delivery.id)).where(Delivery.state == DeliveryState.SENT)) or 0


def _wait_until_they_go_out(app: Flask, before: int) -> None:
    until = time.monotonic() + _PATIENCE
    while _sent(app) <= before:
        if time.monotonic() > until:
            raise RuntimeError("the messages do not go out")
        time.sleep(_LOOK)


def _stop_the_rest(app: Flask) -> None:
    with app.app_context():
        transact(_stop)
    time.sleep(_LETTING_GO)


def _stop() -> None:
    stop_everything(at=now())
    left = update(Delivery).where(Delivery.state == DeliveryState.WAITING)
    db.session.execute(left.values(state=DeliveryState.FAILED, job_id=None))
