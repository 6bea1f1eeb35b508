/** The strip of work pages on a phone begins at the page one is on, not at the first. */
export function showCurrent(root) {
  for (const link of root.querySelectorAll(".sidenav [aria-current]")) {
    const strip = link.closest(".sidenav");
    strip.scrollLeft = link.offsetLeft - strip.offsetLeft - (strip.clientWidth - link.offsetWidth) / 2;
  }
}
