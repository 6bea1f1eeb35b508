/** [data-exchange="where to post"][data-place="whose"]: one dragged onto another changes places with it, by form[data-swap]. */
export function swapByDrag(root) {
  const form = root.querySelector("form[data-swap]");
  if (!form) return;
  let dragged = null;
  root.querySelectorAll("[data-exchange]").forEach((place) => {
    place.draggable = true;
    place.addEventListener("dragstart", (event) => {
      dragged = place;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", "");
      place.classList.add("is-dragged");
    });
    place.addEventListener("dragend", () => {
      place.classList.remove("is-dragged");
      dragged = null;
    });
    place.addEventListener("dragover", (event) => {
      if (!dragged || dragged === place) return;
      event.preventDefault();
      place.classList.add("is-over");
    });
    place.addEventListener("dragleave", () => place.classList.remove("is-over"));
    place.addEventListener("drop", (event) => {
      event.preventDefault();
      place.classList.remove("is-over");
      if (dragged && dragged !== place) send(form, dragged, place);
    });
  });
}

function send(form, dragged, place) {
  form.action = dragged.dataset.exchange;
  form.elements.other.value = place.dataset.place;
  form.submit();
}
