"""What host families and their history are called."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.core.changes import Vocabulary
from app.programmes.host_families.models import Guests

GUESTS: dict[Guests, LazyString] = {
    Guests.GIRLS: _l("girls"),
    Guests.BOYS: _l("boys"),
    Guests.ANY: _l("girls or boys"),
}
VOCABULARY = Vocabulary(
    happened={
        "entered": _l("Entered"),
        "edited": _l("Changed; an approval of before counts no more"),
        "approved": _l("Approved"),
        "approval_withdrawn": _l("Approval taken back"),
        "placed": _l("A guest placed"),
        "placement_ended": _l("A placement ended"),
    }
)
