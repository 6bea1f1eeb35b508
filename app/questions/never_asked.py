"""What no question may ask for: ethnicity, religion, numbers of papers."""

import re

# 民族 is also in dance, dress, music and the names of schools, which one may well ask about
_ETHNICITY = r"(?:什么|哪个|何)民?族|民族(?![舞服乐器歌音风团英文工特小中大学村乡镇饮食美传])|族别|族裔|ethnic\w*"
_RELIGION = r"宗教|信仰|教派|信什么教|信教|religio\w*|\bfaith\b"
_PAPERS = (
    r"身份证|身份号码|证件号|证件照|证件复印|护照|通行证|户口[本簿]|社保[卡号]|"
    r"\bid (?:card|number|no)\b|identity (?:card|number)|national id|passport"
)
_NEVER = re.compile(f"{_ETHNICITY}|{_RELIGION}|{_PAPERS}", re.IGNORECASE)


def never_asked_in(text: str) -> str:
    """Return the word in a text that is never asked for, or ""."""
    found = _NEVER.search("".join(text.split()) if not text.isascii() else text)
    return found[0] if found else ""
