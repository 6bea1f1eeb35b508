"""The demo county's ten events, one of them going on now."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from app.core.clock import SHANGHAI, end_of_day, local_day, start_of_day
from app.events.models import SlotForm
from app.events.planning import EventWords, SlotPlan
from app.programmes.kinds import ProgrammeKind


@dataclass(frozen=True)
class Idea:
    """One event to be: its words, days from today, and its slots as (title, form, from, to, places, ages)."""

    host: int
    words: EventWords
    day: int
    slots: tuple[tuple[str, SlotForm, str, str, int, int, int], ...]
    is_draft: bool = False
    cancel_reason: str | None = None


_IN, _ON = SlotForm.SESSION, SlotForm.SHIFT
_OFFICE = "县青少年交流中心 苏老师 0577-6200 1188"
_PALACE = "县青少年宫 单老师 0577-6200 2266"


def _words(title: str, kind: ProgrammeKind, place: str, summary: str, contact: str = _OFFICE) -> EventWords:
    return EventWords(title=title, kind=kind, summary=summary, place=place, contact=contact)


IDEAS = (
    Idea(
        0,
        _words(
            "清溪古镇青年文化交流日",
            ProgrammeKind.THEME,
            "清溪古镇游客中心",
            "听老匠人讲古桥的故事，再和结对地区的同学一起做一把纸伞带回家。\n请带水杯，茶点由主办方准备。",
        ),
        0,
        (("文化体验", _IN, "now-2", "now+4", 60, 10, 19), ("志愿讲解", _ON, "now-2", "now+4", 24, 14, 30)),
    ),
    Idea(
        0,
        _words(
            "周末一起去种树",
            ProgrammeKind.VOLUNTEERING,
            "清溪湿地公园东门",
            "两小时，种下三百棵香樟苗。工具和手套现场领取。\n请穿耐脏的鞋子。",
        ),
        6,
        (("上午班", _ON, "08:30", "10:30", 40, 14, 40), ("下午班", _ON, "14:00", "16:00", 40, 14, 40)),
    ),
    Idea(
        0,
        _words(
            "清溪—阿克苏手拉手见面会",
            ProgrammeKind.PAIRING,
            "县青少年宫报告厅",
            "和来自阿克苏的同学第一次见面：互赠明信片，一起包饺子，约好下一封信。",
        ),
        9,
        (("见面会", _IN, "14:00", "17:00", 100, 10, 18),),
    ),
    Idea(
        0,
        _words(
            "青绿山水研学营",
            ProgrammeKind.PRACTICE,
            "雁荡山地质博物馆",
            "三天两夜，看火山岩怎样长成山。每十五人配一名领队老师。",
        ),
        20,
        (("研学营", _IN, "08:00", "+2 17:00", 60, 12, 18),),
    ),
    Idea(
        1,
        _words(
            "周三书法公益课",
            ProgrammeKind.SERIES,
            "青年之家二楼",
            "笔墨纸砚现场都有，零基础可以来。",
            _PALACE,
        ),
        3,
        (("第一课", _IN, "18:30", "20:00", 24, 8, 35), ("第二课", _IN, "+7 18:30", "+7 20:00", 24, 8, 35)),
    ),
    Idea(
        1,
        _words(
            "到草原去：锡林郭勒互访周",
            ProgrammeKind.VISIT,
            "锡林浩特市第二中学",
            "七天六夜，住在同学家里。",
            _PALACE,
        ),
        45,
        (("互访", _IN, "07:00", "+6 20:00", 60, 13, 18),),
    ),
    Idea(
        1,
        _words(
            "图书馆整理志愿服务",
            ProgrammeKind.VOLUNTEERING,
            "县图书馆少儿部",
            "把还回来的书送回家。",
            _PALACE,
        ),
        2,
        (("周末班", _ON, "09:00", "11:30", 12, 14, 30),),
    ),
    Idea(
        0,
        _words("重阳陪伴日", ProgrammeKind.VOLUNTEERING, "夕阳红颐养院", "陪老人下棋、读报、拍一张合影。"),
        -30,
        (("陪伴", _ON, "09:00", "11:00", 30, 14, 30),),
    ),
    Idea(
        1,
        _words("滨江夜跑交流会", ProgrammeKind.THEME, "滨江公园北广场", "五公里，跑完一起喝热豆浆。", _PALACE),
        5,
        (("夜跑", _IN, "19:00", "20:30", 50, 14, 35),),
        cancel_reason="气象台发布大风预警，改期另行通知。",
    ),
    Idea(
        0,
        _words("寒假城乡互访（筹备中）", ProgrammeKind.VISIT, "待定", "行程与名额正在与结对地区商定。"),
        60,
        (("互访", _IN, "09:00", "+3 17:00", 40, 12, 18),),
        is_draft=True,
    ),
)


def plans(idea: Idea, at: datetime) -> list[SlotPlan]:
    """Return the slots of an idea, with sign-up open from a month before today until the slot begins."""
    opens = at - timedelta(days=60)
    return [
        SlotPlan(
            title=title,
            form=form,
            starts_at=_moment(idea.day, begins, at),
            ends_at=_moment(idea.day, ends, at),
            place="",
            capacity=places,
            min_age=youngest,
            max_age=oldest,
            opens_at=opens,
            closes_at=_moment(idea.day, ends, at) if begins.startswith("now") else _moment(idea.day, begins, at),
        )
        for title, form, begins, ends, places, youngest, oldest in idea.slots
    ]


def _moment(days: int, text: str, at: datetime) -> datetime:
    if text.startswith("now"):
        moment = at.replace(minute=0, second=0, microsecond=0) + timedelta(hours=int(text.removeprefix("now")))
        last = end_of_day(local_day(at)) - timedelta(minutes=1)
        return min(max(moment, start_of_day(local_day(at))), last)
    later, _, clock = text.rpartition(" ")
    day = local_day(at) + timedelta(days=days + int(later or 0))
    return datetime.combine(day, time.fromisoformat(clock), SHANGHAI)
