const NOT_ABOUT_WHOM = ["csrf_token", "subject", "body", "is_urgent"];

/** form[data-count="/address"]: who is meant, how many and who first, kept up to date while one chooses. */
export function countMeant(root) {
  const form = root.querySelector("form[data-count]");
  if (!form) return;
  for (const button of form.querySelectorAll("[data-without-scripts]")) button.hidden = true;
  form.addEventListener("change", (event) => {
    if (!NOT_ABOUT_WHOM.includes(event.target.name)) count(form);
  });
  // Coming back to a page, browsers put the choice back where it was.
  window.addEventListener("pageshow", (event) => event.persisted && count(form));
}

async function count(form) {
  const asked = new URLSearchParams([...new FormData(form)].filter(([name, value]) => value && !NOT_ABOUT_WHOM.includes(name)));
  form.dataset.asked = asked.toString();
  try {
    const answer = await fetch(`${form.dataset.count}?${asked}`);
    if (answer.ok && form.dataset.asked === asked.toString()) show(form, await answer.json());
  } catch {
    // Without signal the count stays; before anything is sent it is made anew.
  }
}

function show(form, { who, people, names }) {
  form.querySelector("[data-count-who]").textContent = who;
  form.querySelector("[data-count-people]").textContent = people;
  form.querySelector("[data-count-names]").textContent = names;
  form.querySelector("[data-counted]").classList.toggle("counted--nobody", !names);
}
