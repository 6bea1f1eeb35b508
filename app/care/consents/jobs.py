"""What goes out to guardians in the background."""

from flask_babel import lazy_gettext as _l

from app.care.consents.codes import SEND_CODE, digits_of
from app.care.consents.models import GuardianCode
from app.core.clock import now
from app.core.db import db
from app.core.job_words import Telling, tell
from app.core.jobs import job
from app.core.languages import CHINESE
from app.core.working import Work
from app.messages import proofs
from app.messages.channels.carrier import Letter, Refused, Unknown
from app.messages.channels.switchboard import carrier_of
from app.messages.models import Channel


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
