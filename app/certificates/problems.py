"""Why a certificate cannot be drawn or revoked."""

from flask_babel import lazy_gettext as _l

from app.core.problems import Problem


class CannotDraw(Problem):
    """The machine lacks fonts or libraries; the certificate itself stands."""

    code = "cannot_draw"
    words = _l("This server cannot draw certificates yet: %(missing)s. The certificate itself is valid.")
    status = 503


class CertificateVoid(Problem):
    """A paper that no longer stands is not handed out any more."""

    code = "certificate_void"
    words = _l("This certificate was declared void: %(reason)s")


class NoCode(Problem):
    """What was typed is no code; most often it is the number, which stands on top of the paper."""

    code = "no_code"
    words = _l("The code has 16 letters and digits and stands below the QR code; it is not the number (TX…).")
    field = "code"
