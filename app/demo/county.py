"""Filling the demo county: units, accounts, people, events, registrations, arrivals, certificates."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from random import Random

from app.core.clock import local_day
from app.core.db import transact
from app.core.pictures import Prepared
from app.demo.announcing import announce_to_people
from app.demo.approvals import add_selection
from app.demo.asking import ask
from app.demo.classes import add_classes
from app.demo.consents import agree
from app.demo.desks import keep_office, note_download
from app.demo.doors import hand_out, open_doors
from app.demo.emblems import emblems
from app.demo.events import ideas, set_up, tell
from app.demo.exchanges import add_exchanges
from app.demo.families import Entrant, answer, enter_families, enter_printed
from app.demo.letters import write_letters
from app.demo.lines import add_lines
from app.demo.places import sign_up
from app.demo.staff import employ_everybody, offices
from app.demo.units import Unit, enter_units
from app.demo.volunteering import add_volunteering
from app.demo.ways_in import add_ways_in

_LONG_AGO = timedelta(days=365)


def fill(password_hash: str, at: datetime) -> None:
    """Fill an empty database; the same day gives the same county."""
    transact(_fill, password_hash, emblems(), at)


def _fill(password_hash: str, logos: Mapping[str, Prepared], at: datetime) -> None:
    random = Random(local_day(at).toordinal())
    units = enter_units(logos, at - _LONG_AGO)
    working = employ_everybody(units, password_hash, at - _LONG_AGO)
    family = enter_printed(random, units, password_hash, at)
    everybody = enter_families(random, units, password_hash, at)
    always = {one.person.id for one in family}
    answer(random, [*family, *everybody], offices(units, working), always)
    events = [(idea, set_up(idea, units[idea.host], by=working[idea.host], at=at)) for idea in ideas()]
    sign_up(random, events, family, everybody, at)
    agree(at, always)
    for idea, event in sorted(events, key=lambda pair: pair[1].ends_at):
        by = working[idea.host]
        open_doors(random, event, always, by=by, at=at)
        hand_out(idea, event, always, by=by, at=at)
        ask(random, idea, event, always, by=by, at=at)
        tell(idea, event, by=by, at=at)
        announce_to_people(random, idea, event, by=by, at=at)
        note_download(random, event, by=by, at=at)
    _add_more(random, units, family, everybody, by=working["centre"], at=at)
    agree(at, always)
    add_exchanges(random, units, family, everybody, working, at)
    keep_office(units, working, at)
    write_letters(random, at)


def _add_more(
    random: Random,
    units: Mapping[str, Unit],
    family: list[Entrant],
    everybody: list[Entrant],
    *,
    by: int,
    at: datetime,
) -> None:
    add_selection(random, units["centre"], everybody, by=by, at=at)
    add_volunteering(random, units["centre"], everybody, by=by, at=at)
    add_classes(random, units["centre"], family, everybody, by=by, at=at)
    add_ways_in(random, units, family, everybody, by=by, at=at)
    add_lines(random, units["centre"], family, everybody, by=by, at=at)
