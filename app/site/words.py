"""What the public texts are called, and how their history is told."""

from flask_babel import lazy_gettext as _l

from app.core.changes import Vocabulary
from app.site.models import TextKey

TITLES = {
    TextKey.PRIVACY: _l("Privacy policy"),
    TextKey.TERMS: _l("User agreement"),
    TextKey.NOTICE: _l("For participants of 14 and over"),
    TextKey.ABOUT: _l("About and contact"),
}

TEXT_VOCABULARY = Vocabulary(
    happened={
        "rewritten": _l("Rewritten"),
        "reviewed": _l("Reviewed and confirmed"),
        "restored": _l("Put back to the text that comes with the program"),
    }
)

SITE_VOCABULARY = Vocabulary(
    happened={"file_added": _l("File %(name)s added"), "file_deleted": _l("File %(name)s deleted")},
    fields={
        "name": _l("Name of the operator"),
        "contact": _l("How to reach the operator"),
        "icp_number": _l("ICP filing number"),
        "police_number": _l("Public security filing number"),
    },
)
