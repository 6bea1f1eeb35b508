import { forgetDraft } from "./draft.js";

/** form[data-send-safely]: sent from the page itself, so that a lost connection leaves everything as it was typed. */
export function sendSafely(root) {
  root.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || !("sendSafely" in form.dataset)) return;
    event.preventDefault();
    send(root, form, event.submitter);
  });
}

async function send(root, form, button) {
  const body = new URLSearchParams(new FormData(form));
  if (button && button.name) body.append(button.name, button.value);
  show(root, false);
  let answer;
  try {
    const headers = { "Tongxing-Stay": "1" };
    answer = await fetch(form.action, { method: "POST", body, headers, credentials: "same-origin" });
  } catch {
    release(form, button);
    show(root, true);
    return;
  }
  const next = answer.headers.get("Tongxing-Next");
  if (next) {
    forgetDraft(form);
    window.location.assign(next);
    return;
  }
  // Whatever else the server says is a page of its own: asked for again the usual way, and said to change nothing.
  if (button && button.name) form.append(hidden(button.name, button.value));
  HTMLFormElement.prototype.submit.call(form);
}

function hidden(name, value) {
  const input = document.createElement("input");
  Object.assign(input, { type: "hidden", name, value });
  return input;
}

function release(form, button) {
  delete form.dataset.sending;
  if (button) button.removeAttribute("aria-busy");
}

function show(root, isLost) {
  const words = root.querySelector("[data-lost-connection]");
  if (!words) return;
  words.hidden = !isLost;
  if (isLost) words.scrollIntoView({ block: "center" });
}
