"""Two hosts and two schools: nobody of the one side gets a byte of the other's, whatever address is asked.

The walk is over all addresses of tests/test_access.py, which fails as soon as one is missing there.
"""

from collections import defaultdict
from collections.abc import Iterator
from io import StringIO
from itertools import product

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests import canaries
from tests.factories import Factory
from tests.page_forms import PageForm, forms_of
from tests.side_rows import PUBLIC, PUBLISHED
from tests.sides import ASKING, Sides, two_sides
from tests.test_access import given, rows
from tests.work import work_off

CLOSED = {"sign-in", "401", "403", "404", "405"}
LISTS = ("/mine", "/messages", "/jobs", "/desk/events", "/school/registrations", "/school/pupils", "/desk/messages")
BY_CODE = {
    "/D/<partner_code>": {  # whom a partner has sent, and who signed for them
        "people.name",
        "applications.class_name",
        "applications.reason_words",
        "guardian_contacts.name",
    },
    "/G/<guardian_link>": {"people.name"},  # about which child a guardian is asked
    "/G/<guardian_page>": {"people.name"},
    "/I/<invitation_code>": {"invitations.name", "users.name"},  # who is invited, by whom
    "/L/<claim_code>": {"people.name"},  # whom a slip is for
    "/R/<slip_code>": {"users.name", canaries.NUMBER},  # whose account is opened anew, and how it signs in
    "/V/<paper_code>": {"certificates.event_title", "certificates.host_name", "masked"},  # what a paper certifies
    "/swaps/<swap_code>": {"shift_swaps.note"},  # what the link to a shift says about it
    "/programmes/<programme>": {"questions.text", "questions.hint", "questions.choices"},  # of whoever applies
}
"""What whoever holds a code may read by it, handed over with what it is for; and what is asked of anybody."""
Findings = dict[str, set[str]]


@pytest.fixture
def lines() -> Iterator[StringIO]:
    """What is logged."""
    with canaries.logged() as lines:
        yield lines


@pytest.fixture
def sides(app: Flask, make: Factory) -> Sides:
    """Ours and theirs; their words stand in every table that has words."""
    both = two_sides(app, make)
    assert canaries.unfilled(both.filled, PUBLIC | PUBLISHED) == set()
    return both


def is_closed(cells: dict[str, str]) -> bool:
    """Whether an address is for nobody from elsewhere: neither for anybody, nor for whoever is signed in."""
    return "ok" not in {cells["anonymous"], cells["stranger"]}


def look(found: Findings, what: str, answer: TestResponse) -> None:
    """Write down what an answer shows that it must not."""
    shown = canaries.seen_in(answer) | ({str(answer.status_code)} if answer.status_code >= 500 else set())
    if shown:
        found[what] |= shown


def assert_nothing_in(lines: StringIO) -> None:
    """Fail if a canary was logged, or nothing at all."""
    assert "request" in lines.getvalue()
    assert canaries.seen(lines.getvalue()) == set()


def test_what_is_closed_to_others_gives_them_nothing_and_changes_nothing(sides: Sides, lines: StringIO) -> None:
    before, found = sides.their_rows(), defaultdict[str, set[str]](set)
    for (method, pattern), cells in rows():
        for persona in ASKING if is_closed(cells) else ():
            for path, are_all_theirs in sides.addresses(pattern):
                answer = sides.ask(persona, method, path)
                look(found, f"{persona} {method} {pattern}", answer)
                if are_all_theirs and given(answer) not in CLOSED:
                    found[f"{persona} {method} {pattern}"].add(given(answer))
    assert dict(found) == {}
    assert sides.changed_since(before) == []
    assert_nothing_in(lines)


def test_a_code_opens_what_it_is_for_and_nothing_more(sides: Sides, lines: StringIO) -> None:
    found = defaultdict[str, set[str]](set)
    for (method, pattern), cells in rows():
        for persona in () if is_closed(cells) else ASKING:
            for path, _all in sides.addresses(pattern):
                look(found, "/".join(pattern.split("/")[:3]), sides.ask(persona, method, path))
    assert {what: shown for what, shown in found.items() if not shown <= BY_CODE.get(what, set())} == {}
    assert_nothing_in(lines)


def test_our_own_pages_and_files_have_nothing_of_theirs_whatever_ids_a_form_sends(
    sides: Sides, lines: StringIO
) -> None:
    before, found, sent = sides.their_rows(), defaultdict[str, set[str]](set), 0
    forms = dict(_forms_of_our_pages(sides, found))
    for (persona, _what), form in forms.items():
        answer = sides.ask(persona, form.method, form.action, **sides.with_their_ids(form))
        look(found, f"{persona} {form.method} {form.action}", answer)
        if form.action == "/search":  # what is looked for stands on the page it leads to
            look(found, f"{persona} {form.values['to']}", sides.ask(persona, "GET", answer.location))
        sent += 1
    assert sides.changed_since(before) == []
    with sides.app.app_context():
        work_off(sides.app)
    for persona, pattern in product(ASKING, LISTS):  # what came of it
        look(found, f"{persona} GET {pattern}", sides.ask(persona, "GET", pattern))
    assert dict(found) == {}
    assert sent > len(ASKING)
    assert_nothing_in(lines)


def _forms_of_our_pages(sides: Sides, found: Findings) -> Iterator[tuple[tuple[str, str], PageForm]]:
    for (method, pattern), _cells in rows():
        for persona in ASKING if method == "GET" else ():
            path = sides.own_address(pattern)
            answer = sides.ask(persona, "GET", path)
            look(found, f"{persona} GET {pattern}", answer)
            if answer.mimetype == "text/html":
                for form in forms_of(answer.text, path):
                    yield (persona, f"{form.action} {sorted(form.values)}"), form
