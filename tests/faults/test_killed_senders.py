"""The real worker, killed around the moment in which a letter goes out; a mail server on this machine counts."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from app.core.db import db
from app.core.jobs import Job, JobState
from app.messages.delivering import SEND
from config import ROOT, Settings
from tests.factories import Factory
from tests.messages.readers import reader, states, told
from tests.post_office import SENDER, channels, post_office, silence
from tests.servers import environment_of

PATIENCE = 60.0  # seconds, on a machine whose every core is busy with other tests


@contextmanager
def worker(settings: Settings, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """Run `flask work` until the block ends, with a mail server at a port."""
    mail = {"SMTP_URL": f"smtp://127.0.0.1:{port}", "MAIL_FROM": SENDER, "CHANNEL_TIMEOUT": "60"}
    command = [Path(sys.executable).parent / "flask", "--app", "wsgi", "work"]
    process = subprocess.Popen(command, cwd=ROOT, env=os.environ | environment_of(settings) | mail)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def wait_until(is_so: Callable[[], bool]) -> None:
    """Look every now and then until something is so."""
    until = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.1)


def is_being_sent() -> bool:
    """Return whether a worker has taken the letter up."""
    db.session.rollback()
    found = select(Job.id).where(Job.kind == SEND, Job.state == JobState.RUNNING)
    return db.session.scalar(found) is not None


@pytest.fixture
def settings(app: Flask, fresh_url: str, tmp_path: Path) -> Settings:
    """What a worker needs to know."""
    return Settings("test", tmp_path, fresh_url, app.config["SECRET_KEY"], "http://tongxing.test")


def test_killed_between_the_commit_and_the_letter_it_goes_out_once_after_the_restart(
    inside: Flask, make: Factory, settings: Settings
) -> None:
    with silence() as port, channels(inside, mail_port=port), worker(settings, port):
        told(make, reader(make), is_urgent=True)
        wait_until(is_being_sent)
        assert states() == ["waiting"]
    with post_office() as office, worker(settings, office.port):
        wait_until(lambda: states() == ["sent"])
        assert len(office.letters) == 1


def test_killed_before_the_server_has_answered_it_waits_for_a_person_and_never_goes_out_again(
    inside: Flask, make: Factory, settings: Settings
) -> None:
    with post_office() as office:
        office.at_end = ["say nothing"]
        with channels(inside, mail_port=office.port):
            with worker(settings, office.port):
                told(make, reader(make), is_urgent=True)
                wait_until(lambda: len(office.letters) == 1)
                assert states() == ["sending"]
            with worker(settings, office.port):
                wait_until(lambda: states() == ["parked"])
                told(make, reader(make, "next@example.cn"), is_urgent=True)
                wait_until(lambda: states() == ["parked", "sent"])
        assert len(office.letters) == 2
