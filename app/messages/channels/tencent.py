"""Text messages through Tencent Cloud, with approved templates; its library is in `requirements-sms.txt`.

An error in the answer means that nothing was sent, but for those of its own insides, where nobody can know.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from app.messages.channels.carrier import Away, Letter, Refused, Unavailable, Undelivered, Unknown
from app.messages.troubles import Trouble
from config import TencentSettings

_REGION = "ap-guangzhou"
_REFUSED = {
    "FailedOperation.PhoneNumberInBlacklist": Trouble.BLOCKED,
    "FailedOperation.PhoneNumberParseFail": Trouble.NO_SUCH_ADDRESS,
    "InvalidParameterValue.IncorrectPhoneNumber": Trouble.NO_SUCH_ADDRESS,
    "FailedOperation.ContainSensitiveWord": Trouble.REFUSED,
    "InvalidParameter.DirtyWordFound": Trouble.REFUSED,
    "InvalidParameterValue.ContentLengthLimit": Trouble.REFUSED,
    "InvalidParameterValue.TemplateParameterFormatError": Trouble.REFUSED,
    "InvalidParameterValue.TemplateParameterLengthLimit": Trouble.REFUSED,
    "InvalidParameterValue.ProhibitedUseUrlInTemplateParameter": Trouble.REFUSED,
}
_ONE_NUMBER = "LimitExceeded.PhoneNumber"  # too many to this one
_EVERYTHING = ("LimitExceeded", "RequestLimitExceeded", "AuthFailure", "UnauthorizedOperation")
_CONTRACT = ("FailedOperation.InsufficientBalance", "FailedOperation.Signature", "FailedOperation.Template")
_INSIDE = ("InternalError", "ServerNetworkError")


class Tencent:
    """The contract with Tencent Cloud."""

    pause = 0.0

    def __init__(self, settings: TencentSettings, timeout: float, server: str = "", protocol: str = "https") -> None:
        """Make a client of the optional library, which `config` has looked for; ``server`` is another endpoint."""
        from tencentcloud.common.credential import Credential
        from tencentcloud.common.profile.client_profile import ClientProfile
        from tencentcloud.common.profile.http_profile import HttpProfile
        from tencentcloud.sms.v20210111 import models, sms_client

        self.settings, self._models = settings, models
        http = HttpProfile(protocol, server or None, reqTimeout=timeout)
        credential = Credential(settings.secret_id, settings.secret_key)
        self._client = sms_client.SmsClient(credential, _REGION, ClientProfile(httpProfile=http))

    def carries(self, kind: str) -> bool:
        """Return whether there is an approved template for this kind."""
        return kind in self.settings.templates

    @contextmanager
    def line(self) -> Iterator["Tencent"]:
        """Open nothing: each letter is a request of its own."""
        yield self

    def send(self, letter: Letter) -> str:
        """Ask for one text message; its template gets the code and its minutes, how the link ends, or the subject."""
        from tencentcloud.common.exception import TencentCloudSDKException

        try:
            answer = self._client.SendSms(self._request(letter))
        except TencentCloudSDKException as error:
            raise _failure(error) from error
        if not answer.SendStatusSet:
            raise Unknown(Trouble.UNKNOWN, "an answer without a status")
        (status,) = answer.SendStatusSet
        if status.Code != "Ok":
            raise _meaning(status.Code, status.Message)
        return str(status.SerialNo)

    def _request(self, letter: Letter) -> Any:
        request = self._models.SendSmsRequest()
        request.PhoneNumberSet = [letter.address if letter.address.startswith("+") else f"+86{letter.address}"]
        request.SmsSdkAppId = self.settings.app_id
        request.SignName = self.settings.sign_name
        request.TemplateId = self.settings.templates[letter.kind]
        request.TemplateParamSet = _parameters(letter)
        request.SessionContext = letter.key
        return request


def _parameters(letter: Letter) -> list[str]:
    if letter.code:
        return [letter.code, str(letter.minutes)]
    return [letter.tail] if letter.tail else [letter.subject]


def _failure(error: Any) -> Undelivered:
    """Return what an exception of the library means; what it hides in itself says whether there was a connection."""
    if "." in (error.code or "") or error.code in _EVERYTHING:
        return _meaning(error.code, error.message)
    was_connected = not _never_connected(error.__context__)
    return (Unknown if was_connected else Away)(
        Trouble.UNKNOWN if was_connected else Trouble.AWAY, f"{error.code}: {type(error.__context__).__name__}"
    )


def _never_connected(cause: BaseException | None) -> bool:
    from requests.exceptions import ConnectionError as NoConnection
    from requests.exceptions import ConnectTimeout
    from urllib3.exceptions import NewConnectionError

    if isinstance(cause, ConnectTimeout):
        return True
    reason = getattr(cause.args[0], "reason", None) if isinstance(cause, NoConnection) and cause.args else None
    return isinstance(reason, NewConnectionError)


def _meaning(code: str, message: str) -> Undelivered:
    said = f"{code}: {message}"
    if code in _REFUSED:
        return Refused(_REFUSED[code], said)
    if code.startswith("UnsupportedOperation"):
        return Refused(Trouble.NOT_POSSIBLE, said)
    if code.startswith(_INSIDE):
        return Unknown(Trouble.UNKNOWN, said)
    if code.startswith(_ONE_NUMBER):
        return Unavailable(Trouble.BUSY, said)
    return Away(Trouble.BUSY, said) if code.startswith(_EVERYTHING + _CONTRACT) else Unavailable(Trouble.BUSY, said)
