"""What the channels have done in the background: a worker that is here has read what does it."""

from datetime import timedelta

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.core.job_words import Telling, tell
from app.core.jobs import job
from app.core.schedules import schedule
from app.messages.delivering import SEND, SEND_MANY, deliver
from app.messages.picking_up import HANDED_ON, PICK_UP, pick_up_all
from app.messages.posting import send_off
from app.messages.sending import DELIVER
from app.messages.troubles import TROUBLE_WORDS

job(DELIVER)(deliver)
job(SEND)(send_off)
job(SEND_MANY, is_long=True)(send_off)  # a mail server that hangs holds up thousands, but nothing urgent
job(PICK_UP)(pick_up_all)
schedule(PICK_UP, every=timedelta(minutes=5))

_ERRORS: dict[str, LazyString] = {
    HANDED_ON: _l("Other jobs send what was left of it."),
    **{str(one): words for one, words in TROUBLE_WORDS.items()},
}
tell(DELIVER, Telling(_l("Messages: who gets them by e-mail or text message")))
tell(SEND, Telling(_l("Messages: sending by e-mail or text message"), errors=_ERRORS))
tell(SEND_MANY, Telling(_l("Messages: sending many by e-mail or text message"), errors=_ERRORS))
tell(PICK_UP, Telling(_l("Messages: picking up what was left behind")))
