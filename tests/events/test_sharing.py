"""What a chat app makes of the link to an event, and what a rush on it costs."""

import re
from dataclasses import replace
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from app.core.clock import now
from app.core.pictures import PictureChange, Prepared
from app.events import planning
from app.events.models import Event
from app.events.plans import words_of
from app.programmes.kinds import ProgrammeKind
from tests.counting import statements
from tests.factories import Factory
from tests.signing_in import Personas


def tags(page: str) -> dict[str, str]:
    """Return the tags for chat apps."""
    return dict(re.findall(r'<meta property="og:(\w+)" content="([^"]*)">', page))


def change(make: Factory, event: Event, picture: PictureChange | None = None, **words: object) -> None:
    """Change words or picture of an event."""
    changed = replace(words_of(event), **words)  # type: ignore[arg-type]
    make.do(planning.edit_event, event.id, changed, picture or PictureChange(), by=event.created_by_id, at=now())


def photo() -> Prepared:
    """Return a small picture."""
    out = BytesIO()
    Image.new("RGB", (40, 30), "green").save(out, "PNG")
    return Prepared(out.getvalue(), "image/png", 40, 30)


def test_title_time_place_and_picture_are_told_with_full_addresses(
    client: FlaskClient, make: Factory, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = make.event(title="书香接力")
    monkeypatch.setitem(client.application.config, "PUBLIC_URL", "https://youth.example")
    page = client.get(f"/events/{event.id}", headers={"Host": "evil.example"}).text
    told = tags(page)
    assert told["title"] == "书香接力"
    assert "古镇游客中心" in told["description"]
    assert told["url"] == f"https://youth.example/events/{event.id}"
    assert told["image"].startswith(f"https://youth.example/events/{event.id}/picture.png")
    assert "evil.example" not in page
    assert f'<meta name="description" content="{told["description"]}">' in page


def test_the_first_image_on_the_page_is_large_enough_for_chat_apps(client: FlaskClient, make: Factory) -> None:
    page = client.get(f"/events/{make.event().id}").text
    (path,) = re.findall(r'<img src="([^"]*)"', page)
    answer = client.get(path.replace("&amp;", "&"))
    picture = Image.open(BytesIO(answer.data))
    assert (answer.content_type, picture.size) == ("image/png", (1200, 630))
    assert "immutable" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("engine", ["sqlite"])
@pytest.mark.parametrize("kind", ProgrammeKind)
def test_every_kind_has_its_picture_drawn_once(client: FlaskClient, make: Factory, kind: ProgrammeKind) -> None:
    event = make.event()
    change(make, event, kind=kind)
    answers = [client.get(f"/events/{event.id}/picture.png") for _ in range(2)]
    colours = Image.open(BytesIO(answers[0].data)).convert("RGB").getcolors(10**6)
    assert colours is not None
    assert len(colours) > 5
    assert answers[0].data == answers[1].data
    kept = client.application.config["DATA"] / "landscapes"
    assert answers[0].data in [one.read_bytes() for one in kept.iterdir()]


def test_the_hosts_own_picture_takes_its_place_and_goes_again(client: FlaskClient, make: Factory) -> None:
    event = make.event()
    change(make, event, PictureChange(new=photo()))
    page = client.get(f"/events/{event.id}").text
    path = f"/pictures/{photo().digest}"
    assert f'<img src="{path}"' in page
    assert tags(page)["image"].endswith(path)
    assert path in client.get("/").text
    change(make, event, PictureChange(removes=True))
    assert path not in client.get(f"/events/{event.id}").text
    assert client.get(path).status_code == 404


def test_a_draft_shows_its_picture_to_its_own_staff_alone(personas: Personas, make: Factory) -> None:
    event = make.event(personas.host, is_published=False)
    path = f"/events/{event.id}/picture.png"
    assert "private" in personas.staff.get(path).headers["Cache-Control"]
    for browser in (personas.anonymous, personas.young(), personas.outsider):
        assert browser.get(path).status_code == 404


def test_the_page_is_made_from_one_statement_and_holds_nothing_of_ones_own(
    app: Flask, client: FlaskClient, make: Factory
) -> None:
    event = make.event()
    for number in range(5):
        make.slot(event, title=f"第{number}场")
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        with statements(app) as asked:
            answer = client.get(f"/events/{event.id}?from=chat")  # an address whose page is not kept
    finally:
        app.config["WTF_CSRF_ENABLED"] = False
    assert len([one for one in asked if one.lstrip().startswith("SELECT")]) == 1
    assert "Set-Cookie" not in answer.headers
    assert "csrf" not in answer.text
    assert answer.text.count('id="slot-') == 6


def test_two_strangers_get_the_same_page(app: Flask, make: Factory) -> None:
    event = make.event()
    pages = {app.test_client().get(f"/events/{event.id}").text for _ in range(2)}
    assert len(pages) == 1
