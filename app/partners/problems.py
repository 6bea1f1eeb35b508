"""Why something cannot be done by a partner's link, or with one."""

from flask_babel import lazy_gettext as _l

from app.core.problems import Problem


class PartnerLinkOver(Problem):
    """Unknown, closed, or past its end."""

    code = "partner_link_over"
    words = _l("This link does not work any more.")
    advice = _l("Ask the host for a new one.")


class OwnSide(Problem):
    """The host looks after its own people."""

    code = "own_side"
    words = _l("This is your own side. A link is for a partner.")


class LinkEndsTooSoon(Problem):
    """Over before it begins."""

    code = "link_ends_too_soon"
    words = _l("This day is over already.")
    field = "ends_on"


class LinkEndsTooLate(Problem):
    """Longer than anybody needs it."""

    code = "link_ends_too_late"
    words = _l("At the latest %(latest)s: 90 days after the programme nobody needs the link any more.")
    field = "ends_on"


class NothingToEnter(Problem):
    """Every line was left out."""

    code = "nothing_to_enter"
    words = _l("There is nobody to enter in this list.")


class LinesOpen(Problem):
    """Something in the list has to be mended first."""

    code = "lines_open"
    words = _l("Some lines still have to be mended.")


class SheetMissing(Problem):
    """Nothing stamped to compare with."""

    code = "sheet_missing"
    words = _l("The partner has not sent the stamped summary yet.")
    advice = _l("Without it there is nothing to compare with. Ask the partner to print, stamp and upload it.")


class NobodyTicked(Problem):
    """Nothing was chosen."""

    code = "nobody_ticked"
    words = _l("Please tick at least one person.")


class ParentUnknown(Problem):
    """Whose paper it is has to be known."""

    code = "parent_unknown"
    words = _l("No parent is named in the list for %(name)s. Please write that paper down by itself.")
