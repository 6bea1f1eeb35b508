"""The scanner page without a network, without its device, and in two tabs: nothing is lost, nothing counts twice."""

from app.checkin.models import Device
from app.core.clock import now
from app.core.db import db
from app.events.models import Event, Registration
from tests.browser import Visitor, until
from tests.e2e.door import ARRIVED, VERDICT, WAITING, opened, scans_of, type_in
from tests.factories import Factory


def test_scans_without_a_network_are_kept_and_sent_once_it_is_back(
    helper: Visitor, event: Event, guest: Registration, rows: Factory
) -> None:
    first = rows.registration(event.slots[0], name="陈思远")
    page = opened(helper, event)
    type_in(page, first.code)
    until(page, VERDICT, "arrived")
    helper.context.set_offline(True)
    type_in(page, guest.code)
    until(page, VERDICT, "saved")
    until(page, WAITING, 1)
    assert scans_of(rows, guest) == 0
    helper.context.set_offline(False)
    until(page, WAITING, 0)
    until(page, VERDICT, "arrived")
    until(page, ARRIVED, "2")
    assert scans_of(rows, guest) == 1


def test_scans_kept_outlive_a_reload(helper: Visitor, event: Event, guest: Registration, rows: Factory) -> None:
    page = opened(helper, event)
    page.route("**/scans", lambda route: route.abort())
    type_in(page, guest.code)
    until(page, VERDICT, "saved")
    page.unroute("**/scans")
    page.reload()
    until(page, ARRIVED, "1")
    assert scans_of(rows, guest) == 1


def test_a_device_that_was_closed_keeps_its_scans_until_it_is_opened_again(
    helper: Visitor, event: Event, guest: Registration, rows: Factory
) -> None:
    first = rows.registration(event.slots[0], name="陈思远")
    page = opened(helper, event)
    type_in(page, first.code)
    until(page, VERDICT, "arrived")
    with rows.app.app_context():
        rows.do(_close_devices, event.id)
    type_in(page, guest.code)
    until(page, VERDICT, "saved")
    page.click("[data-action=reopen]")
    until(page, VERDICT, "arrived")
    assert page.is_hidden(".scanner__notice")
    assert scans_of(rows, guest) == 1


def test_one_code_many_times_at_once_in_two_tabs_is_one_scan(
    helper: Visitor, event: Event, guest: Registration, rows: Factory
) -> None:
    tabs = [opened(helper, event), opened(helper, event)]
    last = {name: rows.registration(event.slots[0], name=name) for name in ("陈思远", "赵云帆")}
    many_times = """(code) => {
      const form = document.querySelector("[data-form=typed]");
      for (let time = 0; time < 10; time += 1) {
        form.elements.code.value = code;
        form.requestSubmit();
      }
    }"""
    for page in tabs:
        page.evaluate(many_times, guest.code)
    for page, (name, another) in zip(tabs, last.items(), strict=True):
        type_in(page, another.code)  # each tab keeps its scans in order: once this is through, so are the others
        until(page, "document.querySelector('.scanner__name')?.textContent", name)
        until(page, WAITING, 0)
    assert scans_of(rows, guest) == 1


def _close_devices(event_id: int) -> None:
    for device in db.session.query(Device).filter_by(event_id=event_id):
        device.revoked_at = now()
