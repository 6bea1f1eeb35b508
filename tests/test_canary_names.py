"""Five hundred names and numbers through all that people do: none of them in a line of the log, none in an address."""

import re
from collections.abc import Iterator
from html import unescape
from itertools import product
from typing import Any
from uuid import uuid4

from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.certificates.models import Certificate
from app.core.clock import now
from app.core.db import db
from app.events.models import Registration
from app.people.models import Person
from tests import canaries
from tests.factories import PASSWORD, Factory, born
from tests.schooldesk.test_roster_pages import sent_on
from tests.signing_in import Personas
from tests.work import work_off

SIGNS = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥春夏"
NAMES = [f"囍{first}{second}" for first, second in product(SIGNS, SIGNS)][:500]
PHONES = [f"{canaries.NUMBER}{number:04}" for number in range(500)]
_ADDRESS = re.compile(r'\s(?:href|action|formaction|src|data-[\w-]*(?:url|href)[\w-]*)="([^"]*)"')


def led_to(answer: TestResponse) -> list[str]:
    """Return where an answer leads, and every link in it."""
    links = _ADDRESS.findall(answer.text) if answer.mimetype == "text/html" else []
    found = [unescape(one) for one in links]
    return [answer.headers.get("Location", ""), *(one for one in found if not one.startswith("tel:"))]  # dials only


class Town:
    """What everybody does, one after the other, each in the own browser; what addresses said is kept."""

    def __init__(self, app: Flask, make: Factory, personas: Personas) -> None:
        self.app, self.make, self.personas = app, make, personas
        self.event = make.going_on(personas.host, capacity=1000, largest_party=60, most_companions=9)
        self.slot = self.event.slots[0]
        self.desk = f"/desk/events/{self.event.id}"
        self.addresses: list[str] = []

    def look(self, answer: TestResponse) -> TestResponse:
        """Keep where an answer leads, and every link in it."""
        assert answer.status_code < 400, (answer.request.path, answer.status_code)
        self.addresses += led_to(answer)
        return answer

    def enter_classes(self, people: Iterator[tuple[str, str]]) -> None:
        """Let the school paste four classes of fifty, with their parents, sign them up, and call the parents of one."""
        office = self.personas.school_office
        for number in range(4):
            one = self.make.school_class(self.personas.school, f"五年级（{number + 1}）班")
            page, event = f"/school/classes/{one.id}", f"/school/classes/{one.id}/events/{self.event.id}"
            some = [next(people) for _pupil in range(50)]
            lines = "\n".join(f"{name}\t女\t{born(10)}\t{name}爸\t{phone}" for name, phone in some)
            preview = self.look(office.post(f"{page}/roster", data={"lines": lines}))
            self.look(office.post(f"{page}/roster", data=sent_on(preview, save="y")))
            ids = self.ids(select(Person.id).where(Person.name.in_([name for name, _phone in some])))
            typed = {"slot_id": self.slot.id, "adults": "1", "person_id": ids}
            self.look(office.post(event, data=typed))
            self.look(office.post(f"{event}/phones"))
            replies = self.look(office.get(event)).text
            for said in re.findall(r'name="said" value="(yes-\d+)"', replies) if number == 0 else ():
                self.look(office.post(f"{event}/calls", data={"said": said}))
            self.look(office.post(f"{event}/reminder", data={"number": 1}))
            for view in ("pupils", "slips"):
                self.look(office.get(f"{page}/{view}"))

    def sign_up(self, people: Iterator[tuple[str, str]]) -> None:
        """Let two hundred sign up for themselves, each with an account, and some look at what is theirs."""
        for name, phone in people:
            browser = self.app.test_client()
            typed = {"name": name, "born_on": f"{born(20):%Y%m%d}", "school_id": "none", "class_name": ""}
            path = f"/slots/{self.slot.id}/registration/self"
            made = self.look(browser.post(path, data=typed | {"phone": phone, "password": PASSWORD}))
            self.look(browser.get(made.location))
            if phone.endswith("7"):
                for page in ("/mine", "/messages", "/account", "/account/contacts"):
                    self.look(browser.get(page))

    def enter_by_hand(self, people: Iterator[tuple[str, str]]) -> None:
        """Let staff type in somebody, for the desk and at the door, and look at each."""
        for number, (name, phone) in enumerate(people):
            form = "walk-in" if number % 2 else "registrations/new"
            typed = {"name": name, "born_on": f"{born(20):%Y%m%d}", "phone": phone, "slot_id": self.slot.id}
            made = self.look(
                self.personas.staff.post(f"{self.desk}/{form}", data=typed | {"school_id": "none", "class_name": ""})
            )
            self.look(self.personas.staff.get(made.location))

    def scan(self) -> None:
        """Let the phone at the door report everybody, in batches."""
        _device, token = self.make.device(self.event)
        client, headers = self.app.test_client(), {"Authorization": f"Bearer {token}"}
        codes, path = self.ids(select(Registration.code)), f"/api/v1/events/{self.event.id}/scans"
        for start in range(0, len(codes), 50):
            moment = now().isoformat()
            scans = [
                {"id": str(uuid4()), "code": code, "scanned_at": moment, "source": "camera"}
                for code in codes[start : start + 50]
            ]
            self.look(client.post(path, json={"device_time": moment, "scans": scans}, headers=headers))

    def tell(self) -> None:
        """Let staff tell everybody something, and a worker send it."""
        typed = {"subject": f"请{NAMES[0]}注意", "body": f"{NAMES[1]}的电话是{PHONES[1]}。", "key": uuid4().hex}
        self.look(self.personas.staff.post(f"{self.desk}/announcements/new", data=typed))
        with self.app.app_context():
            work_off(self.app)

    def certify(self) -> None:
        """Issue certificates to whoever came, open some, have all of them packed, and let anybody check one."""
        staff = self.personas.staff
        self.look(staff.post(f"{self.desk}/certificates"))
        self.look(staff.get(f"{self.desk}/certificates"))
        job = self.look(staff.post(f"{self.desk}/certificates/collection", data={"bundle": "zip", "purpose": "print"}))
        for number, code in self.rows(select(Certificate.id, Certificate.code).limit(3)):
            for ending in ("", ".pdf", ".png"):
                self.look(staff.get(f"/certificates/{number}{ending}"))
            self.look(self.app.test_client().get(f"/V/{code}"))
        self.look(staff.post(f"{job.location}/cancellation"))

    def look_around(self) -> None:
        """Open the lists and everybody's page; take files away; look for somebody's number."""
        staff = self.personas.staff
        for number in self.ids(select(Registration.id).order_by(Registration.id))[::10]:
            self.look(staff.get(f"/desk/registrations/{number}"))
            self.look(staff.post(f"/desk/registrations/{number}/phone", data={"purpose": "contact", "words": ""}))
        for page in (
            "registrations",
            "sheet",
            "guardians",
            "unseen",
            "undelivered",
            "needs",
            "answers",
            "certificates",
        ):
            self.look(staff.get(f"{self.desk}/{page}"))
        for file_format in ("xlsx", "csv"):
            typed = {"file_format": file_format, "purpose": "check", "with_phones": "y"}
            self.look(staff.post(f"{self.desk}/registrations/download", data=typed))
            self.look(self.personas.school_office.post("/school/registrations/download", data=typed))
        for page in ("registrations", "pupils?view=confirmed", "guardians", "transfers", "classes"):
            self.look(self.personas.school_office.get(f"/school/{page}"))
        for page in ("accounts", "jobs", "erasures", "retention"):
            self.look(self.personas.administrator.get(f"/admin/{page}"))
        self.look(self.personas.auditor.get("/audit"))

    def ids(self, statement: Any) -> list[Any]:
        """Return the first column of what is found."""
        with self.app.app_context():
            return list(db.session.scalars(statement))

    def rows(self, statement: Any) -> list[Any]:
        """Return what is found."""
        with self.app.app_context():
            return list(db.session.execute(statement))


def test_none_of_five_hundred_is_in_a_line_of_the_log_or_in_an_address(
    app: Flask, make: Factory, personas: Personas
) -> None:
    people = iter(list(zip(NAMES, PHONES, strict=True)))
    with canaries.logged() as lines:
        town = Town(app, make, personas)
        town.enter_classes(people)
        by_hand = iter([next(people) for _one in range(100)])
        town.enter_by_hand(by_hand)
        town.sign_up(people)
        town.scan()
        town.tell()
        town.certify()
        town.look_around()
    there = town.ids(select(Person.name))
    assert set(NAMES) - set(there) == set()
    assert len(town.addresses) > 5_000
    assert [one for one in town.addresses if canaries.seen(one)] == []
    assert lines.getvalue().count("request") > 500
    assert canaries.seen(lines.getvalue()) == set()
