/**
 * button[data-print][hidden]: shown when it can work, opens the print dialogue.
 * form[data-note-print]: writes down in the background that the page is printed, and opens the dialogue at once.
 */
export function printOnClick(root) {
  for (const button of root.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
  for (const form of root.querySelectorAll("[data-note-print]")) {
    form.querySelector("button").addEventListener("click", (event) => {
      event.preventDefault();
      fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), redirect: "manual" }).catch(() => {});
      window.print();
    });
  }
}
