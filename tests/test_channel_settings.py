"""The settings of the channels: what they switch on, and what stops a start."""

import json
from pathlib import Path

import pytest

from config import ChannelSettings, MailSettings, SettingsError, channels_from, from_environment

SENDER = {"MAIL_FROM": "同行青年 <noreply@example.cn>"}
TENCENT = {
    "SMS": "tencent",
    "TENCENT_SECRET_ID": "id",
    "TENCENT_SECRET_KEY": "key",
    "SMS_SDK_APP_ID": "1400",
    "SMS_SIGN_NAME": "同行青年",
    "SMS_TEMPLATE_IDS": json.dumps({"proof": 1234, "cancelled": "1235"}),
}


def started(**environ: str) -> ChannelSettings:
    """Return the channels of a start in an environment."""
    return from_environment({"TONGXING_ENV": "test", "DATA": "/nowhere", "SECRET_KEY": "x"} | environ).channels


def test_nothing_configured_is_no_channel() -> None:
    assert channels_from({}) == ChannelSettings()
    assert ChannelSettings().switched_on == ()


@pytest.mark.parametrize(
    ("url", "meant"),
    [
        ("smtp://mail.example.cn", ("mail.example.cn", 25, "", "", "")),
        ("smtp://mail.example.cn?starttls=1", ("mail.example.cn", 587, "", "", "starttls")),
        ("smtp://us:p%40ss@mail.example.cn:2525?starttls=1", ("mail.example.cn", 2525, "us", "p@ss", "starttls")),
        (
            "smtps://us%40a.cn:pw@mail.example.cn",
            ("mail.example.cn", 465, "us@a.cn", "pw", "from the start"),
        ),
        ("smtp://us:pw@127.0.0.1:1025", ("127.0.0.1", 1025, "us", "pw", "")),
    ],
)
def test_an_address_says_how_mail_leaves(url: str, meant: tuple[str, int, str, str, str]) -> None:
    host, port, user, password, tls = meant
    settings = started(SMTP_URL=url, **SENDER)
    assert settings.mail == MailSettings(host, port, SENDER["MAIL_FROM"], user, password, tls)
    assert settings.switched_on == ("email",)
    assert password not in repr(settings) or not password


def test_sms_has_a_console_to_try_it_with_and_a_contract() -> None:
    assert started(SMS="console").switched_on == ("sms",)
    contract = started(**TENCENT).tencent
    assert contract
    assert contract.templates == {"proof": "1234", "cancelled": "1235"}


@pytest.mark.parametrize(
    ("environ", "words"),
    [
        ({"SMTP_URL": "smtp://mail.example.cn"}, "MAIL_FROM"),
        ({"SMTP_URL": "smtp://mail.example.cn", "MAIL_FROM": "同行青年"}, "MAIL_FROM"),
        ({"SMTP_URL": "smtp://mail.example.cn", "MAIL_FROM": "a@b.cn\r\nBcc: c@d.cn"}, "MAIL_FROM"),
        ({"SMTP_URL": "mail.example.cn", **SENDER}, "smtp://"),
        ({"SMTP_URL": "smtp://mail.example.cn:post", **SENDER}, "no address"),
        ({"SMTP_URL": "smtp://us:pw@mail.example.cn", **SENDER}, "in the clear"),
        ({"SMS": "pigeon"}, "console, tencent"),
        ({"SMS": "tencent"}, "TENCENT_SECRET_ID, TENCENT_SECRET_KEY"),
        ({**TENCENT, "SMS_TEMPLATE_IDS": "1234"}, "must be JSON"),
        ({**TENCENT, "SMS_TEMPLATE_IDS": "{"}, "must be JSON"),
        ({"CHANNEL_TIMEOUT": "0"}, "CHANNEL_TIMEOUT"),
        ({"MAILS_PER_SECOND": "many"}, "MAILS_PER_SECOND"),
    ],
)
def test_what_cannot_work_stops_the_start_with_a_sentence(environ: dict[str, str], words: str) -> None:
    with pytest.raises(SettingsError, match=words):
        started(**environ)


def test_production_reads_them_too(tmp_path: Path) -> None:
    production = {"DATA": str(tmp_path), "SECRET_KEY": "x" * 32, "PUBLIC_URL": "https://tongxing.example"}
    assert from_environment({**production, "MAILS_PER_SECOND": "5"}).channels.mails_per_second == 5
    with pytest.raises(SettingsError, match="SMS=console"):
        from_environment({**production, "SMS": "console"})


def test_without_the_library_of_the_provider_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("config.find_spec", lambda _name: None)
    with pytest.raises(SettingsError, match="pip install -r requirements-sms"):
        started(**TENCENT)
