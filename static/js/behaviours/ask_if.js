/** [data-asked-if="name"][data-asked-answer="text"] inside [data-asks]: there only while that is answered so; several answers stand one a line. */
export function askIf(root) {
  for (const sheet of root.querySelectorAll("[data-asks]")) prepare(sheet);
}

function prepare(sheet) {
  function follow() {
    // In their order: what leans on a question that is not asked is not asked either.
    for (const part of sheet.querySelectorAll("[data-asked-if]")) part.hidden = !isAsked(sheet, part.dataset);
  }

  sheet.addEventListener("change", follow);
  // Coming back to a page, browsers put the choice back where it was.
  window.addEventListener("pageshow", follow);
  follow();
}

function isAsked(sheet, { askedIf, askedAnswer }) {
  const wanted = askedAnswer.split("\n");
  const chosen = [...sheet.querySelectorAll("input:checked")].filter((field) => field.name === askedIf);
  return chosen.some((field) => wanted.includes(field.value) && !field.closest("[hidden]"));
}
