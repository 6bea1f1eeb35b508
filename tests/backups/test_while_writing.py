"""A backup is of one moment, however busy the others are."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from sqlalchemy import NullPool, create_engine, text

from app.backups.backing_up import back_up
from app.backups.keys import OWN_KEY
from app.backups.place import Place
from app.backups.restoring import restored, verify
from app.core.clock import now
from app.core.db import db
from app.events.models import Slot
from app.events.registration.operations import cancel
from tests.factories import Factory

WRITERS = 3
MISCOUNTED = text(
    "SELECT id FROM slots WHERE taken <> (SELECT count(*) FROM registrations"
    " WHERE slot_id = slots.id AND state IN ('confirmed', 'held'))"
)


@contextmanager
def writers(app: Flask, make: Factory, slot: Slot) -> Iterator[threading.Semaphore]:
    """Let three sign up and give back without a pause; the semaphore counts what they did."""
    stopping, done, failed = threading.Event(), threading.Semaphore(0), []

    def write() -> None:
        with app.app_context():
            try:
                while not stopping.is_set():
                    registration = make.registration(slot)
                    make.registration(slot)
                    make.do(cancel, registration.id, by=registration.registered_by_id, at=now())
                    done.release()
            except Exception as error:
                failed.append(error)
            db.session.remove()

    threads = [threading.Thread(target=write) for _ in range(WRITERS)]
    for thread in threads:
        thread.start()
    try:
        yield done
    finally:
        stopping.set()
        for thread in threads:
            thread.join()
    assert failed == []


def wait_for_a_whole_round(done: threading.Semaphore) -> None:
    """Return once somebody has written from beginning to end since now."""
    while done.acquire(blocking=False):
        pass
    for _ in range(WRITERS + 1):
        done.acquire(timeout=30)


def test_what_is_written_meanwhile_is_in_it_whole_or_not_at_all(
    app: Flask, make: Factory, place: Place, empty: Place
) -> None:
    slot = make.slot(capacity=10_000)
    with writers(app, make, slot) as done:
        files = []
        for _ in range(3):
            wait_for_a_whole_round(done)
            files.append(back_up(place, now()))
            files[-1] = files[-1].rename(place.folder / f"{len(files)}.age")
    counted = [verify(empty, file, place.data / OWN_KEY) for file in files]
    sizes = [verdict.manifest.contents.tables["registrations"] for verdict in counted]
    assert all(verdict.is_right for verdict in counted)
    assert sizes[0] < sizes[1] < sizes[2]
    with restored(empty, files[1], place.data / OWN_KEY, is_replacing=False, at=now()):
        pass
    with create_engine(empty.database, poolclass=NullPool).connect() as connection:
        assert connection.execute(MISCOUNTED).all() == []
        assert connection.scalar(text("SELECT sum(taken) FROM slots")) > 0
