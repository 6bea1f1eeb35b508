"""What may be told to a group; who is in the group is read by `group.read_group`."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField

from app.announcements.operations import Words
from app.core.fields import LineField, TextField
from app.core.forms import Form, at_most, required


class AnnouncementForm(Form):
    """The words of an announcement, and whether it is urgent."""

    subject = LineField(_l("In a few words"), [required(), at_most(40)])
    body = TextField(_l("What people should know"), [required(), at_most(600)], rows=6)
    is_urgent = BooleanField(_l("Urgent: it is about safety, or something is called off"))

    def words(self) -> Words:
        """Return what was typed."""
        return Words(self.subject.data, self.body.data, self.is_urgent.data)
