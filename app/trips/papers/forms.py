"""What is typed around the lists of a trip."""

from flask_babel import lazy_gettext as _l

from app.core.fields import LineField
from app.core.forms import Form, at_most, required
from app.trips.papers.printing import Contacts
from app.trips.papers.words import CONTACT_WORDS


class NumbersForm(Form):
    """What for somebody takes the numbers of documents out: it goes into the access log."""

    purpose = LineField(_l("What do you need it for?"), [required(), at_most(120)])


class ContactsForm(Form):
    """What stands on the emergency card besides people."""

    on_duty = LineField(CONTACT_WORDS["on_duty"], [at_most(120)])
    protection = LineField(CONTACT_WORDS["protection"], [at_most(120)])
    hospital = LineField(CONTACT_WORDS["hospital"], [at_most(120)])
    insurance = LineField(CONTACT_WORDS["insurance"], [at_most(160)])

    def contacts(self) -> Contacts:
        """Return what was typed."""
        return Contacts(self.on_duty.data, self.protection.data, self.hospital.data, self.insurance.data)
