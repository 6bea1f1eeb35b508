import { readCode } from "./codes.js";
import { say } from "./texts.js";

/**
 * The code typed by hand, when a camera does not help.
 * @returns {function(): void} takes back what was said about a mistyped code
 */
export function prepareTyped(form, { onCode, onMistake }) {
  const field = form.elements.code;
  const error = document.getElementById(field.getAttribute("aria-describedby"));

  function forgive() {
    field.removeAttribute("aria-invalid");
    error.hidden = true;
    error.textContent = "";
  }

  function complain() {
    field.setAttribute("aria-invalid", "true");
    error.textContent = say("typed_wrong");
    error.hidden = false;
    field.focus();
    onMistake();
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const code = readCode(field.value);
    if (!code) return complain();
    field.value = "";
    forgive();
    return onCode(code);
  });
  field.addEventListener("input", forgive);
  return forgive;
}
