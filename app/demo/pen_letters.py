"""Open letters between last summer's pairs in the demo county: the young person whose sign-in is printed has one to
read and one half written, and another waits for the teacher."""

from datetime import datetime, timedelta

from app.core.clock import local_day
from app.demo.exchange_desk import DAY, ExchangeDesk
from app.demo.pen_pals import accept_all, account_of, keep_journal, of_school, pairs_of, part_some, share_ways
from app.pairing.journal.operations import Group
from app.pairing.letters import writing
from app.pairing.letters.handing import hand_on
from app.pairing.letters.readers import Checked, name_reader, settle
from app.pairing.models import Pair, PairingRound
from app.people.models import Person

_SILENT_DAYS = 45
_FIRST = (
    "你好！\n\n我是清溪的晓雨，夏令营回来以后，我把我们一起做的纸灯挂在了窗边，晚上一开灯，墙上就有一条小河。\n\n"
    "开学以后作业很多，不过每周三下午我还是去图书馆。你们那边天冷了吗？苹果是不是都摘完了？\n\n"
    "等你回信。\n晓雨"
)
_REPLY = (
    "晓雨，你好！\n\n收到你的信那天正好下第一场雪。苹果早就摘完了，爷爷留了一筐最甜的，说等你来吃。\n\n"
    "我把古道上拍的照片洗出来，贴在了课桌里。同桌问这是哪里，我说，是我好朋友的家乡。\n\n"
    "下次我教你说几句维吾尔语吧：“亚克西木斯孜”就是“你好”。\n\n祝你考试顺利！"
)
_DRAFT = "亚克西木斯孜！\n\n你看，我已经会写了。我们这里还没有下雪，不过早上的河面起了雾……"
_WAITING = (
    "你好！\n\n好久没有你的消息了，你最近好吗？我们班排了一个话剧，我演一棵会说话的树，台词一共三句。\n\n"
    "要是写信太慢，你可以加我微信，我们视频聊聊吧。"
)


def name_teachers(desk: ExchangeDesk, made: PairingRound, at: datetime) -> None:
    """Say who hands letters on, and to whom one turns."""
    settle(made.id, desk.by, _SILENT_DAYS, by=desk.by, at=at)
    checked = Checked(local_day(at - 20 * DAY), "学校办公室")
    for key in ("first", "experimental"):
        group = Group(0, desk.units[key].organisation.name)
        name_reader(made.id, group, desk.working[key], checked, by=desk.by, at=at)
    name_reader(made.id, Group(1), desk.colleague, checked, by=desk.by, at=at)


def write_to_each_other(desk: ExchangeDesk, pair: Pair, at: datetime) -> None:
    """Let the young person write, read an answer, and begin the next letter."""
    young, partner = pair.members
    own = account_of(young) or desk.by
    teacher = desk.working["first"]
    first = writing.hand_in(young.id, partner.id, _FIRST, by=own, at=at - 34 * DAY)
    hand_on(first.id, by=teacher, at=at - 33 * DAY)
    reply = writing.hand_in(partner.id, young.id, _REPLY, by=desk.colleague, at=at - 8 * DAY)
    hand_on(reply.id, by=desk.colleague, at=at - 7 * DAY)
    writing.keep(young.id, partner.id, _DRAFT, by=own, at=at - DAY)


def wait_for_the_teacher(desk: ExchangeDesk, pair: Pair, at: datetime) -> None:
    """Let a pupil have given a letter to the teacher, in which there is something to look at."""
    writer, partner = pair.members
    by = account_of(writer) or desk.working["first"]
    writing.hand_in(writer.id, partner.id, _WAITING, by=by, at=at - timedelta(hours=20))


def look_after(desk: ExchangeDesk, made: PairingRound, young: Person, at: datetime) -> None:
    """Let all of it happen since the pairs were published."""
    accept_all(desk, made, at - 109 * DAY)
    name_teachers(desk, made, at - 105 * DAY)
    pairs = pairs_of(made)
    first = sorted(of_school(desk, pairs, "first"), key=lambda pair: pair.members[0].person_id != young.id)
    share_ways(desk, first[:2], at - 70 * DAY)
    keep_journal(desk, made, first[:-1], at)
    write_to_each_other(desk, first[0], at)
    part_some(desk, of_school(desk, pairs, "experimental"), at)
    wait_for_the_teacher(desk, first[1], at)
