"""Who waits for the host's decision: said on the event's page, and when all is decided."""

from datetime import timedelta

from app.core.clock import now
from app.events.acts import decisions
from app.events.models import WayIn
from tests.factories import Factory
from tests.searches import searched
from tests.signing_in import Personas


def test_the_desk_says_how_many_wait_for_a_decision(personas: Personas, make: Factory) -> None:
    event = make.event(personas.host, way_in=WayIn.APPROVAL)
    lots = {"way_in": WayIn.LOTTERY, "draws_at": now() + timedelta(hours=1)}
    make.registration(make.slot(event, **lots))
    address = f"/desk/events/{event.id}"
    assert "等你们确认" not in personas.staff.get(address).text, "nobody decides a lottery"
    applied = make.registration(event.slots[0])
    page = personas.staff.get(address).text
    assert "有 1 人等你们确认" in page
    assert f'href="{address}/registrations?view=applied"' in page
    make.do(decisions.approve, event.id, [applied.id], "key", by=event.created_by_id, at=now())
    assert "等你们确认" not in personas.staff.get(address).text


def test_where_all_is_decided_nobody_is_asked_to_spell_differently(personas: Personas, make: Factory) -> None:
    event = make.event(personas.host, way_in=WayIn.APPROVAL)
    address = f"/desk/events/{event.id}/registrations"
    make.registration(event.slots[0])
    assert "都处理完了" not in personas.staff.get(f"{address}?view=applied").text
    assert "没有找到" in searched(personas.staff, address, "xyz", view="applied").text
    decided = personas.staff.get(f"{address}?view=refused").text
    assert "没有找到" not in decided
    assert "现在没有这种状态的报名" in decided
