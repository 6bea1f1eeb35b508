const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

/** A month to choose a day from, Monday first; arrows move by days and weeks, PageUp and PageDown by months. */
export function monthTable(root, chosen, words, choose) {
  const box = make(root, "div", "month");
  const at = new Date(chosen);
  const locale = root.documentElement.lang;

  function show(moves, takesFocus) {
    moves();
    box.replaceChildren(head(), week(), days());
    if (takesFocus) box.querySelector("[tabindex='0']").focus();
  }

  function head() {
    const row = make(root, "div", "month__head");
    const name = make(root, "p", "month__name", at.toLocaleDateString(locale, { year: "numeric", month: "long" }));
    name.setAttribute("aria-live", "polite");
    row.append(turn("‹", words.previous, -1), name, turn("›", words.next, 1));
    return row;
  }

  function turn(sign, word, months) {
    const button = make(root, "button", "month__turn", sign);
    Object.assign(button, { type: "button", onclick: () => show(() => toMonth(months)) });
    button.setAttribute("aria-label", word);
    return button;
  }

  function toMonth(months) {
    const day = at.getDate();
    at.setMonth(at.getMonth() + months, 1);
    at.setDate(Math.min(day, new Date(at.getFullYear(), at.getMonth() + 1, 0).getDate()));
  }

  function week() {
    const row = make(root, "div", "month__row month__week");
    row.setAttribute("aria-hidden", "true");
    row.append(...words.weekdays.map((word) => make(root, "span", "", word)));
    return row;
  }

  function days() {
    const grid = make(root, "div", "month__row");
    grid.addEventListener("keydown", move);
    const first = new Date(at.getFullYear(), at.getMonth(), 1);
    for (let empty = (first.getDay() + 6) % 7; empty > 0; empty -= 1) grid.append(make(root, "span", ""));
    for (const day = first; day.getMonth() === at.getMonth(); day.setDate(day.getDate() + 1)) grid.append(one(new Date(day)));
    return grid;
  }

  function one(day) {
    const button = make(root, "button", "month__day", day.getDate());
    Object.assign(button, { type: "button", tabIndex: iso(day) === iso(at) ? 0 : -1 });
    button.setAttribute("aria-label", day.toLocaleDateString(locale, { month: "long", day: "numeric", weekday: "long" }));
    button.setAttribute("aria-pressed", iso(day) === iso(chosen));
    button.addEventListener("click", () => {
      choose(day);
      show(() => at.setTime(day.getTime()), true);
    });
    return button;
  }

  function move(event) {
    const months = { PageUp: -1, PageDown: 1 }[event.key];
    const step = STEPS[event.key];
    if (!step && !months) return;
    event.preventDefault();
    show(() => (months ? toMonth(months) : at.setDate(at.getDate() + step)), true);
  }

  show(() => {}, false);
  return box;
}

/** Return a new element. */
export function make(root, tag, className, text = "") {
  return Object.assign(root.createElement(tag), { className, textContent: text });
}

/** Return a day as it is typed: 2026-11-28. */
export function iso(day) {
  return [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((number) => String(number).padStart(2, "0")).join("-");
}
