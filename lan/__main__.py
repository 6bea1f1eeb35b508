"""What bin/run calls: python -m lan address | ready | page | answering | guide, with the settings it exports.

``address`` prints the one to be told to phones, ``ready`` makes the certificates, ``page`` serves the page for phones,
``answering`` exits 0 once the program answers over https, ``guide`` prints what to do with a phone.
"""

import os
import ssl
import sys
from datetime import UTC, datetime
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

import qrcode

from lan.addresses import main_address, names_here
from lan.authority import Files, fingerprint, make_ready
from lan.page import serve


def main(task: str) -> int:
    files, url = Files(Path(os.environ["DATA"]) / "authority"), os.environ.get("PUBLIC_URL", "")
    host, port = os.environ["HOST"], int(os.environ["PORT"])
    is_everywhere = host == "0.0.0.0"  # noqa: S104 - compared with, not bound to
    here = "127.0.0.1" if is_everywhere else host
    if task == "address":
        print(main_address() if is_everywhere else host)
    elif task == "ready":
        make_ready(files.folder, names_here(here, urlsplit(url).hostname or here), datetime.now(UTC))
    elif task == "page":
        serve(files, host, port + 1, url)
    elif task == "guide":
        _guide(files, f"http://{urlsplit(url).hostname}:{port + 1}/")
    else:
        return 0 if _answers(files, f"https://{here}:{port}") else 1
    return 0


def _answers(files: Files, url: str) -> bool:
    try:
        trusting = ssl.create_default_context(cafile=files.authority)
        with urlopen(f"{url}/healthz", context=trusting, timeout=5) as answer:  # noqa: S310 - our own address
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False


def _guide(files: Files, page_url: str) -> None:
    print("\n手机第一次用，先扫这个码，按网页上的步骤信任这台电脑；手机和电脑要在同一个网络里。")
    print(
        "A phone's first time: scan this and follow the page, so that it trusts this computer. Same network needed.\n"
    )
    code = qrcode.QRCode(border=2)
    code.add_data(page_url)
    code.print_ascii(invert=True)
    print(f"  {page_url}")
    print(f"  证书指纹 Fingerprint   {fingerprint(files)}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
