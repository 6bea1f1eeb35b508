/** [data-tick-all="name"][hidden] around a checkbox: shown when it can work, ticks every checkbox of that name in its form.
 *  [data-ticked="how many at most"] in the form says in [data-tick-count="# ticked"] how many that are, and is quiet while nobody is. */
export function tickAll(root) {
  for (const row of root.querySelectorAll("[data-tick-all]")) prepare(row);
}

function prepare(row) {
  const all = row.querySelector("input");
  const each = [...all.form.querySelectorAll(`[name="${row.dataset.tickAll}"]`)];
  const everyone = all.form.querySelector("[name=everyone]");
  const bar = all.form.querySelector("[data-ticked]");

  function follow() {
    const ticked = each.filter((one) => one.checked).length;
    all.checked = ticked === each.length;
    all.indeterminate = ticked > 0 && ticked < each.length;
    if (bar) say(bar, everyone && everyone.checked ? Number(bar.dataset.ticked) : ticked);
  }

  all.addEventListener("change", () => {
    for (const one of each) one.checked = all.checked;
    follow();
  });
  for (const one of everyone ? [...each, everyone] : each) one.addEventListener("change", follow);
  // Coming back to a page, browsers put the ticks back where they were.
  window.addEventListener("pageshow", follow);
  follow();
  row.hidden = false;
}

function say(bar, ticked) {
  bar.classList.toggle("bulk__bar--idle", ticked === 0);
  const count = bar.querySelector("[data-tick-count]");
  count.textContent = count.dataset.tickCount.replace("#", ticked);
  count.hidden = ticked === 0;
}
