"""Under which addresses and names this machine is found on its local network."""

import fcntl
import socket
import struct
from ipaddress import IPv4Address

_SIOCGIFADDR = 0x8915  # Linux: the address of a network interface
_ELSEWHERE = ("192.0.2.1", 9)  # RFC 5737: belongs to nobody; connecting a datagram socket sends nothing


def main_address() -> str:
    """Return the address from which this machine reaches others; its own loop when it has no network."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(_ELSEWHERE)
        except OSError:
            return "127.0.0.1"
        address: str = probe.getsockname()[0]
        return address


def names_here(*more: str) -> tuple[str, ...]:
    """Return all addresses and names of this machine, and those given, each once and always in the same order."""
    host = socket.gethostname().lower()
    found = {"localhost", "127.0.0.1", main_address(), *_of_interfaces(), *more}
    if host.isascii() and "." not in host and host:
        found |= {host, f"{host}.local"}
    return tuple(sorted(found))


def as_address(name: str) -> IPv4Address | None:
    """Return a name as an address, or None when it is a word."""
    try:
        return IPv4Address(name)
    except ValueError:
        return None


def _of_interfaces() -> set[str]:
    found = set()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        for _, name in socket.if_nameindex():
            try:
                answer = fcntl.ioctl(asking, _SIOCGIFADDR, struct.pack("256s", name.encode()))
            except OSError:  # an interface without an address
                continue
            found.add(socket.inet_ntoa(answer[20:24]))
    return found
