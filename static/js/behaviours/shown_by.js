/** [data-shown-by="name"] is there only while a radio with [data-shows="name"] is chosen; without scripts, always. */
export function showByChoice(root) {
  for (const part of root.querySelectorAll("[data-shown-by]")) prepare(part, root);
}

function prepare(part, root) {
  const chooser = root.querySelector(`[data-shows="${part.dataset.shownBy}"]`);
  if (!chooser) return;

  function follow() {
    part.hidden = !chooser.checked && !part.querySelector("[aria-invalid]");
  }

  for (const one of root.querySelectorAll(`[name="${chooser.name}"]`)) one.addEventListener("change", follow);
  // Coming back to a page, browsers put the choice back where it was.
  window.addEventListener("pageshow", follow);
  follow();
}
