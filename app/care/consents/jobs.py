"""What goes out to guardians in the background."""

from datetime import timedelta

from flask_babel import lazy_gettext as _l

from app.care.consents import informing, texting
from app.care.consents.codes import SEND_CODE, digits_of
from app.care.consents.models import GuardianCode, GuardianLink
from app.core.clock import now
from app.core.db import db
from app.core.job_words import Telling, tell
from app.core.jobs import job
from app.core.languages import CHINESE
from app.core.schedules import schedule
from app.core.working import TryAgain, Work
from app.messages import proofs
from app.messages.channels.carrier import Letter, Refused, Unknown
from app.messages.channels.switchboard import carrier_of
from app.messages.models import Channel
from app.messages.quiet import leaves_at

TEXT = "care.text_guardians"


@job(SEND_CODE)
def send_code(work: Work) -> None:
    """Send a code while it counts; one that may have gone out is not sent again: the guardian asks for another."""
    code = db.session.get(GuardianCode, work.payload["code"])
    carrier = carrier_of(Channel.SMS)
    if code is None or carrier is None or now() >= code.ends_at:
        return
    letter = _letter(code)
    db.session.rollback()
    try:
        with carrier.line() as line:
            line.send(letter)
    except (Refused, Unknown):
        return


@job(TEXT)
def text_guardians(work: Work) -> None:
    """Look whose guardian is to be told by a text message, where any go out and nobody sleeps."""
    at, carrier = now(), carrier_of(Channel.SMS)
    if carrier is None or leaves_at(at) > at:
        return
    for registration_id in texting.whom_to_text(at):
        work.write(texting.text_guardian, registration_id, at=at)
    if carrier.carries(informing.KIND):
        for registration_id in informing.whom_to_inform(at):
            work.write(informing.inform_guardian, registration_id, at=at)


@job(texting.SEND_LINK)
def send_link(work: Work) -> None:
    """Send a guardian the link; one that may have gone out is not sent again: the minor can forward it, too."""
    link = db.session.get(GuardianLink, work.payload["link"])
    _send_by_day(texting.letter_with(link, now()) if link else None)


@job(informing.SEND_NEWS)
def send_news(work: Work) -> None:
    """Tell a guardian who did not have to agree; what may have gone out is not sent again: it is no question."""
    _send_by_day(informing.news_for(work.payload["registration"], work.payload["guardian"]))


def _send_by_day(letter: Letter | None) -> None:
    at, carrier = now(), carrier_of(Channel.SMS)
    if letter is None or carrier is None or not carrier.carries(letter.kind):
        return
    if leaves_at(at) > at:
        raise TryAgain("quiet hours", leaves_at(at))
    db.session.rollback()
    try:
        with carrier.line() as line:
            line.send(letter)
    except (Refused, Unknown):
        return


def _letter(code: GuardianCode) -> Letter:
    contact, digits = code.guardian.contact, digits_of(code)
    subject, body = proofs.words_of(digits, CHINESE)
    return Letter(
        key=f"guardian-code-{code.id}",
        address=(contact.phone or "") if contact else "",
        name=contact.name if contact else "",
        kind=proofs.PROOF,
        language=CHINESE,
        subject=subject,
        body=body,
        code=digits,
        minutes=proofs.MINUTES,
    )


tell(SEND_CODE, Telling(_l("Codes for guardians")))
tell(texting.SEND_LINK, Telling(_l("Links for guardians")))
tell(informing.SEND_NEWS, Telling(_l("News for guardians")))
tell(TEXT, Telling(_l("Guardians to be told")))
schedule(TEXT, every=timedelta(minutes=5))
