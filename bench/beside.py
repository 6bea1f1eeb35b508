"""How long people wait at the door and at the sign-up while five thousand messages go out by mail."""

import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from flask import Flask
from sqlalchemy import func, insert, select

from app.core.clock import now
from app.core.db import db, transact
from app.core.jobs import OVER, Job
from app.messages.models import Contact, Delivery, DeliveryState, MessageKind
from app.messages.sending import News, Reader, tell_all
from app.organisations.models import Organisation
from app.people.models import ActsFor
from bench.load import Ask, Round, drive_at
from tests.servers import Server, free_port, running

PAIRS = 5
AT_ONCE = 1000  # messages of each pair
SECONDS = 3.0
_A_SECOND = 150  # mails, so that they last as long as the rounds beside them
_PATIENCE = 180.0
_ABREAST = 32


@contextmanager
def mailing(url: str, folder: Path, key: str, processes: int) -> Iterator[Server]:
    """Run the program with a worker beside it, and a mail server that takes everything."""
    port = free_port()
    sink = [sys.executable, "-m", "aiosmtpd", "-n", "-l", f"127.0.0.1:{port}", "-c", "aiosmtpd.handlers.Sink"]
    channel = {
        "SMTP_URL": f"smtp://127.0.0.1:{port}",
        "MAIL_FROM": "noreply@example.com",
        "MAILS_PER_SECOND": str(_A_SECOND),
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
    for number in range(PAIRS):
        _run(server, asked, quiet)
        _announce(app, readers)
        _run(server, asked, beside)
        print(f"messages: pair {number + 1}, {_left(app)} jobs left", file=sys.stderr)
        _wait_until_all_are_out(app)
    _check(app)
    return [_summary(name, quiet[name], beside[name], rate) for name, (_, rate) in asked.items()]


def _run(server: Server, asked: dict[str, tuple[Iterator[Ask], float]], rounds: dict[str, list[Round]]) -> None:
    for name, (asks, rate) in asked.items():
        rounds[name].append(drive_at(rate, server.port, asks, abreast=_ABREAST, seconds=SECONDS))


def _summary(name: str, quiet: Sequence[Round], beside: Sequence[Round], rate: float) -> dict[str, Any]:
    pairs = zip(quiet, beside, strict=True)
    ratio = median(with_mail.percentile(95) / without.percentile(95) for without, with_mail in pairs)
    return {
        "name": f"{name}_beside_messages",
        "rate": round(rate, 1),
        **{f"p{p}_ms": round(median(one.percentile(p) for one in beside), 1) for p in (50, 95, 99)},
        "seconds": round(sum(one.seconds for one in beside), 1),
        "ratio": round(ratio, 3),
    }


def _readers(app: Flask) -> list[Reader]:
    with app.app_context():
        return [Reader(person_id) for person_id in transact(_switch_mail_on)]


def _switch_mail_on() -> list[int]:
    """Give the first thousand an address that is proven and switched on; returns the persons."""
    found = db.session.execute(select(ActsFor.user_id, ActsFor.person_id).order_by(ActsFor.id).limit(AT_ONCE)).all()
    proven = {"channel": "email", "is_on": True, "proven_at": now(), "code_hash": ""}
    rows = [proven | {"user_id": one.user_id, "address": f"{one.user_id}@example.com"} for one in found]
    db.session.execute(insert(Contact), rows)
    return [one.person_id for one in found]


def _announce(app: Flask, readers: Sequence[Reader]) -> None:
    facts = {"subject": "集合地点改了", "body": "明天早上改在南门集合，请带好水杯和雨衣。"}
    with app.app_context():
        host = db.session.scalars(select(Organisation.id)).first()
        news = News(MessageKind.ANNOUNCEMENT, host or 0, facts, is_urgent=True)  # else it waits for the morning
        transact(tell_all, news, readers, at=now())


def _left(app: Flask) -> int:
    with app.app_context():
        under_way = Job.state.not_in(OVER) & (Job.run_at < now())  # what sign-ups are told may wait for the morning
        return db.session.scalar(select(func.count(Job.id)).where(Job.kind.startswith("messages."), under_way)) or 0


def _wait_until_all_are_out(app: Flask) -> None:
    until = time.monotonic() + _PATIENCE
    while _left(app):
        if time.monotonic() > until:
            raise RuntimeError("the messages do not go out")
        time.sleep(0.2)


def _check(app: Flask) -> None:
    with app.app_context():
        sent = db.session.scalar(select(func.count(Delivery.id)).where(Delivery.state == DeliveryState.SENT)) or 0
    if sent < PAIRS * AT_ONCE:
        raise RuntimeError(f"{sent} of {PAIRS * AT_ONCE} messages went out")
