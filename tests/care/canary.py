"""Somebody of whom every field that can hold words holds the same ones, to be looked for in whatever is left."""

import re
from pathlib import Path

from sqlalchemy import JSON, String, make_url, select, text, update

from app.backups import pg_tools
from app.care.belongings import belongings_of
from app.care.inventory import holdings
from app.certificates.operations import issue
from app.checkin.operations import correct
from app.core.clock import now
from app.core.db import METADATA, db
from app.events.acts.comments import comment
from app.messages.models import Channel, Contact, Delivery, Message
from app.people.models import Person, Relation
from app.people.needs import Needs, write_needs
from tests.asked import a_question
from tests.factories import Factory

CANARY, PHONE, LOGIN = "Qzcanary囍龘", "13954321987", "qzcanary-login"
_KEPT_AS_THEY_ARE = {"access_entries", "corrections", "consents", "users", "people"}  # guarded, or set by name


def canary(make: Factory) -> tuple[int, int]:
    """Make a person with an account of its own, a certificate and words everywhere; return its id and the event's."""
    host, user = make.organisation(), make.user(CANARY, PHONE)
    event = make.going_on(host)
    place = make.registration(event.slots[0], user=user, name=CANARY, relation=Relation.ONESELF, age=20)
    make.enrolment(place.person, make.school())
    make.do(correct, place.id, now(), f"{CANARY}来过了", by=make.user().id, at=now())
    make.arrival(place)
    make.do(issue, event.id, by=make.user().id, at=now())
    a_question(make, event, place)
    make.do(comment, place.id, f"{CANARY}会晚到", by=make.user().id, at=now())
    make.do(write_needs, place.person_id, Needs(food=CANARY), by=user.id, at=now())
    make.do(_reach, user.id, place.person_id)
    make.do(fill, place.person_id)
    return place.person_id, event.id


def _reach(user_id: int, person_id: int) -> None:
    letter = db.session.scalars(select(Message).where(Message.person_id == person_id)).first()
    assert letter
    db.session.add(Contact(user_id=user_id, channel=Channel.SMS, address=PHONE))
    db.session.add(Delivery(message_id=letter.id, user_id=user_id, channel=Channel.SMS, address=PHONE, made_at=now()))


def fill(person_id: int) -> None:
    """Write the words into every column that inventory.toml says is personal and that takes words; an operation."""
    own = belongings_of(person_id)
    db.session.execute(update(Person).where(Person.id == person_id).values(phone=PHONE, interests=CANARY))
    for one in holdings():
        table = METADATA.tables[one.table]
        words = [table.c[name] for name in one.columns if isinstance(table.c[name].type, (String, JSON))]
        plain = {
            column.name: {"name": CANARY} if isinstance(column.type, JSON) else CANARY
            for column in words
            if not hasattr(column.type, "enums")
        }
        if one.of and plain and one.table not in _KEPT_AS_THEY_ARE:
            db.session.execute(update(table).where(own.rows_of(table, one.of)).values(plain))


def traces(url: str, folder: Path) -> list[str]:
    """Return where a byte of the canary is left: in SQLite's files, or in a dump of PostgreSQL."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        file = Path(address.database or "")
        files = {one.name: one.read_bytes() for one in file.parent.glob(f"{file.name}*")}
    else:
        target = folder / "dump.sql"
        with db.engine.connect() as connection:
            version = int(str(connection.scalar(text("SHOW server_version_num")))) // 10_000
        plain = address.set(drivername="postgresql").render_as_string(hide_password=False)
        pg_tools.run(pg_tools.tool("pg_dump", version), f"--file={target}", f"--dbname={plain}")
        files = {"dump": target.read_bytes()}
    return [f"{name}: {found!r}" for name, content in files.items() for found in _around(content)]


def _around(content: bytes) -> list[bytes]:
    escaped = CANARY.encode("unicode_escape")
    marks = (b"qzcanary", CANARY[-2:].encode(), escaped[-12:], PHONE.encode())
    places = [found.start() for mark in marks for found in re.finditer(re.escape(mark), content, re.IGNORECASE)]
    return [content[max(0, place - 60) : place + 30] for place in places]
