/** [data-insert="{name}"] inside [data-insert-into="id"]: becomes a button that puts its text where the cursor was last. */
export function insertOnClick(root) {
  for (const word of root.querySelectorAll("[data-insert]")) word.replaceWith(buttonFor(word));
  root.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-insert]");
    if (button) insert(root.getElementById(button.closest("[data-insert-into]").dataset.insertInto), button.dataset.insert);
  });
}

function buttonFor(word) {
  const button = document.createElement("button");
  button.type = "button";
  button.dataset.insert = word.dataset.insert;
  button.textContent = word.textContent;
  return button;
}

function insert(field, text) {
  field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
}
