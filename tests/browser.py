"""Chromium, and pages in it that write down whatever goes wrong."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright

CHROMIUM = "/usr/bin/chromium"
PHONE = {"width": 390, "height": 844}
WITHIN = 15.0  # seconds until something is late, on a machine whose every core is busy
_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_BAD_ANSWER = "Failed to load resource"  # of 404 or 422, which tests look at by themselves

# The camera is a canvas; window.paint(address) holds an image before it, window.paint(null) takes it away.
CAMERA = """(() => {
  const canvas = Object.assign(document.createElement("canvas"), {width: 1280, height: 720});
  const context = canvas.getContext("2d");
  let image = null;
  setInterval(() => {
    context.fillStyle = "#888";
    context.fillRect(0, 0, 1280, 720);
    if (image) context.drawImage(image, 440, 160, 400, 400);
  }, 50);
  window.paint = async (address) => {
    image = null;
    if (!address) return;
    const loading = new Image();
    loading.src = address;
    await loading.decode();
    image = loading;
  };
  navigator.mediaDevices.getUserMedia = async () => canvas.captureStream(20);
})()"""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Run one Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=_OPTIONS)
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Visitor:
    """Somebody with a browser of their own; ``complaints`` are what no page of ours may cause."""

    context: BrowserContext
    origin: str
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str = "/") -> Page:
        """Open a page of the site, or the full address of one, in a new tab."""
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        page.on("console", lambda said: self._hear(page, said))
        page.on("request", self._see)
        page.goto(path if "://" in path else self.origin + path)
        return page

    def _hear(self, page: Page, said: ConsoleMessage) -> None:
        if said.type == "error" and _BAD_ANSWER not in said.text:
            self.complaints.append(f"{page.url}: {said.text}")

    def _see(self, request: Request) -> None:
        if not request.url.startswith((self.origin, "data:", "blob:")):
            self.complaints.append(f"{request.frame.url} asks {request.url}")


def until(page: Page, script: str, wanted: object = True, within: float = WITHIN) -> Any:
    """Ask the page again and again until it answers what is wanted (a value, or a test of one); return the answer.

    Playwright's own `wait_for_function` does not work under our content security policy.
    """
    is_it: Callable[[Any], bool] = wanted if callable(wanted) else lambda answer: bool(answer == wanted)
    late = time.monotonic() + within
    answer = page.evaluate(script)
    while not is_it(answer):
        assert time.monotonic() < late, f"{script} is {answer!r}, wanted {wanted!r}"
        page.wait_for_timeout(20)
        answer = page.evaluate(script)
    return answer


def accessibility_faults(page: Page) -> list[str]:
    """Return what axe finds once no colour is changing any more: the rule and the elements that break it."""
    until(page, "document.getAnimations().filter((one) => one instanceof CSSTransition).length", 0)
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {[node['target'] for node in one['nodes']]}" for one in found]


def overhang(page: Page) -> int:
    """Return by how many pixels the page scrolls sideways."""
    width: int = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return max(width, 0)
