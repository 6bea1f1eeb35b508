/** form[data-confirm="question"]: asks before it is sent. The words of the buttons are in template#confirm. */
export function askBeforeSubmit(root) {
  root.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.dataset.confirm || event.defaultPrevented) return;
    if (form.dataset.confirmed) {
      delete form.dataset.confirmed;
      return;
    }
    if (!canAskInPage(root)) {
      if (!window.confirm(form.dataset.confirm)) event.preventDefault();
      return;
    }
    event.preventDefault();
    ask(root, form, event.submitter);
  });
}

function canAskInPage(root) {
  return "HTMLDialogElement" in window && "requestSubmit" in HTMLFormElement.prototype && root.querySelector("#confirm");
}

function ask(root, form, submitter) {
  const dialog = root.querySelector("#confirm").content.querySelector("dialog").cloneNode(true);
  dialog.querySelector(".dialog__text").textContent = form.dataset.confirm;
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (dialog.returnValue !== "yes") return;
    form.dataset.confirmed = "yes";
    form.requestSubmit(submitter);
  });
  root.body.append(dialog);
  dialog.showModal();
}
