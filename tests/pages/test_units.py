"""The public page of a unit."""

from datetime import timedelta

from flask.testing import FlaskClient

from app.core.clock import now
from tests.factories import Factory


def test_it_says_what_the_host_has_on_the_next_first(client: FlaskClient, make: Factory) -> None:
    host = make.organisation()
    later = now() + timedelta(days=9)
    make.event(host, title="后面的", starts_at=later, ends_at=later + timedelta(hours=2))
    make.event(host, title="明天的")
    make.event(host, title="还没发布", is_published=False)
    make.event(title="别家的")
    page = client.get(f"/organisations/{host.id}").text
    assert page.index("明天的") < page.index("后面的")
    assert "还没发布" not in page
    assert "别家的" not in page


def test_a_host_with_nothing_on_says_so(client: FlaskClient, make: Factory) -> None:
    assert "现在还没有活动" in client.get(f"/organisations/{make.organisation().id}").text


def test_who_keeps_the_seal_is_not_for_everyone(client: FlaskClient, make: Factory) -> None:
    page = client.get(f"/organisations/{make.school().id}").text
    assert "印章" not in page


def test_there_is_no_page_of_no_unit(client: FlaskClient) -> None:
    assert client.get("/organisations/999999").status_code == 404
