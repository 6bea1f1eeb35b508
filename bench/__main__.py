"""Run everything on both databases, interleaved with the bare view; write var/bench.json and print it as a table."""

import json
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import cycle
from pathlib import Path
from statistics import median
from typing import Any

import flask_migrate
from flask import Flask
from sqlalchemy import insert

from app import create_app
from app.core.db import db
from bench import bare, beside, pairing, processes, rows, rush
from bench.load import Ask, Round, drive, request
from bench.statements import statements_of
from config import ROOT
from tests import databases
from tests.servers import Server, running

PROCESSES = 4
ROUNDS = 5
SECONDS = 3.0
ABREAST = {"bare": 16, "scan": 16, "sign_up": 32, "sign_up_first": 16, "event_page": 16}
COLUMNS = (
    "name",
    "database",
    "rate",
    "cpu_ms",
    "p50_ms",
    "p95_ms",
    "p99_ms",
    "statements",
    "memory_mb",
    "ratio",
    "seconds",
)
Measured = dict[str, Any]


@dataclass
class Subject:
    """Something that is timed, at which server, and what its rounds measured."""

    name: str
    server: Server
    asks: Iterator[Ask]
    statements: int
    rounds: list[Round] = field(default_factory=list)
    cpu_ms: list[float] = field(default_factory=list)

    def run(self, seconds: float) -> None:
        """Time one round."""
        workers = processes.group_of(self.server.pid)
        before = processes.cpu_seconds(workers)
        measured = drive(self.server.port, self.asks, abreast=ABREAST[self.name], seconds=seconds)
        used = processes.cpu_seconds(workers) - before
        self.rounds.append(measured)
        self.cpu_ms.append(used * 1000 / len(measured.milliseconds))

    def summary(self, database: str, bare_rates: list[float]) -> Measured:
        """Return the medians of its rounds, and its rate beside that of the bare view in the same round."""
        ratios = [one.rate / bare_rate for one, bare_rate in zip(self.rounds, bare_rates, strict=True)]
        return {
            "name": self.name,
            "database": database,
            "rate": round(median(one.rate for one in self.rounds), 1),
            "cpu_ms": round(median(self.cpu_ms), 2),
            **{f"p{p}_ms": round(median(one.percentile(p) for one in self.rounds), 1) for p in (50, 95, 99)},
            "statements": self.statements,
            "seconds": round(sum(one.seconds for one in self.rounds), 1),
            "ratio": round(median(ratios), 3),
        }


def main() -> None:
    """Measure, print what each part found as soon as it is there, write everything down."""
    print(_line({name: name for name in COLUMNS}))
    found: list[Measured] = []
    for part in (*(partial(_measure, engine) for engine in databases.ENGINES), pairing.measure):
        of_part = part()
        print("\n".join(_line(one) for one in of_part), flush=True)
        found += of_part
    target = ROOT / "var" / "bench.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(found, indent=1) + "\n")
    print(f"\n{target.relative_to(ROOT)}")


def _measure(engine: str) -> list[Measured]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="tongxing-bench-")))
        app = stack.enter_context(_database(engine, folder))
        county = rows.build(app, rows.Size())
        with app.app_context():
            db.engine.dispose()
        url, key = app.config["SQLALCHEMY_DATABASE_URI"], app.config["SECRET_KEY"]
        server = stack.enter_context(running(url, folder, key, processes=PROCESSES))
        ceiling = stack.enter_context(running(url, folder, key, processes=PROCESSES, program="bench.bare_wsgi:app"))
        subjects = [
            Subject("bare", ceiling, _bare_asks(), 2),
            *_subjects(app, server, county),
        ]
        _run(subjects)
        rates = [one.rate for one in subjects[0].rounds]
        found = [subject.summary(engine, rates) for subject in subjects]
        memory = round(processes.memory_mb(processes.group_of(server.pid)))
        found.append({"name": "memory", "database": engine, "memory_mb": memory})
        found.append(rush.measure(app, server) | {"database": engine})
        mailing = stack.enter_context(beside.mailing(url, folder, key, PROCESSES))
        half = {one["name"]: one["rate"] / 2 for one in found if "rate" in one}
        asked = {"scan": (county.scans, half["scan"]), "sign_up": (county.sign_ups, half["sign_up"])}
        found += [one | {"database": engine} for one in beside.measure(app, mailing, asked)]
        memory = round(processes.memory_mb(processes.worker_of(mailing.pid)))
        return [*found, {"name": "memory_worker", "database": engine, "memory_mb": memory}]


def _subjects(app: Flask, server: Server, county: rows.County) -> list[Subject]:
    asked = {
        "scan": county.scans,
        "sign_up": county.sign_ups,
        "sign_up_first": county.first_sign_ups,
        "event_page": county.pages,
    }
    for asks in asked.values():
        statements_of(app, next(asks))  # the first of its kind in a process reads what is then kept
    return [Subject(name, server, asks, statements_of(app, next(asks))) for name, asks in asked.items()]


def _run(subjects: list[Subject]) -> None:
    """Warm everything up, then let the subjects take turns, so that a machine that slows down slows all of them."""
    for subject in subjects:
        drive(subject.server.port, subject.asks, abreast=ABREAST[subject.name], seconds=SECONDS / 3)
    for number in range(ROUNDS):
        print(f"{subjects[0].server.settings.database_url.split(':')[0]}: round {number + 1}", file=sys.stderr)
        for subject in subjects:
            time.sleep(0.2)
            subject.run(SECONDS)


@contextmanager
def _database(engine: str, folder: Path) -> Iterator[Flask]:
    """Make a database as a real installation has it: durable, migrated, and with the table of the bare view."""
    with ExitStack() as stack:
        url = databases.sqlite_url(folder)
        if engine == "postgresql":
            server = stack.enter_context(databases.postgresql_server(is_durable=True))
            url = databases.postgresql_url(server, "postgres")
        app = create_app(databases.settings_for(url, folder))
        with app.app_context():
            flask_migrate.upgrade()
            with db.engine.begin() as connection:
                bare.TABLE.create(connection)
                connection.execute(insert(bare.TABLE), [{"id": one, "times": 0} for one in range(1, bare.ROWS + 1)])
        yield app


def _bare_asks() -> Iterator[Ask]:
    return cycle([Ask(request("POST", f"/bare/{row}", {}), 200) for row in range(1, bare.ROWS + 1)])


def _line(one: Measured) -> str:
    return "  ".join(f"{one.get(name, ''):>{23 if name == 'name' else 11}}" for name in COLUMNS)


if __name__ == "__main__":
    main()
