/** [data-tick-all="name"][hidden] around a checkbox: shown when it can work, ticks every checkbox of that name in its form. */
export function tickAll(root) {
  for (const row of root.querySelectorAll("[data-tick-all]")) prepare(row);
}

function prepare(row) {
  const all = row.querySelector("input");
  const each = [...all.form.querySelectorAll(`[name="${row.dataset.tickAll}"]`)];

  function follow() {
    const ticked = each.filter((one) => one.checked).length;
    all.checked = ticked === each.length;
    all.indeterminate = ticked > 0 && ticked < each.length;
  }

  all.addEventListener("change", () => {
    for (const one of each) one.checked = all.checked;
  });
  for (const one of each) one.addEventListener("change", follow);
  // Coming back to a page, browsers put the ticks back where they were.
  window.addEventListener("pageshow", follow);
  follow();
  row.hidden = false;
}
