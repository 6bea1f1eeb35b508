"""Which channels are switched on, and what carries their letters."""

from datetime import datetime

from flask import current_app

from app.messages.channels.carrier import Carrier
from app.messages.models import Channel
from config import ChannelSettings


def channels_on() -> tuple[Channel, ...]:
    """Return the channels that are switched on by configuration."""
    return tuple(Channel(name) for name in current_app.config["CHANNELS"])


def carrier_of(channel: Channel) -> Carrier | None:
    """Return what carries a channel's letters, made when first asked for; None when the channel is not switched on."""
    if channel not in current_app.config["CHANNELS"]:
        return None
    carriers: dict[Channel, Carrier] = current_app.extensions.setdefault("carriers", {})
    if channel not in carriers:
        carriers[channel] = _made(channel, current_app.config["CHANNEL_SETTINGS"])
    return carriers[channel]


def away_until(channel: Channel) -> datetime | None:
    """Return until when this process leaves a channel alone that could not be reached just now."""
    until: datetime | None = current_app.extensions.get("channels_away", {}).get(channel)
    return until


def leave_alone(channel: Channel, until: datetime) -> None:
    """Try a channel no more for a while: nobody else need wait for it in vain."""
    current_app.extensions.setdefault("channels_away", {})[channel] = until


def _made(channel: Channel, settings: ChannelSettings) -> Carrier:
    if channel is Channel.EMAIL and settings.mail:
        from app.messages.channels.smtp import Smtp

        return Smtp(settings.mail, settings.timeout, 1 / settings.mails_per_second)
    if settings.sms == "tencent" and settings.tencent:
        from app.messages.channels.tencent import Tencent

        return Tencent(settings.tencent, settings.timeout)
    from app.messages.channels.console import Console

    return Console()
