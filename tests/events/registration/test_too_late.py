"""Whoever comes too late reads so at once, and cheaply: when sign-up opens, most people are."""

from flask import Flask

from tests.counting import statements
from tests.factories import Factory
from tests.signing_in import signed_in


def test_where_nothing_is_left_a_page_of_its_own_says_so(app: Flask, make: Factory) -> None:
    parent = make.user()
    child, slot = make.person(parent), make.slot(capacity=1)
    make.registration(slot)
    browser, address = signed_in(app, parent), f"/slots/{slot.id}/registration"
    with statements(app) as asked:
        answer = browser.post(address, data={"person_id": child.id})
    assert answer.status_code == 422
    assert "名额已满" in answer.text
    assert f'href="/events/{slot.event_id}"' in answer.text
    assert sum(one.startswith("SELECT") for one in asked) == 3  # who asks, what it leans on, how it is called


def test_a_party_reads_how_few_places_are_left_and_chooses_again(app: Flask, make: Factory) -> None:
    parent = make.user()
    children = [make.person(parent, name=name) for name in ("周小宝", "周小贝")]
    slot = make.slot(capacity=2, largest_party=4)
    make.registration(slot)
    browser, chosen = signed_in(app, parent), [child.id for child in children]
    answer = browser.post(f"/slots/{slot.id}/registration", data={"person_id": chosen})
    assert answer.status_code == 422
    assert "只剩 1 个名额" in answer.text
    assert answer.text.count("<input checked") == 2
