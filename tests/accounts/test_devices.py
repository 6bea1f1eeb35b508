"""What a device is called."""

import pytest
from flask import Flask

from app.accounts.devices import device_of, device_words

AGENTS = {
    "Mozilla/5.0 (Linux; Android 13) Chrome/111.0 Mobile Safari/537.36 MicroMessenger/8.0": "Android 手机 · 微信",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 16_6 like Mac OS X) MicroMessenger/8.0.42": "iPhone · 微信",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 16_6 like Mac OS X) Version/16.6 Mobile Safari/604.1": "iPhone · Safari",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/120.0 Safari/537.36 Edg/120.0": "Windows 电脑 · Edge",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/17.1 Safari/605.1.15": "Mac 电脑 · Safari",
    "Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36 Chrome/114.0 ArkWeb/4.1": "鸿蒙手机 · Chrome",
    "Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Gecko/20100101 Firefox/120.0": "Linux 电脑 · Firefox",
    "curl/8.0": "其他设备 · 其他浏览器",
    "": "其他设备 · 其他浏览器",
}


@pytest.mark.parametrize("engine", ["sqlite"])
@pytest.mark.parametrize("agent", AGENTS)
def test_a_device_is_called_what_people_call_it(app: Flask, agent: str) -> None:
    with app.test_request_context():
        assert device_words(device_of(agent)) == AGENTS[agent]


def test_what_is_stored_is_two_words_of_ours_and_nothing_a_browser_said() -> None:
    assert device_of("<script>" * 99) == "other other"
