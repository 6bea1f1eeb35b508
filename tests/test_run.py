"""`bin/run` greets, serves, keeps data, and refuses a taken port in plain words; `bin/demo` makes the county anew."""

import socket
import subprocess
from pathlib import Path
from urllib.request import urlopen

from app.demo.sign_ins import EVERYBODY, PASSWORD
from tests.servers import free_port
from tests.starting import ROOT, environment, refused, running

TODAY = "清溪古镇青年文化交流日"


def page(port: int, path: str = "/") -> str:
    """Return a page of the running program."""
    with urlopen(f"http://127.0.0.1:{port}{path}", timeout=20) as answer:
        text: str = answer.read().decode()
        return text


def test_it_greets_serves_and_keeps_data(tmp_path: Path) -> None:
    port = free_port()
    with running(tmp_path, port) as greeting:
        assert f"http://127.0.0.1:{port}" in greeting
        assert str(tmp_path) in greeting
        assert PASSWORD in greeting
        assert all(who.identifier in greeting for who in EVERYBODY)
        assert TODAY in page(port)
        assert "程序正在使用" in refused(tmp_path, port, script="demo")
    with running(tmp_path, port) as greeting:
        assert "Filling in" not in greeting
        assert TODAY in page(port)


def test_a_taken_port_is_said_in_both_languages(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        said = refused(tmp_path, port)
    assert f"端口 {port} 已被占用" in said
    assert f"Port {port} is taken" in said


def test_https_is_for_trying_out_and_never_for_production(tmp_path: Path) -> None:
    said = refused(tmp_path, free_port(), HTTPS="1", TONGXING_ENV="production")
    assert "HTTPS=1 只用于试用" in said
    assert list(tmp_path.iterdir()) == []


def test_the_demo_is_made_anew_in_an_empty_folder_too(tmp_path: Path) -> None:
    made = subprocess.run(
        [ROOT / "bin" / "demo"],
        env=environment(tmp_path / "new", free_port()),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=True,
    )
    assert all(who.identifier in made.stdout for who in EVERYBODY)
