// An answer that is lost on its way leaves the page where it is; nobody should have to reload to press again.
const RELEASE_AFTER_MS = 10000;

/** Every POST form but form[data-download], which stays on its page: the second submit is ignored while the first is on its way. */
export function submitOnce(root) {
  root.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post" || "download" in form.dataset) return;
    if (form.dataset.sending) {
      event.preventDefault();
      return;
    }
    form.dataset.sending = "yes";
    const button = event.submitter || form.querySelector("[type=submit]");
    if (button) button.setAttribute("aria-busy", "true");
    setTimeout(() => release(form, button), RELEASE_AFTER_MS);
  });

  window.addEventListener("pageshow", () => {
    for (const form of root.querySelectorAll("form[data-sending]")) release(form, null);
    for (const button of root.querySelectorAll("[aria-busy=true]")) button.removeAttribute("aria-busy");
  });
}

function release(form, button) {
  delete form.dataset.sending;
  if (button) button.removeAttribute("aria-busy");
}
