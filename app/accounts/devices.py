"""What a device is called, from what its browser says about itself: enough to know one's own phone again."""

from flask_babel import gettext as _

_SYSTEMS = (  # the first that is in the text
    ("harmony", "HarmonyOS"),
    ("harmony", "OpenHarmony"),
    ("android", "Android"),
    ("iphone", "iPhone"),
    ("ipad", "iPad"),
    ("windows", "Windows"),
    ("mac", "Mac OS X"),
    ("linux", "Linux"),
)
_BROWSERS = (
    ("wechat", "MicroMessenger"),
    ("wecom", "wxwork"),
    ("dingtalk", "DingTalk"),
    ("qq", "QQBrowser"),
    ("edge", "Edg"),
    ("firefox", "Firefox"),
    ("firefox", "FxiOS"),
    ("chrome", "CriOS"),
    ("chrome", "Chrome"),
    ("safari", "Safari"),
)


def device_of(user_agent: str) -> str:
    """Return system and browser as two words that are stored, such as ``android wechat``; "other" for what is new."""
    system = next((word for word, sign in _SYSTEMS if sign in user_agent), "other")
    browser = next((word for word, sign in _BROWSERS if sign in user_agent), "other")
    return f"{system} {browser}"


def device_words(device: str) -> str:
    """Return the same as people say it: Android 手机 · 微信."""
    systems = {
        "harmony": _("HarmonyOS phone"),
        "android": _("Android phone"),
        "iphone": "iPhone",
        "ipad": "iPad",
        "windows": _("Windows computer"),
        "mac": _("Mac computer"),
        "linux": _("Linux computer"),
        "other": _("Some device"),
    }
    browsers = {
        "wechat": _("WeChat"),
        "wecom": _("WeCom"),
        "dingtalk": _("DingTalk"),
        "qq": _("QQ Browser"),
        "edge": "Edge",
        "firefox": "Firefox",
        "chrome": "Chrome",
        "safari": "Safari",
        "other": _("some browser"),
    }
    system, _sign, browser = device.partition(" ")
    return f"{systems[system]} · {browsers[browser]}"
