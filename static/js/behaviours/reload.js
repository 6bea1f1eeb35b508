/** [data-reload-in="seconds"]: the page comes anew then; [data-seconds-left] in it counts down to 0 meanwhile. */
export function reloadInTime(root) {
  const waiting = root.querySelector("[data-reload-in]");
  if (!waiting) return;
  for (const one of root.querySelectorAll("[data-without-scripts]")) one.hidden = true;
  setTimeout(() => window.location.reload(), Number(waiting.dataset.reloadIn) * 1000);
  const shown = waiting.querySelector("[data-seconds-left]");
  if (shown) countDown(shown, Date.now() + Number(shown.textContent) * 1000);
}

function countDown(shown, ends) {
  const ticking = setInterval(() => {
    const left = Math.max(0, Math.round((ends - Date.now()) / 1000));
    shown.textContent = left;
    if (left === 0) clearInterval(ticking);
  }, 1000);
}
