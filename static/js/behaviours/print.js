/** button[data-print][hidden]: shown when it can work, opens the print dialogue. */
export function printOnClick(root) {
  for (const button of root.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}
