/**
 * select[data-class-names="/schools/{school}/classes"] and input[data-suggest-classes]: the classes of the chosen school
 * are suggested while one types. Without it, or without signal, the field is free text as before.
 */
export function suggestClasses(root) {
  const school = root.querySelector("select[data-class-names]");
  const typed = root.querySelector("input[data-suggest-classes]");
  if (!school || !typed) return;
  const list = root.createElement("datalist");
  list.id = "class-names";
  typed.after(list);
  typed.setAttribute("list", list.id);

  const follow = () => fill(list, school);
  school.addEventListener("change", follow);
  // Coming back to a page, browsers put the choice back where it was.
  window.addEventListener("pageshow", follow);
}

async function fill(list, school) {
  const chosen = school.value;
  list.replaceChildren();
  if (!/^\d+$/.test(chosen)) return;
  const names = await namesOf(school.dataset.classNames.replace("{school}", chosen));
  if (school.value !== chosen) return;
  list.replaceChildren(...names.map((name) => Object.assign(list.ownerDocument.createElement("option"), { value: name })));
}

async function namesOf(address) {
  try {
    const answer = await fetch(address);
    return answer.ok ? await answer.json() : [];
  } catch {
    return [];
  }
}
