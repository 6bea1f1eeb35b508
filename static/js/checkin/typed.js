import { readCode } from "./codes.js";
import { say } from "./texts.js";

/** The code typed by hand, when a camera does not help. */
export function prepareTyped(form, onCode) {
  const field = form.elements.code;
  const error = document.getElementById(field.getAttribute("aria-describedby"));

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const code = readCode(field.value);
    field.setAttribute("aria-invalid", String(!code));
    error.textContent = code ? "" : say("typed_wrong");
    error.hidden = Boolean(code);
    if (!code) return field.focus();
    field.value = "";
    return onCode(code);
  });
}
