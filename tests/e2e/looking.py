"""What a page must be for hands and keys: big enough to touch, and visible where the keyboard is."""

from playwright.sync_api import Page

# 48 px is what fingers need; links inside a line of text are as high as the line. Half a pixel is rounding.
_SMALL = """() => {
  const HIGH = 47.5, WIDE = 44;
  const shown = (one) => one.getClientRects().length > 0 && getComputedStyle(one).visibility !== "hidden";
  const inText = (one) => one.tagName === "A" && getComputedStyle(one).display === "inline"
    && [...one.parentElement.childNodes].some((near) => near !== one && near.textContent.trim());
  const touched = (one) => {
    const label = one.labels && ["checkbox", "radio"].includes(one.type) && one.labels[0];
    const box = (label || one).getBoundingClientRect();
    const spread = getComputedStyle(one, "::after");
    const isSpread = spread.content !== "none" && spread.position === "absolute" && one.closest(".card");
    return isSpread ? one.closest(".card").getBoundingClientRect() : box;
  };
  const wanted = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
  return [...document.querySelectorAll(wanted)]
    .filter((one) => shown(one) && !inText(one) && !one.matches(".skip"))
    .map((one) => [one, touched(one)])
    .filter(([, box]) => box.height < HIGH || box.width < WIDE)
    .map(([one, box]) => `${one.outerHTML.slice(0, 90)} ${Math.round(box.width)}x${Math.round(box.height)}`);
}"""

# After a Tab the browser shows the focus wherever a script moves it.
_UNSEEN = """() => {
  const ringed = (style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const shows = (one) => ringed(getComputedStyle(one)) || ringed(getComputedStyle(one, "::after"))
    || [...(one.labels || [])].some((label) => ringed(getComputedStyle(label)));
  const wanted = "a[href], button:enabled, input:enabled:not([type=hidden]), select, textarea, summary, [tabindex='0']";
  return [...document.querySelectorAll(wanted)]
    .filter((one) => one.getClientRects().length > 0)
    .filter((one) => { one.focus({ preventScroll: true }); return document.activeElement === one && !shows(one); })
    .map((one) => one.outerHTML.slice(0, 90));
}"""


def too_small(page: Page) -> list[str]:
    """Return what a finger would miss, with its size in pixels."""
    found: list[str] = page.evaluate(_SMALL)
    return found


def unseen(page: Page) -> list[str]:
    """Return what does not show that the keyboard is on it."""
    page.keyboard.press("Tab")
    found: list[str] = page.evaluate(_UNSEEN)
    return found


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the keyboard is at a part of the page: no mouse, no script."""
    for _press in range(500):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"the keyboard does not get to {selector}")
