"""What a message might be about, to look at its words before anybody gets them."""

from datetime import datetime, timedelta
from typing import Any

from app.core.clock import local_day, start_of_day
from app.core.languages import ENGLISH
from app.messages.models import MessageKind

_CHINESE = {
    "name": "林晓雨",
    "event": "清溪古镇青年文化交流日",
    "slot": "上午场",
    "place": "清溪古镇游客中心",
    "old_place": "县青少年宫一楼大厅",
    "old_slot": "下午场",
    "contact": "苏老师 0577-6200 1100",
    "reason": "明天有雷雨",
    "rain_plan": "下雨改到县青少年宫一楼大厅，时间不变。",
}
_ENGLISH = {
    "name": "Lin Xiaoyu",
    "event": "Culture day in the old town",
    "slot": "Morning",
    "place": "Visitor centre, old town",
    "old_place": "Youth centre, great hall",
    "old_slot": "Afternoon",
    "contact": "Ms Su, 0577-6200 1100",
    "reason": "A thunderstorm is forecast",
    "rain_plan": "In the rain we meet in the great hall of the youth centre, at the same time.",
}


def example_facts(kind: MessageKind, host: str, link: str, language: str, at: datetime) -> dict[str, Any]:
    """Return facts of an event next week, by whom it is told, and with the link of any page."""
    begins = start_of_day(local_day(at)) + timedelta(days=7, hours=9)
    before = begins - timedelta(days=1)
    facts: dict[str, Any] = {
        **(_ENGLISH if language == ENGLISH else _CHINESE),
        "host": host,
        "link": link,
        "number": f"TX001-{begins.year}-00001",
        "starts_at": begins.isoformat(),
        "ends_at": (begins + timedelta(hours=2)).isoformat(),
        "old_starts_at": before.isoformat(),
        "old_ends_at": (before + timedelta(hours=2)).isoformat(),
        "standing": "applied",
        "first_day": begins.date().isoformat(),
        "last_day": (begins + timedelta(days=5)).date().isoformat(),
        "until": (begins - timedelta(days=2)).isoformat(),
    }
    return facts | ({"arrived_at": begins.isoformat()} if kind is MessageKind.DISPUTE_ANSWERED else {})
