// What must not lie about in the browser, or is not the person's to type.
const NEVER = ["password", "hidden", "file", "submit", "button", "reset"];

/**
 * form[data-draft="key"]: what was typed survives a reload in this tab; gone as soon as the form is sent. Ticks come
 * back only with data-draft-ticks, where they say who comes and agree to nothing.
 */
export function keepDrafts(root) {
  for (const form of root.querySelectorAll("form[data-draft]")) {
    const key = `draft:${form.dataset.draft}`;
    restore(form, read(key));
    form.addEventListener("input", () => write(key, snapshot(form)));
    // One phone, several children: the next sign-up must not begin with the last child's name.
    if (!("sendSafely" in form.dataset)) form.addEventListener("submit", () => write(key, null));
  }
}

/** Forgets what was typed into a form, once it has arrived. */
export function forgetDraft(form) {
  if (form.dataset.draft) write(`draft:${form.dataset.draft}`, null);
}

function fields(form) {
  const isKept = (field) => !NEVER.includes(field.type) && field.autocomplete !== "one-time-code" && !field.closest("[data-private]");
  return [...form.elements].filter((field) => field.name && isKept(field));
}

function isChoice(field) {
  return field.type === "radio" || field.type === "checkbox";
}

function snapshot(form) {
  return fields(form).filter((field) => !isChoice(field) || field.checked).map((field) => [field.name, field.value]);
}

function restore(form, entries) {
  if (!entries || form.querySelector("[aria-invalid=true], .is-invalid")) return;
  for (const field of fields(form)) {
    const kept = entries.filter(([name]) => name === field.name).map(([, value]) => value);
    // A box ticked before stays for the person to tick again: consent is never pre-ticked.
    if (kept.length === 0 || (field.type === "checkbox" && !("draftTicks" in form.dataset))) continue;
    if (field.type === "checkbox") field.checked = field.checked || kept.includes(field.value);
    else if (field.type === "radio") field.checked = kept.includes(field.value);
    else if (!field.value || field.tagName === "SELECT") field.value = kept[0];
  }
}

function read(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key));
  } catch {
    return null;
  }
}

function write(key, entries) {
  try {
    if (entries) sessionStorage.setItem(key, JSON.stringify(entries));
    else sessionStorage.removeItem(key);
  } catch {
    // Private browsing or a full store: the form works without a draft.
  }
}
