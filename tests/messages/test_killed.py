"""Whoever is killed, and wherever: no letter goes out twice by itself, and none is forgotten."""

import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from app.core.clock import now
from app.core.db import db, transact
from app.core.jobs import enqueue
from app.core.working import Work
from app.messages.channels.carrier import Away, Letter, Refused, Unavailable, Unknown
from app.messages.models import Channel
from app.messages.picking_up import PICK_UP
from app.messages.troubles import Trouble
from tests.factories import Factory
from tests.messages.readers import NOON, deliveries, reader, told
from tests.post_office import channels
from tests.work import work_off

ANSWERS = ("taken", "taken", "taken", "later", "refused", "away", "lost after it came", "lost before it came")


class Killed(BaseException):
    """The process ends here; nothing after it is done."""


@dataclass
class Fuse:
    """Kills at one step: between any two things that the sending of letters does."""

    left: int

    def burn(self) -> None:
        """Come to the next step."""
        self.left -= 1
        if self.left == 0:
            raise Killed


@dataclass
class Fake:
    """A channel that answers by lot and counts what it has got."""

    fuse: Fuse
    lot: random.Random
    pause: float = 0.0
    got: Counter[str] = field(default_factory=Counter)

    def carries(self, kind: str) -> bool:
        """Return that it does."""
        return bool(kind)

    @contextmanager
    def line(self) -> Iterator["Fake"]:
        """Open, or not."""
        self.fuse.burn()
        if self.lot.random() < 0.1:
            raise Away(Trouble.AWAY)
        yield self

    def send(self, letter: Letter) -> str:
        """Take a letter, or not."""
        self.fuse.burn()
        answer = self.lot.choice(ANSWERS)
        if answer in {"taken", "lost after it came"}:
            self.got[letter.address] += 1
        self.fuse.burn()
        if answer.startswith("lost"):
            raise Unknown(Trouble.UNKNOWN)
        if answer != "taken":
            raise {"later": Unavailable, "refused": Refused, "away": Away}[answer](Trouble.BUSY)
        return "1"


@pytest.fixture
def burning(monkeypatch: pytest.MonkeyPatch) -> Fuse:
    """A fuse that burns before and after each thing that a job writes."""
    fuse, write = Fuse(0), Work.write

    def fragile(self: Work, *args: object, **kwargs: object) -> object:
        fuse.burn()
        made = write(self, *args, **kwargs)  # type: ignore[arg-type]
        fuse.burn()
        return made

    monkeypatch.setattr(Work, "write", fragile)
    return fuse


def live_and_die(app: Flask, fuse: Fuse, lot: random.Random, most: int) -> int:
    """Start workers that are killed at some step, one after the other, then one that lives; returns how many died."""
    deaths, at = 0, now()
    for _round in range(40):
        fuse.left = (0 if deaths >= most else lot.randrange(1, 12)) if deaths else lot.randrange(1, 4)
        try:
            with time_machine.travel(at, tick=False):
                transact(enqueue, PICK_UP, {}, at=at)
                work_off(app)
        except Killed:
            deaths += 1
            db.session.remove()
        at += timedelta(seconds=10) if deaths < most and lot.random() < 0.8 else timedelta(minutes=45)
        if not any(one.state in {"waiting", "sending"} for one in deliveries()) and _round > 4:
            break
    return deaths


@pytest.mark.parametrize("seed", range(25))
@time_machine.travel(NOON - timedelta(hours=3), tick=False)
def test_nothing_is_sent_twice_whenever_a_worker_dies(inside: Flask, make: Factory, burning: Fuse, seed: int) -> None:
    kill_and_count(inside, make, burning, seed, most=3)


@pytest.mark.parametrize("seed", range(10))
@time_machine.travel(NOON - timedelta(hours=3), tick=False)
def test_nor_when_so_many_die_that_the_job_is_dead(inside: Flask, make: Factory, burning: Fuse, seed: int) -> None:
    kill_and_count(inside, make, burning, seed, most=9)


def kill_and_count(inside: Flask, make: Factory, burning: Fuse, seed: int, *, most: int) -> None:
    """Tell some people something while workers die; look that each got it once, or somebody knows that it is open."""
    lot = random.Random(seed)
    fake = Fake(burning, lot)
    with channels(inside, mail_port=1):
        inside.extensions["carriers"] = {Channel.EMAIL: fake}
        readers = [reader(make, f"r{number}@example.cn") for number in range(lot.choice((1, 3, 8)))]
        told(make, *readers, is_urgent=lot.random() < 0.3)
        deaths = live_and_die(inside, burning, lot, most)
    assert deaths
    assert max(fake.got.values(), default=0) <= 1
    assert len(deliveries()) == len(readers)
    for one in deliveries():
        assert one.state in {"sent", "failed", "parked"}
        assert one.state != "sent" or fake.got[one.address] == 1
        assert one.state != "failed" or fake.got[one.address] == 0
