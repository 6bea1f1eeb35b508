import { line } from "./board.js";
import { clock, say } from "./texts.js";

const TYPING_PAUSE = 300;

/** Look somebody up by name, pinyin, initials or the end of the code, and check them in from the list. */
export function prepareLookup(form, list, { find, onChosen }) {
  const words = form.elements.q;
  let timer = null;
  let latest = 0;

  async function search() {
    clearTimeout(timer);
    latest += 1;
    const mine = latest;
    const asked = words.value.trim();
    if (!asked) return list.replaceChildren();
    const found = await find(asked);
    if (mine === latest) show(found);
  }

  function show(found) {
    if (!found) return list.replaceChildren(line("li", "muted", say("lookup_offline")));
    if (!found.length) return list.replaceChildren(line("li", "muted", say("lookup_nobody")));
    return list.replaceChildren(...found.map(choice));
  }

  /** Done with this person: the next name starts on an empty field, and no late answer fills the list again. */
  function choose(registration) {
    clearTimeout(timer);
    latest += 1;
    words.value = "";
    list.replaceChildren();
    // The pressed button is gone; the field itself would open the keyboard over the verdict.
    form.querySelector("[type=submit]").focus();
    onChosen(registration);
  }

  function choice(registration) {
    const item = document.createElement("li");
    const button = line("button", "button button--quiet button--wide", registration.name);
    button.type = "button";
    button.dataset.registration = registration.id;
    button.append(line("small", "muted", describe(registration)));
    button.addEventListener("click", () => choose(registration));
    item.append(button);
    return item;
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    search();
  });
  words.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(search, TYPING_PAUSE);
  });
}

function describe({ school, class_name: className, slot, arrived_at: arrivedAt }) {
  const arrived = arrivedAt ? say("arrived_at", { time: clock(arrivedAt) }) : null;
  return [school, className, slot, arrived].filter(Boolean).join(" · ");
}
