"""The scanner page, as a helper at the door uses it: every way in, with and without a network."""

import base64
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from app.core.clock import local, now
from app.core.qr import qr_image, qr_png
from app.events.models import Event, Registration
from app.organisations.models import Organisation
from tests.browser import CAMERA, Visitor, until
from tests.e2e.conftest import Visit
from tests.e2e.door import PROBLEM, VERDICT, WAITING, opened, scans_of, type_in
from tests.factories import Factory


def test_a_code_before_the_camera_is_one_scan_however_long_it_is_held(
    helper: Visitor, event: Event, guest: Registration, rows: Factory
) -> None:
    helper.context.add_init_script(CAMERA)
    page = opened(helper, event)
    page.click("[data-action=start]")
    code = base64.b64encode(qr_png(f"HTTPS://TONGXING.TEST/P/{guest.code}")).decode()
    page.evaluate("paint", f"data:image/png;base64,{code}")
    until(page, VERDICT, "arrived")
    until(page, "document.querySelector('.scanner').dataset.decoder", "zxing")
    page.evaluate("paint", None)
    page.click("[data-action=stop]")
    until(page, "document.querySelector('video').srcObject === null")
    assert page.inner_text("[data-count=arrived]") == "1"
    assert scans_of(rows, guest) == 1


def test_another_qr_code_is_refused_and_not_sent(helper: Visitor, event: Event) -> None:
    helper.context.add_init_script(CAMERA)
    page = opened(helper, event)
    page.click("[data-action=start]")
    code = base64.b64encode(qr_png("HTTPS://PAY.TEST/ABC")).decode()
    page.evaluate("paint", f"data:image/png;base64,{code}")
    until(page, VERDICT, "not_a_code")
    assert page.evaluate(WAITING) == 0


def test_a_photo_of_the_code_checks_in(helper: Visitor, event: Event, guest: Registration, tmp_path: Path) -> None:
    photo = Image.new("RGB", (2400, 1800), (150, 140, 130))
    code = qr_image(f"HTTPS://TONGXING.TEST/P/{guest.code}").convert("RGB")
    photo.paste(code.rotate(12, expand=True, fillcolor=(150, 140, 130)), (900, 700))
    photo.save(tmp_path / "photo.jpg", quality=80)
    page = opened(helper, event)
    page.set_input_files("input[type=file]", tmp_path / "photo.jpg")
    until(page, VERDICT, "arrived")


def test_a_photo_without_a_code_says_so(helper: Visitor, event: Event) -> None:
    out = BytesIO()
    Image.new("RGB", (800, 600), (90, 120, 90)).save(out, "JPEG")
    page = opened(helper, event)
    page.set_input_files("input[type=file]", {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()})
    until(page, VERDICT, "photo_unread")


def test_a_typed_code_is_forgiven_spaces_and_small_letters(helper: Visitor, event: Event, guest: Registration) -> None:
    page = opened(helper, event)
    code = guest.code.lower()
    type_in(page, " ".join(code[at : at + 4] for at in range(0, 16, 4)))
    until(page, VERDICT, "arrived")
    assert "欧阳若溪" in page.inner_text(".scanner__name")


def test_half_a_code_is_pointed_out_at_the_field(helper: Visitor, event: Event) -> None:
    page = opened(helper, event)
    type_in(page, "7Q3K XF9M")
    assert page.get_attribute("[name=code]", "aria-invalid") == "true"
    assert page.is_visible("#code-error")
    assert page.input_value("[name=code]") == "7Q3K XF9M"


def test_a_mistyped_code_takes_the_last_verdict_away_until_it_is_put_right(
    helper: Visitor, event: Event, guest: Registration
) -> None:
    """Or the green of the person before would let the next one in."""
    page = opened(helper, event)
    type_in(page, guest.code)
    until(page, VERDICT, "arrived")
    type_in(page, "7Q3K XF9M")
    until(page, VERDICT, None)
    assert page.inner_text(".scanner__verdict") == ""
    page.type("[name=code]", "T")
    assert not page.is_visible("#code-error")
    page.press("[name=code]", "Enter")
    assert page.is_visible("#code-error")
    page.type("[name=q]", "oyrx")
    page.wait_for_selector(f"[data-registration='{guest.id}']")
    assert not page.is_visible("#code-error")
    assert "欧阳若溪" in page.inner_text("[data-list=history]")


def test_a_verdict_fades_and_the_history_stays(helper: Visitor, event: Event, guest: Registration) -> None:
    helper.context.clock.install()
    page = opened(helper, event)
    type_in(page, guest.code)
    until(page, VERDICT, "arrived")
    page.clock.fast_forward(9000)
    until(page, VERDICT, None)
    assert page.get_attribute(".scanner__verdict", "class") == "scanner__verdict"
    assert "欧阳若溪" in page.inner_text("[data-list=history]")


def test_times_are_those_of_the_place_whatever_the_phone_says(
    visit: Visit, rows: Factory, host: Organisation, event: Event, guest: Registration
) -> None:
    arrived_at = now()
    rows.arrival(guest, arrived_at)
    page = opened(visit(rows.member(host), timezone_id="America/New_York"), event)
    page.type("[name=q]", "oyrx")
    assert f"{local(arrived_at):%H:%M}" in page.inner_text(f"[data-registration='{guest.id}']")


def test_codes_that_open_no_door_each_say_why(helper: Visitor, event: Event, rows: Factory) -> None:
    """A stranger's, one of another event without the person's name, and a child's that waits for a guardian."""
    elsewhere = rows.registration(rows.going_on().slots[0], name="赵云帆")
    waiting = rows.registration(event.slots[0], age=12)
    page = opened(helper, event)
    for code, verdict in (
        ("0000000000000000", "unknown"),
        (elsewhere.code, "other_event"),
        (waiting.code, "desk"),
    ):
        type_in(page, code)
        until(page, VERDICT, verdict)
    assert "赵云帆" not in page.content()
    assert page.inner_text("[data-count=arrived]") == "0"


def test_a_name_is_looked_up_by_initials_and_checked_in(helper: Visitor, event: Event, guest: Registration) -> None:
    page = opened(helper, event)
    page.type("[name=q]", "oyrx")
    page.click(f"[data-registration='{guest.id}']")
    assert page.inner_text("[data-list=found]") == page.input_value("[name=q]") == ""
    until(page, VERDICT, "arrived")


@pytest.mark.parametrize(
    ("fault", "words"),
    [("NotAllowedError", "没有获得允许"), ("NotFoundError", "没有找到"), ("NotReadableError", "没有打开")],
    ids=["denied", "missing", "busy"],
)
def test_a_camera_that_does_not_start_says_why_and_leaves_the_other_ways(
    fault: str, words: str, helper: Visitor, event: Event, guest: Registration
) -> None:
    helper.context.add_init_script(
        f"navigator.mediaDevices.getUserMedia = async () => {{ throw new DOMException('', '{fault}') }}"
    )
    page = opened(helper, event)
    page.click("[data-action=start]")
    until(page, PROBLEM, lambda text: words in text)
    assert page.is_visible("[data-action=start]")
    type_in(page, guest.code)
    until(page, VERDICT, "arrived")


def test_the_door_works_by_keyboard_alone(helper: Visitor, event: Event, guest: Registration) -> None:
    helper.context.add_init_script(CAMERA)
    page = opened(helper, event)
    focused = "document.activeElement.dataset.action || document.activeElement.name"
    reached = []
    while not reached or reached[-1] != "q":
        page.keyboard.press("Tab")
        reached.append(page.evaluate(focused))
        assert len(reached) < 20, reached
        if reached[-1] == "start":
            page.keyboard.press("Enter")
            until(page, focused, "stop")
            page.keyboard.press("Space")
            until(page, focused, "start")
        if reached[-1] == "code":
            page.keyboard.type(guest.code)
            page.keyboard.press("Enter")
    until(page, VERDICT, "arrived")
    assert {"start", "photo", "code", "q"} <= set(reached)
