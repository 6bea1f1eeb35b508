const THANKS_MS = 2500;

/** [data-copy="text"] or [data-copy="#id"]: shown when it can work; copies; shows data-copied on the button for a moment. */
export function copyOnClick(root) {
  for (const button of root.querySelectorAll("[data-copy]")) button.hidden = false;
  root.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    if (await copy(root, wanted(root, button.dataset.copy))) thank(button);
  });
}

function wanted(root, text) {
  if (!text.startsWith("#")) return text;
  const source = root.querySelector(text);
  return "value" in source ? source.value : source.textContent.trim();
}

async function copy(root, text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyTheOldWay(root, text);
  }
}

// WeChat's browser and plain http have no clipboard object.
function copyTheOldWay(root, text) {
  const area = root.createElement("textarea");
  area.value = text;
  area.className = "visually-hidden";
  root.body.append(area);
  area.select();
  const done = root.execCommand("copy");
  area.remove();
  return done;
}

function thank(button) {
  if (!button.dataset.copied || button.dataset.before) return;
  button.dataset.before = button.textContent;
  button.setAttribute("aria-live", "polite");
  button.textContent = button.dataset.copied;
  setTimeout(() => {
    button.textContent = button.dataset.before;
    delete button.dataset.before;
  }, THANKS_MS);
}
