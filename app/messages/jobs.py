"""What the channels have done in the background: a worker that is here has read what does it."""

from flask_babel import lazy_gettext as _l

from app.core.job_words import Telling, tell
from app.core.jobs import job
from app.messages.delivering import SEND, SEND_MANY, deliver
from app.messages.posting import send_off
from app.messages.sending import DELIVER

job(DELIVER)(deliver)
job(SEND)(send_off)
job(SEND_MANY, is_long=True)(send_off)  # a mail server that hangs holds up thousands, but nothing urgent

tell(DELIVER, Telling(_l("Messages: who gets them by e-mail or text message")))
tell(SEND, Telling(_l("Messages: sending by e-mail or text message")))
tell(SEND_MANY, Telling(_l("Messages: sending many by e-mail or text message")))
