"""What a certificate says, put into the words that are printed. Always Chinese: the paper goes to Chinese offices."""

from datetime import date

from app.certificates.models import Certificate
from app.certificates.rendering import CertificateFacts
from app.core.links import scannable

SCHOOL_NOTICE = "本证明仅记录参与情况，不作为中小学招生入学依据"


def facts_of(certificate: Certificate) -> CertificateFacts:
    """Return what is printed, from the frozen row alone."""
    return CertificateFacts(
        number=certificate.number,
        person_name=certificate.person_name,
        event_title=f"“{certificate.event_title}”",
        host_name=certificate.host_name,
        took_part_on=_days(certificate.from_on, certificate.until_on),
        issued_on=_day(certificate.issued_on),
        verify_url=scannable("certificates.verify", code=certificate.code),
        code=certificate.code,
        body=f"参加了由{certificate.host_name}主办的活动",
        foot=SCHOOL_NOTICE if certificate.with_school_notice else None,
    )


def _days(first: date, last: date) -> str:
    if first == last:
        return _day(first)
    return f"{_day(first)}至{last.month}月{last.day}日" if first.year == last.year else f"{_day(first)}至{_day(last)}"


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
